/** One question of a table → a draft: what kind it is, which of its sources of a key agree, what is said about it. */
import { cleanText, fold } from '../vietnamese.ts';
import { assemble, type FoundDraft } from './assemble.ts';
import type { Draft } from './draft.ts';
import { joinFound, noText } from './found-text.ts';
import { lettersOf, numberOfKey, truthOfWord, truthsOf } from './key-text.ts';
import { type KindWord, kindOfWord } from './labels-vi.ts';
import { sayings } from './message.ts';
import type { Remarks } from './reading.ts';
import { plainLooks } from './styled-text.ts';
import { aboutOf } from './table-about.ts';
import { type Cell, foundOfCell, issueOfCell, lineOfCell, styledOfCell, textOfCell } from './table-cells.ts';
import type { Field } from './table-fields.ts';
import { agreed, type KeyConvention, type KeySource, placesNamed } from './table-keys.ts';
import { keyLooksOf, type LooksConvention } from './table-looks.ts';
import { tableSayings } from './table-messages.ts';
import { type ReadOption, readOptions, type TableOption } from './table-options.ts';
import { excerpt } from './texts.ts';
import { cutAtLabels, type Labelled } from './word-labels.ts';

/** One question as its cells have it. */
export interface TableQuestion {
  cell(field: Field): Cell | undefined;
  readonly options: readonly TableOption[];
  /** Places of options that a mark in a row of their own calls right; null: there are no such rows. */
  readonly marked: readonly number[] | null;
  /** What rows of their own say about each option, where these are statements; null: they are none. */
  readonly truths: readonly (boolean | null)[] | null;
  /** The heading above it. */
  readonly heading: string;
  /** What sheets of answers say. */
  readonly answers: readonly string[];
  /** What further columns of keys say. */
  readonly otherKeys: readonly string[];
}

/** What all questions of a table have in common. */
export interface TableConvention {
  readonly key: KeyConvention;
  readonly looks: LooksConvention;
  /** The table has columns for options, or nothing but letters for keys. */
  readonly hasOptions: boolean;
  /** The key column says TRUE, FALSE and NOT GIVEN. */
  readonly hasNotGiven: boolean;
  /** Nearly all keys are "Đúng" or "Sai": what is neither is no text to be typed. */
  readonly isMostlyTruths: boolean;
  /** Columns of crosses say what is true and what is false. */
  readonly isJudged: boolean;
}

/** "12,5": a short answer that may be written with a point as well. */
const DECIMAL = /^\s*[-+−–]?\d+[.,]\d+\s*$/;
const KINDS_WE_LACK =
  /draw|match|ghép|nối|sắp xếp|thứ tự|order|sequenc|sort|drag|kéo thả|hotspot|categor|label|crossword|ô chữ/iu;

export function draftOfTable(
  question: TableQuestion,
  convention: TableConvention,
  remarks: Remarks,
): Draft | null {
  sayIssues(question, remarks);
  return draftOf(
    question.options.length === 0 ? keyOutOfStem(question, remarks) : question,
    convention,
    remarks,
  );
}

function draftOf(question: TableQuestion, convention: TableConvention, remarks: Remarks): Draft | null {
  const cut = question.options.length === 0 ? optionsInStem(question) : null;
  const stem = cut === null ? foundOfCell(question.cell('stem')) : cut.stem.trim().found();
  if (stem.plain === '' || (stem.plain === null && stem.tree.length === 0)) {
    remarks.error(tableSayings.stemMissing);
    return null;
  }
  const options = cut === null ? readOptions(question.options) : optionsOfLabels(cut);
  const word = kindWordOf(question, remarks);
  const body = bodyOf(word, question, options, convention, remarks);
  if (body.kind !== 'choice') sayDisagreement(question, remarks);
  const image = question.cell('image');
  const picture = typeof image === 'object' && image.styled !== null ? foundOfCell(image) : noText;
  return assemble({
    ...body,
    stem: picture === noText ? stem : joinFound([stem, picture]),
    explanation: foundOfCell(question.cell('explanation')),
    about: aboutOf(question.cell, question.heading, remarks),
  });
}

/** What the cell of the key says, else what a sheet of answers does. */
function keyOf(question: TableQuestion): string {
  return textOfCell(question.cell('key')) || (question.answers[0] ?? '');
}

/** Keys that are no letters of options have to be the same, however they are written. */
function sayDisagreement({ cell, answers }: TableQuestion, remarks: Remarks): void {
  if (answers.length === 0) return;
  const said = [textOfCell(cell('key')), ...answers].filter((key) => key !== '');
  const meant = said.map((key) => truthsOf(key)?.join() ?? numberOfKey(key) ?? fold(key));
  if (new Set(meant).size > 1)
    remarks.error(tableSayings.keyConflict(said.map((key) => excerpt(key)).join('; ')));
}

type Body = Pick<FoundDraft, 'kind' | 'parts' | 'prompt' | 'key'>;

const KEY_LINE = /\n\s*(?:đáp án(?: đúng)?|đ\/?a|answer|key)\s*[:.]\s*([^\n]+?)\s*$/iu;

/** "… C. Vinh⏎Đáp án: B" in one cell: its last line is the key. */
function keyOutOfStem(question: TableQuestion, remarks: Remarks): TableQuestion {
  const stem = styledOfCell(question.cell('stem'));
  const found = KEY_LINE.exec(stem.text);
  const said = found?.[1] ?? '';
  if (found === null || lettersOf(said) === null) return question;
  const key = textOfCell(question.cell('key'));
  if (key !== '' && lettersOf(key)?.right.join() !== lettersOf(said)?.right.join())
    remarks.error(tableSayings.keyConflict(`${excerpt(key)}; ${excerpt(said)}`));
  const styled = stem.slice(0, found.index);
  const cell: Cell = { text: styled.text, styled, looks: plainLooks, issue: null };
  return {
    ...question,
    cell: (field) => (field === 'stem' ? cell : field === 'key' && key === '' ? said : question.cell(field)),
  };
}

/** The whole question in one cell: "Thủ đô?⏎A. Huế⏎B. Hà Nội"; null: there are no options in it. */
function optionsInStem(question: TableQuestion): Labelled | null {
  const styled = styledOfCell(question.cell('stem'));
  if (!/A\s?[.)/:]/.test(styled.text)) return null;
  const key = keyOf(question);
  const cut = cutAtLabels(styled, 'upper');
  if (cut === null || cut.stem.isBlank) return null;
  const areLines = (styled.text.match(/\n\s*[*#]?\s*\(?[A-H]\s?[.)/:]/g) ?? []).length >= cut.parts.length;
  return areLines || (key !== '' && lettersOf(key) !== null) ? cut : null;
}

function optionsOfLabels({ parts }: Labelled): readonly ReadOption[] {
  return parts.map(({ text, isStarred }, place) => ({
    place,
    text: text.found(),
    plain: text.paragraph,
    isStarred,
  }));
}

function kindWordOf(question: TableQuestion, remarks: Remarks): KindWord | null {
  const word = lineOfCell(question.cell('kind'));
  if (word === '') return null;
  const known = kindOfWord(word);
  if (KINDS_WE_LACK.test(word)) remarks.error(sayings.kindUnknown(excerpt(word)));
  else if (known === null) remarks.note(tableSayings.kindWordUnknown(excerpt(word)));
  return known;
}

function bodyOf(
  word: KindWord | null,
  question: TableQuestion,
  options: readonly ReadOption[],
  convention: TableConvention,
  remarks: Remarks,
): Body {
  const key = keyOf(question);
  if (question.truths !== null && options.length > 0)
    return judgedStatements(options, question.truths, question.answers, remarks);
  if (convention.isJudged) return judgedBody(question, remarks);
  if (word === 'info') return { kind: 'info', key: null };
  if (word === 'essay') return { kind: 'essay', prompt: { maxWords: null }, key: null };
  if (areJudged(word, options.length)) return statementsBody(options, key, remarks);
  if (word === 'numeric') return numericBody(question, key, remarks);
  if (word === 'shortText')
    return DECIMAL.test(key) ? numericBody(question, key, remarks) : shortTextBody(key, options);
  if (options.length === 0) return bodyWithoutOptions(word, question, key, convention, remarks);
  if (isTruePair(options)) return truePairBody(question, options, key, convention, remarks);
  const truths = word === 'choice' || word === 'several' ? null : truthsOf(key);
  if (truths !== null && truths.length === options.length && truths.length > 2)
    return statementsBody(options, key, remarks);
  return choiceBody(word, question, options, convention, remarks);
}

/** "Đúng sai" with more than its two words is said of statements. */
function areJudged(word: KindWord | null, options: number): boolean {
  return (word === 'statements' && options > 0) || (word === 'trueFalse' && options > 2);
}

/** A cross under "Đúng" or under "Sai". */
function judgedBody(question: TableQuestion, remarks: Remarks): Body {
  const marks = [lineOfCell(question.cell('isTrue')), lineOfCell(question.cell('isFalse'))];
  const [isTrue, isFalse] = marks.map((mark) => mark !== '' && !/^[☐□○.…_–-]+$/u.test(mark));
  if (isTrue && isFalse) remarks.error(tableSayings.keyUnreadable(marks.join(' | ')));
  const said = truthOfWord(question.answers[0] ?? '');
  const right = isTrue === isFalse ? said : isTrue === true;
  if (said !== null && said !== right) remarks.error(tableSayings.keyConflict(question.answers.join('; ')));
  return { kind: 'trueFalse', key: right === null ? null : { right } };
}

function isTruePair(options: readonly ReadOption[]): boolean {
  if (options.length !== 2) return false;
  const [first, second] = options.map(({ plain }) => truthOfWord(plain));
  return first === true && second === false;
}

/** "Đúng" and "Sai" as options; the key names one of them or says so itself. */
function truePairBody(
  question: TableQuestion,
  options: readonly ReadOption[],
  key: string,
  convention: TableConvention,
  remarks: Remarks,
): Body {
  const said = truthOfWord(key);
  if (said !== null) return { kind: 'trueFalse', key: { right: said } };
  const right = rightOf(question, options, convention, remarks);
  return { kind: 'trueFalse', key: right === null ? null : { right: right[0] === 0 } };
}

function choiceBody(
  word: KindWord | null,
  question: TableQuestion,
  options: readonly ReadOption[],
  convention: TableConvention,
  remarks: Remarks,
): Body {
  if (options.some(({ place }, i) => place !== i)) remarks.warn(tableSayings.optionGap);
  const right = word === 'poll' ? null : rightOf(question, options, convention, remarks);
  const multiple = word === 'several' || (right?.length ?? 0) > 1;
  return {
    kind: 'choice',
    parts: { options: options.map(({ text }) => text) },
    prompt: { multiple },
    key: right === null ? null : { right, scoring: 'allOrNothing' },
  };
}

/** Indexes of right options, from every source that there is. */
function rightOf(
  question: TableQuestion,
  options: readonly ReadOption[],
  convention: TableConvention,
  remarks: Remarks,
): readonly number[] | null {
  const sources: KeySource[] = [];
  const add = (vi: string, places: readonly number[]): void => {
    const right = places.map((place) => options.findIndex((option) => option.place === place));
    sources.push({ vi, right: right.filter((index) => index >= 0) });
  };
  const key = textOfCell(question.cell('key'));
  const named = question.marked === null ? placesNamed(key, options, convention.key) : null;
  if (named !== null && 'code' in named) remarks.error(named);
  else if (named !== null) {
    add('cột đáp án', named);
    if (convention.key.from === 0) remarks.note(tableSayings.keyFromZero);
  }
  const others = question.otherKeys.map((said) => ['cột đáp án khác', said] as const);
  const answers = question.answers.map((said) => ['trang đáp án', said] as const);
  for (const [source, said] of [...others, ...answers]) {
    const given = placesNamed(said, options, convention.key);
    if (given !== null && 'code' in given) remarks.error(given);
    else if (given !== null) add(source, given);
  }
  if (question.marked !== null) add('dấu ở dòng phương án', question.marked);
  add(
    'dấu *',
    options.filter(({ isStarred }) => isStarred).map(({ place }) => place),
  );
  const looks = keyLooksOf(question.options, convention.looks);
  add('màu hoặc kiểu chữ', looks);
  if (looks.length > 0 && sources.slice(0, -1).every(({ right }) => right.length === 0))
    remarks.note(tableSayings.keyByLooks);
  return agreed(sources, remarks);
}

/** Each has its truth beside it. */
function judgedStatements(
  options: readonly ReadOption[],
  truths: readonly (boolean | null)[],
  answers: readonly string[],
  remarks: Remarks,
): Body {
  const own = options.map(({ place }) => truths[place] ?? null);
  const isOpen = own.every((truth) => truth === null);
  const other = answers.find((answer) => isOpen || truthsOf(answer)?.join() !== own.join());
  if (other !== undefined && isOpen) return statementsBody(options, other, remarks);
  if (other !== undefined) remarks.error(tableSayings.keyConflict(`dấu ở từng ý; ${excerpt(other)}`));
  return {
    kind: 'statements',
    parts: { statements: options.map(({ text }) => text) },
    key: isOpen ? null : { truths: own },
  };
}

function statementsBody(options: readonly ReadOption[], key: string, remarks: Remarks): Body {
  const truths = key === '' ? null : truthsOf(key);
  if (key !== '' && truths?.length !== options.length)
    remarks.error(tableSayings.keyUnreadable(excerpt(key)));
  const isWhole = truths !== null && truths.length === options.length;
  return {
    kind: 'statements',
    parts: { statements: options.map(({ text }) => text) },
    key: isWhole ? { truths } : null,
  };
}

function bodyWithoutOptions(
  word: KindWord | null,
  question: TableQuestion,
  key: string,
  convention: TableConvention,
  remarks: Remarks,
): Body {
  const truth = truthOfWord(key);
  if (convention.hasNotGiven) return notGivenBody(key, remarks);
  const isTruth = truth !== null || (convention.isMostlyTruths && !convention.hasOptions);
  if (word === 'trueFalse' || (isTruth && word === null)) return trueFalseBody(key, truth, remarks);
  const wantsOptions = word === 'choice' || word === 'several' || word === 'poll';
  const isLetter = /^[A-H](?:\s*[,;]\s*[A-H])*\.?$/.test(key);
  if (wantsOptions || (convention.hasOptions && (isLetter || key === ''))) {
    remarks.error(tableSayings.optionsMissing);
    return { kind: 'choice', parts: { options: [] }, prompt: { multiple: false }, key: null };
  }
  return numberOfKey(key) === null ? shortTextBody(key, []) : numericBody(question, key, remarks);
}

function trueFalseBody(key: string, truth: boolean | null, remarks: Remarks): Body {
  const said = truth ?? (key === '1' ? true : key === '0' ? false : null);
  if (said === null && key !== '') remarks.error(tableSayings.keyUnreadable(excerpt(key)));
  return { kind: 'trueFalse', key: said === null ? null : { right: said } };
}

const NOT_GIVEN = ['TRUE', 'FALSE', 'NOT GIVEN'];

/** Reading tests have three answers. */
function notGivenBody(key: string, remarks: Remarks): Body {
  const truth = truthOfWord(key);
  const right = truth === true ? 0 : truth === false ? 1 : /not given|^ng$/i.test(key) ? 2 : null;
  if (right === null && key !== '') remarks.error(tableSayings.keyUnreadable(excerpt(key)));
  const texts = NOT_GIVEN.map((plain) => foundOfCell(plain));
  return {
    kind: 'choice',
    parts: { options: texts },
    prompt: { multiple: false },
    key: right === null ? null : { right: [right], scoring: 'allOrNothing' },
  };
}

/** Accepted texts stand in the key, one a line or between bars, or in the cells of options (Quizizz). */
function shortTextBody(key: string, options: readonly ReadOption[]): Body {
  const keyed = key.split(/[\n|]|\s;\s/);
  const accept = (key === '' ? options.map(({ plain }) => plain) : keyed).map(cleanText);
  const filled = [...new Set(accept)].filter((text) => text !== '');
  return {
    kind: 'shortText',
    key: filled.length === 0 ? null : { accept: filled.map(escapeStar), accents: true, case: false },
  };
}

/** A star stands for anything in a pattern; in a cell it is a star. */
function escapeStar(text: string): string {
  return text.replaceAll('*', '\\*');
}

function numericBody(question: TableQuestion, key: string, remarks: Remarks): Body {
  const unit = lineOfCell(question.cell('unit'));
  const value = numberOfKey(key);
  if (value === null && key !== '') remarks.error(tableSayings.keyUnreadable(excerpt(key)));
  const percent = key.trim().endsWith('%') && unit === '' ? '%' : unit;
  return { kind: 'numeric', prompt: { unit: percent }, key: value === null ? null : { value, tolerance: 0 } };
}

const TEXT_FIELDS: readonly Field[] = ['stem', 'explanation', 'key', 'topic', 'citation'];

/** Errors of formulas and dates that were none are told where they matter. */
function sayIssues(question: TableQuestion, remarks: Remarks): void {
  const options = question.options.map(({ cell }) => cell);
  for (const cell of [...TEXT_FIELDS.map((field) => question.cell(field)), ...options]) {
    const issue = issueOfCell(cell);
    if (issue === null) continue;
    const text = excerpt(textOfCell(cell));
    if (issue === 'error') remarks.error(tableSayings.cellError(text));
    if (issue === 'formula') remarks.error(tableSayings.cellFormula);
    if (issue === 'date') remarks.warn(tableSayings.cellDate(text));
  }
}
