/** Promise 9 in the hall: a server that is killed in any phase of a live session goes on where it was, and nobody loses a point. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { LivePhase } from '../../server/contracts/live.ts';
import { temporaryFolder } from '../harness/databases.ts';
import { freePort } from '../harness/postgres.ts';
import { Product } from '../harness/product.ts';
import type { Ear } from '../server/live/hall.ts';
import { phoneAt, prepareHall, RemoteHost, RIGHT } from './live-hall.ts';

const PLAYERS = 6;
const folder = temporaryFolder();

it('goes on after kill -9 in every phase, with time given back and no point lost', {
  timeout: 180_000,
}, async () => {
  const location = join(folder, 'restart.db');
  const prepared = await prepareHall(location, PLAYERS);
  const port = await freePort();
  const options = { location, dataDir: folder, port };
  let product = await Product.start(options);
  const host = await RemoteHost.at(port, prepared);
  let phones = await everybody(port);
  const killed: LivePhase[] = [];

  async function everybody(at: number): Promise<Ear[]> {
    return Promise.all(prepared.tokens.map((token) => phoneAt(at, prepared, token)));
  }

  /** Kills the server, starts it, and everybody comes back; what they see is as it was. */
  async function killed9(): Promise<void> {
    const before = host.view;
    killed.push(before.phase);
    await product.kill();
    product = await Product.start(options);
    await host.moveTo(port);
    phones = await everybody(port);
    if (before.phase !== 'asked') expect(host.view.phase).toBe(before.phase);
    expect(host.view.counts.players).toBe(PLAYERS);
    expect(host.view.question?.asking).toBe(before.question?.asking);
  }

  await killed9();
  const question = await host.ask();
  // Three are acknowledged before the server dies.
  for (const phone of phones.slice(0, 3))
    expect(await phone.answer(question.asking, [RIGHT])).toMatchObject({ ok: true });
  const stoppedAt = Date.now();
  await killed9();
  const downMs = Date.now() - stoppedAt;
  const resumed = await host.ear.until(
    'host',
    ({ view }) => view.phase === 'asked' && view.paused === null,
    12_000,
  );
  const given = (resumed.view.question?.deadline ?? 0) - question.deadline;
  expect(given).toBeGreaterThan(500);
  // What was acknowledged stands; the others answer now.
  expect(await phones[0]?.answer(question.asking, [0])).toMatchObject({ ok: true });
  for (const phone of phones.slice(3, 5))
    expect(await phone.answer(question.asking, [RIGHT])).toMatchObject({ ok: true });
  await host.say('closeEarly');
  await host.ear.until('host', ({ view }) => view.phase === 'graded');
  await killed9();
  await host.say('reveal');
  for (const [i, phone] of phones.entries()) {
    const { me } = await phone.until('player', ({ view }) => view.phase === 'revealed');
    expect(me?.points, `player ${i + 1}`).toBe(i < 5 ? 1000 : 0);
  }
  for (const phase of ['revealed', 'board'] as const) {
    expect(host.view.phase).toBe(phase);
    await killed9();
    expect((await phones[0]?.me())?.points).toBe(1000);
    await host.say('next');
  }
  // The next question is asked, is killed while it is paused by the host, and goes on.
  expect(host.view.phase).toBe('asked');
  await host.say('pause');
  await killed9();
  expect(host.view.paused?.by).toBe('host');
  await host.say('resume');
  const second = host.view.question?.asking ?? 0;
  expect(await phones[5]?.answer(second, [RIGHT])).toMatchObject({ ok: true });
  await host.say('podium');
  await killed9();
  expect(host.view.board?.lines[0]?.points).toBe(1000);
  await host.say('end');
  await killed9();
  expect(host.view.phase).toBe('ended');
  await product.stop();
  console.info(
    `live restarts: ${killed.length} kills in ${[...new Set(killed)].join(', ')}; ` +
      `${given} ms given back for ${downMs} ms; no point lost`,
  );
});
