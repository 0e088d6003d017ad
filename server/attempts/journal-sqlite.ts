/**
 * Open attempts on SQLite: a complete projection in memory, rebuilt from rows at the start, and a journal without any
 * index. The journal is pruned by carrying forward: of its oldest rows those that are still the newest of an open attempt
 * are appended again, and the prefix is deleted, so it stays short however long a contest runs.
 */
import { asc, eq, lte, sql } from 'drizzle-orm';
import { type Database, expecting, prepare } from '../platform/database/door.ts';
import { baseDeadline } from './deadline-rules.ts';
import { DueQueue } from './due-queue.ts';
import type { Appended, ClosedState, CutShort, Fold, Journal, Merge, OpenAttempt } from './open-attempt.ts';
import { emptySheet, packFinalSheet, unpackSheet } from './sheet-rules.ts';
import { lengthening } from './store.ts';

/** What is held beside the attempt: the newest durable sheet, and the write that everybody after must wait for. */
interface Held extends OpenAttempt {
  committedSheet: string;
  committedSeq: number;
  committing: Promise<unknown> | null;
  closing: boolean;
  closed: Promise<void>;
}

/** Looked at in one commit: few enough that nobody's save waits for it. */
const PRUNE_ROWS = 256;
/** Never pruned when it is shorter than this. */
const SHORT_ROWS = 4096;
/**
 * Rows for each open attempt before pruning begins. The fuller the journal is of newest rows, the more of them each pruning
 * carries forward: at one row an attempt almost all, which doubles what is written; at two, half of them at most.
 */
const ROWS_AN_ATTEMPT = 2;

export class SqliteJournal implements Journal {
  readonly #database: Database;
  readonly #held = new Map<number, Held>();
  readonly #byPerson = new Map<string, Held>();
  readonly #due = new DueQueue();
  readonly #append;
  readonly #close;
  /** Rows in the journal; more than it has is harmless. */
  #rows = 0;
  #sincePruned = 0;
  #pruning: Promise<void> | null = null;

  private constructor(database: Database) {
    this.#database = database;
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
  }

  /** Reads open attempts and their newest saves: what was acknowledged before the process ended. */
  static async load(database: Database): Promise<SqliteJournal> {
    const journal = new SqliteJournal(database);
    const { attempts, saves } = database.tables;
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
    const journalRows = database.query
      .select({ attemptId: saves.attemptId, seq: saves.seq, sheet: saves.sheet })
      .from(saves)
      .orderBy(asc(saves.id));
    for await (const rows of database.scan(journalRows)) {
      journal.#rows += rows.length;
      for (const [attemptId, seq, sheet] of rows)
        journal.#replay(Number(attemptId), Number(seq), String(sheet));
    }
    return journal;
  }

  #replay(attemptId: number, seq: number, sheet: string): void {
    const held = this.#held.get(attemptId);
    if (held === undefined || held.seq >= seq) return;
    held.sheet = held.committedSheet = sheet;
    held.seq = held.committedSeq = seq;
  }

  #hold(attempt: OpenAttempt): void {
    const held: Held = {
      ...attempt,
      committedSheet: attempt.sheet,
      committedSeq: attempt.seq,
      committing: null,
      closing: false,
      closed: Promise.resolve(),
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
    const sheet = merge(held);
    if (sheet === null) {
      await held.committing;
      return { seq: null };
    }
    const seq = held.seq + 1;
    held.sheet = sheet;
    held.seq = seq;
    const committing = this.#database.atomic([this.#append({ attempt: held.id, seq, sheet })]);
    held.committing = committing;
    try {
      await committing;
    } catch (error) {
      // Nothing of this save is durable. A later one in flight holds it merged and decides; else go back.
      if (held.seq === seq) {
        held.sheet = held.committedSheet;
        held.seq = held.committedSeq;
      }
      throw error;
    }
    if (seq > held.committedSeq) {
      held.committedSeq = seq;
      held.committedSheet = sheet;
    }
    this.#appended();
    return { seq };
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
    const tooLong = this.#rows > ROWS_AN_ATTEMPT * this.#held.size + SHORT_ROWS;
    if (this.#sincePruned < PRUNE_ROWS || !tooLong || this.#pruning !== null) return;
    this.#sincePruned = 0;
    this.#pruning = this.#prune().finally(() => {
      this.#pruning = null;
    });
  }

  /** Low lane: one small commit. A failure is tried again with the next thousand saves. */
  async #prune(): Promise<void> {
    const { saves } = this.#database.tables;
    const { query } = this.#database;
    const oldest = await query
      .select({ id: saves.id, attemptId: saves.attemptId, seq: saves.seq })
      .from(saves)
      .orderBy(asc(saves.id))
      .limit(PRUNE_ROWS);
    const last = oldest.at(-1);
    if (last === undefined) return;
    const carried = oldest.flatMap(({ attemptId, seq }) => {
      const held = this.#held.get(attemptId);
      return held !== undefined && held.committedSeq === seq
        ? [this.#append({ attempt: attemptId, seq, sheet: held.committedSheet })]
        : [];
    });
    const remove = query.delete(saves).where(lte(saves.id, last.id));
    await this.#database.atomic([...carried, remove], 'low').then(
      () => {
        this.#rows += carried.length - oldest.length;
      },
      () => undefined,
    );
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
