/** A report as it is printed: PDF and DOCX of one document, A4 lying down. */
import { formatDay, placeAndDate } from '../contests/time-rules.ts';
import type { Block, Column, PrintDocument, Table } from '../print/document.ts';
import { periodText } from './period-rules.ts';
import { percentText, printed, reportColumns } from './report-columns.ts';
import { type Line, type LineOrder, largestOf, linesIn, type Report } from './report-rules.ts';

const LARGEST = 10;
const DAY_MS = 86_400_000;
const AHEAD_MS = 7 * 3_600_000;
/** Days that still read as a chart. */
const DAYS = 31;
/** Where it is signed is written in by hand: a report knows no place. */
const PLACE = '…………';

/** Of a level, in front of a name: print has no indents in tables. */
const STEP = '\u2003';

const shown = reportColumns.filter(({ printed: width }) => width > 0);
const numbers = new Intl.NumberFormat('vi-VN');

export function printOf(report: Report, order: LineOrder): PrintDocument {
  const { contest, period, root, total, units, at } = report;
  const subtitle = [contest.title, period.round?.title, root?.unit.name].filter((part) => part !== undefined);
  const silent = units.filter(({ people }) => people === 0).length;
  return {
    title: `Báo cáo tham gia – ${contest.title}`,
    landscape: true,
    blocks: [
      {
        kind: 'letterhead',
        issuer: ['BAN TỔ CHỨC', 'CUỘC THI'],
        number: null,
        placeAndDate: placeAndDate(PLACE, at),
      },
      { kind: 'title', text: 'BÁO CÁO THAM GIA THEO ĐƠN VỊ', subtitle: subtitle.join(' – ') },
      { kind: 'text', text: `Kỳ báo cáo: ${periodText(period)}.`, align: 'center' },
      { kind: 'text', text: summaryOf(total, units.length, silent) },
      ...chartsOf(report),
      { kind: 'heading', text: 'Theo đơn vị' },
      tableOf([...linesIn(report, order), total], order),
      ...(report.blocks.length === 0
        ? []
        : ([{ kind: 'heading', text: 'Theo khối' }, tableOf(report.blocks, order)] satisfies Block[])),
      {
        kind: 'text',
        text: 'Mỗi người được tính một lần ở mỗi đơn vị và mỗi cấp trên; điểm trung bình và tỷ lệ bài đúng hết tính trên mọi lượt thi nộp trong kỳ còn được tính.',
        italic: true,
      },
      { kind: 'signatures', people: [{ role: 'NGƯỜI LẬP BÁO CÁO' }, { role: 'TM. BAN TỔ CHỨC' }] },
    ],
  };
}

function summaryOf(total: Line, units: number, silent: number): string {
  const parts = [
    `${numbers.format(total.people)} người dự thi với ${numbers.format(total.attempts)} lượt thi`,
    ...(total.rate === null ? [] : [`đạt ${percentText(total.rate)} số thành viên`]),
    ...(total.before === null ? [] : [comparedWith(total.people, total.before.people)]),
  ];
  return `${parts.join(', ')}. ${numbers.format(units - silent)} trên ${numbers.format(units)} đơn vị có người dự thi.`;
}

function comparedWith(now: number, before: number): string {
  if (now === before) return 'bằng kỳ trước';
  const word = now > before ? 'tăng' : 'giảm';
  return `${word} ${numbers.format(Math.abs(now - before))} người so với kỳ trước`;
}

function chartsOf(report: Report): Block[] {
  const largest = largestOf(report, LARGEST);
  const days = report.days.slice(-DAYS);
  return [
    ...(largest.length < 2
      ? []
      : ([
          { kind: 'heading', text: 'Đơn vị có nhiều người dự thi nhất' },
          {
            kind: 'bars',
            bars: largest.map(({ name, people, rate }) => ({
              label: name,
              value: people,
              shown:
                rate === null ? numbers.format(people) : `${numbers.format(people)} (${percentText(rate)})`,
            })),
          },
        ] satisfies Block[])),
    ...(days.length < 2
      ? []
      : ([
          { kind: 'heading', text: 'Lượt thi theo ngày' },
          {
            kind: 'bars',
            bars: days.map(({ day, attempts }) => ({
              label: formatDay(day * DAY_MS - AHEAD_MS),
              value: attempts,
              shown: numbers.format(attempts),
            })),
          },
        ] satisfies Block[])),
  ];
}

function tableOf(lines: readonly Line[], { sort }: LineOrder): Table {
  const steps = sort === 'tree' || sort === 'block';
  const columns: Column[] = [
    { title: 'TT', width: 5, align: 'center' },
    ...shown.map(
      ({ title, printed: width }, i): Column => ({ title, width, align: i === 0 ? 'left' : 'right' }),
    ),
  ];
  let number = 0;
  const boldRows: number[] = [];
  const rows = lines.map((line, row) => {
    if (line.kind !== 'unit' || line.hasBelow) boldRows.push(row);
    const [name = '', ...rest] = shown.map((column) => printed(column, line));
    const step = steps && line.kind === 'unit' ? STEP.repeat(line.level) : '';
    return [line.kind === 'unit' ? String(++number) : '', step + name, ...rest];
  });
  return { kind: 'table', columns, rows, boldRows };
}
