/** What the reader of Aiken has to say. */
import type { Saying } from '../message.ts';

export const aikenSayings = {
  answerAlone: {
    code: 'aiken-answer-alone',
    vi: 'Dòng đáp án không đi với câu hỏi nào.',
    en: 'This answer line belongs to no question.',
  },
  answerUnknown: (letter: string): Saying => ({
    code: 'aiken-answer-unknown',
    vi: `Dòng đáp án nêu "${letter}", không phải là một phương án.`,
    en: `The answer line names "${letter}", which is no option.`,
  }),
  noOptions: {
    code: 'aiken-no-options',
    vi: 'Đoạn này không có phương án nào.',
    en: 'This passage has no options.',
  },
  lettersOutOfOrder: (letter: string): Saying => ({
    code: 'aiken-letters',
    vi: `Phương án ${letter} không theo thứ tự A, B, C…`,
    en: `Option ${letter} is out of the order A, B, C…`,
  }),
  stemGap: {
    code: 'aiken-stem-gap',
    vi: 'Nội dung câu hỏi có dòng trống: có thể là hai đoạn khác nhau.',
    en: 'There is a blank line in the question: these may be two passages.',
  },
  optionContinued: {
    code: 'aiken-option-continued',
    vi: 'Phương án dài nhiều dòng; các dòng đã được nối lại.',
    en: 'An option goes over several lines; they were joined.',
  },
} as const;
