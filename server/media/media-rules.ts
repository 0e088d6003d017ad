/**
 * Pictures that people add: what they are is read from their bytes, never from what somebody says, and what is broken, cut off or
 * would fill a phone's memory is refused before it is kept. Nothing is drawn here.
 */
import { hasTooManyPixels, pictureSize, pictureTypeOf } from '../../questions/pictures/picture.ts';
import { isWholePng, pngHead } from '../../questions/pictures/png.ts';
import type { MediaReply } from '../contracts/contest-desk.ts';

export const MEDIA_MAX_BYTES = 1_000_000;

export type PictureFacts =
  | { readonly type: MediaReply['type'] }
  | { readonly problem: 'media.unreadable' | 'media.tooManyPixels' };

const UNREADABLE = { problem: 'media.unreadable' } as const;

/** What a picture is, once all of it has been looked at. SVG and HTML can run scripts, so they never are one; nothing here moves. */
export async function readPicture(bytes: Uint8Array): Promise<PictureFacts> {
  const type = pictureTypeOf(bytes);
  if (type === null || type === 'image/gif') return UNREADABLE;
  const size = pictureSize(type, bytes);
  if (size === null || size.width === 0 || size.height === 0) return UNREADABLE;
  if (hasTooManyPixels(size)) return { problem: 'media.tooManyPixels' };
  const png = type === 'image/png' ? pngHead(bytes) : null;
  return png === null || (await isWholePng(bytes, png)) ? { type } : UNREADABLE;
}
