/**
 * ZIP containers of office files, opened without trust: names, counts, sizes and ratios are looked at before anything is
 * inflated, only what is asked for is inflated, piece by piece, and never further than it declares. Archives inside are
 * never opened. Layout: APPNOTE.TXT of PKWARE, sections 4.3 and 4.5.3.
 */
import { crc32 } from 'node:zlib';
import { Inflate } from 'fflate';
import { type Directory, readDirectory, type ZipEntry } from './zip-directory.ts';
import { ZipError } from './zip-error.ts';
import { zipSayings } from './zip-messages.ts';

/** Largest container that is looked at, in bytes. */
export const CONTAINER_BYTES_MAX = 100_000_000;
/** What one file may inflate to in all, in bytes. A workbook of 50,000 questions has about 60 MB. */
const INFLATED_MAX = 400_000_000;
/** Compressed bytes that are inflated at a time: at the highest ratio of deflate (1032) 8 MB. */
const PIECE = 8_192;

/** An opened container. What cannot be read throws `ZipError`, which carries what to say. */
export class ZipArchive {
  readonly #directory: Directory;
  readonly #bytes: Uint8Array;
  #inflated = 0;

  constructor(bytes: Uint8Array) {
    if (bytes.length > CONTAINER_BYTES_MAX)
      throw new ZipError(zipSayings.tooLarge(CONTAINER_BYTES_MAX / 1_000_000));
    this.#bytes = bytes;
    this.#directory = readDirectory(bytes);
  }

  /** Paths of all files, in the order of the directory. */
  get names(): readonly string[] {
    return [...this.#directory.keys()];
  }

  /** The name as the archive writes it: some programs change capitals. Null: there is no such file. */
  find(name: string): string | null {
    if (this.#directory.has(name)) return name;
    const lower = name.toLowerCase();
    return this.names.find((other) => other.toLowerCase() === lower) ?? null;
  }

  /** Inflated size of a file as declared, in bytes; 0 when there is none. */
  sizeOf(name: string): number {
    return this.#directory.get(name)?.size ?? 0;
  }

  /** A whole file. */
  bytes(name: string): Uint8Array {
    const whole = new Uint8Array(this.#entry(name).size);
    let at = 0;
    this.stream(name, (piece) => {
      whole.set(piece, at);
      at += piece.length;
    });
    return whole;
  }

  /** A file piece by piece. */
  stream(name: string, take: (piece: Uint8Array) => void): void {
    const entry = this.#entry(name);
    this.#inflated += entry.size;
    if (this.#inflated > INFLATED_MAX) throw new ZipError(zipSayings.bomb);
    const packed = this.#packed(entry);
    const check = new Check(entry, take);
    if (entry.method === 0) check.take(packed);
    else inflate(packed, name, (piece) => check.take(piece));
    check.finish();
  }

  #entry(name: string): ZipEntry {
    const entry = this.#directory.get(name);
    if (entry === undefined) throw new ZipError(zipSayings.partMissing(name));
    return entry;
  }

  #packed({ name, offset, packedSize }: ZipEntry): Uint8Array {
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.byteLength);
    if (offset + 30 > view.byteLength || view.getUint32(offset, true) !== 0x04034b50)
      throw new ZipError(zipSayings.broken(name));
    const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
    if (start + packedSize > view.byteLength) throw new ZipError(zipSayings.broken(name));
    return this.#bytes.subarray(start, start + packedSize);
  }
}

function inflate(packed: Uint8Array, name: string, take: (piece: Uint8Array) => void): void {
  let refused: unknown = null;
  const inflater = new Inflate((piece) => {
    try {
      take(piece);
    } catch (error) {
      refused = error;
      throw error;
    }
  });
  try {
    for (let at = 0; at < packed.length || at === 0; at += PIECE)
      inflater.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
  } catch (error) {
    if (refused !== null) throw refused;
    if (error instanceof Error && 'code' in error) throw new ZipError(zipSayings.broken(name));
    throw error;
  }
}

/** Counts what really comes out and compares it with what was declared. */
class Check {
  #size = 0;
  #sum = 0;
  readonly #entry: ZipEntry;
  readonly #take: (piece: Uint8Array) => void;

  constructor(entry: ZipEntry, take: (piece: Uint8Array) => void) {
    this.#entry = entry;
    this.#take = take;
  }

  take(piece: Uint8Array): void {
    this.#size += piece.length;
    if (this.#size > this.#entry.size) throw new ZipError(zipSayings.bomb);
    this.#sum = crc32(piece, this.#sum);
    if (piece.length > 0) this.#take(piece);
  }

  finish(): void {
    const { size, sum, name } = this.#entry;
    if (this.#size !== size || this.#sum !== sum) throw new ZipError(zipSayings.broken(name));
  }
}
