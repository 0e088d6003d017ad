/** A question of a paper → a draft: its kind, and its key from every source that the paper has. */
import { isChoiceKey } from '../kinds/choice/key.ts';
import type { Difficulty, Json } from '../question.ts';
import { assemble, type FoundDraft } from './assemble.ts';
import type { Draft } from './draft.ts';
import { joinFound } from './found-text.ts';
import {
  lettersOf,
  numberOfKey,
  optionNamed,
  rising,
  truthOfWord,
  truthsExplained,
  truthsOf,
} from './key-text.ts';
import { citationOf, levelOf, pointsOf } from './labels-vi.ts';
import type { Remarks } from './reading.ts';
import { StyledText } from './styled-text.ts';
import { agreed, type KeySource } from './table-keys.ts';
import { tableSayings } from './table-messages.ts';
import { excerpt, letterOf } from './texts.ts';
import { mayBeOptions } from './word-bare-labels.ts';
import { areOptions, namesItem } from './word-bullets.ts';
import { type MarkKind, type MarkVote, nameOfMark } from './word-marks.ts';
import { wordSayings } from './word-messages.ts';
import type { OrderedItems } from './word-order.ts';
import { type PairSource, pairsBody } from './word-pair-draft.ts';
import { wholeKeys } from './word-pair-keys.ts';
import type { PairColumns } from './word-pairs.ts';
import type { PaperQuestion } from './word-paper.ts';
import { letterBehind, type ParsedQuestion, withoutEndTruth } from './word-parse.ts';
import { asksPairsSurely, chosenIn } from './word-patterns.ts';
import { foundTable } from './word-tables.ts';

/** What all questions of a paper have in common. */
export interface PaperConvention {
  readonly options: MarkVote;
  readonly statements: MarkVote;
  /** Some question has options. */
  readonly hasOptions: boolean;
  /** Questions without options end with "(Đ)" or "(S)". */
  readonly hasEndTruths: boolean;
}

type Body = Pick<FoundDraft, 'kind' | 'parts' | 'prompt' | 'key'>;

export function draftOfParsed(found: ParsedQuestion, convention: PaperConvention, remarks: Remarks): Draft {
  const parsed = withBullets(found, convention, remarks);
  const { question } = parsed;
  const isJudged = convention.hasEndTruths && parsed.endTruth !== null;
  if (parsed.isContinued) remarks.warn(wordSayings.optionContinued);
  if (parsed.isUnclear) remarks.error(wordSayings.smallLetters);
  const extra: StyledText[] = [];
  const body = bodyOf(parsed, convention, remarks, extra);
  const stem = isJudged ? withoutEndTruth(parsed.stem) : stemOf(parsed, body);
  const instruction = question.instruction ?? stem;
  const passage = question.passage === null ? [] : [question.passage.found()];
  const explanation = StyledText.join([...extra, ...question.explanation], '\n');
  return assemble({
    ...body,
    stem: joinFound([
      ...passage,
      (stem.isBlank ? instruction : stem).trim().found(),
      ...parsed.tables.map(foundTable),
    ]),
    explanation: explanation.found(),
    about: aboutOf(parsed, remarks),
  });
}

/** Lines with bullets are options where a key fits one of them; elsewhere they stay in the stem, and that is said. */
function withBullets(parsed: ParsedQuestion, { options }: PaperConvention, remarks: Remarks): ParsedQuestion {
  const { bulleted, question } = parsed;
  if (bulleted === null) return parsed;
  if (areOptions(bulleted, question, options)) return { ...parsed, ...bulleted };
  remarks.warn(wordSayings.unlettered);
  return parsed;
}

/** Without the letter in brackets that is its key. */
function stemOf({ stem, parts }: ParsedQuestion, { key }: Body): StyledText {
  const letter = letterBehind(stem, parts.length);
  const isKey = letter !== null && isChoiceKey(key) && key.right.join() === String(letter.index);
  return isKey ? letter.bare : stem;
}

function bodyOf(
  parsed: ParsedQuestion,
  convention: PaperConvention,
  remarks: Remarks,
  extra: StyledText[],
): Body {
  if (parsed.pairs !== null)
    return pairsBody(parsed.pairs, pairSources(parsed.question, parsed.pairs), remarks);
  if (parsed.ordered !== null) return orderedBody(parsed.ordered, remarks);
  if (parsed.parts.length === 0) return bodyWithoutParts(parsed, convention, remarks);
  if (parsed.isStatements) return statementsBody(parsed, convention, remarks);
  return choiceBody(parsed, convention, remarks, extra);
}

function orderedBody({ items, orders }: OrderedItems, remarks: Remarks): Body {
  const [order] = orders;
  const told = [...new Set(orders.map((one) => one.map((i) => items[i]?.label ?? '').join(' - ')))];
  if (told.length > 1) remarks.error(tableSayings.keyConflict(told.join('; ')));
  return {
    kind: 'ordering',
    parts: { items: items.map(({ text }) => text.found()) },
    key: order === undefined ? null : { order, scoring: 'exact' },
  };
}

function pairSources({ answers, keys }: PaperQuestion, { key }: PairColumns): readonly PairSource[] {
  return [
    ...answers.map((text) => ({ vi: 'bảng đáp án', text })),
    ...wholeKeys(keys.map(({ line }) => line)).map((text) => ({ vi: 'dòng đáp án', text })),
    ...(key === '' ? [] : [{ vi: 'cột đáp án', text: key }]),
  ];
}

const SEVERAL =
  /(?:chọn|khoanh)\s+(?:vào\s+)?(?:các|những|nhiều|hai|ba|bốn|2|3|4)\s|(?:những|các)\s+(?:phương án|đáp án|ý|phát biểu|nhận định)[^?]{0,40}(?:đúng|sai|phù hợp)|nhiều (?:đáp án|phương án|lựa chọn) đúng|select (?:all|two|three)/iu;

/** Whether the words of a question say that more than one option is right. */
export function asksSeveral(stem: StyledText): boolean {
  return SEVERAL.test(stem.text);
}

function choiceBody(
  { question, stem, parts, stemKey }: ParsedQuestion,
  convention: PaperConvention,
  remarks: Remarks,
  extra: StyledText[],
): Body {
  const texts = parts.map(({ text }) => text.paragraph);
  const sources: KeySource[] = [];
  const said = (vi: string, key: StyledText): void => {
    const right = lettersIn(key, texts, remarks, extra);
    if (right !== null) sources.push({ vi, right });
  };
  for (const answer of question.answers) said('bảng đáp án', StyledText.plain(answer));
  for (const key of question.keys) said('dòng đáp án', key);
  if (stemKey !== null) said('đáp án cuối câu', StyledText.plain(stemKey));
  const chosen = chosenIn(question.explanation.map(({ text }) => text).join('\n'));
  if (chosen !== null) said('lời giải', StyledText.plain(chosen));
  const mayBeSeveral = asksSeveral(stem);
  sources.push(
    ...markSources(parts, convention.options, { mayBeSeveral, isKnown: sources.length > 0 }, remarks),
  );
  const letter = letterBehind(stem, parts.length);
  if (letter !== null) {
    if (sources.length === 0) remarks.warn(wordSayings.bracketKey(letterOf(letter.index)));
    sources.push({ vi: 'chữ cái trong ngoặc ở cuối câu', right: [letter.index] });
  }
  const right = agreed(sources, remarks);
  return {
    kind: 'choice',
    parts: { options: parts.map(({ text }) => text.found()) },
    prompt: { multiple: (right?.length ?? 0) > 1 },
    key: right === null ? null : { right, scoring: 'allOrNothing' },
  };
}

const SMALL_LETTER = /^\(?[a-h]\)?[\s.]*$/;

/** Indexes that a written key names; what stands behind the letter is the option again, or an explanation. */
function lettersIn(
  key: StyledText,
  options: readonly string[],
  remarks: Remarks,
  extra: StyledText[],
): readonly number[] | null {
  const text = key.line;
  if (/^[-–—.…_\s]*$/.test(text)) return null;
  // "Cả A và B" may be the text of option C.
  const whole = /^cả\s/iu.test(text) ? optionNamed(text, options) : null;
  if (whole !== null) return [whole];
  const letters = lettersOf(text) ?? lettersOf(/^\(?[A-H]\)?(?=[\s.,;:])/.exec(text)?.[0] ?? '');
  const named = letters === null ? optionNamed(text, options) : null;
  if (named !== null) return [named];
  if (letters === null || letters.right.some((index) => index >= options.length)) {
    remarks.error(
      letters === null ? tableSayings.keyUnreadable(excerpt(text)) : tableSayings.keyOutside(text),
    );
    return null;
  }
  const behind = key.text.replace(/^\s*\(?[A-H]\)?\s*[.):,;–-]*\s*/u, '');
  const isMore = letters.right.length === 1 && behind.length > 1 && !SMALL_LETTER.test(text);
  const again = isMore ? optionNamed(behind, options) : null;
  if (again !== null && again !== letters.right[0]) {
    remarks.error(tableSayings.keyConflict(`${text}; ${letterOf(again)}`));
    return letters.right;
  }
  if (isMore && again === null) extra.push(key.slice(key.text.length - behind.length).trim());
  return letters.right;
}

interface Known {
  readonly mayBeSeveral: boolean;
  /** A written key is there already. */
  readonly isKnown: boolean;
}

function markSources(
  parts: ParsedQuestion['parts'],
  vote: MarkVote,
  known: Known,
  remarks: Remarks,
): readonly KeySource[] {
  const { usual, rare } = vote.result();
  const starred = parts.flatMap(({ isStarred }, i) => (isStarred ? [i] : []));
  const sources: KeySource[] = [];
  if (starred.length > 0 && starred.length < parts.length) sources.push({ vi: 'dấu *', right: starred });
  for (const kind of usual) {
    const source = markSource(parts, vote, kind, known, remarks);
    if (source !== null) sources.push(source);
  }
  if (sources.length > 0 || known.isKnown) return sources;
  for (const kind of rare) {
    const source = markSource(parts, vote, kind, known, remarks);
    if (source === null) continue;
    remarks.warn(wordSayings.rareMark(nameOfMark(kind)));
    return [source];
  }
  return sources;
}

function markSource(
  parts: ParsedQuestion['parts'],
  vote: MarkVote,
  kind: MarkKind,
  { mayBeSeveral, isKnown }: Known,
  remarks: Remarks,
): KeySource | null {
  const right = vote.marked(parts, kind);
  if (right.length === 0 || right.length === parts.length) return null;
  if (right.length > 1 && !mayBeSeveral) {
    if (!isKnown) remarks.error(wordSayings.severalMarked(right.map(letterOf).join(', ')));
    return null;
  }
  return { vi: nameOfMark(kind), right: rising(right) };
}

function statementsBody(parsed: ParsedQuestion, { statements }: PaperConvention, remarks: Remarks): Body {
  const { parts } = parsed;
  const sources = truthSources(parsed, statements, remarks);
  const [first] = sources;
  const told = sources.map(({ vi, truths }) => `${vi} ${truths.map(truthLetter).join('')}`);
  if (sources.some(({ truths }) => truths.join() !== first?.truths.join()))
    remarks.error(tableSayings.keyConflict(told.join('; ')));
  if (first === undefined && statements.statementMarks().length > 0) remarks.warn(wordSayings.truthsUnmarked);
  return {
    kind: 'statements',
    parts: { statements: parts.map(({ text }) => text.found()) },
    key: first === undefined ? null : { truths: first.truths },
  };
}

interface TruthSource {
  readonly vi: string;
  readonly truths: readonly (boolean | null)[];
}

function truthSources(
  { question, parts, truths, stemKey }: ParsedQuestion,
  vote: MarkVote,
  remarks: Remarks,
): readonly TruthSource[] {
  const sources: TruthSource[] = [];
  const said = (vi: string, text: string): void => {
    const found = truthsOf(text);
    if (found?.length === parts.length) sources.push({ vi, truths: found });
    else remarks.error(tableSayings.keyUnreadable(excerpt(text)));
  };
  for (const answer of question.answers) said('bảng đáp án', answer);
  if (question.keys.length > 0) said('dòng đáp án', question.keys.map(({ line }) => line).join(' ; '));
  if (stemKey !== null) said('đáp án cuối câu', stemKey);
  if (truths.some((truth) => truth !== null)) sources.push({ vi: 'dấu cuối ý', truths });
  const explained = truthsExplained(
    question.explanation.map(({ text }) => text),
    parts.length,
  );
  if (explained !== null) sources.push({ vi: 'lời giải', truths: explained });
  for (const kind of vote.statementMarks()) {
    const marked = vote.marked(parts, kind);
    if (marked.length > 0)
      sources.push({ vi: nameOfMark(kind), truths: parts.map((_, i) => marked.includes(i)) });
  }
  return sources;
}

function truthLetter(truth: boolean | null): string {
  return truth === null ? '?' : truth ? 'Đ' : 'S';
}

/** Pairs are asked for, and what stands below is neither lists nor columns with labels. */
function areColumnsUnclear({ tables, body }: PaperQuestion): boolean {
  return tables.length > 0 && body.some(({ text }) => asksPairsSurely(text));
}

function bodyWithoutParts(parsed: ParsedQuestion, convention: PaperConvention, remarks: Remarks): Body {
  const { question, stemKey, endTruth } = parsed;
  const sources = [...question.answers, ...(stemKey === null ? [] : [stemKey])];
  const lines = question.keys.map(({ line }) => line).join('; ');
  const written = sources[0] ?? lines;
  const isDoubtful = new Set(lines === '' ? sources : [...sources, lines]).size > 1;
  if (isDoubtful) remarks.error(tableSayings.keyConflict([...sources, lines].join('; ')));
  const { kind } = question.part;
  if (areColumnsUnclear(question)) remarks.error(wordSayings.pairsUnclear);
  if (written === '' && endTruth !== null && convention.hasEndTruths)
    return { kind: 'trueFalse', key: { right: endTruth } };
  if (kind === 'essay') return { kind: 'essay', prompt: { maxWords: null }, key: null };
  const truth = truthOfWord(written);
  if (truth !== null && kind !== 'short') return { kind: 'trueFalse', key: { right: truth } };
  const isLetters = /^\(?[A-H]\)?(?:\s*,\s*[A-H])*[\s.]*$/.test(written);
  const wantsOptions = kind === 'choice' || kind === 'statements' || (kind === null && convention.hasOptions);
  if (kind !== 'short' && (isLetters || (wantsOptions && written === ''))) {
    return withoutOptions(question, remarks);
  }
  if (written === '' && kind === null) return { kind: 'essay', prompt: { maxWords: null }, key: null };
  return typedBody(question, written, remarks);
}

/** What is typed in; where a key names one of numbered lines, these may be options. */
function typedBody(question: PaperQuestion, written: string, remarks: Remarks): Body {
  if (question.part.kind !== 'short' && namesItem(question, written))
    remarks.error(wordSayings.numberedOptions);
  return shortBody(written, remarks);
}

/** Asks for the options, and says where letters without dots may be some. */
function withoutOptions({ body }: PaperQuestion, remarks: Remarks): Body {
  const areBare = mayBeOptions(body.flatMap((text) => text.lines()));
  remarks.error(areBare ? wordSayings.bareLetters : tableSayings.optionsMissing);
  return { kind: 'choice', parts: { options: [] }, prompt: { multiple: false }, key: null };
}

const MEASURED = /^([-+−–]?\s*[\d.,]*\d)\s*(%|[\p{L}°][\p{L}\d/²³.·°]{0,14}(?: đồng| người| năm)?)\.?$/u;

const NUMBERED = /^\(?(\d{1,2})\s*[).:–-]+\s*\S/;

/** A number, a number with its unit, or words. */
function shortBody(written: string, remarks: Remarks): Body {
  const [, amount = '', unit = ''] = MEASURED.exec(written) ?? [];
  const value = numberOfKey(written) ?? (amount === '' ? null : numberOfKey(amount));
  if (value !== null) return { kind: 'numeric', prompt: { unit }, key: { value, tolerance: 0 } };
  const accept = written
    .split(/\s*[;|]\s*|\s+hoặc\s+/u)
    .map((text) => text.replace(/\.$/, '').trim())
    .filter((text) => text !== '');
  const isOfGaps = accept.length > 1 && accept.every((text, i) => NUMBERED.exec(text)?.[1] === `${i + 1}`);
  const isOfPairs = /^\(?\d{1,2}\s*[-–.:→>]+\s*[a-h]\)?(?:[\s,;]+\d{1,2}\s*[-–.:→>]+\s*[a-h])+\.?$/iu.test(
    written,
  );
  if (isOfGaps || isOfPairs) remarks.error(isOfGaps ? wordSayings.gaps : wordSayings.pairs);
  const key: Json | null =
    accept.length === 0 || isOfGaps || isOfPairs
      ? null
      : { accept: accept.map((text) => text.replaceAll('*', '\\*')), accents: true, case: false };
  return { kind: 'shortText', key };
}

function aboutOf({ question }: ParsedQuestion, remarks: Remarks): FoundDraft['about'] {
  const levels = [question.difficulty, ...question.notes, question.level].map((text) => levelOf(text));
  const level = levels.find((found) => found !== null) ?? null;
  if (question.difficulty !== '' && levels[0] === null)
    remarks.warn(tableSayings.levelUnknown(excerpt(question.difficulty)));
  const noted = question.notes.find((text) => /điểm|đ$/iu.test(text)) ?? '';
  const points = pointsOf(question.points || noted);
  const citation = citationOf(question.citation.join(' '));
  const difficulty: Difficulty | null = level?.difficulty ?? null;
  return {
    topic: question.ownTopic || question.topic,
    difficulty,
    tags: level?.tag ? [level.tag] : [],
    points,
    citation,
  };
}
