import { io, type Socket } from 'socket.io-client';
import { describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../../harness/app.ts';
import { dropPostgres, freshPostgres } from '../../harness/databases.ts';
import { Visitor } from '../../harness/visitor.ts';

/** What is within a second on a machine that does nothing else, on one that does. */
const BUSY_MS = 5000;

async function connect(server: TestServer, visitor: Visitor): Promise<Socket> {
  const address = server.app.http.server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const socket = io(`http://127.0.0.1:${address.port}`, {
    transports: ['websocket'],
    reconnection: false,
    extraHeaders: { cookie },
  });
  await new Promise<void>((done, failed) => {
    socket.once('connect', done);
    socket.once('connect_error', failed);
  });
  // The server looks the session up behind the handshake.
  await new Promise((done) => setTimeout(done, 100));
  return socket;
}

const closing = (socket: Socket): Promise<number> => {
  const began = performance.now();
  return new Promise((done) => socket.once('disconnect', () => done(performance.now() - began)));
};

describe('a session that ends', () => {
  it('takes its sockets along within a second, and leaves those of others', async () => {
    const server = await startServer();
    await server.app.http.listen({ port: 0, host: '127.0.0.1' });
    const [an, binh] = [await new Visitor(server).register(), await new Visitor(server).register()];
    const sockets = [
      await connect(server, an),
      await connect(server, binh),
      await connect(server, new Visitor(server)),
    ];
    const [mine] = sockets;
    if (mine === undefined) throw new Error('no socket');
    const closed = closing(mine);
    await an.delete('/api/session');
    expect(await closed).toBeLessThan(BUSY_MS);
    expect(sockets.map(({ connected }) => connected)).toEqual([false, true, true]);
    for (const socket of sockets) socket.close();
  });

  it('is dead on the other node within a second, sockets too', async () => {
    const { url: location, name } = await freshPostgres();
    const settings = { HOITHI_SECRET: 'a secret of more than thirty-two characters' };
    const [here, there] = [await startServer(location, settings), await startServer(location, settings)];
    await there.app.http.listen({ port: 0, host: '127.0.0.1' });
    const an = await new Visitor(here).register();
    const copy = new Visitor(there);
    for (const [name, value] of an.cookies) copy.cookies.set(name, value);
    expect((await copy.get('/api/me')).status).toBe(200);
    const socket = await connect(there, copy);
    const closed = closing(socket);
    await an.delete('/api/session');
    expect(await closed).toBeLessThan(BUSY_MS);
    expect((await copy.get('/api/me')).status).toBe(401);
    await Promise.all([here.close(), there.close()]);
    await dropPostgres([name]);
  });
});
