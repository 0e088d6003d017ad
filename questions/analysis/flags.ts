/** What the figures of a question say in words: for somebody who will look at it again, never a verdict. */
import type { ItemStatistics, OptionStatistics } from './statistics.ts';

export type FlagCode =
  | 'fewAttempts'
  | 'tooEasy'
  | 'tooHard'
  | 'negativeDiscrimination'
  | 'weakDiscrimination'
  | 'manyBlanks'
  | 'rareDistractor'
  | 'attractiveDistractor'
  | 'negativeKey';

export interface Flag {
  readonly code: FlagCode;
  /** Place of the option in the bank, where the flag is about one. */
  readonly option: number | null;
  readonly vi: string;
  readonly en: string;
}

/** Under so many attempts figures jump about; only this is said then. */
const ENOUGH = 30;
const EASY = 95;
const HARD = 20;
const WEAK = 15;
const BLANK = 0.2;
const RARE = 0.05;

const letterOf = (option: number): string => String.fromCharCode(65 + option);
const percent = (value: number): string => `${Math.round(value)} %`;

/** `right`: places of the right options; null where the kind has none. */
export function flagsOf(item: ItemStatistics, right: readonly number[] | null): readonly Flag[] {
  if (item.n < ENOUGH) {
    return [
      {
        code: 'fewAttempts',
        option: null,
        vi: `Mới có ${item.n} lượt trả lời, chưa đủ để kết luận.`,
        en: `Only ${item.n} answers so far: too few to conclude anything.`,
      },
    ];
  }
  const options = right === null ? [] : item.options.flatMap((option) => optionFlags(option, right));
  return [...itemFlags(item), ...options];
}

function itemFlags({ facility, discrimination, blanks, n }: ItemStatistics): Flag[] {
  const flags: Flag[] = [];
  const add = (code: FlagCode, vi: string, en: string): void => {
    flags.push({ code, option: null, vi, en });
  };
  if (facility >= EASY)
    add(
      'tooEasy',
      `Quá dễ: đạt ${percent(facility)} số điểm.`,
      `Too easy: ${percent(facility)} of the marks.`,
    );
  if (facility <= HARD)
    add(
      'tooHard',
      `Quá khó: đạt ${percent(facility)} số điểm.`,
      `Too hard: ${percent(facility)} of the marks.`,
    );
  if (discrimination !== null && discrimination < 0) {
    add(
      'negativeDiscrimination',
      'Người giỏi làm câu này kém hơn người yếu: xem lại đáp án.',
      'The better do worse here than the weaker: look at the key.',
    );
  } else if (discrimination !== null && discrimination < WEAK) {
    add(
      'weakDiscrimination',
      'Câu này hầu như không phân biệt người giỏi với người yếu.',
      'This question hardly tells the better from the weaker.',
    );
  }
  if (blanks / n > BLANK)
    add(
      'manyBlanks',
      `${percent((100 * blanks) / n)} bỏ trống.`,
      `${percent((100 * blanks) / n)} left it blank.`,
    );
  return flags;
}

function optionFlags(found: OptionStatistics, right: readonly number[]): Flag[] {
  const { option, share, correlation } = found;
  const letter = letterOf(option);
  if (right.includes(option)) {
    if (correlation === null || correlation >= 0) return [];
    return [
      {
        code: 'negativeKey',
        option,
        vi: `Đáp án ${letter} thu hút người yếu hơn người giỏi.`,
        en: `The key ${letter} attracts the weaker more than the better.`,
      },
    ];
  }
  if (correlation !== null && correlation > 0) {
    return [
      {
        code: 'attractiveDistractor',
        option,
        vi: `Phương án ${letter} thu hút người giỏi: có thể cũng đúng, hoặc đáp án sai.`,
        en: `Option ${letter} attracts the better: it may be right too, or the key is wrong.`,
      },
    ];
  }
  if (share >= RARE) return [];
  return [
    {
      code: 'rareDistractor',
      option,
      vi: `Phương án ${letter} gần như không ai chọn (${percent(100 * share)}).`,
      en: `Hardly anybody chooses option ${letter} (${percent(100 * share)}).`,
    },
  ];
}
