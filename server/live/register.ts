/** Puts live contests together: sessions, rooms, the doors of HTTP and of sockets. */
import type { Accounts } from '../accounts/accounts.ts';
import type { BankPools } from '../banks/pool.ts';
import type { Context } from '../context.ts';
import type { Identity } from '../platform/access.ts';
import { AppError } from '../platform/errors.ts';
import { lastHeartbeat } from '../platform/heartbeat.ts';
import type { Http } from '../platform/http.ts';
import type { Sockets } from '../platform/sockets.ts';
import { LiveDesk } from './desk.ts';
import { registerLiveDesk } from './desk-routes.ts';
import type { UnitsForLive } from './entrance.ts';
import { HostDoor } from './host-door.ts';
import type { LiveState } from './machine/state.ts';
import { livePart } from './own-part.ts';
import { Planning } from './planning.ts';
import { registerLiveDoors } from './public-routes.ts';
import { Rooms } from './rooms.ts';
import { type ContestsForLive, Sessions } from './sessions.ts';
import { LiveSockets } from './socket.ts';

export interface LiveFeature {
  readonly rooms: Rooms;
  /** A session that was opened, for one of its hosts. Throws `notFound`, `live.notOpen`. */
  stateFor(live: string, who: Identity): Promise<LiveState>;
  /** After the port is open: takes up what was being played. */
  listening(): Promise<void>;
  /** Before sockets are cut: they end because we do. */
  closing(): void;
  close(): void;
}

export async function openLive(
  http: Http,
  sockets: Sockets,
  context: Context,
  parts: {
    readonly accounts: Accounts;
    readonly contests: ContestsForLive;
    readonly pools: BankPools;
    readonly units: UnitsForLive;
  },
): Promise<LiveFeature> {
  // Before this server says that it is alive: what was lost is measured from the last one that did.
  const lastAlive = await lastHeartbeat(context.database);
  const { accounts, contests, units } = parts;
  const identifyCookies = (cookies: string | undefined) => accounts.sessions.identifyCookies(cookies);
  const sessions = new Sessions(context, contests);
  const planning = new Planning(context.database, parts.pools);
  const rooms = new Rooms(context, sockets, sessions, http.server);
  const desk = new LiveDesk(context, { sessions, planning, rooms, contests });
  const hostDoor = new HostDoor(context, sessions, identifyCookies);
  const live = new LiveSockets(context, sockets, rooms, hostDoor);
  registerLiveDesk(http, { context, sessions, desk, rooms });
  registerLiveDoors(http, { context, sessions, rooms, units, identify: accounts.identify });
  accounts.personalData.add(livePart(context.database));
  return {
    rooms,
    async stateFor(live, who) {
      const open = await rooms.byId((await sessions.ofHost(live, who)).id);
      if (open === null) throw new AppError('live.notOpen');
      return open.room.state;
    },
    listening: () => rooms.start(lastAlive),
    closing: () => live.closing(),
    close() {
      desk.close();
      rooms.close();
    },
  };
}
