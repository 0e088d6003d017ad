/** Guards that the kinds share. Prompts and keys come out of files and databases as plain JSON; nothing is believed before it is looked at. */
import type { Problem } from '../grading.ts';

/** Longest text of a stem, in UTF-16 units. */
const STEM_MAX = 10_000;

/** A JSON object, with members still unknown. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An array of strings. */
export function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** An array of finite numbers. */
export function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'number' && Number.isFinite(item));
}

/** Every prompt may say `rich`: its texts are then the markup of `questions/rich-text.ts`, and plain text otherwise. */
export function isStemmed(
  value: unknown,
): value is Readonly<Record<string, unknown>> & { readonly stem: string; readonly rich?: boolean } {
  return (
    isRecord(value) &&
    typeof value.stem === 'string' &&
    (value.rich === undefined || typeof value.rich === 'boolean')
  );
}

/** Nothing that anybody could read. */
export function isBlank(text: string): boolean {
  return text.trim() === '';
}

/** What can be wrong with a stem, which every kind has. */
export function stemProblems(stem: string): readonly Problem[] {
  if (isBlank(stem))
    return [{ at: 'stem', vi: 'Câu hỏi chưa có nội dung.', en: 'The question has no text.' }];
  if (stem.length > STEM_MAX) {
    return [
      {
        at: 'stem',
        vi: `Câu hỏi dài quá ${STEM_MAX} ký tự.`,
        en: `The question is longer than ${STEM_MAX} characters.`,
      },
    ];
  }
  return [];
}

/** The public part is not what this kind needs at all. */
export const promptUnreadable: readonly Problem[] = [
  {
    at: '',
    vi: 'Phần đề của câu hỏi không đúng cấu trúc.',
    en: 'The prompt does not have the shape of this kind.',
  },
];

/** The key is not what this kind needs at all. */
export const keyUnreadable: readonly Problem[] = [
  { at: '', vi: 'Đáp án không đúng cấu trúc.', en: 'The key does not have the shape of this kind.' },
];

const PART_LENGTH_MAX = 2_000;

/** What can be wrong with a list of texts that a prompt is made of: too few, too many, empty, too long, the same twice. */
export function partProblems(
  at: string,
  parts: readonly string[],
  { min, max, distinct }: { readonly min: number; readonly max: number; readonly distinct: boolean },
): readonly Problem[] {
  const problems: Problem[] = [];
  if (parts.length < min || parts.length > max) {
    problems.push({
      at,
      vi: `Cần từ ${min} đến ${max} mục; hiện có ${parts.length}.`,
      en: `There must be ${min} to ${max} items; there are ${parts.length}.`,
    });
  }
  const firstPlace = new Map<string, number>();
  for (const [i, part] of parts.entries()) {
    const text = part.trim();
    const problem = partProblem(`${at}.${i}`, text, distinct ? firstPlace.get(text) : undefined);
    if (problem !== null) problems.push(problem);
    if (!firstPlace.has(text)) firstPlace.set(text, i);
  }
  return problems;
}

function partProblem(at: string, text: string, same: number | undefined): Problem | null {
  if (text === '') return { at, vi: 'Nội dung để trống.', en: 'The text is empty.' };
  if (text.length > PART_LENGTH_MAX) {
    return {
      at,
      vi: `Nội dung dài quá ${PART_LENGTH_MAX} ký tự.`,
      en: `The text is longer than ${PART_LENGTH_MAX} characters.`,
    };
  }
  if (same === undefined) return null;
  return { at, vi: `Trùng với mục ${same + 1}.`, en: `It equals item ${same + 1}.` };
}

/** Parts as they stand on a paper: `order` maps shown positions to original ones, empty for "as written". Throws RangeError for another list's order. */
export function inOrder<Part>(parts: readonly Part[], order: readonly number[]): readonly Part[] {
  if (order.length === 0) return parts;
  return order.map((original) => {
    const part = parts[original];
    if (part === undefined) throw new RangeError('the order does not belong to these parts');
    return part;
  });
}

/** Shown position of an original one: the other way round than `order`; -1 when it is not shown. */
export function shownPlace(order: readonly number[], original: number): number {
  return order.length === 0 ? original : order.indexOf(original);
}

/** The original position behind a shown one; -1 when there is none. */
export function originalPlace(order: readonly number[], shown: number): number {
  return order.length === 0 ? shown : (order[shown] ?? -1);
}
