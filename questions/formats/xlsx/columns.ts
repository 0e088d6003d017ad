/** The columns of our own workbook, in their order; what they are called is what the reader of tables recognises. */
import type { Question } from '../../question.ts';
import type { Field } from '../table-fields.ts';

export interface OwnColumn {
  readonly field: Exclude<Field, 'option' | 'data'>;
  readonly title: string;
  /** In characters. */
  readonly width: number;
  /** What stands in it; `bodyCells` gives kind, stem, key and unit. */
  readonly text?: (question: Question) => string;
}

export const LEVELS = ['Nhận biết', 'Thông hiểu', 'Vận dụng'] as const;

/** Before the options. */
export const LEADING: readonly OwnColumn[] = [
  { field: 'code', title: 'Mã câu hỏi', width: 10, text: ({ code }) => code },
  { field: 'kind', title: 'Dạng câu hỏi', width: 11 },
  { field: 'stem', title: 'Câu hỏi', width: 44 },
];

/** Behind the options. */
export const TRAILING: readonly OwnColumn[] = [
  { field: 'key', title: 'Đáp án', width: 13 },
  { field: 'unit', title: 'Đơn vị', width: 7 },
  { field: 'explanation', title: 'Giải thích', width: 28, text: ({ explanation }) => explanation },
  { field: 'topic', title: 'Chủ đề', width: 13, text: ({ topic }) => topic },
  { field: 'difficulty', title: 'Mức độ', width: 9, text: ({ difficulty }) => LEVELS[difficulty - 1] ?? '' },
  { field: 'points', title: 'Điểm', width: 6, text: ({ points }) => String(points / 100).replace('.', ',') },
  { field: 'tags', title: 'Thẻ', width: 9, text: ({ tags }) => tags.join(', ') },
  { field: 'citation', title: 'Căn cứ', width: 20, text: ({ citation }) => citation?.document ?? '' },
  { field: 'section', title: 'Điều, khoản', width: 10, text: ({ citation }) => citation?.section ?? '' },
  { field: 'source', title: 'Nguồn', width: 26, text: ({ citation }) => citation?.source ?? '' },
  { field: 'validity', title: 'Hiệu lực', width: 16, text: ({ citation }) => citation?.validity ?? '' },
  { field: 'image', title: 'Hình ảnh', width: 14 },
];

export const DATA_TITLE = 'Dữ liệu (không sửa)';
