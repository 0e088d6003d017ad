/** Pictures are looked through before they are kept: what is cut off, lies or would fill a memory is refused. */
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPicture } from '../../../server/media/media-rules.ts';
import { jpegOf, pngChunk, pngOf, webpOf } from '../../harness/picture.ts';

const UNREADABLE = { problem: 'media.unreadable' };
const TOO_MANY = { problem: 'media.tooManyPixels' };

describe('a picture', () => {
  it('is what its bytes say, in each of the three kinds', async () => {
    expect(await readPicture(pngOf())).toEqual({ type: 'image/png' });
    expect(await readPicture(pngOf({ colour: 2, width: 3, height: 5 }))).toEqual({ type: 'image/png' });
    expect(await readPicture(jpegOf(640, 480))).toEqual({ type: 'image/jpeg' });
    expect(await readPicture(webpOf(640, 480))).toEqual({ type: 'image/webp' });
  });

  it('is none when it is text, empty, or a drawing that can run scripts', async () => {
    for (const text of ['', 'xin chào', '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'])
      expect(await readPicture(Buffer.from(text))).toEqual(UNREADABLE);
  });

  it('is refused wherever it is cut off', async () => {
    for (const whole of [pngOf(), jpegOf(4, 4), webpOf(4, 4)])
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (length) => {
          expect(await readPicture(whole.subarray(0, length))).toEqual(UNREADABLE);
        }),
      );
  });

  it('is refused when a byte of a PNG fell over', async () => {
    const whole = pngOf();
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: whole.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, by) => {
          const broken = Buffer.from(whole);
          broken[at] = (broken[at] ?? 0) ^ by;
          expect(await readPicture(broken)).toHaveProperty('problem');
        },
      ),
    );
  });

  it('is refused when its rows are not what its head says: none, too few, for ever, or of no known filter', async () => {
    const rows = (bytes: Buffer) => pngOf({ packed: deflateSync(bytes) });
    const one = Buffer.alloc(8 * (1 + 8 * 4));
    expect(await readPicture(rows(one))).toEqual({ type: 'image/png' });
    expect(await readPicture(pngOf({ packed: Buffer.from('nothing packed') }))).toEqual(UNREADABLE);
    expect(await readPicture(rows(one.subarray(1)))).toEqual(UNREADABLE);
    expect(await readPicture(rows(Buffer.concat([one, Buffer.alloc(1_000_000)])))).toEqual(UNREADABLE);
    expect(await readPicture(rows(Buffer.alloc(one.length, 5)))).toEqual(UNREADABLE);
  });

  it('may be drawn in seven passes', async () => {
    // 8 × 8: 1 + 1 + 2 + 4 + 8 + 16 + 32 pixels in 1 + 1 + 1 + 2 + 2 + 4 + 4 rows.
    const packed = deflateSync(Buffer.alloc(64 * 4 + 15));
    expect(await readPicture(pngOf({ interlaced: true, packed }))).toEqual({ type: 'image/png' });
    const short = deflateSync(Buffer.alloc(64 * 4 + 14));
    expect(await readPicture(pngOf({ interlaced: true, packed: short }))).toEqual(UNREADABLE);
  });

  it('is refused when a length in it leads back or beyond its end', async () => {
    const back = Buffer.concat([Buffer.from([0xff, 0xff, 0xff, 0xf4]), Buffer.from('abcd')]);
    expect(await readPicture(pngOf({}, back))).toEqual(UNREADABLE);
    expect(await readPicture(pngOf({}, pngChunk('tEXt', Buffer.from('Tác giả'))))).toEqual({
      type: 'image/png',
    });
  });

  it('has no more pixels than a phone can hold, whatever it says of itself', async () => {
    const packed = deflateSync(Buffer.alloc(10));
    expect(await readPicture(pngOf({ width: 60_000, height: 60_000, packed }))).toEqual(TOO_MANY);
    expect(await readPicture(jpegOf(65_535, 65_535))).toEqual(TOO_MANY);
    expect(await readPicture(webpOf(16_384, 16_384))).toEqual(TOO_MANY);
    const second = Buffer.alloc(13);
    second.set([0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff, 8, 6]);
    expect(await readPicture(pngOf({}, pngChunk('IHDR', second)))).toEqual(UNREADABLE);
    expect(await readPicture(pngOf({ width: 0, packed }))).toEqual(UNREADABLE);
    expect(await readPicture(jpegOf(0, 9))).toEqual(UNREADABLE);
  });
});
