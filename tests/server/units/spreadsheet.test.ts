import Excel from 'exceljs';
import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readSpreadsheet } from '../../../server/units/spreadsheet.ts';
import { unpacked } from '../../../server/units/unpack.ts';
import { cpuMs } from '../../harness/cpu.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

async function xlsx(fill: (sheet: Excel.Worksheet) => void): Promise<Uint8Array> {
  const book = new Excel.Workbook();
  fill(book.addWorksheet('Đơn vị'));
  return new Uint8Array(await book.xlsx.writeBuffer());
}

describe('reading spreadsheets', () => {
  it('reads CSV with commas, semicolons or tabs, in UTF-8 with or without its mark, and in UTF-16', async () => {
    const rows = [['Mã', 'Tên'], ['A', 'Đảng uỷ; "khối"'], [''], ['B', 'Chi bộ 2']];
    const quoted = '"Đảng uỷ; ""khối"""';
    for (const sign of [',', ';', '\t']) {
      const text = `Mã${sign}Tên\r\nA${sign}${quoted}\r\n\r\nB${sign}Chi bộ 2`;
      const utf16 = new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));
      for (const file of [bytes(text), bytes(`\ufeff${text}`), utf16])
        expect(await readSpreadsheet('don-vi.csv', file)).toEqual({ rows });
    }
  });

  it('reads XLSX: numbers, rich text, formulas, empty rows in their places', async () => {
    const file = await xlsx((sheet) => {
      sheet.getCell('A1').value = 'Mã';
      sheet.getCell('C3').value = 1070;
      sheet.getCell('B3').value = { richText: [{ text: 'Đảng ' }, { text: 'uỷ' }] };
      sheet.getCell('A3').value = { formula: '1+1', result: 2 };
    });
    const read = await readSpreadsheet('don-vi.xlsx', file);
    expect(read).toEqual({ rows: [['Mã'], [], ['2', 'Đảng uỷ', '1070']] });
  });

  it('refuses what it cannot or should not read', async () => {
    const problem = async (name: string, file: Uint8Array) => {
      const read = await readSpreadsheet(name, file);
      return 'problem' in read ? read.problem.en : 'read';
    };
    expect(await problem('a.doc', bytes('x'))).toContain('Only .csv');
    expect(await problem('a.csv', new Uint8Array([0x4d, 0xe3, 0x2c, 0x54]))).toContain('UTF-8');
    expect(await problem('a.csv', new Uint8Array(4_000_001))).toContain('too large');
    expect(await problem('a.csv', bytes('a\n'.repeat(20_100)))).toContain('too many rows');
    const long = await readSpreadsheet('a.csv', bytes('a,"b\n,"\n'.repeat(60_000)), 'many');
    expect('rows' in long && [long.rows.length, long.rows[59_999]]).toEqual([60_000, ['a', 'b\n,']]);
    const tooLong = await readSpreadsheet('a.csv', bytes('a\n'.repeat(60_100)), 'many');
    expect('problem' in tooLong && tooLong.problem.en).toContain('60,000');
    expect(await problem('a.xlsx', bytes('no zip at all'))).toContain('cannot be read');
    expect(await problem('a.xlsx', zipSync({ 'readme.txt': bytes('x') }))).toContain('cannot be read');
  });

  it('refuses zip bombs without unpacking them, and survives one that lies about its size', async () => {
    const bomb = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(80_000_000) }, { level: 9 });
    expect(bomb.length).toBeLessThan(200_000);
    const began = cpuMs();
    expect('problem' in (await readSpreadsheet('bomb.xlsx', bomb))).toBe(true);
    expect(cpuMs() - began).toBeLessThan(1000);
    const many = zipSync(
      Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`xl/${i}.xml`, bytes('x')])),
    );
    expect('problem' in (await readSpreadsheet('many.xlsx', many))).toBe(true);
    // The size that both headers declare becomes 1 kB.
    const lying = Buffer.from(bomb);
    for (let at = 0; at < lying.length - 4; at++)
      if (lying.readUInt32LE(at) === 80_000_000) lying.writeUInt32LE(1024, at);
    expect('problem' in (await readSpreadsheet('lying.xlsx', new Uint8Array(lying)))).toBe(true);
  });

  it('inflates no byte more than was declared, however much there is', () => {
    const name = 'xl/worksheets/sheet1.xml';
    const bomb = Buffer.from(zipSync({ [name]: new Uint8Array(80_000_000) }, { level: 9 }));
    for (let at = 0; at < bomb.length - 4; at++)
      if (bomb.readUInt32LE(at) === 80_000_000) bomb.writeUInt32LE(1024, at);
    const limits = { mostBytes: 60_000_000, mostEntries: 500 };
    const harmless = unpacked(new Uint8Array(bomb), limits);
    expect(harmless.length).toBeLessThan(2000);
    expect(unzipSync(harmless)[name]).toHaveLength(1024);
    const honest = zipSync({ [name]: new Uint8Array(5000) });
    expect(unzipSync(unpacked(honest, limits))[name]).toHaveLength(5000);
    expect(() => unpacked(honest, { ...limits, mostBytes: 4999 })).toThrow(RangeError);
  });
});
