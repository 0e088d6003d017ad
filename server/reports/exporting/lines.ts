/** Rows as lines of CSV: a hundred thousand a second and more, so texts are looked at only where they must be. Pure. */
import { neutralised } from '../../platform/cells.ts';
import type { ColumnKind, ExportColumn, Value } from './columns.ts';

const AHEAD_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;
/** Texts that were made fit for a cell lately: units, rounds and states come again and again. */
const KEPT = 50_000;
const kept = new Map<string, string>();
const days = new Map<number, string>();
const two = Array.from({ length: 60 }, (_, i) => String(i).padStart(2, '0'));

/** ms since epoch → "05/08/2022 10:42:07" in Hà Nội. */
export function momentText(at: number): string {
  const local = at + AHEAD_MS;
  const day = Math.floor(local / DAY_MS);
  let date = days.get(day);
  if (date === undefined) {
    date = dayText(new Date(day * DAY_MS).toISOString().slice(0, 10));
    if (days.size > 10_000) days.clear();
    days.set(day, date);
  }
  const seconds = Math.floor((local - day * DAY_MS) / 1000);
  const [hour, minute, second] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${date} ${two[hour]}:${two[minute]}:${two[second]}`;
}

/** "2022-08-05" → "05/08/2022". */
export function dayText(day: string): string {
  return day.split('-').reverse().join('/');
}

function textCell(text: string): string {
  const known = kept.get(text);
  if (known !== undefined) return known;
  const safe = neutralised(text);
  const cell = /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  if (kept.size >= KEPT) kept.clear();
  kept.set(text, cell);
  return cell;
}

/** A value as it stands in a file, moments and hundredths in people's units. */
export function shown(kind: ColumnKind, value: Value): string | number {
  if (value === null) return '';
  if (kind === 'day') return dayText(String(value));
  if (typeof value === 'string') return value;
  if (kind === 'moment') return momentText(value);
  if (kind === 'marks') return value / 100;
  return kind === 'seconds' ? value / 1000 : value;
}

/** A line with its end. */
export function csvLine<Row>(columns: readonly ExportColumn<Row>[], row: Row): string {
  let line = '';
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i];
    if (column === undefined) continue;
    if (i > 0) line += ',';
    const cell = shown(column.kind, column.value(row));
    line += typeof cell === 'number' ? cell : cell === '' ? '' : textCell(cell);
  }
  return `${line}\r\n`;
}

/** The first line, behind the mark by which Excel knows UTF-8. */
export function csvHead(columns: readonly { readonly title: string }[]): string {
  return `\uFEFF${columns.map(({ title }) => textCell(title)).join(',')}\r\n`;
}
