/** Keys that stand apart from their options: a letter behind the question, tables of answers for several versions of a paper. */
import { describe, expect, it } from 'vitest';
import { readDocx } from '../../../../questions/formats/docx/read.ts';
import { codesOf } from '../balance.ts';
import { toldOf } from '../told.ts';
import { docx, table } from './make.ts';
import { keys, read, told } from './told.ts';

const FOUR = ['A. Huế', 'B. Hà Nội', 'C. Vinh', 'D. Đà Lạt'];

describe('a letter in brackets at the end of the question', () => {
  it('is the key, with a word about it, where nothing else is', () => {
    const reading = read('Câu 1. Thủ đô là (B)', ...FOUR, 'Câu 2. Cố đô là: [A].', ...FOUR);
    expect(toldOf(reading)).toEqual([
      'Thủ đô là | Huế / Hà Nội / Vinh / Đà Lạt | B',
      'Cố đô là: | Huế / Hà Nội / Vinh / Đà Lạt | A',
    ]);
    expect(codesOf(reading)).toEqual(['word-bracket-key', 'word-bracket-key']);
  });

  it('is an error where another source says something else, and content where no option has it', () => {
    const conflict = read(
      'Câu 1. Thủ đô là (A)',
      ...FOUR,
      'Đáp án: B',
      'Câu 2. Cố đô là (A)',
      ...FOUR,
      'Đáp án: A',
    );
    expect(conflict.blocks.map(({ outcome }) => outcome)).toEqual(['quarantined', 'imported']);
    expect(codesOf(conflict)).toEqual(['key-conflict']);
    expect(told('Câu 1. Tên của chất (H)', ...FOUR, 'Đáp án: B')).toEqual([
      'Tên của chất (H) | Huế / Hà Nội / Vinh / Đà Lạt | B',
    ]);
  });
});

describe('answers below their heading, for questions without options', () => {
  const choice = ['Câu 1. Thủ đô?', 'A. Huế', 'B. Hà Nội', 'C. Vinh'];

  it('are numbers and truths, and words where short answers are asked for', () => {
    expect(
      keys(
        ...choice,
        'Câu 2. Tính?',
        'Câu 3. Huế là thủ đô.',
        'ĐÁP ÁN',
        'Câu 1: B',
        'Câu 2: 12,5',
        'Câu 3: Sai',
      ),
    ).toEqual(['B', '12.5', 'false']);
    expect(
      keys(
        'PHẦN III. Trả lời ngắn',
        'Câu 1. Ai?',
        'Câu 2. Năm nào?',
        'ĐÁP ÁN',
        'Câu 1: Lý Thái Tổ',
        'Câu 2: 1010',
      ),
    ).toEqual(['{"accept":["Lý Thái Tổ"],"accents":true,"case":false}', '1010']);
  });

  it('may be truths in one line', () => {
    const three = ['Câu 1. Hà Nội là thủ đô.', 'Câu 2. Huế là thủ đô.', 'Câu 3. Vinh ở Nghệ An.'];
    for (const line of ['1. Đúng 2. Sai 3. Đúng', '1-Đ, 2-S, 3-Đ', 'Câu 1: Đ; Câu 2: S; Câu 3: Đ'])
      expect(keys(...three, 'ĐÁP ÁN', line)).toEqual(['true', 'false', 'true']);
  });

  it('are no key where they explain one', () => {
    const { blocks } = read(...choice, 'ĐÁP ÁN', 'Câu 1. B', 'Vì Hà Nội là thủ đô.');
    expect(blocks[0]?.draft).toMatchObject({ key: { right: [1] }, explanation: 'Vì Hà Nội là thủ đô.' });
    const small = ['Câu 2. Cố đô của nước ta là:', 'a) Huế', 'b) Vinh'];
    expect(keys(...choice, 'Đáp án: B', ...small, 'Đáp án: a', 'Lời giải', 'a) Đúng', 'b) Sai')).toEqual([
      'B',
      'A',
    ]);
  });
});

describe('a table of answers for several versions', () => {
  const paper = [1, 2, 3, 4].flatMap((number) => [`Câu ${number}. x${number}`, ...FOUR]);
  const none = ['', '', ''];

  it.each([
    [
      'rows of versions in blocks',
      [
        ['Câu', '1', '2'],
        ['Mã đề 101', 'A', 'B'],
        ['Mã đề 102', 'D', 'C'],
        ['Câu', '3', '4'],
        ['Mã đề 101', 'C', 'D'],
        ['Mã đề 102', 'B', 'A'],
      ],
    ],
    [
      'columns of versions side by side',
      [
        ['Câu', '101', '102', 'Câu', '101', '102'],
        ['1', 'A', 'D', '3', 'C', 'B'],
        ['2', 'B', 'C', '4', 'D', 'A'],
      ],
    ],
    [
      'a head of two rows',
      [
        ['Câu', 'Mã đề', ''],
        ['', '101', '102'],
        ['1', 'A', 'D'],
        ['2', 'B', 'C'],
        ['3', 'C', 'B'],
        ['4', 'D', 'A'],
      ],
    ],
    [
      'versions over numbers',
      [
        ['Mã đề', '101', '102'],
        ['1', 'A', 'D'],
        ['2', 'B', 'C'],
        ['3', 'C', 'B'],
        ['4', 'D', 'A'],
      ],
    ],
    [
      'a head with its second word below',
      [
        ['Mã đề', '101', '102'],
        ['Câu', '', ''],
        ['1', 'A', 'D'],
        ['2', 'B', 'C'],
        ['3', 'C', 'B'],
        ['4', 'D', 'A'],
      ],
    ],
    [
      'pairs behind the version',
      [
        ['Mã đề 101', '1.A', '2.B', '3.C', '4.D'],
        ['Mã đề 102', '1.D', '2.C', '3.B', '4.A'],
      ],
    ],
    [
      'pairs below the version',
      [
        ['Mã đề 101', ''],
        ['1.A', '2.B'],
        ['3.C', '4.D'],
        ['Mã đề 102', ''],
        ['1.D', '2.C'],
        ['3.B', '4.A'],
      ],
    ],
    [
      'a row for the version',
      [
        ['Mã đề 101', '', ...none],
        ['Câu', '1', '2', '3', '4'],
        ['ĐA', 'A', 'B', 'C', 'D'],
        ['Mã đề 102', '', ...none],
        ['Câu', '1', '2', '3', '4'],
        ['ĐA', 'D', 'C', 'B', 'A'],
      ],
    ],
    [
      'two heads on the left',
      [
        ['Mã đề', 'Câu', '1', '2', '3', '4'],
        ['101', 'Đáp án', 'A', 'B', 'C', 'D'],
        ['102', 'Đáp án', 'D', 'C', 'B', 'A'],
      ],
    ],
    [
      'a title above',
      [
        ['ĐÁP ÁN MÔN TOÁN', '', ''],
        ['Câu', '101', '102'],
        ['1', 'A', 'D'],
        ['2', 'B', 'C'],
        ['3', 'C', 'B'],
        ['4', 'D', 'A'],
      ],
    ],
    [
      'the unshuffled paper beside them',
      [
        ['Câu', 'Gốc', '102'],
        ['1', 'A', 'D'],
        ['2', 'B', 'C'],
        ['3', 'C', 'B'],
        ['4', 'D', 'A'],
      ],
    ],
    [
      'a row an answer',
      [
        ['mamon', 'made', 'cautron', 'dapan'],
        ...['101', '102'].flatMap((made) =>
          ['A', 'B', 'C', 'D'].map((_, i) => [
            'TOAN',
            made,
            `${i + 1}`,
            (made === '101' ? 'ABCD' : 'DCBA')[i] ?? '',
          ]),
        ),
      ],
    ],
  ])('gives those of its own version, and none where nobody knows it: %s', (_, rows) => {
    expect(keys('Mã đề 102', ...paper, 'ĐÁP ÁN', table(...rows))).toEqual(['D', 'C', 'B', 'A']);
    expect(keys(...paper, 'Trang 2/2 - Mã đề 102', 'ĐÁP ÁN', table(...rows))).toEqual(['D', 'C', 'B', 'A']);
    const unknown = read(...paper, table(...rows));
    expect(toldOf(unknown).map((line) => line.split(' | ').at(-1))).toEqual(['?', '?', '?', '?']);
    expect(codesOf(unknown)).toContain('word-versions');
  });

  it('knows its version from the foot of its pages, too', () => {
    const rows = table(
      ['Câu', '101', '102'],
      ['1', 'A', 'D'],
      ['2', 'B', 'C'],
      ['3', 'C', 'B'],
      ['4', 'D', 'A'],
    );
    const footed = readDocx(docx([...paper, 'ĐÁP ÁN', rows], { footer: 'Trang 1/2 - Mã đề thi 102' }));
    expect(toldOf(footed).map((line) => line.split(' | ').at(-1))).toEqual(['D', 'C', 'B', 'A']);
  });

  it('gives each part its own, also where it has a single question', () => {
    const parts = [
      ...['Mã đề 102', 'PHẦN I. Câu trắc nghiệm nhiều phương án lựa chọn', ...paper.slice(0, 10)],
      ...['PHẦN II. Câu trắc nghiệm đúng sai', 'Câu 1. Xét', 'a) m', 'b) n', 'c) o', 'd) q'],
      ...['PHẦN III. Câu trắc nghiệm trả lời ngắn', 'Câu 1. Tính?', 'ĐÁP ÁN'],
      ...['PHẦN I', table(['Mã đề', '1', '2'], ['101', 'A', 'B'], ['102', 'D', 'C'])],
      ...['PHẦN II', table(['Mã đề', 'Câu 1'], ['101', 'ĐSĐS'], ['102', 'SĐSĐ'])],
      ...['PHẦN III', table(['Mã đề', 'Câu 1'], ['101', '12'], ['102', '3,5'])],
    ];
    expect(keys(...parts)).toEqual(['D', 'C', 'SĐSĐ', '3.5']);
  });

  it('takes versions of letters and lines that say "Đề 101:"', () => {
    const rows = table(
      ['Câu', 'Đề A', 'Đề B'],
      ['1', 'A', 'D'],
      ['2', 'B', 'C'],
      ['3', 'C', 'B'],
      ['4', 'D', 'A'],
    );
    expect(keys('Mã đề B', ...paper, 'ĐÁP ÁN', rows)).toEqual(['D', 'C', 'B', 'A']);
    expect(keys('Mã đề 102', ...paper, 'ĐÁP ÁN', 'Đề 101: 1A 2B 3C 4D', 'Đề 102: 1D 2C 3B 4A')).toEqual([
      'D',
      'C',
      'B',
      'A',
    ]);
  });
});

describe('answers of a paper that are hard to give to its questions', () => {
  const paper = (...numbers: readonly number[]) =>
    numbers.flatMap((number, i) => [`Câu ${number}: Thủ đô ${i}?`, ...FOUR]);

  it('are letters for a range of numbers, as many as it has', () => {
    expect(keys(...paper(1, 2, 3, 4), 'ĐÁP ÁN', '1-2: BA', '3 – 4: C, D')).toEqual(['B', 'A', 'C', 'D']);
    expect(keys(...paper(1, 2, 3), 'ĐÁP ÁN', 'Câu 1 đến 3: BAC')).toEqual(['B', 'A', 'C']);
    expect(codesOf(read(...paper(1, 2), 'ĐÁP ÁN', '1-3: BA'))).toContain('word-answers-unread');
  });

  it('are shown where nobody can say whose they are', () => {
    for (const line of ['B A C D', 'A: 1, 3']) {
      const reading = read(...paper(1, 2, 3, 4), 'ĐÁP ÁN', line);
      expect(toldOf(reading).map((told) => told.split(' | ').at(-1))).toEqual(['?', '?', '?', '?']);
      expect(reading.blocks.at(-1)).toMatchObject({ outcome: 'quarantined', raw: line });
    }
  });

  it('go to neither of two questions with the same number', () => {
    const reading = read(...paper(1, 2, 2, 3), 'ĐÁP ÁN', '1.A 2.B 3.C');
    expect(toldOf(reading).map((line) => line.split(' | ').at(-1))).toEqual(['A', '?', '?', 'C']);
    expect(reading.messages.map(({ code }) => code)).toContain('word-answers-left');
  });
});
