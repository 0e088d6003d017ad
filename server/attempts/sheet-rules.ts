/**
 * The answer sheet of one attempt: answers, when and how often each was changed, and the last save of each device. Pure.
 * Its packed text is small, and a line a question, so that the journal can keep the lines that a save changed.
 */
import type { Json } from '../../questions/question.ts';

/** What a device's newest save was, so that the same save again gets the same reply. */
export interface DeviceMark {
  readonly n: number;
  readonly seq: number;
  /** ms since the attempt started. */
  readonly at: number;
}

export interface Sheet {
  readonly answers: readonly (Json | null)[];
  /** Tenths of a second since the attempt started, for the last change of each answer; -1 = never answered. */
  readonly changedAt: readonly number[];
  /** How often each answer was changed. */
  readonly changes: readonly number[];
  /** The one that the attempt goes on at stands last. */
  readonly devices: ReadonlyMap<string, DeviceMark>;
  readonly prediction: number | null;
}

/** Changes by one save, already normalised for their questions. */
export interface Change {
  readonly question: number;
  readonly answer: Json | null;
}

/** Devices remembered a sheet: more than anybody has, so that a flood of names cannot make the sheet grow. */
export const MAX_DEVICES = 8;
export const RADIX = 36;

export function emptySheet(questions: number): Sheet {
  return {
    answers: new Array(questions).fill(null),
    changedAt: new Array(questions).fill(-1),
    changes: new Array(questions).fill(0),
    devices: new Map(),
    prediction: null,
  };
}

/** Merges by question in the order of receipt: what another device answered stays unless this save changes that very question. */
export function mergeChanges(sheet: Sheet, changes: readonly Change[], sinceStartMs: number): Sheet {
  if (changes.length === 0) return sheet;
  const answers = [...sheet.answers];
  const changedAt = [...sheet.changedAt];
  const counts = [...sheet.changes];
  for (const { question, answer } of changes) {
    if (question < 0 || question >= answers.length) continue;
    if (JSON.stringify(answers[question]) === JSON.stringify(answer)) continue;
    answers[question] = answer;
    changedAt[question] = Math.max(0, Math.floor(sinceStartMs / 100));
    counts[question] = (counts[question] ?? 0) + 1;
  }
  return { ...sheet, answers, changedAt, changes: counts };
}

/** How a device's save comes to stand beside those of others. */
export interface Marked {
  readonly mark: DeviceMark;
  /** The attempt goes on here from now on; else it goes on where it did, and this device is told. */
  readonly takesOver: boolean;
}

/** Remembers a device's save; when there are too many, the device whose turn was longest ago is forgotten. */
export function markDevice(sheet: Sheet, device: string, { mark, takesOver }: Marked): Sheet {
  const { devices } = sheet;
  const goesLast = takesOver || devices.size === 0;
  if (!goesLast && devices.has(device)) return { ...sheet, devices: new Map(devices).set(device, mark) };
  const others = [...devices].filter(([name]) => name !== device).slice(1 - MAX_DEVICES);
  const own: [string, DeviceMark] = [device, mark];
  return { ...sheet, devices: new Map(goesLast ? [...others, own] : [own, ...others]) };
}

export function answeredCount(sheet: Sheet): number {
  return sheet.answers.reduce<number>((count, answer) => (answer === null ? count : count + 1), 0);
}

/**
 * Line 1: prediction, or nothing. Line 2: `device n seq at` of each device, base 36, by commas. Then a line a question:
 * answer, and when it was last changed; `.count` follows when it was changed more than once. JSON never holds a raw line break.
 */
export function packSheet(sheet: Sheet): string {
  let text = `${sheet.prediction ?? ''}\n`;
  let separator = '';
  for (const [device, { n, seq, at }] of sheet.devices) {
    text += `${separator}${device} ${n.toString(RADIX)} ${seq.toString(RADIX)} ${at.toString(RADIX)}`;
    separator = ',';
  }
  for (let i = 0; i < sheet.answers.length; i++) {
    const at = sheet.changedAt[i] ?? -1;
    const count = sheet.changes[i] ?? 0;
    text += '\n';
    if (at < 0) continue;
    text += packAnswer(sheet.answers[i] ?? null);
    text += `\t${at.toString(RADIX)}`;
    if (count > 1) text += `.${count.toString(RADIX)}`;
  }
  return text;
}

/** As packed at the end of an attempt: devices matter no more, but that there were several is a fact of the attempt. */
export function packFinalSheet(sheet: Sheet): string {
  return packSheet(sheet.devices.size > 1 ? sheet : { ...sheet, devices: new Map() });
}

/** Reads what `packSheet` wrote. Throws on anything else: a sheet that cannot be read must never count as blank. */
export function unpackSheet(text: string): Sheet {
  const lines = text.split('\n');
  const [prediction, devices] = lines;
  if (prediction === undefined || devices === undefined) throw new Error('not a sheet');
  const questions = lines.length - 2;
  const answers = new Array<Json | null>(questions).fill(null);
  const changedAt = new Array<number>(questions).fill(-1);
  const changes = new Array<number>(questions).fill(0);
  for (let i = 0; i < questions; i++) {
    const line = lines[i + 2] ?? '';
    if (line === '') continue;
    const tab = line.lastIndexOf('\t');
    if (tab < 0) throw new Error('not a line of a sheet');
    answers[i] = unpackAnswer(line.slice(0, tab));
    const dot = line.indexOf('.', tab);
    changedAt[i] = Number.parseInt(dot < 0 ? line.slice(tab + 1) : line.slice(tab + 1, dot), RADIX);
    changes[i] = dot < 0 ? 1 : Number.parseInt(line.slice(dot + 1), RADIX);
  }
  return {
    answers,
    changedAt,
    changes,
    devices: unpackDevices(devices),
    prediction: prediction === '' ? null : Number(prediction),
  };
}

/** The answers alone of what `packSheet` wrote, for those who mark by the million. Throws as `unpackSheet` does. */
export function unpackAnswers(text: string): (Json | null)[] {
  const [, devices, ...lines] = text.split('\n');
  if (devices === undefined) throw new Error('not a sheet');
  return lines.map((line) => {
    if (line === '') return null;
    const tab = line.lastIndexOf('\t');
    if (tab < 0) throw new Error('not a line of a sheet');
    return unpackAnswer(line.slice(0, tab));
  });
}

/** The sheet of a closed attempt; nothing was ever saved: blank. */
export function foldedSheet(sheet: string | null, questions: number): Sheet {
  return sheet === null || sheet === '' ? emptySheet(questions) : unpackSheet(sheet);
}

function unpackDevices(line: string): Map<string, DeviceMark> {
  const devices = new Map<string, DeviceMark>();
  if (line === '') return devices;
  for (const part of line.split(',')) {
    const [device = '', n = '', seq = '', at = ''] = part.split(' ');
    devices.set(device, {
      n: Number.parseInt(n, RADIX),
      seq: Number.parseInt(seq, RADIX),
      at: Number.parseInt(at, RADIX),
    });
  }
  return devices;
}

/** Positions below 36 are one character each; true is +, false is -, anything else is JSON behind =. */
export function packAnswer(answer: Json | null): string {
  if (answer === null) return '';
  if (answer === true) return '+';
  if (answer === false) return '-';
  if (Array.isArray(answer) && answer.length > 0 && answer.every(isSmall))
    return answer.map((n: number) => n.toString(RADIX)).join('');
  return `=${JSON.stringify(answer)}`;
}

function isSmall(value: Json): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < RADIX;
}

function unpackAnswer(text: string): Json | null {
  if (text === '') return null;
  if (text === '+') return true;
  if (text === '-') return false;
  if (text.startsWith('=')) return JSON.parse(text.slice(1));
  if (text.length === 1) return [Number.parseInt(text, RADIX)];
  return [...text].map((digit) => Number.parseInt(digit, RADIX));
}
