/** The doors of sockets: who follows a session as what, answers, commands, the time. */
import type { Socket } from 'socket.io';
import {
  AskTime,
  FollowLive,
  type FollowReply,
  LeaveLive,
  LiveCommand,
  SocketAnswer,
} from '../contracts/live.ts';
import { AppError, codeOf } from '../platform/errors.ts';
import type { Received, Sockets } from '../platform/sockets.ts';
import type { HostCall, HostDoor } from './host-door.ts';
import type { RoomContext } from './room-context.ts';
import { type OpenRoom, PERSON_TOPIC, type Rooms } from './rooms.ts';
import { readPlayerToken } from './tokens.ts';

type Following = { readonly open: OpenRoom } & (
  | { readonly as: 'player'; readonly player: number }
  | ({ readonly as: 'host'; readonly client: string; readonly person: string } & Staff)
  | ({ readonly as: 'screen' } & Staff)
);

/** With what a host or a screen came in, and whose it is. */
interface Staff {
  readonly call: HostCall;
  readonly personId: number;
}

/** Sockets that a server takes back in a second, with room to spare. */
const RECONNECTS_A_SECOND = 2000;
const RECONNECT_LEAST_MS = 300;
/** After a look at a host that failed. */
const AGAIN_MS = 2000;

export class LiveSockets {
  readonly #context: RoomContext;
  readonly #rooms: Rooms;
  readonly #hostDoor: HostDoor;
  readonly #following = new WeakMap<Socket, Following>();
  /** Of hosts and screens: they are few. */
  readonly #staff = new Map<Socket, Staff>();
  readonly #stopListening: () => void;
  #closing = false;

  constructor(context: RoomContext, sockets: Sockets, rooms: Rooms, hostDoor: HostDoor) {
    this.#context = context;
    this.#rooms = rooms;
    this.#hostDoor = hostDoor;
    sockets.on('live:answer', SocketAnswer, (message, socket, received) =>
      this.#answer(message, socket, received),
    );
    sockets.on('live:follow', FollowLive, (message, socket, { reply }) => {
      this.#follow(message, socket).then(reply, (error: unknown) => reply(this.#refused(error)));
    });
    sockets.on('live:command', LiveCommand, (message, socket, { reply }) => {
      this.#command(message, socket).then(reply, (error: unknown) => reply(this.#refused(error)));
    });
    sockets.on('live:time', AskTime, (_message, _socket, { at, reply }) => reply({ now: at }));
    sockets.on('live:leave', LeaveLive, (_message, socket, { reply }) => {
      this.#leave(socket);
      reply({ ok: true });
    });
    sockets.io.on('connection', (socket) => {
      socket.once('disconnect', () => this.#leave(socket));
    });
    this.#stopListening = context.announcer.listen(
      PERSON_TOPIC,
      (topic) => this.#changed(Number(topic.slice(PERSON_TOPIC.length))),
      () => this.#changed(null),
    );
  }

  #refused(error: unknown): { readonly refused: string } {
    const code = codeOf(error);
    if (code === 'internal') this.#context.log.error({ err: error }, 'live message failed');
    return { refused: code };
  }

  #answer(message: SocketAnswer, socket: Socket, { at, reply }: Received): void {
    const following = this.#following.get(socket);
    if (following?.as !== 'player') reply({ refused: 'live.token' });
    else following.open.room.answers.take(following.player, message.asking, message.answer, at, reply);
  }

  async #command(command: LiveCommand, socket: Socket) {
    const following = this.#following.get(socket);
    if (following?.as !== 'host') throw new AppError('live.notInControl');
    const { client, person, open } = following;
    return { ok: true, version: await open.room.command({ ...command, client, person }) };
  }

  async #follow(message: FollowLive, socket: Socket): Promise<FollowReply> {
    const following =
      message.as === 'player' ? await this.#asPlayer(message) : await this.#asStaff(message, socket);
    this.#leave(socket);
    if (socket.disconnected) return { refused: 'live.notOpen' };
    this.#following.set(socket, following);
    if (following.as !== 'player') this.#watch(socket, following);
    const { open } = following;
    await this.#enter(following, socket);
    const { audiences } = open.room;
    return {
      ok: true,
      now: this.#context.clock.now(),
      reconnectMs: RECONNECT_LEAST_MS + Math.ceil((audiences.connected / RECONNECTS_A_SECOND) * 1000),
    };
  }

  async #enter(following: Following, socket: Socket): Promise<void> {
    const { room, showing, presence } = following.open;
    if (following.as === 'player') {
      room.audiences.addPlayer(socket, following.player);
      presence.came();
      room.audiences.toSocket(socket, await showing.playerFrame(following.player));
      showing.counted();
    } else if (following.as === 'host') {
      room.audiences.addHost(socket, following.client, following.person);
      showing.toHost(socket);
      presence.hostChanged();
      showing.hostsChanged();
    } else {
      room.audiences.addScreen(socket);
      showing.toScreen(socket);
    }
  }

  async #asPlayer({ live, token }: FollowLive): Promise<Following> {
    const read = token === undefined ? null : readPlayerToken(this.#context.secrets, token);
    if (read === null) throw new AppError('live.token');
    const open = await this.#rooms.byId(read.sessionId);
    if (open === null || open.room.state.uid !== live) throw new AppError('live.token');
    if (read.player > open.room.people.count) await open.room.followPeople();
    if (open.room.people.row(read.player) === undefined) throw new AppError('live.token');
    if (open.room.state.removed.includes(read.player)) throw new AppError('live.keptOut');
    return { open, as: 'player', player: read.player };
  }

  async #asStaff({ live, as, token, client }: FollowLive, socket: Socket): Promise<Following> {
    const { cookie: cookies } = socket.handshake.headers;
    const call: HostCall = { live, as: as === 'host' ? 'host' : 'screen', token, cookies };
    const host = await this.#hostDoor.enter(call);
    const { personId } = host;
    const open = await this.#rooms.byUid(live);
    if (open === null) throw new AppError('live.notOpen');
    if (as !== 'host') return { open, as: 'screen', call, personId };
    if (client === undefined) throw new AppError('request.invalid');
    this.#rooms.nameHost(host.uid, host.name);
    return { open, as: 'host', client, person: host.uid, call, personId };
  }

  /** Looked at once more from where changes are heard of: what changed before was not. */
  #watch(socket: Socket, { call, personId }: Staff): void {
    this.#staff.set(socket, { call, personId });
    this.#lookAgain(socket, call);
  }

  /** Something about a person changed; null: about anybody. */
  #changed(personId: number | null): void {
    for (const [socket, staff] of this.#staff)
      if (personId === null || staff.personId === personId) this.#lookAgain(socket, staff.call);
  }

  /**
   * Who may not host any more is cut like a lost line: coming back is refused with the reason. A database that cannot say so
   * cuts nobody off in the midst of a show; it is asked again.
   */
  #lookAgain(socket: Socket, call: HostCall): void {
    const isStill = (): boolean => this.#staff.get(socket)?.call === call;
    this.#hostDoor.enter(call).catch((error: unknown) => {
      if (!isStill()) return;
      if (error instanceof AppError) return void socket.conn.close();
      this.#context.log.warn({ err: error }, 'a host could not be looked at again');
      setTimeout(() => isStill() && this.#lookAgain(socket, call), AGAIN_MS).unref();
    });
  }

  #leave(socket: Socket): void {
    const following = this.#following.get(socket);
    if (following === undefined) return;
    this.#following.delete(socket);
    this.#staff.delete(socket);
    const { room, presence, showing } = following.open;
    room.audiences.remove(socket);
    if (this.#closing) return;
    if (following.as === 'player') {
      if (!room.audiences.isConnected(following.player)) presence.lost();
      showing.counted();
    } else if (following.as === 'host') {
      presence.hostChanged();
      showing.hostsChanged();
    }
  }

  /** Sockets that end from here on end because we do. */
  closing(): void {
    this.#stopListening();
    this.#closing = true;
  }
}
