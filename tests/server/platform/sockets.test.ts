import { createServer, type Server } from 'node:http';
import { io, type Socket } from 'socket.io-client';
import Type from 'typebox';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Sockets } from '../../../server/platform/sockets.ts';

let server: Server;
let sockets: Sockets;
let url = '';
/** Stands still: a minute's allowance does not fill up while a busy machine connects. */
const clock = { now: () => 1000 };
const later = (): Promise<void> => new Promise((done) => setImmediate(done));
const faults: unknown[] = [];
const log = { error: (fields: unknown) => faults.push(fields) };
let heard: { readonly said: string; readonly at: number; readonly connected: boolean }[] = [];

beforeAll(async () => {
  server = createServer();
  const config = { publicUrl: new URL('http://localhost'), limitFactor: 1, trustProxy: 0 };
  sockets = new Sockets(server, { clock, config, log });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  sockets.on('say', Type.Object({ said: Type.String() }), ({ said }, { connected }, { at, reply }) => {
    heard.push({ said, at, connected });
    reply({ heard: said });
  });
  sockets.on('fail', Type.Object({}), () => {
    throw new Error('a fault of ours');
  });
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

describe('what a socket says', () => {
  beforeEach(() => {
    heard = [];
  });
  const ended = (socket: Socket): Promise<string> =>
    new Promise((resolve) => socket.once('disconnect', resolve));
  const open = async (): Promise<Socket> => {
    const socket = io(url, { transports: ['websocket'], reconnection: false, forceNew: true });
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    return socket;
  };

  it('is answered whole, however long the answer is in bytes', async () => {
    sockets.on('long', Type.Object({ times: Type.Integer() }), ({ times }, _socket, { reply }) =>
      reply({ told: 'ệ'.repeat(times) }),
    );
    const socket = await open();
    // Around the limits of a length in seven, sixteen and sixty-four bits.
    const lengths = [0, 36, 37, 38, 39, 40, 21_839, 21_840, 21_841, 21_842, 30_000];
    for (const times of lengths)
      expect(await socket.emitWithAck('long', { times })).toEqual({ told: 'ệ'.repeat(times) });
    socket.close();
  });

  it('costs only who met a fault of ours their line, and is written down', async () => {
    const [unlucky, other] = [await open(), await open()];
    const told = new Promise((resolve) => unlucky.once('problem', resolve));
    const cut = ended(unlucky);
    unlucky.emit('fail', {});
    expect(await told).toMatchObject({ code: 'internal' });
    expect(await cut).toMatch(/^(?:transport close|io server disconnect)$/);
    expect(await other.emitWithAck('say', { said: 'still here' })).toEqual({ heard: 'still here' });
    other.close();
    expect(faults).toMatchObject([{ event: 'fail', err: { message: 'a fault of ours' } }]);
  });

  it('is heard in its order and acknowledged to who waits for it', async () => {
    const socket = await open();
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, i) => socket.emitWithAck('say', { said: `số ${i}` })),
    );
    expect(replies).toEqual(Array.from({ length: 20 }, (_, i) => ({ heard: `số ${i}` })));
    socket.emit('say', { said: 'nobody waits for this' });
    await socket.emitWithAck('say', { said: 'last' });
    expect(heard.map(({ said }) => said).slice(-2)).toEqual(['nobody waits for this', 'last']);
    socket.close();
  });

  it('is heard before its end, when it says something and goes at once', async () => {
    const socket = await open();
    socket.emit('say', { said: 'goodbye' });
    socket.close();
    while (heard.length === 0) await later();
    expect(heard).toMatchObject([{ said: 'goodbye', connected: true }]);
  });

  it('closes that socket only when it is no message', async () => {
    const neighbour = await open();
    for (const raw of [
      '2',
      '2[',
      '2["say"]',
      '2["no such",{}]',
      '2/other,["say",{"said":"x"}]',
      '3',
      '51-["say"]',
      'x',
    ]) {
      const socket = await open();
      const end = ended(socket);
      socket.io.engine.write(raw);
      expect(await end, raw).toBe('io server disconnect');
    }
    const bytes = await open();
    const end = ended(bytes);
    bytes.emit('say', { said: Buffer.from('bytes') });
    expect(await end).toBe('io server disconnect');
    expect(heard).toEqual([]);
    expect(await neighbour.emitWithAck('say', { said: 'still here' })).toEqual({ heard: 'still here' });
    neighbour.close();
  });

  it('is heard once after it left and came in again', async () => {
    const socket = await open();
    socket.io.engine.write('1');
    while (sockets.io.sockets.sockets.size > 0) await later();
    socket.io.engine.write('0');
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    await socket.emitWithAck('say', { said: 'again' });
    expect(heard.map(({ said }) => said)).toEqual(['again']);
    socket.close();
  });
});
