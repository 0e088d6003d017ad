/** The notice of results as an office prints it: letterhead, what it rests on, tables of winners, how lots were drawn, who signs. Pure. */

import { placeAndDate } from '../contests/time-rules.ts';
import type { Notice, PrizePlan, WinnerLine, WinnerList } from '../contracts/prizes.ts';
import type { Block, Column, PrintDocument, Table } from '../print/document.ts';
import { momentOf } from './word-rules.ts';

/** What a notice is made of. `list` with names as they may be published. */
export interface NoticeFacts {
  readonly contest: string;
  /** Null: of the whole contest. */
  readonly round: string | null;
  readonly standing: 'provisional' | 'official' | 'amended';
  readonly list: Pick<WinnerList, 'prizes' | 'lines' | 'lots' | 'unfilled'>;
  readonly plan: PrizePlan;
  /** When it is printed, unless the notice bears another day. */
  readonly now: number;
  /** Where the winners are shown. */
  readonly address: string;
}

const STANDING = {
  provisional: '(Kết quả tạm thời)',
  official: '(Kết quả chính thức)',
  amended: '(Kết quả chính thức, đã điều chỉnh)',
} as const;

export function noticeOf(facts: NoticeFacts): PrintDocument {
  const { contest, round, standing, list, plan, now } = facts;
  const { notice } = plan;
  const of = round === null ? `Kết quả ${contest}` : `Kết quả ${round} – ${contest}`;
  return {
    title: `Thông báo kết quả – ${round ?? contest}`,
    blocks: [
      letterhead(notice, now),
      { kind: 'title', text: 'THÔNG BÁO', subtitle: `${of}\n${STANDING[standing]}` },
      ...paragraphs(notice.intro === '' ? introOf(facts) : notice.intro),
      ...tables(list, plan),
      ...lots(facts),
      ...paragraphs(notice.closing),
      {
        kind: 'signatures',
        recipients: linesOf(notice.recipients),
        people: [
          // Without recipients their side stays free, so that who signs stands on the right.
          ...(linesOf(notice.recipients).length > 0 ? [] : [{ role: '' }]),
          { role: notice.signRole, note: '(Ký tên, đóng dấu)', name: notice.signName },
        ],
      },
    ],
  };
}

function letterhead({ superior, issuer, number, place, date }: Notice, now: number): Block {
  return {
    kind: 'letterhead',
    issuer: superior === '' ? [issuer] : [superior, issuer],
    number: `Số: ${number}`,
    placeAndDate: placeAndDate(place, date ?? now),
  };
}

function paragraphs(text: string): Block[] {
  return linesOf(text).map((line) => ({ kind: 'text', text: line, indented: true }));
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

function introOf({ contest, round, list }: NoticeFacts): string {
  const what = round === null ? `cuộc thi “${contest}”` : `${round} của cuộc thi “${contest}”`;
  const several = list.lines.length === 0 ? 'không có giải nào được trao' : 'danh sách đoạt giải như sau';
  return `Căn cứ Thể lệ cuộc thi và kết quả thi đã được kiểm tra, Ban Tổ chức thông báo kết quả ${what}, ${several}:`;
}

function tables({ lines, prizes }: NoticeFacts['list'], plan: PrizePlan): Block[] {
  const forUnits = new Set(plan.prizes.filter(({ to }) => to === 'units').map(({ id }) => id));
  const people = lines.filter(({ prize }) => !forUnits.has(prize));
  const units = lines.filter(({ prize }) => forUnits.has(prize));
  const parts: Block[] = [];
  const heading = (text: string): void => {
    const numeral = parts.some(({ kind }) => kind === 'heading') ? 'II' : 'I';
    parts.push({ kind: 'heading', text: `${numeral}. ${text}` });
  };
  if (people.length > 0) {
    heading('GIẢI CÁ NHÂN');
    parts.push(table(people, prizes, PEOPLE));
  }
  if (units.length > 0) {
    heading('GIẢI TẬP THỂ');
    parts.push(table(units, prizes, UNITS));
  }
  return parts;
}

const NUMBER: Column = { title: 'STT', width: 1, align: 'center' };
const RESULT: Column = { title: 'Kết quả', width: 3.4 };
const PRIZE: Column = { title: 'Giải thưởng', width: 3 };
const PEOPLE: readonly Column[] = [
  NUMBER,
  { title: 'Họ và tên', width: 3.4 },
  { title: 'Đơn vị', width: 3.6 },
  RESULT,
  PRIZE,
];
const UNITS: readonly Column[] = [NUMBER, { title: 'Đơn vị', width: 7 }, RESULT, PRIZE];

/** In the order of the prizes; what a prize brings stands below its name. */
function table(
  lines: readonly WinnerLine[],
  prizes: NoticeFacts['list']['prizes'],
  columns: readonly Column[],
): Table {
  const rows = prizes.flatMap(({ id, title, value }) =>
    lines
      .filter(({ prize }) => prize === id)
      .map(({ name, unit, figures }) => [
        name,
        ...(columns === PEOPLE ? [unit ?? ''] : []),
        figures.vi,
        value === '' ? title : `${title}\n${value}`,
      ]),
  );
  return { kind: 'table', columns, rows: rows.map((cells, i) => [String(i + 1), ...cells]) };
}

function lots({ list, address }: NoticeFacts): Block[] {
  const { lots: drawn } = list;
  if (drawn === null || !drawn.used) return [];
  const text = [
    `Bốc thăm: mã cam kết ${drawn.commitment} được ấn định lúc ${momentOf(drawn.committedAt)}, trước khi có kết quả;`,
    drawn.seed === null ? 'hạt giống được công bố cùng danh sách đoạt giải' : `hạt giống ${drawn.seed}`,
    drawn.extra === '' ? '' : `, phần bổ sung “${drawn.extra}”`,
    `. Mọi người có thể bốc lại theo hướng dẫn tại ${address}.`,
  ];
  return [{ kind: 'text', text: text.join(' ').replace(/ ([,.])/g, '$1'), italic: true, align: 'left' }];
}
