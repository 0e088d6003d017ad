/**
 * CSV → rows with their lines. Which sign parts the columns is found by trying; records that an unclosed quote has joined
 * are taken apart again. See RFC 4180, and what Excel does with it in Vietnam (";" and a byte order mark).
 */
import Papa from 'papaparse';
import { type Cell, cleanCell, type TableRow } from '../table-cells.ts';
import { fieldOfHeader } from '../table-fields.ts';

export type Delimiter = ',' | ';' | '\t' | '|';
const DELIMITERS: readonly Delimiter[] = [';', '\t', ',', '|'];
const SAMPLE_CHARS = 64_000;
/** A record that is longer has swallowed others. */
const LINES_MAX = 60;

export interface CsvRows {
  readonly rows: readonly TableRow[];
  readonly delimiter: Delimiter;
  /** Columns that most records have. */
  readonly width: number;
  /** Lines (from 1) that had been joined with others. */
  readonly unfused: ReadonlySet<number>;
}

interface Guess {
  readonly delimiter: Delimiter;
  readonly width: number;
  readonly score: number;
}

/** How well each sign explains the beginning of a text; the best first. */
export function guessDelimiter(text: string): Guess {
  const sample = text.slice(0, SAMPLE_CHARS);
  const said = /^sep=(.)\n/i.exec(sample)?.[1];
  const guesses = DELIMITERS.map((delimiter): Guess => {
    const { data } = Papa.parse<string[]>(sample, { delimiter, newline: '\n', preview: 100 });
    const records = data.filter((record) => record.some((field) => field.trim() !== ''));
    const width = usual(records.map(({ length }) => length));
    const same = records.filter(({ length }) => length === width).length / Math.max(1, records.length);
    const words = Math.max(0, ...records.slice(0, 12).map(headerWords));
    const score = width < 2 ? 0 : same * Math.min(1, 0.5 + width / 12) + words * 0.3;
    return { delimiter, width, score: delimiter === said ? 9 : score };
  });
  const [first = { delimiter: ',', width: 1, score: 0 }] = guesses.sort((a, b) => b.score - a.score);
  return first;
}

function headerWords(record: readonly string[]): number {
  return new Set(record.map((field) => fieldOfHeader(field)).filter((field) => field !== null)).size;
}

function usual(lengths: readonly number[]): number {
  const tally = new Map<number, number>();
  for (const length of lengths) tally.set(length, (tally.get(length) ?? 0) + 1);
  return [...tally].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}

/** Reads all records. */
export function recordsOf(text: string): CsvRows {
  const { delimiter, width } = guessDelimiter(text);
  const start = /^sep=.\n/i.exec(text)?.[0].length ?? 0;
  const collector = new Collector(delimiter, width, start > 0 ? 2 : 1);
  const body = text.slice(start);
  let from = 0;
  Papa.parse<string[]>(body, {
    delimiter,
    newline: '\n',
    step({ data, meta }) {
      collector.record(data, body.slice(from, meta.cursor));
      from = meta.cursor;
    },
  });
  return { rows: collector.rows, delimiter, width, unfused: collector.unfused };
}

class Collector {
  readonly rows: TableRow[] = [];
  readonly unfused = new Set<number>();
  readonly #delimiter: Delimiter;
  readonly #width: number;
  #line: number;

  constructor(delimiter: Delimiter, width: number, line: number) {
    this.#delimiter = delimiter;
    this.#width = width;
    this.#line = line;
  }

  record(fields: readonly string[], raw: string): void {
    const lines = raw.endsWith('\n') ? raw.slice(0, -1).split('\n') : raw.split('\n');
    const apart = lines.length > 1 ? this.#takenApart(lines, fields.length) : null;
    if (apart === null) this.#push(this.#line, fields);
    else {
      for (const { line, fields: own } of apart) {
        this.unfused.add(line);
        this.#push(line, own);
      }
    }
    this.#line += lines.length;
  }

  #push(number: number, fields: readonly string[]): void {
    const cells: Cell[] = fields.map(cleanCell);
    while (cells.at(-1) === '') cells.pop();
    if (cells.length > 0) this.rows.push({ number, cells });
  }

  /** Records on single lines, where they look like those of the rest of the file; null: the line breaks belong into a cell. */
  #takenApart(
    lines: readonly string[],
    found: number,
  ): readonly { readonly line: number; readonly fields: readonly string[] }[] | null {
    if (this.#width < 2 || (found === this.#width && lines.length <= LINES_MAX && !this.#isSuspect(lines)))
      return null;
    const records = lines.map((line, i) => ({ line: this.#line + i, fields: this.#onLine(line) }));
    const filled = records.filter(({ fields }) => fields.some((field) => field.trim() !== ''));
    const whole = filled.filter(({ fields }) => fields.length === this.#width).length;
    return whole >= 2 && whole >= filled.length * 0.6 ? filled : null;
  }

  /** Two lines that would each be a whole record were two records. */
  #isSuspect(lines: readonly string[]): boolean {
    const whole = lines.filter((line) => line.split(this.#delimiter).length >= this.#width);
    return whole.length >= 2;
  }

  /** A quote that is not closed on its line is no quote. */
  #onLine(line: string): readonly string[] {
    const quotes = line.split('"').length - 1;
    const text = quotes % 2 === 0 ? line : withoutStray(line, this.#delimiter);
    return Papa.parse<string[]>(text, { delimiter: this.#delimiter, newline: '\n' }).data[0] ?? [];
  }
}

/** Takes off the quote that opens a field and closes none. */
function withoutStray(line: string, delimiter: Delimiter): string {
  const fields = line.split(delimiter);
  return fields
    .map((field) => ((field.split('"').length - 1) % 2 === 0 ? field : field.replace('"', '')))
    .join(delimiter);
}
