/** Grading of true/false questions. */
import type { Grading } from '../../grading.ts';
import { keyUnreadable, promptUnreadable, stemProblems } from '../shapes.ts';
import { isTrueFalseKey, type TrueFalseKey } from './key.ts';
import { isTrueFalsePrompt, type TrueFalsePrompt } from './prompt.ts';

export const grading: Grading<TrueFalsePrompt, TrueFalseKey, boolean> = {
  kind: 'trueFalse',
  check(prompt, key) {
    if (!isTrueFalsePrompt(prompt)) return promptUnreadable;
    if (key !== null && !isTrueFalseKey(key)) return [...stemProblems(prompt.stem), ...keyUnreadable];
    return stemProblems(prompt.stem);
  },
  shuffleable: () => 0,
  arrange: (prompt) => prompt,
  normalise: (_prompt, value) => (value === null || typeof value === 'boolean' ? value : undefined),
  grade: (_prompt, key, answer) => (key !== null && answer === key.right ? 1 : 0),
  reveal: (_prompt, key) => (key === null ? null : key.right),
};
