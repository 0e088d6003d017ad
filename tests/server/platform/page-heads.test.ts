import fc from 'fast-check';
import { type DefaultTreeAdapterMap, parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { describedPage, expectingPage, type PageHead } from '../../../server/platform/page-heads.ts';

const HTML = `<!doctype html>
<html lang="vi">
  <head>
    <meta charset="utf-8" />
    <meta name="description" content="Hội Thi" />
    <title>Hội Thi</title>
    <script src="/start.js"></script>
  </head>
  <body>
    <div id="app"></div>
  </body>
</html>`;
const PICTURE = 'https://hoithi.example.vn/chia-se.png';
const head = (more: Partial<PageHead> = {}): PageHead => ({
  title: 'Tìm hiểu "Nghị quyết 15" & $& hơn',
  description: 'Một cuộc thi',
  image: null,
  address: 'https://hoithi.example.vn/cuoc-thi/x',
  indexed: true,
  text: [],
  asks: [],
  ...more,
});

/** Elements with the names of their attributes, in their order. */
function namesIn(node: DefaultTreeAdapterMap['node']): string[] {
  const own = 'tagName' in node ? [[node.tagName, ...node.attrs.map(({ name }) => name)].join(' ')] : [];
  return 'childNodes' in node ? [...own, ...node.childNodes.flatMap(namesIn)] : own;
}

describe('a described page', () => {
  it('says its title, description, picture and address, and is otherwise the page that was built', () => {
    const page = describedPage(HTML, head(), PICTURE);
    expect(page).toContain('<title>Tìm hiểu &quot;Nghị quyết 15&quot; &amp; $&amp; hơn</title>');
    expect(page).toContain('<meta name="description" content="Một cuộc thi" />');
    expect(page).toContain(`<meta property="og:image" content="${PICTURE}" />`);
    expect(page).toContain('<link rel="canonical" href="https://hoithi.example.vn/cuoc-thi/x" />');
    expect(page).toContain('twitter:card');
    expect(page).not.toContain('noindex');
    expect(page).toContain('<script src="/start.js"></script>');
    expect(describedPage(HTML, head({ indexed: false }), PICTURE)).toContain('content="noindex"');
    expect(describedPage(HTML, head({ image: 'https://x.vn/a.png' }), PICTURE)).not.toContain(PICTURE);
    expect(describedPage(HTML, head({ description: 'dài '.repeat(500) }), PICTURE).length).toBeLessThan(3500);
  });

  it('has its text for readers without scripts', () => {
    const text = [{ heading: 'Thể lệ' }, { paragraph: 'Dòng một\ndòng <b>hai</b>' }, { items: ['a', 'b'] }];
    const page = describedPage(HTML, head({ text }), PICTURE);
    expect(page).toContain(
      '<noscript><article><h2>Thể lệ</h2><p>Dòng một<br />dòng &lt;b&gt;hai&lt;/b&gt;</p><ul><li>a</li><li>b</li></ul></article></noscript><div id="app">',
    );
  });

  it('gets no element or attribute from what somebody wrote', () => {
    const skeleton = (html: string) => namesIn(parse(html, { scriptingEnabled: false }));
    const wanted = skeleton(describedPage(HTML, head({ text: [{ paragraph: 'x' }] }), PICTURE));
    const nasty = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '</title><script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        "$'",
        '</noscript><b>',
      ),
    );
    fc.assert(
      fc.property(nasty, nasty, (one, two) => {
        const text = [{ paragraph: one.replace(/\n/g, ' ') }];
        const page = describedPage(HTML, head({ title: one, description: two, text }), PICTURE);
        expect(skeleton(page)).toEqual(wanted);
      }),
    );
  });
});

describe('a page that says what it will fetch', () => {
  it('names what is asked before the client, files behind it, each once and as the client will fetch them', () => {
    const files = { scripts: ['/assets/a.js', '/assets/b.js'], styles: ['/assets/a.css'] };
    const page = expectingPage(HTML, files, ['/api/contests/x"y']);
    const hints = [...page.matchAll(/<link ([^>]*) \/>/g)].map(([, attributes]) => attributes);
    expect(hints).toEqual([
      'rel="preload" as="fetch" crossorigin href="/api/contests/x&quot;y"',
      'rel="modulepreload" crossorigin href="/assets/a.js"',
      'rel="modulepreload" crossorigin href="/assets/b.js"',
      'rel="preload" as="style" crossorigin href="/assets/a.css"',
    ]);
    expect(page.indexOf('as="fetch"')).toBeLessThan(page.indexOf('<script'));
    expect(page.replace(/ *<link [^>]*>\n/g, '')).toBe(HTML);
    expect(expectingPage(HTML, { scripts: [], styles: [] }, [])).toBe(HTML);
  });
});
