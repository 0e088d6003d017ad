/**
 * Open attempts on PostgreSQL, where any node may write. Rows are asked each time it matters: a save takes the open attempt
 * `FOR SHARE` in the statement that appends, and closing takes it for update, so that a save is either folded or refused.
 * What is cached here is only a guess at the newest sheet; the journal's primary key says when the guess was old.
 * What many callers append, close or fold at the same moment travels together.
 */
import { and, desc, eq, sql } from 'drizzle-orm';
import type { Announcer } from '../platform/announcer.ts';
import {
  BusyError,
  type Database,
  type Parameter,
  prepare,
  type Statement,
  UnavailableError,
  type Writable,
} from '../platform/database/door.ts';
import { Gathering } from '../platform/gathering.ts';
import {
  type Appended,
  AttemptState,
  type ClosedState,
  type CutShort,
  type Fold,
  type Journal,
  type Merge,
  type OpenAttempt,
} from './open-attempt.ts';
import { emptySheet, packFinalSheet, unpackSheet } from './sheet-rules.ts';
import { lengthening, unmarked } from './store.ts';

interface Append {
  readonly attemptId: number;
  readonly seq: number;
  readonly sheet: string;
  readonly epoch: number | null;
}

interface Closing {
  readonly id: number;
  readonly state: ClosedState;
  readonly closedAt: number;
}

/** The last save of an attempt that was closed just now, packed; null: none. */
interface Closed {
  readonly packed: string | null;
}

type Writing = readonly (Statement | Writable)[];

/** What came of one append; `overtaken`: another node wrote that number. */
type Outcome = 'written' | 'overtaken' | 'notOpen' | 'oldToken';

const TOGETHER = { most: 500, atOnce: 2 };
/** Fewer: the newest results are read only when no transaction that began before them is under way. */
const FOLDED_TOGETHER = { most: 25, atOnce: 2 };
const MAX_CACHED = 200_000;
const MAX_TRIES = 20;
const FOLD_POLL_MS = 20;
const FOLD_WAIT_MS = 8000;
const TOPIC = 'attempt:';
const ROUND_TOPIC = 'attempts-of:';

/**
 * The state is looked at after the rows were locked and not where they are found: a planner that has not counted lately
 * believes that few attempts are open, and walks through all that are.
 */
const APPEND = `with wanted as (
  select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[]) as w (attempt_id, seq, sheet, epoch)
), held as (
  select id, state, person_id from attempts where id = any($1::bigint[]) order by id for share
), judged as (
  select w.attempt_id, w.seq, w.sheet, case
    when held.state is distinct from 1 then 'notOpen'
    when w.epoch <> coalesce((select epoch from token_epochs e where e.person_id = held.person_id), 0) then 'oldToken'
    else 'written' end as outcome
  from wanted w left join held on held.id = w.attempt_id
), added as (
  insert into saves (attempt_id, seq, sheet)
  select attempt_id, seq, sheet from judged where outcome = 'written'
  on conflict do nothing returning attempt_id
)
select j.attempt_id, case when j.outcome = 'written' and added.attempt_id is null then 'overtaken' else j.outcome end
from judged j left join added on added.attempt_id = j.attempt_id`;

const CLOSE = `with wanted as (
  select * from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as w (id, state, closed_at)
), held as (
  select id, state from attempts where id = any($1::bigint[]) order by id for update
)
update attempts a set state = w.state, closed_at = w.closed_at
from wanted w join held on held.id = w.id
where a.id = w.id and held.state = 1 returning a.id`;

/** In the statement behind the closing: what it waited for is seen only by the next one. */
const NEWEST = `select w.id, newest.sheet from unnest($1::bigint[]) as w (id) cross join lateral (
  select sheet from saves where attempt_id = w.id order by seq desc limit 1
) newest`;

/** A column of parameters, a value for each of those that travel together. */
const column = (values: readonly (number | string | null)[]) => values as unknown as Parameter;

export class PostgresJournal implements Journal {
  readonly #database: Database;
  readonly #announcer: Announcer;
  readonly #statements;
  readonly #cache = new Map<number, OpenAttempt>();
  readonly #appending = new Map<number, Promise<void>>();
  readonly #postponed = new Map<number, number>();
  readonly #stops: readonly (() => void)[];
  readonly #appends = new Gathering((batch: readonly Append[]) => this.#append(batch), TOGETHER);
  readonly #closings = new Gathering((batch: readonly Closing[]) => this.#close(batch), TOGETHER);
  readonly #folds = new Gathering((batch: readonly Writing[]) => this.#write(batch), FOLDED_TOGETHER);

  constructor(database: Database, announcer: Announcer) {
    this.#database = database;
    this.#announcer = announcer;
    this.#statements = prepareStatements(database);
    this.#stops = [
      announcer.listen(
        TOPIC,
        (topic) => this.#cache.delete(Number(topic.slice(TOPIC.length))),
        () => this.#cache.clear(),
      ),
      announcer.listen(ROUND_TOPIC, (topic) => this.#forgetRound(Number(topic.slice(ROUND_TOPIC.length)))),
    ];
  }

  stop(): void {
    for (const stop of this.#stops) stop();
  }

  async find(id: number): Promise<OpenAttempt | null> {
    return this.#cache.get(id) ?? this.#read(id);
  }

  async findOf(roundId: number, personId: number): Promise<OpenAttempt | null> {
    const { attempts } = this.#database.tables;
    const [row] = await this.#database.query
      .select({ id: attempts.id })
      .from(attempts)
      .where(
        and(
          eq(attempts.roundId, roundId),
          eq(attempts.personId, personId),
          eq(attempts.state, AttemptState.open),
        ),
      );
    return row === undefined ? null : this.find(row.id);
  }

  async #read(id: number): Promise<OpenAttempt | null> {
    const [row] = await this.#database.look(this.#statements.row({ id }));
    if (row === undefined || row.state !== AttemptState.open) {
      this.#cache.delete(id);
      return null;
    }
    const [newest] = await this.#database.look(this.#statements.newest({ id }));
    const attempt: OpenAttempt = { ...row, sheet: newest?.sheet ?? '', seq: newest?.seq ?? 0 };
    this.#remember(attempt);
    return attempt;
  }

  #remember(attempt: OpenAttempt): void {
    if (this.#cache.size >= MAX_CACHED) {
      const oldest = this.#cache.keys().next().value;
      if (oldest !== undefined) this.#cache.delete(oldest);
    }
    this.#cache.set(attempt.id, attempt);
  }

  started(attempt: OpenAttempt): void {
    this.#remember(attempt);
  }

  /** Saves of one attempt that reach this node are written in the order of receipt. */
  append(attempt: OpenAttempt, merge: Merge, epoch: number | null): Promise<Appended> {
    const before = this.#appending.get(attempt.id);
    const appending =
      before === undefined
        ? this.#merge(attempt, merge, epoch)
        : before.then(() => this.#merge(attempt, merge, epoch));
    const settled = appending.then(
      () => undefined,
      () => undefined,
    );
    this.#appending.set(attempt.id, settled);
    void settled.then(() => {
      if (this.#appending.get(attempt.id) === settled) this.#appending.delete(attempt.id);
    });
    return appending;
  }

  async #merge(attempt: OpenAttempt, merge: Merge, epoch: number | null): Promise<Appended> {
    let current: OpenAttempt | null = this.#cache.get(attempt.id) ?? attempt;
    for (let tries = 0; tries < MAX_TRIES && current !== null; tries++) {
      const merged = merge(current);
      if (merged === null) return { seq: null };
      const { sheet } = merged;
      const seq = current.seq + 1;
      const outcome = await this.#appends.add({ attemptId: current.id, seq, sheet, epoch });
      if (outcome === 'written') {
        const known = this.#cache.get(current.id);
        if (known === undefined || known.seq < seq) this.#remember({ ...current, sheet, seq });
        return { seq };
      }
      if (outcome !== 'overtaken') {
        this.#cache.delete(attempt.id);
        return outcome;
      }
      current = await this.#read(attempt.id);
    }
    return 'notOpen';
  }

  /** Of one attempt there is at most one append among these: the next waits for it. */
  async #append(batch: readonly Append[]): Promise<Outcome[]> {
    const statement: Statement<readonly [number, Outcome]> = {
      sql: APPEND,
      params: [
        column(batch.map(({ attemptId }) => attemptId)),
        column(batch.map(({ seq }) => seq)),
        column(batch.map(({ sheet }) => sheet)),
        column(batch.map(({ epoch }) => epoch)),
      ],
      decode: ([attemptId, outcome]) => [Number(attemptId), outcome as Outcome],
    };
    const [{ rows }] = await this.#database.atomic([statement]);
    const outcomes = new Map(rows);
    return batch.map(({ attemptId }) => outcomes.get(attemptId) ?? 'notOpen');
  }

  async close({ id }: OpenAttempt, state: ClosedState, closedAt: number, fold: Fold): Promise<boolean> {
    const closed = await this.#closings.add({ id, state, closedAt });
    this.#cache.delete(id);
    if (closed === null) return false;
    await this.#fold(id, closed.packed, fold);
    this.#announcer.announce(`${TOPIC}${id}`);
    return true;
  }

  /** Null: somebody else had closed it. The rows lock one another: the save that is read here is the last there will be. */
  async #close(batch: readonly Closing[]): Promise<(Closed | null)[]> {
    // Of two that close the same attempt at the same moment the first one does.
    const firsts = [...new Map(batch.toReversed().map((closing) => [closing.id, closing])).values()];
    const ids = column(firsts.map(({ id }) => id));
    const closing: Statement<number> = {
      sql: CLOSE,
      params: [ids, column(firsts.map(({ state }) => state)), column(firsts.map(({ closedAt }) => closedAt))],
      decode: ([id]) => Number(id),
    };
    const newest: Statement<readonly [number, string]> = {
      sql: NEWEST,
      params: [ids],
      decode: ([id, sheet]) => [Number(id), String(sheet)],
    };
    const [closed, saved] = await this.#database.atomic([closing, newest]);
    const now = new Set(closed.rows);
    const sheets = new Map(saved.rows);
    return batch.map(({ id }) => (now.delete(id) ? { packed: sheets.get(id) ?? null } : null));
  }

  /** Of another node's close it is known that it ended when the sheet is folded; one that died is folded by the sweeper. */
  async closed(id: number): Promise<void> {
    const { attempts } = this.#database.tables;
    for (let waited = 0; waited < FOLD_WAIT_MS; waited += FOLD_POLL_MS) {
      const [row] = await this.#database.query
        .select({ state: attempts.state, sheet: attempts.sheet })
        .from(attempts)
        .where(eq(attempts.id, id));
      if (row === undefined || row.state === AttemptState.open || row.sheet !== null) return;
      await new Promise((resolve) => setTimeout(resolve, FOLD_POLL_MS));
    }
  }

  /** `packed` is the last save, if there is any. Safe to do again after a crash. */
  async #fold(id: number, packed: string | null, fold: Fold): Promise<void> {
    const sheet = packed === null ? null : unpackSheet(packed);
    const more = await fold(sheet ?? emptySheet(0));
    const folded = this.#statements.fold({ id, sheet: sheet === null ? '' : packFinalSheet(sheet) });
    const fault = await this.#folds.add([folded, ...more, this.#statements.remove({ id })]);
    if (fault !== null) throw fault.error;
  }

  /** Together, or each by itself when one of them cannot be written. */
  async #write(batch: readonly Writing[]): Promise<readonly ({ readonly error: unknown } | null)[]> {
    const alone = async (writing: Writing): Promise<{ readonly error: unknown } | null> => {
      try {
        await this.#database.atomic(writing);
        return null;
      } catch (error) {
        return { error };
      }
    };
    const fault = await alone(batch.flat());
    if (fault === null) return batch.map(() => null);
    if (batch.length === 1 || fault.error instanceof UnavailableError || fault.error instanceof BusyError)
      return batch.map(() => fault);
    return Promise.all(batch.map(alone));
  }

  /** Attempts that were closed while their node died before folding them, with the moment of closing. */
  async unfolded(limit: number): Promise<readonly (OpenAttempt & { readonly closedAt: number })[]> {
    const { attempts } = this.#database.tables;
    const rows = await this.#database.query
      .select()
      .from(attempts)
      .where(unmarked(this.#database.tables))
      .limit(limit);
    return rows.map((row) => ({ ...row, sheet: '', seq: 0, closedAt: row.closedAt ?? row.deadline }));
  }

  async foldAgain(attempt: OpenAttempt, fold: Fold): Promise<void> {
    const [newest] = await this.#database.look(this.#statements.newest({ id: attempt.id }));
    await this.#fold(attempt.id, newest?.sheet ?? null, fold);
  }

  async extend(roundId: number, personId: number, extraMs: number): Promise<void> {
    const open = await this.findOf(roundId, personId);
    if (open === null) return;
    const { attempts } = this.#database.tables;
    await this.#database.atomic([
      this.#database.query.update(attempts).set({ extraMs }).where(eq(attempts.id, open.id)),
    ]);
    this.#cache.delete(open.id);
    this.#announcer.announce(`${TOPIC}${open.id}`);
  }

  async lengthen(cut: CutShort): Promise<void> {
    await this.#database.atomic([lengthening(this.#database, cut)]);
    this.#forgetRound(cut.roundId);
    this.#announcer.announce(`${ROUND_TOPIC}${cut.roundId}`);
  }

  /** Deadlines are in the rows: what this node remembers of the round is read again. */
  #forgetRound(roundId: number): void {
    for (const [id, attempt] of this.#cache) if (attempt.roundId === roundId) this.#cache.delete(id);
  }

  async due(before: number, limit: number): Promise<readonly OpenAttempt[]> {
    const { attempts } = this.#database.tables;
    for (const [id, until] of this.#postponed) if (until <= before) this.#postponed.delete(id);
    const later = sql.param([...this.#postponed.keys()]);
    const rows = await this.#database.query
      .select()
      .from(attempts)
      .where(
        sql`${attempts.state} = 1 and ${attempts.deadline} <= ${before} and ${attempts.id} <> all(${later}::bigint[])`,
      )
      .orderBy(attempts.deadline)
      .limit(limit);
    return rows.map((row) => ({ ...row, sheet: '', seq: 0 }));
  }

  postpone(attempt: OpenAttempt, until: number): void {
    this.#postponed.set(attempt.id, until);
  }

  async openCount(): Promise<number> {
    const { attempts } = this.#database.tables;
    return this.#database.query.$count(attempts, sql`${attempts.state} = 1`);
  }
}

function prepareStatements({ query, tables: { attempts, saves } }: Database) {
  const p = sql.placeholder;
  const one = eq(attempts.id, p('id'));
  const itsSaves = eq(saves.attemptId, p('id'));
  const { seq, sheet } = saves;
  return {
    row: prepare(query.select().from(attempts).where(one)),
    newest: prepare(
      query.select({ seq, sheet }).from(saves).where(itsSaves).orderBy(desc(saves.seq)).limit(1),
    ),
    fold: prepare(
      query
        .update(attempts)
        .set({ sheet: sql`${p('sheet')}` })
        .where(and(one, sql`${attempts.sheet} is null`)),
      1,
    ),
    remove: prepare(query.delete(saves).where(itsSaves)),
  };
}
