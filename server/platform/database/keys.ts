/** Integer keys for hot tables, taken in blocks: children know their parent's key before anything is written, on every node. */
import { sql } from 'drizzle-orm';
import { type Database, prepare } from './door.ts';

const BLOCK = 1000;

interface Block {
  next: number;
  end: number;
}

export class Keys {
  readonly #database: Database;
  readonly #blocks = new Map<string, Block>();
  readonly #taking = new Map<string, Promise<void>>();
  readonly #take;

  constructor(database: Database) {
    this.#database = database;
    const { keyBlocks } = database.tables;
    this.#take = prepare(
      database.query
        .insert(keyBlocks)
        .values({ name: sql.placeholder('name'), next: BLOCK + 1 })
        .onConflictDoUpdate({ target: keyBlocks.name, set: { next: sql`${keyBlocks.next} + ${BLOCK}` } })
        .returning({ next: keyBlocks.next }),
    );
  }

  /** The next free key of `name`; keys of a block that a stopped node had taken are never used. */
  async next(name: string): Promise<number> {
    for (;;) {
      const block = this.#blocks.get(name);
      if (block !== undefined && block.next < block.end) return block.next++;
      await this.#refill(name);
    }
  }

  #refill(name: string): Promise<void> {
    const running = this.#taking.get(name);
    if (running !== undefined) return running;
    const taking = this.#takeBlock(name).finally(() => this.#taking.delete(name));
    this.#taking.set(name, taking);
    return taking;
  }

  async #takeBlock(name: string): Promise<void> {
    const [taken] = await this.#database.atomic([this.#take({ name })]);
    const end = taken.rows[0]?.next;
    if (end === undefined) throw new Error(`no keys for ${name}`);
    this.#blocks.set(name, { next: end - BLOCK, end });
  }
}
