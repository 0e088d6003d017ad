/** What the reader of Moodle XML has to say. */
import type { Saying } from '../message.ts';

export const moodleSayings = {
  category: (topic: string): Saying => ({
    code: 'moodle-category',
    vi: `Chủ đề của các câu sau: ${topic}`,
    en: `Topic of the following questions: ${topic}`,
  }),
  notMoodle: (root: string): Saying => ({
    code: 'moodle-no-quiz',
    vi: `Tệp XML này không phải của Moodle: gốc là <${root}>, không phải <quiz>.`,
    en: `This XML is not Moodle's: its root is <${root}>, not <quiz>.`,
  }),
  broken: (reason: string, line: number, column: number): Saying => ({
    code: 'xml-broken',
    vi: `XML hỏng ở dòng ${line}, cột ${column}: ${reason} Các câu sau chỗ hỏng có thể thiếu.`,
    en: `Broken XML at line ${line}, column ${column}: ${reason} Questions behind it may be missing.`,
  }),
  entity: {
    code: 'xml-entity',
    vi: 'Tệp dùng ký hiệu thay thế không có trong XML; chúng được giữ nguyên và không được thay.',
    en: 'The file uses entities that XML does not know; they were left as they are and not resolved.',
  },
  elementUnknown: (name: string): Saying => ({
    code: 'moodle-element-unknown',
    vi: `Bỏ qua phần <${name}>, không phải câu hỏi.`,
    en: `<${name}> is no question and was left out.`,
  }),
  fractionUnreadable: (text: string): Saying => ({
    code: 'moodle-fraction',
    vi: `Tỉ lệ điểm "${text}" của một phương án không đọc được.`,
    en: `The fraction "${text}" of an answer could not be read.`,
  }),
  unitsLost: (units: string): Saying => ({
    code: 'moodle-units',
    vi: `Chỉ giữ đơn vị đầu tiên; bỏ: ${units}.`,
    en: `Only the first unit is kept; left out: ${units}.`,
  }),
  combinedFeedback: {
    code: 'moodle-combined-feedback',
    vi: 'Phản hồi chung cho đúng, sai và đúng một phần không được giữ.',
    en: 'The common feedback for right, wrong and partly right was not kept.',
  },
  hints: {
    code: 'moodle-hints',
    vi: 'Gợi ý cho các lần thử không được giữ.',
    en: 'Hints for further tries were not kept.',
  },
  template: {
    code: 'moodle-response-template',
    vi: 'Mẫu trả lời của câu tự luận không được giữ.',
    en: 'The response template of the essay was not kept.',
  },
  noGaps: {
    code: 'moodle-no-gaps',
    vi: 'Câu điền khuyết không có chỗ trống nào.',
    en: 'The cloze has no gap.',
  },
  gapBroken: (code: string): Saying => ({
    code: 'moodle-gap-broken',
    vi: `Không hiểu được chỗ trống ${code}.`,
    en: `The gap ${code} could not be understood.`,
  }),
  subset: {
    code: 'moodle-ordering-subset',
    vi: 'Tệp chỉ lấy một số mục để xếp thứ tự; ở đây mọi mục đều được hỏi.',
    en: 'The file asks for some of the items only; here all of them are asked.',
  },
  orderingScoring: {
    code: 'moodle-ordering-scoring',
    vi: 'Cách tính điểm xếp thứ tự được đổi sang: đúng hết mới có điểm.',
    en: 'The scoring of this ordering became: all right or nothing.',
  },
  statementsScoring: {
    code: 'moodle-statements-scoring',
    vi: 'Cách tính điểm của câu nhiều nhận định được đổi sang: mỗi ý đúng một phần điểm bằng nhau.',
    en: 'The scoring of these statements became: an equal share for each right one.',
  },
  statementsColumns: {
    code: 'moodle-statements-columns',
    vi: 'Câu có hơn hai cột trả lời; chỉ nhận đúng và sai.',
    en: 'The question has more than two columns; only true and false are taken.',
  },
  hidden: {
    code: 'moodle-hidden',
    vi: 'Câu này đang bị ẩn trong Moodle.',
    en: 'This question is hidden in Moodle.',
  },
} as const;
