/** kill -9 under load with 100,000 attempts open and a million results: when the first save is answered, and when the boards are there. */
import { setTimeout as sleep } from 'node:timers/promises';
import { attemptToken, attemptUid } from '../../server/attempts/attempt-id.ts';
import { Secrets } from '../../server/platform/secrets.ts';
import { Product, SECRET } from '../harness/product.ts';
import { type Bench, rounded } from './bench.ts';
import { saveRequest } from './load/attempt-requests.ts';
import { runLoad } from './load/child.ts';
import { Connection } from './load/connection.ts';
import type { SavesLoad, SavesOutcome } from './load/saves.ts';
import { openPlace } from './place.ts';
import { type Seeded, seed } from './seed.ts';

const FULL = { open: 100_000, results: 1_000_000, people: 500_000, units: 10_000, kills: 3, rows: 5 };
const QUICK = { open: 500, results: 2000, people: 1000, units: 50, kills: 1, rows: 5 };

/** Tries to save until it is answered; ms since the process was started. */
async function firstSave(product: Product, seeded: Seeded, kill: number): Promise<number> {
  const secrets = new Secrets(SECRET);
  const attempt = {
    id: attemptUid(secrets, 1),
    token: attemptToken(secrets, 1),
    kinds: seeded.progress[0]?.kinds ?? [],
  };
  // A device of its own each time; the whole sheet comes back, since it does not know what others saved.
  const request = saveRequest(attempt, `again-${kill}`, 1, 0, 0);
  for (;;) {
    if (product.child.exitCode !== null) throw new Error(product.output);
    const reply = await askOnce(product.port, request);
    if (reply !== null && reply.status === 200 && !reply.body.includes('"refused"'))
      return performance.now() - product.startedAt;
    if (reply !== null && reply.status !== 503) throw new Error(reply.body);
    await sleep(5);
  }
}

async function askOnce(
  port: number,
  request: string,
): Promise<Awaited<ReturnType<Connection['ask']>> | null> {
  try {
    const connection = await Connection.open(port);
    const reply = await connection.ask(request);
    connection.close();
    return reply;
  } catch {
    return null;
  }
}

export const restart: Bench = {
  name: 'restart',
  about: 'the first save and the boards after kill -9',
  async run(options) {
    const { open, results, people, units, kills, rows } = options.quick ? QUICK : FULL;
    const place = await openPlace('sqlite');
    try {
      const location = await place.database('product');
      options.say(`seeding ${open} open attempts and ${results} results`);
      const seeded = await seed(location, { people, units, open, results, rows });
      let product = await Product.start({ location, dataDir: place.folder });
      const saves: number[] = [];
      const boards: number[] = [];
      for (let kill = 1; kill <= kills; kill++) {
        const load: SavesLoad = {
          port: product.port,
          secret: SECRET,
          open,
          saved: rows,
          kinds: seeded.progress.map(({ kinds }) => kinds),
          connections: 32,
          measureMs: 60_000,
          perSecond: null,
        };
        const saving = runLoad<SavesOutcome>(new URL('./load/saves.ts', import.meta.url), load);
        await sleep(options.quick ? 500 : 3000);
        await product.kill();
        await saving;
        product = await Product.spawn({ location, dataDir: place.folder, port: product.port });
        saves.push(await firstSave(product, seeded, kill));
        boards.push(await product.until('/readyz'));
        options.say(
          `kill ${kill}: first save ${saves.at(-1)?.toFixed(0)} ms, boards ${boards.at(-1)?.toFixed(0)} ms`,
        );
      }
      await product.stop();
      return {
        figures: {
          first_save_ms: rounded(Math.max(...saves)),
          boards_ms: rounded(Math.max(...boards)),
          kills,
          open_attempts: open,
          results,
        },
        goals: { first_save_ms: { atMost: 2000 }, boards_ms: { atMost: 4000 } },
        notes: ['the slowest of all kills, from the start of the process; the file system keeps its cache'],
      };
    } finally {
      await place.remove();
    }
  },
};
