/** Reads CSV and other texts with columns; what columns mean is found as in workbooks. */
import type { ReadOptions } from '../format.ts';
import type { Place, Saying } from '../message.ts';
import { openText } from '../open-text.ts';
import { type Reading, ReadingBuilder } from '../reading.ts';
import type { Table } from '../table-cells.ts';
import { tableSayings } from '../table-messages.ts';
import { readTables } from '../table-reading.ts';
import { recordsOf } from './records.ts';

/** The reading of one file. */
export function readCsv(bytes: Uint8Array, { progress, settings, take, release }: ReadOptions = {}): Reading {
  const builder = new ReadingBuilder('csv', take);
  const text = openText(bytes, builder, release);
  if (text === null || text.trim() === '') return builder.finish();
  const { rows, width, unfused } = recordsOf(text);
  const remarks = new Map<number, Saying>();
  for (const { number, cells } of rows) {
    if (width >= 3 && cells.length > width)
      remarks.set(number, tableSayings.columnCount(cells.length, width));
    if (unfused.has(number)) remarks.set(number, tableSayings.fused);
  }
  const table: Table = { name: '', rows, merges: [], remarks, placeOf };
  readTables([table], builder, { settings, ...(progress === undefined ? {} : { progress }) });
  return builder.finish();
}

function placeOf(line: number, column?: number): Place {
  return { line, ...(column === undefined ? {} : { column: column + 1 }) };
}
