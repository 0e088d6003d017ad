/** An information has nothing to grade; it stands on papers like a question, and counts for nothing. */
import type { Grading } from '../../grading.ts';
import { keyUnreadable, promptUnreadable, stemProblems } from '../shapes.ts';
import { type InfoPrompt, isInfoPrompt } from './prompt.ts';

export const grading: Grading<InfoPrompt, null, null> = {
  kind: 'info',
  isAnswered: false,
  check(prompt, key) {
    if (!isInfoPrompt(prompt)) return promptUnreadable;
    return key === null ? stemProblems(prompt.stem) : [...stemProblems(prompt.stem), ...keyUnreadable];
  },
  shuffleable: () => 0,
  arrange: (prompt) => prompt,
  normalise: (_prompt, value) => (value === null ? null : undefined),
  grade: () => 0,
  reveal: () => null,
};
