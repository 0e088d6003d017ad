/** Secret part of an essay: what markers look for. Server only. */
import type { Problem } from '../../grading.ts';
import { isBlank, isRecord } from '../shapes.ts';

/** One thing to look for; `points` in hundredths of a mark, as everywhere. */
export type RubricLine = { readonly text: string; readonly points: number };

export type EssayKey = { readonly rubric: readonly RubricLine[] };

const LINES_MAX = 50;
const LINE_LENGTH_MAX = 2_000;

function isLine(value: unknown): value is RubricLine {
  return isRecord(value) && typeof value.text === 'string' && typeof value.points === 'number';
}

/** Whether the value can be used as a key. */
export function isEssayKey(value: unknown): value is EssayKey {
  return isRecord(value) && Array.isArray(value.rubric) && value.rubric.every(isLine);
}

/** What is wrong with the key. */
export function essayKeyProblems({ rubric }: EssayKey): readonly Problem[] {
  const problems: Problem[] = rubric.flatMap(({ text, points }, i) =>
    !isBlank(text) && text.length <= LINE_LENGTH_MAX && Number.isInteger(points) && points >= 0
      ? []
      : [
          {
            at: `rubric.${i}`,
            vi: 'Mỗi ý chấm cần nội dung và số điểm không âm.',
            en: 'Every line of the rubric needs a text and points of 0 or more.',
          },
        ],
  );
  if (rubric.length === 0 || rubric.length > LINES_MAX) {
    problems.push({
      at: 'rubric',
      vi: `Hướng dẫn chấm cần từ 1 đến ${LINES_MAX} ý.`,
      en: `A rubric has 1 to ${LINES_MAX} lines.`,
    });
  }
  return problems;
}
