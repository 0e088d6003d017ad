/** Papers as teachers, departments and their programs leave them: what stands in each, written by hand. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readDocx } from '../../../../questions/formats/docx/read.ts';
import { codesOf, faultsOf } from '../balance.ts';
import { keyShown, toldOf } from '../told.ts';
import { p, r, table } from './make.ts';
import { keys, read, told } from './told.ts';

const U = { u: true };
const R = { color: 'FF0000' };
const FOUR = ['A. Huế', 'B. Hà Nội', 'C. Vinh', 'D. Đà Lạt'];
const underlined = (letter: string): string[] =>
  FOUR.map((text) => (text.startsWith(letter) ? p(r(letter, U), r(text.slice(1))) : text));

describe('what programs write around the same words', () => {
  it('joins runs cut in the middle of words, through marks of spelling, tags, links and content controls', () => {
    expect(
      told(
        `<w:p w:rsidR="00A1"><w:bookmarkStart w:id="0" w:name="_Hlk1"/>${r('C')}<w:proofErr w:type="spellStart"/>${r('â')}<w:proofErr w:type="spellEnd"/>${r('u ', { b: true })}${r('1')}${r('.')}${r(' Th')}<w:smartTag w:uri="x" w:element="place">${r('ủ đ')}<w:smartTag>${r('ô')}</w:smartTag></w:smartTag>${r('?')}<w:bookmarkEnd w:id="0"/></w:p>`,
        `<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>${p('A. Huế')}<w:sdt><w:sdtContent><w:p>${r('B', U)}${r('. Hà')}<w:hyperlink r:id="x">${r(' Nội')}</w:hyperlink></w:p></w:sdtContent></w:sdt></w:sdtContent></w:sdt>`,
        `<w:p><w:sdt><w:sdtPr/><w:sdtContent>${r('C. Vinh')}</w:sdtContent></w:sdt></w:p>`,
      ),
    ).toEqual(['Thủ đô? | Huế / Hà Nội / Vinh | B']);
  });

  it('takes letters whose marks stand apart, and leaves out what nobody sees', () => {
    const apart = ['Câu 1. Thủ đô?', ...FOUR, 'Đáp án: C'].map((text) => text.normalize('NFD'));
    expect(told(...apart)).toEqual(['Thủ đô? | Huế / Hà Nội / Vinh / Đà Lạt | C']);
    expect(
      told(
        'C\u200bâu\u00a01\u200b.\u00a0Thủ đô?',
        '\ufeffA.\u00a0Huế',
        '\u200bB.\u00a0Hà Nội',
        'Đáp án:\u00a0B',
      ),
    ).toEqual(['Thủ đô? | Huế / Hà Nội | B']);
  });

  it('reads text boxes once, and nested tables as content', () => {
    const inside = p('Câu 1. Thủ đô?') + p('A. Huế') + p(r('B', U), r('. Hà Nội'));
    const box = `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><w:txbxContent>${inside}</w:txbxContent></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><w:txbxContent>${inside}</w:txbxContent></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`;
    expect(told(box, 'Câu 2. Hai?', ...underlined('C'))).toEqual([
      'Thủ đô? | Huế / Hà Nội | B',
      'Hai? | Huế / Hà Nội / Vinh / Đà Lạt | C',
    ]);
    const nested = `<w:tbl><w:tr><w:tc>${table(['a1', 'b1'])}<w:p/></w:tc><w:tc>${p('ngoài')}</w:tc></w:tr></w:tbl>`;
    const [first] = read('Câu 1. Xem:', nested, ...underlined('B')).blocks;
    expect(first?.draft?.prompt.stem).toMatch(/a1.*b1.*ngoài/);
  });
});

describe('numbers and labels', () => {
  it('knows every way to write them', () => {
    const ways = [
      ['Câu 1: x', 'A/ a', 'B/ b', 'ĐA: B'],
      ['Câu 2) x', 'A) a', 'B) b', 'Đ/A: B'],
      ['Câu 3 - x', '(A) a', '(B) b', 'Đáp án đúng là B'],
      ['Câu 4/ x', 'a. a', 'b. b', 'Đáp án: b'],
      ['Câu 5． x', 'A．a', 'B．b', 'Đáp án：B'],
      ['Câu 6： x', '（A）a', '（B）b', 'ANSWER: B'],
      ['Câu 7 (NB): x', 'A: a', 'B: b', 'Chọn B'],
      ['Câu 8 [VD] x', 'A- a', 'B- b', '=> Chọn đáp án B'],
      ['CÂU 9 [<TH>]: x', 'A – a', 'B – b', '→ Đáp án B.'],
      ['Câu 10. (0,25 điểm) x', 'A . a', 'B . b', 'ĐÁP ÁN: B'],
      ['Question 11. x', 'A. a B. b', 'Key: B'],
    ];
    expect(told(...ways.flat())).toEqual(ways.map(() => 'x | a / b | B'));
    expect(told('Câu 1.1. x', ...underlined('A'), 'Câu 1.2. y', ...underlined('B'))).toEqual([
      'x | Huế / Hà Nội / Vinh / Đà Lạt | A',
      'y | Huế / Hà Nội / Vinh / Đà Lạt | B',
    ]);
  });

  it('tells a list inside a question from the next question by its signs', () => {
    expect(
      told(
        '1. Cho:',
        '1) một',
        '2) hai',
        'Số ý đúng:',
        'A. 1',
        p(r('B', U), r('. 2')),
        '2. Hai?',
        ...underlined('C'),
      ),
    ).toEqual(['Cho:\n1) một\n2) hai\nSố ý đúng: | 1 / 2 | B', 'Hai? | Huế / Hà Nội / Vinh / Đà Lạt | C']);
  });

  it('reads files for McMix: marks in place of letters, red or underlined where right', () => {
    expect(
      keys(
        '[<br>]',
        'Thủ đô?',
        '[<$>] Huế',
        p(r('[<$>]', U), r(' Hà Nội')),
        '[<$>] Vinh',
        '[<br>]',
        'Năm?',
        p(r('[<$>] 1930', U)),
        '[<$>] 1945',
        '[<$>] 1954',
      ),
    ).toEqual(['B', 'A']);
    expect(
      keys(
        'Câu 1 [<NB>]: x',
        p('[<$>] ', r('a', R)),
        '[<$>] b',
        'Câu 2 [<TH>]: y',
        '[<$>] a',
        p('[<$>] ', r('b', R)),
      ),
    ).toEqual(['A', 'B']);
  });

  it('takes #, ticks and ticked boxes for the key, and empty boxes for nothing', () => {
    const box = (code: string, text: string) =>
      `<w:p><w:r><w:sym w:font="Wingdings" w:char="${code}"/></w:r>${r(text)}</w:p>`;
    expect(
      told(
        ...['Câu 1. x', '#A. a', 'B. b', 'Câu 2. x', 'A. a', 'B. #b', 'Câu 3. x', 'A. a', '✓ B. b'],
        ...['Câu 4. x', box('F0A8', ' A. a'), box('F0FE', ' B. b'), 'Câu 5. x', '[ ] A. a', '[x] B. b'],
      ),
    ).toEqual(['x | a / b | A', ...Array.from({ length: 4 }, () => 'x | a / b | B')]);
  });

  it('takes several marked options where the question asks for several', () => {
    const marked = ['A', 'C'].flatMap((letter) =>
      underlined(letter).filter((text) => text.includes('<w:u ')),
    );
    const [a = '', c = ''] = marked;
    expect(keys('Câu 1. Chọn các đáp án đúng:', a, 'B. Hà Nội', c, 'D. Đà Lạt')).toEqual(['AC']);
  });
});

describe('answers in another place', () => {
  const paper = (...numbers: readonly number[]) =>
    numbers.flatMap((number) => [`Câu ${number}. x${number}`, ...FOUR]);

  it('takes tables of several rows, and lines of which the last is short', () => {
    const rows = table(['Câu', '1', '2'], ['Đ.A', 'A', 'B'], ['Câu', '3', '4'], ['Đ.A', 'C', 'D']);
    expect(keys(...paper(1, 2, 3, 4), 'BẢNG ĐÁP ÁN', rows)).toEqual(['A', 'B', 'C', 'D']);
    expect(keys(...paper(1, 2, 3, 4, 5), '1A 2B 3C', '4D 5A')).toEqual(['A', 'B', 'C', 'D', 'A']);
    expect(keys(...paper(1, 2, 3), 'Đáp án: 1-A; 2-b; 3.C')).toEqual(['A', 'B', 'C']);
  });

  it('takes the answers of its own version, and none where nobody knows which it is', () => {
    const rows = table(['Mã đề', '1', '2'], ['101', 'A', 'B'], ['102', 'C', 'D']);
    const columns = table(['Câu', '101', '102'], ['1', 'A', 'C'], ['2', 'B', 'D']);
    const lists = ['Mã đề 101', '1.A 2.B', 'Mã đề 102', '1.C 2.D'];
    for (const answers of [[rows], [columns], lists]) {
      expect(keys('Mã đề 102', ...paper(1, 2), 'ĐÁP ÁN', ...answers)).toEqual(['C', 'D']);
      const unknown = read(...paper(1, 2), 'ĐÁP ÁN', ...answers);
      expect(unknown.blocks.flatMap(({ draft }) => (draft === null ? [] : [draft.key]))).toEqual([
        null,
        null,
      ]);
      expect(codesOf(unknown)).toContain('word-versions');
    }
    const other = read('Mã đề 103', ...paper(1, 2), 'ĐÁP ÁN', rows);
    expect(codesOf(other)).toContain('word-versions');
  });

  it('reads several papers in one file, each with its answers', () => {
    const two = (n: number) => [`ĐỀ SỐ ${n}`, ...paper(1, 2)];
    expect(
      keys(
        ...two(1),
        'ĐÁP ÁN',
        '1.A 2.B',
        ...two(2).map((text) => text.replace('x', 'y')),
        'ĐÁP ÁN',
        '1.C 2.D',
      ),
    ).toEqual(['A', 'B', 'C', 'D']);
    const end = [
      'ĐÁP ÁN ĐỀ 1',
      table(['Câu', '1', '2'], ['Đ/A', 'A', 'B']),
      'ĐÁP ÁN ĐỀ 2',
      table(['Câu', '1', '2'], ['Đ/A', 'C', 'D']),
    ];
    expect(keys(...two(1), ...two(2), ...end)).toEqual(['A', 'B', 'C', 'D']);
    expect(keys(...paper(1, 2), ...paper(1, 2), ...end)).toEqual(['A', 'B', 'C', 'D']);
  });

  it('never adds up answers that disagree', () => {
    const reading = read(
      ...paper(1, 2),
      'ĐÁP ÁN',
      '1.A 2.B',
      'ĐÁP ÁN CHÍNH THỨC',
      table(['Câu', '1', '2'], ['Đ/A', 'C', 'B']),
    );
    expect(reading.blocks.map(({ outcome }) => outcome).slice(0, 2)).toEqual(['quarantined', 'imported']);
    expect(codesOf(reading)).toEqual(['key-conflict']);
  });

  it('gives solutions below their heading to their questions', () => {
    const solved = read(
      ...paper(1, 2),
      'HẾT',
      'HƯỚNG DẪN GIẢI CHI TIẾT',
      'Câu 1. Chọn B',
      'Vì thế.',
      'Câu 2: C. Theo Điều 5',
    );
    expect(
      solved.blocks.flatMap(({ draft }) =>
        draft === null ? [] : [[keyShown(draft.key), draft.explanation]],
      ),
    ).toEqual([
      ['B', 'Vì thế.'],
      ['C', 'Theo Điều 5'],
    ]);
  });
});

describe('true and false, short answers', () => {
  it('reads statements in tables: crosses, boxes, one column of Đ and S', () => {
    const tables = [
      table(['Phát biểu', 'Đúng', 'Sai'], ['a) m', 'X', ''], ['b) n', '☐', '☒']),
      table(['Lệnh hỏi', 'Đúng (Đ)', 'Sai (S)'], ['a. m', 'x', ''], ['b. n', '', 'x']),
      table(['Ý', 'Nội dung', 'Đ/S'], ['a', 'm', 'Đ'], ['b', 'n', 'S']),
      table(['a) m', 'Đúng'], ['b) n', 'Sai']),
    ];
    for (const one of tables) expect(told('Câu 1. Xét:', one)).toEqual(['Xét: | m / n | ĐS']);
  });

  it('takes "(Đ)" behind a statement for its key where all have it, and leaves a lone "(S)" alone', () => {
    expect(told('Câu 1. Một. (Đ)', 'Câu 2. Hai. (S)')).toEqual(['Một. |  | true', 'Hai. |  | false']);
    expect(told('Câu 1. Tính diện tích (S)', 'Câu 2. Hai?', 'Câu 3. Ba?')[0]).toContain('(S)');
  });

  it('takes dots and empty boxes for blanks, and boxes with signs for the key', () => {
    expect(
      keys(
        ...['PHẦN III. Câu trả lời ngắn.', 'Câu 1. x', 'Trả lời: ……………', 'Câu 2. x', 'Đáp án: ......'],
        ...['Câu 3. x', table(['Đáp án:', '', '', '']), 'Câu 4. x', table(['KQ:', '1', '2', ',', '5'])],
      ),
    ).toEqual(['?', '?', '?', '12.5']);
  });
});

it('takes the level from headings above the questions', () => {
  const { blocks } = read(
    'I. NHẬN BIẾT',
    'Câu 1. x',
    ...underlined('A'),
    'II. THÔNG HIỂU (1 câu)',
    'Câu 2. y',
    ...underlined('B'),
    'Mức độ vận dụng',
    'Câu 3. z',
    ...underlined('C'),
  );
  expect(blocks.flatMap(({ draft }) => draft?.difficulty ?? [])).toEqual([1, 2, 3]);
  expect(blocks.filter(({ outcome }) => outcome === 'quarantined')).toEqual([]);
});

describe('answers that belong to one question', () => {
  it('are no list of keys for others, where pairs or gaps are asked for', () => {
    const reading = read(
      ...['Câu 1. Thủ đô?', ...FOUR],
      ...[
        'Câu 2. Nối cột A với cột B:',
        '1. Hà Nội',
        '2. Huế',
        '3. Vinh',
        'a. Cố đô',
        'b. Thủ đô',
        'c. Biển',
      ],
      'Đáp án: 1-b, 2-a, 3-c',
      ...['Câu 3. Ở đâu?', ...FOUR],
      ...['Câu 4. Hà Nội có (1)…… quận và (2)…… huyện', 'Đáp án: (1) 12; (2) 17'],
    );
    expect(reading.blocks.map(({ outcome, draft }) => [outcome, draft?.key])).toEqual([
      ['warned', null],
      ['imported', { pairs: [1, 0, 2], scoring: 'share' }],
      ['warned', null],
      ['quarantined', null],
    ]);
    expect(codesOf(reading)).toContain('word-gaps');
  });

  it('are explained by the lines below them', () => {
    const { blocks } = read(
      ...['Câu 1. Thủ đô?', ...FOUR, 'Câu 2. Ở đâu?', ...FOUR],
      ...[
        'ĐÁP ÁN VÀ HƯỚNG DẪN GIẢI',
        'Câu 1: B',
        'Vì Hiến pháp nói vậy.',
        'Câu 2: Chọn A',
        'Vì ở miền Trung.',
      ],
    );
    expect(blocks.slice(0, 2).map(({ draft }) => draft?.explanation)).toEqual([
      'Vì Hiến pháp nói vậy.',
      'Vì ở miền Trung.',
    ]);
  });
});

describe('answers of the whole paper', () => {
  const paper = ['Câu 1. Thủ đô?', ...FOUR, 'Câu 2. Ở đâu?', ...FOUR];

  it.each([
    ['one line', ['Đáp án: 1-b, 2-a']],
    ['columns side by side', ['ĐÁP ÁN', table(['Câu', 'Đ.án', 'Câu', 'Đ.án'], ['1', 'B', '2', 'A'])]],
    ['cells with both', ['BẢNG ĐÁP ÁN', table(['1B', '2A'])]],
    ['a line each', ['Đáp án', '1. B', '2. A']],
  ])('in %s', (_, answers) => {
    expect(keys(...paper, ...answers).slice(0, 2)).toEqual(['B', 'A']);
  });
});

it('takes a bare letter behind each statement for its truth, and a heading in capitals for no explanation', () => {
  const { blocks } = read(
    ...['PHẦN II. Câu trắc nghiệm đúng sai', 'Câu 1. Xét:', 'a) m1 Đ', 'b) m2 S', 'c) m3 S', 'd) m4 Đ'],
  );
  expect(blocks[1]?.draft).toMatchObject({
    prompt: { statements: ['m1', 'm2', 'm3', 'm4'] },
    key: { truths: [true, false, false, true] },
  });
  const chapters = read(
    ...['I. KIẾN THỨC CHUNG', '1) Thủ đô?', 'a) Huế', 'b) Hà Nội', 'ĐA: b'],
    ...['II. CHUYÊN MÔN', '1) Ở đâu?', 'a) Huế', 'b) Hà Nội', 'ĐA: a'],
  );
  expect(
    chapters.blocks.flatMap(({ draft }) => (draft === null ? [] : [[draft.explanation, draft.topic]])),
  ).toEqual([
    ['', ''],
    ['', 'II. CHUYÊN MÔN'],
  ]);
});

it('reads our template as LibreOffice saved it, over its own format and back', () => {
  const file = new URL('./saved-by-libreoffice.docx', import.meta.url);
  const reading = readDocx(new Uint8Array(readFileSync(file)));
  expect(faultsOf(reading)).toEqual([]);
  expect(toldOf(reading).map((line) => line.split(' | ').at(-1))).toEqual([
    ...['B', 'AC', 'true', 'ĐSĐS', '{"accept":["Lý Thái Tổ","Lý Công Uẩn"],"accents":true,"case":false}'],
    '1954',
  ]);
});
