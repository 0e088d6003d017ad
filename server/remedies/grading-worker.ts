/**
 * Marks closed attempts again in a thread of its own: piece by piece for the job, and whole rounds for a preview. Reads for
 * itself and writes nothing; what differs goes back as numbers.
 */
import { workerData } from 'node:worker_threads';
import type { RawRow } from '../platform/database/door.ts';
import { openThreadReader, type ThreadReader } from '../platform/database/thread-reader.ts';
import type {
  CountOrder,
  GradingReply,
  GradingRequest,
  GradingStart,
  Piece,
  PieceOrder,
} from './grading-messages.ts';
import { RESULT_AT } from './grading-messages.ts';
import { previewed } from './preview-rules.ts';
import { askedBy, type GradedVersion, hasHandMarked, regraded } from './regrade-rules.ts';

/** Versions that were read once: they never change. */
class KnownVersions {
  readonly #known = new Map<number, GradedVersion>();
  readonly #reader: ThreadReader;
  readonly #sql: string;

  constructor(reader: ThreadReader, sql: string) {
    this.#reader = reader;
    this.#sql = sql;
  }

  get(id: number): GradedVersion | undefined {
    return this.#known.get(id);
  }

  async need(ids: readonly number[]): Promise<void> {
    for (const id of ids) {
      if (this.#known.has(id)) continue;
      const [row] = await this.#reader.all({ sql: this.#sql, params: [id] });
      if (row === undefined) throw new Error(`question version ${id} is gone`);
      const [, questionId, kind, prompt, points, key] = row;
      this.#known.set(id, {
        id,
        questionId: Number(questionId),
        kind: String(kind),
        prompt: jsonOf(prompt) as GradedVersion['prompt'],
        points: Number(points),
        key: jsonOf(key) as GradedVersion['key'],
      });
    }
  }
}

/** JSON is text on SQLite and a value on PostgreSQL; prompts and keys are objects. */
function jsonOf(value: unknown): unknown {
  return typeof value === 'string' ? JSON.parse(value) : value;
}

/** The newest version of each attempt's result: rows come by attempt and version. */
function newestOfEach(rows: readonly RawRow[]): readonly RawRow[] {
  return rows.filter((row, i) => rows[i + 1]?.[0] !== row[0]);
}

async function piece(reader: ThreadReader, versions: KnownVersions, order: PieceOrder): Promise<Piece> {
  const rows = newestOfEach(await reader.all(order.piece));
  const changes: number[] = [];
  const byHand: number[] = [];
  let looked = 0;
  for (const row of rows) {
    // Closed and not graded yet: whoever does it goes by what is in force.
    if (row[RESULT_AT] === null) continue;
    const paper = String(row[2]);
    const asked = askedBy(paper);
    if (order.only !== null && !asked.some((id) => order.only?.has(id))) continue;
    looked += 1;
    await versions.need(asked);
    if (hasHandMarked(asked, versions)) {
      byHand.push(Number(row[0]));
      continue;
    }
    const attempt = { roundId: Number(row[1]), paper, sheet: row[3] === null ? null : String(row[3]) };
    const { total, rightCount } = regraded(attempt, versions, order.rulings);
    if (Number(row[RESULT_AT + 4]) === total && Number(row[RESULT_AT + 5]) === rightCount) continue;
    changes.push(Number(row[0]), attempt.roundId);
    for (let i = 0; i < 9; i++) changes.push(numberOf(row[RESULT_AT + i]));
    changes.push(total, rightCount);
  }
  const last = rows.at(-1)?.[0];
  return {
    last: last === undefined ? null : Number(last),
    seen: rows.length,
    looked,
    changes: Float64Array.from(changes),
    byHand,
  };
}

async function countAsked(reader: ThreadReader, { count, rows }: CountOrder): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for await (const [round, paper] of oneByOne(reader.scan(rows)))
    for (const id of askedBy(String(paper))) {
      if (!count.has(id)) continue;
      const name = `${round}/${id}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  return counts;
}

async function* oneByOne(chunks: AsyncIterable<readonly RawRow[]>): AsyncGenerator<RawRow> {
  for await (const chunk of chunks) yield* chunk;
}

function numberOf(value: unknown): number {
  return value === null ? Number.NaN : Number(value);
}

async function serve(start: GradingStart): Promise<void> {
  const { port, dialect, location } = start;
  const reader = await openThreadReader(dialect, location);
  const versions = new KnownVersions(reader, start.version);
  const answer = async (request: GradingRequest): Promise<GradingReply> => {
    if ('piece' in request) return { piece: await piece(reader, versions, request) };
    if ('count' in request) return { counts: await countAsked(reader, request) };
    return { movement: await previewed(request.preview, oneByOne(reader.scan(request.rows)), versions) };
  };
  port.on('message', (request: GradingRequest | 'end') => {
    if (request === 'end') {
      port.close();
      void reader.close();
      return;
    }
    answer(request).then(
      (reply) => port.postMessage(reply),
      (error: unknown) =>
        port.postMessage({
          error: error instanceof Error ? (error.stack ?? error.message) : String(error),
        } satisfies GradingReply),
    );
  });
}

await serve(workerData);
