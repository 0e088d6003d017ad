/**
 * A table of people as offices keep it → members of a roster, with a balance: every row is taken, taken with something left
 * out, left out with its reason, or empty. Nothing is guessed, nothing is lost without being told. Pure.
 */

import { cleanText, fold } from '../../questions/vietnamese.ts';
import { formatBirthDate, readBirthDate, readPhone } from '../accounts/identity-rules.ts';
import type { RosterProblem } from '../contracts/rosters.ts';
import { Breath } from '../platform/breath.ts';
import type { UnitIndex } from '../units/unit-index.ts';
import { codeForm } from './code-rules.ts';

type Column = 'name' | 'family' | 'given' | 'birth' | 'phone' | 'code' | 'unit' | 'unitCode';

const COLUMNS: readonly Column[] = ['name', 'family', 'given', 'birth', 'phone', 'code', 'unit', 'unitCode'];

/** Headers in folded letters; what stands in brackets is left out. */
const HEADERS: Readonly<Record<Column, readonly string[]>> = {
  name: ['ho va ten', 'ho ten', 'ho va ten day du', 'ten day du', 'full name', 'name'],
  family: ['ho', 'ho dem', 'ho va dem', 'ho va ten dem', 'ho va chu dem'],
  given: ['ten'],
  birth: ['ngay sinh', 'ngay thang nam sinh', 'nam sinh', 'sinh ngay', 'date of birth', 'birth date'],
  phone: ['dien thoai', 'so dien thoai', 'sdt', 'dt', 'di dong', 'so di dong', 'phone'],
  code: ['ma', 'ma so', 'ma can bo', 'ma nhan vien', 'ma dang vien', 'ma hoc sinh', 'ma ca nhan', 'code'],
  unit: ['don vi', 'ten don vi', 'chi bo', 'noi cong tac', 'unit'],
  unitCode: ['ma don vi', 'unit code'],
};
const HEADER_WITHIN_ROWS = 15;
const TITLE_LENGTH = 200;
const NAME_LENGTH = 120;

/** A row that goes in. */
export interface RosterLine {
  /** As the spreadsheet counts. */
  readonly row: number;
  readonly name: string;
  /** "yyyy-mm-dd", or "yyyy". */
  readonly birthDate: string | null;
  /** Ten digits. */
  readonly phone: string | null;
  /** The form that is hashed; null: one is made. */
  readonly code: string | null;
  readonly unitId: number | null;
}

export interface RosterPlan {
  readonly lines: readonly RosterLine[];
  readonly problems: readonly RosterProblem[];
  readonly understood: readonly string[];
  readonly ignored: readonly string[];
  readonly balance: {
    readonly rows: number;
    readonly taken: number;
    readonly warned: number;
    readonly left: number;
    readonly empty: number;
  };
}

/** `under`: the unit whose list it is; members without another one belong to it. `takenCodes`: of this contest's other rosters. */
/** Long lists are read with a breath between: others go on meanwhile. */
export async function planRoster(
  rows: readonly (readonly string[])[],
  index: UnitIndex,
  { now, under, isTaken }: { now: number; under: number | null; isTaken: (code: string) => boolean },
): Promise<RosterPlan> {
  const header = findHeader(rows);
  if (header === null) return nothing(noHeader);
  // A file's last line break is no row.
  const body = rows.slice(header.row, rows.findLastIndex((cells) => !isEmpty(cells)) + 1);
  const reading = new Reading(header, index, { now, under, isTaken });
  const breath = new Breath();
  const lines: RosterLine[] = [];
  for (const [i, cells] of body.entries()) {
    if (breath.isDue) await breath.take();
    lines.push(...reading.read(cells, header.row + i + 1));
  }
  const { problems } = reading;
  const warned = new Set(problems.filter(({ level }) => level === 'warning').map(({ row }) => row));
  const empty = body.filter(isEmpty).length;
  const left = body.length - empty - lines.length;
  const balance = {
    rows: body.length,
    taken: lines.filter(({ row }) => !warned.has(row)).length,
    warned: lines.filter(({ row }) => warned.has(row)).length,
    left,
    empty,
  };
  return { lines, problems, understood: header.understood, ignored: header.ignored, balance };
}

const noHeader: RosterProblem = {
  row: 0,
  level: 'error',
  vi: 'Không tìm thấy dòng tiêu đề có cột "Họ và tên".',
  en: 'There is no header row with the column "Full name".',
};

function nothing(problem: RosterProblem): RosterPlan {
  const balance = { rows: 0, taken: 0, warned: 0, left: 0, empty: 0 };
  return { lines: [], problems: [problem], understood: [], ignored: [], balance };
}

interface Header {
  readonly row: number;
  readonly columns: ReadonlyMap<Column, number>;
  readonly understood: readonly string[];
  readonly ignored: readonly string[];
}

function findHeader(rows: readonly (readonly string[])[]): Header | null {
  for (const [i, cells] of rows.slice(0, HEADER_WITHIN_ROWS).entries()) {
    const columns = new Map<Column, number>();
    const understood: string[] = [];
    const ignored: string[] = [];
    for (const [place, cell] of cells.entries()) {
      const title = cleanText(cell.slice(0, TITLE_LENGTH));
      const column = columnOf(title);
      if (column !== undefined && !columns.has(column)) {
        columns.set(column, place);
        understood.push(title);
      } else if (title !== '') ignored.push(title);
    }
    const hasName = columns.has('name') || (columns.has('family') && columns.has('given'));
    if (hasName) return { row: i + 1, columns, understood, ignored };
  }
  return null;
}

function columnOf(title: string): Column | undefined {
  const bare = fold(title.replace(/\(.*\)/, ''))
    .replace(/[*:,]/g, '')
    .trim();
  return COLUMNS.find((column) => HEADERS[column].includes(bare));
}

const isEmpty = (cells: readonly string[]): boolean => cells.every((cell) => cleanText(cell) === '');

/** Reads rows one after another; a code that comes twice is left to the first. */
class Reading {
  readonly problems: RosterProblem[] = [];
  readonly #header: Header;
  readonly #index: UnitIndex;
  readonly #how: { now: number; under: number | null; isTaken: (code: string) => boolean };
  readonly #codes = new Map<string, number>();
  readonly #seen = new Map<string, number>();
  readonly #units = new Map<string, number | null>();

  constructor(
    header: Header,
    index: UnitIndex,
    how: { now: number; under: number | null; isTaken: (code: string) => boolean },
  ) {
    this.#header = header;
    this.#index = index;
    this.#how = how;
  }

  read(cells: readonly string[], row: number): RosterLine[] {
    if (isEmpty(cells)) return [];
    const text = (column: Column): string => {
      const place = this.#header.columns.get(column);
      return place === undefined ? '' : cleanText(cells[place] ?? '');
    };
    const name = text('name') || cleanText(`${text('family')} ${text('given')}`);
    if (!/\p{L}/u.test(name)) return this.#leave(row, 'Không có họ và tên.', 'There is no name.');
    if (name.length > NAME_LENGTH)
      return this.#leave(
        row,
        `Họ tên dài quá ${NAME_LENGTH} ký tự.`,
        `The name is longer than ${NAME_LENGTH}.`,
      );
    const birthDate = this.#birth(text('birth'), row);
    const phone = this.#phone(text('phone'), row);
    const unitId = this.#unit(text('unitCode'), text('unit'), row);
    const key = [fold(name), birthDate, phone, unitId, text('code')].join('/');
    const twin = this.#seen.get(key);
    if (twin !== undefined) return this.#leave(row, `Giống hệt dòng ${twin}.`, `The same as row ${twin}.`);
    this.#seen.set(key, row);
    return [{ row, name, birthDate, phone, code: this.#code(text('code'), row), unitId }];
  }

  #birth(typed: string, row: number): string | null {
    if (typed === '') return null;
    if (/^(19|20)\d\d$/.test(typed)) return typed;
    const iso = /^\d{4}-\d\d-\d\d$/.test(typed) ? formatBirthDate(typed) : typed;
    const read = readBirthDate(iso, this.#how.now);
    if (read.ok) return read.value;
    return this.#warn(row, `"${typed}": ${read.problem.vi}`, `"${typed}": ${read.problem.en}`);
  }

  /** Excel drops a leading zero of what it takes for a number. */
  #phone(typed: string, row: number): string | null {
    if (typed === '') return null;
    const read = readPhone(/^[35789]\d{8}$/.test(typed) ? `0${typed}` : typed);
    if (read.ok) return read.value;
    return this.#warn(row, `"${typed}": ${read.problem.vi}`, `"${typed}": ${read.problem.en}`);
  }

  #code(typed: string, row: number): string | null {
    if (typed === '') return null;
    const code = codeForm(typed);
    if (code === null)
      return this.#warn(row, `Mã "${typed}" quá ngắn hoặc quá dài.`, `The code "${typed}" does not do.`);
    const twin = this.#codes.get(code);
    if (twin !== undefined)
      return this.#warn(
        row,
        `Mã "${typed}" đã có ở dòng ${twin}; sẽ cấp mã mới.`,
        `The code "${typed}" stands in row ${twin} already; another one is made.`,
      );
    if (this.#how.isTaken(code))
      return this.#warn(
        row,
        `Mã "${typed}" đã có trong danh sách khác của cuộc thi; sẽ cấp mã mới.`,
        `Another list of this contest has the code "${typed}"; another one is made.`,
      );
    this.#codes.set(code, row);
    return code;
  }

  /** By code, or by a name that only one unit has. */
  #unit(code: string, name: string, row: number): number | null {
    const { under } = this.#how;
    if (code === '' && name === '') return under;
    const typed = code || name;
    const known = this.#units.get(typed);
    const unitId = known === undefined ? this.#findUnit(code, name) : known;
    this.#units.set(typed, unitId);
    if (unitId !== null) return unitId;
    this.#warn(row, `Không tìm thấy đơn vị "${typed}".`, `There is no unit "${typed}".`);
    return under;
  }

  #findUnit(code: string, name: string): number | null {
    const byCode = this.#index.byCode(code || name);
    if (byCode !== undefined) return byCode.id;
    const { now, under } = this.#how;
    const above = under === null ? undefined : this.#index.byId(under);
    const exact = this.#index
      .search(name, { now, ended: false, under: above })
      .filter((unit) => fold(unit.name) === fold(name));
    return exact.length === 1 ? (exact[0]?.id ?? null) : null;
  }

  #warn(row: number, vi: string, en: string): null {
    this.problems.push({ row, level: 'warning', vi, en });
    return null;
  }

  #leave(row: number, vi: string, en: string): RosterLine[] {
    this.problems.push({ row, level: 'error', vi, en });
    return [];
  }
}
