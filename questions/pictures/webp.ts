/** How large a WebP is, from its first chunk (RFC 9649). Pure. */
import type { PictureSize } from './picture-size.ts';

/** Where the first chunk's name stands, and what is in it. */
const CHUNK = 12;
const DATA = 20;

/** Null: no whole WebP. The container says how long it is, so a file that was cut off is known. */
export function webpSize(bytes: Uint8Array): PictureSize | null {
  if (bytes.length < DATA + 10) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = 8 + view.getUint32(4, true);
  const length = view.getUint32(CHUNK + 4, true);
  if (end > bytes.length || DATA + length > end || length < 10) return null;
  const name = String.fromCharCode(...bytes.subarray(CHUNK, CHUNK + 4));
  if (name === 'VP8X') return extendedSize(view);
  if (name === 'VP8L') return losslessSize(view);
  return name === 'VP8 ' ? lossySize(view) : null;
}

function extendedSize(view: DataView): PictureSize {
  const canvas = (at: number): number => 1 + view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000;
  return { width: canvas(DATA + 4), height: canvas(DATA + 7) };
}

function losslessSize(view: DataView): PictureSize | null {
  if (view.getUint8(DATA) !== 0x2f) return null;
  const bits = view.getUint32(DATA + 1, true);
  return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
}

function lossySize(view: DataView): PictureSize | null {
  const isKeyFrame = (view.getUint8(DATA) & 1) === 0 && view.getUint16(DATA + 3) === 0x9d01;
  if (!isKeyFrame || view.getUint8(DATA + 5) !== 0x2a) return null;
  const side = (at: number): number => view.getUint16(at, true) & 0x3fff;
  return { width: side(DATA + 6), height: side(DATA + 8) };
}
