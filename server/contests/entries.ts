/** Entries as rows: who entered which contest, as number what, for which unit, agreeing to what. */
import { and, count, eq, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { compile, expecting, prepare, type Statement, type Tables } from '../platform/database/door.ts';
import { Recent } from '../platform/recent.ts';
import { entryNumber } from './entry-number.ts';

export type EntryRow = Tables['entries']['$inferSelect'];
/** An entry before it has its number. */
export type NewEntry = Omit<EntryRow, 'number' | 'sequence' | 'device' | 'network' | 'mergedInto'> &
  Partial<Pick<EntryRow, 'device' | 'network'>>;

/** Entries that are kept at hand, at least; an entry is a few hundred bytes. */
const KEPT = 100_000;

export class Entries {
  readonly #context: Pick<Context, 'database' | 'keys' | 'secrets'>;
  readonly #database: Context['database'];
  readonly #ofPerson;
  readonly #kept = new Recent<string, EntryRow>(KEPT);
  /** Nudges heard: what was read before one of them is not kept. */
  #changes = 0;
  readonly #announcer: Context['announcer'];
  readonly #stopListening: () => void;

  constructor(context: Pick<Context, 'database' | 'announcer' | 'keys' | 'secrets'>) {
    const { database, announcer } = context;
    this.#context = context;
    this.#database = database;
    this.#announcer = announcer;
    const { entries } = database.tables;
    this.#ofPerson = prepare(
      database.query
        .select()
        .from(entries)
        .where(
          and(
            eq(entries.contestId, sql.placeholder('contest')),
            eq(entries.personId, sql.placeholder('person')),
          ),
        ),
    );
    this.#stopListening = announcer.listen(
      'entry:',
      (topic) => this.#forget(topic),
      () => {
        this.#changes += 1;
        this.#kept.clear();
      },
    );
  }

  close(): void {
    this.#stopListening();
  }

  /** Null when this person did not enter. Entries seldom change, so those that were found are kept until a nudge. */
  async of(contestId: number, personId: number): Promise<EntryRow | null> {
    const topic = entryTopic(contestId, personId);
    const kept = this.#kept.get(topic);
    if (kept !== undefined) return kept;
    const asOf = this.#changes;
    const [row] = await this.#database.look(this.#ofPerson({ contest: contestId, person: personId }));
    if (row === undefined) return null;
    if (asOf === this.#changes) this.#kept.set(topic, row);
    return row;
  }

  #forget(topic: string): void {
    this.#changes += 1;
    this.#kept.delete(topic);
  }

  /** To be called after a commit that changed an entry: nobody here reads the old one, and other nodes are told. */
  changed(contestId: number, personId: number): void {
    const topic = entryTopic(contestId, personId);
    this.#forget(topic);
    this.#announcer.announce(topic);
  }

  /** How many have entered. */
  async count(contestId: number): Promise<number> {
    const { entries } = this.#database.tables;
    const query = this.#database.query
      .select({ n: count() })
      .from(entries)
      .where(eq(entries.contestId, contestId));
    for await (const rows of this.#database.scan(query)) return Number(rows[0]?.[0] ?? 0);
    return 0;
  }

  /** Statements that enter somebody: sequences follow one another without a gap. A second one of the same person is a ConflictError. */
  async entering({ contestId, ...entry }: NewEntry): Promise<readonly Statement[]> {
    const { keys, secrets } = this.#context;
    const number = entryNumber(secrets, contestId, await keys.next(`entry-numbers/${contestId}`));
    const { entries, keyBlocks } = this.#database.tables;
    const name = `entries/${contestId}`;
    const countUp = this.#database.query
      .insert(keyBlocks)
      .values({ name, next: 2 })
      .onConflictDoUpdate({ target: keyBlocks.name, set: { next: sql`${keyBlocks.next} + 1` } });
    const sequence = sql<number>`(select ${keyBlocks.next} - 1 from ${keyBlocks} where ${keyBlocks.name} = ${name})`;
    const insert = this.#database.query.insert(entries).values({ contestId, number, sequence, ...entry });
    return [compile(countUp), expecting(1, insert)];
  }
}

/** Nudge: forget what is kept of this entry. */
function entryTopic(contestId: number, personId: number): string {
  return `entry:${contestId}/${personId}`;
}
