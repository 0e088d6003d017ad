/** Names the people of a comparison and says why their own figures changed. */
import { asc, inArray } from 'drizzle-orm';
import type { Move } from '../contracts/closing.ts';
import { comparePositions } from '../leaderboards/counting.ts';
import { causeOf, type VersionFact } from './cause-rules.ts';
import type { ClosingContext } from './closing-context.ts';
import type { Change } from './comparison-rules.ts';
import type { PlacedPerson } from './snapshot-rows.ts';
import type { SnapshotRow } from './snapshots.ts';

const ERASED = 'Đã ẩn danh';

export class Causes {
  readonly #closing: ClosingContext;

  constructor(closing: ClosingContext) {
    this.#closing = closing;
  }

  async explain(changes: readonly Change[], since: SnapshotRow): Promise<Move[]> {
    const attempts = changes
      .filter(({ own }) => own)
      .flatMap(({ before, after }) => [before?.attempt, after?.attempt].filter((id) => id !== undefined));
    const [names, versions] = await Promise.all([
      this.#names(changes.map(({ person }) => person)),
      this.#versions(attempts, since),
    ]);
    return changes.map((change) => {
      const { before, after, person } = change;
      const unit = (after ?? before)?.unit ?? null;
      return {
        name: names.get(person) ?? ERASED,
        unit: unit === null ? null : (this.#closing.units.index.byId(unit)?.name ?? null),
        before: placeOf(before),
        after: placeOf(after),
        cause: causeOf(change, (attempt) => versions.get(attempt) ?? []),
      };
    });
  }

  async #names(people: readonly number[]): Promise<ReadonlyMap<number, string>> {
    const { database } = this.#closing.context;
    const { people: t } = database.tables;
    if (people.length === 0) return new Map();
    const rows = await database.query
      .select({ id: t.id, name: t.name, erasedAt: t.erasedAt })
      .from(t)
      .where(inArray(t.id, [...people]));
    return new Map(rows.filter(({ erasedAt }) => erasedAt === null).map(({ id, name }) => [id, name]));
  }

  async #versions(
    attempts: readonly number[],
    since: SnapshotRow,
  ): Promise<ReadonlyMap<number, VersionFact[]>> {
    const { database } = this.#closing.context;
    const { results: t } = database.tables;
    if (attempts.length === 0) return new Map();
    const rows = await database.query
      .select({
        attempt: t.attemptId,
        version: t.version,
        counts: t.counts,
        person: t.personId,
        number: t.seq,
        transaction: t.xid,
      })
      .from(t)
      .where(inArray(t.attemptId, [...new Set(attempts)]))
      .orderBy(asc(t.version));
    const at = { transaction: since.feedTransaction, number: since.feedSeq };
    const facts = rows.map(({ attempt, version, counts, person, ...position }) => ({
      attempt,
      fact: { version, counts: counts === 1, person, isNew: comparePositions(position, at) > 0 },
    }));
    return new Map(
      [...Map.groupBy(facts, ({ attempt }) => attempt)].map(([attempt, list]) => [
        attempt,
        list.map(({ fact }) => fact),
      ]),
    );
  }
}

function placeOf(one: PlacedPerson | null): Move['before'] {
  return one === null ? null : { rank: one.rank, marks: one.marks, elapsedMs: one.elapsedMs };
}
