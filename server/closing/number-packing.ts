/**
 * Rows of whole numbers as few bytes: column by column, each number as its difference to the one above, so that a ranked
 * list, in which neighbours are alike, becomes small and then compresses well. Pure; a missing number is `NaN`.
 */

/** Numbers by column; all columns are of one length. */
export type Columns = readonly Float64Array[];

const LOW = 128;

/** Throws RangeError for a number that is not whole or beyond 2^52. */
export function packColumns(columns: Columns): Uint8Array {
  const bytes = new Bytes();
  bytes.write(columns.length);
  bytes.write(columns[0]?.length ?? 0);
  for (const column of columns) {
    let last = 0;
    for (const value of column) {
      if (Number.isNaN(value)) {
        bytes.write(0);
        continue;
      }
      bytes.write(zigzag(value - last) + 1);
      last = value;
    }
  }
  return bytes.end();
}

/** Throws RangeError for anything but what `packColumns` made. */
export function unpackColumns(packed: Uint8Array): Columns {
  const bytes = new Reader(packed);
  const width = bytes.read();
  const length = bytes.read();
  if (width * length > packed.length) throw new RangeError('not packed columns');
  const columns = Array.from({ length: width }, () => {
    const column = new Float64Array(length);
    let last = 0;
    for (let i = 0; i < length; i += 1) {
      const code = bytes.read();
      if (code > 0) last += unzigzag(code - 1);
      column[i] = code === 0 ? Number.NaN : last;
    }
    return column;
  });
  if (!bytes.atEnd) throw new RangeError('not packed columns');
  return columns;
}

/** 0, −1, 1, −2, … as 0, 1, 2, 3, … */
function zigzag(value: number): number {
  if (!Number.isInteger(value) || Math.abs(value) > 2 ** 52) throw new RangeError(`${value} is not packed`);
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function unzigzag(code: number): number {
  return code % 2 === 0 ? code / 2 : -(code + 1) / 2;
}

/** Seven bits a byte, the lowest first; the eighth says that more come. */
class Bytes {
  #bytes = new Uint8Array(4096);
  #length = 0;

  write(value: number): void {
    if (this.#length + 8 > this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    let rest = value;
    while (rest >= LOW) {
      this.#bytes[this.#length++] = (rest % LOW) + LOW;
      rest = Math.floor(rest / LOW);
    }
    this.#bytes[this.#length++] = rest;
  }

  end(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  read(): number {
    let value = 0;
    for (let worth = 1; ; worth *= LOW) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new RangeError('packed columns end early');
      if (byte < LOW) return value + byte * worth;
      value += (byte - LOW) * worth;
    }
  }
}
