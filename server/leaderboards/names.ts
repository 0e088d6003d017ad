/** Who stands behind the integer keys of a page: names and units as the contest shows them, read for a page at a time. */
import { and, eq, inArray, like, or } from 'drizzle-orm';
import { fold, shortenName } from '../../questions/vietnamese.ts';
import type { ContestSettings } from '../contracts/contest-settings.ts';
import type { Database } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';

interface Named {
  readonly name: string;
  readonly number: number | null;
  readonly erased: boolean;
}

const ERASED = 'Đã ẩn danh';
/** People whose names match a search and who are looked up on the board. */
const MATCHES = 500;
const SEARCH_LIMIT_MS = 3000;
/** Searches at the same time. */
const MOST_SEARCHES = 8;
/** No contest has more entrants, and no database's integer is smaller. */
const HIGHEST_NUMBER = 2_000_000_000;

/** As others see a name: in full, "Nguyễn V. A.", or "Số 123". */
export function shownName(named: Named | undefined, names: ContestSettings['names']): string {
  if (named === undefined || named.erased) return ERASED;
  if (names === 'number') return named.number === null ? '—' : `Số ${named.number}`;
  return names === 'short' ? shortenName(named.name) : named.name;
}

export class Names {
  readonly #database: Database;
  #searching = 0;

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
    const number = /\d+/.exec(typed)?.[0];
    if (number !== undefined) return this.#numbered(contestId, Number(number));
    // Where only numbers are shown nobody can be found by name.
    if (names !== 'full') return [];
    const words = escaped(fold(typed));
    const fits = or(like(t.people.folded, `${words}%`), like(t.people.folded, `% ${words}%`));
    const found = this.#database.query
      .select({ id: t.people.id, folded: t.people.folded })
      .from(t.entries)
      .innerJoin(t.people, eq(t.people.id, t.entries.personId))
      .where(and(eq(t.entries.contestId, contestId), fits))
      .limit(MATCHES);
    const wanted = fold(typed);
    const rows = await this.#scanned(found);
    return rows.sort((a, b) => Number(b.folded === wanted) - Number(a.folded === wanted)).map(({ id }) => id);
  }

  async #numbered(contestId: number, number: number): Promise<readonly number[]> {
    if (number > HIGHEST_NUMBER) return [];
    const { entries } = this.#database.tables;
    const rows = await this.#database.query
      .select({ id: entries.personId })
      .from(entries)
      .where(and(eq(entries.contestId, contestId), eq(entries.number, number)));
    return rows.map(({ id }) => id);
  }

  /** A name is looked for among all entrants: outside the main thread, and anybody may ask, so only a few at a time. */
  async #scanned(query: Parameters<Database['scan']>[0]): Promise<{ id: number; folded: string }[]> {
    if (this.#searching >= MOST_SEARCHES) throw new AppError('busy');
    this.#searching += 1;
    try {
      const rows: { id: number; folded: string }[] = [];
      for await (const chunk of this.#database.scan(query, { timeLimitMs: SEARCH_LIMIT_MS }))
        for (const [id, folded] of chunk) rows.push({ id: Number(id), folded: String(folded) });
      return rows;
    } finally {
      this.#searching -= 1;
    }
  }
}

/** `%` and `_` of a search are letters, not patterns; without an escape clause they match nothing special. */
function escaped(text: string): string {
  return text.replace(/[%_\\]/g, ' ').trim();
}
