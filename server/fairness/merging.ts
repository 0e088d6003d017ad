/**
 * Two entries become one: entry and attempts of the other go to the one that is kept. Results are versions, so each moved one
 * gets two: one that takes it from the other, one that gives it to the kept, and whoever follows the feed reads both again.
 */
import { and, eq, inArray } from 'drizzle-orm';
import { type AttemptRow, AttemptStore, isUnmarked, type ResultRow } from '../attempts/store.ts';
import type { RoundSettings } from '../contracts/contest-settings.ts';
import { compile, expecting, type Statement } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import { type MergePlan, planMerge } from './merge-rules.ts';
import type { FairnessContext } from './people.ts';

/** The contest, as far as merging needs it. */
export interface MergeScope {
  readonly id: number;
  readonly rounds: readonly { readonly id: number; readonly settings: RoundSettings }[];
}

const OPEN = 1;
const ANNULLED = 4;

export interface PlannedMerge {
  readonly plan: MergePlan;
  /** Somebody is at work, or what they handed in is still being marked: their result would come behind, as the other's. */
  readonly inProgress: boolean;
  readonly attempts: ReadonlyMap<number, AttemptRow>;
}

export class Merging {
  readonly #context: FairnessContext;
  readonly #store: AttemptStore;

  constructor(context: FairnessContext) {
    this.#context = context;
    this.#store = new AttemptStore(context.database);
  }

  async plan(scope: MergeScope, keep: number, other: number): Promise<PlannedMerge> {
    const ids = scope.rounds.map(({ id }) => id);
    const both = ids.length === 0 ? [] : [keep, other];
    const rows = (await Promise.all(both.map((person) => this.#store.ofPersonIn(ids, person)))).flat();
    const settings = new Map(scope.rounds.map((round) => [round.id, round.settings]));
    const none = { attemptsAllowed: Number.POSITIVE_INFINITY, attemptsPer: 'round' as const };
    return {
      plan: planMerge(rows, keep, (roundId) => settings.get(roundId) ?? none),
      inProgress: rows.some((row) => row.state === OPEN || isUnmarked(row)),
      attempts: new Map(rows.map((row) => [row.id, row])),
    };
  }

  /** Throws `duplicates.inProgress`. The statements go together with the decision. */
  async statements(scope: MergeScope, keep: number, other: number): Promise<readonly Statement[]> {
    const { plan, inProgress, attempts } = await this.plan(scope, keep, other);
    if (inProgress) throw new AppError('duplicates.inProgress');
    const touched = [...new Set([...plan.moved.map(({ attempt }) => attempt.id), ...plan.dropped])];
    const newest = await this.#store.resultsOf(touched);
    return [
      ...plan.moved.map(({ attempt, number }) => this.#moving(attempt.id, other, keep, number)),
      ...this.#dropping(plan),
      ...touched.flatMap((id) => {
        const [row, result] = [attempts.get(id), newest.get(id)];
        if (row === undefined || result === undefined) return [];
        return this.#versions(row, result, { keep, drops: plan.dropped.has(id) });
      }),
      this.#entry(scope.id, other, keep),
      this.#rosters(scope.id, other, keep),
    ];
  }

  /** After the commit: whoever holds something of theirs reads it again. */
  tell(scope: MergeScope, people: readonly number[]): void {
    const { announcer, entries } = this.#context;
    for (const person of people) entries.changed(scope.id, person);
    for (const { id } of scope.rounds) announcer.announce(`results:${id}`);
  }

  #moving(id: number, from: number, to: number, number: number): Statement {
    const { database } = this.#context;
    const { attempts } = database.tables;
    return expecting(
      1,
      database.query
        .update(attempts)
        .set({ personId: to, number })
        .where(and(eq(attempts.id, id), eq(attempts.personId, from))),
    );
  }

  #dropping({ dropped }: MergePlan): Statement[] {
    const { database } = this.#context;
    const { attempts } = database.tables;
    if (dropped.size === 0) return [];
    const update = database.query.update(attempts).set({ state: ANNULLED });
    return [expecting(dropped.size, update.where(inArray(attempts.id, [...dropped])))];
  }

  #versions(
    row: AttemptRow,
    result: ResultRow,
    { keep, drops }: { keep: number; drops: boolean },
  ): Statement[] {
    const counts = drops ? 0 : result.counts;
    const version = (person: number, step: number, does: number): Statement =>
      this.#store.insertResult({
        attempt: row.id,
        round: row.roundId,
        person,
        unit: row.unitId,
        version: result.version + step,
        counts: does,
        marks: result.marks,
        rightCount: result.rightCount,
        elapsedMs: result.elapsedMs,
        submittedAt: result.submittedAt,
        prediction: result.prediction,
      });
    if (row.personId === keep) return [version(keep, 1, counts)];
    return [version(row.personId, 1, 0), version(keep, 2, counts)];
  }

  #entry(contestId: number, other: number, keep: number): Statement {
    const { database } = this.#context;
    const { entries } = database.tables;
    const mine = and(eq(entries.contestId, contestId), eq(entries.personId, other));
    return expecting(1, database.query.update(entries).set({ mergedInto: keep }).where(mine));
  }

  #rosters(contestId: number, other: number, keep: number): Statement {
    const { database } = this.#context;
    const { rosterMembers: m } = database.tables;
    return compile(
      database.query
        .update(m)
        .set({ personId: keep })
        .where(and(eq(m.personId, other), eq(m.contestId, contestId))),
    );
  }
}
