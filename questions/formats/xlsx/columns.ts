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
  { field: 'code', title: 'Mã câu hỏi', width: 14, text: ({ code }) => code },
  { field: 'kind', title: 'Dạng câu hỏi', width: 18 },
  { field: 'stem', title: 'Câu hỏi', width: 60 },
];

/** Behind the options. */
export const TRAILING: readonly OwnColumn[] = [
  { field: 'key', title: 'Đáp án', width: 16 },
  { field: 'unit', title: 'Đơn vị', width: 10 },
  { field: 'explanation', title: 'Giải thích', width: 40, text: ({ explanation }) => explanation },
  { field: 'topic', title: 'Chủ đề', width: 22, text: ({ topic }) => topic },
  { field: 'difficulty', title: 'Mức độ', width: 14, text: ({ difficulty }) => LEVELS[difficulty - 1] ?? '' },
  { field: 'points', title: 'Điểm', width: 8, text: ({ points }) => String(points / 100).replace('.', ',') },
  { field: 'tags', title: 'Thẻ', width: 18, text: ({ tags }) => tags.join(', ') },
  { field: 'citation', title: 'Căn cứ', width: 36, text: ({ citation }) => citation?.document ?? '' },
  { field: 'section', title: 'Điều, khoản', width: 18, text: ({ citation }) => citation?.section ?? '' },
  { field: 'source', title: 'Nguồn', width: 24, text: ({ citation }) => citation?.source ?? '' },
  { field: 'validity', title: 'Hiệu lực', width: 16, text: ({ citation }) => citation?.validity ?? '' },
  { field: 'image', title: 'Hình ảnh', width: 14 },
];

export const DATA_TITLE = 'Dữ liệu (không sửa)';
