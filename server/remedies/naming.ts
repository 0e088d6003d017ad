/** What a remedy is about, in words: a question's stem, a person's or a unit's name. */
import { eq, inArray } from 'drizzle-orm';
import type { RemedyDetails } from '../contracts/remedies.ts';
import type { Database } from '../platform/database/door.ts';
import type { RemedyStore } from './store.ts';

/** What is asked of units. */
export interface UnitNames {
  byUid(uid: string): { readonly name: string } | undefined;
}

const ERASED = 'Đã ẩn danh';

export class Naming {
  readonly #database: Database;
  readonly #store: RemedyStore;
  readonly #units: UnitNames;

  constructor(database: Database, store: RemedyStore, units: UnitNames) {
    this.#database = database;
    this.#store = store;
    this.#units = units;
  }

  async about({ question, version, person, unit }: RemedyDetails): Promise<string | null> {
    if (question !== undefined && version !== undefined)
      return (await this.#store.asked(question, version))?.prompt.stem ?? null;
    if (unit !== undefined) return this.#units.byUid(unit)?.name ?? null;
    if (person === undefined) return null;
    const { people } = this.#database.tables;
    const [row] = await this.#database.query
      .select({ name: people.name, erasedAt: people.erasedAt })
      .from(people)
      .where(eq(people.uid, person));
    return row === undefined || row.erasedAt !== null ? ERASED : row.name;
  }

  /** uid and name of people, as staff see them. */
  async people(
    ids: readonly number[],
  ): Promise<ReadonlyMap<number, { readonly uid: string; readonly name: string }>> {
    const { people } = this.#database.tables;
    const wanted = [...new Set(ids)];
    if (wanted.length === 0) return new Map();
    const rows = await this.#database.query
      .select({ id: people.id, uid: people.uid, name: people.name, erasedAt: people.erasedAt })
      .from(people)
      .where(inArray(people.id, wanted));
    return new Map(
      rows.map(({ id, uid, name, erasedAt }) => [id, { uid, name: erasedAt === null ? name : ERASED }]),
    );
  }
}
