/** Keys that are nothing but a letter below the options. */
import { describe, expect, it } from 'vitest';
import { codesOf } from '../balance.ts';
import { p, r } from './make.ts';
import { keys, read, told } from './told.ts';

const FOUR = ['A. Huế', 'B. Hà Nội', 'C. Vinh', 'D. Đà Lạt'];

describe('a letter alone below the options', () => {
  it('is the key where most questions of the paper end so', () => {
    for (const [b, a, c] of [
      ['B', 'A', 'C'],
      ['B.', 'A.', '(C)'],
    ])
      expect(
        keys(
          'Câu 1: Thủ đô?',
          ...FOUR,
          `${b}`,
          'Câu 2: Cố đô?',
          ...FOUR,
          `${a}`,
          'Câu 3: Biển?',
          ...FOUR,
          `${c}`,
        ),
      ).toEqual(['B', 'A', 'C']);
    expect(
      keys('Câu 1: Thủ đô?', 'a) Huế', 'b) Vinh', 'b', 'Câu 2: Cố đô?', 'a) Huế', 'b) Vinh', 'a'),
    ).toEqual(['B', 'A']);
  });

  it('stands before an explanation, and is no text of the next question where none has a number', () => {
    const two = 'A. Huế\tB. Hà Nội\tC. Vinh';
    expect(told('Thủ đô?', two, 'B', 'Cố đô?', two, 'A', 'Biển?', two, 'C')).toEqual([
      'Thủ đô? | Huế / Hà Nội / Vinh | B',
      'Cố đô? | Huế / Hà Nội / Vinh | A',
      'Biển? | Huế / Hà Nội / Vinh | C',
    ]);
    const { blocks } = read(
      ...['Câu 1: Thủ đô?', two, 'B', 'Giải thích: Từ năm 1010'],
      ...['Câu 2: Cố đô?', two, 'A', 'Giải thích: Thời Nguyễn'],
    );
    expect(blocks.map(({ draft }) => draft?.explanation)).toEqual(['Từ năm 1010', 'Thời Nguyễn']);
  });

  it('is asked about where it stands once, and where two stand below one question', () => {
    const once = read('Câu 1: Thủ đô?', ...FOUR, 'B', 'Câu 2: Cố đô?', ...FOUR, 'Câu 3: Biển?', ...FOUR);
    expect(codesOf(once)).toEqual(['key-missing', 'word-unassigned', 'key-missing', 'key-missing']);
    expect(keys('Câu 1: Thủ đô?', ...FOUR, 'B', 'C', 'Câu 2: Cố đô?', ...FOUR, 'A')).toEqual(['?', '?']);
  });

  it('is an option where it is a label that was not there yet, and an error where a mark says something else', () => {
    const empty = ['A.', 'B.', 'C.', 'D.'];
    expect(told('Câu 1: Thủ đô?', ...empty, 'Câu 2: Cố đô?', ...empty)).toEqual([
      'Thủ đô? |  /  /  /  | ?',
      'Cố đô? |  /  /  /  | ?',
    ]);
    const red = p(r('B. Hà Nội', { color: 'FF0000' }));
    const marked = read(
      ...['Câu 1: Thủ đô?', 'A. Huế', red, 'C. Vinh', 'C'],
      ...['Câu 2: Cố đô?', 'A. Huế', red, 'C. Vinh', 'B'],
    );
    expect(marked.blocks.map(({ outcome }) => outcome)).toEqual(['quarantined', 'imported']);
    expect(codesOf(marked)).toEqual(['key-conflict']);
  });

  it('needs no colon behind its word', () => {
    const ways = ['Đáp án B', 'ĐA: B', 'ĐA B', '=> B', '-> B.', 'ĐÁP ÁN B'];
    for (const way of ways) expect(keys('Câu 1: Thủ đô?', ...FOUR, way)).toEqual(['B']);
  });
});
