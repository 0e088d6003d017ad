/** A picture inside a file of questions reaches phones: what it claims is measured before it is kept. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MediaShelf } from '../../../questions/formats/media.ts';
import { jpegOf, pngOf, webpOf } from '../../harness/picture.ts';

const [WIDE, HIGH] = [16_000, 16_000];

function gifOf(width: number, height: number): Buffer {
  const gif = Buffer.alloc(14);
  gif.write('GIF89a', 'latin1');
  gif.writeUInt16LE(width, 6);
  gif.writeUInt16LE(height, 8);
  return gif;
}

it('keeps pictures of any kind that a phone can hold, and none that claims a quarter of a billion pixels', () => {
  const shelf = new MediaShelf();
  for (const small of [pngOf(), jpegOf(640, 480), webpOf(640, 480), gifOf(640, 480)])
    expect(shelf.keep(small, 'hình')).toMatch(/^[0-9a-f]{64}$/);
  for (const huge of [
    pngOf({ width: WIDE, height: HIGH, packed: Buffer.of(0) }),
    jpegOf(WIDE, HIGH),
    webpOf(WIDE, HIGH),
    gifOf(WIDE, HIGH),
  ])
    expect(shelf.keep(huge, 'hình')).toBeNull();
  expect(shelf.all.size).toBe(4);
});

it('measures whatever is behind the first bytes without an error', () => {
  const heads = [pngOf(), jpegOf(4, 4), webpOf(4, 4), gifOf(4, 4)].map((whole) => whole.subarray(0, 12));
  fc.assert(
    fc.property(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 60 }), (head, rest) => {
      const bytes = Buffer.concat([head, rest]);
      expect(() => new MediaShelf().keep(bytes, 'hình')).not.toThrow();
    }),
    { numRuns: 2000 },
  );
});
