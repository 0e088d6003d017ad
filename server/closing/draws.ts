/** Seeds of lots: one a board, fixed and committed to before its results are known, told when its winners are published. */
import { randomBytes } from 'node:crypto';
import { inArray } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { compile, type Statement, type Tables } from '../platform/database/door.ts';
import { commitmentOf } from './lot-rules.ts';

export type DrawRow = Tables['draws']['$inferSelect'];

const USE = 'draw-seed';

export class Draws {
  readonly #context: Pick<Context, 'database' | 'secrets'>;

  constructor(context: Pick<Context, 'database' | 'secrets'>) {
    this.#context = context;
  }

  async of(boards: readonly string[]): Promise<ReadonlyMap<string, DrawRow>> {
    const { draws: t } = this.#context.database.tables;
    if (boards.length === 0) return new Map();
    const rows = await this.#context.database.query
      .select()
      .from(t)
      .where(inArray(t.board, [...boards]));
    return new Map(rows.map((row) => [row.board, row]));
  }

  /** Statements that fix a seed for each of the boards that has none; one that is there stays for ever. */
  commit(contestId: number, boards: readonly string[], now: number): readonly Statement[] {
    const { database, secrets } = this.#context;
    return boards.map((board) => {
      const seed = randomBytes(32).toString('hex');
      const row = {
        board,
        contestId,
        commitment: commitmentOf(seed),
        seedCipher: secrets.encrypt(USE, seed),
        committedAt: now,
      };
      return compile(database.query.insert(database.tables.draws).values(row).onConflictDoNothing());
    });
  }

  seedOf(row: DrawRow): string {
    return this.#context.secrets.decrypt(USE, row.seedCipher);
  }
}
