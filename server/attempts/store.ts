/** Queries over attempts and results. Hot ones are prepared once. */
import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { compile, type Database, prepare, type Statement, type Tables } from '../platform/database/door.ts';
import { prepareFollowing } from './asked-unit.ts';
import type { Paper } from './draw-rules.ts';
import { AttemptState, type CutShort } from './open-attempt.ts';

export interface AttemptRow {
  readonly id: number;
  readonly roundId: number;
  readonly personId: number;
  readonly number: number;
  readonly state: number;
  readonly unitId: number | null;
  readonly startedAt: number;
  readonly deadline: number;
  readonly extraMs: number;
  readonly paper: string;
  readonly sheet: string | null;
  readonly closedAt: number | null;
  /** What `paper` says, where it was drawn just now. */
  readonly drawn?: Paper;
}

export interface ResultRow {
  readonly attemptId: number;
  readonly roundId: number;
  readonly personId: number;
  /** The unit that it counts for. */
  readonly unitId: number | null;
  readonly version: number;
  readonly counts: number;
  readonly marks: number;
  readonly rightCount: number;
  readonly elapsedMs: number;
  readonly submittedAt: number;
  readonly prediction: number | null;
}

/**
 * Of attempts that are closed and whose result is still to come: their node is marking them, or died before it could (on
 * SQLite both are one commit, and there are none). In the words of the index of those.
 */
export function unmarked({ attempts }: Pick<Tables, 'attempts'>): SQL {
  return sql`${attempts.state} in (2, 3) and ${attempts.sheet} is null`;
}

/** The same of a row that was read. */
export function isUnmarked({ state, sheet }: Pick<AttemptRow, 'state' | 'sheet'>): boolean {
  return (state === AttemptState.submitted || state === AttemptState.timedOut) && sheet === null;
}

export class AttemptStore {
  readonly #database: Database;
  /** By the number of rounds that are asked for. */
  readonly #ofPerson = new Map<number, ReturnType<typeof prepareOfPerson>>();
  readonly #byId;
  readonly #resultOf;
  /** Statement that adds an attempt's row, with the extra time that its person has; gives that time. */
  readonly insert;
  /** Statement that adds a version of a result. */
  readonly insertResult;
  /** Statement that adds the first one of an attempt that was started without a unit: its row may have one since. */
  readonly insertResultFollowing;
  /** Statement that goes before it (`asked-unit.ts`). */
  readonly followUnit;

  constructor(database: Database) {
    this.#database = database;
    const { attempts, results, extraTimes } = database.tables;
    const p = sql.placeholder;
    this.#byId = database.query
      .select()
      .from(attempts)
      .where(eq(attempts.id, p('id')))
      .prepare('attempt_by_id');
    this.#resultOf = database.query
      .select()
      .from(results)
      .where(eq(results.attemptId, p('attempt')))
      .orderBy(desc(results.version))
      .limit(1)
      .prepare('result_of_attempt');
    this.insert = prepare(
      database.query
        .insert(attempts)
        .values({
          id: p('id'),
          roundId: p('round'),
          personId: p('person'),
          number: p('number'),
          state: 1,
          unitId: p('unit'),
          startedAt: p('startedAt'),
          deadline: p('deadline'),
          extraMs: sql`coalesce((select ${extraTimes.extraMs} from ${extraTimes} where ${extraTimes.roundId} = ${p('round')} and ${extraTimes.personId} = ${p('person')}), 0)`,
          paper: p('paper'),
        })
        .returning({ extraMs: attempts.extraMs }),
    );
    const result = {
      attemptId: p('attempt'),
      roundId: p('round'),
      personId: p('person'),
      unitId: p('unit'),
      version: p('version'),
      counts: p('counts'),
      marks: p('marks'),
      rightCount: p('rightCount'),
      elapsedMs: p('elapsedMs'),
      submittedAt: p('submittedAt'),
      prediction: p('prediction'),
    };
    this.insertResult = prepare(database.query.insert(results).values(result));
    const unitId = sql`(select ${attempts.unitId} from ${attempts} where ${attempts.id} = ${p('attempt')})`;
    this.insertResultFollowing = prepare(database.query.insert(results).values({ ...result, unitId }));
    this.followUnit = prepareFollowing(database);
  }

  async ofPerson(roundId: number, personId: number): Promise<readonly AttemptRow[]> {
    return this.ofPersonIn([roundId], personId);
  }

  /** A person's attempts in some rounds, in one read; by number within each round. */
  async ofPersonIn(roundIds: readonly number[], personId: number): Promise<readonly AttemptRow[]> {
    const prepared = this.#ofPerson.get(roundIds.length) ?? prepareOfPerson(this.#database, roundIds.length);
    this.#ofPerson.set(roundIds.length, prepared);
    const rounds = Object.fromEntries(roundIds.map((id, i) => [`round${i}`, id]));
    return this.#database.look(prepared({ ...rounds, person: personId }));
  }

  async byId(id: number): Promise<AttemptRow | null> {
    const [row] = await this.#byId.execute({ id });
    return row ?? null;
  }

  /** Of these, those that are closed and not marked yet. */
  async unmarkedAmong(ids: readonly number[]): Promise<readonly number[]> {
    const { attempts } = this.#database.tables;
    if (ids.length === 0) return [];
    const rows = await this.#database.query
      .select({ id: attempts.id })
      .from(attempts)
      .where(and(inArray(attempts.id, [...ids]), unmarked(this.#database.tables)));
    return rows.map(({ id }) => id);
  }

  /** All attempts of a person, newest first. */
  async allOfPerson(personId: number, roundIds: readonly number[]): Promise<readonly AttemptRow[]> {
    const { attempts } = this.#database.tables;
    if (roundIds.length === 0) return [];
    return this.#database.query
      .select()
      .from(attempts)
      .where(and(inArray(attempts.roundId, [...roundIds]), eq(attempts.personId, personId)))
      .orderBy(desc(attempts.startedAt));
  }

  /** The newest version of an attempt's result. */
  async resultOf(attemptId: number): Promise<ResultRow | null> {
    const [row] = await this.#resultOf.execute({ attempt: attemptId });
    return row ?? null;
  }

  /** The newest version of each attempt's result. */
  async resultsOf(attemptIds: readonly number[]): Promise<ReadonlyMap<number, ResultRow>> {
    const { results } = this.#database.tables;
    if (attemptIds.length === 0) return new Map();
    const rows = await this.#database.query
      .select()
      .from(results)
      .where(inArray(results.attemptId, [...attemptIds]))
      .orderBy(results.attemptId, results.version);
    return new Map(rows.map((row) => [row.attemptId, row]));
  }
}

function prepareOfPerson({ query, tables: { attempts } }: Database, rounds: number) {
  const places = Array.from({ length: rounds }, (_, i) => sql.placeholder(`round${i}`));
  return prepare(
    query
      .select()
      .from(attempts)
      .where(and(inArray(attempts.roundId, places), eq(attempts.personId, sql.placeholder('person'))))
      .orderBy(attempts.roundId, attempts.number),
  );
}

/** Gives attempts that the window's end cut short what of their duration fits before its new end. */
export function lengthening(database: Database, { roundId, from, to, durationMs }: CutShort): Statement {
  const { attempts } = database.tables;
  const whole = sql`${attempts.startedAt} + ${durationMs}`;
  return compile(
    database.query
      .update(attempts)
      .set({ deadline: sql`case when ${whole} < ${to} then ${whole} else ${to} end` })
      .where(
        sql`${attempts.roundId} = ${roundId} and ${attempts.state} = 1 and ${attempts.deadline} = ${from}`,
      ),
  );
}
