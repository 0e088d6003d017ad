/** Whether a PNG is whole: its chunks with their sums, and as many pixels behind the compression as its head says (RFC 2083). */
import { crc32, createInflate } from 'node:zlib';
import type { PictureSize } from './picture-size.ts';

export interface PngHead extends PictureSize {
  readonly bitsAPixel: number;
  readonly isInterlaced: boolean;
  readonly hasPalette: boolean;
}

interface Chunk {
  readonly name: string;
  readonly data: Uint8Array;
}

/** By colour type: numbers a pixel, and how many bits each may have. */
const COLOURS: Readonly<Record<number, { readonly channels: number; readonly bits: readonly number[] }>> = {
  0: { channels: 1, bits: [1, 2, 4, 8, 16] },
  2: { channels: 3, bits: [8, 16] },
  3: { channels: 1, bits: [1, 2, 4, 8] },
  4: { channels: 2, bits: [8, 16] },
  6: { channels: 4, bits: [8, 16] },
};
const SIGNATURE = 8;
const HEAD_LENGTH = 13;
/** The five filters a row may name. */
const LAST_FILTER = 4;

/** Null: no head that makes sense. */
export function pngHead(bytes: Uint8Array): PngHead | null {
  const head = chunkAt(bytes, SIGNATURE);
  if (head?.name !== 'IHDR' || head.data.length !== HEAD_LENGTH) return null;
  const view = new DataView(head.data.buffer, head.data.byteOffset, HEAD_LENGTH);
  const [bits = 0, colourType = 0, compression, filter, interlace = 0] = head.data.subarray(8);
  const colour = COLOURS[colourType];
  if (colour === undefined || !colour.bits.includes(bits)) return null;
  if (compression !== 0 || filter !== 0 || interlace > 1) return null;
  return {
    ...{ width: view.getUint32(0), height: view.getUint32(4) },
    ...{ bitsAPixel: bits * colour.channels, isInterlaced: interlace === 1, hasPalette: colourType === 3 },
  };
}

/** Inflated outside of the main thread, and only counted: nothing of it is kept. */
export async function isWholePng(bytes: Uint8Array, head: PngHead): Promise<boolean> {
  const chunks = chunksOf(bytes);
  if (chunks === null || (head.hasPalette && !chunks.some(isPalette))) return false;
  // Readers differ in which of two heads they believe.
  if (chunks.filter(({ name }) => name === 'IHDR').length > 1) return false;
  const packed = chunks.filter(({ name }) => name === 'IDAT').map(({ data }) => data);
  return packed.length > 0 && hasAllRows(packed, head);
}

function isPalette({ name, data }: Chunk): boolean {
  return name === 'PLTE' && data.length > 0 && data.length % 3 === 0 && data.length <= 768;
}

/** Up to the end that the file names; null: it is cut off, or a sum is wrong. */
function chunksOf(bytes: Uint8Array): readonly Chunk[] | null {
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE; ; ) {
    const chunk = chunkAt(bytes, at);
    if (chunk === null) return null;
    if (chunk.name === 'IEND') return chunks;
    chunks.push(chunk);
    at += 12 + chunk.data.length;
  }
}

function chunkAt(bytes: Uint8Array, at: number): Chunk | null {
  if (at + 12 > bytes.length) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at);
  const length = view.getUint32(0);
  if (at + 12 + length > bytes.length) return null;
  if (view.getUint32(8 + length) !== crc32(bytes.subarray(at + 4, at + 8 + length))) return null;
  const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
  return { name, data: bytes.subarray(at + 8, at + 8 + length) };
}

async function hasAllRows(packed: readonly Uint8Array[], head: PngHead): Promise<boolean> {
  const rows = new Rows(rowLengths(head));
  const inflate = createInflate();
  inflate.end(Buffer.concat(packed));
  try {
    for await (const piece of inflate) if (!rows.take(piece)) return false;
    return rows.isComplete;
  } catch {
    return false;
  } finally {
    inflate.destroy();
  }
}

/** Follows rows through pieces: each begins with its filter. */
class Rows {
  readonly #lengths: Iterator<number, undefined>;
  /** Bytes until the next row begins. */
  #left = 0;
  #next: number | undefined;

  constructor(lengths: Iterator<number, undefined>) {
    this.#lengths = lengths;
    this.#next = lengths.next().value;
  }

  get isComplete(): boolean {
    return this.#next === undefined && this.#left === 0;
  }

  /** False: a filter that there is not, or pieces behind the last row: they could go on for ever. */
  take(piece: Uint8Array): boolean {
    if (this.isComplete) return false;
    let at = this.#left;
    while (this.#next !== undefined && at < piece.length) {
      if ((piece[at] ?? 0) > LAST_FILTER) return false;
      at += this.#next;
      this.#next = this.#lengths.next().value;
    }
    this.#left = Math.max(0, at - piece.length);
    return true;
  }
}

/** Where the seven passes of an interlaced picture begin, and their steps: x, y, dx, dy. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;
const ONE_PASS = [[0, 0, 1, 1]] as const;

function* rowLengths({ width, height, bitsAPixel, isInterlaced }: PngHead): Generator<number, undefined> {
  for (const [x, y, dx, dy] of isInterlaced ? PASSES : ONE_PASS) {
    const across = Math.ceil((width - x) / dx);
    const down = across <= 0 ? 0 : Math.ceil((height - y) / dy);
    for (let row = 0; row < down; row++) yield 1 + Math.ceil((across * bitsAPixel) / 8);
  }
}
