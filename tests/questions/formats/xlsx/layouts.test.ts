/** Tables as departments, teachers and other products leave them: what stands in each, written by hand. */
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../../questions/formats/csv/read.ts';
import { recordsOf } from '../../../../questions/formats/csv/records.ts';
import { decode } from '../../../../questions/formats/decode.ts';
import { bytesOf, codesOf, faultsOf, hasSamples, samplesOf } from '../balance.ts';
import { toldOf } from '../told.ts';

type Row = readonly (string | number)[];

/** Cells as a spreadsheet hands them on; workbooks come to the same reader of tables. */
function read(...rows: readonly Row[]) {
  const quoted = (cell: string | number) => `"${String(cell).replaceAll('"', '""')}"`;
  const reading = readCsv(bytesOf(rows.map((row) => row.map(quoted).join(';')).join('\n')));
  expect(faultsOf(reading)).toEqual([]);
  return reading;
}

const told = (...rows: readonly Row[]): string[] => toldOf(read(...rows));

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

  it('asks where letters may be two or all between them, and where two columns of keys disagree', () => {
    for (const key of ['A-C', 'A – C'])
      expect(codesOf(read(HEAD, row(key)))).toEqual(['key-unreadable', 'key-missing']);
    const twice = read([...HEAD, 'Đáp án đúng'], [...row('B'), 'B'], [...row('A'), 'C']);
    expect(twice.blocks.slice(1).map(({ outcome }) => outcome)).toEqual(['imported', 'quarantined']);
    expect(codesOf(twice)).toContain('key-conflict');
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

it('takes numbers for numbers, though they begin like labels', () => {
  expect(
    told(
      ['Câu hỏi', 'A', 'B', 'C', 'D', 'Đáp án'],
      ['Bao nhiêu?', '1.0', '2.5', '3.7', '4.1', 'B'],
      ['Mấy phần?', '1/2', '2/3', '3/4', '4/5', 'C'],
      ['Mấy giờ?', '1. sáng', '2. trưa', '3. chiều', '4. tối', 'D'],
    ),
  ).toEqual([
    'Bao nhiêu? | 1.0 / 2.5 / 3.7 / 4.1 | B',
    'Mấy phần? | 1/2 / 2/3 / 3/4 / 4/5 | C',
    'Mấy giờ? | sáng / trưa / chiều / tối | D',
  ]);
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

describe('statements', () => {
  it('have a row each, with a word beside them, a cross under one of two titles, or a number of their own', () => {
    expect(
      told(
        ['Câu hỏi', 'Nhận định', 'Đáp án'],
        ['Xét Nghị quyết 15:', 'a) m1', 'Đ'],
        ['', 'b) m2', 'S'],
        ['', 'c) m3', 'S'],
        ['Xét Luật Thủ đô:', 'a) n1', 'Đúng'],
        ['', 'b) n2', 'Sai'],
      ),
    ).toEqual(['Xét Nghị quyết 15: | m1 / m2 / m3 | ĐSS', 'Xét Luật Thủ đô: | n1 / n2 | ĐS']);
    expect(
      told(
        ['STT', 'Câu hỏi', 'Mệnh đề', 'Đúng', 'Sai'],
        [1, 'Xét:', 'm1', 'x', ''],
        ['', '', 'm2', '', 'x'],
        ['', '', 'm3', '', ''],
      ),
    ).toEqual(['Xét: | m1 / m2 / m3 | ĐS?']);
    expect(
      told(
        ['Câu', 'Nội dung', 'Đáp án'],
        ['1', 'Xét Luật Thủ đô:', ''],
        ['1a', 'ý một', 'Đ'],
        ['1b', 'ý hai', 'S'],
        ['2', 'Xét Nghị quyết:', ''],
        ['2a', 'ý ba', 'S'],
        ['2b', 'ý bốn', 'S'],
      ),
    ).toEqual(['Xét Luật Thủ đô: | ý một / ý hai | ĐS', 'Xét Nghị quyết: | ý ba / ý bốn | SS']);
    expect(
      told(
        ['Câu hỏi', 'Ý a', 'Đáp án a', 'Ý b', 'Đáp án b', 'Ý c', 'Đáp án c'],
        ['Xét?', 'm1', 'Đ', 'm2', 'S', 'm3', 'S'],
      ),
    ).toEqual(['Xét? | m1 / m2 / m3 | ĐSS']);
  });

  it('are asked about where places stand in their key, and no choice of several', () => {
    const { blocks } = read(
      ['Loại câu hỏi', 'Nội dung', 'Đáp án 1', 'Đáp án 2', 'Đáp án 3', 'Đáp án đúng'],
      ['Đúng sai', 'Xét Luật Thủ đô:', 'm1', 'm2', 'm3', '1,3'],
      ['Đúng sai', 'Xét Nghị quyết:', 'm1', 'm2', 'm3', 'Đ, S, Đ'],
    );
    expect(blocks.slice(1).map(({ outcome, draft }) => [outcome, draft?.kind, draft?.key])).toEqual([
      ['quarantined', 'statements', null],
      ['imported', 'statements', { truths: [true, false, true] }],
    ]);
  });

  it('are told from options, of which some are right', () => {
    expect(
      told(
        ['STT', 'Nội dung', 'Đáp án'],
        [1, 'Thủ đô?', ''],
        ['', 'A. Huế', 'S'],
        ['', 'B. Hà Nội', 'Đ'],
        ['', 'C. Vinh', 'S'],
      ),
    ).toEqual(['Thủ đô? | Huế / Hà Nội / Vinh | B']);
  });
});

describe('keys in places of their own', () => {
  const [stem, ...options] = ['Nghị quyết 15 ban hành năm nào?', '2021', '2022', '2023'];

  it('stand in a column beside each option, or once more under the letters', () => {
    expect(
      told(
        ['Câu hỏi', 'PA1', 'Đúng 1', 'PA2', 'Đúng 2', 'PA3', 'Đúng 3'],
        [stem ?? '', '2021', 0, '2022', 1, '2023', 0],
      ),
    ).toEqual([`${stem} | 2021 / 2022 / 2023 | B`]);
    expect(
      told(
        ['Câu hỏi', 'A', 'B', 'C', 'Đáp án A', 'Đáp án B', 'Đáp án C'],
        [stem ?? '', ...options, '', 'x', ''],
        ['Câu này chọn hai ý?', 'một', 'hai', 'ba', 'x', '', 'x'],
      ),
    ).toEqual([`${stem} | 2021 / 2022 / 2023 | B`, 'Câu này chọn hai ý? | một / hai / ba | AC']);
  });

  it('stand below the options in the cell of the question, and may not say two things', () => {
    const cell = `${stem}\nA. 2021\nB. 2022\nC. 2023\nĐáp án: B`;
    expect(told(['STT', 'Câu hỏi', 'Đáp án'], [1, cell, ''], [2, cell, 'B'])).toEqual([
      `${stem} | 2021 / 2022 / 2023 | B`,
      `${stem} | 2021 / 2022 / 2023 | B`,
    ]);
    const [, block] = read(['STT', 'Câu hỏi', 'Đáp án'], [1, cell, 'C'], [2, 'Ai?', 'Ta']).blocks;
    expect(block).toMatchObject({ outcome: 'quarantined', messages: [{ code: 'key-conflict' }] });
  });

  it('are not the cell of the options, whatever its title', () => {
    const cell = 'A. 2021\nB. 2022\nC. 2023';
    expect(told(['STT', 'Câu hỏi', 'Đáp án', 'Phương án đúng'], [1, stem ?? '', cell, 'B'])).toEqual([
      `${stem} | 2021 / 2022 / 2023 | B`,
    ]);
    expect(told(['STT', 'Câu hỏi', 'Đáp án'], [1, stem ?? '', cell])).toEqual([
      `${stem} | 2021 / 2022 / 2023 | ?`,
    ]);
  });

  it.each(['KQ', 'Đ/A', 'Đúng hay sai', 'True/False'])('have the title %s', (title) => {
    expect(told(['Câu hỏi', title], ['Hà Nội là thủ đô', 'Đúng'], ['Huế là thủ đô', 'Sai'])).toEqual([
      'Hà Nội là thủ đô |  | true',
      'Huế là thủ đô |  | false',
    ]);
  });
});

describe('what only looks like a question', () => {
  it('is a table of answers', () => {
    const { failure } = readCsv(bytesOf('Câu;Đáp án\n1;A\n2;B\n'));
    expect(failure?.code).toBe('table-not-questions');
  });

  it('is a heading with a Roman number', () => {
    const { blocks } = read(HEAD, ['I', 'KIẾN THỨC CHUNG'], row('B'), ['II', 'CHUYÊN MÔN'], row('C'));
    expect(blocks.map(({ outcome, draft }) => [outcome, draft?.topic])).toEqual([
      ['ignored', undefined],
      ['ignored', undefined],
      ['imported', 'I. KIẾN THỨC CHUNG'],
      ['ignored', undefined],
      ['imported', 'II. CHUYÊN MÔN'],
    ]);
  });

  it('is of a kind that we lack, or that nobody knows', () => {
    const { blocks } = read(
      ['Dạng', 'Câu hỏi', 'A', 'B', 'C', 'Đáp án'],
      ['ORDER', 'Xếp các bước?', 'một', 'hai', 'ba', '1,2,3'],
      ['Dạng lạ', 'Thủ đô?', 'Huế', 'Hà Nội', 'Vinh', 'B'],
    );
    expect(
      blocks.slice(1).map(({ outcome, messages }) => [outcome, messages.map(({ code }) => code)]),
    ).toEqual([
      ['quarantined', ['kind-unknown']],
      ['imported', ['kind-word-unknown']],
    ]);
  });
});

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
