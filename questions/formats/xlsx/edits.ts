/** What somebody changed in the cells of our own workbook, put into the question; what cells cannot show is kept. */
import { isChoiceKey } from '../../kinds/choice/key.ts';
import { isNumericKey } from '../../kinds/numeric/key.ts';
import { isShortTextKey } from '../../kinds/short-text/key.ts';
import type { Json } from '../../question.ts';
import { cleanText } from '../../vietnamese.ts';
import type { Draft } from '../draft.ts';
import { lettersOf, numberOfKey, truthOfWord, truthsOf } from '../key-text.ts';
import { levelOf, pointsOf } from '../labels-vi.ts';
import type { Remarks } from '../reading.ts';
import { textOfCell } from '../table-cells.ts';
import type { Field } from '../table-fields.ts';
import { tableSayings } from '../table-messages.ts';
import type { TableQuestion } from '../table-question.ts';

export interface Edits {
  readonly row: TableQuestion;
  readonly changed: ReadonlySet<Field>;
  /** Null: they are as they were. */
  readonly options: readonly string[] | null;
}

/** Where a kind keeps what stands in the cells of options. */
const LISTS: Readonly<Record<string, string>> = {
  choice: 'options',
  statements: 'statements',
  ordering: 'items',
  matching: 'lefts',
};

export function withEdits(draft: Draft, edits: Edits, remarks: Remarks): Draft {
  const { row, changed, options } = edits;
  const text = (field: Field) => textOfCell(row.cell(field));
  const list = LISTS[draft.kind];
  const prompt = Object.assign({}, draft.prompt, {
    ...(changed.has('stem') ? { stem: text('stem') } : {}),
    ...(changed.has('unit') ? { unit: text('unit') } : {}),
    ...(options !== null && list !== undefined ? { [list]: options } : {}),
  });
  const key = changed.has('key') ? editedKey(draft, text('key'), remarks) : draft.key;
  return { ...draft, ...aboutEdits(draft, edits, remarks), prompt, key };
}

function editedKey({ kind, key }: Draft, text: string, remarks: Remarks): Json | null {
  if (text === '') return null;
  const read = readKey(kind, key, text);
  if (read === null) remarks.error(tableSayings.keyUnreadable(text.slice(0, 80)));
  return read;
}

function readKey(kind: string, key: Json | null, text: string): Json | null {
  if (kind === 'choice') {
    const letters = lettersOf(text);
    const isShare = isChoiceKey(key) && key.scoring === 'share';
    return letters && { right: letters.right, scoring: isShare ? 'share' : 'allOrNothing' };
  }
  if (kind === 'trueFalse') {
    const right = truthOfWord(text);
    return right === null ? null : { right };
  }
  if (kind === 'statements') {
    const truths = truthsOf(text);
    return truths && { truths };
  }
  if (kind === 'shortText') {
    const { accents, case: isCase } = isShortTextKey(key) ? key : { accents: true, case: false };
    return { accept: text.split('\n').map(cleanText), accents, case: isCase };
  }
  const value = kind === 'numeric' ? numberOfKey(text) : null;
  if (value === null) return null;
  return { value, tolerance: isNumericKey(key) && 'tolerance' in key ? key.tolerance : 0 };
}

function aboutEdits(draft: Draft, { row, changed }: Edits, remarks: Remarks): Partial<Draft> {
  const text = (field: Field) => textOfCell(row.cell(field));
  const { document, section, source, validity } = {
    ...(draft.citation ?? { document: '', section: '', source: '', validity: '' }),
    ...(changed.has('citation') ? { document: text('citation') } : {}),
    ...(changed.has('section') ? { section: text('section') } : {}),
    ...(changed.has('source') ? { source: text('source') } : {}),
    ...(changed.has('validity') ? { validity: text('validity') } : {}),
  };
  const level = levelOf(text('difficulty'));
  if (changed.has('difficulty') && level === null && text('difficulty') !== '')
    remarks.warn(tableSayings.levelUnknown(text('difficulty')));
  const isCited = [document, section, source, validity].some((part) => part !== '');
  return {
    citation: isCited ? { document, section, source, validity } : null,
    ...(changed.has('code') ? { code: text('code') || null } : {}),
    ...(changed.has('explanation') ? { explanation: text('explanation') } : {}),
    ...(changed.has('topic') ? { topic: text('topic') } : {}),
    ...(changed.has('difficulty') ? { difficulty: level?.difficulty ?? null } : {}),
    ...(changed.has('points') ? { points: pointsOf(text('points')) } : {}),
    ...(changed.has('tags') ? { tags: tagsIn(text('tags')) } : {}),
  };
}

function tagsIn(text: string): readonly string[] {
  return text
    .split(/[,;]/)
    .map(cleanText)
    .filter((tag) => tag !== '');
}
