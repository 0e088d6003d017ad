/**
 * A drawn paper as few bytes, since every attempt stores one. Self-contained and fixed for ever: papers of old
 * attempts must be readable; a change of the layout takes a new version number.
 *
 * Bits, most significant first: version (4), number of questions (8), width of the base (6), base, width of an id (6),
 * the usual number of options (5); then for each question: id − base, 0 or 1 and another number of options (5), and
 * the order as Lehmer digits, each in just enough bits. An order of 0 options means "not shuffled".
 * 20 questions with 4 options and ids up to a million: at most 69 bytes.
 */

/** One question on a paper: the version that is asked, and shown position → original index (empty: as it was written). */
export interface DrawnQuestion {
  readonly versionId: number;
  readonly order: readonly number[];
}

/** What one attempt got, in the order shown. */
export interface Paper {
  readonly questions: readonly DrawnQuestion[];
}

const VERSION = 1;
const QUESTIONS_MAX = 255;
const OPTIONS_MAX = 31;

/** Bits needed for 0..most. Exact to 2^53. */
function widthOf(most: number): number {
  return most < 2 ** 32 ? 32 - Math.clz32(most) : 32 + widthOf(Math.floor(most / 2 ** 32));
}

/** Widest piece that fits into 32 bits beside the up to 7 that wait. */
const PIECE = 24;

class BitWriter {
  readonly #bytes: number[] = [];
  #waiting = 0;
  #bits = 0;

  write(value: number, width: number): void {
    if (width > PIECE) {
      this.write(Math.floor(value / 2 ** PIECE), width - PIECE);
      this.write(value % 2 ** PIECE, PIECE);
      return;
    }
    this.#waiting = (this.#waiting << width) | value;
    this.#bits += width;
    while (this.#bits >= 8) {
      this.#bits -= 8;
      this.#bytes.push((this.#waiting >>> this.#bits) & 0xff);
    }
    this.#waiting &= (1 << this.#bits) - 1;
  }

  /** Everything written, the last byte filled up with zeros. */
  bytes(): Uint8Array {
    if (this.#bits > 0) this.write(0, 8 - this.#bits);
    return Uint8Array.from(this.#bytes);
  }
}

class BitReader {
  readonly #bytes: Uint8Array;
  #next = 0;
  #waiting = 0;
  #bits = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  read(width: number): number {
    if (width > PIECE) return this.read(width - PIECE) * 2 ** PIECE + this.read(PIECE);
    while (this.#bits < width) {
      const byte = this.#bytes[this.#next++];
      if (byte === undefined) throw new RangeError('the packed paper is cut off');
      this.#waiting = (this.#waiting << 8) | byte;
      this.#bits += 8;
    }
    this.#bits -= width;
    const value = this.#waiting >>> this.#bits;
    this.#waiting &= (1 << this.#bits) - 1;
    return value;
  }

  /** Only the padding of the last byte may be left, and it is zero. */
  end(): void {
    if (this.#next < this.#bytes.length || this.#waiting !== 0)
      throw new RangeError('the packed paper goes on after its end');
  }
}

/** Lehmer digits: for each shown position, how many smaller originals are still to come. */
function writeOrder(writer: BitWriter, order: readonly number[]): void {
  let seen = 0;
  for (const [i, original] of order.entries()) {
    if (
      !Number.isInteger(original) ||
      original < 0 ||
      original >= order.length ||
      (seen & (1 << original)) !== 0
    ) {
      throw new RangeError('the order of a question is not a permutation');
    }
    seen |= 1 << original;
    let digit = 0;
    for (let j = i + 1; j < order.length; j++) if ((order[j] ?? 0) < original) digit++;
    writer.write(digit, widthOf(order.length - i - 1));
  }
}

function checkPaper({ questions }: Paper): void {
  if (questions.length > QUESTIONS_MAX)
    throw new RangeError(`a paper has at most ${QUESTIONS_MAX} questions`);
  for (const { versionId, order } of questions) {
    if (!Number.isSafeInteger(versionId) || versionId < 0)
      throw new RangeError('a version id is a whole number');
    if (order.length > OPTIONS_MAX)
      throw new RangeError(`a question has at most ${OPTIONS_MAX} options to shuffle`);
  }
}

/** The base that all ids are written above: the lowest id where that saves bits, else 0. */
function baseFor(ids: readonly number[]): { base: number; width: number } {
  if (ids.length === 0) return { base: 0, width: 0 };
  const lowest = Math.min(...ids);
  const highest = Math.max(...ids);
  const narrow = widthOf(highest - lowest);
  const wide = widthOf(highest);
  return widthOf(lowest) + ids.length * narrow < ids.length * wide
    ? { base: lowest, width: narrow }
    : { base: 0, width: wide };
}

function usualSize({ questions }: Paper): number {
  const counts = new Array<number>(OPTIONS_MAX + 1).fill(0);
  for (const { order } of questions) counts[order.length] = (counts[order.length] ?? 0) + 1;
  return counts.indexOf(Math.max(...counts));
}

/** Throws RangeError for a paper that cannot be packed: an order that is no permutation, over 255 questions or 31 options. */
export function packPaper(paper: Paper): Uint8Array {
  checkPaper(paper);
  const writer = new BitWriter();
  const { base, width } = baseFor(paper.questions.map(({ versionId }) => versionId));
  const usual = usualSize(paper);
  writer.write(VERSION, 4);
  writer.write(paper.questions.length, 8);
  writer.write(widthOf(base), 6);
  writer.write(base, widthOf(base));
  writer.write(width, 6);
  writer.write(usual, 5);
  for (const { versionId, order } of paper.questions) {
    writer.write(versionId - base, width);
    writer.write(order.length === usual ? 0 : 1, 1);
    if (order.length !== usual) writer.write(order.length, 5);
    writeOrder(writer, order);
  }
  return writer.bytes();
}

function readOrder(reader: BitReader, size: number): number[] {
  const order: number[] = [];
  for (let left = size - 1; left >= 0; left--) {
    const digit = reader.read(widthOf(left));
    if (digit > left) throw new RangeError('the packed paper holds an order that cannot be');
    order.push(digit);
  }
  for (let i = size - 2; i >= 0; i--) {
    const original = order[i] ?? 0;
    for (let j = i + 1; j < size; j++) {
      const later = order[j] ?? 0;
      if (later >= original) order[j] = later + 1;
    }
  }
  return order;
}

/** The paper that `packPaper` packed. Throws RangeError when the bytes are not one. */
export function unpackPaper(bytes: Uint8Array): Paper {
  const reader = new BitReader(bytes);
  if (reader.read(4) !== VERSION) throw new RangeError('the packed paper has an unknown version');
  const count = reader.read(8);
  const base = reader.read(reader.read(6));
  const width = reader.read(6);
  const usual = reader.read(5);
  const questions: DrawnQuestion[] = [];
  for (let i = 0; i < count; i++) {
    const versionId = base + reader.read(width);
    const size = reader.read(1) === 0 ? usual : reader.read(5);
    questions.push({ versionId, order: readOrder(reader, size) });
  }
  reader.end();
  return { questions };
}
