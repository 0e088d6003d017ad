/**
 * Writes a paper in the Vietnamese layout: "Câu 1.", options with the right letter underlined, an answer table at the end;
 * explanation, citation and level on lines of their own. Our reader brings back what the layout can hold.
 */
import { zipSync } from 'fflate';
import { isChoiceKey } from '../../kinds/choice/key.ts';
import { isChoicePrompt } from '../../kinds/choice/prompt.ts';
import { isMatchingKey } from '../../kinds/matching/key.ts';
import { isMatchingPrompt, type MatchingPrompt } from '../../kinds/matching/prompt.ts';
import { isNumericKey } from '../../kinds/numeric/key.ts';
import { isNumericPrompt } from '../../kinds/numeric/prompt.ts';
import { isOrderingKey } from '../../kinds/ordering/key.ts';
import { isOrderingPrompt } from '../../kinds/ordering/prompt.ts';
import { isRecord } from '../../kinds/shapes.ts';
import { isShortTextKey } from '../../kinds/short-text/key.ts';
import { isStatementsKey } from '../../kinds/statements/key.ts';
import { isStatementsPrompt } from '../../kinds/statements/prompt.ts';
import { isTrueFalseKey } from '../../kinds/true-false/key.ts';
import type { Question } from '../../question.ts';
import type { Draft } from '../draft.ts';
import type { WriteOptions, Writing } from '../format.ts';
import { type LossCode, Losses } from '../losses.ts';
import type { Media } from '../media.ts';
import { letterOf } from '../texts.ts';
import { DocumentParts } from './parts.ts';
import { readDocx } from './read.ts';
import { paragraph, richParagraphs, run, tableOf, tableXml } from './xml-out.ts';

const LEVELS = ['Nhận biết', 'Thông hiểu', 'Vận dụng'];
const LETTERS_MOST = 26;
/** Answers in one row of the table. */
const ACROSS = 10;

/** Writes what a paper can hold; what it loses is found by reading it back. */
export function writeDocx(questions: readonly Question[], { title, media }: WriteOptions): Writing {
  const losses = new Losses();
  const kept = questions.filter((question, index) => {
    if (isWritable(question)) return true;
    losses.add(index, 'omitted');
    return false;
  });
  const bytes = documentOf(kept, title, media);
  sayLosses(questions, kept, bytes, losses);
  return { bytes, losses: losses.all };
}

/** Kinds that a paper shows in a way that can be read again. */
function isWritable({ kind, prompt }: Question): boolean {
  if (kind === 'choice') return isChoicePrompt(prompt);
  if (kind === 'statements') return isStatementsPrompt(prompt);
  if (kind === 'numeric') return isNumericPrompt(prompt);
  if (isMatchingPrompt(prompt)) return prompt.lefts.length > 1 && isLettered(prompt.rights);
  if (isOrderingPrompt(prompt)) return isLettered(prompt.items);
  return kind === 'trueFalse' || kind === 'shortText' || kind === 'essay';
}

/** There is more than one, and a letter for each. */
function isLettered({ length }: readonly string[]): boolean {
  return length > 1 && length <= LETTERS_MOST;
}

/** The bytes of a document with these questions. */
export function documentOf(
  questions: readonly Question[],
  title: string,
  media: ReadonlyMap<string, Media>,
): Uint8Array {
  const parts = new DocumentParts(media);
  const body = [
    paragraph([run(title === '' ? 'Câu hỏi' : title, 'b')], 'center'),
    ...questions.flatMap((question, index) => questionXml(question, index + 1, parts)),
    ...answersXml(questions),
  ];
  return zipSync(parts.files(body.join('')), { level: 6 });
}

function questionXml(question: Question, number: number, parts: DocumentParts): readonly string[] {
  const { prompt, explanation, citation, difficulty, topic, points } = question;
  const isRich = 'rich' in prompt && prompt.rich === true;
  const shown = (text: string, before: string): readonly string[] =>
    richParagraphs(text, isRich, before, parts);
  const rest = [
    ...bodyXml(question, shown),
    ...(explanation === '' ? [] : shown(explanation, run('Giải thích: ', 'b'))),
    ...(citation === null ? [] : [paragraph([run('Căn cứ: ', 'b'), run(citationText(question))])]),
    paragraph([run('Mức độ: ', 'b'), run(LEVELS[difficulty - 1] ?? '')]),
    ...(topic === '' ? [] : [paragraph([run('Chủ đề: ', 'b'), run(topic)])]),
    ...(points === 100 ? [] : [paragraph([run('Điểm: ', 'b'), run(String(points / 100).replace('.', ','))])]),
  ];
  return [...shown(prompt.stem, run(`Câu ${number}. `, 'b')), ...rest];
}

function citationText({ citation }: Question): string {
  if (citation === null) return '';
  const { document, section, source } = citation;
  return [document, section, source].filter((text) => text !== '').join(', ');
}

type Shown = (text: string, before: string) => readonly string[];

function bodyXml({ kind, prompt, key }: Question, shown: Shown): readonly string[] {
  if (isChoicePrompt(prompt)) {
    const right = isChoiceKey(key) ? key.right : [];
    return prompt.options.flatMap((option, i) => {
      const label = right.includes(i) ? run(letterOf(i), 'bu') : run(letterOf(i), 'b');
      return shown(option, label + run('. ', 'b'));
    });
  }
  if (isStatementsPrompt(prompt)) return prompt.statements.flatMap((text, i) => shown(text, smallLabel(i)));
  if (isMatchingPrompt(prompt)) return [...columnsXml(prompt, shown), ...keyXml('Đáp án', key)];
  if (isOrderingPrompt(prompt))
    return [...prompt.items.flatMap((text, i) => shown(text, smallLabel(i))), orderXml(key)];
  return kind === 'essay' ? [] : keyXml('Đáp án', key);
}

function smallLabel(place: number): string {
  return run(`${letterOf(place).toLowerCase()}) `, 'b');
}

function keyXml(word: string, key: Question['key']): readonly string[] {
  return key === null ? [] : [paragraph([run(`${word}: `, 'b'), run(keyText(key))])];
}

/** Where nobody said the order, dots to fill in: the line alone tells that items are to be put in one. */
function orderXml(key: Question['key']): string {
  return paragraph([run('Thứ tự đúng: ', 'b'), run(key === null ? '……' : keyText(key))]);
}

/** "Cột A | Cột B": numbers on the left, letters on the right. */
function columnsXml({ lefts, rights }: MatchingPrompt, shown: Shown): readonly string[] {
  const head = ['Cột A', 'Cột B'].map((title) => paragraph([run(title, 'b')], 'center'));
  const rows = Array.from({ length: Math.max(lefts.length, rights.length) }, (_, i) =>
    [
      { text: lefts[i], label: `${i + 1}. ` },
      { text: rights[i], label: `${letterOf(i).toLowerCase()}. ` },
    ].map(({ text, label }) => (text === undefined ? paragraph([]) : shown(text, run(label, 'b')).join(''))),
  );
  return [tableXml([head, ...rows])];
}

/** A key as the answer table and answer lines have it; empty: there is none. */
function keyText(key: Question['key']): string {
  if (isChoiceKey(key)) return key.right.map(letterOf).join(', ');
  if (isTrueFalseKey(key)) return key.right ? 'Đúng' : 'Sai';
  if (isStatementsKey(key))
    return key.truths.includes(null) ? '' : key.truths.map((truth) => (truth ? 'Đ' : 'S')).join('');
  if (isShortTextKey(key)) return key.accept.join(' | ');
  if (isMatchingKey(key))
    return key.pairs.map((right, i) => `${i + 1}-${letterOf(right).toLowerCase()}`).join('; ');
  if (isOrderingKey(key)) return key.order.map((item) => letterOf(item).toLowerCase()).join(' - ');
  return isNumericKey(key) && 'value' in key ? String(key.value).replace('.', ',') : '';
}

/** Only what has options or statements: other keys stand at their question. */
function answersXml(questions: readonly Question[]): readonly string[] {
  const answers = questions.flatMap(({ kind, key }, i) => {
    const text = kind === 'choice' || kind === 'statements' ? keyText(key) : '';
    return text === '' ? [] : [[String(i + 1), text] as const];
  });
  if (answers.length === 0) return [];
  const rows: string[][] = [];
  for (let at = 0; at < answers.length; at += ACROSS) {
    const some = answers.slice(at, at + ACROSS);
    rows.push(['Câu', ...some.map(([number]) => number)], ['Đáp án', ...some.map(([, text]) => text)]);
  }
  return [paragraph([run('BẢNG ĐÁP ÁN', 'b')], 'center'), ...groupsOf(rows).map(tableOf), paragraph([])];
}

/** A table for each pair of rows, since they differ in length. */
function groupsOf(rows: readonly string[][]): readonly (readonly string[][])[] {
  return rows.flatMap((row, i) => (i % 2 === 0 ? [[row, rows[i + 1] ?? []]] : []));
}

const FIELDS: readonly (readonly [LossCode, (of: Question | Draft) => unknown])[] = [
  ['explanation', ({ explanation }) => explanation],
  ['citation', ({ citation }) => citation],
  ['topic', ({ topic }) => topic],
  ['difficulty', ({ difficulty }) => difficulty],
];

/** Reads the document again and compares: what differs is a loss. */
function sayLosses(
  questions: readonly Question[],
  kept: readonly Question[],
  bytes: Uint8Array,
  losses: Losses,
): void {
  const { blocks } = readDocx(bytes);
  const drafts = new Map(
    blocks.flatMap(({ raw, draft }) => {
      const number = /^Câu (\d+)\./.exec(raw)?.[1];
      return draft === null || number === undefined ? [] : [[Number(number), draft] as const];
    }),
  );
  for (const [index, question] of kept.entries()) {
    const at = questions.indexOf(question);
    losses.addFields(at, question, ['code', 'tags']);
    const draft = drafts.get(index + 1);
    if (draft === undefined) losses.add(at, 'omitted');
    else sayDifferences(question, draft, (code) => losses.add(at, code));
  }
}

function sayDifferences(question: Question, draft: Draft, lose: (code: LossCode) => void): void {
  if (draft.kind !== question.kind) lose('kind');
  if (!isSame(draft.prompt, question.prompt)) lose('layout');
  if (!isSame(draft.key, question.key))
    lose(isSame(unscored(draft.key), unscored(question.key)) ? 'scoring' : 'key');
  if ((draft.points ?? 100) !== question.points) lose('points');
  for (const [code, of] of FIELDS) if (!isSame(of(draft), of(question))) lose(code);
}

/** A key without the way in which parts of it are marked. */
function unscored(key: unknown): unknown {
  return isRecord(key) ? { ...key, scoring: '' } : key;
}

/** Equal as data, whatever the order of fields. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a, sorted) === JSON.stringify(b, sorted);
}

function sorted(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
