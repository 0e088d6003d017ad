/**
 * What a picture is and how large it claims to be, read from its bytes and never from what somebody says: a few kB may claim
 * billions of pixels. Pure.
 */
import { jpegSize } from './jpeg.ts';
import type { PictureSize } from './picture-size.ts';
import { pngHead } from './png.ts';
import { webpSize } from './webp.ts';

/** A phone holds four bytes for each. */
const PIXELS_MAX = 25_000_000;
const GIF_HEAD = 10;

/** Those that browsers draw without running anything in them: no SVG, no HTML. */
export type PictureType = 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif';

const SIZES: Readonly<Record<PictureType, (bytes: Uint8Array) => PictureSize | null>> = {
  'image/png': pngHead,
  'image/jpeg': jpegSize,
  'image/webp': webpSize,
  'image/gif': gifSize,
};

/** Null: no picture that we take. */
export function pictureTypeOf(bytes: Uint8Array): PictureType | null {
  if (startsWith(bytes, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  if (startsWith(bytes, 0, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  if (startsWith(bytes, 0, [0x47, 0x49, 0x46, 0x38])) return 'image/gif';
  const isWebp =
    startsWith(bytes, 0, [0x52, 0x49, 0x46, 0x46]) && startsWith(bytes, 8, [0x57, 0x45, 0x42, 0x50]);
  return isWebp ? 'image/webp' : null;
}

/** As the head says; null: none that makes sense, or cut off. */
export function pictureSize(type: PictureType, bytes: Uint8Array): PictureSize | null {
  return SIZES[type](bytes);
}

/** Whether a phone could not hold it. */
export function hasTooManyPixels({ width, height }: PictureSize): boolean {
  return width * height > PIXELS_MAX;
}

function gifSize(bytes: Uint8Array): PictureSize | null {
  if (bytes.length < GIF_HEAD) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, GIF_HEAD);
  return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

function startsWith(bytes: Uint8Array, at: number, head: readonly number[]): boolean {
  return bytes.length >= at + head.length && head.every((byte, i) => bytes[at + i] === byte);
}
