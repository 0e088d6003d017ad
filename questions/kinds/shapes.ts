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
