/** What a table in a paper is: rows of questions, statements with columns for true and false, answers, options in a frame, or content. */
import { fold } from '../vietnamese.ts';
import type { FoundText } from './found-text.ts';
import { truthOfWord } from './key-text.ts';
import { RichBuilder } from './rich-builder.ts';
import { plainLooks, StyledText } from './styled-text.ts';
import { type Cell, type Table, type TableRow, textOfCell } from './table-cells.ts';
import { proposeMapping } from './table-mapping.ts';
import { letterOf } from './texts.ts';
import type { Grid } from './word-answer-grid.ts';
import type { WordCell, WordParagraph, WordTable } from './word-model.ts';
import { isColumnHead, numberedStart, questionStart } from './word-patterns.ts';

/** Label and body of a paragraph. */
export function textOfParagraph({ label, body }: WordParagraph): StyledText {
  return (label.text === '' ? body : StyledText.join([label, body], ' ')).squeezed;
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

/** As many columns in every row, and a number where the rows above have theirs: a table of questions that goes on. */
export function isRestOf({ rows }: WordTable, above: WordTable): boolean {
  const width = above.rows[0]?.length ?? 0;
  const isCounted = isNumber(above.rows.at(-1)?.[0]);
  const fits = (row: readonly WordCell[]) => row.length === width && isNumber(row[0]) === isCounted;
  return width >= 3 && rows.length > 0 && rows.every(fits);
}

function isNumber(cell: WordCell | undefined): boolean {
  return cell !== undefined && NUMBER_CELL.test(textOfWordCell(cell).text);
}

function cellOf(cell: WordCell): Cell {
  const styled = textOfWordCell(cell);
  const isPlain = styled.atoms.every(
    ({ looks, thing }) => looks.marks === 0 && looks.color === null && thing === undefined,
  );
  if (isPlain) return styled.paragraph;
  return { text: styled.paragraph, styled, looks: plainLooks, issue: null };
}

/**
 * Statements in a table below a question → lines "a) … (Đ)"; null: another table. Either "Nhận định | Đúng | Sai" with a
 * cross in one of the columns, or one column of "Đ" and "S" beside statements that have letters or are asked for.
 */
function statementLines(table: WordTable, asked: string): readonly StyledText[] | null {
  const rows = table.rows.map((row) => row.map(textOfWordCell));
  const [head = [], ...rest] = rows;
  const words = head.map(({ line }) => fold(line).trim());
  const yes = words.findIndex((word) => /^(?:dung|d|true|t)(?:\s*\([a-z]\))?$/.test(word));
  const no = words.findIndex((word) => /^(?:sai|s|false|f)(?:\s*\([a-z]\))?$/.test(word));
  if (yes >= 0 && no >= 0 && rest.length > 0)
    return rest.map((row, i) => {
      const [isYes, isNo] = [yes, no].map((column) => isCrossed(row[column]?.line ?? ''));
      return statementLine(row, [yes, no], i, isYes === isNo ? null : (isYes ?? null));
    });
  return judgedLines(rows, asked);
}

function isCrossed(text: string): boolean {
  return !/^[\s☐□○◯❏❑⬜.…_–-]*$/.test(text);
}

const LETTER_CELL = /^\s*\(?([a-h])(?:\s*[.)/:]|\s*$)/;

/** One column holds nothing but "Đ" and "S", head aside. */
function judgedLines(rows: readonly (readonly StyledText[])[], asked: string): readonly StyledText[] | null {
  const isJudged = (row: readonly StyledText[], column: number) =>
    truthOfWord(row[column]?.line ?? '') !== null;
  const width = Math.max(0, ...rows.map(({ length }) => length));
  for (let column = width - 1; column > 0; column--) {
    const body = rows.filter((row) => isJudged(row, column));
    const isWhole =
      body.length >= 2 &&
      body.length >= rows.length - 1 &&
      rows.slice(1).every((row) => isJudged(row, column));
    const isLettered = body.every(
      (row, i) => LETTER_CELL.exec(row[0]?.text ?? '')?.[1] === letterOf(i).toLowerCase(),
    );
    if (!isWhole || !(isLettered || ASKS_TRUTH.test(asked))) continue;
    return body.map((row, i) => statementLine(row, [column], i, truthOfWord(row[column]?.line ?? '')));
  }
  return null;
}

const ASKS_TRUTH = /đúng\s*(?:hay|hoặc|,|\/|-|–)?\s*sai/iu;

/** The longest of the other cells, under its own letter. */
function statementLine(
  row: readonly StyledText[],
  marks: readonly number[],
  place: number,
  truth: boolean | null,
): StyledText {
  const others = row.filter(
    ({ line }, column) => !marks.includes(column) && !/^\(?[a-h\d][.):]?$/i.test(line),
  );
  const text = others.reduce((a, b) => (b.text.length > a.text.length ? b : a), StyledText.plain(''));
  const bare = text.text.replace(/^\s*\(?[a-hA-H]\s*[.)]\s*/, '');
  const label = StyledText.plain(`${letterOf(place).toLowerCase()}) `);
  const end = StyledText.plain(truth === null ? '' : truth ? ' (Đ)' : ' (S)');
  return StyledText.join([label, text.slice(text.text.length - bare.length), end], '');
}

/** What a table below a stem says, as lines; null: it is content. */
export function linesBelow(table: WordTable, asked: string): readonly StyledText[] | null {
  return boxedAnswer(table) ?? optionLines(table) ?? statementLines(table, asked);
}

/** "Đáp án: | 1 | 2 | , | 5": a sign a box, or boxes to fill in; null: another table. */
function boxedAnswer({ rows }: WordTable): readonly StyledText[] | null {
  const [row, ...more] = rows;
  const [head, ...boxes] = (row ?? []).map((cell) => textOfWordCell(cell).line);
  if (head === undefined || more.length > 0 || boxes.length < 2) return null;
  const isNamed = /^(?:dap an|dap so|kq|ket qua|tra loi)\s*:?$/.test(fold(head).trim());
  if (!isNamed || boxes.some((box) => [...box].length > 1)) return null;
  return [StyledText.plain(`Đáp án: ${boxes.join('')}`)];
}

const NUMBER_CELL = /^\s*(?:câu(?:\s*hỏi)?\s*)?(\d{1,3})\s*[.:)]?\s*$/iu;
const CROSS_CELL = /^\s*[xXvV✓✔√]\s*$/u;

/** A table of its own for each question: its number and words, a row an option with a cross, the key. Null: another table. */
export function cardLines(table: WordTable): readonly StyledText[] | null {
  const [head = [], ...rows] = table.rows.map((row) => row.map(textOfWordCell));
  const number = NUMBER_CELL.exec(head[0]?.line ?? '')?.[1];
  const letters = rows.flatMap(([cell]) => /^\(?([A-H])\s*[.)]?$/.exec(cell?.line ?? '')?.[1] ?? []);
  const areOptions = letters.length >= 2 && letters.every((letter, i) => letter === letterOf(i));
  if (number === undefined || !areOptions) return null;
  return [
    StyledText.join([StyledText.plain(`Câu ${number}. `), ...head.slice(1)], ''),
    ...rows.map((row, i) => (i < letters.length ? cardOption(row, i) : StyledText.join(row, ': '))),
  ];
}

function cardOption([label, ...cells]: readonly StyledText[], place: number): StyledText {
  const isCrossed = cells.some(({ text }) => CROSS_CELL.test(text));
  const text = cells.filter((cell) => !CROSS_CELL.test(cell.text) && !cell.isBlank);
  const letter = label?.slice(label.text.search(/[A-H]/), label.text.search(/[A-H]/) + 1);
  const start = [StyledText.plain(isCrossed ? '*' : ''), letter ?? StyledText.plain(letterOf(place))];
  return StyledText.join([...start, StyledText.plain('. '), ...text], '');
}

/** Options in a table whose letters have cells of their own, "A | Huế | B | Hà Nội"; null: another table. */
function optionLines({ rows }: WordTable): readonly StyledText[] | null {
  const cells = rows.flatMap((row) => row.map(textOfWordCell));
  const labels = cells.filter((_, i) => i % 2 === 0);
  const areOptions =
    rows.every((row) => row.length % 2 === 0) &&
    labels.length >= 2 &&
    labels.every(({ text }, i) => LETTER_ALONE.exec(text)?.[1] === letterOf(i));
  if (!areOptions) return null;
  return labels.map((label, i) => {
    const at = label.text.search(/[A-H]/);
    const text = cells[2 * i + 1] ?? StyledText.plain('');
    return StyledText.join([label.slice(0, at + 1), StyledText.plain('. '), text], '');
  });
}

const LETTER_ALONE = /^\s*[*#✓✔√☑☒☐□]?\s*([A-H])\s*[.):]?\s*$/u;

/** Cells of a frame as lines: a row of short cells is one line, as on the page. */
export function frameLines({ rows }: WordTable): readonly StyledText[] {
  return rows.flatMap((row) => {
    const cells = row.map((cell) =>
      cell.paragraphs
        .flatMap((paragraph) => textOfParagraph(paragraph).lines())
        .filter((line) => !line.isBlank),
    );
    const filled = cells.filter((lines) => lines.length > 0);
    if (filled.some((lines) => lines.length > 1)) return filled.flat().map((line) => line.trim());
    return filled.length === 0 ? [] : [StyledText.join(filled.flat(), '\t').trim()];
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

/** Its cells as one text, a row a line. */
export function rawOfTable(table: WordTable): string {
  return gridOf(table)
    .map((row) => row.join(' | '))
    .join('\n');
}

/** "Cột A | Cột B" over it. */
export function hasColumnHeads(table: WordTable): boolean {
  const [head = []] = gridOf(table);
  return head.filter((cell) => isColumnHead(cell)).length >= 2;
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
