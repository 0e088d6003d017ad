/** Workbooks of several sheets: keys that stand on a sheet of their own, and what the spreadsheet hides. */
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { readXlsx } from '../../../../questions/formats/xlsx/read.ts';
import { codesOf, faultsOf } from '../balance.ts';
import { toldOf } from '../told.ts';

type Row = readonly (string | number)[];

async function read(
  sheets: Readonly<Record<string, readonly Row[]>>,
  more: (book: ExcelJS.Workbook) => void = () => undefined,
) {
  const book = new ExcelJS.Workbook();
  for (const [name, rows] of Object.entries(sheets)) {
    const sheet = book.addWorksheet(name);
    for (const row of rows) sheet.addRow([...row]);
  }
  more(book);
  const reading = readXlsx(new Uint8Array(await book.xlsx.writeBuffer()));
  expect(faultsOf(reading)).toEqual([]);
  return reading;
}

const HEAD = ['STT', 'Câu hỏi', 'A', 'B', 'C'];
const asked = (number: number, stem: string, ...key: Row): Row => [
  number,
  stem,
  'Huế',
  'Hà Nội',
  'Vinh',
  ...key,
];
const QUESTIONS = [HEAD, asked(1, 'Thủ đô?'), asked(2, 'Cố đô?'), asked(3, 'Biển?')];
const KEYED = [[...HEAD, 'Đáp án'], asked(1, 'Thủ đô?', 'B'), asked(2, 'Cố đô?', 'A')];

type Sheets = Parameters<typeof read>[0];
const keysOf = async (sheets: Sheets) => toldOf(await read(sheets)).map((line) => line.split(' | ').at(-1));

describe('keys on a sheet of their own', () => {
  it.each<[string, readonly Row[]]>([
    [
      'in columns',
      [
        ['Câu', 'Đáp án'],
        [1, 'B'],
        [2, 'A'],
        [3, 'C'],
      ],
    ],
    [
      'in columns twice',
      [
        ['Câu', 'Đáp án', 'Câu', 'Đáp án'],
        [1, 'B', 3, 'C'],
        [2, 'A', '', ''],
      ],
    ],
    [
      'in rows',
      [
        ['Câu', 1, 2, 3],
        ['Đáp án', 'B', 'A', 'C'],
      ],
    ],
    ['in rows below a title', [['BẢNG ĐÁP ÁN'], [1, 2, 3], ['B', 'A', 'C']]],
    [
      'as numbers of options',
      [
        ['STT', 'Đáp án đúng'],
        [1, 2],
        [2, 1],
        [3, 3],
      ],
    ],
    [
      'as texts of options',
      [
        ['Câu', 'Đáp án'],
        [1, 'Hà Nội'],
        [2, 'Huế'],
        [3, 'Vinh'],
      ],
    ],
    ['as pairs', [['1.B', '2.A', '3.C']]],
    ['in one cell', [['ĐÁP ÁN'], ['1B 2A 3C']]],
    [
      'beside the words of the questions',
      [
        ['STT', 'Câu hỏi', 'Đáp án'],
        [1, 'Thủ đô?', 'B'],
        [2, 'Cố đô?', 'A'],
        [3, 'Biển?', 'C'],
      ],
    ],
  ])('are read %s', async (_, answers) => {
    expect(await keysOf({ 'Câu hỏi': QUESTIONS, 'Đáp án': answers })).toEqual(['B', 'A', 'C']);
  });

  it('go to questions without numbers by their order, where there are as many', async () => {
    const bare = QUESTIONS.map((row) => row.slice(1));
    const answers: readonly Row[] = [
      ['Câu', 'Đáp án'],
      [1, 'B'],
      [2, 'A'],
      [3, 'C'],
    ];
    expect(await keysOf({ 'Câu hỏi': bare, 'Đáp án': answers })).toEqual(['B', 'A', 'C']);
    expect(await keysOf({ 'Câu hỏi': bare, 'Đáp án': answers.slice(0, 3) })).toEqual(['?', '?', '?']);
  });

  it('are judged against the column of keys, and numbers without a question are told', async () => {
    const reading = await read({
      'Câu hỏi': KEYED,
      'Đáp án': [
        ['Câu', 'Đáp án'],
        [1, 'B'],
        [2, 'C'],
        [9, 'C'],
      ],
    });
    expect(reading.blocks.map(({ outcome }) => outcome)).toEqual([
      'ignored',
      'imported',
      'quarantined',
      'ignored',
    ]);
    expect(reading.blocks[2]?.messages).toMatchObject([
      { code: 'key-conflict', place: { sheet: 'Câu hỏi', row: 3 } },
    ]);
    expect(reading.blocks[3]?.messages.map(({ code }) => code)).toEqual([
      'word-answers-left',
      'word-answers',
    ]);
    const texts = await read({
      'Câu hỏi': [
        ['STT', 'Câu hỏi', 'Đáp án'],
        [1, 'Hai cộng hai?', 4],
        [2, 'Ai?', 'Lý Thái Tổ'],
        [3, 'Năm?', 1945],
      ],
      'Đáp án': [
        ['Câu', 'Đáp án'],
        [1, 4],
        [2, 'lý thái tổ'],
        [3, 1954],
      ],
    });
    expect(texts.blocks.map(({ outcome }) => outcome)).toEqual([
      'ignored',
      'imported',
      'imported',
      'quarantined',
      'ignored',
    ]);
  });

  it('are of the version or the sheet that has their name, and of nobody where that is not known', async () => {
    const versions: readonly Row[] = [
      ['Câu', 101, 102],
      [1, 'B', 'C'],
      [2, 'A', 'B'],
      [3, 'C', 'A'],
    ];
    expect(await keysOf({ 'Đề 102': QUESTIONS, 'Đáp án': versions })).toEqual(['C', 'B', 'A']);
    const unknown = await read({ 'Câu hỏi': QUESTIONS, 'Đáp án': versions });
    expect(new Set(codesOf(unknown))).toEqual(new Set(['key-missing', 'word-versions']));
    const answers = (letter: string): readonly Row[] => [
      ['Câu', 'Đáp án'],
      [1, letter],
      [2, letter],
      [3, letter],
    ];
    expect(
      await keysOf({
        'Đề 1': QUESTIONS,
        'Đề 2': QUESTIONS,
        'Đáp án đề 1': answers('A'),
        'Đáp án đề 2': answers('B'),
      }),
    ).toEqual(['A', 'A', 'A', 'B', 'B', 'B']);
    const shared = await read({ 'Đề 1': QUESTIONS, 'Đề 2': QUESTIONS, 'Đáp án': answers('A') });
    expect(new Set(codesOf(shared))).toEqual(new Set(['key-missing', 'answers-unclear']));
  });

  it('may be of statements, numbers and words', async () => {
    expect(
      await keysOf({
        'Câu hỏi': [HEAD, asked(1, 'Cho bảng.'), [2, 'Năm nào?'], [3, 'Ai?']],
        'Đáp án': [
          ['Câu', 'Đáp án'],
          [1, 'ĐSĐ'],
          [2, '12,5'],
          [3, 'Lý Thái Tổ'],
        ],
      }),
    ).toEqual(['ĐSĐ', '12.5', '{"accept":["Lý Thái Tổ"],"accents":true,"case":false}']);
  });

  it('may stand beside the questions in an order of their own', async () => {
    const list = (first: number, one: string, second: number, two: string): readonly Row[] => [
      [...HEAD, '', 'Câu', 'Đáp án'],
      [...asked(1, 'Thủ đô?'), '', first, one],
      [...asked(2, 'Cố đô?'), '', second, two],
    ];
    expect(await keysOf({ 'Câu hỏi': list(2, 'A', 1, 'B') })).toEqual(['B', 'A']);
    expect(await keysOf({ 'Câu hỏi': list(1, 'B', 2, 'A') })).toEqual(['B', 'A']);
  });

  it('are no words to be typed where nothing but letters stands beside questions without options', async () => {
    const reading = await read({
      'Câu hỏi': [
        ['STT', 'Câu hỏi', 'Đáp án'],
        [1, 'Thủ đô?', 'B'],
        [2, 'Cố đô?', 'A'],
      ],
    });
    expect(reading.blocks.slice(1).map(({ outcome, draft }) => [outcome, draft?.key])).toEqual([
      ['quarantined', null],
      ['quarantined', null],
    ]);
    expect(codesOf(reading)).toContain('options-missing');
  });
});

describe('what a spreadsheet hides', () => {
  it('is read, with a word at each hidden row and about hidden columns', async () => {
    const reading = await read({ 'Câu hỏi': KEYED }, (book) => {
      const [sheet] = book.worksheets;
      if (sheet === undefined) return;
      sheet.getRow(3).hidden = true;
      sheet.getColumn(6).hidden = true;
    });
    expect(toldOf(reading).map((line) => line.split(' | ').at(-1))).toEqual(['B', 'A']);
    expect(reading.blocks.map(({ outcome }) => outcome)).toEqual(['ignored', 'imported', 'warned']);
    expect(reading.blocks[2]?.messages).toMatchObject([
      { code: 'row-hidden', severity: 'warning', place: { sheet: 'Câu hỏi', row: 3 } },
    ]);
    expect(reading.messages).toMatchObject([{ code: 'columns-hidden', place: { sheet: 'Câu hỏi', row: 1 } }]);
    expect(reading.messages[0]?.vi).toContain('F (Đáp án)');
  });

  it('is a sheet of questions, told at each, or one of something else', async () => {
    const reading = await read(
      {
        'Câu hỏi': KEYED,
        Cũ: KEYED.slice(0, 2),
        'Danh mục': [
          ['x', 'y'],
          ['1', '2'],
        ],
      },
      (book) => {
        for (const [i, state] of (['visible', 'hidden', 'veryHidden'] as const).entries()) {
          const sheet = book.worksheets[i];
          if (sheet !== undefined) sheet.state = state;
        }
      },
    );
    expect(reading.blocks.map(({ outcome }) => outcome)).toEqual([
      'ignored',
      'imported',
      'imported',
      'ignored',
      'warned',
    ]);
    expect(reading.blocks[4]?.messages.map(({ code }) => code)).toEqual(['sheet-hidden-read']);
    expect(reading.messages.map(({ code }) => code)).toEqual(['sheet-hidden']);
  });
});

it('gives what a merged cell says to every question beside it', async () => {
  const { blocks } = await read(
    {
      'Câu hỏi': [
        ['Chủ đề', 'Câu hỏi', 'A', 'B', 'Đáp án', 'Mức độ'],
        ['Lịch sử', 'Một?', 'a', 'b', 'A', 'NB'],
        ['', 'Hai?', 'a', 'b', 'B', ''],
        ['', 'Ba?', 'a', 'b', '', ''],
      ],
    },
    (book) => {
      for (const cells of ['A2:A3', 'E3:E4', 'F2:F4']) book.worksheets[0]?.mergeCells(cells);
    },
  );
  expect(blocks.slice(1).map(({ draft }) => [draft?.topic, draft?.difficulty, draft?.key])).toEqual([
    ['Lịch sử', 1, { right: [0], scoring: 'allOrNothing' }],
    ['Lịch sử', 1, { right: [1], scoring: 'allOrNothing' }],
    ['', 1, null],
  ]);
});
