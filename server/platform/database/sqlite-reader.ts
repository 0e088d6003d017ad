/** The reader thread of the embedded database: scans, exports and boards are read here, a chunk at a time, so that the main thread never waits. */
import { type MessagePort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import type { Parameter } from './door.ts';

export interface ReaderStart {
  readonly port: MessagePort;
  readonly path: string;
}
export type ReaderRequest =
  | {
      readonly scan: number;
      readonly sql: string;
      readonly params: readonly Parameter[];
      readonly numbers: boolean;
      readonly chunk: number;
    }
  | { readonly more: number }
  | { readonly stop: number }
  | 'close';
export type ReaderReply =
  | { readonly scan: number; readonly rows: readonly (readonly unknown[])[]; readonly done: boolean }
  | { readonly scan: number; readonly numbers: Float64Array; readonly done: boolean }
  | { readonly scan: number; readonly error: string };

interface Scan {
  readonly rows: Iterator<unknown[]>;
  readonly numbers: boolean;
  readonly chunk: number;
}

const MAX_IDLE = 4;

function serve({ port, path }: ReaderStart): void {
  const scans = new Map<number, Scan & { readonly db: Sqlite.Database }>();
  /** Connections that ended a scan: opening one costs more than a small scan. */
  const idle: Sqlite.Database[] = [];

  const end = (id: number): void => {
    const scan = scans.get(id);
    scan?.rows.return?.();
    scans.delete(id);
    if (scan === undefined) return;
    if (idle.length < MAX_IDLE) idle.push(scan.db);
    else scan.db.close();
  };

  /** Sends the next chunk of a scan. One chunk runs at a time, so scans of several callers share the thread fairly. */
  const step = (id: number): void => {
    const scan = scans.get(id);
    if (scan === undefined) return;
    try {
      const { rows, done } = take(scan.rows, scan.chunk);
      if (scan.numbers) {
        const numbers = pack(rows);
        port.postMessage({ scan: id, numbers, done } satisfies ReaderReply, [numbers.buffer]);
      } else port.postMessage({ scan: id, rows, done } satisfies ReaderReply);
      if (done) end(id);
    } catch (error) {
      end(id);
      port.postMessage({
        scan: id,
        error: error instanceof Error ? error.message : String(error),
      } satisfies ReaderReply);
    }
  };

  const start = (request: Extract<ReaderRequest, { readonly sql: string }>): void => {
    const db = idle.pop() ?? new Sqlite(path, { readonly: true });
    try {
      const rows = db.prepare(request.sql).raw(true).iterate(request.params) as Iterator<unknown[]>;
      scans.set(request.scan, { db, rows, numbers: request.numbers, chunk: request.chunk });
    } catch (error) {
      db.close();
      port.postMessage({
        scan: request.scan,
        error: error instanceof Error ? error.message : String(error),
      } satisfies ReaderReply);
      return;
    }
    step(request.scan);
  };

  port.on('message', (request: ReaderRequest) => {
    if (request === 'close') {
      for (const id of scans.keys()) end(id);
      for (const db of idle) db.close();
      port.close();
    } else if ('sql' in request) start(request);
    else if ('more' in request) step(request.more);
    else end(request.stop);
  });
}

function take(
  rows: Iterator<unknown[]>,
  limit: number,
): { readonly rows: unknown[][]; readonly done: boolean } {
  const taken: unknown[][] = [];
  while (taken.length < limit) {
    const next = rows.next();
    if (next.done) return { rows: taken, done: true };
    taken.push(next.value);
  }
  return { rows: taken, done: false };
}

function pack(rows: readonly (readonly unknown[])[]): Float64Array<ArrayBuffer> {
  const width = rows[0]?.length ?? 0;
  const numbers = new Float64Array(rows.length * width);
  let at = 0;
  for (const row of rows) {
    for (const value of row) numbers[at++] = value === null ? Number.NaN : Number(value);
  }
  return numbers;
}

serve(workerData);
