/** Which tables hold questions, and what becomes of the others: a guide, a list of people, or something that we did not understand. */
import { Ignored, type ReadingBuilder, type Source } from './reading.ts';
import { isLetters, isListOfLetters, type SortedTables, sideAnswers } from './table-answers.ts';
import { lineOfCell, type Table, type TableRow, textOfCell } from './table-cells.ts';
import { type Field, fieldOfHeader } from './table-fields.ts';
import { givenMapping, type Mapping, proposeMapping } from './table-mapping.ts';
import { tableSayings } from './table-messages.ts';
import type { Grid } from './word-answer-grid.ts';

/** Nothing is known of its columns yet. */
export function blankMapping({ name, rows }: Table): Mapping {
  const width = Math.max(0, ...rows.slice(0, 50).map(({ cells }) => cells.length));
  return { sheet: name, header: null, columns: new Array<Field | null>(width).fill(null) };
}

/** Beside questions another sheet may be a guide; alone it is a file that we did not understand. */
export function bookStranger(table: Table, builder: ReadingBuilder, hasOthers: boolean): void {
  const source = sourceOf(table);
  if (table.hidden?.isSheet === true) {
    builder.about.note(tableSayings.hiddenSheet(table.name), source.place);
    return;
  }
  builder.block(source, (remarks) => {
    if (hasOthers) return new Ignored(tableSayings.notQuestions);
    remarks.error(tableSayings.notQuestions);
    return null;
  });
  if (!hasOthers) builder.fail(tableSayings.notQuestions, source.place);
}

export function sourceOf({ rows, placeOf }: Table): Source {
  return { place: placeOf(rows[0]?.number ?? 1), raw: rows.slice(0, 30).map(rawOf).join('\n') };
}

export function rawOf({ cells }: TableRow): string {
  return cells.map(textOfCell).join(' | ');
}

type MappedTable = readonly [Table, Mapping];

/** Tells them apart; what a person said about columns counts. */
export function sortTables(tables: readonly Table[], settings: unknown): SortedTables {
  const mapped: MappedTable[] = [];
  const lists: MappedTable[] = [];
  const sides = new Map<Table, Grid>();
  const strangers: Table[] = [];
  for (const table of tables) {
    const given = givenMapping(settings, table.name);
    const mapping = given ?? proposeMapping(table);
    if (mapping === null || !mapping.columns.includes('stem')) strangers.push(table);
    else if (given === null && isListOfLetters(table, mapping)) lists.push([table, mapping]);
    else mapped.push([table, given ?? withOtherKeys(table, besideList(table, mapping, sides))]);
  }
  if (mapped.length === 0) return { mapped: lists, lists: [], sides, strangers };
  return { mapped, lists, sides, strangers };
}

/** Without the column of keys, where that is a list of its own; the list goes to `sides`. */
function besideList(table: Table, mapping: Mapping, sides: Map<Table, Grid>): Mapping {
  const side = sideAnswers(table, mapping);
  if (side === null) return mapping;
  sides.set(table, side);
  return { ...mapping, columns: mapping.columns.map((field) => (field === 'key' ? null : field)) };
}

/** Another column of letters that calls itself a key is one as well: where the two disagree, that is to be said. */
function withOtherKeys(table: Table, mapping: Mapping): Mapping {
  const { header, columns } = mapping;
  const titles = table.rows.find(({ number }) => number === header)?.cells ?? [];
  if (header === null || !columns.includes('key') || !columns.includes('option')) return mapping;
  const isOther = (column: number) => {
    if (fieldOfHeader(lineOfCell(titles[column])) !== 'key') return false;
    const below = table.rows.filter(({ number }) => number > header);
    const said = below.map(({ cells }) => lineOfCell(cells[column])).filter((text) => text !== '');
    return said.length > 0 && said.every(isLetters);
  };
  return { ...mapping, columns: columns.map((field, i) => (field === null && isOther(i) ? 'key' : field)) };
}
