/**
 * The two columns of a matching question, as Vietnamese papers set them: lists "1. … 2. …" and "a) … b) …" below the stem,
 * or a table "Cột A | Cột B", sometimes with a third column for the key.
 */
import { fold } from '../vietnamese.ts';
import { StyledText } from './styled-text.ts';
import { pairsOf } from './word-pair-keys.ts';
import { isColumnHead } from './word-patterns.ts';

/** One thing to be matched: its label as written but small, "1" or "b". */
export interface PairItem {
  readonly label: string;
  readonly text: StyledText;
}

export interface PairColumns {
  /** What stands above the columns. */
  readonly stem: StyledText;
  readonly lefts: readonly PairItem[];
  readonly rights: readonly PairItem[];
  /** What a column for the key says; empty: there is none, or nobody filled it in. */
  readonly key: string;
}

const NUMBERS = Array.from({ length: 26 }, (_, i) => String(i + 1));
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
/** The Vietnamese alphabet has "đ" behind "d". */
const LETTERS_VI = [...'abcdđeghiklmnopqrstuvxy'];

/** Texts by their labels; null: the labels do not follow one another from the first on. */
function inOrder(items: readonly PairItem[]): readonly PairItem[] | null {
  const isSo = [NUMBERS, LETTERS, LETTERS_VI].some((labels) =>
    items.every(({ label }, i) => label === labels[i]),
  );
  return isSo && items.length >= 2 && items.every(({ text }) => !text.isBlank) ? items : null;
}

interface Cut {
  readonly label: string;
  readonly from: number;
  readonly end: number;
}

const CANDIDATE =
  /(^|\n|\t|[ \u00a0]{2,}|[;,]?[ \u00a0])([ \u00a0]*\(?(\d{1,2}|[A-Za-zĐđ])\s?([.)\]:/]|[-–](?=\s)))(?=\s*\S)/gu;

/** Lists in the body of a question; null: there are not two of them, one of numbers and one of letters. */
export function columnsInLines(body: StyledText): PairColumns | null {
  const cuts = cutsIn(body.text);
  const [first] = cuts;
  if (first === undefined) return null;
  const heads: StyledText[] = [];
  const items = cuts.map(({ label, end }, i): PairItem => {
    const lines = body.slice(end, cuts[i + 1]?.from).lines();
    heads.push(...lines.filter(({ text }) => isColumnHead(text)));
    const own = lines.filter(({ text }) => !isColumnHead(text));
    return { label, text: StyledText.join(own, '\n').trim() };
  });
  const [numbers, letters] = [/^\d/, /^\D/].map((kind) =>
    inOrder(items.filter(({ label }) => kind.test(label))),
  );
  if (numbers == null || letters == null) return null;
  const isNumbersFirst = /^\d/.test(first.label);
  return {
    stem: stemWith(body.slice(0, first.from), heads),
    lefts: isNumbersFirst ? numbers : letters,
    rights: isNumbersFirst ? letters : numbers,
    key: '',
  };
}

/** The one numbered list in the body of a question; null: there is none. */
export function listInLines(
  body: StyledText,
): (Pick<PairColumns, 'stem'> & { readonly items: readonly PairItem[] }) | null {
  const cuts = cutsIn(body.text).filter(({ label }) => /^\d/.test(label));
  const items = inOrder(
    cuts.map(({ label, end }, i) => ({ label, text: body.slice(end, cuts[i + 1]?.from).trim() })),
  );
  return items === null ? null : { stem: body.slice(0, cuts[0]?.from).trim(), items };
}

type ListKind = 'numbers' | 'upper' | 'lower';

function listOf(label: string): ListKind {
  if (/\d/.test(label)) return 'numbers';
  return label === label.toUpperCase() ? 'upper' : 'lower';
}

function isNextLabel(label: string, kind: ListKind, count: number): boolean {
  if (kind === 'numbers') return label === NUMBERS[count];
  return label === LETTERS[count] || (count > 3 && label === LETTERS_VI[count]);
}

/** Labels that continue their list; inside a line only behind a tab or spaces, or where the list goes on. */
function cutsIn(text: string): readonly Cut[] {
  const cuts: Cut[] = [];
  const counts = { numbers: 0, upper: 0, lower: 0 };
  for (const { 0: all, 1: before = '', 3: written = '', 4: sign = '', index } of text.matchAll(CANDIDATE)) {
    const kind = listOf(written);
    const count = counts[kind];
    const label = written.toLowerCase();
    const isOtherCase = kind !== 'numbers' && counts[kind === 'upper' ? 'lower' : 'upper'] > 0;
    const isApart = /^(?:$|[\n\t]|[ \u00a0]{2})/.test(before);
    const isPlaced = isApart || (count > 0 && /[.)]/.test(sign));
    if (isOtherCase || !isPlaced || !isNextLabel(label, kind, count)) continue;
    counts[kind] = count + 1;
    cuts.push({ label, from: index + before.length, end: index + all.length });
  }
  return cuts;
}

/** Heads of columns that name no more than the column are left out: "Cột A", "Cột A: Sự kiện" stays. */
function stemWith(stem: StyledText, heads: readonly StyledText[]): StyledText {
  const isBare = ({ text }: StyledText) => text.split('\t').every((part) => BARE_HEAD.test(part));
  const above = stem.lines().filter((line) => !isColumnHead(line.text) || !isBare(line));
  return StyledText.join([...above, ...heads.filter((head) => !isBare(head))], '\n').trim();
}

const BARE_HEAD = /^\s*(?:cột\s+)?(?:A|B|I|II|1|2|trái|phải)?\s*[.:]?\s*$/iu;

/** A cell: the lines of its paragraphs. */
export type PairCell = readonly StyledText[];

const LABELLED = /^\s*\(?(\d{1,2}|[A-Za-zĐđ])\s?(?:[.)\]:/]|[-–](?=\s))\s*(?=\S)/u;
const LABEL_ALONE = /^\s*\(?(\d{1,2}|[A-Za-zĐđ])\s?[.)\]:/]?\s*$/u;
const KEY_HEAD =
  /^(?:dap an|d\/?a|noi|ghep|tra loi|ket qua|bai lam|key|answer|cot c|lua chon|cot noi|cot ghep|a\s*[-–+→]\s*b|noi cot.*)(?:\s*\(.*\))?\s*:?$/;
/** What people leave to be filled in: "1 - …". */
const TO_FILL = /^\s*(?:\(?\d{0,2}\)?\s*[-–—+→.:…_]*(?:\s[\s.…_]*)?)$/u;

/**
 * Columns of a table below a question. `isAsked`: the question says that two columns are put together; without labels a
 * table is then one of pairs, too. Null: it is another table, or it cannot be told which column is which.
 */
export function columnsInTable(
  rows: readonly (readonly PairCell[])[],
  stem: StyledText,
  isAsked: boolean,
): PairColumns | null {
  const [head = [], ...rest] = rows;
  const isHead = head.some((cell) => isColumnHead(lineOf(cell)) || KEY_HEAD.test(folded(cell)));
  const body = isHead ? rest : rows;
  const width = Math.max(0, ...rows.map(({ length }) => length));
  const columns = Array.from({ length: width }, (_, column) => ({
    head: isHead ? (head[column] ?? []) : [],
    cells: body.map((row) => row[column] ?? []),
  }));
  const keys = columns.filter((column) => isKeyColumn(column));
  const others = columns.filter(
    (column) => !keys.includes(column) && column.cells.some((cell) => lineOf(cell) !== ''),
  );
  const lists = labelledLists(others, isHead || isAsked);
  const [lefts, rights, ...more] = lists ?? [];
  if (lefts === undefined || rights === undefined || more.length > 0) return null;
  return {
    stem: stemWith(
      stem,
      others.flatMap((column) => (isColumnHead(lineOf(column.head)) ? column.head : [])),
    ),
    lefts,
    rights,
    key: keyOf(keys, lefts),
  };
}

interface Column {
  readonly head: PairCell;
  readonly cells: readonly PairCell[];
}

function lineOf(cell: PairCell): string {
  return cell.map(({ line }) => line).join(' ');
}

function folded(cell: PairCell): string {
  return fold(lineOf(cell)).trim();
}

function isKeyColumn({ head, cells }: Column): boolean {
  const filled = cells.map(lineOf).filter((text) => text.trim() !== '');
  if (KEY_HEAD.test(folded(head))) return true;
  if (filled.length === 0) return false;
  return filled.every((text) => TO_FILL.test(text) && !LABEL_ALONE.test(text)) || arePairs(filled);
}

function arePairs(texts: readonly string[]): boolean {
  return pairsOf(texts.join('; '))?.length === texts.length;
}

/** A column of pairs says them itself; one of single labels belongs to the rows. */
function keyOf(columns: readonly Column[], lefts: readonly PairItem[]): string {
  return columns
    .map(({ cells }) => {
      const said = cells.map(lineOf).map((text) => text.trim());
      const filled = said.filter((text) => text !== '' && !TO_FILL.test(text));
      const isByRow = filled.every((text) => LABEL_ALONE.test(text));
      if (!isByRow) return filled.join('; ');
      return said
        .flatMap((text, row) => {
          const label = LABEL_ALONE.exec(text)?.[1];
          return label === undefined || text === '' ? [] : [`${lefts[row]?.label ?? '?'}-${label}`];
        })
        .join('; ');
    })
    .filter((text) => text !== '')
    .join('; ');
}

/** Columns → lists; a column of nothing but labels belongs to the one on its right. Null: labels that do not fit. */
function labelledLists(
  columns: readonly Column[],
  isAsked: boolean,
): readonly (readonly PairItem[])[] | null {
  const lists: (readonly PairItem[])[] = [];
  for (let at = 0; at < columns.length; at++) {
    const cells = columns[at]?.cells ?? [];
    const next = columns[at + 1]?.cells;
    const areLabels = next !== undefined && cells.every((cell, row) => isLabelOf(cell, next[row] ?? []));
    const list = areLabels ? besideLabels(cells, next) : itemsIn(cells, lists.length, isAsked);
    if (list === null) return null;
    lists.push(list);
    if (areLabels) at += 1;
  }
  return lists;
}

function isLabelOf(cell: PairCell, beside: PairCell): boolean {
  return lineOf(beside) === '' ? lineOf(cell) === '' : LABEL_ALONE.test(lineOf(cell));
}

function besideLabels(labels: readonly PairCell[], texts: readonly PairCell[]): readonly PairItem[] | null {
  return inOrder(
    labels.flatMap((cell, row) => {
      const label = LABEL_ALONE.exec(lineOf(cell))?.[1]?.toLowerCase();
      const text = StyledText.join(texts[row] ?? [], '\n').trim();
      return label === undefined ? [] : [{ label, text }];
    }),
  );
}

/** Items begin with labels; where no cell has one, each cell is an item, if the question asks for pairs. */
function itemsIn(cells: readonly PairCell[], column: number, isAsked: boolean): readonly PairItem[] | null {
  const lines = cells.flat().filter((line) => !line.isBlank);
  if (!lines.some(({ text }) => LABELLED.test(text))) {
    const labels = column === 0 ? NUMBERS : LETTERS;
    const filled =
      cells.length === 1 ? lines.map((line) => [line]) : cells.filter((cell) => lineOf(cell) !== '');
    const items = filled.map((cell, i) => ({
      label: labels[i] ?? '',
      text: StyledText.join(cell, '\n').trim(),
    }));
    return isAsked ? inOrder(items) : null;
  }
  const items: { label: string; lines: StyledText[] }[] = [];
  for (const line of lines) {
    const found = LABELLED.exec(line.text);
    if (found === null && items.length === 0) return null;
    if (found === null) items.at(-1)?.lines.push(line);
    else items.push({ label: (found[1] ?? '').toLowerCase(), lines: [line.slice(found[0].length)] });
  }
  return inOrder(
    items.map((item) => ({ label: item.label, text: StyledText.join(item.lines, '\n').trim() })),
  );
}
