/** Reads Aiken: questions with one right option, as plain text. */
import { type Draft, nothingSaid } from '../draft.ts';
import type { ReadOptions } from '../format.ts';
import { type FoundText, markupOf } from '../found-text.ts';
import { openText } from '../open-text.ts';
import { type Reading, ReadingBuilder, type Remarks } from '../reading.ts';
import { foundInPlainText } from '../rich-html.ts';
import { letterOf } from '../texts.ts';
import { type AikenBlock, splitAiken } from './blocks.ts';
import { aikenSayings } from './messages.ts';

/** The reading of one file. */
export function readAiken(bytes: Uint8Array, { progress, take, release }: ReadOptions = {}): Reading {
  const builder = new ReadingBuilder('aiken', take);
  const text = openText(bytes, builder, release);
  const blocks = text === null ? [] : splitAiken(text);
  for (const [index, block] of blocks.entries()) {
    builder.block({ place: { line: block.line }, raw: block.raw }, (remarks) => readBlock(block, remarks));
    if (index % 500 === 0) progress?.(index / blocks.length);
  }
  return builder.finish();
}

function readBlock(block: AikenBlock, remarks: Remarks): Draft | null {
  if (block.options.length === 0) {
    remarks.error(block.stem === '' ? aikenSayings.answerAlone : aikenSayings.noOptions);
    return null;
  }
  if (block.stemGap) remarks.warn(aikenSayings.stemGap);
  if (block.optionContinued) remarks.warn(aikenSayings.optionContinued);
  for (const [index, { letter }] of block.options.entries()) {
    if (letter !== letterOf(index)) remarks.warn(aikenSayings.lettersOutOfOrder(letter));
  }
  return draftOfTexts(
    foundInPlainText(block.stem),
    block.options.map(({ text }) => foundInPlainText(text)),
    foundInPlainText(block.feedback),
    rightOf(block, remarks),
  );
}

/** Formulas make a question rich; everything else in Aiken is letters. */
function draftOfTexts(
  stem: FoundText,
  options: readonly FoundText[],
  feedback: FoundText,
  right: readonly number[] | null,
): Draft {
  const rich = [stem, ...options, feedback].some(({ plain }) => plain === null);
  const pick = (text: FoundText) => (rich ? markupOf(text) : (text.plain ?? ''));
  const shown = { stem: pick(stem), ...(rich ? { rich } : {}), options: options.map(pick) };
  return {
    ...nothingSaid,
    explanation: pick(feedback),
    kind: 'choice',
    prompt: { ...shown, multiple: (right?.length ?? 0) > 1 },
    key: right === null ? null : { right, scoring: 'allOrNothing' },
  };
}

/** Indexes of the right options; several letters make a question with several right ones. */
function rightOf({ options, answer }: AikenBlock, remarks: Remarks): readonly number[] | null {
  const letters = (answer ?? '').toUpperCase().match(/[^\s,;&.)]+/g) ?? [];
  const right = letters.map((letter) => options.findIndex((option) => option.letter === letter));
  for (const [place, index] of right.entries()) {
    if (index < 0) remarks.error(aikenSayings.answerUnknown(letters[place] ?? ''));
  }
  if (right.length === 0 || right.includes(-1)) return null;
  return [...new Set(right)].sort((a, b) => a - b);
}
