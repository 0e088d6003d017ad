/** What is said about questions of learning platforms, whatever they are written in. */
import type { Saying } from '../message.ts';

export const lmsSayings = {
  matchingIsStatements: {
    code: 'matching-is-statements',
    vi: 'Câu ghép với "Đúng" hoặc "Sai" được nhập thành câu gồm nhiều nhận định.',
    en: 'Matching with "true" or "false" was taken as a question of statements.',
  },
  numberUnreadable: (text: string): Saying => ({
    code: 'number-unreadable',
    vi: `Không đọc được số "${text}".`,
    en: `"${text}" is no number.`,
  }),
  weightUnreadable: (text: string): Saying => ({
    code: 'weight-unreadable',
    vi: `Tỉ lệ điểm "${text}" không đọc được.`,
    en: `The weight "${text}" could not be read.`,
  }),
  formatUnknown: (name: string): Saying => ({
    code: 'text-format-unknown',
    vi: `Không có kiểu văn bản "${name}"; nội dung được đọc như văn bản thường.`,
    en: `There is no kind of text "${name}"; it was read as plain text.`,
  }),
} as const;
