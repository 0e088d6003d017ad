/** Tables as departments, teachers and other products leave them: what stands in each, written by hand. */
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../../questions/formats/csv/read.ts';
import { recordsOf } from '../../../../questions/formats/csv/records.ts';
import { decode } from '../../../../questions/formats/decode.ts';
import { bytesOf, codesOf, faultsOf, hasSamples, samplesOf } from '../balance.ts';

type Row = readonly (string | number)[];

/** Cells as a spreadsheet hands them on; workbooks come to the same reader of tables. */
function read(...rows: readonly Row[]) {
  const quoted = (cell: string | number) => `"${String(cell).replaceAll('"', '""')}"`;
  const reading = readCsv(bytesOf(rows.map((row) => row.map(quoted).join(';')).join('\n')));
  expect(faultsOf(reading)).toEqual([]);
  return reading;
}

/** Stem, options and key of each question, e.g. "Thủ đô? | Huế / Hà Nội | B". */
function told(...rows: readonly Row[]): string[] {
  return read(...rows).blocks.flatMap(({ draft }) => {
    if (draft === null) return [];
    const { stem, options, statements } = Object.assign(
      { options: undefined, statements: undefined },
      draft.prompt,
    );
    const parts = options ?? statements ?? [];
    return [`${stem} | ${Array.isArray(parts) ? parts.join(' / ') : ''} | ${shown(draft.key)}`];
  });
}

function shown(key: unknown): string {
  if (typeof key !== 'object' || key === null) return '?';
  if ('right' in key)
    return Array.isArray(key.right) ? key.right.map((i) => 'ABCDEFGH'[Number(i)]).join('') : `${key.right}`;
  return 'value' in key ? `${key.value}` : JSON.stringify(key);
}

const HEAD = ['STT', 'Câu hỏi', 'A', 'B', 'C', 'D', 'Đáp án'];
const row = (key: string | number): Row => [1, 'Thủ đô nước ta?', 'Huế', 'Hà Nội', 'Vinh', 'Đà Lạt', key];

describe('keys as people write them', () => {
  const keysOf = (...keys: readonly (string | number)[]) =>
    told(HEAD, ...keys.map(row)).map((line) => line.split(' | ').at(-1));

  it('takes one letter, number or text with words around it', () => {
    const ways = [
      ...[
        'Phương án B',
        'Đáp án: b',
        '2',
        'B.',
        '(B)',
        'b)',
        'B. Hà Nội',
        'Hà Nội',
        'HA NOI',
        'Câu B',
        'Ý B',
      ],
      ...[
        'Đáp án đúng là B',
        'Chọn B',
        'Lựa chọn 2',
        '2.0',
        'Đ.án B',
        'ĐA: B',
        'Option B',
        'Choice 2',
        'câu b đúng',
      ],
      ...['B (Hà Nội)', 'B - Hà Nội', 'B: Hà Nội'],
    ];
    expect(keysOf(...ways)).toEqual(ways.map(() => 'B'));
  });

  it('takes several', () => {
    const ways = ['B,C', 'B và C', 'Cả B và C', 'B;C', 'BC', 'B+C', 'b, c', '2,3', 'Hà Nội; Vinh'];
    expect(keysOf(...ways)).toEqual(ways.map(() => 'BC'));
  });

  it('asks where the key can be read in two ways or in none', () => {
    const reading = read(HEAD, ...['A hoặc B', 'E', 'Tất cả', 'Hà Nội, Lào'].map(row));
    expect(reading.blocks.slice(1).map(({ outcome, draft }) => [outcome, draft?.key])).toEqual(
      Array.from({ length: 4 }, () => ['quarantined', null]),
    );
  });

  it('tells where a letter and the text behind it name two options', () => {
    const [, block] = read(HEAD, row('C. Hà Nội')).blocks;
    expect(block).toMatchObject({ outcome: 'quarantined', messages: [{ code: 'key-conflict' }, {}] });
  });

  it('takes "Cả A và B" for the option that says so, where there is one', () => {
    expect(told(HEAD, [1, 'Chọn?', 'a', 'b', 'c', 'Cả A và B', 'Cả A và B'])).toEqual([
      'Chọn? | a / b / c / Cả A và B | D',
    ]);
  });
});

describe('headers', () => {
  const cells = ['Một là gì?', 'a', 'b', 'c', 'B'];
  it.each([
    [
      'capitals and line breaks',
      ['NỘI DUNG\nCÂU HỎI', 'PHƯƠNG ÁN\nA', 'PHƯƠNG ÁN\nB', 'PHƯƠNG ÁN\nC', 'ĐÁP ÁN\nĐÚNG'],
    ],
    ['no diacritics', ['cau hoi', 'dap an a', 'dap an b', 'dap an c', 'dap an dung']],
    ['remarks in brackets', ['Câu hỏi (bắt buộc)', 'Đáp án 1', 'Đáp án 2', 'Đáp án 3', 'Đáp án đúng (A-C)']],
    ['short forms', ['Nội dung câu hỏi', 'PA1', 'PA2', 'PA3', 'Đáp án chọn']],
    ['the same title over each option', ['Câu hỏi', 'Phương án', 'Phương án', 'Phương án', 'Đáp án đúng']],
    ['one title over all options', ['Câu hỏi', 'Phương án trả lời', '', '', 'Đáp án']],
  ])('with %s', (_, header) => {
    expect(told(header, cells)).toEqual(['Một là gì? | a / b / c | B']);
  });

  it('take levels and points in whatever scale they name', () => {
    const { blocks } = read([...HEAD, 'Độ khó (1-3)', 'Điểm (thang 10)'], [...row('B'), 2, '0,5']);
    expect(blocks[1]?.draft).toMatchObject({ difficulty: 2, points: 50 });
  });
});

describe('layouts', () => {
  it('finds options in the cell of the question', () => {
    expect(
      told(
        ['STT', 'Câu hỏi', 'Đáp án'],
        [1, 'Thủ đô?\nA. Huế\nB. Hà Nội\nC. Vinh', 'B'],
        [2, 'Năm? A. 1930 B. 1945 C. 1954', 'A'],
        [3, 'Vitamin A. là gì?', 'một chất'],
      ),
    ).toEqual([
      'Thủ đô? | Huế / Hà Nội / Vinh | B',
      'Năm? | 1930 / 1945 / 1954 | A',
      'Vitamin A. là gì? |  | {"accept":["một chất"],"accents":true,"case":false}',
    ]);
  });

  it('reads crosses under "Đúng" and "Sai", and never takes a lone x for an answer', () => {
    expect(
      told(['STT', 'Nội dung', 'Đúng', 'Sai'], [1, 'Một', 'x', ''], [2, 'Hai', '', 'X'], [3, 'Ba', '', '']),
    ).toEqual(['Một |  | true', 'Hai |  | false', 'Ba |  | ?']);
    expect(told(['Câu hỏi', 'Đúng/Sai'], ['Một', 'Đúng'], ['Hai', 'S'], ['Ba', 'x']).slice(0, 2)).toEqual([
      'Một |  | true',
      'Hai |  | false',
    ]);
    expect(told(['Câu hỏi', 'Đúng/Sai'], ['Một', 'Đúng'], ['Hai', 'S'], ['Ba', 'x'])[2]).toBe('Ba |  | ?');
  });

  it('reads the tables of other products', () => {
    const wooclap = [
      ['Type', 'Title', 'Correct', 'Choice', 'Choice', 'Choice'],
      ['MCQ', 'Một là gì?', '2', 'a', 'b', 'c'],
    ];
    const gimkit = [
      ['Question', 'Correct Answer', 'Incorrect Answer 1', 'Incorrect Answer 2 (Optional)'],
      ['Một là gì?', 'b', 'a', 'c'],
    ];
    const blooket = [
      [
        'Question #',
        'Question Text',
        'Answer 1',
        'Answer 2',
        'Answer 3\n(Optional)',
        'Time Limit (sec)\n(Max: 300 seconds)',
        'Correct Answer(s)\n(Only include Answer #)',
      ],
      [1, 'Một là gì?', 'a', 'b', 'c', 20, 2],
    ];
    const lms = [
      ['id', 'type', 'question', 'answer1', 'answer2', 'answer3', 'correct'],
      ['q1', 'multiple_choice_question', 'Một là gì?', 'a', 'b', 'c', 'answer2'],
    ];
    const wayground = [
      ['Question', 'Option 1', 'Option 2', 'Option 3', 'Answer'],
      ['Một là gì?', 'a', 'b', 'c', 'Option 2'],
    ];
    expect([wooclap, blooket, lms, wayground].flatMap((rows) => told(...rows))).toEqual(
      Array.from({ length: 4 }, () => 'Một là gì? | a / b / c | B'),
    );
    expect(told(...gimkit)).toEqual(['Một là gì? | b / a / c | A']);
    const bare = [
      ['Thủ đô nước ta là gì?', 'Huế', 'Hà Nội', 'Vinh', 20, 2],
      ['Năm độc lập là năm nào?', '1945', '1930', '1954', 20, 1],
    ];
    expect(told(...bare).map((line) => line.split(' | ').at(-1))).toEqual(['B', 'A']);
  });

  it('takes neither lists of people nor answers of a form for questions', () => {
    const people = [
      ['STT', 'Họ và tên', 'Ngày sinh', 'Lớp', 'Trường'],
      [1, 'Nguyễn Văn An', '01/01/2000', '12A1', 'THPT Chu Văn An'],
      [2, 'Trần Thị Bình', '02/02/2000', '12A2', 'THPT Kim Liên'],
    ];
    const answers = [
      ['Dấu thời gian', 'Địa chỉ email', 'Điểm', 'Họ và tên', 'Câu 1: Thủ đô?', 'Câu 2: Năm?'],
      ['2026-01-01', 'a@b.vn', '10/20', 'Nguyễn Văn A', 'Hà Nội', '1945'],
      ['2026-01-01', 'b@b.vn', '20/20', 'Trần Thị B', 'Huế', '1945'],
    ];
    for (const rows of [people, answers]) expect(codesOf(read(...rows))).toContain('table-not-questions');
  });

  it('leaves out who signed below the table', () => {
    const reading = read(
      HEAD,
      row('B'),
      ['Tổng cộng: 1 câu'],
      ['Người lập biểu', '', '', '', '', 'Thủ trưởng'],
    );
    expect(reading.blocks.map(({ outcome }) => outcome)).toEqual([
      'ignored',
      'imported',
      'ignored',
      'ignored',
    ]);
  });
});

/** What stands in the samples, written by hand from reading them. */
const CORNERS: Readonly<Record<string, readonly Row[]>> = {
  'csvs__comma_in_quotes.csv': [
    ['first', 'last', 'address', 'city', 'zip'],
    ['John', 'Doe', '120 any st.', 'Anytown, WW', '08123'],
  ],
  'csvs__empty.csv': [['a', 'b', 'c'], ['1'], ['2', '3', '4']],
  'csvs__empty_crlf.csv': [['a', 'b', 'c'], ['1'], ['2', '3', '4']],
  'csvs__escaped_quotes.csv': [
    ['a', 'b'],
    ['1', 'ha "ha" ha'],
    ['3', '4'],
  ],
  'csvs__json.csv': [
    ['key', 'val'],
    ['1', '{"type": "Point", "coordinates": [102.0, 0.5]}'],
  ],
  'csvs__newlines.csv': [
    ['a', 'b', 'c'],
    ['1', '2', '3'],
    ['Once upon\na time', '5', '6'],
    ['7', '8', '9'],
  ],
  'csvs__newlines_crlf.csv': [
    ['a', 'b', 'c'],
    ['1', '2', '3'],
    ['Once upon\na time', '5', '6'],
    ['7', '8', '9'],
  ],
  'csvs__quotes_and_newlines.csv': [
    ['a', 'b'],
    ['1', 'ha\n"ha"\nha'],
    ['3', '4'],
  ],
  'csvs__simple.csv': [
    ['a', 'b', 'c'],
    ['1', '2', '3'],
  ],
  'csvs__simple_crlf.csv': [
    ['a', 'b', 'c'],
    ['1', '2', '3'],
  ],
  'csvs__utf8.csv': [
    ['a', 'b', 'c'],
    ['1', '2', '3'],
    ['4', '5', 'ʤ'],
  ],
};

describe.runIf(hasSamples)('CSV files that other people wrote', () => {
  const samples = samplesOf('csv');

  it('are the ones that were read by hand', () => {
    expect(samples.map(([name]) => name).sort()).toEqual(Object.keys(CORNERS).sort());
  });

  it.each(samples)('%s gives its cells, and is no table of questions', (name, bytes) => {
    expect(recordsOf(decode(bytes)?.text ?? '').rows.map(({ cells }) => cells)).toEqual(CORNERS[name]);
    const reading = readCsv(bytes);
    expect(faultsOf(reading)).toEqual([]);
    expect(reading.failure?.code).toBe('table-not-questions');
  });
});

it.skipIf(hasSamples)('the samples are not at hand: nothing was checked against them', () => {
  expect(hasSamples).toBe(false);
});
