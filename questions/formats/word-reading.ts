/** Documents → blocks: every paragraph is in one of them, or is shown as unassigned. DOCX and what is pasted come here. */
import type { Saying } from './message.ts';
import { Ignored, type ReadingBuilder } from './reading.ts';
import { readTables } from './table-reading.ts';
import { asksSeveral, draftOfParsed, type PaperConvention } from './word-draft.ts';
import { MarkVote } from './word-marks.ts';
import { foreignVersions, matchAnswers } from './word-match-answers.ts';
import { wordSayings } from './word-messages.ts';
import type { WordBlock, WordTable } from './word-model.ts';
import type { AnswerGroup, PaperItem, PaperQuestion } from './word-paper.ts';
import { type ParsedQuestion, parseQuestion } from './word-parse.ts';
import { tellSmallLetters } from './word-small-letters.ts';
import { questionTable } from './word-tables.ts';
import { walkAnswers, walkPaper } from './word-walk.ts';

export interface WordSettings {
  readonly settings?: unknown;
  readonly progress?: (share: number) => void;
  /** What is to be said about single paragraphs, by their number. */
  readonly sayings?: ReadonlyMap<number, readonly Saying[]>;
  /** Lines at the head and foot of its pages: they may name the version of the paper. */
  readonly margins?: readonly string[];
  /** Answers that came in a file of their own. */
  readonly answers?: readonly AnswerGroup[];
}

/** Reads a document into a builder. */
export function readWord(blocks: readonly WordBlock[], builder: ReadingBuilder, options: WordSettings): void {
  const { items, version } = walkPaper(blocks, options.margins);
  const questions = items.flatMap((item) => (item.is === 'question' ? [item.question] : []));
  const groups = [...answerGroups(items), ...(options.answers ?? [])];
  const foreign = foreignVersions(groups, version);
  const own = groups.filter((group) => group.version === null || !foreign.includes(group.version));
  const left = matchAnswers(own, questions);
  const tables = items.flatMap((item) => (item.is === 'rows' ? [item.table] : []));
  const matched = { groups, own, left, foreign, version };
  if (tables.length === 0) sayAnswers(matched, questions.length, builder);
  // What answers around tables are used for is known when the tables were read.
  const waiting = tables.length === 0 ? [] : items.filter(({ is }) => is === 'answers');
  bookItems(
    items.filter((item) => !waiting.includes(item)),
    questions,
    builder,
    options,
  );
  if (tables.length > 0) bookRows(tables, matched, builder, options);
  bookItems(waiting, [], builder, {});
  if (questions.length === 0 && tables.length === 0)
    builder.fail(groups.length > 0 ? wordSayings.answersOnly : wordSayings.noQuestions, {
      paragraph: groups[0]?.place ?? 1,
    });
  sayGaps(questions, builder);
}

function bookItems(
  items: readonly PaperItem[],
  questions: readonly PaperQuestion[],
  builder: ReadingBuilder,
  options: WordSettings,
): void {
  const parsed = new Map(parsedOf(questions).map((one) => [one.question, one]));
  const convention = conventionOf([...parsed.values()]);
  for (const [i, item] of items.entries()) {
    if (item.is === 'question') {
      const own = parsed.get(item.question);
      if (own !== undefined) bookQuestion(own, convention, builder, options);
    } else if (item.is !== 'rows') bookOther(item, builder);
    if (i % 100 === 0) options.progress?.(i / items.length);
  }
}

function parsedOf(questions: readonly PaperQuestion[]): readonly ParsedQuestion[] {
  const parsed = questions.map((question) => parseQuestion(question));
  const small = tellSmallLetters(parsed);
  return parsed.map((one): ParsedQuestion => {
    const told = small.get(one);
    if (told === 'statements') return parseQuestion(one.question, true);
    return told === 'unclear' ? { ...one, isUnclear: true } : one;
  });
}

interface MatchedAnswers {
  readonly groups: readonly AnswerGroup[];
  readonly own: readonly AnswerGroup[];
  /** Numbers that found no question. */
  readonly left: readonly number[];
  readonly foreign: readonly string[];
  readonly version: string | null;
}

function sayAnswers(
  { groups, own, left, foreign, version }: MatchedAnswers,
  questions: number,
  { about }: ReadingBuilder,
): void {
  if (foreign.length > 0 && own.length === 0)
    about.warn(wordSayings.versions(foreign.join(', '), version), { paragraph: groups[0]?.place ?? 1 });
  if (left.length > 0 && questions > 0)
    about.warn(wordSayings.answersLeft(left.slice(0, 20).join(', ')), { paragraph: 1 });
}

/** The answers that a document holds, e.g. one with nothing else. */
export function answersOf(blocks: readonly WordBlock[]): readonly AnswerGroup[] {
  return answerGroups(walkAnswers(blocks));
}

function answerGroups(items: readonly PaperItem[]): readonly AnswerGroup[] {
  return items.flatMap((item) => (item.is === 'answers' ? [item.group] : []));
}

function conventionOf(parsed: readonly ParsedQuestion[]): PaperConvention {
  const options = new MarkVote();
  const statements = new MarkVote();
  for (const { parts, bulleted, isStatements, stem } of parsed)
    (isStatements ? statements : options).add(bulleted?.parts ?? parts, asksSeveral(stem));
  const hasOptions = parsed.some(({ parts, isStatements }) => parts.length > 0 && !isStatements);
  const bare = parsed.filter(({ parts, stem }) => parts.length === 0 && !stem.isBlank);
  const ends = bare.filter(({ endTruth }) => endTruth !== null).length;
  return { options, statements, hasOptions, hasEndTruths: ends >= 2 && ends >= bare.length * 0.6 };
}

function bookQuestion(
  parsed: ParsedQuestion,
  convention: PaperConvention,
  builder: ReadingBuilder,
  { sayings }: WordSettings,
): void {
  const { question, overflow } = parsed;
  const place = { paragraph: question.place };
  builder.block({ place, raw: question.raw.join('\n') }, (remarks) => {
    for (const paragraph of question.paragraphs)
      for (const saying of sayings?.get(paragraph) ?? []) remarks.warn(saying, { paragraph });
    return draftOfParsed(parsed, convention, remarks);
  });
  if (overflow !== null)
    bookOther(
      { is: 'unassigned', place: Math.max(...question.paragraphs), raw: overflow.paragraph },
      builder,
    );
}

function bookOther(
  item: Exclude<PaperItem, { is: 'question' } | { is: 'rows' }>,
  builder: ReadingBuilder,
): void {
  if (item.is === 'answers') {
    const { place, raw, used, answers } = item.group;
    builder.block(
      { place: { paragraph: place }, raw },
      () => new Ignored(wordSayings.answers(used, answers.length)),
    );
    return;
  }
  const source = { place: { paragraph: item.place }, raw: item.raw };
  if (item.is === 'ignored') builder.block(source, () => new Ignored(item.saying));
  else
    builder.block(source, (remarks) => {
      remarks.error(item.saying ?? wordSayings.unassigned);
      return null;
    });
}

/** Tables with a row a question are read as tables everywhere are; answers that found no question on lines are theirs. */
function bookRows(
  tables: readonly WordTable[],
  matched: MatchedAnswers,
  builder: ReadingBuilder,
  { settings }: WordSettings,
): void {
  const { own, left } = matched;
  const mapped = tables.flatMap((table, i) => questionTable(table, `Bảng ${i + 1}`) ?? []);
  const answers = own.flatMap((group) => group.answers).filter(({ number }) => left.includes(number));
  const used = readTables(mapped, builder, { settings, answers });
  for (const group of own)
    group.used += group.answers.filter(({ number }) => left.includes(number) && used?.has(number)).length;
  const unused = used === null ? [] : left.filter((number) => !used.has(number));
  sayAnswers({ ...matched, left: unused }, mapped.length, builder);
}

const GAPS_SAID = 20;

/** A number that is missing between its neighbours may be a question that was not recognised. */
function sayGaps(
  questions: readonly { readonly number: number | null; readonly place: number; readonly part: object }[],
  builder: ReadingBuilder,
): void {
  let said = 0;
  for (const [i, { number, place, part }] of questions.entries()) {
    const before = questions[i - 1];
    if (number === null || before?.number == null || before.part !== part) continue;
    for (let missing = before.number + 1; missing < number && said < GAPS_SAID; missing++, said++)
      builder.about.warn(wordSayings.numbersGap(missing), { paragraph: place });
  }
}
