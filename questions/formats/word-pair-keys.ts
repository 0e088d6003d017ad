/** Keys of matching questions as people write them: "1-b, 2-a", "1 – c; 2 – a", "1 nối với b". */
import { cleanText } from '../vietnamese.ts';

/** Labels of two items that belong together, as written but small. */
export interface LabelPair {
  readonly left: string;
  readonly right: string;
}

const LABEL = '(\\d{1,2}|[a-zđ])';
const BETWEEN = '\\s*(?:(?:[-–—−→⇒>:.=+/)]+|(?:nối|ghép|đi)?\\s*với|nối)\\s*)?';
const PAIR = new RegExp(
  `(?<![\\p{L}\\d])(?:câu\\s+|ý\\s+)?\\(?${LABEL}\\)?${BETWEEN}\\(?${LABEL}\\)?(?!\\p{L}|[ \\t]*[-–→]\\s*[\\p{L}\\d]|\\d)`,
  'giu',
);
const GLUED = /^(?:\d{1,2}[a-zđ])+$/iu;

/** The pairs of a key; null: it is something else, also where only a part of it is pairs. */
export function pairsOf(key: string): readonly LabelPair[] | null {
  const text = cleanText(key.replace(/\n/g, ' ; '));
  const spread = GLUED.test(text) ? text.replace(/(?<=\p{L})(?=\d)/gu, ' ') : text;
  const found = [...spread.matchAll(PAIR)];
  const rest = spread.replace(PAIR, ' ').replace(/\s|[,;.|]/g, '');
  if (found.length < 2 || rest !== '') return null;
  const pairs = found.map(([, left = '', right = '']) => ({
    left: left.toLowerCase(),
    right: right.toLowerCase(),
  }));
  return pairs.every(({ left, right }) => isNumber(left) !== isNumber(right)) || areNumbers(found)
    ? pairs
    : null;
}

/** One pair and nothing else: "1-b". */
export function isPair(text: string): boolean {
  return pairsOf(`${text}; ${text}`) !== null;
}

/** Lines that are a key each, and the others together: a pair a line is one key. */
export function wholeKeys(lines: readonly string[]): readonly string[] {
  const whole = lines.filter((line) => pairsOf(line) !== null);
  const others = lines.filter((line) => !whole.includes(line));
  return others.length === 0 ? whole : [...whole, others.join('; ')];
}

/** "1-2; 2-1": both columns are numbered, and a sign stands between. */
function areNumbers(found: readonly RegExpMatchArray[]): boolean {
  return found.every(([all]) => /^\(?\d{1,2}\)?\s*[-–—−→⇒>]+\s*\(?\d{1,2}\)?$/.test(all.trim()));
}

function isNumber(label: string): boolean {
  return /^\d/.test(label);
}
