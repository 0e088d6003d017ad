/** Promise 22 in the hall: two nodes on PostgreSQL, players on both, one of them killed in the middle of a question. */
import { afterAll, expect, it } from 'vitest';
import { startPostgres, temporaryFolder } from '../harness/databases.ts';
import { Product } from '../harness/product.ts';
import type { Ear } from '../server/live/hall.ts';
import { phoneAt, prepareHall, RemoteHost, RIGHT } from './live-hall.ts';

const EACH = 6;
const folder = temporaryFolder();
const postgres = startPostgres();
afterAll(async () => (await postgres).stop());

it.each(['the other node', 'the node of the host'])(
  'goes on when %s is killed in the middle of a question',
  { timeout: 120_000 },
  async (which) => {
    const location = await (await postgres).createDatabase();
    const prepared = await prepareHall(location, 2 * EACH);
    const nodes = await Promise.all([1, 2].map(() => Product.start({ location, dataDir: folder })));
    const [a, b] = nodes;
    if (a === undefined || b === undefined) throw new Error('no nodes');
    const host = await RemoteHost.at(a.port, prepared);
    const phones = await Promise.all(
      prepared.tokens.map((token, i) => phoneAt(i < EACH ? a.port : b.port, prepared, token)),
    );
    // Both nodes have said how many they hold.
    await host.ear
      .until('counts', ({ counts }) => counts.connected === 2 * EACH, 8000)
      .catch(() => undefined);

    const first = await host.ask();
    const heard = (phone: Ear) => phone.until('player', ({ view }) => view.question?.asking === first.asking);
    await Promise.all(phones.map(heard));
    // One of each node has answered, and knows it.
    for (const i of [0, 1, EACH, EACH + 1])
      expect(await phones[i]?.answer(first.asking, [RIGHT])).toMatchObject({ ok: true });
    await host.ear.until('counts', ({ counts }) => counts.answered === 4);

    const dies = which === 'the other node' ? b : a;
    const lives = dies === a ? b : a;
    const killedAt = Date.now();
    await dies.kill();
    if (dies === a) await host.moveTo(lives.port);
    await Promise.all(
      prepared.tokens.map(async (token, i) => {
        const wasOn = i < EACH ? a : b;
        if (wasOn === dies) phones[i] = await phoneAt(lives.port, prepared, token);
      }),
    );
    const interrupted = await host.ear.until('host', ({ view }) => view.paused?.by === 'interrupted', 10_000);
    const noticedMs = Date.now() - killedAt;
    expect(interrupted.view.paused?.since).toBeLessThan(killedAt + 1500);
    const resumed = await host.ear.until('host', ({ view }) => view.paused === null, 12_000);
    const given = (resumed.view.question?.deadline ?? 0) - first.deadline;
    expect(given).toBeGreaterThan(1000);

    // Those who had answered still have; the others answer at the node that is left.
    for (const [i, phone] of phones.entries())
      expect(await phone.answer(first.asking, [i < 2 * EACH - 1 ? RIGHT : 0])).toMatchObject({ ok: true });
    await host.say('closeEarly');
    await host.ear.until('host', ({ view }) => view.phase === 'graded');
    await host.say('reveal');
    const points = await Promise.all(
      phones.map(async (phone) => {
        const { me } = await phone.until('player', ({ view }) => view.phase === 'revealed');
        return me?.points;
      }),
    );
    expect(points).toEqual([...new Array(2 * EACH - 1).fill(1000), 0]);
    await lives.stop();
    console.info(`live nodes: ${which} killed, noticed after ${noticedMs} ms, ${given} ms given back`);
  },
);
