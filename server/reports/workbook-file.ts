/** Has a workbook written in a thread of its own: ten thousand units take a second or two, and the server does not wait. */
import { Worker } from 'node:worker_threads';
import { neutralised } from '../platform/cells.ts';
import { AppError } from '../platform/errors.ts';
import type { Cell, SheetRow, SheetStart } from './workbook.ts';
import type { WorkbookAnswer, WorkbookPart } from './workbook-worker.ts';

export interface WorkbookSheet {
  readonly start: SheetStart;
  readonly rows: Iterable<SheetRow>;
}

/** Rows handed over at once. */
const PAGE = 500;
/** Workbooks made at the same time; each takes a core for as long as it lasts. */
const MOST = 2;
let making = 0;

/** The file. Throws `busy`. */
export async function workbookOf(sheets: readonly WorkbookSheet[]): Promise<Uint8Array> {
  if (making >= MOST) throw new AppError('busy');
  making += 1;
  const worker = new Worker(new URL('./workbook-worker.ts', import.meta.url));
  const { promise: failed, reject } = Promise.withResolvers<never>();
  failed.catch(() => undefined);
  worker.once('error', reject);
  const tell = (part: WorkbookPart): Promise<WorkbookAnswer> =>
    Promise.race([answerOf(worker, part), failed]);
  try {
    for (const { start, rows } of sheets) {
      await tell({ begin: { ...start, above: start.above.map(safe) } });
      for (const page of pagesOf(rows)) await tell({ rows: page });
    }
    const last = await tell({ end: true });
    if (!('file' in last)) throw new Error('no file came of a workbook');
    return last.file;
  } finally {
    making -= 1;
    await worker.terminate();
  }
}

function* pagesOf(rows: Iterable<SheetRow>): Generator<SheetRow[]> {
  let page: SheetRow[] = [];
  for (const row of rows) {
    page.push({ ...row, cells: row.cells.map(safe) });
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

function safe<Of extends Cell>(cell: Of): Of | string {
  return typeof cell === 'string' ? neutralised(cell) : cell;
}

function answerOf(worker: Worker, part: WorkbookPart): Promise<WorkbookAnswer> {
  const { promise, resolve } = Promise.withResolvers<WorkbookAnswer>();
  worker.once('message', resolve);
  worker.postMessage(part);
  return promise;
}
