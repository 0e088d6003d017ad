/** Reads GIFT, the text format of Moodle. */
import type { Draft } from '../draft.ts';
import type { ReadOptions } from '../format.ts';
import { draftOf } from '../lms/to-draft.ts';
import { MediaShelf } from '../media.ts';
import { openText } from '../open-text.ts';
import { Ignored, type Reading, ReadingBuilder, type Remarks } from '../reading.ts';
import { type GiftBlock, splitGift } from './blocks.ts';
import { giftSayings } from './messages.ts';
import { parseGift } from './parse.ts';

/** The reading of one file. */
export function readGift(bytes: Uint8Array, { progress, take, release }: ReadOptions = {}): Reading {
  const builder = new ReadingBuilder('gift', take);
  const text = openText(bytes, builder, release);
  const blocks = text === null ? [] : splitGift(text);
  const reader = new BlockReader();
  for (const [index, block] of blocks.entries()) {
    const source = { place: { line: block.line }, raw: block.lines.join('\n') };
    builder.block(source, (remarks) => reader.read(block, remarks));
    if (index % 500 === 0) progress?.(index / blocks.length);
  }
  return builder.finish(reader.shelf.all);
}

/** Goes from block to block with the category that was named last. */
class BlockReader {
  readonly shelf = new MediaShelf();
  #topic = '';

  read(block: GiftBlock, remarks: Remarks): Draft | Ignored | null {
    const parsed = parseGift(block, this.#topic, this.shelf, remarks);
    switch (parsed.is) {
      case 'comment':
        return new Ignored(giftSayings.comment);
      case 'category':
        this.#topic = parsed.topic;
        return new Ignored(giftSayings.category(parsed.topic));
      case 'question':
        return draftOf(parsed.question, remarks);
      case 'broken':
        return null;
    }
  }
}
