/** What a table in a paper is: rows of questions, statements with columns for true and false, answers, options in a frame, or content. */
import { fold } from '../vietnamese.ts';
import type { FoundText } from './found-text.ts';
import { truthOfWord } from './key-text.ts';
import { RichBuilder } from './rich-builder.ts';
import { plainLooks, StyledText } from './styled-text.ts';
import { type Cell, type Table, type TableRow, textOfCell } from './table-cells.ts';
import { proposeMapping } from './table-mapping.ts';
import { letterOf } from './texts.ts';
import type { Grid } from './word-answers.ts';
import type { WordCell, WordParagraph, WordTable } from './word-model.ts';
import { numberedStart, questionStart } from './word-patterns.ts';

/** Label and body of a paragraph. */
export function textOfParagraph({ label, body }: WordParagraph): StyledText {
  return label.text === '' ? body : StyledText.join([label, body], ' ');
}

export function textOfWordCell({ paragraphs }: WordCell): StyledText {
  return StyledText.join(
    paragraphs.map(textOfParagraph).filter((text) => !text.isBlank),
    '\n',
  );
}

export function gridOf({ rows }: WordTable): Grid {
  return rows.map((row) => row.map((cell) => textOfWordCell(cell).line));
}

export function paragraphsOfTable({ rows }: WordTable): readonly WordParagraph[] {
  return rows.flatMap((row) => row.flatMap(({ paragraphs }) => paragraphs));
}

/** The table as one of questions, a row each; null: it is none. */
export function questionTable(table: WordTable, name: string): Table | null {
  const rows = table.rows.map((row, i): TableRow => {
    const number = row.flatMap(({ paragraphs }) => paragraphs)[0]?.number ?? table.number + i;
    return { number, cells: row.map(cellOf) };
  });
  const filled = rows.filter(({ cells }) => cells.some((cell) => textOfCell(cell) !== ''));
  const asTable: Table = { name, rows: filled, merges: [], placeOf: (paragraph) => ({ paragraph }) };
  const mapping = filled.length < 2 ? null : proposeMapping(asTable);
  if (mapping === null || mapping.header === null) return null;
  const has = (field: string) => mapping.columns.some((column) => column === field);
  const isQuestions = has('stem') && (has('option') || has('options') || has('key'));
  return isQuestions ? asTable : null;
}

function cellOf(cell: WordCell): Cell {
  const styled = textOfWordCell(cell);
  const isPlain = styled.atoms.every(
    ({ looks, thing }) => looks.marks === 0 && looks.color === null && thing === undefined,
  );
  if (isPlain) return styled.paragraph;
  return { text: styled.paragraph, styled, looks: plainLooks, issue: null };
}

/** "Nhận định | Đúng | Sai" with a cross in one of the columns → lines "a) … (Đ)"; null: another table. */
export function statementLines(table: WordTable): readonly StyledText[] | null {
  const [head, ...rows] = table.rows;
  const words = (head ?? []).map((cell) => fold(textOfWordCell(cell).line).trim());
  const yes = words.findIndex((word) => /^(?:dung|d|true|t)$/.test(word));
  const no = words.findIndex((word) => /^(?:sai|s|false|f)$/.test(word));
  if (yes < 0 || no < 0 || rows.length === 0) return null;
  return rows.map((row, i) => {
    const texts = row.map(textOfWordCell);
    const others = texts.filter((_, column) => column !== yes && column !== no);
    const text = others.reduce((a, b) => (b.text.length > a.text.length ? b : a), StyledText.plain(''));
    const bare = text.text.replace(/^\s*\(?[a-hA-H]\s*[.)]\s*/, '');
    const body = text.slice(text.text.length - bare.length);
    const crossed = [yes, no].map((column) => (texts[column]?.line ?? '') !== '');
    const truth = crossed[0] === crossed[1] ? '' : crossed[0] ? ' (Đ)' : ' (S)';
    const label = StyledText.plain(`${letterOf(i).toLowerCase()}) `);
    return StyledText.join([label, body, StyledText.plain(truth)], '');
  });
}

/** Whether a table only arranges questions or options on the page. */
export function isFrame(table: WordTable): boolean {
  const texts = paragraphsOfTable(table)
    .map((paragraph) => textOfParagraph(paragraph).text)
    .filter((text) => text.trim() !== '');
  const labels = texts.filter((text) => /^\s*[*#]?\s*\(?[A-Ha-h]\s*[.)/:]/.test(text)).length;
  return labels >= 2 || texts.some((text) => questionStart(text) !== null && numberedStart(text) === null);
}

/** A table as content of a question. */
export function foundTable(table: WordTable): FoundText {
  const builder = new RichBuilder();
  builder.table(
    table.rows.map((row) => row.map((cell) => textOfWordCell(cell).found())),
    false,
  );
  return builder.finish();
}

/** Whether answers in a grid can only be answers, also where no heading says so. */
export function isLetterAnswers(values: readonly string[]): boolean {
  return (
    values.length >= 3 &&
    values.every((value) => /^[A-H]$|^[ĐS]{2,8}$/.test(value) || truthOfWord(value) !== null)
  );
}
