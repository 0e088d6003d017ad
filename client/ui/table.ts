/** What a column of Table.svelte is. */
import type { Snippet } from 'svelte';

/** One column: how it is called, and what it shows of a row (`text`, or `cell` for more than text). */
export interface Column<Row> {
  readonly key: string;
  readonly label: string;
  readonly text?: (row: Row) => string;
  readonly cell?: Snippet<[Row]>;
  /** Numbers stand at the end, in digits of one width. */
  readonly align?: 'start' | 'end';
  /** The row's name: read with every cell, and the first line where rows are stacked. */
  readonly isHeading?: boolean;
  readonly sortable?: boolean;
}

/** By which column rows stand, and which way. */
export interface Sorting {
  readonly key: string;
  readonly direction: 'ascending' | 'descending';
}
