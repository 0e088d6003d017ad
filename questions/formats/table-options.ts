/** Options of a table's question: taken out of their cells, without letters before them and stars behind them. */
import type { FoundText } from './found-text.ts';
import { StyledText } from './styled-text.ts';
import { type Cell, PlainCellText, styledOfCell, textOfCell } from './table-cells.ts';

export interface TableOption {
  readonly cell: Cell;
  /** Place of its column among the options of the table, from 0: letters of keys mean places. */
  readonly place: number;
}

export interface ReadOption {
  readonly place: number;
  readonly text: FoundText;
  /** Its letters, for comparing with keys. */
  readonly plain: string;
  /** A sign at it says that it is right. */
  readonly isStarred: boolean;
}

/** "1.5", "1/2", "7:30" are numbers, and their first digit is no label. */
const LABEL = /^\(?([A-Za-z]|\d{1,2}(?!\s*[./:]\d))\s*[.)/:]\s*/;
const STAR =
  /^\s*(?:\*+|[✓✔☑√])\s*|(?<!\s)\s*(?:(?<!\*)\*+|[✓✔☑√]|\((?:đúng|đ|x|đáp án(?: đúng)?|correct|right|true)\)|\[(?:x|đúng|đ|correct)\])\s*$/iu;

/** Reads options that have a cell each. */
export function readOptions(options: readonly TableOption[]): readonly ReadOption[] {
  const filled = options.filter(({ cell }) => textOfCell(cell) !== '' || isDrawn(cell));
  const labelled = filled.every(({ cell, place }) => labelPlace(textOfCell(cell)) === place);
  const strip = labelled && filled.length >= 2;
  return filled.map(({ cell, place }) => readOption(cell, place, strip));
}

function isDrawn(cell: Cell): boolean {
  return typeof cell === 'object' && cell.styled !== null && !cell.styled.isBlank;
}

/** The place that a label at the beginning stands for; null: there is no label. */
function labelPlace(text: string): number | null {
  const bare = text.replace(/^\s*[*✓✔☑√]+\s*/, '');
  const label = LABEL.exec(bare)?.[1];
  if (label === undefined || LABEL.exec(bare)?.[0].length === bare.length) return null;
  return /\d/.test(label) ? Number(label) - 1 : label.toLowerCase().charCodeAt(0) - 0x61;
}

function readOption(cell: Cell, place: number, strip: boolean): ReadOption {
  if (typeof cell === 'string') {
    const isStarred = isStar(cell);
    const unstarred = isStarred ? withoutStar(cell) : cell;
    const plain = strip ? unstarred.replace(LABEL, '') : unstarred;
    return { place, text: new PlainCellText(plain), plain, isStarred };
  }
  return readStyled(styledOfCell(cell), place, strip);
}

function readStyled(styled: StyledText, place: number, strip: boolean): ReadOption {
  const isStarred = isStar(styled.text);
  const unstarred = isStarred ? styledWithoutStar(styled) : styled;
  const label = strip ? (LABEL.exec(unstarred.text)?.[0].length ?? 0) : 0;
  const body = unstarred.slice(label).trim();
  return { place, text: body.found(), plain: body.paragraph, isStarred };
}

/** What a sign can begin or end with; hardly any option does, and the whole pattern is slow. */
const FIRST = /^\s*[*✓✔☑√]/u;
const LAST = /[*✓✔☑√)\]]\s*$/u;

function mayHaveStar(text: string): boolean {
  const end = text.charCodeAt(text.length - 1);
  // A letter or a digit of the alphabet, as almost always.
  const isWord = (end >= 0x61 && end <= 0x7a) || (end >= 0x30 && end <= 0x39);
  return FIRST.test(text) || (!isWord && LAST.test(text));
}

/** A star alone is an option of its own. */
function isStar(text: string): boolean {
  return mayHaveStar(text) && STAR.test(text) && withoutStar(text) !== '';
}

function withoutStar(text: string): string {
  return text.replace(STAR, '').replace(STAR, '').trim();
}

function styledWithoutStar(styled: StyledText): StyledText {
  let rest = styled;
  for (let found = STAR.exec(rest.text); found !== null; found = STAR.exec(rest.text)) {
    const end = found.index + found[0].length;
    rest = found.index === 0 ? rest.slice(end) : rest.slice(0, found.index);
  }
  return rest;
}

const INLINE_LABEL = /(?:^|\s)\(?([A-H])\s*[.)/:]\s*(?=\S)/g;

/** Options that share a cell: one a line, or behind letters on one line, or between semicolons. */
export function splitCell(cell: Cell): readonly TableOption[] {
  const styled = styledOfCell(cell);
  const lines = styled
    .lines()
    .map((line) => line.trim())
    .filter((line) => !line.isBlank);
  const pieces = lines.length > 1 ? lines.flatMap(splitLine) : splitOnly(lines[0]);
  const joined = joinContinued(pieces);
  return joined.map((piece, place) => ({ cell: cellOf(piece), place }));
}

function cellOf(styled: StyledText): Cell {
  const looksPlain = styled.atoms.every(
    ({ looks, thing }) => looks.marks === 0 && looks.color === null && thing === undefined,
  );
  if (looksPlain) return styled.paragraph;
  return { text: styled.paragraph, styled, looks: { marks: 0, color: null }, issue: null };
}

/** "A. x  B. y" on one line of several. */
function splitLine(line: StyledText): readonly StyledText[] {
  const starts = labelStarts(line.text);
  return starts.length < 2 || starts[0] !== 0 ? [line] : cutAt(line, starts);
}

function splitOnly(line: StyledText | undefined): readonly StyledText[] {
  if (line === undefined) return [];
  const starts = labelStarts(line.text);
  if (starts.length >= 2 && starts[0] === 0) return cutAt(line, starts);
  for (const sign of [' | ', '|', ';', ' / ']) {
    const parts = line.text.split(sign);
    if (parts.length < 2 || parts.some((part) => part.trim() === '')) continue;
    let at = 0;
    return parts.map((part) => {
      const piece = line.slice(at, at + part.length).trim();
      at += part.length + sign.length;
      return piece;
    });
  }
  return [line];
}

/** Where letters that follow one another stand. */
function labelStarts(text: string): readonly number[] {
  const starts: number[] = [];
  let next: string | null = null;
  for (const { index, 0: all, 1: letter = '' } of text.matchAll(INLINE_LABEL)) {
    if (next !== null && letter !== next) continue;
    starts.push(index + (all.length - all.trimStart().length));
    next = String.fromCharCode(letter.charCodeAt(0) + 1);
  }
  return starts;
}

function cutAt(line: StyledText, starts: readonly number[]): readonly StyledText[] {
  return starts.map((start, i) => {
    const piece = line.slice(start, starts[i + 1]).trim();
    return i + 1 < starts.length ? piece.slice(0, piece.text.replace(/(?<!\s)\s*[;,|]$/, '').length) : piece;
  });
}

/** Where most lines carry letters, a line without one belongs to the line before. */
function joinContinued(lines: readonly StyledText[]): readonly StyledText[] {
  const labelled = lines.filter(({ text }) => labelPlace(text) !== null).length;
  if (labelled < 2 || labelled === lines.length || labelPlace(lines[0]?.text ?? '') === null) return lines;
  const joined: StyledText[] = [];
  for (const line of lines) {
    const last = joined.at(-1);
    if (last === undefined || labelPlace(line.text) !== null) joined.push(line);
    else joined[joined.length - 1] = StyledText.join([last, line], '\n');
  }
  return joined;
}
