/** Secret part of a short text question, and how a typed text is compared with it. Server only. */
import type { Problem } from '../../grading.ts';
import { cleanText, fold } from '../../vietnamese.ts';
import { isNumbers, isRecord, isTexts } from '../shapes.ts';
import { SHORT_TEXT_MAX } from './prompt.ts';

export type ShortTextKey = {
  /** Patterns of right answers: `*` stands for any text, also none; `\*` for an asterisk. The first one is shown in reviews. */
  readonly accept: readonly string[];
  /** Share of the points that each pattern earns, above 0 and at most 1; left out: 1 each. The best one that fits counts. */
  readonly weights?: readonly number[];
  /** Whether diacritics count. */
  readonly accents: boolean;
  /** Whether capitals count. */
  readonly case: boolean;
};

type Strictness = Pick<ShortTextKey, 'accents' | 'case'>;

/** Stands in a review for what `*` leaves open; `*` matches it. */
const ANYTHING = '…';
const PATTERNS_MAX = 50;

/** Whether the value can be used as a key. */
export function isShortTextKey(value: unknown): value is ShortTextKey {
  return (
    isRecord(value) &&
    isTexts(value.accept) &&
    typeof value.accents === 'boolean' &&
    typeof value.case === 'boolean' &&
    (value.weights === undefined || isNumbers(value.weights))
  );
}

/** What is wrong with the key. */
export function shortTextKeyProblems(key: ShortTextKey): readonly Problem[] {
  const problems = key.accept.flatMap(patternProblems);
  if (key.accept.length === 0)
    problems.push({ at: 'accept', vi: 'Chưa có đáp án.', en: 'There is no right answer.' });
  if (key.accept.length > PATTERNS_MAX) {
    problems.push({
      at: 'accept',
      vi: `Nhiều nhất ${PATTERNS_MAX} đáp án.`,
      en: `At most ${PATTERNS_MAX} right answers.`,
    });
  }
  const { weights } = key;
  if (
    weights !== undefined &&
    (weights.length !== key.accept.length || weights.some((weight) => !(weight > 0 && weight <= 1)))
  ) {
    problems.push({
      at: 'weights',
      vi: 'Mỗi đáp án phải có một phần điểm lớn hơn 0 và không quá 1.',
      en: 'Every right answer must have a share above 0 and at most 1.',
    });
  }
  return problems;
}

function patternProblems(pattern: string, place: number): Problem[] {
  const at = `accept.${place}`;
  if (cleanText(pattern).length > SHORT_TEXT_MAX) {
    return [
      {
        at,
        vi: `Đáp án dài quá ${SHORT_TEXT_MAX} ký tự.`,
        en: `The answer is longer than ${SHORT_TEXT_MAX} characters.`,
      },
    ];
  }
  if (piecesOf(pattern).some((piece) => piece.trim() !== '')) return [];
  return [
    {
      at,
      vi: 'Đáp án để trống hoặc chấp nhận mọi câu trả lời.',
      en: 'The answer is empty or accepts everything.',
    },
  ];
}

/** What stands between the wildcards, cleaned; one piece when there is no wildcard. */
function piecesOf(pattern: string): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const [token] of cleanText(pattern).matchAll(/\\?\*|[^*]/gsu)) {
    if (token === '*') {
      pieces.push(piece);
      piece = '';
    } else piece += token === '\\*' ? '*' : token;
  }
  return [...pieces, piece];
}

/** A right answer as people read it. */
export function exampleOf(key: ShortTextKey): string | null {
  const [first] = key.accept;
  return first === undefined ? null : cleanText(piecesOf(first).join(ANYTHING));
}

/** Share of the points that a cleaned answer earns: that of the best pattern that it fits. */
export function shareOfText(key: ShortTextKey, answer: string): number {
  const text = comparable(answer, key);
  let best = 0;
  for (const [i, pieces] of comparablePatterns(key).entries()) {
    const share = key.weights?.[i] ?? 1;
    if (share > best && fits(text, pieces)) best = share;
  }
  return best;
}

/** A regrade asks the same key a hundred thousand times. */
const patternsOfKey = new WeakMap<ShortTextKey, readonly (readonly string[])[]>();

function comparablePatterns(key: ShortTextKey): readonly (readonly string[])[] {
  const known = patternsOfKey.get(key);
  if (known !== undefined) return known;
  const patterns = key.accept.map((pattern) => piecesOf(pattern).map((piece) => comparable(piece, key)));
  patternsOfKey.set(key, patterns);
  return patterns;
}

/** Takes away what typing habits, keyboards and the key's settings make irrelevant. */
function comparable(text: string, strict: Strictness): string {
  const plain = plainTones(plainSigns(text));
  if (strict.accents) return strict.case ? plain : plain.toLowerCase();
  return strict.case ? foldKeepingCase(plain) : fold(plain);
}

/** Typographic quotes, dashes and dots as a keyboard has them. */
function plainSigns(text: string): string {
  return text
    .replace(/[“”„‟«»″]/g, '"')
    .replace(/[‘’‚‛‹›′`´]/g, "'")
    .replace(/[‐‑‒–—―−]/g, '-')
    .replaceAll('…', '...');
}

/**
 * Both ways of placing a tone are in use: "hòa" and "hoà", "khỏe" and "khoẻ", "ủy" and "uỷ". They are the same word,
 * also where accents count, so the tone is moved to the second vowel.
 */
function plainTones(text: string): string {
  const moved = text
    .normalize('NFD')
    .replace(/(o)([\u0300\u0301\u0303\u0309\u0323])([ae])(?![\u0300-\u036f])/gi, '$1$3$2');
  return moved
    .replace(/(u)([\u0300\u0301\u0303\u0309\u0323])(y)(?![\u0300-\u036f])/gi, '$1$3$2')
    .normalize('NFC');
}

function foldKeepingCase(text: string): string {
  const bare = text.normalize('NFD').replace(/[\u0300-\u036f]/g, '');
  return bare.replace(/[đð]/g, 'd').replace(/[ĐÐ]/g, 'D').normalize('NFC');
}

/** Wildcard match by looking for each piece after the one before: no backtracking, whatever the pattern is. */
function fits(text: string, pieces: readonly string[]): boolean {
  const [first = '', ...others] = pieces;
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const piece of others) {
    const found = text.indexOf(piece, from);
    if (found < 0) return false;
    from = found + piece.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}
