/** Pictures that organisers add: what they are is read from their first bytes, never from what somebody says. Pure. */
import type { MediaReply } from '../contracts/contest-desk.ts';

export const MEDIA_MAX_BYTES = 1_000_000;

/** Null: none of the kinds that we take (SVG and HTML can run scripts, so they never are). */
export function sniff(bytes: Uint8Array): MediaReply['type'] | null {
  if (startsWith(bytes, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  if (startsWith(bytes, 0, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  const isWebp =
    startsWith(bytes, 0, [0x52, 0x49, 0x46, 0x46]) && startsWith(bytes, 8, [0x57, 0x45, 0x42, 0x50]);
  return isWebp ? 'image/webp' : null;
}

function startsWith(bytes: Uint8Array, at: number, head: readonly number[]): boolean {
  return bytes.length > at + head.length && head.every((byte, i) => bytes[at + i] === byte);
}
