/** Texts of questions as WordprocessingML. */
import { type Block, type Inline, type Line, type Mark, parse } from '../../rich-text.ts';
import type { DocumentParts } from './parts.ts';

/** b: bold, i: italic, u: underlined, s: superscript, d: subscript. */
const PROPERTIES: readonly (readonly [string, string])[] = [
  ['b', '<w:b/>'],
  ['i', '<w:i/>'],
  ['u', '<w:u w:val="single"/>'],
  ['s', '<w:vertAlign w:val="superscript"/>'],
  ['d', '<w:vertAlign w:val="subscript"/>'],
];
const SIGN: Readonly<Record<Mark, string>> = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  above: 's',
  below: 'd',
};

/** What XML 1.0 cannot hold is left out. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** A run; line breaks in it are soft ones. */
export function run(text: string, marks = ''): string {
  const properties = PROPERTIES.filter(([sign]) => marks.includes(sign)).map(([, xml]) => xml);
  const body = text
    .split('\n')
    .map((line) => (line === '' ? '' : `<w:t xml:space="preserve">${escapeXml(line)}</w:t>`))
    .join('<w:br/>');
  return `<w:r>${properties.length === 0 ? '' : `<w:rPr>${properties.join('')}</w:rPr>`}${body}</w:r>`;
}

export function paragraph(runs: readonly string[], align: 'left' | 'center' = 'left'): string {
  const properties = align === 'center' ? '<w:pPr><w:jc w:val="center"/></w:pPr>' : '';
  return `<w:p>${properties}${runs.join('')}</w:p>`;
}

const BORDERS = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
  .map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>`)
  .join('');

/** A table of cells that are WordprocessingML themselves. */
export function tableXml(rows: readonly (readonly string[])[]): string {
  const width = Math.max(1, ...rows.map(({ length }) => length));
  const grid = '<w:gridCol/>'.repeat(width);
  // Word refuses a cell that ends with a table.
  const ended = (inner: string) => (inner.endsWith('</w:tbl>') ? `${inner}<w:p/>` : inner);
  const cell = (inner: string) =>
    `<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr>${ended(inner)}</w:tc>`;
  const lines = rows.map((row) => `<w:tr>${row.map(cell).join('')}</w:tr>`).join('');
  return `<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>${BORDERS}</w:tblBorders></w:tblPr><w:tblGrid>${grid}</w:tblGrid>${lines}</w:tbl>`;
}

/** A table of plain texts. */
export function tableOf(rows: readonly (readonly string[])[]): string {
  return tableXml(rows.map((row) => row.map((text) => paragraph([run(text)]))));
}

/** A text of a question as paragraphs and tables; `before` stands at its beginning. */
export function richParagraphs(
  text: string,
  isRich: boolean,
  before: string,
  parts: DocumentParts,
): readonly string[] {
  if (!isRich) return [paragraph([before, run(text)])];
  const [first, ...rest] = parse(text);
  if (first === undefined || first.type === 'table')
    return [
      paragraph([before]),
      ...(first === undefined ? [] : [blockXml(first, parts)]),
      ...rest.map((block) => blockXml(block, parts)),
    ];
  return [
    paragraph([before, ...lineXml(first.children, '', parts)]),
    ...rest.map((block) => blockXml(block, parts)),
  ];
}

function blockXml(block: Block, parts: DocumentParts): string {
  if (block.type === 'paragraph') return paragraph(lineXml(block.children, '', parts));
  return tableXml(block.rows.map((row) => row.map((cell) => paragraph(lineXml(cell, '', parts)))));
}

function lineXml(line: Line, marks: string, parts: DocumentParts): readonly string[] {
  return line.flatMap((node) => inlineXml(node, marks, parts));
}

function inlineXml(node: Inline, marks: string, parts: DocumentParts): readonly string[] {
  switch (node.type) {
    case 'text':
      return [run(node.text, marks)];
    case 'formula':
      return [run(node.display ? `\\[${node.latex}\\]` : `\\(${node.latex}\\)`)];
    case 'image':
      return [parts.picture(node.media, node.alt) ?? run(node.alt)];
    default:
      return lineXml(node.children, marks + SIGN[node.type], parts);
  }
}
