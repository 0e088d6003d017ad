/** Recorded outages, in memory on every node: every deadline is read through them. */
import { desc } from 'drizzle-orm';
import type { Announcer } from '../platform/announcer.ts';
import type { Database } from '../platform/database/door.ts';
import type { Keys } from '../platform/database/keys.ts';
import type { Outage } from './deadline-rules.ts';

const TOPIC = 'outages';

export class Outages {
  readonly #database: Database;
  readonly #keys: Keys;
  readonly #announcer: Announcer;
  readonly #stopListening: () => void;
  #list: readonly Outage[] = [];

  constructor(context: { readonly database: Database; readonly keys: Keys; readonly announcer: Announcer }) {
    this.#database = context.database;
    this.#keys = context.keys;
    this.#announcer = context.announcer;
    const again = (): void => void this.load().catch(() => undefined);
    this.#stopListening = this.#announcer.listen(TOPIC, again, again);
  }

  get list(): readonly Outage[] {
    return this.#list;
  }

  async load(): Promise<void> {
    const { outages } = this.#database.tables;
    const rows = await this.#database.query.select().from(outages).orderBy(desc(outages.fromAt)).limit(500);
    this.#list = rows.reverse();
  }

  /** Records and tells the other nodes; `recordedBy` is a uid or "system". */
  async record(outage: Outage, reason: string, recordedBy: string, now: number): Promise<void> {
    const { outages } = this.#database.tables;
    const id = await this.#keys.next('outages');
    const { roundId, fromAt, toAt } = outage;
    await this.#database.atomic([
      this.#database.query
        .insert(outages)
        .values({ id, roundId, fromAt, toAt, reason, recordedBy, recordedAt: now }),
    ]);
    await this.load();
    this.#announcer.announce(TOPIC);
  }

  close(): void {
    this.#stopListening();
  }
}
