/** Sockets live no longer than the session that they came with. Those of nobody stay: what is public stays public. */
import type { Sockets } from '../platform/sockets.ts';
import type { Accounts } from './accounts.ts';

/** A socket whose session ended is cut like a lost line: its page comes back as whoever it is by then. */
export function endSocketsWithSessions(sockets: Sockets, { context, sessions }: Accounts): void {
  sockets.io.on('connection', (socket) => {
    const header = socket.handshake.headers.cookie;
    const follow = async (): Promise<void> => {
      const identity = await sessions.identifyCookies(header);
      if (identity === null || socket.disconnected) return;
      const stop = sessions.watch(identity, () => socket.conn.close());
      socket.once('disconnect', stop);
      if ((await sessions.identifyCookies(header)) === null) socket.conn.close();
    };
    follow().catch((error: unknown) => {
      context.log.warn({ err: error }, 'session of a socket not read');
      socket.conn.close();
    });
  });
}
