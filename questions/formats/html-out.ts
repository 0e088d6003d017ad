/** Rich text → HTML for other programs. What the reader of HTML would not bring back is found by trying. */
import { type Block, type Inline, type Line, type Mark, parse, write } from '../rich-text.ts';
import { markupOf } from './found-text.ts';
import { MediaShelf } from './media.ts';
import { Remarks } from './reading.ts';
import { foundInHtml } from './rich-html.ts';

/** The address of a picture, or null when there is none to give. */
export type AddressOf = (sha256: string) => string | null;

const TAGS: Readonly<Record<Mark, string>> = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  above: 'sup',
  below: 'sub',
};

/** Letters as HTML. Signs that would begin a formula are kept apart. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/\\(?=[([])|\$(?=\$)|\[(?=\/?tex\])/g, '$&<wbr>')
    .replaceAll('\n', '<br>');
}

/** HTML of a text in our markup. */
export function htmlOf(markup: string, addressOf: AddressOf): string {
  return parse(markup)
    .map((block) => blockHtml(block, addressOf))
    .join('');
}

function blockHtml(block: Block, addressOf: AddressOf): string {
  if (block.type === 'paragraph') return `<p>${lineHtml(block.children, addressOf)}</p>`;
  const rows = block.rows.map((row, i) => {
    const tag = block.heading && i === 0 ? 'th' : 'td';
    return `<tr>${row.map((cell) => `<${tag}>${lineHtml(cell, addressOf)}</${tag}>`).join('')}</tr>`;
  });
  return `<table><tbody>${rows.join('')}</tbody></table>`;
}

function lineHtml(line: Line, addressOf: AddressOf): string {
  return line.map((node) => inlineHtml(node, addressOf)).join('');
}

function inlineHtml(node: Inline, addressOf: AddressOf): string {
  switch (node.type) {
    case 'text':
      return escapeHtml(node.text);
    case 'formula': {
      const latex = node.latex.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
      return node.display ? `\\[${latex}\\]` : `\\(${latex}\\)`;
    }
    case 'image': {
      const address = addressOf(node.media);
      return address === null
        ? escapeHtml(node.alt)
        : `<img src="${escapeHtml(address)}" alt="${escapeHtml(node.alt)}">`;
    }
    default:
      return `<${TAGS[node.type]}>${lineHtml(node.children, addressOf)}</${TAGS[node.type]}>`;
  }
}

/** The SHA-256 of every picture in a text. */
export function picturesIn(markup: string): readonly string[] {
  return parse(markup).flatMap((block) =>
    (block.type === 'paragraph' ? [block.children] : block.rows.flat()).flatMap(picturesOfLine),
  );
}

function picturesOfLine(line: Line): readonly string[] {
  return line.flatMap((node) => {
    if (node.type === 'image') return [node.media];
    return 'children' in node ? picturesOfLine(node.children) : [];
  });
}

/** Whether HTML brings a text back as it is. */
export function survivesHtml(markup: string): boolean {
  const pictures = picturesIn(markup);
  const files = new Map(pictures.map((sha256): [string, string] => [sha256, sha256]));
  const context = { shelf: new MediaShelf(), remarks: new Remarks({ line: 1 }), files };
  const back = foundInHtml(
    htmlOf(markup, (sha256) => sha256),
    context,
  );
  return markupOf(back) === write(parse(markup));
}

/** Letters and formulas of a text, for places that show nothing else; `escapeText` is for the letters. */
export function bareOf(markup: string, escapeText: (text: string) => string = (text) => text): string {
  return parse(markup)
    .map((block) =>
      block.type === 'paragraph'
        ? bareLine(block.children, escapeText)
        : block.rows.map((row) => row.map((cell) => bareLine(cell, escapeText)).join(' | ')).join('\n'),
    )
    .join('\n');
}

function bareLine(line: Line, escapeText: (text: string) => string): string {
  return line
    .map((node) => {
      if (node.type === 'text') return escapeText(node.text);
      if (node.type === 'image') return escapeText(node.alt);
      if (node.type !== 'formula') return bareLine(node.children, escapeText);
      return node.display ? `\\[${escapeText(node.latex)}\\]` : `\\(${escapeText(node.latex)}\\)`;
    })
    .join('');
}
