/** Matching questions as Vietnamese papers set them: lists, tables, and every place that people write the key in. */
import { describe, expect, it } from 'vitest';
import { readDocx } from '../../../../questions/formats/docx/read.ts';
import { codesOf } from '../balance.ts';
import { docx, li, p, r, table } from './make.ts';
import { read } from './told.ts';

/** "stem | lefts | rights | pairs" of each question. */
function pairs(...body: readonly string[]): string[] {
  return read(...body).blocks.flatMap(({ draft }) => {
    if (draft === null) return [];
    const { stem, lefts, rights } = Object.assign({ lefts: [], rights: [] }, draft.prompt);
    const key = Object.assign({ pairs: null }, draft.key).pairs;
    return [[stem, lefts.join(' / '), rights.join(' / '), JSON.stringify(key)].join(' | ')];
  });
}

const ASK = 'Câu 1. Nối mỗi ý ở cột A với một ý ở cột B cho phù hợp:';
const STEM = 'Nối mỗi ý ở cột A với một ý ở cột B cho phù hợp:';
const CITIES = `${STEM} | Hà Nội / Huế / Vinh | Cố đô / Thủ đô / Thành phố biển`;
const LISTS = ['1. Hà Nội', '2. Huế', '3. Vinh', 'a) Cố đô', 'b) Thủ đô', 'c) Thành phố biển'];
const ROWS = [
  ['1. Hà Nội', 'a. Cố đô'],
  ['2. Huế', 'b. Thủ đô'],
  ['3. Vinh', 'c. Thành phố biển'],
] as const;

describe('columns of a matching question', () => {
  it.each([
    ['lists one below the other', LISTS],
    ['lists under heads', ['Cột A', ...LISTS.slice(0, 3), 'Cột B', ...LISTS.slice(3)]],
    ['lists on one line each', ['1. Hà Nội  2. Huế  3. Vinh', 'a) Cố đô  b) Thủ đô  c) Thành phố biển']],
    ['rows with a tab between', ROWS.map((row) => row.join('\t'))],
    ['letters that are capitals', LISTS.map((text) => text.replace(/^[abc]\)/, (a) => a.toUpperCase()))],
    ['a table with heads', [table(['Cột A', 'Cột B'], ...ROWS)]],
    ['a table without heads', [table(...ROWS)]],
    [
      'a table with a column to fill in',
      [table(['A', 'B', 'Đáp án'], ...ROWS.map((row, i) => [...row, `${i + 1} - …`]))],
    ],
    [
      'a table with the column to fill in between',
      [table(['Cột A', 'Nối', 'Cột B'], ...ROWS.map(([a, b]) => [a, '', b]))],
    ],
    [
      'a table with labels in cells of their own',
      [
        table(
          ['', 'Cột A', '', 'Cột B'],
          ...ROWS.map(([a, b]) => [a.slice(0, 1), a.slice(3), b.slice(0, 1), b.slice(3)]),
        ),
      ],
    ],
    [
      'a table of one row',
      [
        table(
          ['Cột A', 'Cột B'],
          [0, 1].map((column) => ROWS.map((row) => p(row[column] ?? '')).join('')),
        ),
      ],
    ],
    [
      'a table without labels',
      [table(['Cột A', 'Cột B'], ...ROWS.map((row) => row.map((text) => text.slice(3))))],
    ],
  ])('%s', (_, columns) => {
    for (const key of [
      'Đáp án: 1-b, 2-a, 3-c',
      'Đáp án: 1 – b; 2 – a; 3 – c.',
      'ĐA: 1b 2a 3c',
      'Đáp án: a-2, b-1, c-3',
    ])
      expect(pairs(ASK, ...columns, key)).toEqual([`${CITIES} | [1,0,2]`]);
    expect(pairs(ASK, ...columns)).toEqual([`${CITIES} | null`]);
  });

  it('are numbered by Word itself as well', () => {
    const level = (format: string, text: string) =>
      `<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
    const numbering = [
      `<w:abstractNum w:abstractNumId="1">${level('decimal', '%1.')}</w:abstractNum>`,
      `<w:abstractNum w:abstractNumId="2">${level('lowerLetter', '%1)')}</w:abstractNum>`,
      '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>',
    ].join('');
    const rows = ROWS.map(([a, b]) => [li(1, 0, a.slice(3)), li(2, 0, b.slice(3))]);
    const reading = readDocx(
      docx([ASK, table(['Cột A', 'Cột B'], ...rows), 'Đáp án: 1-b; 2-a; 3-c'], { numbering }),
    );
    expect(reading.blocks[0]?.draft).toMatchObject({ kind: 'matching', key: { pairs: [1, 0, 2] } });
  });

  it('may hold more on the right than on the left, one twice, and lines that go on', () => {
    const rows = table(['Cột A', 'Cột B'], ['1. x', 'a. m'], ['2. y', 'b. n'], ['', 'c. o'], ['', 'd. q']);
    expect(pairs(ASK, rows, 'Đáp án: 1-d; 2-d')).toEqual([`${STEM} | x / y | m / n / o / q | [3,3]`]);
    expect(pairs(ASK, '1. x', 'dài dòng', '2. y', 'a. m', 'b. n', 'còn nữa', 'Đáp án: 1-b, 2-a')).toEqual([
      `${STEM} | x\ndài dòng / y | m / n\ncòn nữa | [1,0]`,
    ]);
  });

  it('keep their own titles in the stem', () => {
    const [told] = pairs(
      ASK,
      table(['Cột A: Sự kiện', 'Cột B: Năm'], ['1. x', 'a. 1930'], ['2. y', 'b. 1945']),
    );
    expect(told).toContain('Cột A: Sự kiện');
    expect(told).toContain('Cột B: Năm');
  });

  it('stay inside their question where questions are numbered like their items', () => {
    expect(
      pairs(
        '1. Ghép cho đúng:',
        '1. x',
        '2. y',
        '3. z',
        'a. m',
        'b. n',
        'c. o',
        'Đáp án: 1-b, 2-a, 3-c',
        '2. Thủ đô?',
        'A. Huế',
        'B. Hà Nội',
      ),
    ).toEqual(['Ghép cho đúng: | x / y / z | m / n / o | [1,0,2]', 'Thủ đô? |  |  | null']);
  });
});

describe('the key of a matching question', () => {
  const OTHERS = ['Câu 2. Thủ đô?', 'A. Huế', 'B. Hà Nội', 'C. Vinh', 'D. Đà Lạt'];

  it.each([
    ['a table of answers', ['ĐÁP ÁN', table(['Câu', '1', '2'], ['Đáp án', '1-b, 2-a, 3-c', 'B'])]],
    ['columns of answers', ['ĐÁP ÁN', table(['Câu', 'Đáp án'], ['1', '1b; 2a; 3c'], ['2', 'B'])]],
    ['a line of the answers', ['ĐÁP ÁN', 'Câu 1: 1-b, 2-a, 3-c', 'Câu 2: B']],
    ['lines below its number', ['ĐÁP ÁN', 'Câu 1:', '1-b, 2-a, 3-c', 'Câu 2: B']],
    ['lines below its number, a pair each', ['ĐÁP ÁN', 'Câu 1:', '1-b', '2-a', '3-c', '2. B']],
    ['a solution', ['HƯỚNG DẪN GIẢI', 'Câu 1. Đáp án: 1 → b, 2 → a, 3 → c', 'Câu 2. Chọn B']],
  ])('stands in %s', (_, answers) => {
    const reading = read(ASK, ...LISTS, ...OTHERS, ...answers);
    expect(reading.blocks.slice(0, 2).map(({ draft }) => draft?.key)).toEqual([
      { pairs: [1, 0, 2], scoring: 'share' },
      { right: [1], scoring: 'allOrNothing' },
    ]);
  });

  it('stands a pair a line, in a column of the table, or in a table below it', () => {
    expect(pairs(ASK, ...LISTS, 'Đáp án:', '1 - b', '2 - a', '3 - c', ...OTHERS)[0]).toBe(
      `${CITIES} | [1,0,2]`,
    );
    const column = (said: readonly string[]) =>
      table(['Cột A', 'Cột B', 'Đáp án'], ...ROWS.map((row, i) => [...row, said[i] ?? '']));
    expect(pairs(ASK, column(['1-b', '2-a', '3-c']))[0]).toBe(`${CITIES} | [1,0,2]`);
    expect(pairs(ASK, column(['b', 'a', 'c']))[0]).toBe(`${CITIES} | [1,0,2]`);
    expect(pairs(ASK, ...LISTS, 'Đáp án:', table(['1', '2', '3'], ['b', 'a', 'c']))[0]).toBe(
      `${CITIES} | [1,0,2]`,
    );
  });

  it('is never half understood', () => {
    for (const [key, code] of [
      ['Đáp án: 1-b, 2-a', 'key-outside'],
      ['Đáp án: 1-b, 2-a, 3-e', 'key-outside'],
      ['Đáp án: 1-b, 2-a, 3-c, 4-a', 'key-outside'],
      ['Đáp án: 1-b, 1-c, 2-a, 3-c', 'key-outside'],
    ] as const) {
      const reading = read(ASK, ...LISTS, key);
      expect(reading.blocks.map(({ outcome, draft }) => [outcome, draft?.key])).toEqual([
        ['quarantined', null],
      ]);
      expect(codesOf(reading)).toContain(code);
    }
    const conflict = read(
      ASK,
      ...LISTS,
      'Đáp án: 1-b, 2-a, 3-c',
      ...OTHERS,
      'ĐÁP ÁN',
      'Câu 1: 1-a, 2-b, 3-c',
    );
    expect(conflict.blocks[0]?.outcome).toBe('quarantined');
    expect(codesOf(conflict)).toContain('key-conflict');
  });

  it('is asked for where the columns cannot be told apart', () => {
    const reading = read(ASK, table(['x', 'y', 'z'], ['m', 'n', 'o']), ...OTHERS);
    expect(reading.blocks[0]?.outcome).toBe('quarantined');
    expect(reading.blocks[0]?.messages.map(({ code }) => code)).toContain('word-pairs-unclear');
  });

  it('is one letter where the options are pairs themselves', () => {
    const options = ['A. 1-b, 2-a, 3-c', 'B. 1-a, 2-b, 3-c', p(r('C', { u: true }), r('. 1-c, 2-a, 3-b'))];
    const [block] = read(ASK, ...LISTS, ...options).blocks;
    expect(block?.draft).toMatchObject({ kind: 'choice', key: { right: [2] } });
    const [other] = read(ASK, table(['Cột A', 'Cột B'], ...ROWS), ...options).blocks;
    expect(other?.draft).toMatchObject({ kind: 'choice', key: { right: [2] } });
  });
});
