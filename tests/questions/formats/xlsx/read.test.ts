import ExcelJS from 'exceljs';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../../questions/formats/csv/read.ts';
import { writeKahoot } from '../../../../questions/formats/kahoot/write.ts';
import { columnOfAddress } from '../../../../questions/formats/table-cells.ts';
import { examples } from '../../../../questions/formats/template-examples.ts';
import { readXlsx } from '../../../../questions/formats/xlsx/read.ts';
import { templateXlsx } from '../../../../questions/formats/xlsx/template.ts';
import { writeXlsx } from '../../../../questions/formats/xlsx/write.ts';
import { bytesOf, codesOf, countsOf, faultsOf } from '../balance.ts';

type CellValue = ExcelJS.CellValue;

async function workbook(
  rows: readonly (readonly CellValue[])[],
  more: (sheet: ExcelJS.Worksheet, book: ExcelJS.Workbook) => void = () => undefined,
): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('Câu hỏi');
  for (const row of rows) sheet.addRow([...row]);
  more(sheet, book);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

async function read(...args: Parameters<typeof workbook>) {
  const reading = readXlsx(await workbook(...args));
  expect(faultsOf(reading)).toEqual([]);
  return reading;
}

function keys(reading: ReturnType<typeof readXlsx>): unknown[] {
  return reading.blocks.flatMap(({ draft }) => (draft === null ? [] : [draft.key]));
}

const right = (...indexes: number[]) => ({ right: indexes, scoring: 'allOrNothing' });

it('finds the column of an address, and refuses what is none', () => {
  expect(['A1', 'Z9', 'AA10', 'GR200', 'XFD1', 'B'].map(columnOfAddress)).toEqual([0, 25, 26, 199, 16383, 1]);
  expect(['', '1', 'a1', 'ABCD1', 'A-1'].map(columnOfAddress)).toEqual([-1, -1, -1, -1, -1]);
});

describe('tables of questions', () => {
  it('finds the header under a letterhead, and what its columns mean', async () => {
    const reading = await read([
      ['UBND THÀNH PHỐ'],
      ['BỘ CÂU HỎI'],
      [],
      ['STT', 'Câu hỏi', 'Đáp án A', 'Đáp án B', 'Đáp án C', 'Đáp án D', 'Đáp án đúng', 'Mức độ', 'Căn cứ'],
      [1, 'Thủ đô?', 'Huế', 'Hà Nội', 'Vinh', 'Đà Lạt', 'B', 'NB', 'Điều 9, Nghị quyết 15-NQ/TW'],
      ['PHẦN II. Kinh tế'],
      [2, 'Chọn hai?', 'a', 'b', 'c', 'd', 'A,C', 'VDC', ''],
      [3, 'Có sao?', 'x', 'y*', 'z', '', '', '', ''],
      [4, 'Ngoài?', 'p', 'q', 'r', 's', 'Z', '', ''],
      [5],
      [6],
    ]);
    expect(keys(reading)).toEqual([right(1), right(0, 2), right(1), null]);
    expect(countsOf(reading)).toEqual({ choice: 3, quarantined: 1, ignored: 4 });
    expect(reading.blocks.map(({ place }) => ('row' in place ? place.row : 0))).toEqual([
      1, 4, 5, 6, 7, 8, 9, 10,
    ]);
    expect(reading.blocks[2]?.draft).toMatchObject({
      difficulty: 1,
      citation: { document: 'Nghị quyết 15-NQ/TW', section: 'Điều 9' },
    });
    expect(reading.blocks[4]?.draft).toMatchObject({ topic: 'PHẦN II. Kinh tế', tags: ['vận dụng cao'] });
    expect(codesOf(reading)).toEqual(['key-outside', 'key-missing']);
  });

  it('reads options in one cell, a row each, and under a header of two rows', async () => {
    const one = await read([
      ['Câu hỏi', 'Các phương án', 'Đáp án'],
      ['Một?', 'A. x\nB. y\nC. z', 'B'],
      ['Hai?', 'A. x; B. y; C. z', 'C. z'],
      ['Ba?', 'x\ny\nz', 'y'],
    ]);
    expect(keys(one)).toEqual([right(1), right(2), right(1)]);
    for (const { draft } of one.blocks.slice(1))
      expect(draft?.prompt).toMatchObject({ options: ['x', 'y', 'z'] });
    const stacked = await read([
      ['Câu hỏi', 'Phương án', 'Đúng'],
      ['Một?', 'a', 1],
      ['', 'b', 0],
      ['Hai?', 'c', ''],
      ['', 'd', 'x'],
    ]);
    expect(keys(stacked)).toEqual([right(0), right(1)]);
    const shared = await read([
      ['STT', 'Nội dung', 'Đúng'],
      [1, 'Một?', ''],
      ['', 'a', 0],
      ['', 'b', 1],
      [2, 'Hai?', ''],
      ['', 'c', 1],
      ['', 'd', 0],
    ]);
    expect(keys(shared)).toEqual([right(1), right(0)]);
    const double = await read(
      [
        ['TT', 'Nội dung câu hỏi', 'Phương án trả lời', '', '', '', 'Đáp án'],
        ['', '', 'A', 'B', 'C', 'D', ''],
        [1, 'Một?', 'a1', 'b1', 'c1', 'd1', 'c'],
      ],
      (sheet) => sheet.mergeCells('C1:F1'),
    );
    expect(keys(double)).toEqual([right(2)]);
  });

  it('takes the colour of an option that has a row of its own for its key', async () => {
    const reading = await read(
      [
        ['STT', 'Câu hỏi', 'Phương án'],
        [1, 'Ban hành năm nào?', '2021'],
        ['', '', '2022'],
        [2, 'Mở rộng năm nào?', '2008'],
        ['', '', '2007'],
      ],
      (sheet) => {
        sheet.mergeCells('B2:B3');
        for (const cell of ['C3', 'C4'])
          sheet.getCell(cell).fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFFF00' } };
      },
    );
    expect(keys(reading)).toEqual([right(1), right(0)]);
  });

  it('reads the templates of Kahoot and Quizizz', async () => {
    const { bytes, losses } = await writeKahoot(examples, { title: 'Thử', media: new Map() });
    const kahoot = readXlsx(bytes);
    expect(keys(kahoot)).toEqual([right(1), right(0, 2), { right: true }]);
    expect(losses.filter(({ code }) => code === 'omitted').map(({ question }) => question)).toEqual([
      3, 4, 5,
    ]);
    const quizizz = await read([
      [
        'Question Text',
        'Question Type',
        'Option 1',
        'Option 2',
        'Option 3',
        'Correct Answer',
        'Time in seconds',
      ],
      [
        'Text of the question (required)',
        'default is Multiple Choice',
        '(required)',
        '',
        '',
        '(required)',
        '',
      ],
      ['Q1', 'Checkbox', 'a', 'b', 'c', '1,3', 30],
      ['Q2', 'Fill-in-the-Blank', 'x', 'y', '', '', 30],
      ['Q3', 'Draw', '', '', '', '', 30],
      ['Q4', 'Poll', 'a', 'b', '', '', 30],
    ]);
    expect(countsOf(quizizz)).toEqual({ choice: 2, shortText: 1, quarantined: 1, ignored: 2 });
  });

  it('knows true and false, NOT GIVEN, numbers and texts as keys', async () => {
    const truths = await read([
      ['Câu hỏi', 'Đáp án'],
      ['Một là đúng', 'Đúng'],
      ['Hai là sai', 'Sai'],
      ['Năm nào?', 1945],
      ['Ai?', 'Lý Thái Tổ'],
    ]);
    expect(keys(truths)).toMatchObject([
      { right: true },
      { right: false },
      { value: 1945 },
      { accept: ['Lý Thái Tổ'] },
    ]);
    const given = await read([
      ['Question', 'Answer'],
      ['a', 'TRUE'],
      ['b', 'NOT GIVEN'],
      ['c', 'FALSE'],
    ]);
    expect(keys(given)).toEqual([right(0), right(2), right(1)]);
    const head = ['Câu hỏi', 'A', 'B', 'C', 'D', 'Đáp án'];
    const places = await read([head, ['x?', 'a', 'b', 'c', 'd', 0], ['y?', 'e', 'f', 'g', 'h', 3]]);
    expect(keys(places)).toEqual([right(0), right(3)]);
    const ambiguous = await read([head, ['2 + 2?', '2', '4', '6', '8', '4']]);
    expect(codesOf(ambiguous)).toEqual(['key-ambiguous', 'key-missing']);
  });

  it('takes a key from looks when the table has no other, and tells when sources disagree', async () => {
    const red = { color: { argb: 'FFFF0000' } };
    const head = ['Câu hỏi', 'A', 'B', 'C', 'D', 'Đáp án'];
    const looks = await read(
      [head, ['x?', 'a', 'b', 'c', 'd', ''], ['y?', 'e', 'f', 'g', 'h', '']],
      (sheet) => {
        sheet.getCell('C2').font = red;
        sheet.getCell('E3').font = red;
      },
    );
    expect(keys(looks)).toEqual([right(1), right(3)]);
    const conflict = await read([head, ['x?', 'a', 'b*', 'c', 'd', 'A']]);
    expect(codesOf(conflict)).toEqual(['key-conflict']);
    expect(conflict.blocks[1]?.outcome).toBe('quarantined');
  });

  it('tells of errors, formulas without results and dates that may have been "3-4"; keeps rich text', async () => {
    const head = ['Câu hỏi', 'A', 'B', 'Đáp án'];
    const reading = await read(
      [
        head,
        [
          { richText: [{ text: 'H' }, { font: { vertAlign: 'subscript' }, text: '2' }, { text: 'O?' }] },
          'a',
          'b',
          'A',
        ],
        [{ formula: '1/0', result: { error: '#DIV/0!' } }, 'a', 'b', 'A'],
        ['Tỉ số?', new Date(Date.UTC(2026, 3, 3)), '5-6', 'A'],
      ],
      (sheet) => {
        sheet.getCell('B4').numFmt = 'd-mmm';
      },
    );
    expect(reading.blocks[1]?.draft?.prompt).toMatchObject({ stem: 'H~2~O?', rich: true });
    expect(reading.blocks[3]?.draft?.prompt).toMatchObject({ options: ['3-4', '5-6'] });
    expect(codesOf(reading)).toEqual(['cell-error', 'cell-date']);
  });

  it('reads dates of the calendar of 1904', async () => {
    const bytes = await workbook(
      [
        ['Câu hỏi', 'A', 'B', 'Đáp án'],
        ['Ngày?', new Date(Date.UTC(1945, 8, 2)), 'x', 'A'],
      ],
      (sheet, book) => {
        sheet.getCell('B2').numFmt = 'dd/mm/yyyy';
        book.properties.date1904 = true;
      },
    );
    expect(readXlsx(bytes).blocks[1]?.draft?.prompt).toMatchObject({ options: ['02/09/1945', 'x'] });
  });

  it('takes a mapping from a person, and gives back the one it used', async () => {
    const bytes = await workbook([
      ['p', 'q', 'r', 's'],
      ['B', 'Một?', 'a', 'b'],
      ['A', 'Hai?', 'c', 'd'],
    ]);
    expect(readXlsx(bytes).failure?.code).toBe('table-not-questions');
    const uses = ['key', 'stem', 'option', 'option'].map((field, i) => ({ column: 'ABCD'[i] ?? '', field }));
    const settings = { sheets: [{ sheet: 'Câu hỏi', header: 1, columns: uses }] };
    const reading = readXlsx(bytes, { settings });
    expect(keys(reading)).toEqual([right(1), right(0)]);
    expect(reading.settings).toMatchObject(settings);
  });
});

describe('our own workbook', () => {
  it('takes what somebody edited in its cells', async () => {
    const { bytes } = await writeXlsx(examples, { title: 'Thử', media: new Map() });
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(new Uint8Array(bytes).buffer);
    const sheet = book.worksheets[0];
    if (sheet === undefined) throw new Error('no sheet');
    sheet.getCell('C2').value = 'Câu đã sửa?';
    sheet.getCell('H2').value = 'C';
    const reading = readXlsx(new Uint8Array(await book.xlsx.writeBuffer()));
    expect(reading.blocks[1]?.draft).toMatchObject({ prompt: { stem: 'Câu đã sửa?' }, key: right(2) });
    expect(codesOf(reading)).toEqual(['data-edited']);
  });

  it('holds no cell that a spreadsheet would run', async () => {
    const [first] = examples;
    if (first === undefined) throw new Error('no example');
    const question = {
      ...first,
      prompt: { stem: '=cmd|/c calc', options: ['+1', '-1', '@x', "'=y"], multiple: false },
    };
    const { bytes } = await writeXlsx([question], { title: '', media: new Map() });
    const strings = strFromU8(unzipSync(bytes)['xl/sharedStrings.xml'] ?? new Uint8Array());
    for (const [, text = ''] of strings.matchAll(/<t[^>]*>([^<]*)/g)) expect(text).not.toMatch(/^[=+\-@]/);
    expect(readXlsx(bytes).blocks[1]?.draft?.prompt).toEqual(question.prompt);
  });

  it('gives a template that reads without a word', async () => {
    const reading = readXlsx(await templateXlsx());
    expect(codesOf(reading)).toEqual([]);
    expect(countsOf(reading)).toMatchObject({
      choice: 2,
      trueFalse: 1,
      statements: 1,
      shortText: 1,
      numeric: 1,
    });
  });

  it('reads up to the place where a sheet breaks off', async () => {
    const files = unzipSync(
      await workbook([
        ['Câu hỏi', 'A', 'B', 'Đáp án'],
        ['x?', 'a', 'b', 'A'],
        ['y?', 'a', 'b', 'B'],
      ]),
    );
    const sheet = strFromU8(files['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
    files['xl/worksheets/sheet1.xml'] = strToU8(sheet.slice(0, sheet.indexOf('<row r="3"') + 12));
    const reading = readXlsx(zipSync(files));
    expect(reading.failure).toMatchObject({ code: 'xml-broken', place: { sheet: 'Câu hỏi', row: 3 } });
    expect(keys(reading)).toEqual([right(0)]);
  });
});

describe('CSV', () => {
  const read = (text: string) => {
    const reading = readCsv(bytesOf(text));
    expect(faultsOf(reading)).toEqual([]);
    return reading;
  };

  it('reads ";" with a mark and no header, mixed line ends, and takes fused records apart', () => {
    const reading = read(
      '\ufeffThủ đô nước ta ở đâu?;Huế;Hà Nội;Vinh;2\r\n"Câu hai là gì; nhỉ?";a;b;c;1\nCâu ba như thế nào?;a;"b;c;3\r\nCâu bốn ra sao?;a;b";c;1\n',
    );
    expect(keys(reading)).toEqual([right(1), right(0), right(2), right(0)]);
    expect(reading.blocks.map(({ place }) => place)).toEqual([1, 2, 3, 4].map((line) => ({ line })));
    expect(codesOf(reading)).toEqual(['csv-fused', 'csv-fused']);
  });

  it('reads UTF-16 and Windows-1258, and cells with line breaks', () => {
    const text = 'Câu hỏi,A,B,Đáp án\n"Thủ đô\nnước ta?",Huế,Hà Nội,B\n';
    const wide = new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));
    expect(readCsv(wide).blocks[1]?.draft?.prompt).toMatchObject({ stem: 'Thủ đô\nnước ta?' });
    const old =
      'C\u00e2u ho\u00d2i,A,B,Key\nThu\u00f4\u00f2c m\u00f4\u00f2t ph\u00f4\u00ec n\u00e0o?,a,b,B\n';
    const reading = readCsv(Uint8Array.from(old, (sign) => sign.charCodeAt(0)));
    expect(reading.blocks[1]?.draft?.prompt.stem).toBe('Thuộc một phố nào?');
  });

  it('never gives a silent empty result', () => {
    for (const text of ['', 'a,b,c\n1,2,3\n', '\n\n'])
      expect(read(text).failure?.code).toMatch(/nothing-found|table-not-questions/);
  });
});
