/** Who stands behind the integer keys of a page: names and units as the contest shows them, read for a page at a time. */
import { and, eq, inArray, like, or } from 'drizzle-orm';
import { fold, shortenName } from '../../questions/vietnamese.ts';
import { hidesName } from '../contests/minor-rules.ts';
import type { ContestSettings } from '../contracts/contest-settings.ts';
import type { Database } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';

interface Named {
  readonly name: string;
  readonly number: number | null;
  readonly erased: boolean;
  /** Under sixteen, and a guardian has not agreed that the name is shown. */
  readonly hidden: boolean;
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
  if (names === 'number' || named.hidden) return named.number === null ? '—' : `Số ${named.number}`;
  return names === 'short' ? shortenName(named.name) : named.name;
}

export class Names {
  readonly #database: Database;
  readonly #clock: { now(): number };
  #searching = 0;

  constructor(database: Database, clock: { now(): number }) {
    this.#database = database;
    this.#clock = clock;
  }

  async of(contestId: number, people: readonly number[]): Promise<ReadonlyMap<number, Named>> {
    if (people.length === 0) return new Map();
    const t = this.#database.tables;
    const rows = await this.#database.query
      .select({
        id: t.people.id,
        name: t.people.name,
        erasedAt: t.people.erasedAt,
        birthDate: t.people.birthDate,
        number: t.entries.number,
        consents: t.entries.consents,
      })
      .from(t.people)
      .leftJoin(t.entries, and(eq(t.entries.personId, t.people.id), eq(t.entries.contestId, contestId)))
      .where(inArray(t.people.id, [...people]));
    const now = this.#clock.now();
    return new Map(
      rows.map(({ id, name, erasedAt, number, birthDate, consents }) => [
        id,
        { name, number, erased: erasedAt !== null, hidden: hidesName(birthDate, consents, now) },
      ]),
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
      .select({
        id: t.people.id,
        folded: t.people.folded,
        birthDate: t.people.birthDate,
        consents: t.entries.consents,
      })
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
    const now = this.#clock.now();
    try {
      const rows: { id: number; folded: string }[] = [];
      for await (const chunk of this.#database.scan(query, { timeLimitMs: SEARCH_LIMIT_MS }))
        for (const [id, folded, birthDate, consents] of chunk) {
          // Nobody is found by a name that is not shown.
          if (hidesName(textOrNull(birthDate), recordOf(consents), now)) continue;
          rows.push({ id: Number(id), folded: String(folded) });
        }
      return rows;
    } finally {
      this.#searching -= 1;
    }
  }
}

const textOrNull = (value: unknown): string | null => (value === null ? null : String(value));

/** JSON as a scan gives it: text on SQLite, a value on PostgreSQL. */
function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'string' ? JSON.parse(value) : { ...Object(value) };
}

/** `%` and `_` of a search are letters, not patterns; without an escape clause they match nothing special. */
function escaped(text: string): string {
  return text.replace(/[%_\\]/g, ' ').trim();
}
