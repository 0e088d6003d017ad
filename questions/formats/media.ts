/** Pictures found in files, kept by their content: the same picture twice is one. Server only. */
import { createHash } from 'node:crypto';
import { hasTooManyPixels, pictureSize, pictureTypeOf } from '../pictures/picture.ts';

export interface Media {
  /** Lower case hex. */
  readonly sha256: string;
  /** MIME type by content, never by name. */
  readonly type: string;
  /** As the file calls it; for people. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Largest picture that is taken, in bytes. */
export const MEDIA_BYTES_MAX = 10_000_000;

/** The media of one file, by content. */
export class MediaShelf {
  readonly #bySha = new Map<string, Media>();

  /** Keeps a picture and gives its SHA-256; null when it is no picture that we take, or too large in bytes or in pixels. */
  keep(bytes: Uint8Array, name: string): string | null {
    const type = pictureTypeOf(bytes);
    if (type === null || bytes.length > MEDIA_BYTES_MAX) return null;
    // What cannot be measured may still be drawn.
    const size = pictureSize(type, bytes);
    if (size !== null && hasTooManyPixels(size)) return null;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (!this.#bySha.has(sha256)) this.#bySha.set(sha256, { sha256, type, name, bytes });
    return sha256;
  }

  get all(): ReadonlyMap<string, Media> {
    return this.#bySha;
  }
}

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** The bytes of a base64 text, white space aside; null when it is not base64. */
export function bytesOfBase64(text: string): Uint8Array | null {
  const packed = text.replace(/\s+/g, '');
  if (!BASE64.test(packed) || packed.length % 4 === 1) return null;
  return new Uint8Array(Buffer.from(packed, 'base64'));
}
