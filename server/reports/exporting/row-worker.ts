/**
 * Reads rows and writes them as a file, a page at a time, in a thread of its own. A page is read and written when it is asked
 * for, so a slow download holds nothing but this thread's few megabytes.
 */
import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import { neutralised } from '../../platform/cells.ts';
import type { Parameter, Statement } from '../../platform/database/door.ts';
import { Secrets } from '../../platform/secrets.ts';
import { type Cell, SHEET_ROWS, Workbook } from '../workbook.ts';
import {
  answerColumns,
  attemptColumns,
  auditColumns,
  type ColumnKind,
  type ExportColumn,
  peopleColumns,
  type RoundName,
  type UnitName,
  type Value,
} from './columns.ts';
import { csvHead, csvLine, shown } from './lines.ts';
import {
  type AskedVersion,
  answerRecords,
  attemptRecord,
  auditRecord,
  personRecord,
  type Surroundings,
} from './records.ts';

export type RowKind = 'attempts' | 'answers' | 'people' | 'audit';

export interface RowOrder {
  readonly dialect: 'sqlite' | 'postgres';
  /** File path or address. */
  readonly location: string;
  readonly of: RowKind;
  readonly format: 'csv' | 'xlsx';
  readonly title: string;
  readonly units: readonly (readonly [number, UnitName])[];
  readonly rounds: readonly (readonly [number, RoundName & { readonly settled: boolean }])[];
  readonly versions: readonly AskedVersion[];
  /** Master secret, where something encrypted is asked for; null: nothing personal leaves. */
  readonly secret: string | null;
}

/** A page to read, or the end of the file. */
export type RowRequest = { readonly page: Pick<Statement, 'sql' | 'params'>; readonly limit: number } | 'end';
export interface RowReply {
  /** Empty while a workbook is being packed. */
  readonly bytes: Uint8Array;
  /** Key of the last row, for the next page; null: there is none. */
  readonly last: number | null;
}

/** What PostgreSQL calls the connection of an export, for those who look at what is open. */
const EXPORT_CONNECTION = 'hoithi-export';

type Raw = readonly unknown[];
interface Reader {
  rows(sql: string, params: readonly Parameter[]): Raw[] | Promise<Raw[]>;
}

function sqliteReader(location: string): Reader {
  const db = new Sqlite(location, { readonly: true });
  // Room for the entries of a contest, which are looked up in no order.
  db.pragma('cache_size = -24576');
  const prepared = new Map<string, Sqlite.Statement<unknown[], Raw>>();
  return {
    rows(sql, params) {
      const statement = prepared.get(sql) ?? db.prepare<unknown[], Raw>(sql).raw(true);
      prepared.set(sql, statement);
      return statement.all(...params);
    },
  };
}

/** Whole numbers come as texts; records make numbers of them. */
async function postgresReader(location: string): Promise<Reader> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: location, application_name: EXPORT_CONNECTION });
  await client.connect();
  return {
    async rows(sql, params) {
      const { rows } = await client.query<unknown[]>({ text: sql, values: [...params], rowMode: 'array' });
      return rows;
    },
  };
}

/** Turns rows into the file's bytes. */
interface Writer {
  add(row: Raw): void;
  /** What came of the rows so far. */
  taken(): Uint8Array;
  end(): Promise<Uint8Array>;
}

interface Table<Row> {
  readonly columns: readonly ExportColumn<Row>[];
  readonly records: (row: Raw) => Iterable<Row>;
}

const encoder = new TextEncoder();

class CsvWriter<Row> implements Writer {
  readonly #table: Table<Row>;
  #text: string;

  constructor(table: Table<Row>) {
    this.#table = table;
    this.#text = csvHead(table.columns);
  }

  add(row: Raw): void {
    for (const record of this.#table.records(row)) this.#text += csvLine(this.#table.columns, record);
  }

  taken(): Uint8Array {
    const bytes = encoder.encode(this.#text);
    this.#text = '';
    return bytes;
  }

  async end(): Promise<Uint8Array> {
    return this.taken();
  }
}

/** Number formats of Excel. */
const FORMATS: Readonly<Record<ColumnKind, string | null>> = {
  text: '@',
  day: '@',
  whole: null,
  yes: null,
  seconds: '0.0',
  marks: '0.00',
  moment: 'dd/mm/yyyy hh:mm:ss',
};

class SheetWriter<Row> implements Writer {
  readonly #table: Table<Row>;
  readonly #title: string;
  readonly #book = new Workbook();
  #sheets = 0;

  constructor(table: Table<Row>, title: string) {
    this.#table = table;
    this.#title = title;
    this.#begin();
  }

  #begin(): void {
    const { columns } = this.#table;
    this.#sheets += 1;
    this.#book.begin({
      name: this.#sheets === 1 ? this.#title : `${this.#title} (${this.#sheets})`,
      above: [],
      headings: columns.map(({ title }) => title),
      widths: columns.map(({ title }) => Math.max(12, title.length + 2)),
      formats: columns.map(({ kind }) => FORMATS[kind]),
    });
  }

  add(row: Raw): void {
    for (const record of this.#table.records(row)) {
      if (this.#book.rows >= SHEET_ROWS) this.#begin();
      this.#book.addPlain(this.#table.columns.map((column) => cellOf(column.kind, column.value(record))));
    }
  }

  taken(): Uint8Array {
    return this.#book.taken();
  }

  async end(): Promise<Uint8Array> {
    this.#book.begin({
      name: 'Từ điển dữ liệu',
      above: [],
      headings: ['Cột', 'Ý nghĩa'],
      widths: [28, 100],
    });
    for (const { title, about } of this.#table.columns) this.#book.addPlain([title, about]);
    await this.#book.end();
    return this.taken();
  }
}

function cellOf(kind: ColumnKind, value: Value): Cell {
  if (value === null) return null;
  if (kind === 'moment') return new Date(Number(value));
  return neutralised(shown(kind, value));
}

function writerOf({ of, format, title, secret, units, rounds, versions }: RowOrder): Writer {
  const secrets = secret === null ? null : new Secrets(secret);
  const around: Surroundings = {
    units: new Map(units),
    rounds: new Map(rounds),
    versions: new Map(versions.map((version) => [version.id, version])),
    decrypt: secrets === null ? null : (use, cipher) => secrets.decrypt(use, cipher),
  };
  const write = <Row>(columns: readonly ExportColumn<Row>[], records: Table<Row>['records']): Writer => {
    const table = { columns: columns.filter(({ personal }) => secrets !== null || !personal), records };
    return format === 'csv' ? new CsvWriter(table) : new SheetWriter(table, title);
  };
  if (of === 'attempts') return write(attemptColumns, (row) => [attemptRecord(row, around)]);
  if (of === 'answers') return write(answerColumns, (row) => answerRecords(row, around));
  if (of === 'people') return write(peopleColumns, (row) => [personRecord(row, around)]);
  return write(auditColumns, (row) => [auditRecord(row)]);
}

/** A full page may end within the rows of a key: that key begins the next page. */
function wholeKeys(
  rows: readonly Raw[],
  limit: number,
): { readonly whole: number; readonly last: number | null } {
  if (rows.length < limit) return { whole: rows.length, last: null };
  const cut = rows.at(-1)?.[0];
  let whole = rows.length;
  while (whole > 0 && rows[whole - 1]?.[0] === cut) whole -= 1;
  // More versions than a page has rows: taken as they are.
  if (whole === 0) return { whole: rows.length, last: Number(cut) };
  return { whole, last: Number(rows[whole - 1]?.[0]) };
}

async function serve(order: RowOrder): Promise<void> {
  const reader =
    order.dialect === 'sqlite' ? sqliteReader(order.location) : await postgresReader(order.location);
  const writer = writerOf(order);
  const answer = async (request: RowRequest): Promise<RowReply> => {
    if (request === 'end') return { bytes: await writer.end(), last: null };
    const rows = await reader.rows(request.page.sql, request.page.params);
    const { whole, last } = wholeKeys(rows, request.limit);
    for (let i = 0; i < whole; i++) {
      const row = rows[i];
      // Of rows with one key the last is in force.
      if (row !== undefined && row[0] !== rows[i + 1]?.[0]) writer.add(row);
    }
    return { bytes: writer.taken(), last };
  };
  parentPort?.on('message', (request: RowRequest) => {
    answer(request).then(
      (reply) =>
        parentPort?.postMessage(reply, reply.bytes.buffer instanceof ArrayBuffer ? [reply.bytes.buffer] : []),
      (error: unknown) => {
        // Ends the thread; whoever waits hears of it.
        setImmediate(() => {
          throw error;
        });
      },
    );
  });
}

await serve(workerData);
