/**
 * One save merged into a packed sheet without unpacking it: only the lines that the save touches are read and written. Pure,
 * and the same as unpacking, `mergeChanges`, `markDevice` and packing again, in a fifth of the time; saving is the hottest door.
 */
import { type Merged, withLine } from './journal-rules.ts';
import { type Change, type DeviceMark, MAX_DEVICES, type Marked, packAnswer, RADIX } from './sheet-rules.ts';

/** What a save adds. `prediction` undefined: not said. */
export interface PackedSave extends Marked {
  readonly device: string;
  readonly changes: readonly Change[];
  readonly sinceStartMs: number;
  readonly prediction: number | null | undefined;
  /** Saves of other devices that this one holds: they are marked as seen, so that they do nothing when they come late. */
  readonly replaced?: readonly Replaced[];
}

/** A save, by its device and number. */
export interface Replaced {
  readonly device: string;
  readonly n: number;
}

/** A sheet of so many questions on which nothing was answered. */
export function blankSheet(questions: number): string {
  return '\n'.repeat(questions + 1);
}

/** The newest save of a device on a packed sheet, or null when it never saved. */
export function deviceMarkOn(text: string, device: string): DeviceMark | null {
  const from = text.indexOf('\n') + 1;
  const end = text.indexOf('\n', from);
  let start = text.indexOf(`${device} `, from);
  // A name may be the end of another one.
  while (start > from && text[start - 1] !== ',') start = text.indexOf(`${device} `, start + 1);
  if (start < 0 || (end >= 0 && start > end)) return null;
  const n = start + device.length + 1;
  const seq = text.indexOf(' ', n) + 1;
  const at = text.indexOf(' ', seq) + 1;
  // Each number ends where `parseInt` meets a character that is no digit.
  return { n: numberAt(text, n), seq: numberAt(text, seq), at: numberAt(text, at) };
}

/** More digits than any number here has. */
const DIGITS = 12;

function numberAt(text: string, from: number): number {
  return Number.parseInt(text.slice(from, from + DIGITS), RADIX);
}

/** Of the saves that one says it holds, those of other devices that have not come. */
export function notSeen(text: string, device: string, replaces: readonly Replaced[]): readonly Replaced[] {
  return replaces.filter(
    (other) => other.device !== device && other.n > (deviceMarkOn(text, other.device)?.n ?? 0),
  );
}

/** Throws when `text` is not a sheet. */
export function mergePacked(text: string, save: PackedSave): Merged {
  const lines = text.split('\n');
  if (lines.length < 2) throw new Error('not a sheet');
  let difference = '';
  const change = (place: number, line: string): void => {
    lines[place] = line;
    difference = withLine(difference, place, line);
  };
  if (save.prediction !== undefined) change(0, save.prediction === null ? '' : String(save.prediction));
  change(1, markedAll(lines[1] ?? '', save));
  const tenths = Math.max(0, Math.floor(save.sinceStartMs / 100)).toString(RADIX);
  for (const { question, answer } of save.changes) {
    const line = lines[question + 2];
    if (question < 0 || line === undefined) continue;
    const tab = line.lastIndexOf('\t');
    const packed = packAnswer(answer);
    if (packed === (tab < 0 ? '' : line.slice(0, tab))) continue;
    const count = countIn(line, tab) + 1;
    change(question + 2, `${packed}\t${tenths}${count > 1 ? `.${count.toString(RADIX)}` : ''}`);
  }
  return { sheet: lines.join('\n'), difference };
}

/** How often the answer of a line was changed. */
function countIn(line: string, tab: number): number {
  if (tab < 0) return 0;
  const dot = line.indexOf('.', tab);
  return dot < 0 ? 1 : Number.parseInt(line.slice(dot + 1), RADIX);
}

function markedAll(line: string, save: PackedSave): string {
  let marks = markedDevices(line, save.device, save);
  for (const { device, n } of save.replaced ?? [])
    marks = markedDevices(marks, device, { mark: { ...save.mark, n }, takesOver: false });
  return marks;
}

/** As `markDevice`: the one that the attempt goes on at stands last. */
function markedDevices(line: string, device: string, { mark: { n, seq, at }, takesOver }: Marked): string {
  const mark = `${device} ${n.toString(RADIX)} ${seq.toString(RADIX)} ${at.toString(RADIX)}`;
  const start = `${device} `;
  if (line === '' || (!line.includes(',') && line.startsWith(start))) return mark;
  const marks = line.split(',');
  const place = marks.findIndex((part) => part.startsWith(start));
  if (!takesOver && place >= 0) return marks.map((part, i) => (i === place ? mark : part)).join(',');
  const others = marks.filter((_, i) => i !== place).slice(1 - MAX_DEVICES);
  return (takesOver ? [...others, mark] : [mark, ...others]).join(',');
}

/** Name of the device that the attempt goes on at; null before any has saved. */
export function holderOn(text: string): string | null {
  const from = text.indexOf('\n') + 1;
  const end = text.indexOf('\n', from);
  const last = text.lastIndexOf(',', end);
  const start = last < from ? from : last + 1;
  const space = text.indexOf(' ', start);
  return end <= from || space < 0 ? null : text.slice(start, space);
}
