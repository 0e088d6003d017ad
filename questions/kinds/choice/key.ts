/** Secret part of a choice question. Server only. */
import type { Problem } from '../../grading.ts';
import { isRecord } from '../shapes.ts';
import type { ChoicePrompt } from './prompt.ts';

export type ChoiceKey = {
  /** Original indexes of the right options, at least one. */
  readonly right: readonly number[];
  /** `share`: (right ones chosen − wrong ones chosen) / right ones, never under 0. Default `allOrNothing`. */
  readonly scoring?: 'allOrNothing' | 'share';
};

/** Whether the value can be used as a key; whether it fits the prompt is for `choiceKeyProblems`. */
export function isChoiceKey(value: unknown): value is ChoiceKey {
  if (!isRecord(value) || !Array.isArray(value.right)) return false;
  const { right, scoring } = value;
  return (
    right.every((index) => typeof index === 'number') &&
    (scoring === undefined || scoring === 'allOrNothing' || scoring === 'share')
  );
}

/** What is wrong with the key of this prompt. */
export function choiceKeyProblems(prompt: ChoicePrompt, key: ChoiceKey): readonly Problem[] {
  const problems = key.right.flatMap((index, place) => indexProblems(prompt, key, index, place));
  if (key.right.length === 0) {
    problems.push({ at: 'right', vi: 'Chưa có phương án nào đúng.', en: 'No option is right.' });
  }
  if (!prompt.multiple && key.right.length > 1) {
    problems.push({
      at: 'right',
      vi: 'Câu chọn một chỉ có một phương án đúng.',
      en: 'A single choice has one right option only.',
    });
  }
  return problems;
}

function indexProblems(prompt: ChoicePrompt, key: ChoiceKey, index: number, place: number): Problem[] {
  const at = `right.${place}`;
  if (!Number.isInteger(index) || index < 0 || index >= prompt.options.length) {
    return [
      { at, vi: 'Đáp án chỉ vào phương án không có.', en: 'The key names an option that does not exist.' },
    ];
  }
  if (key.right.indexOf(index) === place) return [];
  return [{ at, vi: 'Đáp án ghi hai lần cùng một phương án.', en: 'The key names an option twice.' }];
}
