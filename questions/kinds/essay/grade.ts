/** Essays are marked by people: here an answer is kept whole, and earns nothing until they have. */
import type { Grading } from '../../grading.ts';
import { nfc } from '../../vietnamese.ts';
import { formatNumber } from '../numeric/readings.ts';
import { keyUnreadable, promptUnreadable, stemProblems } from '../shapes.ts';
import { type EssayKey, essayKeyProblems, isEssayKey } from './key.ts';
import { ESSAY_MAX, ESSAY_WORDS_MAX, type EssayPrompt, isEssayPrompt } from './prompt.ts';

/** Line breaks and paragraphs stay; other control and invisible characters go. */
function normalise(_prompt: EssayPrompt, value: unknown): string | null | undefined {
  if (value === null) return null;
  if (typeof value !== 'string' || value.length > 2 * ESSAY_MAX) return undefined;
  const lines = value.replace(/\r\n?|\u2028|\u2029/g, '\n').split('\n');
  const text = nfc(lines.map((line) => line.replace(/\t/g, ' ').replace(/[\p{Cc}\p{Cf}]/gu, '')).join('\n'));
  const trimmed = text.trim();
  if (trimmed.length > ESSAY_MAX) return undefined;
  return trimmed === '' ? null : trimmed;
}

/** The rubric as people read it, a line each with its marks. */
function rubricText({ rubric }: EssayKey): string {
  return rubric.map(({ text, points }) => `${text} (${formatNumber(points / 100)} điểm)`).join('\n');
}

export const grading: Grading<EssayPrompt, EssayKey, string> = {
  kind: 'essay',
  isMarkedByHand: true,
  check(prompt, key) {
    if (!isEssayPrompt(prompt)) return promptUnreadable;
    const problems = [...stemProblems(prompt.stem), ...wordsProblems(prompt)];
    if (key === null) return problems;
    if (!isEssayKey(key)) return [...problems, ...keyUnreadable];
    return [...problems, ...essayKeyProblems(key)];
  },
  shuffleable: () => 0,
  arrange: (prompt) => prompt,
  normalise,
  grade: () => 0,
  reveal: (_prompt, key) => (key === null ? null : rubricText(key)),
};

function wordsProblems({ maxWords }: EssayPrompt) {
  if (maxWords === null || (Number.isInteger(maxWords) && maxWords >= 1 && maxWords <= ESSAY_WORDS_MAX))
    return [];
  return [
    {
      at: 'maxWords',
      vi: `Số từ tối đa phải từ 1 đến ${ESSAY_WORDS_MAX}, hoặc để trống.`,
      en: `The limit must be 1 to ${ESSAY_WORDS_MAX} words, or empty.`,
    },
  ];
}
