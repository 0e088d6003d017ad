/** The body of a question → stem, options or statements, and what does not fit. */
import { truthOfWord, truthsExplained, truthsOf } from './key-text.ts';
import { StyledText, THING } from './styled-text.ts';
import { cutAtBullets } from './word-bullets.ts';
import { cutAtLabels, type Labelled, type LabelledPart } from './word-labels.ts';
import type { WordTable } from './word-model.ts';
import { type OrderedItems, orderedItems } from './word-order.ts';
import { pairsOf, wholeKeys } from './word-pair-keys.ts';
import { pairColumns } from './word-pair-table.ts';
import { columnsInLines, type PairColumns } from './word-pairs.ts';
import type { PaperQuestion } from './word-paper.ts';
import { asksPairsSurely, type PartKind } from './word-patterns.ts';
import { hasColumnHeads } from './word-tables.ts';

export interface ParsedQuestion {
  readonly question: PaperQuestion;
  readonly stem: StyledText;
  readonly parts: readonly LabelledPart[];
  readonly isStatements: boolean;
  /** They have small letters, and may be statements or options: one of them is marked. */
  readonly isUnclear: boolean;
  /** What stands behind statements ("(Đ)", "– Sai"); null where nothing does. */
  readonly truths: readonly (boolean | null)[];
  /** A key that stands at the end of the stem. */
  readonly stemKey: string | null;
  /** "(Đ)" or "(S)" at the end of a question without options: a key where most such questions have it. */
  readonly endTruth: boolean | null;
  /** Paragraphs behind the last option that seem not to belong to it; null: none. */
  readonly overflow: StyledText | null;
  /** The last option was put together from several lines. */
  readonly isContinued: boolean;
  /** Lines of the stem that may be options without letters; null: there are none. */
  readonly bulleted: Labelled | null;
  /** The columns of a matching question; null: it is none. */
  readonly pairs: PairColumns | null;
  /** Items to be put in order; null: it asks for something else. */
  readonly ordered: OrderedItems | null;
  /** Tables that are content of the stem. */
  readonly tables: readonly WordTable[];
}

const STEM_KEY =
  /\s*[([]\s*(?:đáp\s*án|đa|answer|key)\s*[:=]?\s*([A-H](?:\s*,\s*[A-H])*|[ĐS]{2,8}|đúng|sai)\s*[)\]]\s*$/iu;
/** "Thủ đô? Đáp án: B" */
const BARE_STEM_KEY =
  /\s(?:đáp\s*án|đ\/?a|đa|answer|key)(?:\s+đúng)?(?:\s+là)?\s*[:：=]\s*\(?([A-H](?:\s*,\s*[A-H])*)\)?\s*\.?\s*$/iu;
/** "Thủ đô là (B)" */
const STEM_LETTER = /\s*[([]\s*([A-H])\s*[)\]]\s*[.:?]?\s*$/u;
const TRUTH_TAIL =
  /(?<!\s)\s*(?:[([{]\s*(đúng|sai|đ|s|t|f|true|false)\s*[)\]}]|(?:(?<![–—\-→:=⇒])[–—\-→:=⇒]+>?|\t)\s*(đúng|sai|đ|s|true|false))\s*[.;]?\s*$/iu;
const ASKS_TRUTH =
  /đúng\s*(?:hay|hoặc|và|,|\/|-|–)?\s*(?:(?:ý|phát biểu|nhận định|mệnh đề|câu|nhận xét)\s+nào\s+(?:là\s+)?)?sai|\(đ\)|đ\s*\/\s*s\b|true or false/iu;

/** `areStatements`: the paper as a whole says so of its small letters. */
export function parseQuestion(question: PaperQuestion, areStatements = false): ParsedQuestion {
  const whole = StyledText.join(question.body, '\n');
  const upper = cutAtLabels(whole, 'upper');
  const lower = cutAtLabels(whole, 'lower');
  const labelled = chooseLabels(question, upper, lower);
  const cut = labelled ?? { stem: whole, parts: [] };
  const isUpper = labelled === upper;
  const isStatements = labelled !== null && (areStatements || looksLikeStatements(question, cut, isUpper));
  const found = pairsIn(question, whole, { cut, isStatements, isUpper });
  if (found !== null) return { ...found, question, ...NO_OPTIONS };
  const ordered = isStatements ? null : orderedItems(question, whole, cut);
  if (ordered !== null)
    return { ...NO_OPTIONS, question, ordered, stem: ordered.stem, pairs: null, tables: question.tables };
  const stemKey = keyBehind(cut.stem.text);
  const stem = stemKey === null ? cut.stem : cut.stem.slice(0, stemKey.index);
  const lastKey = keyBehind(cut.parts.at(-1)?.text.text ?? '');
  const settled = settleLast(lastKey === null ? cut.parts : withoutLast(cut.parts, lastKey.index));
  const isBare = areAllBare(settled.parts);
  const told = isStatements ? settled.parts : withToldStar(settled.parts);
  const truths = isStatements ? settled.parts.map(({ text }) => tailTruth(text, isBare)) : [];
  return {
    question,
    stem: settled.pictures === null ? stem : StyledText.join([stem, settled.pictures], '\n\n'),
    parts: isStatements ? settled.parts.map((part) => withoutTail(part, isBare)) : told,
    isStatements,
    isUnclear: false,
    truths,
    stemKey: stemKey?.[1] ?? lastKey?.[1] ?? null,
    endTruth: labelled === null ? endTruth(stem) : null,
    overflow: settled.overflow,
    isContinued: settled.isContinued,
    bulleted: labelled === null && MAY_HAVE_OPTIONS.has(question.part.kind) ? cutAtBullets(stem) : null,
    pairs: null,
    ordered: null,
    tables: question.tables,
  };
}

function keyBehind(text: string): RegExpExecArray | null {
  return STEM_KEY.exec(text) ?? BARE_STEM_KEY.exec(text);
}

const MAY_HAVE_OPTIONS: ReadonlySet<PartKind | null> = new Set([null, 'choice']);

const NO_OPTIONS = {
  ordered: null,
  bulleted: null,
  parts: [],
  isStatements: false,
  isUnclear: false,
  truths: [],
  stemKey: null,
  endTruth: null,
  overflow: null,
  isContinued: false,
};

interface Seen {
  readonly cut: Labelled;
  readonly isStatements: boolean;
  readonly isUpper: boolean;
}

type FoundPairs = Pick<ParsedQuestion, 'pairs' | 'stem' | 'tables'>;

/** The columns of a matching question; null: it asks for something else, or for one of options that are pairs. */
function pairsIn(question: PaperQuestion, whole: StyledText, seen: Seen): FoundPairs | null {
  if (!question.asksPairs) return null;
  const said = [...wholeKeys(question.keys.map(({ text }) => text)), ...question.answers];
  const isSaid = said.some((text) => pairsOf(text) !== null);
  if (!isSaid && (said.length > 0 || seen.isStatements)) return null;
  const isSure =
    question.body.some(({ text }) => asksPairsSurely(text)) || question.tables.some(hasColumnHeads);
  const areOptions = seen.isUpper && seen.cut.parts.length > 0;
  const arePairs = seen.cut.parts.some(({ text }) => pairsOf(text.text) !== null);
  if (areOptions && !isSaid && (!isSure || arePairs || question.tables.length > 0)) return null;
  for (const table of question.tables) {
    const pairs = pairColumns(table, whole, isSure || isSaid);
    const tables = question.tables.filter((other) => other !== table);
    if (pairs !== null) return { pairs, stem: pairs.stem, tables };
  }
  const pairs = columnsInLines(whole);
  return pairs === null ? null : { pairs, stem: pairs.stem, tables: question.tables };
}

/** A stem that ends with the letter of one of its options in brackets: the option's index and the stem without it. */
export function letterBehind(
  stem: StyledText,
  count: number,
): { readonly index: number; readonly bare: StyledText } | null {
  const found = STEM_LETTER.exec(stem.text);
  const index = (found?.[1] ?? '').charCodeAt(0) - 0x41;
  return found !== null && index < count ? { index, bare: stem.slice(0, found.index) } : null;
}

const TOLD_RIGHT = /\s*[([]\s*(?:đúng|đ|đáp án(?:\s+đúng)?|true|correct)\s*[)\]]\s*[.;]?\s*$/iu;

/** "(đúng)" behind one option and no other says as much as a star at it. */
function withToldStar(parts: readonly LabelledPart[]): readonly LabelledPart[] {
  const told = parts.filter(({ text }) => TOLD_RIGHT.test(text.text));
  const [only] = told;
  if (only === undefined || told.length > 1) return parts;
  const text = only.text.slice(0, TOLD_RIGHT.exec(only.text.text)?.index);
  return text.isBlank
    ? parts
    : parts.map((part) => (part === only ? { ...part, text, isStarred: true } : part));
}

/** Without what stands behind the last option from there on. */
function withoutLast(parts: readonly LabelledPart[], at: number): readonly LabelledPart[] {
  return parts.map((part, i) => (i === parts.length - 1 ? { ...part, text: part.text.slice(0, at) } : part));
}

function chooseLabels(
  { part }: PaperQuestion,
  upper: Labelled | null,
  lower: Labelled | null,
): Labelled | null {
  if (upper === null || lower === null) return upper ?? lower;
  if (part.kind === 'statements') return lower;
  return upper;
}

const BRACKETED_TRUTH = /\s*[([{]\s*(đúng|sai|đ|s|true|false)\s*[)\]}]\s*[.;]?\s*$/iu;

function endTruth({ text }: StyledText): boolean | null {
  return truthOfWord(BRACKETED_TRUTH.exec(text)?.[1] ?? '');
}

/** Without the "(Đ)" at its end. */
export function withoutEndTruth(stem: StyledText): StyledText {
  const end = BRACKETED_TRUTH.exec(stem.text);
  return end === null ? stem : stem.slice(0, end.index);
}

function looksLikeStatements(
  { part, keys, answers, explanation }: PaperQuestion,
  cut: Labelled,
  isUpper: boolean,
): boolean {
  if (part.kind === 'statements') return true;
  const count = cut.parts.length;
  const said = [...keys.map(({ line }) => line), ...answers];
  if (said.some((key) => /[^A-H]/.test(key) && truthsOf(key)?.length === count && count > 1)) return true;
  // Where a letter is the key, the explanation goes through options.
  if (
    !isUpper &&
    said.length === 0 &&
    truthsExplained(
      explanation.map(({ text }) => text),
      count,
    ) !== null
  )
    return true;
  const tails = cut.parts.filter(({ text }) => tailTruth(text, areAllBare(cut.parts)) !== null).length;
  if (tails >= 2 && tails >= count / 2) return true;
  return !isUpper && ASKS_TRUTH.test(cut.stem.text);
}

const BARE_TAIL = /\s+()(Đ|S)\s*[.;]?\s*$/u;

/** "m1 Đ", "m2 S": without a sign between them only where it is so in all of them. */
function areAllBare(parts: readonly LabelledPart[]): boolean {
  return parts.length > 1 && parts.every(({ text }) => BARE_TAIL.test(text.text));
}

function tailTruth({ text }: StyledText, isBare: boolean): boolean | null {
  const [, bracketed, behind] = (isBare ? BARE_TAIL : TRUTH_TAIL).exec(text) ?? [];
  return truthOfWord(bracketed || behind || '');
}

function withoutTail(part: LabelledPart, isBare: boolean): LabelledPart {
  const tail = (isBare ? BARE_TAIL : TRUTH_TAIL).exec(part.text.text);
  return tail === null ? part : { ...part, text: part.text.slice(0, tail.index) };
}

interface Settled {
  readonly parts: readonly LabelledPart[];
  readonly overflow: StyledText | null;
  readonly pictures: StyledText | null;
  readonly isContinued: boolean;
}

/** Behind the last option there may be a figure of the question, the rest of the option, or something else. */
function settleLast(parts: readonly LabelledPart[]): Settled {
  const last = parts.at(-1);
  const nothing = { parts, overflow: null, pictures: null, isContinued: false };
  if (last === undefined) return nothing;
  const [first, ...rest] = last.text.lines().filter((line) => !line.isBlank);
  const others = parts.slice(0, -1);
  if (first === undefined || rest.length === 0 || others.some(({ text }) => text.text.includes('\n')))
    return nothing;
  const behind = StyledText.join(rest, '\n');
  const isSentence = /^\s*[\p{Ll}(,;]/u.test(behind.text);
  if (isSentence || parts.length < 3) return { ...nothing, isContinued: true };
  const kept = [...others, { ...last, text: first }];
  const isPicture = behind.text.replaceAll(THING, '').trim() === '';
  return isPicture
    ? { ...nothing, parts: kept, pictures: behind }
    : { ...nothing, parts: kept, overflow: behind };
}
