import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markupOf } from '../../../questions/formats/found-text.ts';
import { htmlOf, survivesHtml } from '../../../questions/formats/html-out.ts';
import { MediaShelf } from '../../../questions/formats/media.ts';
import { Remarks } from '../../../questions/formats/reading.ts';
import { foundInHtml, foundInMarkdown, foundInMoodleText } from '../../../questions/formats/rich-html.ts';
import { parse } from '../../../questions/rich-text.ts';

function context() {
  return { shelf: new MediaShelf(), remarks: new Remarks({ line: 1 }), files: new Map<string, string>() };
}

function markup(html: string): string {
  return markupOf(foundInHtml(html, context()));
}

describe('HTML to rich text', () => {
  it('is plain where nothing but letters and breaks is in it', () => {
    const plain = (html: string) => foundInHtml(html, context()).plain;
    expect(plain('<p>Một &amp; hai&nbsp;&nbsp;ba</p>')).toBe('Một & hai ba');
    expect(plain('<p>a</p>\n<p>b<br>c</p>')).toBe('a\n\nb\nc');
    expect(plain('<div>a</div><div>b</div>')).toBe('a\nb');
    expect(plain('<span style="font-size: 12pt">a</span><!-- x --><o:p></o:p>')).toBe('a');
    expect(plain('a < b')).toBe('a < b');
    expect(plain('<b>a</b>')).toBeNull();
  });

  it('keeps marks by name and by style', () => {
    expect(markup('<b>a</b><strong>b</strong> <i>c</i> <u>d</u> x<sup>2</sup> H<sub>2</sub>O')).toBe(
      '**ab** *c* __d__ x^2^ H~2~O',
    );
    expect(markup('<span style="font-weight: 700; font-style: italic">a</span>')).toBe(
      markup('<b><i>a</i></b>'),
    );
    expect(markup('<b style="font-weight: normal">a</b>')).toBe('a');
    expect(markup('Tên: <u>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;</u>')).toBe('Tên: _____');
  });

  it('keeps lists, tables and links as what people read', () => {
    expect(markup('<p>Gồm:</p><ul><li>một</li><li>hai</li></ul><ol><li>x</li><li>y</li></ol>')).toBe(
      'Gồm:\n\n• một\n• hai\n\n1. x\n2. y',
    );
    expect(markup('<table><tr><th>A</th><th>B</th></tr><tr><td colspan="2">x|y</td></tr></table>')).toBe(
      '| A | B |\n|---|---|\n| x\\|y |  |',
    );
    expect(markup('<a href="https://example.org/a">xem</a>')).toBe('xem (https://example.org/a)');
    expect(markup('<a href="javascript:alert(1)">xem</a>')).toBe('xem');
  });

  it('keeps formulas in every way of writing them', () => {
    expect(markup('\\(x^2\\) và \\[y\\] và $$z$$ giá $5')).toBe('$x^2$ và $$y$$ và $$z$$ giá \\$5');
    expect(
      markup(
        '<math><semantics><mi>x</mi><annotation encoding="application/x-tex">x_1</annotation></semantics></math>',
      ),
    ).toBe('$x_1$');
    expect(markup('\\(a &lt; b\\)')).toBe('$a < b$');
  });

  it('lets nothing through that could run, and says what was left out', () => {
    const { remarks, ...rest } = context();
    const evil =
      '<script>alert(1)</script><style>x</style><iframe src="//x"></iframe><svg onload="a"></svg><img src=x onerror=alert(1)><p onclick="a">chữ</p>';
    const found = foundInHtml(evil, { ...rest, remarks });
    expect(found.plain).toBe('chữ');
    expect(remarks.messages.map(({ code }) => code)).toEqual([
      'content-dropped',
      'content-dropped',
      'image-missing',
    ]);
  });

  it('reads Markdown, with formulas untouched by it', () => {
    const found = (text: string) => markupOf(foundInMarkdown(text, context()));
    expect(found('**a** _b_ \\(x_1 * y_2 * z\\)')).toBe('**a** *b* $x_1 * y_2 * z$');
    expect(found('1. một\n2. hai')).toBe('1. một\n2. hai');
  });

  it('takes line breaks of texts of no declared kind', () => {
    expect(foundInMoodleText('a\nb', context()).plain).toBe('a\nb');
    expect(markupOf(foundInMoodleText('<b>a</b>\nb', context()))).toBe('**a**\\+b');
    expect(foundInMoodleText('1 < 2 & 3', context()).plain).toBe('1 < 2 & 3');
  });

  it('gives only what the tree knows, whatever HTML comes', () => {
    const pieces = fc.constantFrom(
      '<b>',
      '</b>',
      '<p>',
      '</i>',
      '<table>',
      '<td>',
      '<tr>',
      '</table>',
      '<img src="a">',
      '<li>',
      '<a href="x">',
      '\\(',
      '\\)',
      '$$',
      '&lt;',
      'chữ',
      ' ',
      '\n',
      '<svg><p>',
      '<!--',
      '-->',
      '<math>',
      '<select>',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (all) => {
        const first = markup(all.join(''));
        expect(JSON.stringify(parse(first))).not.toMatch(
          /"type":"(?!paragraph|table|text|bold|italic|underline|above|below|formula|image)/,
        );
      }),
    );
  });

  it('comes back from HTML that we wrote, or is known not to', () => {
    for (const text of [
      '**a** *b*',
      '$x<1$',
      '| a | b |\n| c | d |',
      'a\nb\n\nc',
      String.raw`x \\(y\\) \$\$z\$\$`,
    ]) {
      expect([text, survivesHtml(text)]).toEqual([text, true]);
    }
    expect(survivesHtml('hai  dấu cách')).toBe(false);
    expect(htmlOf('a < b', () => null)).toBe('<p>a &lt; b</p>');
  });
});
