/** Reads Aiken: questions with one right option, as plain text. */
import type { Json } from '../../question.ts';
import { cleanText } from '../../vietnamese.ts';
import { type Draft, nothingSaid } from '../draft.ts';
import type { ReadOptions } from '../format.ts';
import { openText } from '../open-text.ts';
import { type Reading, ReadingBuilder, type Remarks } from '../reading.ts';
import { letterOf } from '../texts.ts';
import { type AikenBlock, splitAiken } from './blocks.ts';
import { aikenSayings } from './messages.ts';

/** The reading of one file. */
export function readAiken(bytes: Uint8Array, { progress }: ReadOptions = {}): Reading {
  const builder = new ReadingBuilder('aiken');
  const text = openText(bytes, builder);
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
  const right = rightOf(block, remarks);
  const options = block.options.map(({ text }) => cleanText(text));
  return { ...nothingSaid, kind: 'choice', ...choiceOf(block.stem, options, right) };
}

function choiceOf(
  stem: string,
  options: readonly string[],
  right: readonly number[] | null,
): Pick<Draft, 'prompt' | 'key'> {
  const prompt: Json & { readonly stem: string } = {
    stem: stem,
    options,
    multiple: (right?.length ?? 0) > 1,
  };
  return { prompt, key: right === null ? null : { right, scoring: 'allOrNothing' } };
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
