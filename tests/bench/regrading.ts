/**
 * A regrade killed again and again, beside a clean one, and both against marking from scratch: for the bench and for the
 * fault test of promise 10. The whole product runs in a process of its own; the remedy comes through its door.
 */
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { gradingOf } from '../../questions/kinds/gradings.ts';
import type { Json } from '../../questions/question.ts';
import { paperOf } from '../../server/attempts/papers.ts';
import { unpackSheet } from '../../server/attempts/sheet-rules.ts';
import { Product } from '../harness/product.ts';
import { sessionOf } from './people.ts';
import { type Seeded, seed } from './seed.ts';

export interface RegradeReport {
  readonly attempts: number;
  readonly kills: number;
  /** From the decision to the end of the work, of the clean run, s. */
  readonly seconds: number;
  /** Results whose marks the remedy changed. */
  readonly changed: number;
  /** Results that differ: killed from clean, clean from scratch, or old marks that are not there any more. */
  readonly mismatches: number;
}

interface RunOptions {
  readonly folder: string;
  readonly attempts: number;
  readonly kills: number;
  readonly say: (what: string) => void;
}

interface Corrected {
  readonly question: string;
  readonly version: number;
  readonly versionId: number;
  readonly key: Json;
}

/** Every version of every result, by attempt. */
type Results = ReadonlyMap<number, readonly string[]>;

const ADMIN = 1;
const POLL_MS = 10;
const LONGEST_MS = 300_000;

export async function regradeKilled(options: RunOptions): Promise<RegradeReport> {
  const { folder, attempts, kills, say } = options;
  const [clean, killed] = [join(folder, 'clean.db'), join(folder, 'killed.db')];
  say(`seeding ${attempts} attempts`);
  const seeded = await seed(clean, { people: Math.ceil(attempts / 2), results: attempts, pool: 20 });
  const corrected = prepare(clean, seeded);
  for (const suffix of ['', '-wal', '-shm'])
    if (existsSync(clean + suffix)) copyFileSync(clean + suffix, killed + suffix);
  const before = resultsOf(clean);
  say('regrading');
  const seconds = await regrade({ ...options, location: clean, kills: 0 }, seeded, corrected);
  say(`regrading, killed ${kills} times`);
  await regrade({ ...options, location: killed, kills }, seeded, corrected);
  const [after, other] = [resultsOf(clean), resultsOf(killed)];
  const changed = [...after.values()].filter((versions) => versions.length > 1).length;
  const mismatches =
    differences(after, other) + notKept(before, other) + fromScratch(killed, corrected, other);
  return { attempts, kills, seconds, changed, mismatches };
}

/** An admin, and a question that everybody was asked with a key that some answered by. */
function prepare(location: string, seeded: Seeded): Corrected {
  const db = new Sqlite(location);
  db.prepare('insert into roles (person_id, role, granted_at) values (?, ?, 0)').run(ADMIN, 'admin');
  const { paper } = db
    .prepare('select paper from attempts where round_id = ? limit 1')
    .get(seeded.earlier.id) as {
    paper: string;
  };
  const asked = paperOf(paper).questions.map(({ versionId }) => versionId);
  const rows = db
    .prepare(
      `select v.id as versionId, v.version as version, q.uid as question, k.key as key from question_versions v
       join questions q on q.id = v.question_id join question_keys k on k.version_id = v.id
       where v.kind = 'choice' and v.prompt like '%"multiple":false%' and v.id in (${asked.join()}) limit 1`,
    )
    .all() as { versionId: number; version: number; question: string; key: string }[];
  db.close();
  const [row] = rows;
  if (row === undefined) throw new Error('no question to correct');
  const right: unknown = Reflect.get(JSON.parse(row.key), 'right');
  const first = Array.isArray(right) ? Number(right[0]) : 0;
  return { ...row, key: { right: [(first + 1) % 3] } };
}

/** Seconds from the decision to the end of the work. */
async function regrade(
  { folder, location, kills }: RunOptions & { readonly location: string },
  seeded: Seeded,
  corrected: Corrected,
): Promise<number> {
  let product = await Product.start({ location, dataDir: folder });
  const { question, version, key } = corrected;
  const reply = await fetch(
    `http://127.0.0.1:${product.port}/api/desk/contests/${seeded.contest.uid}/remedies`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: `hoithi=${sessionOf(ADMIN)}` },
      body: JSON.stringify({
        id: crypto.randomUUID(),
        kind: 'key',
        details: { rounds: [seeded.earlier.uid], question, version, key },
        reason: 'đáp án in sai',
      }),
    },
  );
  if (reply.status !== 200) throw new Error(`not applied: ${await reply.text()}`);
  const total = countAttempts(location);
  for (let kill = 1; kill <= kills; kill++) {
    await reached(location, Math.floor((total * kill) / (kills + 1)));
    await product.kill();
    product = await Product.spawn({ location, dataDir: folder, port: product.port });
  }
  const { startedAt, finishedAt } = await finished(location);
  await product.stop();
  return (finishedAt - startedAt) / 1000;
}

interface Work {
  readonly looked: number;
  readonly startedAt: number;
  readonly finishedAt: number | null;
}

function workIn(location: string): Work {
  const db = new Sqlite(location, { readonly: true });
  const row = db
    .prepare('select looked, started_at as startedAt, finished_at as finishedAt from regrades limit 1')
    .get() as Work;
  db.close();
  return row;
}

function countAttempts(location: string): number {
  const db = new Sqlite(location, { readonly: true });
  const { n } = db.prepare('select count(*) as n from attempts').get() as { n: number };
  db.close();
  return n;
}

/** Waits until the work has come so far, so that a kill falls into it; or until it is over. */
async function reached(location: string, looked: number): Promise<void> {
  for (const since = Date.now(); Date.now() - since < LONGEST_MS; await sleep(POLL_MS)) {
    const work = workIn(location);
    if (work.looked >= looked || work.finishedAt !== null) return;
  }
  throw new Error('the work does not move');
}

async function finished(location: string): Promise<{ startedAt: number; finishedAt: number }> {
  for (const since = Date.now(); Date.now() - since < LONGEST_MS; await sleep(POLL_MS)) {
    const { startedAt, finishedAt } = workIn(location);
    if (finishedAt !== null) return { startedAt, finishedAt };
  }
  throw new Error('the work does not end');
}

function resultsOf(location: string): Results {
  const db = new Sqlite(location, { readonly: true });
  const rows = db
    .prepare(
      `select attempt_id, version, counts, marks, right_count, person_id, unit_id, elapsed_ms, submitted_at, prediction
       from results order by attempt_id, version`,
    )
    .raw(true)
    .all() as number[][];
  db.close();
  const results = new Map<number, string[]>();
  for (const [attempt = 0, ...rest] of rows) {
    const versions = results.get(attempt) ?? [];
    results.set(attempt, versions);
    versions.push(JSON.stringify(rest));
  }
  return results;
}

function differences(a: Results, b: Results): number {
  let count = Math.abs(a.size - b.size);
  for (const [attempt, versions] of a) if (versions.join() !== b.get(attempt)?.join()) count += 1;
  return count;
}

/** Results whose first version is not what it was before. */
function notKept(before: Results, after: Results): number {
  return [...before].filter(([attempt, [first]]) => after.get(attempt)?.[0] !== first).length;
}

/** Newest versions that are not what the papers come to, question by question, with the corrected key. */
function fromScratch(location: string, corrected: Corrected, results: Results): number {
  const db = new Sqlite(location, { readonly: true });
  const versions = new Map(
    (
      db
        .prepare(
          'select v.id as id, kind, prompt, points, key from question_versions v join question_keys k on k.version_id = v.id',
        )
        .all() as { id: number; kind: string; prompt: string; points: number; key: string | null }[]
    ).map((row) => [
      row.id,
      {
        ...row,
        prompt: JSON.parse(row.prompt),
        key: row.id === corrected.versionId ? corrected.key : JSON.parse(row.key ?? 'null'),
      },
    ]),
  );
  const rows = db
    .prepare('select id, paper, sheet from attempts where state in (2, 3)')
    .iterate() as Iterable<{ id: number; paper: string; sheet: string }>;
  let wrong = 0;
  for (const { id, paper, sheet } of rows) {
    const { answers } = unpackSheet(sheet);
    let marks = 0;
    paperOf(paper).questions.forEach(({ versionId, order }, i) => {
      const version = versions.get(versionId);
      if (version === undefined) throw new Error('a version is gone');
      const share = gradingOf(version.kind).grade(version.prompt, version.key, answers[i] ?? null, order);
      marks += Math.round(version.points * share);
    });
    const newest: unknown = JSON.parse(results.get(id)?.at(-1) ?? '[]');
    if (!Array.isArray(newest) || newest[2] !== marks) wrong += 1;
  }
  db.close();
  return wrong;
}
