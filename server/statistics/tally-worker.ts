/**
 * Marks closed attempts again and adds them up, in a thread of its own: a million attempts take seconds, and the doors never
 * wait. Nothing of an attempt is kept, only sums.
 */
import { type MessagePort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { type Statistics, statisticsOf } from '../../questions/analysis/statistics.ts';
import { chosenOptions, type MarkedItem, Tally } from '../../questions/analysis/tally.ts';
import { gradingOf } from '../../questions/kinds/gradings.ts';
import type { Json } from '../../questions/question.ts';
import { shareOf, worthOf } from '../attempts/marking-rules.ts';
import type { DrawnQuestion } from '../attempts/paper-packing.ts';
import { paperOf } from '../attempts/papers.ts';
import type { QuestionVersion } from '../attempts/question-version.ts';
import { type Ruling, ruledKey } from '../attempts/ruling-rules.ts';
import { unpackSheet } from '../attempts/sheet-rules.ts';
import type { RulingsByRound } from '../remedies/regrade-rules.ts';

/** A version with its key, as it is graded now. */
type GradedVersion = QuestionVersion & { readonly key: Json | null };

export interface Query {
  readonly sql: string;
  readonly params: readonly (string | number)[];
}

export interface TallyOrder {
  readonly port: MessagePort;
  readonly dialect: 'sqlite' | 'postgres';
  /** File path or address. */
  readonly location: string;
  /** Paper, sheet, round and id of closed attempts. */
  readonly attempts: Query;
  /** Attempt, place and marks of what people have marked by hand. */
  readonly handMarks: Query;
  /** Id, question, kind, prompt, points and key of versions; its one parameter is a JSON list of ids. */
  readonly versions: string;
  /** What was decided about versions in a round. */
  readonly rulings: RulingsByRound;
  /** Only these versions are told about, though totals are of whole papers; null: all. */
  readonly only: readonly number[] | null;
}

export type TallyReply = { readonly statistics: Statistics } | { readonly error: string };

const CHUNK = 5000;
const NO_WORDS = { explanation: '', citation: null };

type Row = readonly unknown[];

/** The two databases, as far as counting goes. */
interface Rows {
  /** One after another: there may be millions. */
  scan(query: Query): AsyncIterable<Row>;
  /** All at once; also while a scan is under way. */
  all(sql: string, param: string): Promise<readonly Row[]>;
  close(): Promise<void>;
}

function sqliteRows(location: string): Rows {
  const db = new Sqlite(location, { readonly: true });
  return {
    async *scan({ sql, params }) {
      yield* db
        .prepare<(string | number)[], Row>(sql)
        .raw(true)
        .iterate(...params);
    },
    all: async (sql, param) => db.prepare<[string], Row>(sql).raw(true).all(param),
    close: async () => void db.close(),
  };
}

async function postgresRows(location: string): Promise<Rows> {
  const client = new pg.Client({ connectionString: location });
  await client.connect();
  await client.query('begin read only');
  return {
    async *scan({ sql, params }) {
      await client.query({ text: `declare scan no scroll cursor for ${sql}`, values: [...params] });
      for (;;) {
        const { rows } = await client.query<unknown[]>({
          text: `fetch ${CHUNK} from scan`,
          rowMode: 'array',
        });
        if (rows.length === 0) break;
        yield* rows;
      }
      await client.query('close scan');
    },
    async all(sql, param) {
      return (await client.query<unknown[]>({ text: sql, values: [param], rowMode: 'array' })).rows;
    },
    close: () => client.end(),
  };
}

/** Versions as papers name them, read when the first paper does. */
class Versions {
  readonly #rows: Rows;
  readonly #sql: string;
  readonly #known = new Map<number, GradedVersion>();

  constructor(rows: Rows, sql: string) {
    this.#rows = rows;
    this.#sql = sql;
  }

  /** Undefined: not read yet, or there is none. */
  get(id: number): GradedVersion | undefined {
    return this.#known.get(id);
  }

  async read(ids: readonly number[]): Promise<void> {
    for (const [id, questionId, kind, prompt, points, key] of await this.#rows.all(
      this.#sql,
      JSON.stringify(ids),
    ))
      this.#known.set(Number(id), {
        id: Number(id),
        questionId: Number(questionId),
        kind: String(kind),
        prompt: JSON.parse(String(prompt)),
        points: Number(points),
        key: key === null ? null : JSON.parse(String(key)),
      });
  }
}

/** Attempt → place on the paper → hundredths that people gave. What nobody has marked is not in it. */
async function handMarksOf(
  rows: Rows,
  query: Query,
): Promise<ReadonlyMap<number, ReadonlyMap<number, number>>> {
  const found = new Map<number, Map<number, number>>();
  for await (const [attempt, place, marks] of rows.scan(query)) {
    const ofAttempt = found.get(Number(attempt)) ?? new Map<number, number>();
    found.set(Number(attempt), ofAttempt.set(Number(place), Number(marks)));
  }
  return found;
}

/** One question of a paper, and what became of it. */
interface Answered {
  readonly version: GradedVersion;
  readonly drawn: DrawnQuestion;
  readonly answer: Json | null;
  readonly decided: readonly Ruling[] | undefined;
  /** Undefined: nobody marked it. */
  readonly byHand: number | undefined;
}

/** Null: it says nothing of anybody, or not yet. */
function markedOf({ version, drawn, answer, decided, byHand }: Answered): MarkedItem | null {
  if (worthOf(version) <= 0) return null;
  const key = decided === undefined ? version : ruledKey({ ...NO_WORDS, key: version.key }, decided);
  const all = 'ruled' in key ? (key.ruled?.all ?? null) : null;
  if (all === 'void') return null;
  const isWaiting =
    gradingOf(version.kind).isMarkedByHand === true && answer !== null && byHand === undefined;
  if (isWaiting && all === null) return null;
  const marks =
    byHand !== undefined && all === null
      ? byHand
      : Math.round(version.points * shareOf(version, key, answer, drawn.order));
  return {
    item: version.id,
    maxMarks: version.points,
    marks: Math.max(0, marks),
    blank: answer === null,
    chosen: chosenOptions(version.kind, drawn.order, answer),
  };
}

async function tallied(order: TallyOrder, rows: Rows): Promise<Tally> {
  const versions = new Versions(rows, order.versions);
  const handMarks = await handMarksOf(rows, order.handMarks);
  const tally = new Tally();
  for await (const [paperText, sheetText, roundId, attemptId] of rows.scan(order.attempts)) {
    const decided = order.rulings.get(Number(roundId));
    const { questions } = paperOf(String(paperText));
    const byHand = handMarks.get(Number(attemptId));
    // Nothing was ever saved: every question is blank.
    const answers = sheetText === '' ? [] : unpackSheet(String(sheetText)).answers;
    const strange = questions.filter(({ versionId }) => versions.get(versionId) === undefined);
    if (strange.length > 0) await versions.read(strange.map(({ versionId }) => versionId));
    const marked: MarkedItem[] = [];
    questions.forEach((drawn, i) => {
      const version = versions.get(drawn.versionId);
      if (version === undefined) return;
      const answer = answers[i] ?? null;
      const item = markedOf({
        ...{ version, drawn, answer },
        ...{ decided: decided?.get(version.id), byHand: byHand?.get(i) },
      });
      if (item !== null) marked.push(item);
    });
    tally.add(marked);
  }
  return tally;
}

async function run(order: TallyOrder): Promise<void> {
  const { port, only, dialect, location } = order;
  let rows: Rows | null = null;
  try {
    rows = dialect === 'sqlite' ? sqliteRows(location) : await postgresRows(location);
    const statistics = statisticsOf(await tallied(order, rows));
    const wanted = only === null ? null : new Set(only);
    const items = statistics.items.filter(({ item }) => wanted?.has(item) ?? true);
    port.postMessage({ statistics: { ...statistics, items } } satisfies TallyReply);
  } catch (error) {
    port.postMessage({
      error: error instanceof Error ? error.message : String(error),
    } satisfies TallyReply);
  } finally {
    await rows?.close();
    port.close();
  }
}

await run(workerData);
