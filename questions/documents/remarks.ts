/** What reading a document has to say: lines that are left out, and places to look at. */

import type { Saying } from '../formats/message.ts';
import { excerpt } from '../formats/texts.ts';

export interface Remark extends Saying {
  /** In the text, from 1. */
  readonly line: number;
  /** The beginning of the line. */
  readonly text: string;
  /** The line stands in no section; everything else is in one, maybe another than meant. */
  readonly isLeft: boolean;
}

/** Nobody reads more; how many there were is counted. */
const SHOWN_MOST = 300;

/** Gathers what is said while a document is read. */
export class Remarks {
  readonly shown: Remark[] = [];
  count = 0;

  left(line: number, text: string, saying: Saying): void {
    this.#add({ ...saying, line, text: excerpt(text), isLeft: true });
  }

  look(line: number, text: string, saying: Saying): void {
    this.#add({ ...saying, line, text: excerpt(text), isLeft: false });
  }

  #add(remark: Remark): void {
    this.count += 1;
    if (this.shown.length < SHOWN_MOST) this.shown.push(remark);
  }
}

export const readingSayings = {
  furniture: {
    code: 'furniture',
    vi: 'Số trang hoặc đường kẻ, không đưa vào văn bản.',
    en: 'A page number or a rule, left out.',
  },
  contents: {
    code: 'contents',
    vi: 'Dòng của mục lục, không đưa vào văn bản.',
    en: 'A line of the table of contents, left out.',
  },
  gap: (label: string, before: string): Saying => ({
    code: 'gap',
    vi: before === '' ? `Văn bản bắt đầu từ ${label}.` : `Sau ${before} là ${label}: có thể thiếu đoạn giữa.`,
    en:
      before === ''
        ? `The text begins with ${label}.`
        : `${label} follows ${before}: something may be missing.`,
  }),
  outOfOrder: (label: string): Saying => ({
    code: 'outOfOrder',
    vi: `“${label}” không đúng thứ tự nên được coi là nội dung, không phải đề mục.`,
    en: `“${label}” is out of order, so it is taken for text and not for a heading.`,
  }),
  duplicate: (label: string): Saying => ({
    code: 'duplicate',
    vi: `${label} xuất hiện lần thứ hai; địa chỉ của mục sau có thêm số.`,
    en: `${label} is there twice; the address of the second one gets a number.`,
  }),
  restart: {
    code: 'restart',
    vi: 'Điều 1 lại bắt đầu ở đây, nên phần này được coi là văn bản ban hành kèm theo.',
    en: 'Article 1 begins again here, so this is taken for what is issued with the document.',
  },
  quote: {
    code: 'quote',
    vi: 'Dấu ngoặc kép mở ở đây không có chỗ đóng.',
    en: 'The quotation mark that opens here is never closed.',
  },
  noSections: {
    code: 'noSections',
    vi: 'Không nhận ra đề mục nào (Chương, Điều, I., 1. …). Văn bản sẽ là một đoạn duy nhất.',
    en: 'No heading was recognised (chapter, article, I., 1. …). The document will be one piece.',
  },
} as const;
