import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Block,
  escapeText,
  type Inline,
  type Line,
  parse,
  plainText,
  write,
} from '../../questions/rich-text.ts';

const media = 'a'.repeat(64);
const paragraph = (...children: Inline[]): Block => ({ type: 'paragraph', children });
const text = (words: string): Inline => ({ type: 'text', text: words });

/** Texts that are full of signs. */
const tricky = fc.string({
  unit: fc.constantFrom(
    ...['*', '**', '_', '__', '^', '~', '$', '$$', '!', '[', ']', '|', '\\', '&', '+', ' ', '\n', '1'],
    ...['a', 'ế', '`', '(media:', ')', '-', ':', '![', media, '\t', '\r', '<b>', '{{1}}', '😀'],
  ),
  maxLength: 60,
});

const inline = fc.letrec<{ node: Inline; line: Line }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tricky.map(text),
    fc.record({
      type: fc.constant('formula' as const),
      latex: fc.constantFrom('x^2', '\\frac{1}{2}', '|a|', '\\text{a \\$ b}', 'a_1*b*c', '\\\\'),
      display: fc.boolean(),
    }),
    fc.record({ type: fc.constant('image' as const), alt: tricky, media: fc.constant(media) }),
    fc.record({
      type: fc.constantFrom('bold' as const, 'italic' as const, 'underline' as const, 'above' as const),
      children: tie('line'),
    }),
  ),
  line: fc.array(tie('node'), { maxLength: 4 }),
}));
const tree = fc.array(
  fc.oneof(
    inline.line.map((children): Block => ({ type: 'paragraph', children })),
    fc
      .array(fc.array(inline.line, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 3 })
      .chain((rows) => fc.boolean().map((heading): Block => ({ type: 'table', heading, rows }))),
  ),
  { maxLength: 3 },
);

/** Every letter that is read out of a tree, without white space, which the ends of lines may lose. */
const letters = (blocks: readonly Block[]): string => {
  const ofLine = (line: Line): string =>
    line
      .map((node) => {
        if (node.type === 'text') return node.text;
        if (node.type === 'formula') return node.latex;
        return node.type === 'image' ? node.media : ofLine(node.children);
      })
      .join('');
  return blocks
    .map((block) =>
      block.type === 'paragraph' ? ofLine(block.children) : block.rows.flat().map(ofLine).join(''),
    )
    .join('')
    .replace(/\s/g, '');
};

describe('rich text', () => {
  test('reads the marks, formulas, pictures and tables that people write', () => {
    expect(parse('Nghị quyết **15-NQ/TW** và *điều* __này__')).toEqual([
      paragraph(
        text('Nghị quyết '),
        { type: 'bold', children: [text('15-NQ/TW')] },
        text(' và '),
        { type: 'italic', children: [text('điều')] },
        text(' '),
        { type: 'underline', children: [text('này')] },
      ),
    ]);
    expect(parse('H~2~O, m^2^, $x^2+1$ và $$\\frac12$$')).toEqual([
      paragraph(
        text('H'),
        { type: 'below', children: [text('2')] },
        text('O, m'),
        { type: 'above', children: [text('2')] },
        text(', '),
        { type: 'formula', latex: 'x^2+1', display: false },
        text(' và '),
        { type: 'formula', latex: '\\frac12', display: true },
      ),
    ]);
    expect(parse(`![Cột cờ](media:${media})`)).toEqual([paragraph({ type: 'image', alt: 'Cột cờ', media })]);
    expect(parse('Bảng:\n| Năm | Số |\n|---|---|\n| 2024 | 1\\|2 |\nHết')).toEqual([
      paragraph(text('Bảng:')),
      {
        type: 'table',
        heading: true,
        rows: [
          [[text('Năm')], [text('Số')]],
          [[text('2024')], [text('1|2')]],
        ],
      },
      paragraph(text('Hết')),
    ]);
    expect(parse('một\nhai\n\n \nba')).toEqual([paragraph(text('một\nhai')), paragraph(text('ba'))]);
  });

  test('what is no markup stays as it was typed', () => {
    for (const plain of [
      'Giá $5 và $10, rồi 2 * 3 * 4',
      'Điền vào _____ và ______.',
      'a ** b, snake_case, <b>đậm</b>, C:\\new',
      `![x](https://example.org/a.png) [x](media:${media})`,
      `![x](media:${'A'.repeat(64)})`,
      '** mở mà không đóng',
      'a|b|c',
      '$$ $$',
    ])
      expect(parse(plain)).toEqual([paragraph(text(plain))]);
    expect(parse('**mở')).toEqual([paragraph(text('**mở'))]);
    expect(parse('\\*sao\\* \\$1\\$')).toEqual([paragraph(text('*sao* $1$'))]);
    expect(parse('')).toEqual([]);
  });

  test('a written text reads back as the same tree, from any text', () => {
    expect(parse('$$a\r\t+ b$$')).toEqual([paragraph({ type: 'formula', latex: 'a\n+ b', display: true })]);
    fc.assert(
      fc.property(fc.oneof(tricky, fc.string({ unit: 'binary' })), (typed) => {
        const once = parse(typed);
        expect(parse(write(once))).toEqual(once);
      }),
      { numRuns: 5_000 },
    );
  });

  test('a tree made by somebody else is written without losing a letter, and settles', () => {
    fc.assert(
      fc.property(tree, (made) => {
        const read = parse(write(made));
        expect(letters(read)).toBe(letters(made));
        expect(parse(write(read))).toEqual(read);
      }),
      { numRuns: 2_000 },
    );
  });

  test('any text can be written so that it means itself', () => {
    fc.assert(
      fc.property(tricky, (typed) => {
        const shown = parse(escapeText(typed));
        expect(shown.every(({ type }) => type === 'paragraph')).toBe(true);
        expect(plainText(escapeText(typed)).replace(/\s+/g, '')).toBe(typed.replace(/\s+/g, ''));
        for (const block of shown)
          if (block.type === 'paragraph') expect(block.children.map(({ type }) => type)).toEqual(['text']);
      }),
      { numRuns: 3_000 },
    );
  });

  test('no text whatever makes anything but texts, marks, formulas, tables and pictures of ours', () => {
    const kinds = /^(text|bold|italic|underline|above|below|formula|image)$/;
    const check = (line: Line): void => {
      for (const node of line) {
        expect(node.type).toMatch(kinds);
        if (node.type === 'image') expect(node.media).toMatch(/^[0-9a-f]{64}$/);
        if ('children' in node) check(node.children);
      }
    };
    fc.assert(
      fc.property(fc.oneof(tricky, fc.string({ unit: 'binary', maxLength: 200 })), (typed) => {
        for (const block of parse(typed))
          for (const line of block.type === 'table' ? block.rows.flat() : [block.children]) check(line);
      }),
    );
  });

  test('reads the longest and worst texts quickly', () => {
    for (const piece of [
      '*',
      '**a',
      '$',
      '$a',
      '![',
      '^$a$^',
      '__a *b ~c ',
      '|',
      '| a |\n',
      '\\',
      '_',
      '\n',
    ]) {
      const long = piece.repeat(50_000 / piece.length);
      const started = performance.now();
      const read = parse(long);
      write(read);
      expect(performance.now() - started, piece).toBeLessThan(3_000);
    }
  });

  test('for search only what can be read is left', () => {
    expect(plainText(`**Đậm** $x^2$ ![Cột cờ](media:${media})\n\n| a | b |`)).toBe('Đậm x^2 Cột cờ\na | b');
  });
});
