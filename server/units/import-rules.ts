/**
 * A table of units as organisers keep it → what to make and what to change, or every mistake at its row. Pure; long tables are
 * planned with a breath between: others go on meanwhile.
 */
import { cleanText } from '../../questions/vietnamese.ts';
import type { UnitsImportProblem, UnitsImportRow } from '../contracts/units.ts';
import { Breath } from '../platform/breath.ts';
import { type Column, findHeader, type Header, readDay } from './import-columns.ts';
import { loopsOf } from './loop-rules.ts';
import { loopText } from './loop-text.ts';
import { placesPutRight } from './putting-right.ts';
import type { UnitPlace } from './time-rules.ts';
import { codeKey, type Unit, type UnitIndex } from './unit-index.ts';

const LIMITS = { code: 60, name: 200, block: 120, headcount: 10_000_000 };

/** Undefined: the file has no such column, so nothing is said about it. */
interface FileUnit {
  readonly row: number;
  readonly code: string;
  readonly name: string;
  readonly parentCode: string | null | undefined;
  readonly block: string | null | undefined;
  readonly headcount: number | null | undefined;
  readonly validFrom: number | null | undefined;
  readonly validUntil: number | null | undefined;
  readonly successorCode: string | null | undefined;
  readonly counts: readonly DatedCount[];
}

/** Members from a moment on. */
export interface DatedCount {
  readonly fromAt: number;
  readonly headcount: number;
}

/** A row and the unit that it is about; null when it is to be made. */
export interface PlannedUnit {
  readonly row: UnitsImportRow;
  readonly existing: Unit | null;
  /** Whether it gets another parent than it has. */
  readonly moves: boolean;
  /** What the file says of its dates; what is left out stays. `successorCode` null: none. */
  readonly dates: {
    readonly validFrom?: number | null;
    readonly validUntil?: number | null;
    readonly successorCode?: string | null;
  };
  readonly counts: readonly DatedCount[];
}

export interface ImportPlan {
  readonly planned: readonly PlannedUnit[];
  readonly errors: readonly UnitsImportProblem[];
  /** What was understood of the columns: their titles, and those that mean nothing to us. */
  readonly understood: readonly string[];
  readonly ignored: readonly string[];
}

export async function planImport(
  rows: readonly (readonly string[])[],
  index: UnitIndex,
  now: number,
): Promise<ImportPlan> {
  const header = findHeader(rows);
  if (header === null) return { planned: [], errors: [noHeader], understood: [], ignored: [] };
  const errors: UnitsImportProblem[] = [];
  const report: Report = (row, column, vi, en) => {
    errors.push({ row, column: titleOf(header, column), vi, en });
  };
  const breath = new Breath();
  const found: FileUnit[] = [];
  for (let at = header.row; at < rows.length; at++) {
    if (breath.isDue) await breath.take();
    found.push(...readRow(rows[at] ?? [], at + 1, header, report));
  }
  if (found.length === 0 && errors.length === 0)
    report(0, null, 'Tệp không có đơn vị nào.', 'The file has no units.');
  const checking = { byCode: uniqueCodes(found, report), index, now, report };
  const planned: PlannedUnit[] = [];
  for (const unit of found) {
    if (breath.isDue) await breath.take();
    checkParent(unit, checking);
    checkSuccessor(unit, checking);
    planned.push(plan(unit, index, now));
  }
  await checkLoops(found, checking);
  return {
    planned,
    errors: errors.sort((a, b) => a.row - b.row),
    understood: [...header.titles.values(), ...header.counts.map(({ title }) => title)],
    ignored: header.ignored,
  };
}

/** What a row is checked against. */
interface Checking {
  readonly byCode: ReadonlyMap<string, FileUnit>;
  readonly index: UnitIndex;
  readonly now: number;
  readonly report: Report;
}

function titleOf({ titles }: Header, column: string | null): string {
  const known = [...titles].find(([one]) => one === column);
  return known?.[1] ?? column ?? '';
}

/** `column`: ours, or the title of one that only the file has. */
type Report = (row: number, column: Column | string | null, vi: string, en: string) => void;

const noHeader: UnitsImportProblem = {
  row: 0,
  column: '',
  vi: 'Không tìm thấy dòng tiêu đề có cột "Mã đơn vị" và "Tên đơn vị".',
  en: 'There is no header row with the columns "Code" and "Name".',
};

function readRow(cells: readonly string[], row: number, header: Header, report: Report): FileUnit[] {
  const text = (column: Column): string | undefined => {
    const place = header.columns.get(column);
    return place === undefined ? undefined : cleanText(cells[place] ?? '');
  };
  if (cells.every((cell) => cleanText(cell) === '')) return [];
  const [code = '', name = ''] = [text('code'), text('name')];
  const rest = { parentCode: text('parentCode'), block: text('block'), headcount: text('headcount') };
  if (code === '' && name === '' && !Object.values(rest).some(Boolean)) return [];
  if (code === '') report(row, 'code', 'Thiếu mã đơn vị.', 'The code is missing.');
  if (name === '') report(row, 'name', 'Thiếu tên đơn vị.', 'The name is missing.');
  checkLength(row, 'code', code, LIMITS.code, report);
  checkLength(row, 'name', name, LIMITS.name, report);
  checkLength(row, 'block', rest.block ?? '', LIMITS.block, report);
  const headcount = rest.headcount === undefined ? undefined : readHeadcount(row, rest.headcount, report);
  const dated = { ...readDates(row, text, report), counts: readCounts(cells, row, header, report) };
  if (code === '' || name === '') return [];
  return [
    { row, code, name, parentCode: orNull(rest.parentCode), block: orNull(rest.block), headcount, ...dated },
  ];
}

type Texts = (column: Column) => string | undefined;
type FileDates = Pick<FileUnit, 'validFrom' | 'validUntil' | 'successorCode'>;
const DAY_MS = 86_400_000;

/** "đến ngày" is a unit's last day, so that it ends with the next one. */
function readDates(row: number, text: Texts, report: Report): FileDates {
  const read = (column: Column): number | null | undefined => {
    const typed = text(column);
    if (typed === undefined || typed === '') return typed === '' ? null : undefined;
    const day = readDay(typed);
    if (day === null) report(row, column, `"${typed}" không phải là ngày.`, `"${typed}" is not a day.`);
    return day;
  };
  const lastDay = read('until');
  const dates = {
    validFrom: read('from'),
    validUntil: typeof lastDay === 'number' ? lastDay + DAY_MS : lastDay,
    successorCode: orNull(text('successor')),
  };
  const { validFrom, validUntil } = dates;
  if (typeof validFrom === 'number' && typeof validUntil === 'number' && validUntil <= validFrom)
    report(row, 'until', 'Ngày kết thúc trước ngày bắt đầu.', 'It ends before it begins.');
  return dates;
}

/** An empty cell under a day says nothing about that day. */
function readCounts(cells: readonly string[], row: number, header: Header, report: Report): DatedCount[] {
  return header.counts.flatMap(({ place, title, fromAt }) => {
    const typed = cleanText(cells[place] ?? '');
    const at: Report = (line, _column, vi, en) => report(line, title, vi, en);
    const headcount = readHeadcount(row, typed, at);
    return headcount === null ? [] : [{ fromAt, headcount }];
  });
}

/** An empty cell says "none"; a missing column says nothing. */
const orNull = (text: string | undefined): string | null | undefined => (text === '' ? null : text);

function checkLength(row: number, column: Column, text: string, limit: number, report: Report): void {
  if (text.length > limit) report(row, column, `Dài quá ${limit} ký tự.`, `Longer than ${limit} characters.`);
}

/** "1.070", "1,070", "1 070" and "1070" are the same. */
function readHeadcount(row: number, text: string, report: Report): number | null {
  if (text === '') return null;
  const count = /^\d{1,3}([., ]\d{3})*$|^\d+$/.test(text) ? Number(text.replace(/\D/g, '')) : Number.NaN;
  if (count <= LIMITS.headcount) return count;
  report(row, 'headcount', `"${text}" không phải là số người.`, `"${text}" is not a number of people.`);
  return null;
}

function uniqueCodes(found: readonly FileUnit[], report: Report): ReadonlyMap<string, FileUnit> {
  const byCode = new Map<string, FileUnit>();
  for (const unit of found) {
    const earlier = byCode.get(codeKey(unit.code));
    if (earlier === undefined) byCode.set(codeKey(unit.code), unit);
    else {
      report(
        unit.row,
        'code',
        `Mã "${unit.code}" đã có ở dòng ${earlier.row}.`,
        `The code "${unit.code}" stands in row ${earlier.row} already.`,
      );
    }
  }
  return byCode;
}

function checkParent({ row, parentCode }: FileUnit, { byCode, index, report }: Checking): void {
  if (typeof parentCode !== 'string') return;
  if (byCode.has(codeKey(parentCode)) || index.byCode(parentCode) !== undefined) return;
  report(
    row,
    'parentCode',
    `Không có đơn vị cấp trên mang mã "${parentCode}".`,
    `There is no unit with the code "${parentCode}".`,
  );
}

function checkSuccessor(
  { row, code, successorCode, validUntil }: FileUnit,
  { byCode, index, report }: Checking,
): void {
  if (typeof successorCode !== 'string') return;
  const key = codeKey(successorCode);
  if (key === codeKey(code))
    report(row, 'successor', 'Đơn vị không kế thừa chính nó.', 'A unit cannot follow itself.');
  else if (!byCode.has(key) && index.byCode(successorCode) === undefined)
    report(
      row,
      'successor',
      `Không có đơn vị mang mã "${successorCode}".`,
      `There is no unit with the code "${successorCode}".`,
    );
  const ends = validUntil ?? index.byCode(code)?.validUntil ?? null;
  if (ends === null)
    report(
      row,
      'successor',
      'Đơn vị có đơn vị kế thừa thì phải có ngày kết thúc.',
      'A unit with a successor needs a last day.',
    );
}

/** Units of the file that would come to stand below themselves: through the file, through what exists, or through what is planned. */
async function checkLoops(
  found: readonly FileUnit[],
  { byCode, index, now, report }: Checking,
): Promise<void> {
  const breath = new Breath();
  // What is to be made has no id yet: its row, counted below zero.
  const idOf = (code: string): number | null => {
    const inFile = byCode.get(codeKey(code));
    return index.byCode(code)?.id ?? (inFile === undefined ? null : -inFile.row);
  };
  const rows = new Map<number, number>();
  const places = new Map<number, readonly UnitPlace[]>();
  for (const unit of found) {
    if (breath.isDue) await breath.take();
    const existing = index.byCode(unit.code) ?? null;
    const parentId = typeof unit.parentCode === 'string' ? idOf(unit.parentCode) : null;
    const id = existing?.id ?? -unit.row;
    rows.set(id, unit.row);
    if (existing === null) places.set(id, [{ until: Number.POSITIVE_INFINITY, parentId }]);
    else if (isMoved(unit, existing, index))
      places.set(id, placesPutRight(existing, index.times, parentId, now));
    else places.set(id, index.times.placesOf(id));
  }
  for (const loop of await loopsOf(index.times, places, now)) {
    const { vi, en } = loop.at === now ? BELOW_ITSELF : loopText(loop, index.times);
    report(rows.get(loop.unitId) ?? 0, 'parentCode', vi, en);
  }
}

const BELOW_ITSELF = { vi: 'Đơn vị nằm bên dưới chính nó.', en: 'The unit stands below itself.' };

/** An empty cell takes a unit to the top, unless its parent has no code to be named by: then it stays. */
function isMoved({ parentCode }: FileUnit, existing: Unit, index: UnitIndex): boolean {
  const parent = existing.parentId === null ? undefined : index.byId(existing.parentId);
  return parentCode !== undefined && codeKey(parentCode ?? '') !== codeKey(parent?.code ?? '');
}

function plan(unit: FileUnit, index: UnitIndex, now: number): PlannedUnit {
  const existing = index.byCode(unit.code) ?? null;
  const parent = existing === null || existing.parentId === null ? undefined : index.byId(existing.parentId);
  const parentCode = unit.parentCode === undefined ? (parent?.code ?? null) : unit.parentCode;
  // Members by day say how many there are today, too; what stands under "members" counts where they do not.
  const isCounted = existing !== null && unit.counts.some(({ fromAt }) => fromAt <= now);
  const row = {
    row: unit.row,
    code: unit.code,
    name: unit.name,
    parentCode,
    block: unit.block === undefined ? (existing?.block ?? null) : unit.block,
    headcount: unit.headcount === undefined || isCounted ? (existing?.headcount ?? null) : unit.headcount,
  };
  const dates = datesOf(unit, existing, index);
  const { counts } = unit;
  if (existing === null) return { row: { ...row, action: 'create' }, existing, moves: true, dates, counts };
  const moves = isMoved(unit, existing, index);
  const same =
    !moves &&
    existing.code === row.code &&
    existing.name === row.name &&
    existing.block === row.block &&
    existing.headcount === row.headcount &&
    isSameInTime(unit, existing, index);
  return { row: { ...row, action: same ? 'same' : 'change' }, existing, moves, dates, counts };
}

/** An empty cell leaves a successor that has no code to be named by. */
function datesOf(
  { validFrom, validUntil, successorCode }: FileUnit,
  existing: Unit | null,
  index: UnitIndex,
): PlannedUnit['dates'] {
  const successorId = existing?.successorId ?? null;
  const isNameless = successorId !== null && index.byId(successorId)?.code === null;
  return {
    ...(validFrom !== undefined && { validFrom }),
    ...(validUntil !== undefined && { validUntil }),
    ...(successorCode !== undefined && !(successorCode === null && isNameless) && { successorCode }),
  };
}

function isSameInTime(unit: FileUnit, existing: Unit, index: UnitIndex): boolean {
  const { validFrom, validUntil, successorCode, counts } = unit;
  const successor = existing.successorId === null ? undefined : index.byId(existing.successorId);
  const known = index.times.headcountsOf(existing.id);
  return (
    (validFrom === undefined || validFrom === existing.validFrom) &&
    (validUntil === undefined || validUntil === existing.validUntil) &&
    (successorCode === undefined || codeKey(successorCode ?? '') === codeKey(successor?.code ?? '')) &&
    counts.every(({ fromAt, headcount }) =>
      known.some((one) => one.fromAt === fromAt && one.headcount === headcount),
    )
  );
}
