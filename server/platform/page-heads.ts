/**
 * What a page's first HTML says of it: title, description, picture and address for chat apps, portals and search, the text for
 * readers without scripts, and what its screen will fetch. Pure: the built page goes in, the described one comes out, every text escaped.
 */

import type { ScreenFiles } from '../contracts/screens.ts';

export interface PageHead {
  readonly title: string;
  readonly description: string;
  /** Whole address of a picture; null: the product's own. */
  readonly image: string | null;
  /** Whole address that the page is known by. */
  readonly address: string;
  /** False: search engines leave it out. */
  readonly indexed: boolean;
  /** Shown when scripts are off. */
  readonly text: readonly PlainBlock[];
  /** Addresses of our API that its screen asks first, without a query. */
  readonly asks: readonly string[];
}

export type PlainBlock =
  | { readonly heading: string }
  | { readonly paragraph: string }
  | { readonly items: readonly string[] };

const DESCRIPTION_MAX = 300;

/** `picture`: whole address of the product's own picture. */
export function describedPage(html: string, head: PageHead, picture: string): string {
  const title = escaped(head.title);
  const description = escaped(shortened(head.description));
  const image = escaped(head.image ?? picture);
  const address = escaped(head.address);
  const tags = [
    `<link rel="canonical" href="${address}" />`,
    ...(head.indexed ? [] : ['<meta name="robots" content="noindex" />']),
    '<meta property="og:type" content="website" />',
    '<meta property="og:site_name" content="Hội Thi" />',
    '<meta property="og:locale" content="vi_VN" />',
    `<meta property="og:title" content="${title}" />`,
    `<meta property="og:description" content="${description}" />`,
    `<meta property="og:url" content="${address}" />`,
    `<meta property="og:image" content="${image}" />`,
    `<meta property="og:image:alt" content="${title}" />`,
    '<meta name="twitter:card" content="summary_large_image" />',
    `<meta name="twitter:title" content="${title}" />`,
    `<meta name="twitter:description" content="${description}" />`,
    `<meta name="twitter:image" content="${image}" />`,
  ];
  const text =
    head.text.length === 0
      ? ''
      : `<noscript><article>${head.text.map(blockHtml).join('')}</article></noscript>`;
  return html
    .replace(/<title>[^<]*<\/title>/, () => `<title>${title}</title>`)
    .replace(/<meta name="description"[^>]*>/, () => `<meta name="description" content="${description}" />`)
    .replace('</head>', () => `${tags.join('\n    ')}\n  </head>`)
    .replace('<div id="app">', () => `${text}<div id="app">`);
}

/**
 * The page with word of what it will fetch, so that the browser does not wait until the client is there to ask. What is asked
 * comes first, being small; the title is where the head begins to say anything of its page.
 */
export function expectingPage(
  html: string,
  { scripts, styles }: ScreenFiles,
  asks: readonly string[],
): string {
  const link = (kind: string) => (path: string) => `<link ${kind} crossorigin href="${escaped(path)}" />`;
  const first = asks.map(link('rel="preload" as="fetch"'));
  const files = [
    ...scripts.map(link('rel="modulepreload"')),
    ...styles.map(link('rel="preload" as="style"')),
  ];
  return html
    .replace('<title>', () => [...first, '<title>'].join('\n    '))
    .replace('</head>', () => [...files.map((one) => `  ${one}`), '</head>'].join('\n  '));
}

function blockHtml(block: PlainBlock): string {
  if ('heading' in block) return `<h2>${escaped(block.heading)}</h2>`;
  if ('items' in block) return `<ul>${block.items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`;
  return `<p>${escaped(block.paragraph).replaceAll('\n', '<br />')}</p>`;
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= DESCRIPTION_MAX ? line : `${line.slice(0, DESCRIPTION_MAX - 1).trimEnd()}…`;
}

/** For text and for attributes in double quotes. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
