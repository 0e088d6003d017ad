/** Promises 12, 13 and 17 in the hall: nothing that a player sends acts as host, tells a secret, or spoils it for the others. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AnswerReply, LiveCommand } from '../../server/contracts/live.ts';
import { playerToken, readPass, readPlayerToken } from '../../server/live/tokens.ts';
import { asks, type Ear, Hall, type Phone, stage } from '../server/live/hall.ts';

let hall: Hall;
let phones: Phone[];
const RIGHT = 1;

beforeAll(async () => {
  hall = await Hall.open((known) => [
    stage('quiz', {
      questions: asks(known.filter((_, i) => i % 4 === 0)),
      ...{ readSeconds: 0, shuffleOptions: false, closeWhenAllAnswered: false, reveal: 'host', seconds: 600 },
    }),
  ]);
  phones = await hall.phones(5);
});
afterAll(() => hall.close());

const alive = async (ear: Ear): Promise<boolean> => {
  const reply = await ear.ask<{ now?: number }>('live:time', { v: 1 }).catch(() => ({}));
  return 'now' in reply;
};

/** Every command that there is, by its name. */
const COMMANDS = LiveCommand.anyOf.map(({ properties }) => properties.do.const);

describe('a player', () => {
  it('cannot say what a host says, nor follow as host or screen', async () => {
    const [phone] = phones;
    if (phone === undefined) throw new Error('no phone');
    const before = hall.host.newest('host')?.version;
    expect(COMMANDS.length).toBeGreaterThan(25);
    const command = { v: 1, id: 'press-of-player', seen: 999, reason: 'không có gì', to: 'client-of-host' };
    for (const what of ['takeControl', 'start', 'next', 'end', 'lock', 'podium', 'pause'])
      expect(
        await phone.ear.ask('live:command', {
          v: 1,
          id: `press-${what}-1`,
          do: what,
          ...(['start', 'next', 'end', 'podium'].includes(what) ? { seen: command.seen } : {}),
        }),
      ).toEqual({ refused: 'live.notInControl' });
    for (const as of ['host', 'screen'] as const) {
      const withToken = { client: 'client-of-player', token: phone.token };
      expect(await phone.ear.follow(hall.live, as, withToken)).toEqual({ refused: 'live.token' });
      expect(await phone.ear.follow(hall.live, as, { client: 'client-of-player' })).toEqual({
        refused: 'auth.required',
      });
    }
    expect(hall.host.newest('host')?.version).toBe(before);
  });

  it('cannot answer as somebody else, from outside, or for another session', async () => {
    const { secrets } = hall.server.context;
    const token = phones[1]?.token ?? '';
    const read = readPlayerToken(secrets, token);
    expect(read).not.toBeNull();
    const [session = '', , signature = ''] = token.split('.');
    for (const forged of [
      `${session}.1.${signature}`,
      `${session}.9999.${signature}`,
      'xxxx.yyyy.zzzz',
      token.slice(1),
    ])
      expect(await phones[0]?.ear.follow(hall.live, 'player', { token: forged })).toEqual({
        refused: 'live.token',
      });
    const nobody = playerToken(secrets, { sessionId: read?.sessionId ?? 0, player: 4000 });
    expect(await phones[0]?.ear.follow(hall.live, 'player', { token: nobody })).toEqual({
      refused: 'live.token',
    });
    expect(readPass(secrets, token, 0)).toBeNull();
    const stranger = hall.ear();
    expect(await stranger.answer(1, [0])).toEqual({ refused: 'live.token' });
    expect(await phones[0]?.ear.follow(hall.live, 'player', { token })).toMatchObject({ ok: true });
    await phones[0]?.ear.follow(hall.live, 'player', { token: phones[0].token });
  });

  it('is cut off by a frame of another shape, alone', async () => {
    const frames: readonly (readonly [string, unknown])[] = [
      ['live:answer', null],
      ['live:answer', { v: 1, asking: 'x', answer: [0] }],
      ['live:answer', { v: 1, asking: 1 }],
      ['live:answer', { v: 1, asking: 1, answer: [0], more: 1 }],
      ['live:answer', { v: 2, asking: 1, answer: [0] }],
      ['live:answer', Buffer.from('binary')],
      ['live:follow', { v: 1, live: 'x', as: 'host' }],
      ['live:follow', { v: 1, live: hall.live, as: 'admin' }],
      ['live:command', { v: 1, id: 'x', do: 'end' }],
      ['live:command', { v: 1, id: 'press-one-1', do: 'nothing' }],
      ['live:command', { v: 1, id: 'press-one-1', do: 'adjust', player: 1, points: 1e9, reason: 'ccc' }],
      ['live', { v: 1 }],
      ['board', {}],
      ['constructor', {}],
      ['live:answer', { v: 1, asking: 1, answer: 'x'.repeat(20_000) }],
      ['live:answer', JSON.parse(`${'['.repeat(2000)}1${']'.repeat(2000)}`)],
    ];
    let cut = 0;
    for (const [event, message] of frames) {
      const ear = hall.ear();
      await ear.follow(hall.live, 'player', { token: phones[4]?.token });
      ear.socket.emit(event, message);
      for (let i = 0; i < 400 && ear.socket.connected; i++)
        await new Promise((again) => setTimeout(again, 5));
      if (!ear.socket.connected) cut += 1;
      ear.close();
    }
    expect(cut).toBeGreaterThanOrEqual(frames.length - 1);
    for (const { ear } of phones.slice(0, 4)) expect(await alive(ear)).toBe(true);
    expect(await alive(hall.host)).toBe(true);
    console.info(`live attacks: ${frames.length} malformed frames, ${cut} sockets cut, the others play on`);
  });

  it('holds a handful of sockets at most: the oldest is cut', async () => {
    const ears: Ear[] = [];
    for (let i = 0; i < 9; i++) {
      const ear = hall.ear();
      await ear.follow(hall.live, 'player', { token: phones[4]?.token });
      ears.push(ear);
    }
    await expect.poll(() => ears.filter(({ socket }) => socket.connected).length).toBe(6);
    expect(ears.at(-1)?.socket.connected).toBe(true);
    for (const ear of ears) ear.close();
  });

  it('hears answers of every shape refused, and the server goes on', async () => {
    const question = await hall.ask(phones.slice(0, 4));
    const shapes = [[9], [-1], [0.5], ['0'], {}, 'A', 7, true, [[0]], { right: [1] }, '__proto__', [0, 1, 2]];
    for (const answer of shapes)
      expect(
        await phones[0]?.ear.ask<AnswerReply>('live:answer', { v: 1, asking: question.asking, answer }),
      ).toEqual({
        refused: 'request.invalid',
      });
    expect(await phones[0]?.ear.answer(question.asking + 1, [0])).toEqual({ refused: 'live.closed' });
    expect(await phones[0]?.ear.answer(question.asking, [RIGHT])).toMatchObject({ ok: true });
  });
});

it('phones that read nothing cost the others nothing', async () => {
  const stuck = await Promise.all(Array.from({ length: 60 }, (_, i) => hall.phone(`Cham ${i}`)));
  // What they hear stays in the kernel's buffers and in ours.
  for (const { ear } of stuck) rawSocketOf(ear).pause();
  const asking = hall.view().question?.asking ?? 0;
  const { ear } = phones[1] ?? {};
  if (ear === undefined) throw new Error('no phone');
  const asked = performance.now();
  expect(await ear.answer(asking, [RIGHT])).toMatchObject({ ok: true });
  const answered = performance.now() - asked;
  await hall.say({ do: 'closeEarly' });
  await hall.phase('graded');
  const before = performance.now();
  await hall.say({ do: 'reveal' });
  await ear.until('player', ({ view }) => view.phase === 'revealed');
  const revealed = performance.now() - before;
  expect(answered).toBeLessThan(1000);
  expect(revealed).toBeLessThan(1500);
  for (const phone of stuck) phone.ear.close();
  console.info(
    `live slow sockets: 60 that read nothing; answer ${Math.round(answered)} ms, reveal ${Math.round(revealed)} ms`,
  );
});

/** The TCP socket under Socket.IO's client, which has no public name. */
function rawSocketOf(ear: Ear): { pause(): void } {
  const engine: unknown = ear.socket.io.engine;
  return (engine as { transport: { ws: { _socket: { pause(): void } } } }).transport.ws._socket;
}
