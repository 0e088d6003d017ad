/** The first step of every reader of text: size, encoding, and what is to be said about them. */
import { decode } from './decode.ts';
import { TEXT_BYTES_MAX } from './format.ts';
import { sayings } from './message.ts';
import type { ReadingBuilder } from './reading.ts';
import { refusalOf } from './refusals.ts';

const START = { line: 1 };

/** The text of a file, or null when it is too large or no text; the builder is told. */
export function openText(
  bytes: Uint8Array,
  builder: ReadingBuilder,
  release: () => void = () => undefined,
): string | null {
  if (bytes.length > TEXT_BYTES_MAX) {
    builder.fail(sayings.tooLarge(TEXT_BYTES_MAX / 1_000_000), START);
    return null;
  }
  const decoded = decode(bytes);
  if (decoded === null) {
    builder.fail(refusalOf(bytes), START);
    return null;
  }
  release();
  if (decoded.unreadable > 0) builder.about.warn(sayings.bytesUnreadable(decoded.unreadable));
  if (decoded.legacy !== null) builder.about.warn(sayings.legacyText(decoded.legacy));
  return decoded.text;
}
