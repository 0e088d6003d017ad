/** What is said about the columns of a table: those that nobody took, and those that people do not see. */
import type { Remarks } from './reading.ts';
import { columnName, lineOfCell, type Table } from './table-cells.ts';
import type { Mapping } from './table-mapping.ts';
import { tableSayings } from './table-messages.ts';
import { excerpt } from './texts.ts';

export function sayColumns(
  { rows, hidden, placeOf }: Table,
  { header, columns }: Mapping,
  about: Remarks,
): void {
  const titles = rows.find(({ number }) => number === header)?.cells ?? [];
  const named = (column: number) => `${columnName(column)} (${excerpt(lineOfCell(titles[column]), 30)})`;
  const place = placeOf(header ?? 1);
  const left = columns.flatMap((field, i) =>
    field === null && lineOfCell(titles[i]) !== '' ? [named(i)] : [],
  );
  if (left.length > 0) about.note(tableSayings.columnsLeft(left.join(', ')), place);
  const unseen = columns.flatMap((field, i) =>
    field !== null && field !== 'data' && hidden?.columns.has(i) ? [named(i)] : [],
  );
  if (unseen.length > 0) about.warn(tableSayings.hiddenColumns(unseen.join(', ')), place);
  if (columns.includes('time')) about.note(tableSayings.timeLeft, place);
}
