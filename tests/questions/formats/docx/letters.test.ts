/** Letters of options and statements that say less than they should: no dot behind them, or small ones without a heading. */
import { describe, expect, it } from 'vitest';
import { codesOf } from '../balance.ts';
import { p, r, table } from './make.ts';
import { keys, read, told } from './told.ts';

const U = { u: true };
const CAPITAL = ['Câu 1. Thủ đô?', 'A. Huế', p(r('B', U), r('. Hà Nội')), 'C. Vinh'];
const small = (marked: string): string[] =>
  ['a', 'b', 'c', 'd'].map((letter) => p(r(letter, marked.includes(letter) ? U : {}), r(`) ý ${letter}.`)));

describe('letters without a dot', () => {
  const FOUR = 'Thủ đô? | Huế / Hà Nội / Vinh / Đà Lạt | B';
  it.each([
    ['one a line', ['A Huế', 'B Hà Nội', 'C Vinh', 'D Đà Lạt']],
    ['behind tabs', ['A\tHuế', 'B\tHà Nội', 'C\tVinh', 'D\tĐà Lạt']],
    ['on one line', ['A Huế   B Hà Nội   C Vinh   D Đà Lạt']],
    ['in two columns', ['A Huế   C Vinh', 'B Hà Nội   D Đà Lạt']],
    ['with another sign', ['A, Huế', 'B, Hà Nội', 'C, Vinh', 'D, Đà Lạt']],
    ['with a dash that touches', ['A-Huế', 'B-Hà Nội', 'C-Vinh', 'D-Đà Lạt']],
    ['that one forgot', ['A. Huế', 'B. Hà Nội', 'C Vinh', 'D. Đà Lạt']],
    ['that the first one forgot', ['A Huế', 'B. Hà Nội', 'C. Vinh', 'D. Đà Lạt']],
  ])('are options: %s', (_, options) => {
    expect(told('Câu 1. Thủ đô?', ...options, 'Đáp án: B')).toEqual([FOUR]);
  });

  it('keep the mark that tells the key', () => {
    expect(told('Câu 1. Thủ đô?', 'A Huế', p(r('B', U), r(' Hà Nội')), 'C Vinh', 'D Đà Lạt')).toEqual([FOUR]);
  });

  it('are sentences where they read so, and content where options with dots come behind them', () => {
    const points = ['A là điểm đầu', 'B là điểm cuối', 'C là trung điểm'];
    const { blocks } = read('Câu 1. Cho ba điểm:', ...points, 'Đáp án: B', ...CAPITAL);
    expect(blocks[0]).toMatchObject({ outcome: 'quarantined', draft: { key: null } });
    expect(blocks[0]?.messages.map(({ code }) => code)).toContain('word-letters-bare');
    const people = ['A Phủ', 'B Cư', 'C Mị'];
    expect(told('Câu 1. Cho các nhân vật:', ...people, 'Ai?', 'A. x', 'B. y', 'Đáp án: A')).toEqual([
      `Cho các nhân vật:\n${people.join('\n')}\nAi? | x / y | A`,
    ]);
  });

  it('are asked about where they do not follow one another', () => {
    const reading = read('Câu 1. Ai?', 'A Huế', 'B Vinh', 'D Đà Lạt', 'Đáp án: B', ...CAPITAL);
    expect(reading.blocks[0]?.outcome).toBe('quarantined');
    expect(codesOf(reading)).toContain('word-letters-bare');
  });
});

describe('small letters without a heading above them', () => {
  it('are statements where several are marked, and then also where one is', () => {
    expect(
      told(...CAPITAL, 'Câu 1. Cho bảng sau.', ...small('ac'), 'Câu 2. Cho tư liệu.', ...small('b')),
    ).toEqual([
      'Thủ đô? | Huế / Hà Nội / Vinh | B',
      'Cho bảng sau. | ý a. / ý b. / ý c. / ý d. | ĐSĐS',
      'Cho tư liệu. | ý a. / ý b. / ý c. / ý d. | SĐSS',
    ]);
    expect(keys('Câu 1. Cho bảng sau.', ...small('acd'), 'Câu 2. Đọc tư liệu.', ...small('bd'))).toEqual([
      'ĐSĐĐ',
      'SĐSĐ',
    ]);
  });

  it('are statements beside options with capitals, and the key is asked for', () => {
    const { blocks } = read(...CAPITAL, 'Câu 2. Cho bảng số liệu sau.', ...small(''));
    expect(blocks[1]?.draft).toMatchObject({ kind: 'statements', key: null });
  });

  it('are options where the question asks for one, or nobody types capitals', () => {
    expect(told(...CAPITAL, 'Câu 2. Ai lập ra nhà Lý?', ...small('b'))[1]).toBe(
      'Ai lập ra nhà Lý? | ý a. / ý b. / ý c. / ý d. | B',
    );
    expect(keys('Câu 1. Thủ đô nước ta.', ...small('b'), 'Câu 2. Cố đô nước ta.', ...small('c'))).toEqual([
      'B',
      'C',
    ]);
    expect(keys(...CAPITAL, 'Câu 2. Cố đô của nước ta.', ...small(''), 'Đáp án: c')).toEqual(['B', 'C']);
  });

  it('are never guessed about where one is marked and nothing else tells', () => {
    const reading = read(...CAPITAL, 'Câu 2. Cho bảng số liệu sau.', ...small('b'));
    expect(reading.blocks[1]?.outcome).toBe('quarantined');
    expect(codesOf(reading)).toContain('word-small-letters');
  });

  it('are judged by a line for each among the answers, or in their explanation', () => {
    const judged = ['a) Đúng', 'b) Sai', 'c) Sai. Vì thế này.', 'd) Đúng'];
    const paper = [...CAPITAL, 'Câu 2. Cho bảng sau.', ...small('')];
    const last = 'Câu 2: a) Đúng b) Sai c) Sai d) Đúng';
    for (const answers of [
      ['Lời giải', ...judged],
      ['ĐÁP ÁN', 'Câu 1: B', last],
      ['ĐÁP ÁN', 'Câu 1: B', 'Câu 2: Đ - S - S - Đ'],
      ['ĐÁP ÁN', 'Câu 1. B', `Câu 2. ${judged[0]}`, ...judged.slice(1)],
      ['ĐÁP ÁN', table(['Câu', '1', '2'], ['Đáp án', 'B', 'ĐSSĐ'])],
    ])
      expect(keys(...paper, ...answers)).toEqual(['B', 'ĐSSĐ']);
    const { blocks } = read(...paper, 'ĐÁP ÁN', 'Câu 1. B', 'Câu 2. a) Đúng', 'b) Sai', 'c) Sai', 'd) Đúng');
    expect(blocks[0]?.draft?.explanation).toBe('');
    const conflict = read(
      ...paper.slice(0, 4),
      'Câu 2. Cho bảng sau.',
      ...small('ab'),
      'Lời giải',
      ...judged,
    );
    expect(codesOf(conflict)).toEqual(['key-conflict']);
  });

  it('get the answers that are theirs, where parts begin again at 1 without a heading', () => {
    const statements = ['Câu 1. Cho bảng sau.', ...small('')];
    const of = (...values: readonly string[]) =>
      table(['Câu', ...values.map((_, i) => `${i + 1}`)], ['Đáp án', ...values]);
    const marked = ['Câu 2. Cố đô?', p(r('A', U), r('. Huế')), 'B. Vinh'];
    expect(keys(...CAPITAL, ...marked, ...statements, 'ĐÁP ÁN', of('ĐSSĐ'))).toEqual(['B', 'A', 'ĐSSĐ']);
    const paper = ['Câu 1. Thủ đô?', 'A. Huế', 'B. Hà Nội', 'Câu 2. Cố đô?', 'A. Huế', 'B. Vinh'];
    expect(
      keys(...paper, ...statements, 'Câu 1. Tính?', 'ĐÁP ÁN', of('B', 'A'), of('ĐSSĐ'), of('12,5')),
    ).toEqual(['B', 'A', 'ĐSSĐ', '12.5']);
  });
});
