/** Who watches which contest: staff's sockets in a room a contest, told at most once a second and only while something changes. */
import type { Socket } from 'socket.io';
import type { Sessions } from '../../accounts/sessions.ts';
import type { Context } from '../../context.ts';
import { MonitorFollow, type MonitorMessage } from '../../contracts/monitor.ts';
import { demandAccess, type Identity } from '../../platform/access.ts';
import { AppError, codeOf } from '../../platform/errors.ts';
import type { Sockets } from '../../platform/sockets.ts';
import type { UnitsOfReport } from '../units-of-report.ts';
import { ContestWatch, type WatchedContest } from './watch.ts';

export interface MonitorSources {
  readonly sessions: Pick<Sessions, 'identifyCookies'>;
  /** A published contest; null: there is none. */
  contest(uid: string): WatchedContest | null;
  isOrganiser(contestId: number, personId: number): Promise<boolean>;
  units(): UnitsOfReport;
}

interface Watched {
  watch: ContestWatch | null;
  timer: NodeJS.Timeout | null;
  busy: boolean;
  last: MonitorMessage | null;
  /** By `performance.now()`. */
  checkedAt: number;
  emptySince: number | null;
}

const EVERY_MS = 1000;
/** Reading takes at most so much of the reader: one part in ten. */
const SHARE = 10;
/** Who may not watch any more is noticed after so long. */
const CHECK_MS = 30_000;
/** What was counted is kept for who comes back. */
const KEPT_MS = 60_000;
const roomOf = (contest: string): string => `monitor:${contest}`;

export class Monitor {
  readonly #context: Context;
  readonly #sockets: Sockets;
  readonly #from: MonitorSources;
  readonly #watched = new Map<string, Watched>();
  #closed = false;

  constructor(context: Context, sockets: Sockets, from: MonitorSources) {
    this.#context = context;
    this.#sockets = sockets;
    this.#from = from;
    sockets.on('monitor:follow', MonitorFollow, ({ contest }, socket) => {
      this.#follow(contest, socket).catch((error: unknown) => {
        const code = codeOf(error);
        if (code === 'internal') context.log.error({ err: error }, 'contest not watched');
        socket.emit('monitor:refused', { contest, code });
      });
    });
    sockets.on('monitor:leave', MonitorFollow, ({ contest }, socket) => void socket.leave(roomOf(contest)));
  }

  /** Throws `auth.required`, `auth.forbidden`, `auth.secondFactorNeeded`, `notFound`. */
  async #demandStaff(uid: string, socket: Socket): Promise<WatchedContest> {
    const identity: Identity | null = await this.#from.sessions.identifyCookies(
      socket.handshake.headers.cookie,
    );
    demandAccess({ roles: ['organiser'] }, identity, this.#context.config.staffSecondFactor);
    const contest = this.#from.contest(uid);
    if (contest === null || identity === null) throw new AppError('notFound');
    const isTheirs =
      identity.roles.has('admin') || (await this.#from.isOrganiser(contest.id, identity.personId));
    if (!isTheirs) throw new AppError('notFound');
    return contest;
  }

  async #follow(uid: string, socket: Socket): Promise<void> {
    await this.#demandStaff(uid, socket);
    await socket.join(roomOf(uid));
    const known = this.#watched.get(uid);
    if (known?.last != null) socket.emit('monitor', known.last);
    if (known !== undefined || this.#closed) return;
    const watched: Watched = {
      watch: null,
      timer: null,
      busy: false,
      last: null,
      checkedAt: performance.now(),
      emptySince: null,
    };
    this.#watched.set(uid, watched);
    await this.#turn(uid, watched);
  }

  #followers(uid: string): readonly Socket[] {
    const { io } = this.#sockets;
    return [...(io.sockets.adapter.rooms.get(roomOf(uid)) ?? [])].flatMap(
      (id) => io.sockets.sockets.get(id) ?? [],
    );
  }

  /** Looks, tells, and looks again in a while; ends when nobody has watched for a minute. */
  async #turn(uid: string, watched: Watched): Promise<void> {
    if (this.#closed || watched.busy) return;
    watched.busy = true;
    const began = performance.now();
    try {
      if (this.#followers(uid).length === 0) {
        watched.emptySince ??= began;
        if (began - watched.emptySince > KEPT_MS) this.#watched.delete(uid);
      } else {
        watched.emptySince = null;
        await this.#tell(uid, watched);
      }
    } catch (error) {
      this.#context.log.warn({ err: error }, 'monitor not told; tried again in a moment');
      watched.watch = null;
    } finally {
      watched.busy = false;
    }
    if (this.#closed || this.#watched.get(uid) !== watched) return;
    const pause = Math.max(EVERY_MS, SHARE * (performance.now() - began));
    watched.timer = setTimeout(() => void this.#turn(uid, watched), Math.min(pause, CHECK_MS)).unref();
  }

  async #tell(uid: string, watched: Watched): Promise<void> {
    if (performance.now() - watched.checkedAt > CHECK_MS) await this.#check(uid, watched);
    const contest = this.#from.contest(uid);
    if (contest === null) return;
    const units = this.#from.units();
    if (watched.watch?.fits(contest, units) !== true)
      watched.watch = new ContestWatch(this.#context.database, contest, units);
    const message = await watched.watch.message(this.#context.clock.now());
    if (saysTheSame(watched.last, message)) return;
    watched.last = message;
    this.#sockets.io.to(roomOf(uid)).emit('monitor', message);
  }

  async #check(uid: string, watched: Watched): Promise<void> {
    watched.checkedAt = performance.now();
    for (const socket of this.#followers(uid)) {
      try {
        await this.#demandStaff(uid, socket);
      } catch (error) {
        void socket.leave(roomOf(uid));
        socket.emit('monitor:refused', { contest: uid, code: codeOf(error) });
      }
    }
  }

  close(): void {
    this.#closed = true;
    for (const { timer } of this.#watched.values()) if (timer !== null) clearTimeout(timer);
  }
}

function saysTheSame(before: MonitorMessage | null, now: MonitorMessage): boolean {
  return before !== null && JSON.stringify({ ...before, at: 0 }) === JSON.stringify({ ...now, at: 0 });
}
