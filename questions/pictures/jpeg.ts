/** How large a JPEG is, from its frame header (ITU T.81, annex B). Pure. */
import type { PictureSize } from './picture-size.ts';

const START_OF_SCAN = 0xda;
const END = 0xd9;
/** Frame headers are 0xc0 to 0xcf without the tables among them. */
const TABLES = [0xc4, 0xc8, 0xcc];
/** Grey, colours, and those of print. */
const COMPONENTS = [1, 3, 4];

/** Null: no whole JPEG. A file that was cut off has no end. */
export function jpegSize(bytes: Uint8Array): PictureSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let size: PictureSize | null = null;
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (length < 2 || at + 2 + length > bytes.length) return null;
    if (marker === START_OF_SCAN) return hasEnd(bytes, at + 2 + length) ? size : null;
    if (isFrame(marker)) size = frameSize(view, at + 4, length);
    at += 2 + length;
  }
  return null;
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && !TABLES.includes(marker);
}

function frameSize(view: DataView, at: number, length: number): PictureSize | null {
  if (length < 8 || !COMPONENTS.includes(view.getUint8(at + 5))) return null;
  return { height: view.getUint16(at + 1), width: view.getUint16(at + 3) };
}

/** Inside of a scan 0xff is always followed by a zero or a restart, so this pair ends the picture. */
function hasEnd(bytes: Uint8Array, from: number): boolean {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1))
    if (bytes[at + 1] === END) return true;
  return false;
}
