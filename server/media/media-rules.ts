/**
 * Pictures that people add: what they are is read from their bytes, never from what somebody says, and what is broken, cut off or
 * would fill a phone's memory is refused before it is kept. Nothing is drawn here.
 */
import { jpegSize } from '../../questions/pictures/jpeg.ts';
import { PIXELS_MAX } from '../../questions/pictures/pixels.ts';
import { isWholePng, pngHead } from '../../questions/pictures/png.ts';
import { webpSize } from '../../questions/pictures/webp.ts';
import type { MediaReply } from '../contracts/contest-desk.ts';

export const MEDIA_MAX_BYTES = 1_000_000;

export type PictureFacts =
  | { readonly type: MediaReply['type'] }
  | { readonly problem: 'media.unreadable' | 'media.tooManyPixels' };

const UNREADABLE = { problem: 'media.unreadable' } as const;

/** What a picture is, once all of it has been looked at. SVG and HTML can run scripts, so they never are one. */
export async function readPicture(bytes: Uint8Array): Promise<PictureFacts> {
  const type = sniff(bytes);
  if (type === null) return UNREADABLE;
  const png = type === 'image/png' ? pngHead(bytes) : null;
  const size = type === 'image/png' ? png : type === 'image/jpeg' ? jpegSize(bytes) : webpSize(bytes);
  if (size === null || size.width === 0 || size.height === 0) return UNREADABLE;
  if (size.width * size.height > PIXELS_MAX) return { problem: 'media.tooManyPixels' };
  return png === null || (await isWholePng(bytes, png)) ? { type } : UNREADABLE;
}

function sniff(bytes: Uint8Array): MediaReply['type'] | null {
  if (startsWith(bytes, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  if (startsWith(bytes, 0, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  const isWebp =
    startsWith(bytes, 0, [0x52, 0x49, 0x46, 0x46]) && startsWith(bytes, 8, [0x57, 0x45, 0x42, 0x50]);
  return isWebp ? 'image/webp' : null;
}

function startsWith(bytes: Uint8Array, at: number, head: readonly number[]): boolean {
  return bytes.length > at + head.length && head.every((byte, i) => bytes[at + i] === byte);
}
