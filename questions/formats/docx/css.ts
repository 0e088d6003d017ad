/** Looks that HTML gives letters, by the name of the element and its style. */
import { ABOVE, BELOW } from '../styled-text.ts';
import { isColorful, type RunProperties } from './run-properties.ts';

const NAMED: Readonly<Record<string, RunProperties>> = {
  b: { bold: true },
  strong: { bold: true },
  i: { italic: true },
  em: { italic: true },
  u: { underline: true },
  ins: { underline: true },
  sup: { vertical: ABOVE },
  sub: { vertical: BELOW },
  mark: { highlight: true },
  del: { hidden: true },
};
const COLORS: Readonly<Record<string, string>> = {
  red: 'ff0000',
  blue: '0000ff',
  green: '008000',
  yellow: 'ffff00',
  lime: '00ff00',
  aqua: '00ffff',
  fuchsia: 'ff00ff',
  orange: 'ffa500',
};

/** Six hex digits of a colour with a hue; null: black, grey, white or nothing known. */
function colorOf(value: string): string | null {
  const text = value.trim().toLowerCase();
  const rgb = /^rgba?\((\d+),\s*(\d+),\s*(\d+)/.exec(text);
  const hex =
    rgb === null
      ? (COLORS[text] ?? /^#([0-9a-f]{6})$/.exec(text)?.[1] ?? null)
      : rgb
          .slice(1, 4)
          .map((part) => Number(part).toString(16).padStart(2, '0'))
          .join('');
  return hex !== null && isColorful(hex) ? hex : null;
}

/** What an element says about the letters in it. */
export function cssRun(tag: string, style: string, color: string, face: string): RunProperties {
  const said: { -readonly [Name in keyof RunProperties]: RunProperties[Name] } = { ...NAMED[tag] };
  if (color !== '') said.color = colorOf(color);
  if (face !== '') said.font = face;
  for (const declaration of style.split(';')) {
    const at = declaration.indexOf(':');
    if (at > 0) apply(said, declaration.slice(0, at).trim().toLowerCase(), declaration.slice(at + 1).trim());
  }
  return said;
}

function apply(
  said: { -readonly [Name in keyof RunProperties]: RunProperties[Name] },
  name: string,
  value: string,
): void {
  switch (name) {
    case 'color':
      said.color = colorOf(value);
      break;
    case 'font-weight':
      said.bold = /bold|[6-9]00/i.test(value);
      break;
    case 'font-style':
      said.italic = /italic|oblique/i.test(value);
      break;
    case 'text-decoration':
    case 'text-decoration-line':
      said.underline = /underline/i.test(value);
      break;
    case 'background':
    case 'background-color':
    case 'mso-highlight':
      said.highlight = colorOf(value.split(' ')[0] ?? '') !== null;
      break;
    case 'font-family':
      said.font = (value.split(',')[0] ?? '').replace(/["']/g, '');
      break;
    case 'vertical-align':
      said.vertical = /super/i.test(value) ? ABOVE : /sub/i.test(value) ? BELOW : 0;
      break;
    case 'display':
    case 'mso-hide':
      if (/none|all/i.test(value)) said.hidden = true;
      break;
  }
}
