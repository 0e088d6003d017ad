/**
 * Attempts' tokens outlive sessions: a save looks up none. So a token carries the epoch of its person, and what ends the
 * person's sessions (everywhere, the others, one from the list, a new password, erasure) raises it: a token left in the
 * browser of a shared computer dies, and whoever still has a session is given a new one.
 */
import { eq, sql } from 'drizzle-orm';
import type { Announcer } from '../platform/announcer.ts';
import { type Database, prepare, type Writable } from '../platform/database/door.ts';
import { Recent } from '../platform/recent.ts';

const PERSON = 'person:';
const MOST_HELD = 200_000;

/** Written together with what ends sessions; `Sessions.tellPerson` after the commit. */
export function raisingEpoch(database: Database, personId: number): Writable {
  const { tokenEpochs } = database.tables;
  return database.query
    .insert(tokenEpochs)
    .values({ personId, epoch: 1 })
    .onConflictDoUpdate({ target: tokenEpochs.personId, set: { epoch: sql`${tokenEpochs.epoch} + 1` } });
}

/** What epoch a person's tokens must have. On SQLite one process hears of every change, so a row is read once; on PostgreSQL the row decides. */
export class TokenEpochs {
  readonly #database: Database;
  readonly #row;
  readonly #held: Recent<number, number> | null;
  readonly #stop: () => void;
  #changes = 0;

  constructor({ database, announcer }: { readonly database: Database; readonly announcer: Announcer }) {
    const { tokenEpochs } = database.tables;
    this.#database = database;
    this.#row = prepare(
      database.query
        .select({ epoch: tokenEpochs.epoch })
        .from(tokenEpochs)
        .where(eq(tokenEpochs.personId, sql.placeholder('person'))),
    );
    this.#held = database.dialect === 'sqlite' ? new Recent(MOST_HELD) : null;
    this.#stop = announcer.listen(PERSON, (topic) => {
      this.#changes += 1;
      this.#held?.delete(Number(topic.slice(PERSON.length)));
    });
  }

  /** Whether what is held here is as good as the row. */
  get areHeld(): boolean {
    return this.#held !== null;
  }

  /** 0 until something raised it. */
  of(personId: number): number | Promise<number> {
    return this.#held?.get(personId) ?? this.#read(personId);
  }

  async #read(personId: number): Promise<number> {
    const asOf = this.#changes;
    const [row] = await this.#database.look(this.#row({ person: personId }));
    const epoch = row?.epoch ?? 0;
    if (asOf === this.#changes) this.#held?.set(personId, epoch);
    return epoch;
  }

  close(): void {
    this.#stop();
  }
}
