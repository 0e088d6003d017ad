import { describe, expect, it } from 'vitest';
import { readGift } from '../../../../questions/formats/gift/read.ts';
import { bytesOf, codesOf, countsOf, faultsOf } from '../balance.ts';

function read(text: string) {
  const reading = readGift(bytesOf(text));
  expect(faultsOf(reading)).toEqual([]);
  return reading;
}

function draft(text: string) {
  const reading = read(text);
  expect(reading.blocks.length).toBe(1);
  return reading.blocks[0]?.draft;
}

describe('reading GIFT', () => {
  it('reads one right answer, with escapes and feedback', () => {
    expect(draft('::T1::Bằng 5\\: {~ \\= 2 + 2#sai = \\= 2 + 3 # đúng \\#1 ~\\{4\\}}')).toMatchObject({
      code: 'T1',
      title: 'T1',
      kind: 'choice',
      prompt: { stem: 'Bằng 5:', options: ['= 2 + 2', '= 2 + 3', '{4}'], multiple: false },
      key: { right: [1], scoring: 'allOrNothing', feedback: ['sai', 'đúng #1', ''] },
    });
  });

  it('keeps weights, and knows the ones that mean a share each', () => {
    expect(draft('Q {~a ~%50%b =c}')?.key).toMatchObject({
      scoring: 'weights',
      weights: [0, 0.5, 1],
      right: [1, 2],
    });
    expect(draft('Q {~%50%a ~%-50%b ~%50%c}')).toMatchObject({
      prompt: { multiple: true },
      key: { scoring: 'share', right: [0, 2] },
    });
    expect(draft('Q {~%33.33333%a ~%33.33333%b ~%33.33333%c ~%-100%d}')?.key).toMatchObject({
      scoring: 'weights',
      weights: [0.3333333, 0.3333333, 0.3333333, -1],
    });
  });

  it('asks for the key where no option earns anything', () => {
    const reading = read('Q {~a ~b}');
    expect(reading.blocks[0]).toMatchObject({
      outcome: 'warned',
      draft: { key: null, prompt: { multiple: false } },
    });
  });

  it('reads true and false in the words of two languages', () => {
    const words = ['T', 'TRUE', 'true', 'F', 'False', 'Đúng', 'Sai'];
    const drafts = read(words.map((word) => `Trái đất tròn.{${word}}`).join('\n\n')).blocks.map(
      (block) => block.draft?.key,
    );
    expect(drafts).toEqual([true, true, true, false, false, true, false].map((right) => ({ right })));
  });

  it('joins feedback that has no place of its own to the explanation', () => {
    expect(draft('Q{FALSE#sai rồi#đúng rồi####Vì thế.}')).toMatchObject({
      explanation: 'Vì thế.\nsai rồi\nđúng rồi',
    });
    expect(draft('Q{=Paris#tốt =%0%*#sai}')).toMatchObject({
      key: { accept: ['Paris'], accents: true, case: false },
      explanation: '“Paris”: tốt\n“*”: sai',
    });
  });

  it('reads numbers: exact, tolerance, range, several with weights', () => {
    expect(draft('Q{#1822}')?.key).toEqual({ value: 1822, tolerance: 0 });
    expect(draft('Q{#-3,5:0.5}')?.key).toEqual({ value: -3.5, tolerance: 0.5 });
    expect(draft('Q{#1..5}')?.key).toEqual({ from: 1, to: 5 });
    expect(draft('Q{#=1822:0 =%50%1822:2 ~#trật}')).toMatchObject({
      key: {
        accept: [
          { value: 1822, tolerance: 0 },
          { value: 1822, tolerance: 2, weight: 0.5 },
        ],
      },
      explanation: '“*”: trật',
    });
    expect(codesOf(read('Q{#1,000}'))).toContain('number-unreadable');
    expect(codesOf(read('Q{#}'))).toEqual(['key-missing']);
  });

  it('reads matching with distractors and shared right sides', () => {
    expect(draft('Ghép {=a -> x =b -> y =c->x = -> z}')).toMatchObject({
      kind: 'matching',
      prompt: { lefts: ['a', 'b', 'c'], rights: ['x', 'y', 'z'] },
      key: { pairs: [0, 1, 0] },
    });
    expect(codesOf(read('Ghép {=a -> x =b =c -> z}'))).toContain('gift-pair-broken');
  });

  it('takes matching with true and false for statements', () => {
    expect(draft('Xét {=một -> Đúng =hai -> Sai =ba -> Đúng}')).toMatchObject({
      kind: 'statements',
      prompt: { statements: ['một', 'hai', 'ba'] },
      key: { truths: [true, false, true] },
    });
  });

  it('reads orderings', () => {
    expect(
      draft('Xếp {> 3 ALL VERTICAL RELATIVE_NEXT_EXCLUDE_LAST SHOW none\nmột\nhai\nba\n}'),
    ).toMatchObject({
      kind: 'ordering',
      prompt: { items: ['một', 'hai', 'ba'] },
      key: { order: [0, 1, 2], scoring: 'adjacent' },
    });
    expect(draft('Xếp {>\n=một\n=hai}')).toMatchObject({
      prompt: { items: ['một', 'hai'] },
      key: { scoring: 'exact' },
    });
  });

  it('reads a missing word as a gap', () => {
    expect(draft('Hà Nội là {~tỉnh =thủ đô} của nước ta.')?.prompt.stem).toBe('Hà Nội là _____ của nước ta.');
    expect(draft('[markdown]Hà Nội là {~tỉnh =thủ đô} **cũ**.')?.prompt.stem).toContain('Hà Nội là');
  });

  it('reads essays and descriptions', () => {
    expect(draft('Viết bài.{}')).toMatchObject({ kind: 'essay', key: null });
    expect(draft('Chỉ là lời dẫn.')).toMatchObject({ kind: 'info', key: null });
    expect(codesOf(read('Viết bài.{}'))).toEqual([]);
  });

  it('takes ids, tags and difficulties out of comments, and topics from categories', () => {
    const reading = read(
      '$CATEGORY: $course$/top/Luật/Chương 1//2\n\n// question: 5 [id:LU-01] [tag:a\\]b] [tag:Mức độ: thông hiểu]\nQ{T}',
    );
    expect(countsOf(reading)).toEqual({ ignored: 1, trueFalse: 1 });
    expect(reading.blocks[1]?.draft).toMatchObject({
      code: 'LU-01',
      tags: ['a]b'],
      difficulty: 2,
      topic: 'Luật / Chương 1/2',
    });
  });

  it('reads HTML, Markdown and formulas as rich text', () => {
    expect(draft('[html]<p>Một <b>chữ</b></p>{=<i>x</i> ~y}')).toMatchObject({
      prompt: { rich: true, stem: 'Một **chữ**', options: ['*x*', 'y'] },
    });
    expect(draft('[markdown]Một **chữ**{T}')).toMatchObject({ prompt: { rich: true, stem: 'Một **chữ**' } });
    expect(draft('Tính \\(x \\neq 2\\)\\: {T}')).toMatchObject({
      prompt: { rich: true, stem: 'Tính $x \\neq 2$:' },
    });
    expect(draft('[plain]Một <b>chữ</b>{T}')?.prompt).toEqual({ stem: 'Một <b>chữ</b>' });
  });

  it('forgives formulas whose braces and equals signs nobody escaped', () => {
    expect(draft('Tính \\(\\frac{a}{b}\\) khi\n{=\\(x=\\frac{1}{2}\\) ~\\(x=2\\)}')?.prompt).toEqual({
      rich: true,
      stem: 'Tính $\\frac{a}{b}$ khi',
      options: ['$x=\\frac{1}{2}$', '$x=2$'],
      multiple: false,
    });
  });

  it('forgives attributes whose equals signs nobody escaped', () => {
    expect(draft('[html]Q{=<span style="x">a</span> ~b}')?.prompt).toMatchObject({ options: ['a', 'b'] });
  });

  it('goes on behind blank lines inside braces', () => {
    expect(draft('Q {\n\n~a\n\n=b\n\n}')?.prompt).toMatchObject({ options: ['a', 'b'] });
  });

  it('loses a broken block only, each with its place', () => {
    const reading = read(
      'Một {~a =b\n\nHai{T}\n\nBa }{\n\nBốn{~a{b} =c}\n\n::Năm Q{F}\n\nSáu{=a} {=b}\n\nBảy{T}',
    );
    expect(reading.blocks.map(({ outcome, place }) => [outcome, place])).toEqual([
      ['quarantined', { line: 1 }],
      ['imported', { line: 3 }],
      ['quarantined', { line: 5 }],
      ['quarantined', { line: 7 }],
      ['warned', { line: 9 }],
      ['quarantined', { line: 11 }],
      ['imported', { line: 13 }],
    ]);
  });

  it('reads files of Windows and files with a mark at the front', () => {
    const latin = readGift(new Uint8Array(Buffer.from('::é::¿Cómo se llama el niño?{T}', 'latin1')));
    expect(latin.blocks[0]?.draft).toMatchObject({ title: 'é', prompt: { stem: '¿Cómo se llama el niño?' } });
    const marked = readGift(
      new Uint8Array([0xef, 0xbb, 0xbf, ...bytesOf('// x\r\nĐúng?\r\n{T}\r\n\r\nSai?{F}')]),
    );
    expect(countsOf(marked)).toEqual({ trueFalse: 2 });
    const old = readGift(
      new Uint8Array(Buffer.from('C©u hái\\: ViÖt Nam ®éc lËp n¨m nµo?{#1945}', 'latin1')),
    );
    expect(old.blocks[0]?.draft?.prompt.stem).toBe('Câu hỏi: Việt Nam độc lập năm nào?');
    expect(codesOf(old)).toEqual(['legacy-text']);
  });

  it('separates questions between which a blank line was forgotten', () => {
    const reading = read('::1::Một{T}\n::2::Hai{\n~a\n=b\n}\n// ghi chú\nBa{F}');
    expect(reading.blocks.map(({ draft: found, place }) => [found?.kind, place])).toEqual([
      ['trueFalse', { line: 1 }],
      ['choice', { line: 2 }],
      ['trueFalse', { line: 6 }],
    ]);
    expect(codesOf(reading)).toEqual(['gift-no-blank-line', 'gift-no-blank-line']);
  });
});
