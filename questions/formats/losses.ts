/** What questions lose when they are written in a format, said beforehand. Formats share these words. */
import type { Question } from '../question.ts';
import type { Loss } from './format.ts';

type Words = Readonly<Record<string, readonly [vi: string, en: string]>>;

const WORDS = {
  omitted: [
    'Câu hỏi không được xuất: định dạng này không có dạng câu tương ứng.',
    'The question is left out: the format has no such kind.',
  ],
  kind: ['Câu hỏi đổi sang dạng gần nhất.', 'The question becomes one of the nearest kind.'],
  key: ['Mất đáp án hoặc một phần đáp án.', 'The key or a part of it is lost.'],
  scoring: ['Mất cách tính điểm từng phần.', 'The way of giving parts of the marks is lost.'],
  shape: ['Mất một số thiết lập của dạng câu.', 'Some settings of the kind are lost.'],
  unit: ['Mất đơn vị.', 'The unit is lost.'],
  rich: [
    'Định dạng chữ, bảng hoặc công thức bị mất hay thay đổi.',
    'Formatting, tables or formulas are lost or change.',
  ],
  media: ['Mất hình ảnh.', 'Pictures are lost.'],
  layout: ['Mất xuống dòng hoặc khoảng trắng.', 'Line breaks or spaces are lost.'],
  code: ['Mất mã câu hỏi.', 'The code is lost.'],
  explanation: ['Mất phần giải thích.', 'The explanation is lost.'],
  citation: ['Mất căn cứ.', 'The citation is lost.'],
  topic: ['Mất chủ đề.', 'The topic is lost.'],
  difficulty: ['Mất mức độ.', 'The difficulty is lost.'],
  tags: ['Mất thẻ.', 'Tags are lost.'],
  points: ['Mất số điểm của câu.', 'The points are lost.'],
} satisfies Words;

export type LossCode = keyof typeof WORDS;

/** Gathers losses, each kind of loss once a question. */
export class Losses {
  readonly #all: Loss[] = [];

  add(question: number, code: LossCode): void {
    if (this.#all.some((loss) => loss.question === question && loss.code === code)) return;
    const [vi, en] = WORDS[code];
    this.#all.push({ question, code, vi, en });
  }

  /** Declares the fields that a format has no place for, where the question has something in them. */
  addFields(question: number, of: Question, fields: readonly (keyof typeof hasField)[]): void {
    for (const field of fields) if (hasField[field](of)) this.add(question, field);
  }

  get all(): readonly Loss[] {
    return this.#all;
  }
}

/** Whether a question says anything there; a file that says nothing leaves the field open. */
const hasField = {
  code: (_: Question) => true,
  explanation: ({ explanation }: Question) => explanation !== '',
  citation: ({ citation }: Question) => citation !== null,
  topic: ({ topic }: Question) => topic !== '',
  difficulty: (_: Question) => true,
  tags: ({ tags }: Question) => tags.length > 0,
  points: ({ points }: Question) => points !== 100,
};
