/** Secret part of a question of statements, and the share that so many right ones earn. Server only. */
import type { Problem } from '../../grading.ts';
import { isNumbers, isRecord } from '../shapes.ts';
import type { StatementsPrompt } from './prompt.ts';

export type StatementsKey = {
  /** Whether each statement is true, in the original order; null: not given, which is never false. */
  readonly truths: readonly (boolean | null)[];
  /** Share of the points (0..1) for 0, 1, 2 … right statements; one longer than `truths`. Left out: `defaultScores`. */
  readonly scores?: readonly number[];
};

/** Vietnam's exam since 2025: one right of four earns a tenth, two a quarter, three a half. */
const EXAM_2025 = [0, 0.1, 0.25, 0.5, 1];

/** The score table of the exam for four statements, and an equal share each otherwise. */
export function defaultScores(statements: number): readonly number[] {
  if (statements === 4) return EXAM_2025;
  return Array.from({ length: statements + 1 }, (_, right) => (statements === 0 ? 0 : right / statements));
}

/** Whether the value can be used as a key. */
export function isStatementsKey(value: unknown): value is StatementsKey {
  if (!isRecord(value) || !Array.isArray(value.truths)) return false;
  const { truths, scores } = value;
  return (
    truths.every((truth) => truth === null || typeof truth === 'boolean') &&
    (scores === undefined || isNumbers(scores))
  );
}

/** What is wrong with the key of this prompt. A truth that is not given is not wrong, only missing. */
export function statementsKeyProblems(
  { statements }: StatementsPrompt,
  { truths, scores }: StatementsKey,
): readonly Problem[] {
  const problems: Problem[] = [];
  if (truths.length !== statements.length) {
    problems.push({
      at: 'truths',
      vi: `Có ${statements.length} nhận định nhưng đáp án cho ${truths.length}.`,
      en: `There are ${statements.length} statements, but the key is for ${truths.length}.`,
    });
  }
  if (scores === undefined) return problems;
  if (scores.length !== statements.length + 1) {
    problems.push({
      at: 'scores',
      vi: `Thang điểm phải có ${statements.length + 1} mức, từ 0 ý đúng đến đúng hết.`,
      en: `The score table must have ${statements.length + 1} steps, from none right to all.`,
    });
  }
  if (scores.some((score, i) => score < 0 || score > 1 || score < (scores[i - 1] ?? 0))) {
    problems.push({
      at: 'scores',
      vi: 'Các mức điểm phải từ 0 đến 1 và không giảm.',
      en: 'The steps must be between 0 and 1 and never fall.',
    });
  }
  return problems;
}
