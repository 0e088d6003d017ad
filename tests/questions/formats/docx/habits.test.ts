/** Ways to type a paper that people have and nobody teaches: each was read wrongly once, or not at all. */
import { describe, expect, it } from 'vitest';
import { readDocx } from '../../../../questions/formats/docx/read.ts';
import { codesOf } from '../balance.ts';
import { toldOf } from '../told.ts';
import { docx, li, p, r, table } from './make.ts';
import { read, told } from './told.ts';

describe('a sign that tells the key', () => {
  it('behind an option is of that option, not of the next line', () => {
    for (const sign of ['✓', '*', ' √'])
      expect(told('Câu 1: Thủ đô?', 'A. Huế', `B. Hà Nội ${sign}`, 'C. Vinh', 'D. Đà Lạt')).toEqual([
        'Thủ đô? | Huế / Hà Nội / Vinh / Đà Lạt | B',
      ]);
    expect(told(p(r('Câu 1: Thủ đô?\nA. Huế\nB. Hà Nội ✓\nC. Vinh')))).toEqual([
      'Thủ đô? | Huế / Hà Nội / Vinh | B',
    ]);
  });

  it('may be the word "đúng" in brackets', () => {
    expect(
      told(
        ...['Câu 1: Thủ đô?', 'A. Huế', 'B. Hà Nội (đúng)', 'C. Vinh'],
        ...['Câu 2: Cố đô?', 'A. Huế (Đ)', 'B. Hà Nội', 'C. Vinh'],
      ),
    ).toEqual(['Thủ đô? | Huế / Hà Nội / Vinh | B', 'Cố đô? | Huế / Hà Nội / Vinh | A']);
  });
});

describe('a written key', () => {
  it('may stand at the end of the question or of its last option', () => {
    expect(
      told(
        ...['Câu 1: Thủ đô? Đáp án: B', 'A. Huế', 'B. Hà Nội'],
        ...['Câu 2: Cố đô?', 'A. Huế   B. Hà Nội   C. Vinh   Đáp án: A'],
      ),
    ).toEqual(['Thủ đô? | Huế / Hà Nội | B', 'Cố đô? | Huế / Hà Nội / Vinh | A']);
  });

  it('is no instruction for the questions below, and no new question', () => {
    expect(
      told(
        'Câu 1: Thủ đô?',
        'A. Huế',
        'B. Hà Nội',
        'Chọn đáp án B.',
        'Câu 2: Cố đô?',
        'A. Huế',
        'B. Vinh',
        'Chọn câu A',
      ),
    ).toEqual(['Thủ đô? | Huế / Hà Nội | B', 'Cố đô? | Huế / Vinh | A']);
    expect(
      told(
        'Câu 1: Thủ đô?',
        'A. Huế',
        'B. Hà Nội',
        'Câu 2: Cố đô?',
        'A. Huế',
        'B. Vinh',
        'Câu 1: B',
        'Câu 2: A',
      ),
    ).toEqual(['Thủ đô? | Huế / Hà Nội | B', 'Cố đô? | Huế / Vinh | A']);
  });

  it('may stand behind an arrow or a short word, and may be small', () => {
    for (const key of ['→ B', '=> B.', 'ĐA B', 'Đ/A: B', 'đáp án: b.']) {
      const { blocks } = read('Câu 1: Thủ đô?', 'A. Huế', 'B. Hà Nội', 'C. Vinh', key);
      expect(blocks.map(({ draft }) => [draft?.key, draft?.explanation])).toEqual([
        [{ right: [1], scoring: 'allOrNothing' }, ''],
      ]);
    }
    expect(told('Câu 1: Xét phản ứng:', '→ B', 'A. Huế', 'B. Vinh', 'Đáp án: A')).toEqual([
      'Xét phản ứng:\n→ B | Huế / Vinh | A',
    ]);
  });

  it('may be the text of an option that names others', () => {
    expect(told('Câu 1. x?', 'A. a', 'B. b', 'C. Cả A và B', 'Đáp án: Cả A và B')).toEqual([
      'x? | a / b / Cả A và B | C',
    ]);
    expect(told('Câu 1. Những gì?', 'A. a', 'B. b', 'C. c', 'Đáp án: Cả A và B')).toEqual([
      'Những gì? | a / b / c | AB',
    ]);
  });
});

it('reads options in two columns, whichever way they are counted', () => {
  const four = 'Huế / Hà Nội / Vinh / Đà Lạt';
  const down = table(['A. Huế', 'C. Vinh'], ['B. Hà Nội', 'D. Đà Lạt']);
  const across = table(['A. Huế', 'B. Hà Nội'], ['C. Vinh', 'D. Đà Lạt']);
  const tabs = ['A. Huế\tC. Vinh', 'B. Hà Nội\tD. Đà Lạt'].map((line) => p(r(line)));
  for (const options of [[down], [across], tabs])
    expect(told('Câu 1. Thủ đô?', ...options, 'Đáp án: B')).toEqual([`Thủ đô? | ${four} | B`]);
});

it('keeps what stands between questions out of explanations', () => {
  const { blocks } = read(
    ...[
      'Câu 1. Thủ đô?',
      'A. Huế',
      'B. Hà Nội',
      'Đáp án: B',
      'Trang 1/2',
      'Câu 2. Cố đô?',
      'A. Huế',
      'B. Vinh',
    ],
    ...['Đáp án: A', '----- HẾT -----', 'Người ra đề: Nguyễn Văn An'],
  );
  expect(blocks.flatMap(({ draft }) => (draft === null ? [] : [draft.explanation]))).toEqual(['', '']);
  expect(blocks.filter(({ outcome }) => outcome === 'ignored')).toHaveLength(3);
  expect(codesOf({ ...read('Câu 1. x?', 'A. a', 'B. b', 'Đáp án: B'), blocks })).toEqual([]);
});

describe('options without letters', () => {
  it.each([
    ['ticked boxes', ['☐ Huế', '☑ Hà Nội', '☐ Vinh'], []],
    ['brackets', ['[ ] Huế', '[x] Hà Nội', '[ ] Vinh'], []],
    ['dashes and a key that is one of them', ['- Huế', '- Hà Nội', '- Vinh'], ['Đáp án: Hà Nội']],
    ['dots and a letter', ['• Huế', '• Hà Nội', '• Vinh'], ['Đáp án: B']],
  ])('are options by %s', (_, options, key) => {
    expect(told('Câu 1: Thủ đô?', ...options, ...key, 'Câu 2. Ở đâu?', 'A. a', 'B. b', 'Đáp án: A')).toEqual([
      'Thủ đô? | Huế / Hà Nội / Vinh | B',
      'Ở đâu? | a / b | A',
    ]);
  });

  it("are options by Word's own bullets; what has a label of its own behind a bullet keeps that one", () => {
    const numbering = [
      '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl></w:abstractNum>',
      '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
    ].join('');
    const bullets = (...texts: readonly string[]) => texts.map((text) => li(1, 0, text));
    const reading = readDocx(
      docx(
        [
          ...['Câu 1: Thủ đô?', ...bullets('Huế', 'Hà Nội', 'Vinh'), 'Đáp án: Hà Nội'],
          ...bullets('Câu 2: Cố đô?', 'A. Huế', 'B. Vinh', 'Đáp án: A'),
        ],
        { numbering },
      ),
    );
    expect(toldOf(reading)).toEqual(['Thủ đô? | Huế / Hà Nội / Vinh | B', 'Cố đô? | Huế / Vinh | A']);
  });

  it('stay what they are where nothing says that one of them is right, and that is told', () => {
    const reading = read('Câu 1: Nêu ý nghĩa:', '- với cán bộ', '- với nhân dân', 'Đáp án: đoàn kết');
    expect(toldOf(reading)[0]).toMatch(/^Nêu ý nghĩa:\n- với cán bộ\n- với nhân dân \|/);
    expect(codesOf(reading)).toEqual(['word-unlettered']);
  });
});

it('reads a table for each question, with its key in a row or as a cross', () => {
  const card = (number: number, stem: string, key: string) =>
    table([`Câu ${number}`, stem], ['A', 'Huế'], ['B.', 'Hà Nội'], ['C', 'Vinh'], ['Đáp án', key]);
  const crossed = (number: number, right: number) =>
    table(
      [`${number}`, 'Ở đâu?', ''],
      ...['Huế', 'Hà Nội', 'Vinh'].map((text, i) => ['ABC'[i] ?? '', text, i === right ? 'X' : '']),
    );
  expect(told(card(1, 'Thủ đô?', 'B'), card(2, 'Cố đô?', 'A'))).toEqual([
    'Thủ đô? | Huế / Hà Nội / Vinh | B',
    'Cố đô? | Huế / Hà Nội / Vinh | A',
  ]);
  expect(told(crossed(1, 2), crossed(2, 0)).map((line) => line.split(' | ').at(-1))).toEqual(['C', 'A']);
});

it('takes the reasons of a table of answers along', () => {
  const answers = table(['Câu', 'Đáp án', 'Giải thích'], ['1', 'B', 'Hiến pháp'], ['2', 'A', 'Lịch sử']);
  const { blocks } = read('Câu 1. x?', 'A. a', 'B. b', 'Câu 2. y?', 'A. a', 'B. b', 'ĐÁP ÁN', answers);
  expect(blocks.flatMap(({ draft }) => (draft === null ? [] : [draft.explanation]))).toEqual([
    'Hiến pháp',
    'Lịch sử',
  ]);
});

it('says that a document holds no question, rather than nothing', () => {
  expect(readDocx(docx(['Kính gửi các đồng chí', 'Báo cáo tháng 10'])).failure?.code).toBe(
    'word-no-questions',
  );
});

describe('a key around its options', () => {
  const FOUR = ['A. Huế', 'B. Hà Nội', 'C. Vinh', 'D. Đà Lạt'];
  const both = ['Thủ đô? | Huế / Hà Nội / Vinh / Đà Lạt | B', 'Cố đô? | Huế / Hà Nội / Vinh / Đà Lạt | A'];

  it('may stand on the line below its word', () => {
    const lines = (b: string, a: string) =>
      told(...['Câu 1: Thủ đô?', ...FOUR, 'Đáp án:', b], ...['Câu 2: Cố đô?', ...FOUR, 'Đáp án đúng là:', a]);
    expect(lines('B', 'A')).toEqual(both);
    expect(lines('B. Hà Nội', '(A)')).toEqual(both);
    const [draft] = read('Câu 1: Thủ đô?', ...FOUR, 'Đáp án:', 'Vì Huế là cố đô.').blocks.map(
      (one) => one.draft,
    );
    expect(draft).toMatchObject({ key: null, explanation: 'Vì Huế là cố đô.' });
  });

  it('may stand above them', () => {
    expect(told('Câu 1: Thủ đô?', 'Đáp án: B', ...FOUR, 'Câu 2: Cố đô?', 'Đáp án: A', ...FOUR)).toEqual(both);
  });

  it('may be an equals sign before the letter, as in GIFT', () => {
    expect(
      told(
        ...['Câu 1: Thủ đô?', 'A. Huế', '=B. Hà Nội', 'C. Vinh', 'D. Đà Lạt'],
        ...['Câu 2: Cố đô?', '=A. Huế', 'B. Hà Nội', 'C. Vinh', 'D. Đà Lạt'],
      ),
    ).toEqual(both);
  });

  it('stands with options whose letters have cells of their own', () => {
    const four = [
      ['A', 'Huế', 'B', 'Hà Nội'],
      ['C.', 'Vinh', 'D.', 'Đà Lạt'],
    ];
    const tall = [
      ['A', 'Huế'],
      ['B', 'Hà Nội'],
      ['C', 'Vinh'],
      ['D', 'Đà Lạt'],
    ];
    expect(
      told('Câu 1: Thủ đô?', table(...four), 'Đáp án: B', 'Câu 2: Cố đô?', table(...tall), 'Đáp án: A'),
    ).toEqual(both);
  });

  it('is asked about where it names one of the items 1, 2, 3, which may be options or a list', () => {
    const items = ['1. Huế', '2. Hà Nội', '3. Vinh'];
    const doubtful = read('Câu 1: Thủ đô?', ...items, 'Đáp án: 2', 'Câu 2: Cố đô?', ...items, 'Đáp án: Huế');
    expect(codesOf(doubtful)).toEqual(['word-numbered-options', 'word-numbered-options']);
    const counted = read('Câu 1: Có bao nhiêu tên thành phố?', ...items, 'Đáp án: 3');
    expect(counted.blocks.map(({ outcome, draft }) => [outcome, draft?.kind])).toEqual([
      ['imported', 'numeric'],
    ]);
  });
});
