/** Grading of questions of statements: a table says what so many right ones earn. */
import type { Grading } from '../../grading.ts';
import {
  inOrder,
  keyUnreadable,
  originalPlace,
  partProblems,
  promptUnreadable,
  shownPlace,
  stemProblems,
} from '../shapes.ts';
import { defaultScores, isStatementsKey, type StatementsKey, statementsKeyProblems } from './key.ts';
import {
  isStatementsPrompt,
  STATEMENTS_MAX,
  type StatementsAnswer,
  type StatementsPrompt,
} from './prompt.ts';

function normalise({ statements }: StatementsPrompt, value: unknown): StatementsAnswer | null | undefined {
  if (value === null) return null;
  if (!Array.isArray(value) || value.length !== statements.length) return undefined;
  const judged: (boolean | null)[] = [];
  for (const truth of value) {
    if (truth !== null && typeof truth !== 'boolean') return undefined;
    judged.push(truth);
  }
  return judged.every((truth) => truth === null) ? null : judged;
}

function grade(
  _prompt: StatementsPrompt,
  key: StatementsKey | null,
  answer: StatementsAnswer | null,
  order: readonly number[],
): number {
  if (key === null || answer === null) return 0;
  let right = 0;
  for (const [shown, judged] of answer.entries())
    if (judged !== null && judged === key.truths[originalPlace(order, shown)]) right += 1;
  return (key.scores ?? defaultScores(key.truths.length))[right] ?? 0;
}

export const grading: Grading<StatementsPrompt, StatementsKey, StatementsAnswer> = {
  kind: 'statements',
  check(prompt, key) {
    if (!isStatementsPrompt(prompt)) return promptUnreadable;
    const problems = [
      ...stemProblems(prompt.stem),
      ...partProblems('statements', prompt.statements, { min: 1, max: STATEMENTS_MAX, distinct: true }),
    ];
    if (key === null) return problems;
    if (!isStatementsKey(key)) return [...problems, ...keyUnreadable];
    return [...problems, ...statementsKeyProblems(prompt, key)];
  },
  missing: (_prompt, { truths }) =>
    truths.flatMap((truth, i) =>
      truth === null
        ? [
            {
              at: `truths.${i}`,
              vi: `Ý ${i + 1} chưa có đáp án.`,
              en: `Statement ${i + 1} has no key.`,
            },
          ]
        : [],
    ),
  shuffleable: ({ statements }) => statements.length,
  arrange: (prompt, order) => ({ ...prompt, statements: inOrder(prompt.statements, order) }),
  normalise,
  grade,
  reveal(_prompt, key, order) {
    if (key === null || key.truths.every((truth) => truth === null)) return null;
    const shown: (boolean | null)[] = key.truths.map(() => null);
    for (const [original, truth] of key.truths.entries()) {
      const place = shownPlace(order, original);
      if (place >= 0) shown[place] = truth;
    }
    return shown;
  },
};
