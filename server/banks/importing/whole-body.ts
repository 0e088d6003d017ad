/**
 * The body of an upload, put together as it comes in: gathering the pieces first and joining them at the end holds a large
 * file twice and stops everything else for the time that it takes to copy it.
 */
import type { Readable } from 'node:stream';
import { AppError } from '../../platform/errors.ts';

const FIRST_BYTES = 65_536;

/** The bytes, in a buffer of their own. `declared`: how many the sender says there are; 0: they did not. Throws `request.tooLarge`. */
export async function wholeBody(
  body: Readable,
  declared: number,
  most: number,
): Promise<Buffer<ArrayBuffer>> {
  if (declared > most) throw new AppError('request.tooLarge');
  let bytes: Buffer<ArrayBuffer> = Buffer.allocUnsafeSlow(declared === 0 ? FIRST_BYTES : declared);
  let length = 0;
  for await (const piece of body) {
    const end = length + piece.length;
    if (end > most) throw new AppError('request.tooLarge');
    if (end > bytes.length) bytes = grown(bytes, length, Math.min(most, Math.max(end, 2 * bytes.length)));
    bytes.set(piece, length);
    length = end;
  }
  return length === bytes.length ? bytes : grown(bytes, length, length);
}

function grown(bytes: Buffer, length: number, size: number): Buffer<ArrayBuffer> {
  const larger = Buffer.allocUnsafeSlow(size);
  bytes.copy(larger, 0, 0, length);
  return larger;
}
