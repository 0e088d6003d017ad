/** The journal of the embedded database against what it must hold, with commits that come, fail, or succeed unheard. */
import { join } from 'node:path';
import { setImmediate as settle } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { isDifference, Replay } from '../../../server/attempts/journal-rules.ts';
import { SqliteJournal } from '../../../server/attempts/journal-sqlite.ts';
import { blankSheet, mergePacked } from '../../../server/attempts/packed-sheet-rules.ts';
import {
  type Database,
  type Outcomes,
  type Statement,
  UnavailableError,
  type Writable,
} from '../../../server/platform/database/door.ts';
import { openDatabase } from '../../../server/platform/database/open.ts';
import { temporaryFolder } from '../../harness/databases.ts';

const ATTEMPTS = 4;
const QUESTIONS = 3;
/** So short that a few saves prune it. */
const LENGTH = { pruneRows: 3, shortRows: 4, rowsAnAttempt: 1 };

type Fate = 'committed' | 'refused' | 'committedUnheard';

/** The same database, with every commit held until the test says what becomes of it; they stand in line as in the writer. */
class Gate implements Database {
  readonly dialect;
  readonly tables;
  readonly query;
  readonly look: Database['look'];
  readonly scan: Database['scan'];
  readonly scanNumbers: Database['scanNumbers'];
  readonly clock: Database['clock'];
  readonly durability: Database['durability'];
  readonly load: Database['load'];
  readonly close: Database['close'];
  readonly #database: Database;
  readonly #line: ((fate: Fate) => Promise<void>)[] = [];

  constructor(database: Database) {
    this.#database = database;
    this.dialect = database.dialect;
    this.tables = database.tables;
    this.query = database.query;
    this.look = database.look.bind(database);
    this.scan = database.scan.bind(database);
    this.scanNumbers = database.scanNumbers.bind(database);
    this.clock = database.clock.bind(database);
    this.durability = database.durability.bind(database);
    this.load = database.load.bind(database);
    this.close = database.close.bind(database);
  }

  atomic<const Q extends readonly (Writable | Statement)[]>(queries: Q): Promise<Outcomes<Q>> {
    const { promise, resolve, reject } = Promise.withResolvers<Outcomes<Q>>();
    this.#line.push(async (fate) => {
      if (fate === 'refused') return reject(new UnavailableError('refused'));
      const outcome = this.#database.atomic(queries);
      if (fate === 'committed') return outcome.then(resolve, reject);
      await outcome.catch(reject);
      reject(new UnavailableError('nobody heard of it'));
    });
    return promise;
  }

  async next(fate: Fate): Promise<void> {
    await this.#line.shift()?.(fate);
    await settle();
  }

  get waiting(): number {
    return this.#line.length;
  }
}

/** What one attempt may have after a crash: what was acknowledged last, or anything sent since. */
interface Expected {
  acknowledged: string;
  since: readonly string[];
  closing: boolean;
}

class Run {
  readonly #database: Database;
  readonly #expected = new Map<number, Expected>();
  #gate: Gate;
  #journal: SqliteJournal;
  #saves = 0;

  private constructor(database: Database, gate: Gate, journal: SqliteJournal) {
    this.#database = database;
    this.#gate = gate;
    this.#journal = journal;
    for (let id = 1; id <= ATTEMPTS; id++)
      this.#expected.set(id, { acknowledged: '', since: [], closing: false });
  }

  static async begin(database: Database): Promise<Run> {
    const { attempts, saves } = database.tables;
    const rows = Array.from({ length: ATTEMPTS }, (_, i) => ({
      id: i + 1,
      roundId: 1,
      personId: i + 1,
      number: 1,
      state: 1,
      unitId: null,
      startedAt: 0,
      deadline: 1000,
      extraMs: 0,
      paper: '',
    }));
    const { query } = database;
    await database.atomic([query.delete(attempts), query.delete(saves), query.insert(attempts).values(rows)]);
    const gate = new Gate(database);
    return new Run(database, gate, await SqliteJournal.load(gate, LENGTH));
  }

  save(id: number, question: number, prediction: number | undefined): void {
    const attempt = this.#journal.find(id);
    const expected = this.#expected.get(id);
    if (attempt === null || expected === undefined) return;
    const n = ++this.#saves;
    let sent = '';
    const appending = this.#journal.append(attempt, ({ sheet, seq }) => {
      const merged = mergePacked(sheet === '' ? blankSheet(QUESTIONS) : sheet, {
        device: 'phone',
        mark: { n, seq: seq + 1, at: n },
        takesOver: true,
        changes: [{ question, answer: [n % 2] }],
        sinceStartMs: n * 100,
        prediction,
      });
      sent = merged.sheet;
      expected.since = [...expected.since, sent];
      return merged;
    });
    appending.then(
      () => {
        expected.acknowledged = sent;
        expected.since = expected.since.slice(expected.since.indexOf(sent) + 1);
      },
      () => undefined,
    );
  }

  close(id: number): void {
    const attempt = this.#journal.find(id);
    const expected = this.#expected.get(id);
    if (attempt === null || expected === undefined) return;
    expected.closing = true;
    this.#journal.close(attempt, 2, 1, () => []).catch(() => undefined);
  }

  /** The next commit, and what a crash right after it would leave. */
  async next(fate: Fate): Promise<void> {
    await this.#gate.next(fate);
    const { attempts, saves } = this.#database.tables;
    const { query } = this.#database;
    const replays = new Map<number, Replay>();
    for (const { id } of await query.select().from(attempts).where(eq(attempts.state, 1)))
      replays.set(id, new Replay());
    for (const { attemptId, seq, sheet } of await query.select().from(saves).orderBy(saves.id))
      replays.get(attemptId)?.add(seq, sheet);
    for (const [id, { acknowledged, since, closing }] of this.#expected) {
      const replay = replays.get(id);
      if (replay === undefined) expect(closing).toBe(true);
      else expect([acknowledged, ...since]).toContain(replay.sheet);
    }
  }

  /** After a crash: what was on its way is gone, and what is in the rows is all there is. */
  async restart(): Promise<void> {
    this.#gate = new Gate(this.#database);
    this.#journal = await SqliteJournal.load(this.#gate, LENGTH);
    for (const [id, expected] of this.#expected) {
      expected.acknowledged = this.#journal.find(id)?.sheet ?? '';
      expected.since = [];
    }
  }

  /** When everything has come to its end, memory says what was acknowledged. Gives how many saves have left the journal. */
  async end(): Promise<number> {
    while (this.#gate.waiting > 0) await this.next('committed');
    for (const [id, { acknowledged }] of this.#expected) {
      const found = this.#journal.find(id);
      if (found !== null) expect(found.sheet).toBe(acknowledged);
    }
    return this.#saves - (await this.#database.query.$count(this.#database.tables.saves));
  }
}

const folder = temporaryFolder();
const opening = openDatabase(join(folder, 'test.db'), (error) => {
  throw error;
});

afterAll(async () => (await opening).close());

const command = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      save: fc.integer({ min: 1, max: ATTEMPTS }),
      question: fc.nat({ max: QUESTIONS - 1 }),
      prediction: fc.option(fc.nat({ max: 99 }), { nil: undefined }),
    }),
  },
  { weight: 12, arbitrary: fc.constant<Fate>('committed') },
  { weight: 2, arbitrary: fc.constantFrom<Fate>('refused', 'committedUnheard') },
  { weight: 1, arbitrary: fc.record({ close: fc.integer({ min: 1, max: ATTEMPTS }) }) },
  { weight: 1, arbitrary: fc.constant('restart' as const) },
);

it('holds what was acknowledged after every commit, however saves, pruning, failures, closes and restarts follow one another', {
  timeout: 60_000,
}, async () => {
  const database = await opening;
  let pruned = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 20, maxLength: 80, size: 'max' }), async (commands) => {
      const run = await Run.begin(database);
      for (const one of commands) {
        if (one === 'restart') await run.restart();
        else if (typeof one === 'string') await run.next(one);
        else if ('close' in one) run.close(one.close);
        else run.save(one.save, one.question, one.prediction);
      }
      pruned += Math.max(0, await run.end());
    }),
    { numRuns: 60 },
  );
  expect(pruned).toBeGreaterThan(100);
});

it('writes the lines that a save changed, and a whole sheet only where nothing else is sure', async () => {
  const run = await Run.begin(await opening);
  for (let i = 0; i < 3; i++) {
    run.save(1, i, undefined);
    await run.next('committed');
  }
  run.save(1, 0, undefined);
  run.save(1, 1, undefined);
  await run.next('refused');
  await run.next('committed');
  const { saves } = (await opening).tables;
  const rows = await (await opening).query.select({ sheet: saves.sheet }).from(saves).orderBy(saves.id);
  expect(rows.map(({ sheet }) => isDifference(sheet))).toEqual([false, true, true, false]);
});
