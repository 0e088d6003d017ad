import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSafeAddress, mediaOf, parsePage } from '../../../server/contests/page-rules.ts';
import type { Block, Span } from '../../../server/contracts/contests.ts';

const media = 'a'.repeat(64);

function spansOf(block: Block): readonly Span[] {
  if (block.type === 'image') return [];
  return block.type === 'list' ? block.items.flat() : block.spans;
}

describe('page text', () => {
  it('reads headings, paragraphs, lists, styles, links and pictures', () => {
    const text = [
      '## Thể lệ',
      '',
      'Dự thi **miễn phí**, *ai cũng được*.',
      'Xem [trang chủ](https://example.vn/a?b=1).',
      '- một',
      '- **hai** câu',
      '  và nữa',
      '1. đầu',
      '2) sau',
      `![Áp phích](media:${media})`,
      '### Nhỏ',
    ].join('\n');
    expect(parsePage(text)).toEqual([
      { type: 'heading', level: 2, spans: [{ text: 'Thể lệ' }] },
      {
        type: 'paragraph',
        spans: [
          { text: 'Dự thi ' },
          { text: 'miễn phí', bold: true },
          { text: ', ' },
          { text: 'ai cũng được', italic: true },
          { text: '.\nXem ' },
          { text: 'trang chủ', href: 'https://example.vn/a?b=1' },
          { text: '.' },
        ],
      },
      {
        type: 'list',
        ordered: false,
        items: [
          [{ text: 'một' }],
          [{ text: 'hai', bold: true }, { text: ' câu' }, { text: '\n' }, { text: 'và nữa' }],
        ],
      },
      { type: 'list', ordered: true, items: [[{ text: 'đầu' }], [{ text: 'sau' }]] },
      { type: 'image', media, alt: 'Áp phích' },
      { type: 'heading', level: 3, spans: [{ text: 'Nhỏ' }] },
    ]);
    expect(mediaOf(parsePage(text))).toEqual([media]);
  });

  it('leaves as text what is no markup', () => {
    for (const text of ['5 * 3 * 2 = 30', 'a ** b', '[x]', '*chưa đóng', '#hashtag', 'giá \\*sao\\*']) {
      const [block] = parsePage(text);
      expect(block).toEqual({ type: 'paragraph', spans: [{ text: text.replaceAll('\\', '') }] });
    }
  });

  it('makes no link of an address that could run something', () => {
    const bad = [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'data:text/html,x',
      '//evil.vn',
      '/\\evil.vn',
      'vbscript:x',
    ];
    for (const href of bad) {
      expect(isSafeAddress(href)).toBe(false);
      expect(
        parsePage(`[x](${href})`)
          .flatMap(spansOf)
          .some((span) => 'href' in span),
      ).toBe(false);
    }
    for (const href of ['/cuoc-thi', 'https://a.vn', 'mailto:a@b.vn', 'tel:0912345678'])
      expect(isSafeAddress(href)).toBe(true);
  });

  it('never throws, links to safe addresses only, and keeps every letter of the text', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '**',
        '*',
        '[',
        ']',
        '(',
        ')',
        '\\',
        '\n',
        '\n\n',
        '- ',
        '## ',
        '![',
        'javascript:',
        'https://a.vn',
        '/a',
        ' ',
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const spans = parsePage(text).flatMap(spansOf);
        for (const { href } of spans) expect(href === undefined || isSafeAddress(href)).toBe(true);
        const letters = (some: string) => some.normalize('NFC').replace(/[^\p{L}]/gu, '');
        const shown = letters(
          spans.map((span) => span.text).join('') + spans.map((span) => span.href ?? '').join(''),
        );
        expect(shown.length).toBeLessThanOrEqual(letters(text).length * 2);
        if (!/[[\]()\\]/.test(text)) expect(shown).toBe(letters(text));
      }),
      { numRuns: 500 },
    );
  });

  it('reads the longest page in time, whatever it is made of', () => {
    for (const piece of ['*a', '**', '[', '[a](', '\\', '- a\n', '[a](/b)'])
      expect(parsePage(piece.repeat(Math.floor(50_000 / piece.length))).length).toBeGreaterThan(0);
  }, 5000);
});
