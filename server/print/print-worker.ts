/** The thread of `printing.ts`: one document, then it ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { toDocx } from './docx.ts';
import { toPdf } from './pdf.ts';
import type { PrintOrder } from './printing.ts';

const { document, format }: PrintOrder = workerData;
const bytes = format === 'pdf' ? await toPdf(document) : await toDocx(document);
parentPort?.postMessage(bytes);
