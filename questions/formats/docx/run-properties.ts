/** How runs look: what a run says itself, what its styles say, what the document says by default. */
import { attributeOf, childOf, isOn, type XmlNode } from '../open-xml.ts';
import { ABOVE, BELOW, BOLD, HIGHLIGHT, ITALIC, type Looks, plainLooks, UNDERLINE } from '../styled-text.ts';

/** What was said; a field that is not there was not said. */
export interface RunProperties {
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly vertical?: number;
  readonly color?: string | null;
  readonly highlight?: boolean;
  readonly hidden?: boolean;
  readonly font?: string;
}

export const nothingSaidOfRun: RunProperties = {};

/** Colours of Word's usual theme, where a run names only the place in the theme. */
const THEME: Readonly<Record<string, string>> = {
  accent1: '4472c4',
  accent2: 'ed7d31',
  accent3: 'a5a5a5',
  accent4: 'ffc000',
  accent5: '5b9bd5',
  accent6: '70ad47',
  hyperlink: '0563c1',
};

/** Reads `rPr`. */
export function runProperties(node: XmlNode | undefined): RunProperties {
  if (node === undefined || node.children.length === 0) return nothingSaidOfRun;
  const said: { -readonly [Name in keyof RunProperties]: RunProperties[Name] } = {};
  const bold = isOn(childOf(node, 'b'));
  const italic = isOn(childOf(node, 'i'));
  const hidden = isOn(childOf(node, 'vanish'));
  if (bold !== null) said.bold = bold;
  if (italic !== null) said.italic = italic;
  if (hidden !== null) said.hidden = hidden;
  const underline = childOf(node, 'u');
  if (underline !== undefined) said.underline = !['', 'none'].includes(attributeOf(underline, 'val'));
  const vertical = attributeOf(childOf(node, 'vertAlign'), 'val');
  if (vertical !== '')
    said.vertical = vertical === 'superscript' ? ABOVE : vertical === 'subscript' ? BELOW : 0;
  const color = childOf(node, 'color');
  if (color !== undefined) said.color = colorOf(color);
  const highlight = highlightOf(node);
  if (highlight !== null) said.highlight = highlight;
  const font = fontOf(childOf(node, 'rFonts'));
  if (font !== '') said.font = font;
  return said;
}

function colorOf(node: XmlNode): string | null {
  const value = attributeOf(node, 'val').toLowerCase();
  const rgb = /^[0-9a-f]{6}$/.test(value) ? value : (THEME[attributeOf(node, 'themeColor')] ?? null);
  return rgb !== null && isColorful(rgb) ? rgb : null;
}

/** Greys and blacks are ink; only a hue says something. */
export function isColorful(rgb: string): boolean {
  const parts = [0, 2, 4].map((at) => Number.parseInt(rgb.slice(at, at + 2), 16));
  return Math.max(...parts) - Math.min(...parts) > 0x40;
}

/** A marker, or a background that is not white; null: not said. */
function highlightOf(node: XmlNode): boolean | null {
  const marker = childOf(node, 'highlight');
  if (marker !== undefined) return !['none', 'white'].includes(attributeOf(marker, 'val'));
  const fill = attributeOf(childOf(node, 'shd'), 'fill').toLowerCase();
  if (fill === '') return null;
  return /^[0-9a-f]{6}$/.test(fill) && isColorful(fill);
}

function fontOf(fonts: XmlNode | undefined): string {
  return attributeOf(fonts, 'ascii') || attributeOf(fonts, 'hAnsi') || attributeOf(fonts, 'cs');
}

export function looksOf({ bold, italic, underline, vertical, color, highlight }: RunProperties): Looks {
  const marks =
    (bold ? BOLD : 0) |
    (italic ? ITALIC : 0) |
    (underline ? UNDERLINE : 0) |
    (highlight ? HIGHLIGHT : 0) |
    (vertical ?? 0);
  return marks === 0 && !color ? plainLooks : { marks, color: color ?? null };
}
