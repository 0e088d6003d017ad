/** Who stands behind the integer keys of a page: names and units as the contest shows them, read for a page at a time. */
import { and, eq, inArray, like, or, type SQL, sql } from 'drizzle-orm';
import { fold, shortenName } from '../../questions/vietnamese.ts';
import type { ContestSettings } from '../contracts/contest-settings.ts';
import type { Database } from '../platform/database/door.ts';

interface Named {
  readonly name: string;
  readonly number: number | null;
  readonly erased: boolean;
}

const ERASED = 'Đã ẩn danh';
/** People whose names match a search and who are looked up on the board. */
const MATCHES = 500;

/** As others see a name: in full, "Nguyễn V. A.", or "Số 123". */
export function shownName(named: Named | undefined, names: ContestSettings['names']): string {
  if (named === undefined || named.erased) return ERASED;
  if (names === 'number') return named.number === null ? '—' : `Số ${named.number}`;
  return names === 'short' ? shortenName(named.name) : named.name;
}

export class Names {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async of(contestId: number, people: readonly number[]): Promise<ReadonlyMap<number, Named>> {
    if (people.length === 0) return new Map();
    const t = this.#database.tables;
    const rows = await this.#database.query
      .select({ id: t.people.id, name: t.people.name, erasedAt: t.people.erasedAt, number: t.entries.number })
      .from(t.people)
      .leftJoin(t.entries, and(eq(t.entries.personId, t.people.id), eq(t.entries.contestId, contestId)))
      .where(inArray(t.people.id, [...people]));
    return new Map(
      rows.map(({ id, name, erasedAt, number }) => [id, { name, number, erased: erasedAt !== null }]),
    );
  }

  /** Entrants that fit what was typed: a number, or a name without its diacritics; the best fits first. */
  async search(
    contestId: number,
    typed: string,
    names: ContestSettings['names'],
  ): Promise<readonly number[]> {
    const t = this.#database.tables;
    const condition = this.#condition(typed, names);
    if (condition === null) return [];
    const rows = await this.#database.query
      .select({ id: t.people.id, folded: t.people.folded })
      .from(t.entries)
      .innerJoin(t.people, eq(t.people.id, t.entries.personId))
      .where(and(eq(t.entries.contestId, contestId), condition))
      .limit(MATCHES);
    const wanted = fold(typed);
    return rows.sort((a, b) => Number(b.folded === wanted) - Number(a.folded === wanted)).map(({ id }) => id);
  }

  /** Where only numbers are shown nobody can be found by name. */
  #condition(typed: string, names: ContestSettings['names']): SQL | undefined | null {
    const t = this.#database.tables;
    const number = /\d+/.exec(typed)?.[0];
    if (number !== undefined) return eq(t.entries.number, Number(number));
    if (names !== 'full') return null;
    const words = escaped(fold(typed));
    return or(like(t.people.folded, `${words}%`), sql`${t.people.folded} like ${`% ${words}%`}`);
  }
}

/** `%` and `_` of a search are letters, not patterns; without an escape clause they match nothing special. */
function escaped(text: string): string {
  return text.replace(/[%_\\]/g, ' ').trim();
}
