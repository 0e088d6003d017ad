/** Which office file some bytes are, by their content; and why they are refused, with what helps. */
import type { Saying } from './message.ts';
import { refusalOf } from './refusals.ts';
import { ZipArchive } from './zip.ts';
import { ZipError } from './zip-error.ts';
import { zipSayings } from './zip-messages.ts';

const ZIP = [0x50, 0x4b];
const OLE = [0xd0, 0xcf, 0x11, 0xe0];

/** Whether the bytes begin like a ZIP file. */
function isZip(bytes: Uint8Array): boolean {
  return ZIP.every((byte, i) => bytes[i] === byte) && (bytes[2] === 3 || bytes[2] === 5);
}

/** Opens a container that should hold an office file. Throws ZipError with what helps. */
export function openOffice(bytes: Uint8Array): ZipArchive {
  if (!isZip(bytes)) throw new ZipError(refusalOfOffice(bytes));
  return new ZipArchive(bytes);
}

/** What to say about bytes that are no ZIP file where an office file was expected. */
function refusalOfOffice(bytes: Uint8Array): Saying {
  if (OLE.every((byte, i) => bytes[i] === byte)) return refusalOfOle(bytes);
  return refusalOf(bytes);
}

/** Old office files name their streams in UTF-16; encrypted new ones are such files too. */
function refusalOfOle(bytes: Uint8Array): Saying {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const holds = (name: string) => buffer.includes(Buffer.from(name, 'utf16le'));
  if (holds('EncryptedPackage')) return zipSayings.encrypted;
  if (holds('WordDocument')) return zipSayings.oldWord;
  if (holds('Workbook') || holds('Book')) return zipSayings.oldExcel;
  return refusalOf(bytes);
}

/** What an archive holds when it is not what was asked for. */
export function otherOffice(archive: ZipArchive): Saying {
  const { names } = archive;
  if (names.some((name) => /^xl\/workbook\.bin$/i.test(name))) return zipSayings.binaryExcel;
  if (names.includes('mimetype') && names.includes('content.xml')) return zipSayings.openDocument;
  return zipSayings.noOffice;
}

/**
 * For sniffing: how likely these bytes are the office file that has this part, 0..1. Names stand in clear in an archive,
 * also in one that was cut off. `oldStream`: what the old program's files hold, so that they are refused with advice.
 */
export function officeLikelihood(bytes: Uint8Array, part: string, oldStream: string): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (OLE.every((byte, i) => bytes[i] === byte)) {
    if (buffer.includes(Buffer.from(oldStream, 'utf16le'))) return 0.8;
    return buffer.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 0.4 : 0;
  }
  if (!isZip(bytes)) return 0;
  const at = buffer.indexOf(part);
  if (at < 0) return 0;
  return OTHER_PARTS.some((other) => other !== part && isBetween(buffer.indexOf(other), at)) ? 0.5 : 1;
}

const OTHER_PARTS = ['word/document', 'xl/workbook'];

function isBetween(place: number, end: number): boolean {
  return place >= 0 && place < end;
}
