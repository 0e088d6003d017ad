/** What the reader of GIFT has to say. */
import type { Saying } from '../message.ts';

export const giftSayings = {
  comment: {
    code: 'gift-comment',
    vi: 'Chú thích, không phải câu hỏi.',
    en: 'A comment, no question.',
  },
  category: (topic: string): Saying => ({
    code: 'gift-category',
    vi: `Chủ đề của các câu sau: ${topic}`,
    en: `Topic of the following questions: ${topic}`,
  }),
  fused: {
    code: 'gift-no-blank-line',
    vi: 'Giữa câu này và câu trước thiếu dòng trống; đã tách thành hai câu.',
    en: 'The blank line before this question is missing; it was separated from the one before.',
  },
  titleOpen: {
    code: 'gift-title-open',
    vi: 'Tên câu bắt đầu bằng "::" nhưng không có "::" kết thúc.',
    en: 'A title begins with "::" and is never ended by "::".',
  },
  braceOpen: {
    code: 'gift-brace-open',
    vi: 'Thiếu dấu "}" kết thúc phần đáp án.',
    en: 'The "}" that ends the answers is missing.',
  },
  braceStray: {
    code: 'gift-brace-stray',
    vi: 'Có dấu "}" thừa hoặc đứng trước "{"; nếu là nội dung, hãy viết "\\}".',
    en: 'There is a "}" without its "{"; when it is text, write "\\}".',
  },
  braceNested: {
    code: 'gift-brace-nested',
    vi: 'Có dấu "{" bên trong phần đáp án; nếu là nội dung, hãy viết "\\{" và "\\}".',
    en: 'There is a "{" inside the answers; when it is text, write "\\{" and "\\}".',
  },
  severalAnswers: {
    code: 'gift-several-answers',
    vi: 'Một câu có nhiều phần đáp án {…}; GIFT chỉ cho phép một.',
    en: 'There are several answer sections {…}; GIFT allows one.',
  },
  textBeforeAnswers: (text: string): Saying => ({
    code: 'gift-text-before-answers',
    vi: `Phần chữ "${text}" đứng trước đáp án đầu tiên và không thuộc đáp án nào.`,
    en: `The text "${text}" stands before the first answer and belongs to none.`,
  }),
  noEquals: {
    code: 'gift-no-equals',
    vi: 'Đáp án không có dấu "=" ở trước; được hiểu là câu trả lời đúng.',
    en: 'The answer has no "=" before it; it was taken as the right one.',
  },
  pairBroken: (text: string): Saying => ({
    code: 'gift-pair-broken',
    vi: `Cặp ghép "${text}" thiếu dấu "->".`,
    en: `The pair "${text}" has no "->".`,
  }),
  orderingSubset: {
    code: 'gift-ordering-subset',
    vi: 'Tệp chỉ lấy một số mục để xếp thứ tự; ở đây mọi mục đều được hỏi.',
    en: 'The file asks for some of the items only; here all of them are asked.',
  },
  orderingScoring: {
    code: 'gift-ordering-scoring',
    vi: 'Cách tính điểm xếp thứ tự được đổi sang: đúng hết mới có điểm.',
    en: 'The scoring of this ordering became: all right or nothing.',
  },
} as const;
