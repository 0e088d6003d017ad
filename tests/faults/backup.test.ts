/** Promise 21: a backup made by the command line under load, restored elsewhere, is the same round bit for bit. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { attemptUid } from '../../server/attempts/attempt-id.ts';
import { Secrets } from '../../server/platform/secrets.ts';
import { runLoad } from '../bench/load/child.ts';
import { Connection, get, utf8 } from '../bench/load/connection.ts';
import type { SavesLoad, SavesOutcome } from '../bench/load/saves.ts';
import { sessionOf } from '../bench/people.ts';
import { seed } from '../bench/seed.ts';
import { temporaryFolder } from '../harness/folder.ts';
import { Product, SECRET } from '../harness/product.ts';
import { printCount } from './world.ts';

const PEOPLE = 300;
const OPEN = 200;
/** What is written beside the data itself: when the server was last alive, and who is to be erased again after a restore. */
const LIVING_FACTS = "name not in ('heartbeat', 'erasures.pending')";

/** `npm run hoithi -- …` with the environment of a server. Throws when it fails. */
function hoithi(location: string, dataDir: string, ...args: readonly string[]): { readonly seconds: number } {
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: location,
    HOITHI_DATA_DIR: dataDir,
    HOITHI_SECRET: SECRET,
  };
  const run = spawnSync(process.execPath, ['server/cli.ts', ...args], { env, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`${args.join(' ')}: ${run.stderr}`);
  return JSON.parse(run.stdout);
}

/** Table → digest of all its rows in the order of their keys. */
function digests(location: string): Readonly<Record<string, string>> {
  const db = new Sqlite(location, { readonly: true });
  const tables = db
    .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name")
    .pluck()
    .all()
    .map(String);
  const found = tables.map((table) => {
    const hash = createHash('sha256');
    const where = table === 'facts' ? `where ${LIVING_FACTS}` : '';
    const rows = db.prepare(`select * from "${table}" ${where} order by 1, 2`).raw(true).iterate();
    for (const row of rows) hash.update(JSON.stringify(row));
    return [table, hash.digest('hex')];
  });
  db.close();
  return Object.fromEntries(found);
}

/** What people get to see of attempts: the open ones with their answers, and results. */
async function shown(port: number): Promise<readonly string[]> {
  const secrets = new Secrets(SECRET);
  const connection = await Connection.open(port);
  const replies: string[] = [];
  for (let person = 1; person <= PEOPLE; person++) {
    const cookie = `cookie: hoithi=${sessionOf(person)}\r\n`;
    const address = person <= OPEN ? `/api/attempts/${attemptUid(secrets, person)}` : '/api/attempts';
    const { status, body } = await connection.ask(get(address, cookie));
    expect(status).toBe(200);
    // Time that was lost is given back to who is answering; everything else stays.
    replies.push(utf8(body).replaceAll(/"deadline":\d+/g, '"deadline":0'));
  }
  connection.close();
  return replies;
}

it('restores the same round, and says what was lost', { timeout: 300_000 }, async () => {
  const folder = temporaryFolder();
  const location = join(folder, 'live.db');
  const seeded = await seed(location, { people: PEOPLE, open: OPEN, results: PEOPLE * 2 });
  const product = await Product.start({ location, dataDir: folder });
  const load: SavesLoad = {
    port: product.port,
    secret: SECRET,
    open: OPEN,
    saved: 1,
    kinds: seeded.progress.map(({ kinds }) => kinds),
    connections: 8,
    measureMs: 4000,
    perSecond: 200,
  };
  const saving = runLoad<SavesOutcome>(new URL('../bench/load/saves.ts', import.meta.url), load);
  await sleep(1000);
  const copy = join(folder, 'copy.db');
  const backup = hoithi(location, folder, 'backup', copy);
  const outcome = await saving;
  expect(outcome.errors).toBe(0);
  expect(() => hoithi(location, folder, 'restore', copy)).toThrow();
  await product.stop();

  const restored = join(folder, 'restored.db');
  const restore = hoithi(restored, folder, 'restore', copy);
  expect(digests(restored)).toEqual(digests(copy));
  // Not blind: what was saved after the backup is in the live file alone.
  expect(digests(location)).not.toEqual(digests(copy));

  const first = await Product.start({ location: restored, dataDir: folder });
  const before = await shown(first.port);
  await first.stop();
  rmSync(restored);
  for (const end of ['-wal', '-shm']) rmSync(`${restored}${end}`, { force: true });
  hoithi(restored, folder, 'restore', copy);
  const second = await Product.start({ location: restored, dataDir: folder });
  expect(await shown(second.port)).toEqual(before);
  await second.stop();
  printCount(
    `${outcome.saves} saves beside a backup of ${backup.seconds} s; restored in ${restore.seconds} s; lost at most: what was saved after the backup began`,
  );
});
