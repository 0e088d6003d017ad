/**
 * Annulling attempts and giving them back, a few hundred a commit. Whose attempt is annulled may use another one.
 *
 * Annulments may overlap: each that covers an attempt has its row, and the attempt counts again when none stands any more.
 */
import { and, asc, eq, gt, gte, inArray, lte, ne, type SQL, sql } from 'drizzle-orm';
import type { Attempts } from '../attempts/attempts.ts';
import { AttemptState } from '../attempts/open-attempt.ts';
import { isRaced } from '../attempts/result-versions.ts';
import type { Context } from '../context.ts';
import {
  ConflictError,
  compile,
  type Database,
  expecting,
  type Statement,
} from '../platform/database/door.ts';
import { scopeOf, type UnitsBelow } from './annul-scope.ts';
import type { AnnulScope } from './preview-rules.ts';
import { Retakes } from './retakes.ts';
import type { RegradeRow, RemedyRow, RemedyStore } from './store.ts';

interface AnnulParts {
  readonly context: Context;
  readonly attempts: Attempts;
  readonly units: UnitsBelow;
}

/** Attempts a commit. */
const PIECE = 200;
const TRIES = 50;

export class AnnulWork {
  readonly #parts: AnnulParts;
  readonly #store: RemedyStore;
  readonly #retakes: Retakes;

  constructor(parts: AnnulParts, store: RemedyStore) {
    this.#parts = parts;
    this.#retakes = new Retakes(parts.context.database, parts.attempts);
    this.#store = store;
  }

  /** False when it did not come to its end. */
  async annul(work: RegradeRow, remedy: RemedyRow, isStopping: () => boolean): Promise<boolean> {
    const { attempts } = this.#parts;
    const rounds = remedy.details.rounds.flatMap((uid) => attempts.rounds.byUid(uid)?.id ?? []);
    const asked = await scopeOf(remedy.details, this.#store, this.#parts.units);
    // What is started afterwards is what was granted in place of what is annulled.
    const scope = { ...asked, toAt: Math.min(asked.toAt ?? remedy.at, remedy.at) };
    let now = work;
    for (;;) {
      const ids = await attemptsIn(this.#parts.context.database, rounds, scope, now.cursor, PIECE);
      const last = ids.at(-1);
      if (last === undefined) return true;
      if (isStopping()) return false;
      for (const id of ids) await this.#closeOpen(id);
      // A result that came afterwards would count.
      await this.#parts.attempts.awaitMarks(ids);
      if (!(await this.#commit(now, last, () => this.#annulling(remedy, ids)))) return false;
      now = { ...now, cursor: last };
    }
  }

  async restore(work: RegradeRow, isStopping: () => boolean): Promise<boolean> {
    let now = work;
    for (;;) {
      const some = await this.#store.annulled(work.remedyId, now.cursor, PIECE);
      const last = some.at(-1)?.attemptId;
      if (last === undefined) return true;
      if (isStopping()) return false;
      const surplus = await this.#surplus(some);
      for (const id of surplus) await this.#closeOpen(id);
      await this.#parts.attempts.awaitMarks(surplus);
      if (!(await this.#commit(now, last, () => this.#restoring(some)))) return false;
      now = { ...now, cursor: last };
    }
  }

  async #commit(work: RegradeRow, cursor: number, make: () => Promise<Made>): Promise<boolean> {
    const { context } = this.#parts;
    for (let tried = 1; ; tried++) {
      const { statements, rounds, changed } = await make();
      const moved = this.#store.moved(work, { cursor, looked: changed, changed }, context.clock.now());
      try {
        await context.database.atomic([moved, ...statements], 'low');
        for (const round of rounds) context.announcer.announce(`results:${round}`);
        return true;
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error;
        if (!isRaced(error) || tried === TRIES) return false;
      }
    }
  }

  /** An attempt in progress ends with what was saved, so that nothing is taken any more. */
  async #closeOpen(id: number): Promise<void> {
    const { attempts, context } = this.#parts;
    const open = await attempts.journal.find(id);
    if (open === null) return;
    const closedAt = Math.min(context.clock.now(), attempts.deadlineOf(open));
    await attempts.close(open, AttemptState.timedOut, closedAt);
  }

  async #annulling(remedy: RemedyRow, ids: readonly number[]): Promise<Made> {
    const { context, attempts } = this.#parts;
    const { attempts: a, annulments } = context.database.tables;
    const { query } = context.database;
    const rows = await query
      .select({ id: a.id, state: a.state, roundId: a.roundId })
      .from(a)
      .where(and(inArray(a.id, [...ids]), ne(a.state, AttemptState.open)));
    const before = await this.#statesBefore(ids);
    const newest = await attempts.store.resultsOf(rows.map(({ id }) => id));
    const statements: Statement[] = [];
    for (const { id, state } of rows) {
      statements.push(
        expecting(
          1,
          query
            .update(a)
            .set({ state: AttemptState.annulled })
            .where(and(eq(a.id, id), eq(a.state, state))),
        ),
        compile(
          query.insert(annulments).values({
            remedyId: remedy.id,
            attemptId: id,
            stateBefore: before.get(id) ?? state,
            restored: false,
            annulledAt: remedy.at,
            grantUntil: remedy.details.grantUntil ?? null,
          }),
        ),
      );
      const result = newest.get(id);
      const next = result === undefined ? null : attempts.versions.after(result, { ...result, counts: 0 });
      if (next !== null) statements.push(next);
    }
    return { statements, rounds: new Set(rows.map(({ roundId }) => roundId)), changed: rows.length };
  }

  /** The states that attempts had before annulments that stand. */
  async #statesBefore(ids: readonly number[]): Promise<ReadonlyMap<number, number>> {
    const { annulments: t } = this.#parts.context.database.tables;
    const rows = await this.#parts.context.database.query
      .select({ id: t.attemptId, state: t.stateBefore })
      .from(t)
      .where(and(inArray(t.attemptId, [...ids]), eq(t.restored, false)));
    return new Map(rows.map(({ id, state }) => [id, state]));
  }

  /** Attempts of these that another annulment keeps annulled. */
  async #keptBy(others: number, ids: readonly number[]): Promise<ReadonlySet<number>> {
    const { annulments: t } = this.#parts.context.database.tables;
    const rows = await this.#parts.context.database.query
      .select({ id: t.attemptId })
      .from(t)
      .where(and(inArray(t.attemptId, [...ids]), ne(t.remedyId, others), eq(t.restored, false)));
    return new Set(rows.map(({ id }) => id));
  }

  /** Attempts that were granted in place of these and stop counting with their return. */
  async #surplus(some: readonly Annulled[]): Promise<readonly number[]> {
    const remedyId = some[0]?.remedyId ?? 0;
    const ids = some.map(({ attemptId }) => attemptId);
    const kept = await this.#keptBy(remedyId, ids);
    return this.#retakes.surplus(remedyId, new Set(ids.filter((id) => !kept.has(id))));
  }

  async #settingAside(ids: readonly number[]): Promise<readonly Statement[]> {
    const { attempts } = this.#parts;
    const newest = await attempts.store.resultsOf(ids);
    return [...newest.values()].flatMap(
      (result) => attempts.versions.after(result, { ...result, counts: 0 }) ?? [],
    );
  }

  /** Marked by what is in force now: rulings may have come since. */
  async #restoring(some: readonly Annulled[]): Promise<Made> {
    const { context, attempts } = this.#parts;
    const { attempts: a, annulments: t } = context.database.tables;
    const { query } = context.database;
    const ids = some.map(({ attemptId }) => attemptId);
    const newest = await attempts.store.resultsOf(ids);
    const kept = await this.#keptBy(some[0]?.remedyId ?? 0, ids);
    const statements: Statement[] = [...(await this.#settingAside(await this.#surplus(some)))];
    const rounds = new Set<number>();
    for (const { remedyId, attemptId, stateBefore } of some) {
      const row = await attempts.store.byId(attemptId);
      if (row === null) continue;
      // The attempt's row first: of two reversals at once, one waits here and then sees what the other did.
      const isOurs = and(eq(a.id, attemptId), eq(a.state, AttemptState.annulled));
      statements.push(expecting(1, query.update(a).set({ state: AttemptState.annulled }).where(isOurs)));
      const others = sql`exists (select 1 from ${t} other where other.attempt_id = ${attemptId} and other.remedy_id <> ${remedyId} and not other.restored)`;
      const stands = kept.has(attemptId) ? others : sql`not ${others}`;
      const giving = query
        .update(t)
        .set({ restored: true })
        .where(and(eq(t.remedyId, remedyId), eq(t.attemptId, attemptId), stands));
      statements.push(expecting(1, giving));
      if (kept.has(attemptId)) continue;
      statements.push(compile(query.update(a).set({ state: stateBefore }).where(isOurs)));
      rounds.add(row.roundId);
      const result = newest.get(attemptId);
      if (result === undefined) continue;
      const { total, rightCount } = await attempts.versions.markingOf(row);
      const next = attempts.versions.after(result, { marks: total, rightCount, counts: 1 });
      if (next !== null) statements.push(next);
    }
    return { statements, rounds, changed: some.length };
  }
}

interface Annulled {
  readonly remedyId: number;
  readonly attemptId: number;
  readonly stateBefore: number;
}

interface Made {
  readonly statements: readonly Statement[];
  readonly rounds: ReadonlySet<number>;
  readonly changed: number;
}

/** Ids of attempts that an annulment is about, after one, by id; read outside the main thread. */
async function attemptsIn(
  database: Database,
  rounds: readonly number[],
  scope: AnnulScope,
  after: number,
  limit: number,
): Promise<readonly number[]> {
  const { attempts: a } = database.tables;
  const query = database.query
    .select({ id: a.id })
    .from(a)
    .where(and(inScope(database, rounds, scope), gt(a.id, after)))
    .orderBy(asc(a.id))
    .limit(limit);
  const ids: number[] = [];
  for await (const numbers of database.scanNumbers(query)) ids.push(...numbers);
  return ids;
}

/** How many attempts in progress an annulment is about. */
export async function openIn(
  database: Database,
  rounds: readonly number[],
  scope: AnnulScope,
): Promise<number> {
  const { attempts: a } = database.tables;
  const query = database.query
    .select({ count: sql<number>`count(*)` })
    .from(a)
    .where(and(inScope(database, rounds, scope), eq(a.state, AttemptState.open)));
  for await (const numbers of database.scanNumbers(query)) return numbers[0] ?? 0;
  return 0;
}

function inScope(
  { tables: { attempts: a } }: Database,
  rounds: readonly number[],
  { person, units, fromAt, toAt }: AnnulScope,
): SQL | undefined {
  return and(
    inArray(a.roundId, [...rounds]),
    person === null ? undefined : eq(a.personId, person),
    units === null ? undefined : inArray(a.unitId, [...units]),
    fromAt === null ? undefined : gte(a.startedAt, fromAt),
    toAt === null ? undefined : lte(a.startedAt, toAt),
  );
}
