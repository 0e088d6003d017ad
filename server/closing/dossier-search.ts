/** Finds the attempts that a complaint is about: by entry number, by name, or by the code of a result. */
import { and, desc, eq, inArray, like, or } from 'drizzle-orm';
import { fold } from '../../questions/vietnamese.ts';
import { attemptUid } from '../attempts/attempt-id.ts';
import type { Attempts } from '../attempts/attempts.ts';
import { stateOf } from '../attempts/presenter.ts';
import type { WholeContest } from '../contests/store.ts';
import type { FoundAttempts } from '../contracts/dossier.ts';
import type { ClosingContext } from './closing-context.ts';
import { idOf, RESULT } from './code-rules.ts';

const PEOPLE = 20;
const ATTEMPTS = 60;
const SEARCH_LIMIT_MS = 3000;

export class AttemptSearch {
  readonly #closing: ClosingContext;
  readonly #attempts: Attempts;

  constructor(closing: ClosingContext, attempts: Attempts) {
    this.#closing = closing;
    this.#attempts = attempts;
  }

  async find({ contest, rounds }: WholeContest, typed: string): Promise<FoundAttempts> {
    const { context, units } = this.#closing;
    const byCode = idOf(context.secrets, RESULT, typed);
    const people = byCode === null ? await this.#people(contest.id, typed.trim()) : [];
    const rows = await this.#rows(
      rounds.map(({ id }) => id),
      people,
      byCode,
    );
    const named = await this.#named(contest.id, [...new Set(rows.map(({ personId }) => personId))]);
    const results = await this.#attempts.store.resultsOf(rows.map(({ id }) => id));
    const titles = new Map(rounds.map(({ id, title }) => [id, title]));
    return {
      attempts: rows.map((row) => ({
        id: attemptUid(context.secrets, row.id),
        name: named.get(row.personId)?.name ?? '',
        number: named.get(row.personId)?.number ?? null,
        unit: row.unitId === null ? null : (units.index.byId(row.unitId)?.name ?? null),
        round: titles.get(row.roundId) ?? '',
        attempt: row.number,
        state: stateOf(row.state),
        startedAt: row.startedAt,
        marks: results.get(row.id)?.marks ?? null,
      })),
    };
  }

  async #rows(rounds: readonly number[], people: readonly number[], attempt: number | null) {
    const { database } = this.#closing.context;
    const { attempts: t } = database.tables;
    if (rounds.length === 0 || (people.length === 0 && attempt === null)) return [];
    const which = attempt === null ? inArray(t.personId, [...people]) : eq(t.id, attempt);
    return database.query
      .select()
      .from(t)
      .where(and(inArray(t.roundId, [...rounds]), which))
      .orderBy(desc(t.startedAt))
      .limit(ATTEMPTS);
  }

  async #people(contestId: number, typed: string): Promise<readonly number[]> {
    const { database } = this.#closing.context;
    const { people: p, entries: e } = database.tables;
    if (/^(số\s*)?\d{1,9}$/i.test(typed)) {
      const number = Number(typed.replace(/\D/g, ''));
      const rows = await database.query
        .select({ id: e.personId })
        .from(e)
        .where(and(eq(e.contestId, contestId), eq(e.number, number)));
      return rows.map(({ id }) => id);
    }
    const words = fold(typed)
      .replace(/[%_\\]/g, ' ')
      .trim();
    const found = database.query
      .select({ id: p.id })
      .from(e)
      .innerJoin(p, eq(p.id, e.personId))
      .where(and(eq(e.contestId, contestId), or(like(p.folded, `${words}%`), like(p.folded, `% ${words}%`))))
      .limit(PEOPLE);
    const ids: number[] = [];
    // A name is looked for among all entrants: outside the main thread.
    for await (const rows of database.scan(found, { timeLimitMs: SEARCH_LIMIT_MS }))
      for (const [id] of rows) ids.push(Number(id));
    return ids;
  }

  async #named(contestId: number, ids: readonly number[]) {
    const { database } = this.#closing.context;
    const { people: p, entries: e } = database.tables;
    const rows =
      ids.length === 0
        ? []
        : await database.query
            .select({ id: p.id, name: p.name, number: e.number })
            .from(p)
            .leftJoin(e, and(eq(e.personId, p.id), eq(e.contestId, contestId)))
            .where(inArray(p.id, [...ids]));
    return new Map(rows.map((row) => [row.id, row]));
  }
}
