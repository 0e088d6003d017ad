import { describe, expect, it } from 'vitest';
import { formats } from '../../../questions/formats/formats.ts';
import { refusalOf } from '../../../questions/formats/refusals.ts';
import { candidatesOf } from '../../../questions/formats/sniff.ts';
import { bytesOf } from './balance.ts';

describe('telling formats apart', () => {
  it('finds every folder of a format by its name', () => {
    for (const [name, format] of formats) {
      expect(format.name).toBe(name);
      expect(format.extensions.length).toBeGreaterThan(0);
    }
  });

  it('looks at the content, not at the name', () => {
    const aiken = bytesOf('Câu hỏi?\nA) một\nB) hai\nANSWER: A\n');
    expect(candidatesOf(aiken, 'x.xml')[0]?.format.name).toBe('aiken');
    expect(candidatesOf(new Uint8Array([0x25, 0x50, 0x44, 0x46, 0, 0, 1, 2]), 'x.txt')).toEqual([]);
  });

  it('says what helps with files that cannot be read', () => {
    expect(refusalOf(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1])).code).toBe('old-office');
    expect(refusalOf(bytesOf('%PDF-1.7')).code).toBe('pdf');
    expect(refusalOf(bytesOf('???')).code).toBe('format-unknown');
  });
});
