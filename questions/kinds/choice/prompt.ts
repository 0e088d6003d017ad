/** Public part of a choice question: one right option, or several. */

import type { Problem } from '../../grading.ts';
import { fold } from '../../vietnamese.ts';
import { isBlank, isNumbers, isStemmed, isTexts, stemProblems } from '../shapes.ts';

export type ChoicePrompt = {
  readonly stem: string;
  readonly rich?: boolean;
  readonly options: readonly string[];
  /** Several options may be chosen. */
  readonly multiple: boolean;
  /** Indexes of options that keep their place when the others are shuffled. */
  readonly pinned?: readonly number[];
};

/** Positions chosen as shown on the paper, 0-based, ascending, each once; never empty. With `multiple` off: exactly one. */
export type ChoiceAnswer = readonly number[];

/** Options are lettered A to Z; grading also holds them in the bits of one integer. */
export const OPTIONS_MAX = 26;
const OPTION_LENGTH_MAX = 2_000;

/** Options that speak of other options by their place or letter, as folded text; after shuffling they would be nonsense. */
const SPEAKS_OF_OTHERS = [
  /\b(ca|tat ca|moi|khong co|khong)\b.*\b(dap an|phuong an|lua chon|y|cau|dieu|noi dung)\b.*\b(tren|deu)\b/,
  /\b(ca|tat ca) (hai |ba |bon |[2-9] )?(deu|o tren|tren)\b/,
  /^(dap an |phuong an |cau |y |ca )*\(?[a-h]\)?((, ?| )\(?[a-h]\)?)*,? (va|hoac|and|or|&) \(?[a-h]\)?( deu .*| dung| sai| are .*)?\.?$/,
  /\b(all|none|both|any|neither) of (the )?(above|these)\b/,
];

/** Who says more than that says something of their own. */
const SPEAKS_MAX = 200;

/** Whether the value can be shown as a choice question. */
export function isChoicePrompt(value: unknown): value is ChoicePrompt {
  return (
    isStemmed(value) &&
    isTexts(value.options) &&
    typeof value.multiple === 'boolean' &&
    (value.pinned === undefined || isNumbers(value.pinned))
  );
}

/** What is wrong with the public part. */
export function choicePromptProblems({ stem, options, pinned = [] }: ChoicePrompt): readonly Problem[] {
  return [
    ...stemProblems(stem),
    ...countProblems(options),
    ...options.flatMap((option, i) => optionProblems(option, i, options)),
    ...pinnedProblems(pinned, options),
  ];
}

function pinnedProblems(pinned: readonly number[], options: readonly string[]): readonly Problem[] {
  if (pinned.every((index) => Number.isInteger(index) && index >= 0 && index < options.length)) return [];
  return [
    {
      at: 'pinned',
      vi: 'Phương án giữ chỗ không có trong danh sách.',
      en: 'A pinned option does not exist.',
    },
  ];
}

function countProblems(options: readonly string[]): readonly Problem[] {
  if (options.length >= 2 && options.length <= OPTIONS_MAX) return [];
  return [
    {
      at: 'options',
      vi: `Cần từ 2 đến ${OPTIONS_MAX} phương án; hiện có ${options.length}.`,
      en: `There must be 2 to ${OPTIONS_MAX} options; there are ${options.length}.`,
    },
  ];
}

function optionProblems(option: string, index: number, options: readonly string[]): readonly Problem[] {
  const at = `options.${index}`;
  if (isBlank(option)) return [{ at, vi: 'Phương án để trống.', en: 'The option is empty.' }];
  if (option.length > OPTION_LENGTH_MAX) {
    return [
      {
        at,
        vi: `Phương án dài quá ${OPTION_LENGTH_MAX} ký tự.`,
        en: `The option is longer than ${OPTION_LENGTH_MAX} characters.`,
      },
    ];
  }
  const same = options.findIndex((other) => other.trim() === option.trim());
  if (same === index) return [];
  return [
    { at, vi: `Phương án trùng với phương án ${same + 1}.`, en: `The option equals option ${same + 1}.` },
  ];
}

/** Whether the options must stay in their places ("Cả A và B", "Tất cả các phương án trên"). */
function optionsAreFixed({ options }: ChoicePrompt): boolean {
  return options.some((option) => {
    const text = fold(option).trim();
    return text.length <= SPEAKS_MAX && SPEAKS_OF_OTHERS.some((pattern) => pattern.test(text));
  });
}

/** Original indexes of the options that may be shuffled: none when they speak of each other, else all that are not pinned. */
export function shuffledOptions(prompt: ChoicePrompt): readonly number[] {
  if (optionsAreFixed(prompt)) return [];
  const all = prompt.options.map((_, index) => index);
  const { pinned } = prompt;
  if (pinned === undefined || pinned.length === 0) return all;
  const free = all.filter((index) => !pinned.includes(index));
  return free.length < 2 ? [] : free;
}

/**
 * Shown position → original index of all options, where `order` is a paper's order of those that may be shuffled.
 * Without pinned options the two are the same, and an empty order stays empty.
 */
export function placesOfOptions(prompt: ChoicePrompt, order: readonly number[]): readonly number[] {
  const { pinned, options } = prompt;
  if (order.length === 0 || pinned === undefined || pinned.length === 0) return order;
  const free = options.map((_, index) => index).filter((index) => !pinned.includes(index));
  const places = options.map((_, index) => index);
  for (const [shown, original] of order.entries()) {
    const place = free[shown];
    const from = free[original];
    if (place !== undefined && from !== undefined) places[place] = from;
  }
  return places;
}
