/** The thread of `workbook-file.ts`: one workbook, sheet by sheet, then it ends. */
import { parentPort } from 'node:worker_threads';
import { type SheetRow, type SheetStart, Workbook } from './workbook.ts';

export type WorkbookPart =
  | { readonly begin: SheetStart }
  | { readonly rows: readonly SheetRow[] }
  | { readonly end: true };
/** `file` comes at the end; before that an answer asks for the next part. */
export type WorkbookAnswer = { readonly file: Uint8Array } | { readonly next: true };

const workbook = new Workbook();

async function take(part: WorkbookPart): Promise<WorkbookAnswer> {
  if ('begin' in part) workbook.begin(part.begin);
  else if ('rows' in part) for (const row of part.rows) workbook.add(row);
  else {
    await workbook.end();
    return { file: workbook.taken() };
  }
  return { next: true };
}

parentPort?.on('message', (part: WorkbookPart) => {
  take(part).then(
    (answer) => parentPort?.postMessage(answer),
    (error: unknown) => {
      throw error;
    },
  );
});
