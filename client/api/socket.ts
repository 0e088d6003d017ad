/**
 * The live line to the server, for leaderboards that move and rooms. Socket.IO is fetched only when a screen asks for
 * it; websocket only; every page that lost its server comes back at its own moment. Answers never travel here.
 */
import type { Socket } from 'socket.io-client';

/** A subscription: what it listens to is sent again after every reconnect. */
export interface Subscription {
  /** Stops listening; the line closes after the last one. */
  close(): void;
}

let line: Promise<Socket> | null = null;
let users = 0;

async function open(): Promise<Socket> {
  const { io } = await import('socket.io-client');
  return io({
    path: '/socket.io',
    transports: ['websocket'],
    withCredentials: true,
    reconnectionDelay: 1_000,
    reconnectionDelayMax: 20_000,
    randomizationFactor: 0.9,
  });
}

function release(): void {
  users -= 1;
  if (users > 0 || line === null) return;
  const closing = line;
  line = null;
  void closing.then((socket) => socket.close());
}

/**
 * Asks for what `topic` names (`emit("board:follow", request)`) now and after every reconnect, and hands over each message of
 * the event `event`. `onState` hears whether the line is up, for a "live" mark.
 */
export function subscribe<Message>(
  topic: string,
  request: unknown,
  event: string,
  onMessage: (message: Message) => void,
  onState: (live: boolean) => void = () => undefined,
): Subscription {
  users += 1;
  line ??= open();
  const opened = line;
  let closed = false;
  let detach: () => void = () => undefined;

  const attach = (socket: Socket): void => {
    if (closed) return;
    const ask = (): void => {
      socket.emit(`${topic}:follow`, request);
      onState(true);
    };
    const lost = (): void => onState(false);
    socket.on('connect', ask).on('disconnect', lost).on(event, onMessage);
    if (socket.connected) ask();
    detach = () => {
      socket.off('connect', ask).off('disconnect', lost).off(event, onMessage);
      if (socket.connected) socket.emit(`${topic}:leave`, request);
    };
  };
  opened.then(attach, () => {
    // The file could not be fetched: the next subscriber tries again.
    if (line === opened) line = null;
    onState(false);
  });

  return {
    close() {
      if (closed) return;
      closed = true;
      detach();
      release();
    },
  };
}
