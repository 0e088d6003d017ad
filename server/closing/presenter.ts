/** What of closing may leave: snapshots without anybody's row, staff by name. */
import { inArray } from 'drizzle-orm';
import type { SnapshotCard } from '../contracts/closing.ts';
import type { Database } from '../platform/database/door.ts';
import type { SnapshotRow } from './snapshots.ts';
import { declaredOf } from './standing-rules.ts';

/** Names of staff by uid, read for a page at a time. */
export class StaffNames {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async of(uids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const wanted = [...new Set(uids)];
    if (wanted.length === 0) return new Map();
    const { people } = this.#database.tables;
    const rows = await this.#database.query
      .select({ uid: people.uid, name: people.name })
      .from(people)
      .where(inArray(people.uid, wanted));
    return new Map(rows.map(({ uid, name }) => [uid, name]));
  }
}

export function presentSnapshot(row: SnapshotRow, names: ReadonlyMap<string, string>): SnapshotCard {
  return {
    id: row.uid,
    number: row.number,
    standing: declaredOf(row.standing) ?? 'provisional',
    at: row.takenAt,
    by: names.get(row.takenBy) ?? row.takenBy,
    reason: row.reason,
    people: row.people,
    fingerprint: row.fingerprint,
  };
}
