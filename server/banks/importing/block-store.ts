/** The blocks of uploads as rows. */
import { and, asc, eq, gt, inArray, lt, type SQL, sql } from 'drizzle-orm';
import type { Outcome } from '../../../questions/formats/reading.ts';
import type { Context } from '../../context.ts';
import { type Database, prepare, type Statement } from '../../platform/database/door.ts';
import { AppError } from '../../platform/errors.ts';
import type { BlockRow } from './block-row.ts';
import { type Counts, type Fate, NO_COUNTS } from './store.ts';

/** A block that asks the same as a question of a bank, or as an earlier block. */
export type Twin =
  | { readonly block: number }
  | { readonly question: string; readonly code: string; readonly bank: string; readonly title: string };

/** A row as it is written: the block, and what the bank has of it. */
export interface MatchedRow extends BlockRow {
  readonly fate: Fate;
  readonly questionId: number | null;
  readonly versionId: number | null;
  readonly twins: readonly Twin[];
}

/** What a list of blocks is cut down to. */
export interface BlockFilter {
  readonly outcome?: Outcome | undefined;
  readonly fate?: Fate | undefined;
  readonly flag?: string | undefined;
  readonly numbers?: readonly number[] | undefined;
}

/** A block as it stands in its row. */
export interface BlockRecord {
  readonly importId: number;
  readonly number: number;
  readonly outcome: Outcome;
  readonly fate: Fate;
  readonly place: string;
  readonly raw: string;
  readonly messages: string;
  readonly flags: string;
  readonly draft: string | null;
  readonly code: string;
  readonly hash: string;
  readonly likeness: string;
  readonly twins: string;
  readonly questionId: number | null;
  readonly versionId: number | null;
  readonly mended: number;
}

/** What a change of a block writes; where it stands in the file stays. */
export type RewrittenBlock = Omit<BlockRecord, 'importId' | 'place' | 'raw'>;

export class BlockStore {
  readonly #database: Context['database'];
  readonly #insert: (values: Readonly<Record<string, string | number | null>>) => Statement;
  readonly #update: (values: Readonly<Record<string, string | number | null>>) => Statement;

  constructor({ database }: Pick<Context, 'database'>) {
    this.#database = database;
    this.#insert = preparedInsert(database);
    this.#update = preparedUpdate(database);
  }

  get #tables() {
    return this.#database.tables;
  }

  get #query() {
    return this.#database.query;
  }

  async add(importId: number, rows: readonly MatchedRow[]): Promise<void> {
    const statements = rows.map(({ stem: _stem, sameAs: _sameAs, twins, ...row }) =>
      this.#insert({ ...row, twins: JSON.stringify(twins), importId, mended: 0 }),
    );
    await this.#database.atomic(statements, 'low');
  }

  async one(importId: number, number: number): Promise<BlockRecord> {
    const [block] = await this.list(importId, { numbers: [number] }, { after: 0, limit: 1 });
    if (block === undefined) throw new AppError('notFound');
    return block;
  }

  /** Numbers of the blocks that fit, looked up outside the main thread: a file may have 50,000 and few that fit. */
  async numbers(
    importId: number,
    filter: BlockFilter,
    page?: { readonly after: number; readonly limit: number },
  ): Promise<readonly number[]> {
    const { importBlocks: t } = this.#tables;
    const query = this.#query
      .select({ number: t.number })
      .from(t)
      .where(and(this.filter(importId, filter), gt(t.number, page?.after ?? 0)))
      .orderBy(asc(t.number));
    const numbers: number[] = [];
    for await (const rows of this.#database.scan(page === undefined ? query : query.limit(page.limit)))
      for (const [number] of rows) numbers.push(Number(number));
    return numbers;
  }

  /** Blocks in the order of the file, behind the number `after`. */
  async list(
    importId: number,
    filter: BlockFilter,
    page: { after: number; limit: number },
  ): Promise<readonly BlockRecord[]> {
    const { outcome, fate, flag, numbers } = filter;
    if (numbers === undefined && (outcome ?? fate ?? flag) !== undefined) {
      const found = await this.numbers(importId, filter, page);
      return this.list(importId, { numbers: found }, page);
    }
    const { importBlocks } = this.#tables;
    const rows = await this.#query
      .select()
      .from(importBlocks)
      .where(and(this.filter(importId, filter), gt(importBlocks.number, page.after)))
      .orderBy(asc(importBlocks.number))
      .limit(page.limit);
    return rows.map((row) => ({ ...row, outcome: outcomeOf(row.outcome), fate: fateOf(row.fate) }));
  }

  filter(importId: number, { outcome, fate, flag, numbers }: BlockFilter): SQL | undefined {
    const { importBlocks: t } = this.#tables;
    const pattern = `% ${(flag ?? '').replace(/[\\%_]/g, '\\$&')} %`;
    return and(
      eq(t.importId, importId),
      outcome === undefined ? undefined : eq(t.outcome, outcome),
      fate === undefined ? undefined : eq(t.fate, fate),
      flag === undefined ? undefined : sql`${t.flags} like ${pattern} escape '\\'`,
      numbers === undefined ? undefined : inArray(t.number, [...numbers]),
    );
  }

  async writeBlock(
    importId: number,
    number: number,
    set: Partial<Omit<BlockRecord, 'importId' | 'number'>>,
  ): Promise<void> {
    await this.writeMany(importId, [{ number, set }]);
  }

  /** Changed blocks as they are from now on, together. */
  async rewrite(importId: number, blocks: readonly RewrittenBlock[]): Promise<void> {
    const statements = blocks.map((block) => this.#update(updated(importId, block)));
    await this.#database.atomic(statements, 'low');
  }

  async writeMany(
    importId: number,
    changes: readonly {
      readonly number: number;
      readonly set: Partial<Omit<BlockRecord, 'importId' | 'number'>>;
    }[],
  ): Promise<void> {
    const { importBlocks } = this.#tables;
    const statements = changes.map(({ number, set }) =>
      this.#query
        .update(importBlocks)
        .set(set)
        .where(and(eq(importBlocks.importId, importId), eq(importBlocks.number, number))),
    );
    await this.#database.atomic(statements, 'low');
  }

  /** What matching found, for blocks that stand there already. */
  async writeMatches(importId: number, rows: readonly MatchedRow[]): Promise<void> {
    const changes = rows.map(({ number, fate, code, flags, questionId, versionId, twins }) => ({
      number,
      set: { fate, code, flags, questionId, versionId, twins: JSON.stringify(twins) },
    }));
    await this.writeMany(importId, changes);
  }

  /** As it came from the reading thread; what was found out about it since is left out. */
  asRow(block: BlockRecord): BlockRow {
    const {
      importId: _import,
      fate: _fate,
      questionId: _question,
      versionId: _version,
      mended: _mended,
      twins,
      ...row
    } = block;
    const known: readonly Twin[] = JSON.parse(twins);
    const sameAs = known.flatMap((twin) => ('block' in twin ? [twin.block] : []))[0] ?? null;
    const draft: { readonly prompt: { readonly stem: string } } | null =
      row.draft === null ? null : JSON.parse(row.draft);
    return { ...row, flags: row.flags.replace(' twin ', ' '), stem: draft?.prompt.stem ?? '', sameAs };
  }

  /** Counted outside the main thread, from the index alone. */
  async count(importId: number): Promise<Counts> {
    const { importBlocks: t } = this.#tables;
    const query = this.#query
      .select({ outcome: t.outcome, fate: t.fate, flags: t.flags, count: sql<number>`count(*)` })
      .from(t)
      .where(eq(t.importId, importId))
      .groupBy(t.outcome, t.fate, t.flags);
    const outcomes = { ...NO_COUNTS.outcomes };
    const fates = { ...NO_COUNTS.fates };
    const flags: Record<string, number> = {};
    for await (const rows of this.#database.scan(query)) {
      for (const [outcome, fate, words, count] of rows) {
        outcomes[outcomeOf(String(outcome))] += Number(count);
        fates[fateOf(String(fate))] += Number(count);
        for (const flag of String(words).split(' '))
          if (flag !== '') flags[flag] = (flags[flag] ?? 0) + Number(count);
      }
    }
    return { outcomes, fates, flags };
  }

  /** In small pieces. */
  async drop(importId: number): Promise<void> {
    const { importBlocks: t } = this.#tables;
    for (let from = 0; ; from += 500) {
      const range = and(eq(t.importId, importId), lt(t.number, from + 501));
      await this.#database.atomic([this.#query.delete(t).where(range)], 'low');
      const [left] = await this.#query
        .select({ number: t.number })
        .from(t)
        .where(eq(t.importId, importId))
        .limit(1);
      if (left === undefined) return;
    }
  }
}

/** Columns that a change of a block writes. */
const REWRITTEN = [
  ...(['outcome', 'fate', 'messages', 'flags', 'draft', 'code', 'hash', 'likeness'] as const),
  ...(['twins', 'questionId', 'versionId', 'mended'] as const),
];

/** A value to come for each name. */
function given<const Name extends string>(...names: readonly Name[]): Readonly<Record<Name, SQL>> {
  const values = names.map((name) => [name, sql`${sql.placeholder(name)}`] as const);
  return Object.fromEntries(values) as Record<Name, SQL>;
}

function preparedInsert(
  database: Database,
): (values: Readonly<Record<string, string | number | null>>) => Statement {
  const { importBlocks } = database.tables;
  const { importId, number, place, raw } = given('importId', 'number', 'place', 'raw');
  return prepare(
    database.query.insert(importBlocks).values({ importId, number, place, raw, ...given(...REWRITTEN) }),
  );
}

/** Named values of the statement below, and nothing else of a block. */
function updated(
  importId: number,
  { number, outcome, fate, messages, flags, draft, code, hash, likeness, twins, ...rest }: RewrittenBlock,
) {
  const { questionId, versionId, mended } = rest;
  const found = { fate, code, twins, questionId, versionId };
  return { importId, number, outcome, messages, flags, draft, hash, likeness, mended, ...found };
}

function preparedUpdate(
  database: Database,
): (values: Readonly<Record<string, string | number | null>>) => Statement {
  const { importBlocks } = database.tables;
  const { importId, number } = given('importId', 'number');
  return prepare(
    database.query
      .update(importBlocks)
      .set(given(...REWRITTEN))
      .where(and(eq(importBlocks.importId, importId), eq(importBlocks.number, number))),
  );
}

function outcomeOf(text: string): Outcome {
  return text === 'imported' || text === 'warned' || text === 'quarantined' ? text : 'ignored';
}

function fateOf(text: string): Fate {
  return text === 'new' || text === 'same' || text === 'changed' ? text : 'none';
}
