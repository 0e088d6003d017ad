/** Which format a file is of, by its content; the name only decides between equals. */
import { decode } from './decode.ts';
import type { Format, Specimen } from './format.ts';
import { formats } from './formats.ts';

/** Bytes that are decoded to be looked at. */
const HEAD_BYTES = 64_000;
/** Less likely than this is a guess, and nobody is served by one. */
const LIKELY = 0.3;

/** A format and how likely it is, 0..1. */
export interface Candidate {
  readonly format: Format;
  readonly likelihood: number;
}

/** Makes a file ready to be looked at by every format. */
export function specimenOf(bytes: Uint8Array): Specimen {
  const cut = bytes.length > HEAD_BYTES ? wholeCharacters(bytes.subarray(0, HEAD_BYTES)) : bytes;
  return { bytes, head: decode(cut)?.text ?? null };
}

/** Cuts before a UTF-8 sequence that the limit would split. */
function wholeCharacters(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] ?? 0) >> 6 === 2) end--;
  return bytes.subarray(0, (bytes[end - 1] ?? 0) >= 0xc0 ? end - 1 : end);
}

/** The formats that can read this content, the likeliest first; empty when none is likely. */
export function candidatesOf(bytes: Uint8Array, name = ''): readonly Candidate[] {
  const specimen = specimenOf(bytes);
  const ending = /\.([a-z0-9]+)$/.exec(name.toLowerCase())?.[1] ?? '';
  const named = (format: Format) => (format.extensions.includes(ending) ? 0.05 : 0);
  return [...formats.values()]
    .filter((format) => format.read !== undefined)
    .map((format) => ({ format, likelihood: format.sniff(specimen) }))
    .filter(({ likelihood }) => likelihood >= LIKELY)
    .sort((a, b) => b.likelihood + named(b.format) - (a.likelihood + named(a.format)));
}
