/** Makes Word documents by hand, part by part, as Word and other programs write them. */
import { strToU8, zipSync } from 'fflate';

const NAMESPACES =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"';

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

export interface RunLook {
  readonly b?: boolean;
  readonly u?: boolean;
  readonly i?: boolean;
  readonly color?: string;
  readonly highlight?: string;
  readonly font?: string;
  readonly style?: string;
}

/** A run; "\t" and "\n" become what Word has for them. */
export function r(text: string, { b, u, i, color, highlight, font, style }: RunLook = {}): string {
  const properties = [
    style === undefined ? '' : `<w:rStyle w:val="${style}"/>`,
    font === undefined ? '' : `<w:rFonts w:ascii="${font}" w:hAnsi="${font}"/>`,
    b ? '<w:b/>' : '',
    i ? '<w:i/>' : '',
    color === undefined ? '' : `<w:color w:val="${color}"/>`,
    highlight === undefined ? '' : `<w:highlight w:val="${highlight}"/>`,
    u ? '<w:u w:val="single"/>' : '',
  ].join('');
  const body = text
    .split(/([\t\n])/)
    .map((piece) => {
      if (piece === '\t') return '<w:tab/>';
      return piece === '\n' ? '<w:br/>' : `<w:t xml:space="preserve">${escaped(piece)}</w:t>`;
    })
    .join('');
  return `<w:r><w:rPr>${properties}</w:rPr>${body}</w:r>`;
}

/** A paragraph of runs or of a plain text. */
export function p(...runs: readonly string[]): string {
  return `<w:p>${runs.map((run) => (run.startsWith('<') ? run : r(run))).join('')}</w:p>`;
}

/** A paragraph of a list. */
export function li(list: number, level: number, ...runs: readonly string[]): string {
  const body = runs.map((run) => (run.startsWith('<') ? run : r(run))).join('');
  return `<w:p><w:pPr><w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr></w:pPr>${body}</w:p>`;
}

/** A table of texts or paragraphs. */
export function table(...rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => `<w:tc><w:tcPr/>${text.startsWith('<w:p') ? text : p(text)}</w:tc>`;
  return `<w:tbl>${rows.map((row) => `<w:tr>${row.map(cell).join('')}</w:tr>`).join('')}</w:tbl>`;
}

export interface MoreParts {
  readonly styles?: string;
  readonly numbering?: string;
  /** Id → path in the archive and its bytes. */
  readonly media?: Readonly<Record<string, readonly [string, Uint8Array]>>;
  readonly links?: Readonly<Record<string, string>>;
  /** A line at the foot of each page. */
  readonly footer?: string;
}

const TYPE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The bytes of a document with these paragraphs and tables. */
export function docx(
  body: string | readonly string[],
  { styles, numbering, media = {}, links = {}, footer }: MoreParts = {},
): Uint8Array {
  const inner =
    typeof body === 'string' ? body : body.map((part) => (part.startsWith('<') ? part : p(part))).join('');
  const relations = [
    styles === undefined ? '' : `<Relationship Id="s" Type="${TYPE}/styles" Target="styles.xml"/>`,
    numbering === undefined ? '' : `<Relationship Id="n" Type="${TYPE}/numbering" Target="numbering.xml"/>`,
    footer === undefined ? '' : `<Relationship Id="f" Type="${TYPE}/footer" Target="footer1.xml"/>`,
    ...Object.entries(media).map(
      ([id, [path]]) => `<Relationship Id="${id}" Type="${TYPE}/image" Target="${path}"/>`,
    ),
    ...Object.entries(links).map(
      ([id, target]) =>
        `<Relationship Id="${id}" Type="${TYPE}/image" Target="${target}" TargetMode="External"/>`,
    ),
  ].join('');
  const files: Record<string, Uint8Array> = {
    '[Content_Types].xml': strToU8('<Types/>'),
    '_rels/.rels': strToU8(
      `<Relationships><Relationship Id="d" Type="${TYPE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    ),
    'word/_rels/document.xml.rels': strToU8(`<Relationships>${relations}</Relationships>`),
    'word/document.xml': strToU8(
      `<?xml version="1.0" encoding="UTF-8"?><w:document ${NAMESPACES}><w:body>${inner}<w:sectPr/></w:body></w:document>`,
    ),
  };
  if (styles !== undefined)
    files['word/styles.xml'] = strToU8(`<w:styles ${NAMESPACES}>${styles}</w:styles>`);
  if (numbering !== undefined)
    files['word/numbering.xml'] = strToU8(`<w:numbering ${NAMESPACES}>${numbering}</w:numbering>`);
  if (footer !== undefined) files['word/footer1.xml'] = strToU8(`<w:ftr ${NAMESPACES}>${p(footer)}</w:ftr>`);
  for (const [path, bytes] of Object.values(media)) files[`word/${path}`] = bytes;
  return zipSync(files);
}
