import { describe, expect, it } from 'vitest';
import { readDocx } from '../../../../questions/formats/docx/read.ts';
import { codesOf } from '../balance.ts';
import { docx, li, type MoreParts, p, r, table } from './make.ts';
import { readWith } from './told.ts';

const U = { u: true };
const R = { color: 'FF0000' };
const B = { b: true };

/** Keys of the questions as letters or truths; "?" where there is none. */
function keys(reading: ReturnType<typeof readWith>): string[] {
  return reading.blocks.flatMap(({ draft }) => {
    if (draft === null) return [];
    const key: unknown = draft.key;
    if (typeof key !== 'object' || key === null) return ['?'];
    if ('right' in key && Array.isArray(key.right))
      return [key.right.map((index) => 'ABCDEFGH'[Number(index)]).join('')];
    if ('truths' in key && Array.isArray(key.truths))
      return [key.truths.map((truth) => (truth === true ? 'Đ' : 'S')).join('')];
    if ('accept' in key && Array.isArray(key.accept)) return [key.accept.join('|')];
    return ['value' in key ? String(key.value) : JSON.stringify(key)];
  });
}

const abcd = (right: string, look: object, whole = false) =>
  ['A', 'B', 'C', 'D'].map((letter) => {
    const isRight = right.includes(letter);
    if (whole) return p(r(`${letter}. ${letter.toLowerCase()}${letter.toLowerCase()}`, isRight ? look : {}));
    return p(r(letter, isRight ? look : {}), r(`. ${letter.toLowerCase()}${letter.toLowerCase()}`));
  });

describe('marks that tell the key', () => {
  for (const [name, look] of [
    ['underlined', U],
    ['red', R],
    ['bold', B],
    ['highlighted', { highlight: 'yellow' }],
  ] as const) {
    it(`takes ${name} labels and ${name} options`, () => {
      const labels = readWith(['Câu 1. Một?', ...abcd('B', look), 'Câu 2. Hai?', ...abcd('D', look)]);
      expect(keys(labels)).toEqual(['B', 'D']);
      expect(labels.blocks[0]?.draft?.prompt).toEqual({
        stem: 'Một?',
        options: ['aa', 'bb', 'cc', 'dd'],
        multiple: false,
      });
      const whole = readWith([
        'Câu 1. Một?',
        ...abcd('C', look, true),
        'Câu 2. Hai?',
        ...abcd('A', look, true),
      ]);
      expect(keys(whole)).toEqual(['C', 'A']);
      expect(
        whole.blocks.every(({ draft }) => draft?.prompt !== undefined && !('rich' in draft.prompt)),
      ).toBe(true);
    });
  }

  it('takes stars, answer lines, ANSWER, "Chọn", keys in brackets and solutions', () => {
    const four = ['A. aa', 'B. bb', 'C. cc', 'D. dd'];
    const reading = readWith([
      ...['Câu 1: x?', 'A. aa', '*B. bb', 'C. cc', 'D. dd'],
      ...['Câu 2: x?', 'A. aa', 'B. bb', 'C. cc*', 'D. dd'],
      ...['Câu 3: x?', ...four, 'Đáp án: D'],
      ...['Câu 4: x?', ...four, 'ANSWER: A'],
      ...['Câu 5: x?', ...four, 'Chọn B.'],
      ...['Câu 6: x? (Đáp án: C)', ...four],
      ...['Câu 7: x?', ...four, 'Lời giải', 'Vì điều này điều kia. Chọn D.'],
      ...['Câu 8: x?', ...four, 'Đáp án B. Theo Nghị quyết.'],
    ]);
    expect(keys(reading)).toEqual(['B', 'C', 'D', 'A', 'B', 'C', 'D', 'B']);
    expect(reading.blocks[7]?.draft?.explanation).toBe('Theo Nghị quyết.');
    expect(codesOf(reading)).toEqual([]);
  });

  it('takes red that comes from a style, beside everything bold', () => {
    const styles =
      '<w:style w:type="character" w:styleId="Key"><w:name w:val="Key"/><w:rPr><w:color w:val="C00000"/></w:rPr></w:style>';
    const option = (text: string, style?: string) => p(r(text, { b: true, ...(style ? { style } : {}) }));
    const reading = readWith([p(r('Câu 1. Hỏi', B)), option('A. a'), option('B. b', 'Key'), option('C. c')], {
      styles,
    });
    expect(keys(reading)).toEqual(['B']);
  });

  it('keeps underlined sounds as content beside red labels', () => {
    const sound = (letter: string, isRight: boolean) =>
      p(r(letter, isRight ? R : {}), r('. h'), r('ea', U), r(`t${letter}`));
    const reading = readWith([
      'Mark the letter A, B, C, or D on your answer sheet',
      ...['Question 1.', sound('A', false), sound('B', true), sound('C', false), sound('D', false)],
      ...['Question 2.', sound('A', true), sound('B', false), sound('C', false), sound('D', false)],
    ]);
    expect(keys(reading)).toEqual(['B', 'A']);
    expect(reading.blocks[1]?.draft?.prompt).toMatchObject({
      stem: 'Mark the letter A, B, C, or D on your answer sheet',
      options: ['h__ea__tA', 'h__ea__tB', 'h__ea__tC', 'h__ea__tD'],
    });
  });

  it('never chooses between two marked options, and says where sources disagree', () => {
    const two = readWith([
      'Câu 1. x?',
      ...abcd('AB', U),
      'Câu 2. y?',
      ...abcd('C', U),
      'Câu 3. z?',
      ...abcd('D', U),
    ]);
    expect(keys(two)).toEqual(['?', 'C', 'D']);
    expect(two.blocks[0]).toMatchObject({ outcome: 'quarantined' });
    expect(codesOf(two)).toContain('several-marked');
    const conflict = readWith(['Câu 1. x?', ...abcd('B', U), 'Đáp án: C']);
    expect(conflict.blocks[0]?.outcome).toBe('quarantined');
    expect(codesOf(conflict)).toEqual(['key-conflict']);
  });

  it('asks for a key that is not there', () => {
    const reading = readWith(['Câu 1. x?', ...abcd('', U)]);
    expect(reading.blocks[0]).toMatchObject({ outcome: 'warned', draft: { key: null } });
    expect(codesOf(reading)).toEqual(['key-missing']);
  });
});

describe('layouts', () => {
  it('finds options on one line by tabs, two on a line, and after the stem', () => {
    const reading = readWith([
      ...['Câu 1. x?', p(r('A. a\t'), r('B', U), r('. b\tC. c\tD. d'))],
      ...['Câu 2. x?', p(r('A', U), r('. a\tB. b')), 'C. c\tD. d'],
      p(r('Câu 3. x? A. a B. b '), r('C', U), r('. c D. d')),
    ]);
    expect(keys(reading)).toEqual(['B', 'A', 'C']);
    for (const { draft } of reading.blocks)
      expect(draft?.prompt).toMatchObject({ stem: 'x?', options: ['a', 'b', 'c', 'd'] });
  });

  it('leaves letters inside an option alone', () => {
    const reading = readWith([
      'Câu 1. x?',
      'A. Vitamin A. B. có ích',
      'B. Không',
      'C. Cả A và B',
      'ANSWER: C',
    ]);
    expect(reading.blocks[0]?.draft?.prompt).toMatchObject({
      options: ['Vitamin A. B. có ích', 'Không', 'Cả A và B'],
    });
  });

  it('counts automatic numbers, also where a list begins anew', () => {
    const level = (format: string, text: string) =>
      `<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
    const numbering = [
      `<w:abstractNum w:abstractNumId="0">${level('decimal', 'Câu %1.')}</w:abstractNum>`,
      `<w:abstractNum w:abstractNumId="1">${level('upperLetter', '%1.')}</w:abstractNum>`,
      '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>',
      '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>',
    ].join('');
    const reading = readWith(
      [
        li(1, 0, 'Một'),
        li(2, 0, 'a'),
        li(2, 0, r('b', R)),
        li(1, 0, 'Hai'),
        li(3, 0, r('c', R)),
        li(3, 0, 'd'),
      ],
      { numbering },
    );
    expect(keys(reading)).toEqual(['B', 'A']);
    expect(reading.blocks.map(({ draft }) => draft?.prompt)).toMatchObject([
      { stem: 'Một', options: ['a', 'b'] },
      { stem: 'Hai', options: ['c', 'd'] },
    ]);
  });

  it('reads "1." instead of "Câu 1.", and questions without any number', () => {
    const numbered = readWith([
      '1. Một?',
      'A. a',
      'B. b',
      'Đáp án: A',
      '2) Hai?',
      'A. a',
      'B. b',
      'Đáp án: B',
    ]);
    expect(keys(numbered)).toEqual(['A', 'B']);
    const bare = readWith([
      'Ai đó?',
      'A. a',
      'B. b',
      'C. c',
      'Đáp án: B',
      'Ở đâu?',
      'A. a',
      'B. b',
      'C. c',
      'Đáp án: C',
    ]);
    expect(keys(bare)).toEqual(['B', 'C']);
    expect(bare.blocks.map(({ draft }) => draft?.prompt.stem)).toEqual(['Ai đó?', 'Ở đâu?']);
  });

  it('reads a paper of three parts that begin again at 1, with tables of answers', () => {
    const reading = readWith([
      ...[
        'PHẦN I. Câu trắc nghiệm nhiều phương án lựa chọn.',
        'Câu 1. x?',
        ...abcd('', U),
        'Câu 2. y?',
        ...abcd('', U),
      ],
      ...['PHẦN II. Câu trắc nghiệm đúng sai.', 'Câu 1. Cho:', 'a) m1', 'b) m2', 'c) m3', 'd) m4'],
      ...['PHẦN III. Câu trắc nghiệm trả lời ngắn.', 'Câu 1. Mấy?', 'Câu 2. Ai?'],
      ...['----HẾT----', 'ĐÁP ÁN', 'PHẦN I', table(['Câu', '1', '2'], ['Đáp án', 'B', 'D'])],
      ...['PHẦN II', table(['Câu', '1'], ['a', 'Đ'], ['b', 'S'], ['c', 'S'], ['d', 'Đ'])],
      ...['PHẦN III', table(['Câu', '1', '2'], ['Đáp án', '12,5', 'Hồ Chí Minh'])],
    ]);
    expect(keys(reading)).toEqual(['B', 'D', 'ĐSSĐ', '12.5', 'Hồ Chí Minh']);
    expect(reading.blocks.flatMap(({ draft }) => draft?.kind ?? [])).toEqual([
      'choice',
      'choice',
      'statements',
      'numeric',
      'shortText',
    ]);
    expect(codesOf(reading)).toEqual([]);
  });

  it('takes answers as "1.A 2.B", as pairs in cells, as columns, and in a file of their own', () => {
    const paper = ['Câu 1. x?', ...abcd('', U), 'Câu 2. y?', ...abcd('', U), 'Câu 3. z?', ...abcd('', U)];
    for (const answers of [
      ['BẢNG ĐÁP ÁN', '1.C 2.A 3.B'],
      ['ĐÁP ÁN', 'Câu 1: C', 'Câu 2: A', 'Câu 3: B'],
      [table(['1.C', '2.A', '3.B'])],
      [table(['Câu', 'Đáp án'], ['1', 'C'], ['2', 'A'], ['3', 'B'])],
      [table(['Câu', 'Đáp án', 'Câu', 'Đáp án'], ['1', 'C', '3', 'B'], ['2', 'A', '', ''])],
      ['1-C, 2-A, 3-B'],
    ])
      expect(keys(readWith([...paper, ...answers]))).toEqual(['C', 'A', 'B']);
    const answers = docx(['ĐÁP ÁN', table(['Câu', '1', '2', '3'], ['Đáp án', 'C', 'A', 'B'])]);
    expect(keys(readDocx(docx(paper), { answers }))).toEqual(['C', 'A', 'B']);
    expect(codesOf(readDocx(docx([table(['Câu', '1', '2'], ['Đáp án', 'C', 'A'])])))).toContain(
      'word-answers-only',
    );
  });

  it('reads statements by their marks, their ends, their keys and tables, and leaves unmarked ones open', () => {
    const reading = readWith([
      ...['Câu 1. Đúng hay sai?', 'a) m1 (Đ)', 'b) m2 (S)', 'c) m3 (Đ)', 'd) m4 (S)'],
      ...['Câu 2. Đúng hay sai?', 'a) m1', 'b) m2', 'c) m3', 'd) m4', 'Đáp án: a-Đ, b-S, c-S, d-Đ'],
      ...['Câu 3. Đúng hay sai?', p(r('a', U), r(') m1')), 'b) m2', p(r('c', U), r(') m3')), 'd) m4'],
      ...['Câu 4. Đúng hay sai?', 'a) m1', 'b) m2', 'c) m3', 'd) m4'],
      'Câu 5. Chọn đúng hoặc sai:',
      table(['Nhận định', 'Đúng', 'Sai'], ['a) m1', 'x', ''], ['b) m2', '', 'x']),
    ]);
    expect(keys(reading)).toEqual(['ĐSĐS', 'ĐSSĐ', 'ĐSĐS', '?', 'ĐS']);
    expect(codesOf(reading)).toEqual(['truths-unmarked', 'key-missing']);
    expect(reading.blocks[4]?.draft?.prompt).toMatchObject({ statements: ['m1', 'm2'] });
  });

  it('reads tables with a row a question', () => {
    const reading = readWith([
      'BỘ CÂU HỎI',
      table(
        ['STT', 'Câu hỏi', 'A', 'B', 'C', 'D', 'Đáp án', 'Căn cứ'],
        ['1', 'Thủ đô ở đâu?', 'Huế', 'Hà Nội', 'Vinh', 'Đà Lạt', 'B', 'Điều 2, Luật Thủ đô'],
        ['2', 'Năm nào?', '1930', '1945', '1954', '1975', '', ''],
      ),
    ]);
    expect(keys(reading)).toEqual(['B', '?']);
    expect(reading.blocks[2]).toMatchObject({
      place: { paragraph: 10 },
      draft: { citation: { document: 'Luật Thủ đô', section: 'Điều 2' } },
    });
  });

  it('takes citation, level, topic, points, explanation and headings', () => {
    const reading = readWith([
      'Chương II. Văn hoá',
      'Câu 1 (NB). x?',
      ...abcd('B', U),
      'Giải thích: Vì thế.',
      'Căn cứ: Điều 9, khoản 1, Nghị quyết 15-NQ/TW',
      'Câu 2. (0,5 điểm) y?',
      ...abcd('C', U),
      'Mức độ: Vận dụng cao',
    ]);
    const [first, second] = reading.blocks.flatMap(({ draft }) => draft ?? []);
    expect(first).toMatchObject({
      difficulty: 1,
      explanation: 'Vì thế.',
      citation: { document: 'Nghị quyết 15-NQ/TW', section: 'Điều 9, khoản 1' },
    });
    expect(second).toMatchObject({ difficulty: 3, tags: ['vận dụng cao'], points: 50 });
  });

  it('puts a shared passage into its questions, and shows what belongs to nobody', () => {
    const reading = readWith([
      ...['Câu 1. x?', ...abcd('A', U), 'Đọc đoạn trích sau và trả lời các câu từ 2 đến 3:', 'Đoạn trích.'],
      ...[
        'Câu 2. y?',
        ...abcd('B', U),
        'Câu 3. z?',
        ...abcd('C', U),
        'Câu 4. t?',
        ...abcd('D', U),
        'Một đoạn lạ.',
      ],
    ]);
    expect(reading.blocks.flatMap(({ draft }) => draft?.prompt.stem ?? [])).toEqual([
      'x?',
      'Đọc đoạn trích sau và trả lời các câu từ 2 đến 3:\nĐoạn trích.\ny?',
      'Đọc đoạn trích sau và trả lời các câu từ 2 đến 3:\nĐoạn trích.\nz?',
      't?',
    ]);
    expect(reading.blocks.at(-1)).toMatchObject({ outcome: 'quarantined', raw: 'Một đoạn lạ.' });
    expect(codesOf(reading)).toEqual(['word-unassigned']);
  });

  it('keeps a question that lost its options apart, and tells missing numbers', () => {
    const reading = readWith(['Câu 1. x?', ...abcd('A', U), 'Câu 2. mất?', 'Câu 4. y?', ...abcd('B', U)]);
    expect(reading.blocks.map(({ outcome }) => outcome)).toEqual(['imported', 'quarantined', 'imported']);
    expect(codesOf(reading)).toContain('options-missing');
    expect(codesOf(reading)).toContain('numbers-gap');
  });
});

describe('what Word documents hold', () => {
  it('turns TCVN3 and VNI into Unicode by font of run, style and defaults, and by pattern where the font is lost', () => {
    const stem = 'Thủ đô của Việt Nam?';
    const tcvn = 'Thñ ®« cña ViÖt Nam?';
    const four = ['A. aa', 'B. bb', 'Đáp án: B'];
    const font = (name: string) => `<w:rPr><w:rFonts w:ascii="${name}" w:hAnsi="${name}"/></w:rPr>`;
    const style = `<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/>${font('.VnTime')}</w:style>`;
    const defaults = `<w:docDefaults><w:rPrDefault>${font('.VnTime')}</w:rPrDefault></w:docDefaults>`;
    const question = `C©u 1. ${tcvn}`;
    const cases: [string, MoreParts][] = [
      [p(r(question, { font: '.VnTime' })), {}],
      [p(question), { styles: style }],
      [p(question), { styles: defaults }],
      [p(question), {}],
      [p(r('Caâu 1. Thuû ñoâ cuûa Vieät Nam?', { font: 'VNI-Times' })), {}],
    ];
    for (const [paragraph, more] of cases) {
      const reading = readWith([paragraph, ...four], more);
      expect(reading.blocks[0]?.draft?.prompt.stem).toBe(stem);
    }
    const capitals = readWith([p(r('C©u 1. ®¶ng?', { font: '.VnTimeH' })), ...four]);
    expect(capitals.blocks[0]?.draft?.prompt.stem).toBe('ĐẢNG?');
    const icelandic = readWith(['Câu 1. Ðảng ra đời năm nào?', ...four]);
    expect(icelandic.blocks[0]?.draft?.prompt.stem).toBe('Đảng ra đời năm nào?');
  });

  it('drops what was deleted under tracked changes, keeps what was inserted, and says so', () => {
    const reading = readWith([
      `<w:p>${r('Câu 1. Năm ')}<w:del>${r('1944').replaceAll('w:t', 'w:delText')}</w:del><w:ins>${r('1945')}</w:ins>${r('?')}</w:p>`,
      'A. a',
      'B. b',
      'Đáp án: A',
    ]);
    expect(reading.blocks[0]?.draft?.prompt.stem).toBe('Năm 1945?');
    expect(codesOf(reading)).toEqual(['word-deletions']);
  });

  it('reads formulas as LaTeX', () => {
    const t = (text: string) => `<m:r><m:t>${text}</m:t></m:r>`;
    const e = (name: string, inner: string) => `<m:${name}>${inner}</m:${name}>`;
    const formula = `<m:oMath>${e('f', e('num', t('a')) + e('den', e('rad', e('deg', '') + e('e', t('b')))))}${t('+')}${e('sSup', e('e', t('x')) + e('sup', t('2')))}${t('≤π')}</m:oMath>`;
    const reading = readWith([`<w:p>${r('Câu 1. Tính ')}${formula}</w:p>`, 'A. 1', 'B. 2', 'Đáp án: A']);
    expect(reading.blocks[0]?.draft?.prompt.stem).toBe('Tính $\\frac{a}{\\sqrt{b}}+x^{2}\\leq \\pi$');
  });

  it('takes pictures, refuses what nobody can show, and never looks outside', () => {
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]);
    const wmf = new Uint8Array([0xd7, 0xcd, 0xc6, 0x9a]);
    const picture = (id: string) =>
      `<w:r><w:drawing><wp:inline><wp:docPr id="1" descr="bản đồ"/><a:blip r:embed="${id}"/></wp:inline></w:drawing></w:r>`;
    const object = '<w:r><w:object><v:shape><v:imagedata r:id="m"/></v:shape></w:object></w:r>';
    const reading = readWith(
      [
        `<w:p>${r('Câu 1. Xem ')}${picture('i')}</w:p>`,
        `<w:p>${r('A. ')}${object}</w:p>`,
        `<w:p>${r('B. b ')}${picture('x')}</w:p>`,
        'Đáp án: A',
      ],
      {
        media: { i: ['media/1.png', png], m: ['media/2.wmf', wmf] },
        links: { x: 'http://evil.example/a.png' },
      },
    );
    expect(reading.media.size).toBe(1);
    expect(reading.blocks[0]?.draft?.prompt.stem).toMatch(/^Xem !\[bản đồ\]\(media:[0-9a-f]{64}\)$/);
    expect(codesOf(reading)).toEqual(['word-mathtype', 'image-remote']);
  });

  it('keeps a table inside a question as a table', () => {
    const reading = readWith([
      'Câu 1. Xem bảng:',
      table(['Năm', 'Dân số'], ['2019', '8,05 triệu']),
      'A. a',
      'B. b',
      'Đáp án: B',
    ]);
    expect(reading.blocks[0]?.draft?.prompt.stem).toContain('| 2019 | 8,05 triệu |');
    expect(keys(reading)).toEqual(['B']);
  });
});
