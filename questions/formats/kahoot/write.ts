/** Writes Kahoot's template: questions of two to four options with at most 120 and 75 characters. See Kahoot's help, "import questions from a spreadsheet". */
import ExcelJS from 'exceljs';
import { isChoiceKey } from '../../kinds/choice/key.ts';
import { isChoicePrompt } from '../../kinds/choice/prompt.ts';
import { isTrueFalseKey } from '../../kinds/true-false/key.ts';
import type { Question } from '../../question.ts';
import { plainText } from '../../rich-text.ts';
import { cleanText } from '../../vietnamese.ts';
import type { WriteOptions, Writing } from '../format.ts';
import { type LossCode, Losses } from '../losses.ts';
import { neutralised } from '../table-cells.ts';
import { fitHeight, printedUnder } from '../xlsx/printing.ts';

const STEM_MAX = 120;
const OPTION_MAX = 75;
const OPTIONS_MAX = 4;
/** Seconds; one of Kahoot's choices. */
const TIME_LIMIT = 30;
/** Where Kahoot looks for the header. */
const HEADER_ROW = 8;
/** Of the columns, in characters. */
const WIDTHS = [5, 60, 26, 26, 26, 26, 18, 18];
const HEADER = [
  '',
  'Question - max 120 characters',
  'Answer 1 - max 75 characters',
  'Answer 2 - max 75 characters',
  'Answer 3 - max 75 characters',
  'Answer 4 - max 75 characters',
  'Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs',
  'Correct answer(s) - choose at least one',
];

interface Row {
  readonly stem: string;
  readonly options: readonly string[];
  /** Indexes from 0. */
  readonly right: readonly number[];
}

/** Writes what Kahoot can play; everything else is declared. */
export async function writeKahoot(questions: readonly Question[], { title }: WriteOptions): Promise<Writing> {
  const losses = new Losses();
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Sheet1', printedUnder(HEADER_ROW));
  sheet.getCell('B2').value = title;
  sheet.columns = WIDTHS.map((width) => ({
    width,
    style: { alignment: { vertical: 'top', wrapText: true } },
  }));
  sheet.getRow(HEADER_ROW).values = HEADER;
  fitHeight(sheet.getRow(HEADER_ROW), WIDTHS);
  let count = 0;
  for (const [index, question] of questions.entries()) {
    const row = rowOf(question, (code) => losses.add(index, code));
    if (row === null) continue;
    count += 1;
    const options = Array.from({ length: OPTIONS_MAX }, (_, i) => neutralised(row.options[i] ?? ''));
    const right = row.right.map((place) => place + 1).join(',');
    const written = sheet.getRow(HEADER_ROW + count);
    written.values = [count, neutralised(row.stem), ...options, TIME_LIMIT, right];
    fitHeight(written, WIDTHS);
  }
  return { bytes: new Uint8Array(await workbook.xlsx.writeBuffer()), losses: losses.all };
}

function rowOf(question: Question, lose: (code: LossCode) => void): Row | null {
  const { prompt } = question;
  const isRich = 'rich' in prompt && prompt.rich === true;
  const bare = (text: string) => cleanText(isRich ? plainText(text) : text);
  const found = partsOf(question);
  const row = found && { ...found, stem: bare(found.stem), options: found.options.map(bare) };
  if (row === null || !fits(row)) {
    lose('omitted');
    return null;
  }
  const losses = new Losses();
  losses.addFields(0, question, ['code', 'explanation', 'citation', 'topic', 'difficulty', 'tags', 'points']);
  for (const code of ['code', 'explanation', 'citation', 'topic', 'difficulty', 'tags', 'points'] as const)
    if (losses.all.some((loss) => loss.code === code)) lose(code);
  sayBodyLosses(question, row, isRich, lose);
  return row;
}

function sayBodyLosses(
  { kind, prompt, key }: Question,
  row: Row,
  isRich: boolean,
  lose: (code: LossCode) => void,
): void {
  if (isRich) lose('rich');
  else if (row.stem !== prompt.stem) lose('layout');
  if (kind === 'trueFalse') lose('kind');
  if (!isChoicePrompt(prompt) || !isChoiceKey(key)) return;
  if (prompt.options.some((option, i) => !isRich && option !== row.options[i])) lose('layout');
  if (prompt.pinned !== undefined || (prompt.multiple && row.right.length < 2)) lose('shape');
  if ((key.scoring ?? 'allOrNothing') !== 'allOrNothing') lose('scoring');
  if (key.feedback !== undefined) lose('key');
}

/** Kahoot takes no question without a right answer. */
function fits({ stem, options, right }: Row): boolean {
  const isShort = stem.length <= STEM_MAX && options.every(({ length }) => length <= OPTION_MAX);
  const isFull = stem !== '' && options.every((option) => option !== '');
  return isShort && isFull && options.length <= OPTIONS_MAX && right.length > 0;
}

function partsOf({ kind, prompt, key }: Question): Row | null {
  if (kind === 'trueFalse' && isTrueFalseKey(key))
    return { stem: prompt.stem, options: ['Đúng', 'Sai'], right: [key.right ? 0 : 1] };
  if (!isChoicePrompt(prompt) || !isChoiceKey(key)) return null;
  return { stem: prompt.stem, options: prompt.options, right: key.right };
}
