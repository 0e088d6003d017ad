/** The directory at the end of a ZIP file: what is inside, where, and how large it says to be. */
import { ZipError } from './zip-error.ts';
import { zipSayings } from './zip-messages.ts';

export interface ZipEntry {
  readonly name: string;
  /** 0: stored, 8: deflated. */
  readonly method: number;
  /** Packed and inflated size in bytes, as declared. */
  readonly packedSize: number;
  readonly size: number;
  /** CRC-32 of the inflated bytes. */
  readonly sum: number;
  /** Where its own header stands. */
  readonly offset: number;
}

export type Directory = ReadonlyMap<string, ZipEntry>;

const ENTRIES_MAX = 10_000;
/** No part of an office file is as large, in bytes. */
const ENTRY_MAX = 300_000_000;
/** Small files may be very regular; large ones that pack better than this are made to hurt. */
const RATIO_MAX = 250;
const RATIO_FROM = 5_000_000;
const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const WIDE = 0xffffffff;

/** Reads and judges the directory. Throws ZipError. */
export function readDirectory(bytes: Uint8Array): Directory {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  const count = view.getUint16(end + 10, true);
  if (count > ENTRIES_MAX) throw new ZipError(zipSayings.bomb);
  const directory = new Map<string, ZipEntry>();
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < count; i++) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== CENTRAL) throw new ZipError(zipSayings.cut);
    const lengths = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    const [nameLength = 0, extraLength = 0, commentLength = 0] = lengths;
    const next = at + 46 + nameLength + extraLength + commentLength;
    if (next > view.byteLength) throw new ZipError(zipSayings.cut);
    const entry = entryAt(view, bytes, at, nameLength, extraLength);
    if (!entry.name.endsWith('/') && !directory.has(entry.name)) directory.set(entry.name, judged(entry));
    at = next;
  }
  return directory;
}

/** The end record stands last, before a comment of at most 65,535 bytes. */
function endOf(view: DataView): number {
  const lowest = Math.max(0, view.byteLength - 65_557);
  for (let at = view.byteLength - 22; at >= lowest; at--) {
    if (view.getUint32(at, true) === END) return at;
  }
  throw new ZipError(zipSayings.cut);
}

function entryAt(
  view: DataView,
  bytes: Uint8Array,
  at: number,
  nameLength: number,
  extraLength: number,
): ZipEntry {
  if ((view.getUint16(at + 8, true) & 1) === 1) throw new ZipError(zipSayings.encrypted);
  const extra = at + 46 + nameLength;
  const wide = new WideSizes(view, extra, extraLength);
  const size = wide.or(view.getUint32(at + 24, true));
  const packedSize = wide.or(view.getUint32(at + 20, true));
  return {
    name: new TextDecoder().decode(bytes.subarray(at + 46, extra)),
    method: view.getUint16(at + 10, true),
    packedSize,
    size,
    sum: view.getUint32(at + 16, true),
    offset: wide.or(view.getUint32(at + 42, true)),
  };
}

/** Sizes of ZIP64, which programs also write where 32 bits would do: in the order inflated, packed, offset. */
class WideSizes {
  readonly #view: DataView;
  #at = -1;
  #end = -1;

  constructor(view: DataView, extra: number, length: number) {
    this.#view = view;
    for (let at = extra; at + 4 <= extra + length; at += 4 + view.getUint16(at + 2, true)) {
      if (view.getUint16(at, true) !== 1) continue;
      this.#at = at + 4;
      this.#end = Math.min(at + 4 + view.getUint16(at + 2, true), view.byteLength);
    }
  }

  /** The narrow value, or the next wide one where it says so. */
  or(narrow: number): number {
    if (narrow !== WIDE || this.#at < 0 || this.#at + 8 > this.#end) return narrow;
    const value = Number(this.#view.getBigUint64(this.#at, true));
    this.#at += 8;
    return value;
  }
}

function judged(entry: ZipEntry): ZipEntry {
  const { name, method, size, packedSize } = entry;
  const parts = name.split(/[/\\]/);
  if (parts.includes('..') || /^(?:[/\\]|[a-z]:)/i.test(name) || name.includes('\0'))
    throw new ZipError(zipSayings.paths);
  if (method !== 0 && method !== 8) throw new ZipError(zipSayings.method);
  const isDense = size > RATIO_FROM && size > RATIO_MAX * Math.max(1, packedSize);
  if (size > ENTRY_MAX || isDense) throw new ZipError(zipSayings.bomb);
  if (method === 0 && size !== packedSize) throw new ZipError(zipSayings.cut);
  return entry;
}
