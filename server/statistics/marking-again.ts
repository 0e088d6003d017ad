/** Marks closed attempts again, as they are graded now, and adds them up. Nothing of an attempt is kept, only sums. */
import { chosenOptions, type MarkedItem, Tally } from '../../questions/analysis/tally.ts';
import { gradingOf } from '../../questions/kinds/gradings.ts';
import type { Json } from '../../questions/question.ts';
import { shareOf, worthOf } from '../attempts/marking-rules.ts';
import type { DrawnQuestion, Paper } from '../attempts/paper-packing.ts';
import { paperOf } from '../attempts/papers.ts';
import type { QuestionVersion } from '../attempts/question-version.ts';
import { type Ruling, ruledKey } from '../attempts/ruling-rules.ts';
import { unpackAnswers } from '../attempts/sheet-rules.ts';
import type { RawRow } from '../platform/database/door.ts';
import type { CompiledQuery, ThreadReader } from '../platform/database/thread-reader.ts';
import type { RulingsByRound } from '../remedies/regrade-rules.ts';

/** A version with its key, as it is graded now. */
type GradedVersion = QuestionVersion & { readonly key: Json | null };

export interface MarkingOrder {
  /** Paper, sheet, round and id of closed attempts. */
  readonly attempts: CompiledQuery;
  /** Attempt, place and marks of what people have marked by hand. */
  readonly handMarks: CompiledQuery;
  /** Id, question, kind, prompt, points and key of versions; its one parameter is a JSON list of ids. */
  readonly versions: string;
  /** What was decided about versions in a round. */
  readonly rulings: RulingsByRound;
}

const NO_WORDS = { explanation: '', citation: null };

/** Versions as papers name them, read when the first paper does. */
class Versions {
  readonly #reader: ThreadReader;
  readonly #sql: string;
  readonly #known = new Map<number, GradedVersion>();

  constructor(reader: ThreadReader, sql: string) {
    this.#reader = reader;
    this.#sql = sql;
  }

  /** Undefined: not read yet, or there is none. */
  get(id: number): GradedVersion | undefined {
    return this.#known.get(id);
  }

  /** Versions of a paper that were not read yet: nearly always none. */
  strangeIn({ questions }: Paper): number[] {
    const strange: number[] = [];
    for (const { versionId } of questions) if (!this.#known.has(versionId)) strange.push(versionId);
    return strange;
  }

  async read(ids: readonly number[]): Promise<void> {
    const query = { sql: this.#sql, params: [JSON.stringify(ids)] };
    for (const [id, questionId, kind, prompt, points, key] of await this.#reader.all(query))
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
  reader: ThreadReader,
  query: CompiledQuery,
): Promise<ReadonlyMap<number, ReadonlyMap<number, number>>> {
  const found = new Map<number, Map<number, number>>();
  for await (const chunk of reader.scan(query))
    for (const [attempt, place, marks] of chunk) {
      const ofAttempt = found.get(Number(attempt)) ?? new Map<number, number>();
      found.set(Number(attempt), ofAttempt.set(Number(place), Number(marks)));
    }
  return found;
}

/** Texts of one version that are remembered: many people type the same few. */
const TEXTS = 2000;

/** Shares of typed answers, by version: reading a number or a name takes longer than everything else of an attempt. */
class TypedShares {
  readonly #ofVersion = new Map<number, Map<string, number>>();

  /** Of an answer about which nothing was decided; what is typed was not shuffled. */
  of(version: GradedVersion, text: string): number {
    const shares = this.#ofVersion.get(version.id) ?? new Map<string, number>();
    const known = shares.get(text);
    if (known !== undefined) return known;
    const share = shareOf(version, version, text, []);
    if (shares.size < TEXTS) this.#ofVersion.set(version.id, shares.set(text, share));
    return share;
  }
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
function markedOf(
  { version, drawn, answer, decided, byHand }: Answered,
  typed: TypedShares,
): MarkedItem | null {
  if (worthOf(version) <= 0) return null;
  const key = decided === undefined ? version : ruledKey({ ...NO_WORDS, key: version.key }, decided);
  const all = 'ruled' in key ? (key.ruled?.all ?? null) : null;
  if (all === 'void') return null;
  const isWaiting =
    gradingOf(version.kind).isMarkedByHand === true && answer !== null && byHand === undefined;
  if (isWaiting && all === null) return null;
  const share = (): number =>
    decided === undefined && typeof answer === 'string'
      ? typed.of(version, answer)
      : shareOf(version, key, answer, drawn.order);
  const marks = byHand !== undefined && all === null ? byHand : Math.round(version.points * share());
  return {
    item: version.id,
    maxMarks: version.points,
    marks: Math.max(0, marks),
    blank: answer === null,
    chosen: chosenOptions(version.kind, drawn.order, answer),
  };
}

/** Marks attempts again, one after another. */
class Marking {
  readonly #versions: Versions;
  readonly #rulings: RulingsByRound;
  readonly #handMarks: ReadonlyMap<number, ReadonlyMap<number, number>>;
  readonly #typed = new TypedShares();

  constructor(
    versions: Versions,
    { rulings }: MarkingOrder,
    handMarks: Awaited<ReturnType<typeof handMarksOf>>,
  ) {
    this.#versions = versions;
    this.#rulings = rulings;
    this.#handMarks = handMarks;
  }

  /** Of a row as `TallyOrder.attempts` gives it, whose paper asks versions that were read. */
  of([, sheetText, roundId, attemptId]: RawRow, { questions }: Paper): MarkedItem[] {
    // Nothing was ever saved: every question is blank.
    const answers = sheetText === '' ? [] : unpackAnswers(String(sheetText));
    const rulings = this.#rulings.get(Number(roundId));
    const byHand = this.#handMarks.get(Number(attemptId));
    const marked: MarkedItem[] = [];
    for (let i = 0; i < questions.length; i++) {
      const drawn = questions[i];
      const version = drawn === undefined ? undefined : this.#versions.get(drawn.versionId);
      if (drawn === undefined || version === undefined) continue;
      const decided = rulings?.get(version.id);
      const answered = { version, drawn, answer: answers[i] ?? null, decided, byHand: byHand?.get(i) };
      const item = markedOf(answered, this.#typed);
      if (item !== null) marked.push(item);
    }
    return marked;
  }
}

export async function tallied(order: MarkingOrder, reader: ThreadReader): Promise<Tally> {
  const handMarks = await handMarksOf(reader, order.handMarks);
  const versions = new Versions(reader, order.versions);
  const marking = new Marking(versions, order, handMarks);
  const tally = new Tally();
  for await (const chunk of reader.scan(order.attempts))
    for (const row of chunk) {
      const paper = paperOf(String(row[0]));
      const strange = versions.strangeIn(paper);
      if (strange.length > 0) await versions.read(strange);
      tally.add(marking.of(row, paper));
    }
  return tally;
}
