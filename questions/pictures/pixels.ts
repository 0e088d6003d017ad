/** How much memory a picture will take where it is shown, as its head says: a few kB may claim billions of pixels. Pure. */
import { jpegSize } from './jpeg.ts';
import type { PictureSize } from './picture-size.ts';
import { pngHead } from './png.ts';
import { webpSize } from './webp.ts';

/** A phone holds four bytes for each. */
export const PIXELS_MAX = 25_000_000;

const GIF_HEAD = 10;

const SIZES: Readonly<Record<string, (bytes: Uint8Array) => PictureSize | null>> = {
  'image/png': pngHead,
  'image/jpeg': jpegSize,
  'image/webp': webpSize,
  'image/gif': gifSize,
};

/** Whether a picture of this type claims more than a phone can hold. What cannot be measured does not. */
export function isTooLarge(type: string, bytes: Uint8Array): boolean {
  const size = SIZES[type]?.(bytes) ?? null;
  return size !== null && size.width * size.height > PIXELS_MAX;
}

function gifSize(bytes: Uint8Array): PictureSize | null {
  if (bytes.length < GIF_HEAD) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, GIF_HEAD);
  return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
}
