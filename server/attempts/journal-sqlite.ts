/**
 * Open attempts on SQLite: a complete projection in memory, rebuilt from rows at the start, and a journal without any
 * index. A save appends the lines that it changed, the first one of an attempt the whole sheet. The journal is pruned by
 * carrying forward: an open attempt whose newest whole row is among the oldest rows is appended whole again, and the prefix
 * is deleted, so it stays short however long a contest runs.
 */
import { asc, eq, sql } from 'drizzle-orm';
import { type Database, expecting, prepare, undecoded } from '../platform/database/door.ts';
import { baseDeadline } from './deadline-rules.ts';
import { DueQueue } from './due-queue.ts';
import { MARK, Replay } from './journal-rules.ts';
import type { Appended, ClosedState, CutShort, Fold, Journal, Merge, OpenAttempt } from './open-attempt.ts';
import { emptySheet, packFinalSheet, unpackSheet } from './sheet-rules.ts';
import { lengthening } from './store.ts';

/** What is held beside the attempt: the newest durable sheet, and the write that everybody after must wait for. */
interface Held extends OpenAttempt {
  committedSheet: string;
  committedSeq: number;
  /** Number of the newest whole row that is durable; 0 when the next save must be one. */
  wholeSeq: number;
  committing: Promise<unknown> | null;
  closing: boolean;
  closed: Promise<void>;
}

/** How long the journal gets. */
export interface JournalLength {
  /** Looked at in one commit: few enough that nobody's save waits for it. */
  readonly pruneRows: number;
  /** Never pruned when it is shorter than this. */
  readonly shortRows: number;
  /**
   * Rows for each open attempt before pruning begins: each time round, every open attempt is carried whole once, so the
   * longer the journal the less is written, and the more is read at the start.
   */
  readonly rowsAnAttempt: number;
}

const REPLAY_ROWS = 5000;
/** One for all attempts that nobody closes. */
const NOT_CLOSING = Promise.resolve();

const LENGTH: JournalLength = { pruneRows: 512, shortRows: 4096, rowsAnAttempt: 5 };

export class SqliteJournal implements Journal {
  readonly #database: Database;
  readonly #held = new Map<number, Held>();
  readonly #byPerson = new Map<string, Held>();
  readonly #due = new DueQueue();
  readonly #append;
  readonly #close;
  readonly #prefix;
  readonly #wholesUpTo;
  readonly #remove;
  readonly #length: JournalLength;
  /** Rows in the journal; more than it has is harmless. */
  #rows = 0;
  #sincePruned = 0;
  #pruning: Promise<void> | null = null;

  private constructor(database: Database, length: JournalLength) {
    this.#database = database;
    this.#length = length;
    const { saves, attempts } = database.tables;
    const p = sql.placeholder;
    this.#append = prepare(
      database.query.insert(saves).values({ attemptId: p('attempt'), seq: p('seq'), sheet: p('sheet') }),
    );
    this.#close = prepare(
      database.query
        .update(attempts)
        .set({ state: sql`${p('state')}`, sheet: sql`${p('sheet')}`, closedAt: sql`${p('closedAt')}` })
        .where(sql`${attempts.id} = ${p('id')} and ${attempts.state} = 1`),
      1,
    );
    const oldest = database.query.select({ id: saves.id }).from(saves).orderBy(asc(saves.id));
    this.#prefix = prepare(oldest.limit(1).offset(length.pruneRows - 1))({});
    this.#wholesUpTo = prepare(
      database.query
        .select({ attemptId: saves.attemptId, seq: saves.seq })
        .from(saves)
        .where(sql`${saves.id} <= ${p('last')} and substr(${saves.sheet}, 1, 1) <> ${MARK}`),
    );
    this.#remove = prepare(database.query.delete(saves).where(sql`${saves.id} <= ${p('last')}`));
  }

  /** Reads open attempts and their newest saves: what was acknowledged before the process ended. */
  static async load(database: Database, length = LENGTH): Promise<SqliteJournal> {
    const journal = new SqliteJournal(database, length);
    const { attempts } = database.tables;
    const a = attempts;
    const columns = {
      id: a.id,
      roundId: a.roundId,
      personId: a.personId,
      number: a.number,
      unitId: a.unitId,
      startedAt: a.startedAt,
      deadline: a.deadline,
      extraMs: a.extraMs,
      paper: a.paper,
    };
    for await (const rows of database.scan(
      database.query.select(columns).from(attempts).where(sql`${a.state} = 1`),
    )) {
      for (const row of rows) journal.#hold(attemptOf(row));
    }
    await journal.#replay();
    return journal;
  }

  async #replay(): Promise<void> {
    const { saves } = this.#database.tables;
    const replays = new Map<number, Replay>();
    for (const id of this.#held.keys()) replays.set(id, new Replay());
    // Read here and not by the reader thread: nobody waits for this one yet, and rows that come from another thread cost twice as much.
    const more = prepare(
      this.#database.query
        .select({ id: saves.id, attemptId: saves.attemptId, seq: saves.seq, sheet: saves.sheet })
        .from(saves)
        .where(sql`${saves.id} > ${sql.placeholder('after')}`)
        .orderBy(asc(saves.id))
        .limit(REPLAY_ROWS),
    );
    for (let after = 0; ; ) {
      const rows = await this.#database.look(undecoded(more({ after })));
      for (const [, attemptId, seq, sheet] of rows)
        replays.get(Number(attemptId))?.add(Number(seq), String(sheet));
      this.#rows += rows.length;
      const last = rows.at(-1);
      if (last === undefined) break;
      after = Number(last[0]);
    }
    for (const [id, { seq, wholeSeq, sheet }] of replays) {
      const held = this.#held.get(id);
      if (held !== undefined)
        Object.assign(held, { seq, committedSeq: seq, wholeSeq, sheet, committedSheet: sheet });
    }
  }

  #hold(attempt: OpenAttempt): void {
    const held: Held = {
      ...attempt,
      committedSheet: attempt.sheet,
      committedSeq: attempt.seq,
      wholeSeq: 0,
      committing: null,
      closing: false,
      closed: NOT_CLOSING,
    };
    this.#held.set(attempt.id, held);
    this.#byPerson.set(`${attempt.roundId} ${attempt.personId}`, held);
    this.#due.add(attempt.deadline, attempt.id);
  }

  #release(held: Held): void {
    this.#held.delete(held.id);
    this.#due.remove(held.id);
    const key = `${held.roundId} ${held.personId}`;
    if (this.#byPerson.get(key) === held) this.#byPerson.delete(key);
  }

  find(id: number): OpenAttempt | null {
    const held = this.#held.get(id);
    return held === undefined || held.closing ? null : held;
  }

  findOf(roundId: number, personId: number): OpenAttempt | null {
    const held = this.#byPerson.get(`${roundId} ${personId}`);
    return held === undefined || held.closing ? null : held;
  }

  started(attempt: OpenAttempt): void {
    this.#hold(attempt);
  }

  async append(attempt: OpenAttempt, merge: Merge): Promise<Appended> {
    const held = this.#held.get(attempt.id);
    if (held === undefined || held.closing) return 'notOpen';
    const merged = merge(held);
    if (merged === null) {
      await held.committing;
      return { seq: null };
    }
    const seq = held.seq + 1;
    // A difference is to what is durable: while another save is on its way, which may fail, the whole sheet is written.
    const whole = held.wholeSeq === 0 || held.committedSeq !== held.seq;
    const { sheet } = merged;
    held.sheet = sheet;
    held.seq = seq;
    const row = { attempt: held.id, seq, sheet: whole ? sheet : merged.difference };
    const committing = this.#database.atomic([this.#append(row)]);
    held.committing = committing;
    try {
      await committing;
    } catch (error) {
      this.#refused(held, seq);
      throw error;
    }
    if (whole) held.wholeSeq = Math.max(held.wholeSeq, seq);
    if (seq > held.committedSeq) {
      held.committedSeq = seq;
      held.committedSheet = sheet;
    }
    this.#appended();
    return { seq };
  }

  /** A later save in flight holds this one merged and decides; else go back. Whether anything was written is not known. */
  #refused(held: Held, seq: number): void {
    held.wholeSeq = 0;
    if (held.seq !== seq) return;
    held.sheet = held.committedSheet;
    held.seq = held.committedSeq;
  }

  async close(attempt: OpenAttempt, state: ClosedState, closedAt: number, fold: Fold): Promise<boolean> {
    const held = this.#held.get(attempt.id);
    if (held === undefined || held.closing) return false;
    const done = Promise.withResolvers<void>();
    held.closing = true;
    held.closed = done.promise;
    try {
      const sheet = held.sheet === '' ? null : unpackSheet(held.sheet);
      const more = await fold(sheet ?? emptySheet(0));
      const text = sheet === null ? '' : packFinalSheet(sheet);
      await this.#database.atomic([this.#close({ id: held.id, state, sheet: text, closedAt }), ...more]);
    } catch (error) {
      held.closing = false;
      throw error;
    } finally {
      done.resolve();
    }
    this.#release(held);
    return true;
  }

  async closed(id: number): Promise<void> {
    await this.#held.get(id)?.closed;
  }

  async extend(roundId: number, personId: number, extraMs: number): Promise<void> {
    const held = this.#byPerson.get(`${roundId} ${personId}`);
    if (held === undefined) return;
    const { attempts } = this.#database.tables;
    await this.#database.atomic([
      expecting(1, this.#database.query.update(attempts).set({ extraMs }).where(eq(attempts.id, held.id))),
    ]);
    held.extraMs = extraMs;
  }

  async lengthen(cut: CutShort): Promise<void> {
    await this.#database.atomic([lengthening(this.#database, cut)]);
    for (const held of this.#held.values()) {
      if (held.roundId !== cut.roundId || held.deadline !== cut.from) continue;
      held.deadline = baseDeadline(held.startedAt, cut.durationMs, cut.to);
      this.postpone(held, held.deadline);
    }
  }

  due(before: number, limit: number): readonly OpenAttempt[] {
    const due: OpenAttempt[] = [];
    for (const id of this.#due.upTo(before)) {
      const held = this.#held.get(id);
      if (held === undefined) {
        this.#due.remove(id);
        continue;
      }
      if (!held.closing) due.push(held);
      if (due.length >= limit) break;
    }
    return due;
  }

  postpone(attempt: OpenAttempt, until: number): void {
    this.#due.remove(attempt.id);
    this.#due.add(until, attempt.id);
  }

  /** None: closing and grading are one commit here. */
  async unfolded(): Promise<readonly []> {
    return [];
  }

  async foldAgain(): Promise<void> {}

  stop(): void {}

  openCount(): number {
    return this.#held.size;
  }

  #appended(): void {
    this.#rows += 1;
    this.#sincePruned += 1;
    const { pruneRows, shortRows, rowsAnAttempt } = this.#length;
    const tooLong = this.#rows > rowsAnAttempt * this.#held.size + shortRows;
    if (this.#sincePruned < pruneRows || !tooLong || this.#pruning !== null) return;
    this.#sincePruned = 0;
    this.#pruning = this.#prune()
      .catch(() => undefined)
      .finally(() => {
        this.#pruning = null;
      });
  }

  /**
   * One small commit. It stands in line with the saves: what is on its way is written before, so that the whole sheet that
   * holds it already may come after it; what comes later is written behind. A failure is tried again with later saves.
   */
  async #prune(): Promise<void> {
    const [last] = await this.#database.look(this.#prefix);
    if (last === undefined) return;
    const carried = this.#restingOn(await this.#database.look(this.#wholesUpTo({ last: last.id })));
    const appends = carried.map(({ id, seq, sheet }) => this.#append({ attempt: id, seq, sheet }));
    const seqs = carried.map(({ seq }) => seq);
    await this.#database.atomic([...appends, this.#remove({ last: last.id })]);
    this.#rows += carried.length - this.#length.pruneRows;
    carried.forEach((held, i) => {
      if (held.wholeSeq > 0) held.wholeSeq = Math.max(held.wholeSeq, seqs[i] ?? 0);
    });
  }

  /** Open attempts whose newest whole row is among these. */
  #restingOn(wholes: readonly { readonly attemptId: number; readonly seq: number }[]): readonly Held[] {
    const resting = new Set<Held>();
    for (const { attemptId, seq } of wholes) {
      const held = this.#held.get(attemptId);
      if (held !== undefined && held.seq > 0 && seq >= held.wholeSeq) resting.add(held);
    }
    return [...resting];
  }
}

function attemptOf(row: readonly unknown[]): OpenAttempt {
  const [id, roundId, personId, number, unitId, startedAt, deadline, extraMs, paper] = row;
  return {
    id: Number(id),
    roundId: Number(roundId),
    personId: Number(personId),
    number: Number(number),
    unitId: unitId === null ? null : Number(unitId),
    startedAt: Number(startedAt),
    deadline: Number(deadline),
    extraMs: Number(extraMs),
    paper: String(paper),
    sheet: '',
    seq: 0,
  };
}
