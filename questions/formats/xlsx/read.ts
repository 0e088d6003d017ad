/** Reads workbooks: ours, templates of other products, and whatever people made themselves. */
import type { ReadOptions } from '../format.ts';
import { MediaShelf } from '../media.ts';
import { openOffice } from '../office.ts';
import { type Reading, ReadingBuilder } from '../reading.ts';
import { columnName, type Table } from '../table-cells.ts';
import { tableSayings } from '../table-messages.ts';
import { readTables } from '../table-reading.ts';
import type { ZipArchive } from '../zip.ts';
import { ZipError } from '../zip-error.ts';
import { ownDraft } from './own-row.ts';
import { withPictures } from './pictures.ts';
import { readSheet, SheetReader } from './sheet.ts';
import { openWorkbook, type SheetEntry, type Workbook } from './workbook.ts';

/** The reading of one file. What stands before a place where it is broken is still read. */
export function readXlsx(bytes: Uint8Array, { progress, settings, take }: ReadOptions = {}): Reading {
  const builder = new ReadingBuilder('xlsx', take);
  const shelf = new MediaShelf();
  const tables = tablesOf(bytes, builder, shelf, (share) => progress?.(share / 2));
  if (tables.length > 0)
    readTables(tables, builder, {
      settings,
      own: (question, data, remarks) => ownDraft(question, data, shelf.all, remarks),
      ...(progress === undefined ? {} : { progress: (share) => progress(0.5 + share / 2) }),
    });
  return builder.finish(shelf.all);
}

function tablesOf(
  bytes: Uint8Array,
  builder: ReadingBuilder,
  shelf: MediaShelf,
  progress: (share: number) => void,
): readonly Table[] {
  const tables: Table[] = [];
  try {
    const archive = openOffice(bytes);
    const workbook = openWorkbook(archive);
    for (const sheet of workbook.sheets)
      tables.push(tableOf(archive, workbook, sheet, { builder, shelf, progress }));
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    builder.fail(error.saying, placeIn('', 1));
  }
  return tables.filter(({ rows }) => rows.length > 0);
}

interface Surroundings {
  readonly builder: ReadingBuilder;
  readonly shelf: MediaShelf;
  readonly progress: (share: number) => void;
}

function tableOf(
  archive: ZipArchive,
  { texts }: Workbook,
  { name, part, isHidden }: SheetEntry,
  { builder, shelf, progress }: Surroundings,
): Table {
  const reader = new SheetReader(texts, (rows) => progress(1 - 1 / (1 + rows / 20_000)));
  try {
    readSheet(archive, part, reader);
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    const last = reader.content.rows.at(-1)?.number ?? 0;
    builder.fail(error.saying, placeIn(name, last + 1));
  }
  const { rows, merges, hiddenRows, hiddenColumns, isCut } = reader.content;
  if (isCut) builder.about.warn(tableSayings.tooMany, placeIn(name, rows.at(-1)?.number ?? 1));
  return {
    name,
    rows: withPictures(rows, archive, part, shelf, builder),
    merges,
    hidden: { isSheet: isHidden, rows: hiddenRows, columns: hiddenColumns },
    placeOf: (row, column) => placeIn(name, row, column),
  };
}

function placeIn(sheet: string, row: number, column?: number) {
  return { sheet, row, ...(column === undefined ? {} : { column: columnName(column) }) };
}
