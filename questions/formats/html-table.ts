/** Rows and cells of an HTML table. Cells that span columns are followed by empty ones. */
import type { DefaultTreeAdapterTypes } from 'parse5';
import type { FoundText } from './found-text.ts';
import { noText } from './found-text.ts';

export type Element = DefaultTreeAdapterTypes.Element;

const SPAN_MAX = 30;

export interface FoundTable {
  readonly rows: readonly (readonly FoundText[])[];
  /** The first row names the columns. */
  readonly heading: boolean;
}

/** Reads the rows of this table, not those of tables inside it. */
export function readTable(table: Element, read: (cell: Element) => FoundText): FoundTable {
  const rows = rowsOf(table);
  const [first] = rows;
  const heading =
    first !== undefined && rows.length > 1 && cellsOf(first).every(({ tagName }) => tagName === 'th');
  return { rows: rows.map((row) => cellsOf(row).flatMap((cell) => spread(cell, read(cell)))), heading };
}

function elementsOf(element: Element): readonly Element[] {
  return element.childNodes.flatMap((node) => ('tagName' in node ? [node] : []));
}

function rowsOf(element: Element): readonly Element[] {
  return elementsOf(element).flatMap((child) => {
    if (child.tagName === 'tr') return [child];
    return ['tbody', 'thead', 'tfoot'].includes(child.tagName) ? rowsOf(child) : [];
  });
}

function cellsOf(row: Element): readonly Element[] {
  return elementsOf(row).filter(({ tagName }) => tagName === 'td' || tagName === 'th');
}

function spread(cell: Element, text: FoundText): readonly FoundText[] {
  const span = Number(cell.attrs.find(({ name }) => name === 'colspan')?.value ?? 1);
  const empty = Number.isInteger(span) && span > 1 ? Math.min(span, SPAN_MAX) - 1 : 0;
  return [text, ...new Array<FoundText>(empty).fill(noText)];
}
