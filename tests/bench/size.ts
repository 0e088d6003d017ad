/** Bytes: what a million finished attempts take on disk with their indexes, and what a save writes while 100,000 attempts are open. */
import Sqlite from 'better-sqlite3';
import { Product, SECRET } from '../harness/product.ts';
import { type Bench, type BenchOptions, type Figures, rounded } from './bench.ts';
import { runLoad } from './load/child.ts';
import type { SavesLoad, SavesOutcome } from './load/saves.ts';
import { openPlace } from './place.ts';
import { seed } from './seed.ts';

/** `rows`: the journal is as long as it gets, so that pruning goes on all the time. */
const FULL = { attempts: 1_000_000, people: 400_000, open: 100_000, rows: 5, measureMs: 15_000 };
const QUICK = { attempts: 4000, people: 1500, open: 1000, rows: 5, measureMs: 1000 };

/** Bytes in use once everything in the log is in the file; what is free will be used again. */
function fileBytes(path: string): number {
  const db = new Sqlite(path);
  db.pragma('wal_checkpoint(TRUNCATE)');
  const pages = Number(db.pragma('page_count', { simple: true }));
  const free = Number(db.pragma('freelist_count', { simple: true }));
  const pageBytes = Number(db.pragma('page_size', { simple: true }));
  db.close();
  return (pages - free) * pageBytes;
}

/** A counter of /metrics. */
async function metric(port: number, name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1] ?? Number.NaN);
}

async function measureAttempts(options: BenchOptions): Promise<Figures> {
  const { attempts, people } = options.quick ? QUICK : FULL;
  const place = await openPlace('sqlite');
  try {
    const [without, with_] = [await place.database('without'), await place.database('with')];
    options.say(`seeding ${people} people without and with ${attempts} attempts`);
    await seed(without, { people });
    await seed(with_, { people, results: attempts });
    const bytes = fileBytes(with_);
    return {
      bytes_per_attempt: rounded((bytes - fileBytes(without)) / attempts),
      file_mb: rounded(bytes / 1e6),
      attempts,
    };
  } finally {
    await place.remove();
  }
}

async function measureSaves(options: BenchOptions): Promise<Figures> {
  const { open, rows, measureMs } = options.quick ? QUICK : FULL;
  const place = await openPlace('sqlite');
  try {
    const location = await place.database('product');
    options.say(`seeding ${open} open attempts`);
    const { progress } = await seed(location, { people: open, open, rows });
    const product = await Product.start({ location, dataDir: place.folder });
    const load: SavesLoad = {
      port: product.port,
      secret: SECRET,
      open,
      saved: rows,
      kinds: progress.map(({ kinds }) => kinds),
      connections: 64,
      measureMs,
      perSecond: null,
    };
    options.say('saving');
    const before = product.usage();
    const commits = await metric(product.port, 'hoithi_database_commits');
    const outcome = await runLoad<SavesOutcome>(new URL('./load/saves.ts', import.meta.url), load);
    const written = (await metric(product.port, 'hoithi_database_commits')) - commits;
    const after = product.usage();
    await product.stop();
    if (outcome.firstError !== null) options.say(outcome.firstError);
    return {
      disk_bytes_per_save: rounded((after.diskBytes - before.diskBytes) / outcome.saves),
      saves: outcome.saves,
      saves_per_s: rounded((outcome.saves * 1000) / measureMs),
      saves_per_commit: rounded(outcome.saves / written),
      file_with_open_mb: rounded(fileBytes(location) / 1e6),
      open_attempts: open,
      errors: outcome.errors,
    };
  } finally {
    await place.remove();
  }
}

export const size: Bench = {
  name: 'size',
  about: 'bytes on disk an attempt, and bytes written a save',
  async run(options) {
    const figures = { ...(await measureAttempts(options)), ...(await measureSaves(options)) };
    return {
      figures,
      goals: {
        bytes_per_attempt: { atMost: 500 },
        disk_bytes_per_save: { atMost: 800 },
        errors: { atMost: 0 },
      },
      notes: [
        'disk bytes: what the process sent towards the disk (write_bytes), log and checkpoints together',
      ],
    };
  },
};
