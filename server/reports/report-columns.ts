/** The columns of a report, once for every file and for the page that explains them. */
import { changeOf, type Line } from './report-rules.ts';

export interface ReportColumn {
  readonly title: string;
  /** What it says exactly; stands in the workbook's last sheet. */
  readonly about: string;
  /** Characters in a workbook; share of the width in print. */
  readonly width: number;
  readonly printed: number;
  /** Number format of Excel. */
  readonly format: string | null;
  readonly value: (line: Line) => string | number | null;
}

const WHOLE = '#,##0';
const SHARE = '0.0%';
const MARKS = '0.00';
const CHANGE = '+#,##0;-#,##0;0';

export const reportColumns: readonly ReportColumn[] = [
  {
    title: 'Mã',
    about: 'Mã của đơn vị, như trong danh sách đơn vị.',
    width: 12,
    printed: 0,
    format: null,
    value: ({ unit }) => unit?.unit.code ?? null,
  },
  {
    title: 'Đơn vị',
    about: 'Mọi đơn vị tồn tại trong kỳ, kể cả đơn vị chưa có ai dự thi; thụt vào theo cây đơn vị.',
    width: 46,
    printed: 30,
    format: null,
    value: ({ name }) => name,
  },
  {
    title: 'Khối',
    about: 'Khối của đơn vị, hoặc của cấp trên gần nhất có khối.',
    width: 18,
    printed: 0,
    format: null,
    value: ({ block }) => block,
  },
  {
    title: 'Số người dự thi',
    about:
      'Số người có ít nhất một lượt thi nộp trong kỳ và còn được tính, cho đơn vị và các đơn vị bên dưới; mỗi người tính một lần, nên cấp trên có thể nhỏ hơn tổng các đơn vị bên dưới.',
    width: 12,
    printed: 9,
    format: WHOLE,
    value: ({ people }) => people,
  },
  {
    title: 'Số lượt thi',
    about: 'Số lượt thi nộp trong kỳ và còn được tính, cho đơn vị và các đơn vị bên dưới.',
    width: 12,
    printed: 9,
    format: WHOLE,
    value: ({ attempts }) => attempts,
  },
  {
    title: 'Số thành viên',
    about: 'Số thành viên của đơn vị; nếu không khai thì là tổng của các đơn vị bên dưới có khai.',
    width: 12,
    printed: 9,
    format: WHOLE,
    value: ({ headcount }) => headcount,
  },
  {
    title: 'Tỷ lệ dự thi',
    about: 'Số người dự thi chia cho số thành viên.',
    width: 11,
    printed: 9,
    format: SHARE,
    value: ({ rate }) => rate,
  },
  {
    title: 'Điểm trung bình',
    about: 'Trung bình điểm của mọi lượt thi được đếm.',
    width: 11,
    printed: 9,
    format: MARKS,
    value: ({ average }) => (average === null ? null : Math.round(average) / 100),
  },
  {
    title: 'Tỷ lệ bài đúng hết',
    about: 'Số lượt thi đúng mọi câu chia cho số lượt thi.',
    width: 11,
    printed: 9,
    format: SHARE,
    value: ({ fullShare }) => fullShare,
  },
  {
    title: 'Người dự thi kỳ trước',
    about: 'Số người dự thi của kỳ liền trước dài bằng kỳ này; với báo cáo theo vòng là vòng trước.',
    width: 12,
    printed: 0,
    format: WHOLE,
    value: ({ before }) => before?.people ?? null,
  },
  {
    title: 'Thay đổi số người',
    about: 'Số người dự thi kỳ này trừ kỳ trước.',
    width: 11,
    printed: 9,
    format: CHANGE,
    value: changeOf,
  },
];

const decimals = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 2 });
const percents = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 });

/** A cell as print shows it. */
export function printed(column: ReportColumn, line: Line): string {
  const value = column.value(line);
  if (value === null) return '–';
  if (typeof value === 'string') return value;
  if (column.format === SHARE) return `${percents.format(100 * value)}%`;
  return column.format === CHANGE && value > 0 ? `+${decimals.format(value)}` : decimals.format(value);
}

/** 12,5 of 0.125. */
export const percentText = (share: number): string => `${percents.format(100 * share)}%`;
