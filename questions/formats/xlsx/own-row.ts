/**
 * A row of our own workbook: cells for people, and a column that holds what cells cannot (weights, gaps, feedback). As long
 * as nobody edited the cells, the column gives the question back exactly; where they differ, the cells count.
 */
import { isChoiceKey } from '../../kinds/choice/key.ts';
import { isChoicePrompt } from '../../kinds/choice/prompt.ts';
import { gradings } from '../../kinds/gradings.ts';
import { isMatchingPrompt } from '../../kinds/matching/prompt.ts';
import { isNumericKey } from '../../kinds/numeric/key.ts';
import { isOrderingPrompt } from '../../kinds/ordering/prompt.ts';
import { isRecord, isTexts } from '../../kinds/shapes.ts';
import { isShortTextKey } from '../../kinds/short-text/key.ts';
import { isStatementsKey } from '../../kinds/statements/key.ts';
import { isStatementsPrompt } from '../../kinds/statements/prompt.ts';
import { isTrueFalseKey } from '../../kinds/true-false/key.ts';
import type { Json, Question } from '../../question.ts';
import type { Draft } from '../draft.ts';
import type { Media } from '../media.ts';
import { sayings } from '../message.ts';
import type { Remarks } from '../reading.ts';
import { cleanCell, neutralised, textOfCell } from '../table-cells.ts';
import type { Field } from '../table-fields.ts';
import { tableSayings } from '../table-messages.ts';
import type { TableQuestion } from '../table-question.ts';
import { letterOf } from '../texts.ts';
import { LEADING, TRAILING } from './columns.ts';
import { withEdits } from './edits.ts';

/** What the cells of a question say. */
export interface OwnCells {
  readonly options: readonly string[];
  readonly byField: ReadonlyMap<Field, string>;
}

const KIND_WORDS: Readonly<Record<string, string>> = {
  trueFalse: 'Đúng/Sai',
  statements: 'Nhiều nhận định',
  shortText: 'Trả lời ngắn',
  numeric: 'Số',
  matching: 'Ghép đôi',
  ordering: 'Sắp xếp',
  cloze: 'Điền chỗ trống',
  estimate: 'Ước lượng',
  essay: 'Tự luận',
  info: 'Thông tin',
};

/** The cells of a question, before anything is neutralised. */
export function cellsOf(question: Question): OwnCells {
  const { prompt, key, kind } = question;
  const byField = new Map<Field, string>();
  for (const { field, text } of [...LEADING, ...TRAILING])
    if (text !== undefined) byField.set(field, text(question));
  byField.set('kind', kindWord(kind, prompt));
  byField.set('stem', prompt.stem);
  byField.set('key', keyCell(kind, key));
  byField.set('unit', 'unit' in prompt && typeof prompt.unit === 'string' ? prompt.unit : '');
  return { options: optionCells(prompt), byField };
}

function kindWord(kind: string, prompt: Json): string {
  if (kind !== 'choice') return KIND_WORDS[kind] ?? kind;
  return isChoicePrompt(prompt) && prompt.multiple ? 'Nhiều đáp án đúng' : 'Một đáp án đúng';
}

function optionCells(prompt: Json): readonly string[] {
  if (isChoicePrompt(prompt)) return prompt.options;
  if (isStatementsPrompt(prompt)) return prompt.statements;
  if (isOrderingPrompt(prompt)) return prompt.items;
  if (isMatchingPrompt(prompt)) return prompt.lefts;
  return [];
}

function keyCell(kind: string, key: Json | null): string {
  if (kind === 'choice' && isChoiceKey(key)) return key.right.map(letterOf).join(', ');
  if (kind === 'trueFalse' && isTrueFalseKey(key)) return key.right ? 'Đúng' : 'Sai';
  if (kind === 'statements' && isStatementsKey(key))
    return key.truths.map((truth) => (truth === null ? '?' : truth ? 'Đ' : 'S')).join(', ');
  if (kind === 'shortText' && isShortTextKey(key)) return key.accept.join('\n');
  if (kind === 'numeric' && isNumericKey(key) && 'value' in key) return String(key.value).replace('.', ',');
  return '';
}

/** Longest text of a cell in Excel. */
export const CELL_MAX = 32_767;
const DATA_MAX = 30_000;
const PLAIN = /^[!#-[\]-~À-ÏÑ-ỹ]$/u;

/** The question as text for the data columns: JSON in which nothing is left that cleaning would change. */
export function dataCells(question: Question): readonly string[] {
  const escaped = JSON.stringify(question).replace(/[^!-~À-ÏÑ-ʯ\u1e00-\u1eff ]/g, unicode);
  const spaced = escaped.replace(/ (?= )|(?<= ) /g, '\\u0020');
  const cells: string[] = [];
  for (let at = 0; at < spaced.length; ) {
    let end = Math.min(spaced.length, at + DATA_MAX);
    while (end < spaced.length && !isCut(spaced, end)) end--;
    cells.push(spaced.slice(at, end));
    at = end;
  }
  return cells;
}

/** Between two plain letters nothing is torn apart and no space is trimmed. */
function isCut(text: string, at: number): boolean {
  const sides = [text[at - 2], text[at - 1], text[at], text[at + 1]];
  return PLAIN.test(text[at - 1] ?? '') && PLAIN.test(text[at] ?? '') && !sides.includes('\\');
}

function unicode(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The question of a row with a data column; null where the cells must be read instead. */
export function ownDraft(
  row: TableQuestion,
  data: string,
  media: ReadonlyMap<string, Media>,
  remarks: Remarks,
): Draft | null {
  const question = questionIn(data);
  if (question === null) {
    remarks.warn(tableSayings.dataUnreadable);
    return null;
  }
  const said = cellsOf(question);
  const isChanged = (field: Field): boolean =>
    textOfCell(row.cell(field)) !== asRead(said.byField.get(field) ?? '');
  if (isChanged('kind')) {
    remarks.warn(tableSayings.dataEdited);
    return null;
  }
  for (const sha256 of picturesIn(data))
    if (!media.has(sha256)) remarks.warn(sayings.imageMissing(sha256.slice(0, 12)));
  const options = optionTexts(row);
  const same = said.options.map(asRead);
  const isMoved = same.length !== options.length || same.some((text, i) => text !== options[i]);
  const changed = [...said.byField.keys()].filter((field) => field !== 'image' && isChanged(field));
  const draft: Draft = { ...question, title: '' };
  if (changed.length === 0 && !isMoved) return draft;
  remarks.warn(tableSayings.dataEdited);
  return withEdits(draft, { row, changed: new Set(changed), options: isMoved ? options : null }, remarks);
}

function optionTexts({ options }: TableQuestion): readonly string[] {
  const texts = options.map(({ cell }) => textOfCell(cell));
  return texts.slice(0, texts.findLastIndex((text) => text !== '') + 1);
}

function picturesIn(data: string): readonly string[] {
  return [...new Set([...data.matchAll(/\(media:([0-9a-f]{64})\)/g)].map(([, sha256 = '']) => sha256))];
}

function asRead(text: string): string {
  return cleanCell(neutralised(text.slice(0, CELL_MAX - 1)));
}

function questionIn(data: string): Question | null {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return null;
  }
  return isQuestion(value) ? value : null;
}

function isQuestion(value: unknown): value is Question {
  if (!isRecord(value) || !isRecord(value.prompt)) return false;
  const { code, kind, prompt, explanation, topic, difficulty, tags, points, citation, key } = value;
  const texts = [code, kind, prompt.stem, explanation, topic];
  const isCited = citation === null || (isRecord(citation) && Object.values(citation).every(isText));
  return (
    texts.every(isText) &&
    typeof kind === 'string' &&
    gradings.has(kind) &&
    (difficulty === 1 || difficulty === 2 || difficulty === 3) &&
    isTexts(tags) &&
    typeof points === 'number' &&
    key !== undefined &&
    isCited
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
