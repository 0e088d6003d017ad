/** Numbers before the stems of a table: they count the questions, or are text. */
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../../questions/formats/csv/read.ts';
import { bytesOf, faultsOf } from '../balance.ts';
import { toldOf } from '../told.ts';

const HEAD = ['Câu hỏi', 'A', 'B', 'Đáp án'];

function read(...rows: readonly (readonly string[])[]) {
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  const reading = readCsv(bytesOf(rows.map((row) => row.map(quoted).join(';')).join('\n')));
  expect(faultsOf(reading)).toEqual([]);
  return reading;
}

const stems = (...given: readonly string[]): string[] =>
  toldOf(read(HEAD, ...given.map((stem) => [stem, 'Huế', 'Hà Nội', 'B']))).map(
    (line) => line.split(' | ')[0] ?? '',
  );

describe('a number before a stem', () => {
  it('is taken off where it counts the questions', () => {
    for (const mark of ['Câu #:', 'Câu #.', 'CÂU # -', 'Question #:', '#.', '#)', '(#)'])
      expect(
        stems(
          ...['Thủ đô?', 'Cố đô?', 'Biển?'].map((stem, i) => `${mark.replace('#', String(i + 1))} ${stem}`),
        ),
      ).toEqual(['Thủ đô?', 'Cố đô?', 'Biển?']);
  });

  it('may begin again in the next part, and may be alone or in any order behind its word', () => {
    expect(stems('Câu 1: Thủ đô?', 'Câu 2: Cố đô?', 'Câu 1: Biển?', 'Câu 2: Núi?')).toEqual([
      'Thủ đô?',
      'Cố đô?',
      'Biển?',
      'Núi?',
    ]);
    expect(stems('Câu 1: Thủ đô?')).toEqual(['Thủ đô?']);
    expect(stems('Câu 7: Thủ đô?', 'Câu 3: Cố đô?')).toEqual(['Thủ đô?', 'Cố đô?']);
  });

  it('stays where it is text', () => {
    const texts = ['1.5 + 2 bằng mấy?', '2.5 + 1 bằng mấy?', '3 lần 4 bằng mấy?', '4/5 là phân số gì?'];
    expect(stems(...texts)).toEqual(texts);
    const lessons = ['Bài 5: Ý chính là gì?', 'Bài 5: Ai viết?', 'Câu 3 của bài thơ nói gì?'];
    expect(stems(...lessons)).toEqual(lessons);
    expect(stems('1. Thủ đô?', '2. Cố đô?', '2/9 là ngày gì?', '3. 30 là gì?')).toEqual([
      'Thủ đô?',
      'Cố đô?',
      '2/9 là ngày gì?',
      '30 là gì?',
    ]);
  });

  it('is taken off above the options in the same cell, and above rows of options', () => {
    expect(
      toldOf(
        read(
          ['Câu hỏi', 'Đáp án'],
          ['Câu 1: Thủ đô?\nA. Huế\nB. Hà Nội', 'B'],
          ['Câu 2: Cố đô?\nA. Huế\nB. Hà Nội', 'A'],
        ),
      ),
    ).toEqual(['Thủ đô? | Huế / Hà Nội | B', 'Cố đô? | Huế / Hà Nội | A']);
    expect(
      toldOf(
        read(
          ['STT', 'Câu hỏi', 'Phương án', 'Đúng'],
          ...[
            ['1', 'Câu 1: Thủ đô?', 'Huế', ''],
            ['', '', 'Hà Nội', 'x'],
          ],
          ...[
            ['2', 'Câu 2: Cố đô?', 'Huế', 'x'],
            ['', '', 'Hà Nội', ''],
          ],
        ),
      ),
    ).toEqual(['Thủ đô? | Huế / Hà Nội | B', 'Cố đô? | Huế / Hà Nội | A']);
  });
});
