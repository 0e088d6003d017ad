import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readDocx } from '../../../../questions/formats/docx/read.ts';
import { readXlsx } from '../../../../questions/formats/xlsx/read.ts';
import { faultsOf } from '../balance.ts';
import { docx } from './make.ts';

const good = docx(['Câu 1. x?', 'A. a', 'B. b', 'Đáp án: A', 'Câu 2. y?', 'A. a', 'B. b', 'Đáp án: B']);

function ole(stream: string): Uint8Array {
  const head = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  return new Uint8Array(Buffer.concat([head, Buffer.alloc(500), Buffer.from(stream, 'utf16le')]));
}

describe('files that are not what they should be', () => {
  it('says how to convert old and encrypted files', () => {
    expect(readDocx(ole('WordDocument')).failure?.code).toBe('old-word');
    expect(readXlsx(ole('Workbook')).failure?.code).toBe('old-excel');
    expect(readDocx(ole('EncryptedPackage')).failure?.code).toBe('encrypted');
    expect(readXlsx(good).failure?.code).toBe('no-office-file');
    expect(readDocx(zipSync({ a: new Uint8Array(3) })).failure?.code).toBe('no-office-file');
  });

  it('fails with a place wherever a file is cut', () => {
    for (let end = 0; end < good.length; end += 37) {
      const reading = readDocx(good.subarray(0, end));
      expect(faultsOf(reading)).toEqual([]);
      expect(reading.failure?.place).toEqual({ paragraph: 1 });
    }
  });

  it('never throws and never stays silent, whatever bytes are changed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        (edits) => {
          const bytes = good.slice();
          for (const [at, value] of edits) bytes[at] = value;
          const reading = readDocx(bytes);
          expect(faultsOf(reading)).toEqual([]);
          if (reading.failure === null) expect(reading.blocks.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('reads up to the place where the text breaks off', () => {
    const reading = readDocx(docx('<w:p><w:r><w:t>Câu 1. x? A. a B. b</w:t></w:r></w:p><w:p><w:oops></w:p>'));
    expect(reading.failure).toMatchObject({ code: 'xml-broken', place: { paragraph: 2 } });
    expect(reading.blocks.length).toBe(1);
  });
});

describe('archives that are made to hurt', () => {
  it('refuses bombs without inflating them', () => {
    const bomb = zipSync({ 'word/document.xml': new Uint8Array(40_000_000) }, { level: 9 });
    const before = process.memoryUsage().arrayBuffers;
    expect(readDocx(bomb).failure?.code).toBe('zip-bomb');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  });

  it('inflates no further than a file declares', () => {
    const liar = zipSync({ 'word/document.xml': new Uint8Array(4_000_000) }, { level: 9 });
    const view = new DataView(liar.buffer);
    for (let at = 0; at < liar.length - 4; at++)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 10_000, true);
    expect(readDocx(liar).failure?.code).toBe('zip-bomb');
  });

  it('refuses paths that lead outside, passwords and too many entries', () => {
    expect(readDocx(zipSync({ '../evil': new Uint8Array(1) })).failure?.code).toBe('zip-paths');
    const locked = good.slice();
    const view = new DataView(locked.buffer);
    for (let at = 0; at < locked.length - 4; at++)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint16(at + 8, 1, true);
    expect(readDocx(locked).failure?.code).toBe('encrypted');
    const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`f${i}`, new Uint8Array(0)]));
    expect(readDocx(zipSync(many, { level: 0 })).failure?.code).toBe('zip-bomb');
  });
});
