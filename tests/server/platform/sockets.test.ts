import { createServer, type Server } from 'node:http';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MovableClock } from '../../../server/platform/clock.ts';
import { Sockets } from '../../../server/platform/sockets.ts';

let server: Server;
let sockets: Sockets;
let url = '';

beforeAll(async () => {
  server = createServer();
  const config = { publicUrl: new URL('http://localhost'), limitFactor: 1, trustProxy: 0 };
  sockets = new Sockets(server, { clock: new MovableClock(1000), config });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
afterAll(async () => {
  await sockets.close();
  server.close();
});

function connects(cookie?: string): Promise<boolean> {
  const socket = io(url, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    ...(cookie === undefined ? {} : { extraHeaders: { cookie } }),
  });
  return new Promise((resolve) => {
    const end = (connected: boolean): void => {
      socket.close();
      resolve(connected);
    };
    socket.once('connect', () => end(true));
    socket.once('connect_error', () => end(false));
  });
}

it('one session opens so many sockets a minute; its neighbours behind the same address are not bothered', async () => {
  const tries: boolean[] = [];
  for (let i = 0; i < 70; i++) tries.push(await connects('hoithi=one'));
  expect(tries.filter(Boolean)).toHaveLength(60);
  expect(await connects('a=b; hoithi=two')).toBe(true);
  expect(await connects()).toBe(true);
});
