/** Answers of a whole paper on lines: "1.A 2.B", "Câu 3: C". */
import { cleanText } from '../vietnamese.ts';
import { truthOfWord, truthsOf } from './key-text.ts';

export interface Answer {
  readonly number: number;
  /** As it stands: "B", "ĐSSĐ", "12,5". */
  readonly value: string;
  /** What a column beside it says of why. */
  readonly why?: string;
}

const PAIR = /^(?:câu\s*)?(\d{1,3})\s*[.:)\-–]?\s*(?:\(?([A-H](?:\s*[,&]\s*[A-H])*)\)?|([ĐSĐs]{2,8}))\.?$/iu;

/** "1.A" in a cell; empty: something else. */
export function pairOf(cell: string): Answer[] {
  const [, number, letters, truths] = PAIR.exec(cell) ?? [];
  const value = letters ?? truths;
  return number === undefined || value === undefined
    ? []
    : [{ number: Number(number), value: value.toUpperCase() }];
}

const LISTED =
  /(?:^|[\s,;|])(?:câu\s*)?(\d{1,3})\s*[.:)\-–=>]*\s*(?:\(?([A-H](?:\s*[,&]\s*[A-H](?![\p{L}.]))*)\)?(?![\p{L}\d])|([ĐS]{2,8})(?!\p{L}))/giu;

const OF_STATEMENTS = /^(?:câu\s*)?(\d{1,3})\s*[.:)\-–]\s*(\D*)$/iu;

/** "Câu 2: a) Đúng b) Sai c) Sai", "2. Đ - S - S"; empty: it is something else. */
function truthsInLine(text: string): readonly Answer[] {
  const [, number, said = ''] = OF_STATEMENTS.exec(text) ?? [];
  const truths = truthsOf(said);
  if (number === undefined || truths === null || truths.length < 2 || truths.includes(null)) return [];
  return [{ number: Number(number), value: truths.map((truth) => (truth ? 'Đ' : 'S')).join('') }];
}

const RANGE =
  /(?:câu\s*)?(\d{1,3})\s*(?:[-–—→]+|đến|to)\s*(?:câu\s*)?(\d{1,3})\s*[:.)]\s*([A-H](?:[\s,;.–-]*[A-H])+)(?![\p{L}\d])[\s.,;|]*/giu;

/** "1-5: BACDA", a letter for each number from the first to the last; empty: it is something else. */
function rangesInLine(text: string): readonly Answer[] {
  if (!/\d/.test(text) || text.replace(RANGE, '') !== '') return [];
  const ranges = [...text.matchAll(RANGE)].map(([, from, to, letters = '']) => ({
    from: Number(from),
    to: Number(to),
    values: letters.toUpperCase().match(/[A-H]/g) ?? [],
  }));
  if (!ranges.every(({ from, to, values }) => to - from + 1 === values.length)) return [];
  return ranges.flatMap(({ from, values }) => values.map((value, i) => ({ number: from + i, value })));
}

const UNREAD = /^[\sA-H\d.,:;|()/=>–-]+$/u;

/** Letters, or letters and numbers, and nothing else: answers in a way that nobody taught us. */
export function mayBeAnswers(text: string): boolean {
  return UNREAD.test(text) && (text.match(/[A-H]/g)?.length ?? 0) >= 1 && /[A-H\d].*[A-H\d]/.test(text);
}

/** Answers on a line of text, "1.A 2.B 3-C", with nothing else on it; empty: it is something else. */
export function answersInLine(line: string): readonly Answer[] {
  const text = cleanText(line).replace(/^(?:đáp án|đáp án phần \S+|key)\s*[:.]\s*/iu, '');
  const ranges = rangesInLine(text);
  if (ranges.length > 0) return ranges;
  const truths = truthsInLine(text);
  if (truths.length > 0) return truths;
  const found = [...text.matchAll(LISTED)];
  const rest = text.replace(LISTED, ' ').replace(/[\s.,;|:–-]/g, '');
  if (found.length === 0 || rest !== '') return [];
  return found.map(([, number, letters, truths]) => ({
    number: Number(number),
    value: (letters ?? truths ?? '').toUpperCase(),
  }));
}

const TRUTH_LISTED = /(?:^|[\s,;|])(?:câu\s*)?(\d{1,3})\s*[.:)\-–]?\s*(đúng|sai|đ|s)(?![\p{L}\d])[.,;]?/giu;

/** "1. Đúng 2. Sai 3. Đ" below a heading of answers; empty: it is something else. */
export function truthsListed(line: string): readonly Answer[] {
  const text = cleanText(line);
  const found = [...text.matchAll(TRUTH_LISTED)];
  if (found.length < 2 || text.replace(TRUTH_LISTED, '').trim() !== '') return [];
  return found.map(([, number, word = '']) => ({
    number: Number(number),
    value: truthOfWord(word) === true ? 'Đúng' : 'Sai',
  }));
}

/** "Câu 1: B" behind questions of which one had this number, the last one being `most`. */
export function answersOne(line: string, most: number): boolean {
  const [first, ...rest] = answersInLine(line);
  return (
    first !== undefined && rest.length === 0 && first.number <= most && /^\s*(?:câu|question)\s/iu.test(line)
  );
}
