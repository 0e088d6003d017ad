/** Tables with a row a question whose keys stand elsewhere in the document. */
import { describe, expect, it } from 'vitest';
import { readDocx } from '../../../../questions/formats/docx/read.ts';
import { codesOf } from '../balance.ts';
import { keyShown, toldOf } from '../told.ts';
import { docx, table } from './make.ts';
import { read } from './told.ts';

const HEAD = ['STT', 'Câu hỏi', 'A', 'B', 'C', 'D'];
const rows = (from: number, ...stems: readonly string[]) =>
  stems.map((stem, i) => [String(from + i), stem, 'Huế', 'Hà Nội', 'Vinh', 'Đà Lạt']);
const ROWS = rows(1, 'Thủ đô?', 'Cố đô?', 'Biển?');
const QUESTIONS = table(HEAD, ...ROWS);

const keysIn = (...body: readonly string[]): string =>
  read(...body)
    .blocks.flatMap(({ draft }) => (draft === null ? [] : [keyShown(draft.key)]))
    .join('');

describe('answers behind a table with a row a question', () => {
  it('are its keys, in whatever way they are written', () => {
    const ways = [
      [table(['Câu', 'Đáp án'], ['1', 'B'], ['2', 'A'], ['3', 'C'])],
      ['ĐÁP ÁN', table(['1', 'B'], ['2', 'A'], ['3', 'C'])],
      ['BẢNG ĐÁP ÁN', table(['1.B', '2.A', '3.C'])],
      ['Đáp án', table(['1', '2', '3'], ['B', 'A', 'C'])],
      ['Đáp án: 1.B 2.A 3.C'],
      ['ĐÁP ÁN', '1. B', '2. A', '3. C'],
    ];
    for (const way of ways) expect(keysIn(QUESTIONS, ...way)).toBe('BAC');
  });

  it('come from a file of their own as well, and bring their reasons along', () => {
    const answers = docx([
      table(['Câu', 'Đáp án', 'Giải thích'], ['1', 'B', 'Từ năm 1010'], ['2', 'A', ''], ['3', 'C', '']),
    ]);
    const reading = readDocx(docx([QUESTIONS]), { answers });
    const drafts = reading.blocks.flatMap(({ draft }) => draft ?? []);
    expect(drafts.map(({ key }) => keyShown(key))).toEqual(['B', 'A', 'C']);
    expect(drafts.map(({ explanation }) => explanation)).toEqual(['Từ năm 1010', '', '']);
  });

  it('go to the questions of several tables that count on', () => {
    const second = table(HEAD, ...rows(4, 'Sông?', 'Núi?'));
    expect(
      keysIn('PHẦN I', QUESTIONS, 'PHẦN II', second, 'ĐÁP ÁN', table(['1.B', '2.A', '3.C', '4.D', '5.A'])),
    ).toBe('BACDA');
  });

  it('are given to nobody where two tables have the number, and that is said', () => {
    const second = table(HEAD, ...rows(1, 'Sông?', 'Núi?', 'Hồ?'));
    const reading = read(QUESTIONS, second, 'ĐÁP ÁN', table(['1.B', '2.A', '3.C']));
    expect(reading.messages.map(({ code }) => code)).toContain('answers-unclear');
    expect(toldOf(reading).map((line) => line.split(' | ').at(-1))).toEqual(['?', '?', '?', '?', '?', '?']);
  });

  it('are an error at the question where the row says something else, and left over where no row has the number', () => {
    const keyed = ROWS.map((row, i) => [...row, 'BAB'[i] ?? '']);
    const reading = read(table([...HEAD, 'Đáp án'], ...keyed), 'ĐÁP ÁN', table(['1.B', '2.A', '3.C', '4.D']));
    const questions = reading.blocks.filter(({ draft }) => draft !== null);
    expect(questions.map(({ outcome }) => outcome)).toEqual(['imported', 'imported', 'quarantined']);
    expect(codesOf(reading)).toEqual(expect.arrayContaining(['key-conflict', 'word-answers-left']));
    const twice = read(QUESTIONS, 'ĐÁP ÁN', table(['1.B', '2.A', '3.C']), table(['1.C', '2.A', '3.C']));
    expect(codesOf(twice)).toEqual(['key-conflict']);
  });
});

it('goes on in the next table where somebody cut it in two', () => {
  const keyed = ROWS.map((row, i) => [...row, 'BAC'[i] ?? '']);
  const [first = [], ...rest] = keyed;
  expect(keysIn(table([...HEAD, 'Đáp án'], first), '', table(...rest))).toBe('BAC');
  expect(keysIn(table(HEAD, ...ROWS.slice(0, 1)), table(...ROWS.slice(1)), 'ĐÁP ÁN', '1.B 2.A 3.C')).toBe(
    'BAC',
  );
});
