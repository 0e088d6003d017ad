/** Secret part of a choice question. Server only. */
import type { Problem } from '../../grading.ts';
import { isNumbers, isRecord, isTexts } from '../shapes.ts';
import type { ChoicePrompt } from './prompt.ts';

export type ChoiceKey = {
  /** Original indexes of the right options, at least one; with weights those above 0. */
  readonly right: readonly number[];
  /** `share`: (right ones chosen − wrong ones chosen) / right ones, never under 0. `weights`: sum of `weights`. Default `allOrNothing`. */
  readonly scoring?: 'allOrNothing' | 'share' | 'weights';
  /** With `scoring: 'weights'` only: what choosing each option earns or costs, −1 … 1, in the original order. The sum is cut to 0 … 1. */
  readonly weights?: readonly number[];
  /** What to tell somebody who chose an option, in the original order; empty: nothing. Shown with explanations only. */
  readonly feedback?: readonly string[];
};

/** Thirds of files are written 0.33333: what is missing from 1 by less counts as 1. */
export const FORGIVEN = 1e-3;
const SCORINGS: ReadonlySet<unknown> = new Set(['allOrNothing', 'share', 'weights']);

/** Whether the value can be used as a key; whether it fits the prompt is for `choiceKeyProblems`. */
export function isChoiceKey(value: unknown): value is ChoiceKey {
  if (!isRecord(value) || !Array.isArray(value.right)) return false;
  const { right, scoring, weights, feedback } = value;
  return (
    right.every((index) => typeof index === 'number') &&
    (scoring === undefined || SCORINGS.has(scoring)) &&
    (weights === undefined ? scoring !== 'weights' : isNumbers(weights)) &&
    (feedback === undefined || isTexts(feedback))
  );
}

/** What is wrong with the key of this prompt. */
export function choiceKeyProblems(prompt: ChoicePrompt, key: ChoiceKey): readonly Problem[] {
  const problems = key.right.flatMap((index, place) => indexProblems(prompt, key, index, place));
  if (key.right.length === 0) {
    problems.push({ at: 'right', vi: 'Chưa có phương án nào đúng.', en: 'No option is right.' });
  }
  if (key.scoring === 'weights') problems.push(...weightProblems(prompt, key));
  else if (!prompt.multiple && key.right.length > 1) {
    problems.push({
      at: 'right',
      vi: 'Câu chọn một chỉ có một phương án đúng.',
      en: 'A single choice has one right option only.',
    });
  }
  return problems;
}

/** A single choice needs one option of full weight, several together must be able to reach it. */
function weightProblems({ options, multiple }: ChoicePrompt, key: ChoiceKey): readonly Problem[] {
  const { weights = [], right } = key;
  if (weights.length !== options.length || weights.some((weight) => !(weight >= -1 && weight <= 1))) {
    return [
      {
        at: 'weights',
        vi: 'Mỗi phương án phải có một trọng số từ −1 đến 1.',
        en: 'Every option must have a weight between −1 and 1.',
      },
    ];
  }
  const gains = weights.filter((weight) => weight > 0);
  if (gains.length !== right.length || right.some((index) => !((weights[index] ?? 0) > 0))) {
    return [
      {
        at: 'right',
        vi: 'Phương án đúng phải là các phương án có trọng số dương.',
        en: 'The right options must be those with a weight above 0.',
      },
    ];
  }
  const best = multiple ? gains.reduce((sum, weight) => sum + weight, 0) : Math.max(0, ...gains);
  if (best > 1 - FORGIVEN) return [];
  return [
    {
      at: 'weights',
      vi: 'Trọng số chưa cho phép đạt trọn điểm.',
      en: 'The weights do not allow full marks.',
    },
  ];
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
