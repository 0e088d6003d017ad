/**
 * Marks closed attempts again and adds them up, in a thread of its own: a million attempts take seconds, and the doors never
 * wait. Nothing of an attempt is kept, only sums.
 */
import { type MessagePort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { type Statistics, statisticsOf } from '../../questions/analysis/statistics.ts';
import { chosenOptions, type MarkedItem, Tally } from '../../questions/analysis/tally.ts';
import type { Json } from '../../questions/question.ts';
import { shareOf } from '../attempts/marking-rules.ts';
import type { DrawnQuestion } from '../attempts/paper-packing.ts';
import { paperOf } from '../attempts/papers.ts';
import type { QuestionKey } from '../attempts/question-key.ts';
import type { QuestionVersion } from '../attempts/question-version.ts';
import { ruledKey } from '../attempts/ruling-rules.ts';
import { unpackSheet } from '../attempts/sheet-rules.ts';
import type { RulingsByRound } from '../remedies/regrade-rules.ts';

/** A version with its key, as it is graded now. */
export type GradedVersion = QuestionVersion & { readonly key: Json | null };

export interface TallyOrder {
  readonly port: MessagePort;
  readonly dialect: 'sqlite' | 'postgres';
  /** File path or address. */
  readonly location: string;
  /** SELECT of paper and sheet of closed attempts, with its parameters. */
  readonly sql: string;
  readonly params: readonly (string | number)[];
  readonly versions: readonly GradedVersion[];
  /** What was decided about versions in a round. */
  readonly rulings: RulingsByRound;
  /** Only these versions are told about, though totals are of whole papers; null: all. */
  readonly only: readonly number[] | null;
}

export type TallyReply = { readonly statistics: Statistics } | { readonly error: string };

const CHUNK = 5000;
const NO_WORDS = { explanation: '', citation: null };

async function* rowsOf({ dialect, location, sql, params }: TallyOrder): AsyncGenerator<readonly unknown[]> {
  if (dialect === 'sqlite') {
    const db = new Sqlite(location, { readonly: true });
    try {
      yield* db
        .prepare(sql)
        .raw(true)
        .iterate(...params) as Iterable<readonly unknown[]>;
    } finally {
      db.close();
    }
    return;
  }
  const client = new pg.Client({ connectionString: location });
  await client.connect();
  try {
    await client.query('begin read only');
    await client.query({ text: `declare scan no scroll cursor for ${sql}`, values: [...params] });
    for (;;) {
      const { rows } = await client.query<unknown[]>({
        text: `fetch ${CHUNK} from scan`,
        rowMode: 'array',
      });
      if (rows.length === 0) return;
      yield* rows;
    }
  } finally {
    await client.end();
  }
}

function markedOf(
  version: GradedVersion,
  key: Pick<QuestionKey, 'key' | 'ruled'>,
  { order }: DrawnQuestion,
  answer: Json | null,
): MarkedItem {
  const share = shareOf(version, key, answer, order);
  return {
    item: version.id,
    maxMarks: version.points,
    marks: Math.max(0, Math.round(version.points * share)),
    blank: answer === null,
    chosen: chosenOptions(version.kind, order, answer),
  };
}

async function tallied(order: TallyOrder): Promise<Tally> {
  const versions = new Map(order.versions.map((version) => [version.id, version]));
  const tally = new Tally();
  for await (const [paperText, sheetText, roundId] of rowsOf(order)) {
    const decided = order.rulings.get(Number(roundId));
    const paper = paperOf(String(paperText));
    // Nothing was ever saved: every question is blank.
    const answers = sheetText === '' ? [] : unpackSheet(String(sheetText)).answers;
    const marked: MarkedItem[] = [];
    paper.questions.forEach((question, i) => {
      const version = versions.get(question.versionId);
      if (version === undefined || version.points <= 0) return;
      const rulings = decided?.get(version.id);
      const key = rulings === undefined ? version : ruledKey({ ...NO_WORDS, key: version.key }, rulings);
      // What counts for nothing says nothing about anybody.
      if ('ruled' in key && key.ruled?.all === 'void') return;
      marked.push(markedOf(version, key, question, answers[i] ?? null));
    });
    tally.add(marked);
  }
  return tally;
}

async function run(order: TallyOrder): Promise<void> {
  const { port, only } = order;
  try {
    const statistics = statisticsOf(await tallied(order));
    const wanted = only === null ? null : new Set(only);
    const items = statistics.items.filter(({ item }) => wanted?.has(item) ?? true);
    port.postMessage({ statistics: { ...statistics, items } } satisfies TallyReply);
  } catch (error) {
    port.postMessage({
      error: error instanceof Error ? error.message : String(error),
    } satisfies TallyReply);
  } finally {
    port.close();
  }
}

await run(workerData);
