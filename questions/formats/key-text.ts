/** Keys as people write them in a cell or on a line: letters, numbers, rows of "Đ" and "S". Nothing is guessed: what does not fit is null. */
import { cleanText, fold } from '../vietnamese.ts';
import { remembered } from './remembered.ts';

const TRUE_WORDS = new Set(['dung', 'true', 'd', 't', 'yes', 'co', '✓']);
/** A cross may mean either: "x" is none of them. */
const FALSE_WORDS = new Set(['sai', 'false', 's', 'f', 'no', 'khong', '✗']);

/** What a word says about a statement; null: it says nothing. */
export const truthOfWord = remembered(findTruthOfWord);

function findTruthOfWord(word: string): boolean | null {
  const folded = fold(word).replace(/[.()]/g, '').trim();
  if (TRUE_WORDS.has(folded)) return true;
  return FALSE_WORDS.has(folded) ? false : null;
}

/** Words that stand before a key and say nothing more; each row of them can be read in one way only. */
const LEAD =
  /^(?:(?:đáp án|phương án|lựa chọn|câu|ý|chọn|đúng|là|cả|đ\.?\s?án|đ\/?a|answers?|options?|choices?|keys?)(?:\s+trả lời)?(?:\s*[:.\-–])?\s*)+(?=\(?[A-Za-z0-9]\)?(?:\W|$))/iu;
/** "B đúng", "câu B là đúng". */
const TRAIL = /(?<=^\(?[A-Za-z]\)?)\s+(?:là\s+)?(?:đúng|chính xác|correct)\s*$/iu;
const BETWEEN = '(?:\\s*[,;&+/|]\\s*|\\s+(?:và|and)\\s+|\\s+)';
const LETTER = '\\(?([A-Z])[.)]?';
const LETTERS = new RegExp(`^${LETTER}(?:${BETWEEN}${LETTER})*\\.?$`, 'iu');
const LETTER_AND_TEXT = /^\(?([A-Z])(?:\s*[.):\-–]\s*(\S[\s\S]*)|\s*\(([^()]+)\))$/u;
/** "ACD": letters in rising order without anything between. */
const GLUED = /^[A-H]{2,8}$/;

/** A key of letters: indexes from 0 in rising order, and the text that stands behind a single letter ("B. Huế"). */
export interface LetterKey {
  readonly right: readonly number[];
  readonly said: string;
}

/** Letters A to Z of a key, or null when it is something else. */
export const lettersOf = remembered(findLettersOf);

function findLettersOf(key: string): LetterKey | null {
  const text = cleanText(key.replace(/\n/g, ', ')).replace(LEAD, '').replace(TRAIL, '').trim();
  if (LETTERS.test(text)) {
    const letters = text.replace(/ (?:và|and) /giu, ' ').match(/[A-Za-z]/g) ?? [];
    return { right: rising(letters.map(indexOfLetter)), said: '' };
  }
  if (GLUED.test(text) && isRising([...text])) return { right: [...text].map(indexOfLetter), said: '' };
  const [, letter, said, bracketed] = LETTER_AND_TEXT.exec(text) ?? [];
  // "A - C" may be both of them, or all from A to C.
  return letter === undefined || /^[A-Z]\s*[–-]\s*[A-Z]$/iu.test(text)
    ? null
    : { right: [indexOfLetter(letter)], said: said ?? bracketed?.trim() ?? '' };
}

function indexOfLetter(letter: string): number {
  return letter.toUpperCase().charCodeAt(0) - 0x41;
}

function isRising(letters: readonly string[]): boolean {
  return letters.every((letter, i) => i === 0 || (letters[i - 1] ?? '') < letter);
}

/** Each once, in rising order. */
export function rising(indexes: readonly number[]): readonly number[] {
  return [...new Set(indexes)].sort((a, b) => a - b);
}

/** Whole numbers of a key such as "2" or "1,3", or null. */
export const numbersOf = remembered(findNumbersOf);

function findNumbersOf(key: string): readonly number[] | null {
  const text = cleanText(key.replace(/\n/g, ',')).replace(LEAD, '').replace(/\.0$/, '');
  if (!/^\d{1,2}(?:(?:\s+|\s*[,;&/|.+]\s*)\d{1,2})*$/.test(text)) return null;
  return (text.match(/\d+/g) ?? []).map(Number);
}

const TRUTH = '(?:đúng|sai|true|false|đ|d|s|t|f|✓|✗|\\?)';
const LABELLED = new RegExp(
  `(?:^|[\\s,;.|–-])\\(?([a-h]|[1-8])\\s*[).:\\-–=→>]*\\s*\\(?(${TRUTH})\\)?(?![\\p{L}])`,
  'giu',
);
const LISTED = new RegExp(`^\\(?${TRUTH}\\)?(?:\\s*[,;|/\\-–\\s]\\s*\\(?${TRUTH}\\)?)*\\.?$`, 'iu');

/** Truths of statements: "ĐSSĐ", "Đ, S, S, Đ", "a-Đ, b-S", "a) Đúng; b) Sai". Null: something else. A "?" is not given. */
export const truthsOf = remembered(findTruthsOf);

function findTruthsOf(key: string): readonly (boolean | null)[] | null {
  const text = cleanText(key.replace(/\n/g, ' ; '));
  if (/^[ĐDSTF]{2,12}$/iu.test(text)) return [...text].map(truthOfWord);
  const labelled = labelledTruths(text);
  if (labelled !== null) return labelled;
  if (!LISTED.test(text)) return null;
  return (text.match(new RegExp(TRUTH, 'giu')) ?? []).map(truthOfWord);
}

/** With labels in the order a, b, c … and nothing else around. */
function labelledTruths(text: string): readonly (boolean | null)[] | null {
  const found = [...text.matchAll(LABELLED)];
  const rest = text.replace(LABELLED, ' ').replace(/[\s,;.|()–-]/g, '');
  if (found.length < 2 || rest.length > 0) return null;
  const inOrder = found.every(([, label = ''], i) => placeOfLabel(label) === i);
  return inOrder ? found.map(([, , word = '']) => truthOfWord(word)) : null;
}

function placeOfLabel(label: string): number {
  return /\d/.test(label) ? Number(label) - 1 : label.toLowerCase().charCodeAt(0) - 0x61;
}

/** Of a line without runs of spaces: it would try every way of parting one. */
const EXPLAINED =
  /^\s*[-–+•*]?\s*(?:ý|câu|phát biểu|nhận định|mệnh đề|lệnh hỏi)?\s*\(?([a-h])\s*[).:]?\s*[-–:→]*\s*(?:là\s+)?\(?(đúng|sai|đ|s)\)?(?=\s*(?:[.,;:)–-]|$|(?:vì|do|bởi)(?!\p{L})))/iu;

/** Truths of a solution with a line for each statement, "a) Đúng. Vì …"; null: not each of them once, in their order. */
export function truthsExplained(lines: readonly string[], count: number): readonly (boolean | null)[] | null {
  const whole = lines.map(truthsOf).find((truths) => truths?.length === count && count > 1);
  if (whole !== undefined && whole !== null) return whole;
  const found = lines.flatMap((line) => {
    const [, label = '', word = ''] = EXPLAINED.exec(line.replace(/\s+/gu, ' ')) ?? [];
    return label === '' ? [] : [{ place: placeOfLabel(label), truth: truthOfWord(word) }];
  });
  const isWhole = found.length === count && count > 1 && found.every(({ place }, i) => place === i);
  return isWhole ? found.map(({ truth }) => truth) : null;
}

/** Texts that differ only in capitals, spaces, label and the dot at the end are the same option. */
export function comparableOption(text: string): string {
  return cleanText(text)
    .toLowerCase()
    .replace(/^\(?[a-h][.)]\s+/, '')
    .replace(/(?<![.;,\s])[.;,\s]+$/, '');
}

/** The option that a text means; null: none, or more than one. Diacritics count, unless they alone keep it from fitting. */
export function optionNamed(text: string, options: readonly string[]): number | null {
  for (const same of [comparableOption, (option: string) => fold(comparableOption(option))]) {
    const wanted = same(text);
    const fits = options.flatMap((option, i) => (same(option) === wanted ? [i] : []));
    if (fits.length > 0) return fits.length === 1 ? (fits[0] ?? null) : null;
  }
  return null;
}

const NUMBER = /^[-+−–]?\s*\d[\d.,\s]*(?:\s*%)?$/;

/** A key that is one number, with a comma or a point before its decimals; null: something else, or either of two numbers ("1.234"). */
export function numberOfKey(key: string): number | null {
  const text = cleanText(key);
  if (!NUMBER.test(text)) return null;
  const bare = text.replace(/\s|%/g, '').replace(/^[−–]/, '-');
  const [, sign = '', body = ''] = /^([-+]?)(.*)$/.exec(bare) ?? [];
  const value = unsigned(body);
  return value === null ? null : sign === '-' ? 0 - value : value;
}

function unsigned(body: string): number | null {
  if (/^\d+$/.test(body)) return Number(body);
  if (/^\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?$/.test(body))
    return Number(body.replaceAll('.', '').replace(',', '.'));
  if (/^\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?$/.test(body)) return Number(body.replaceAll(',', ''));
  if (/^\d{1,3}\.\d{3},\d+$/.test(body)) return Number(body.replace('.', '').replace(',', '.'));
  if (/^\d{1,3},\d{3}\.\d+$/.test(body)) return Number(body.replace(',', ''));
  if (/^[1-9]\d{0,2}[.,]\d{3}$/.test(body)) return null;
  return /^\d+[.,]\d+$/.test(body) ? Number(body.replace(',', '.')) : null;
}
