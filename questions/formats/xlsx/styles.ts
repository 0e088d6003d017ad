/** What the style numbers of cells mean: how numbers are shown, and looks that people mark right answers with. */
import { childOf, childrenOf, treeOfPart, type XmlNode } from '../open-xml.ts';
import { HIGHLIGHT, type Looks, plainLooks } from '../styled-text.ts';
import type { ZipArchive } from '../zip.ts';
import { colorOf, RunLooks } from './run-looks.ts';

/** How a number is shown: as it is, as a percentage, or as a moment of this pattern. */
export type NumberStyle =
  | { readonly is: 'general' }
  | { readonly is: 'percent'; readonly digits: number }
  | { readonly is: 'date'; readonly shows: 'date' | 'day-month' | 'month-year' | 'time' };

export interface CellStyle {
  readonly number: NumberStyle;
  readonly looks: Looks;
}

const general: NumberStyle = { is: 'general' };
export const plainStyle: CellStyle = { number: general, looks: plainLooks };

/** ECMA-376, 18.8.30: formats that files need not spell out. */
const BUILT_IN: Readonly<Record<number, string>> = {
  9: '0%',
  10: '0.00%',
  14: 'dd/mm/yyyy',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'm/d/yy h:mm',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mm:ss.0',
};

/** By the `s` attribute of cells. */
export function stylesOf(archive: ZipArchive, part: string | null): readonly CellStyle[] {
  if (part === null) return [];
  const root = treeOfPart(archive, part);
  const codes = new Map<number, string>(
    listOf(root, 'numFmts').map(({ attributes }) => [
      Number(attributes.numFmtId),
      attributes.formatCode ?? '',
    ]),
  );
  const fonts = listOf(root, 'fonts').map(fontLooks);
  const fills = listOf(root, 'fills').map(isFilled);
  return listOf(root, 'cellXfs').map(({ attributes }) => {
    const id = Number(attributes.numFmtId ?? 0);
    const looks = fonts[Number(attributes.fontId ?? 0)] ?? plainLooks;
    const isMarked = fills[Number(attributes.fillId ?? 0)] ?? false;
    return {
      number: numberStyleOf(codes.get(id) ?? BUILT_IN[id] ?? ''),
      looks: isMarked ? { ...looks, marks: looks.marks | HIGHLIGHT } : looks,
    };
  });
}

function listOf(root: XmlNode, name: string): readonly XmlNode[] {
  const list = childOf(root, name);
  return list === undefined ? [] : childrenOf(list);
}

function fontLooks(font: XmlNode): Looks {
  const run = new RunLooks();
  for (const { name, attributes } of childrenOf(font)) run.property(name, attributes);
  return run.looks;
}

function isFilled(fill: XmlNode): boolean {
  const pattern = childOf(fill, 'patternFill');
  if (pattern?.attributes.patternType !== 'solid') return false;
  return colorOf(childOf(pattern, 'fgColor')?.attributes ?? {}) !== null;
}

/** Excel keeps no longer ones. */
const CODE_MAX = 255;

/** Reads a format code; texts in quotes, colours and locales in it say nothing. */
export function numberStyleOf(code: string): NumberStyle {
  const first = code.slice(0, CODE_MAX).split(';')[0] ?? '';
  const bare = first.replace(/"[^"]*"|\\.|\[[^\]h]*\]|_./gi, '').toLowerCase();
  if (bare.includes('%')) return { is: 'percent', digits: /\.(0+)/.exec(bare)?.[1]?.length ?? 0 };
  if (!/[dyhs]|mmm/.test(bare) || /general|[#0?]/.test(bare.replace(/\.0+$/, ''))) return general;
  const hasDay = bare.includes('d');
  const hasYear = bare.includes('y');
  if (!hasDay && !hasYear && /[hs]/.test(bare)) return { is: 'date', shows: 'time' };
  if (hasDay && hasYear) return { is: 'date', shows: 'date' };
  return { is: 'date', shows: hasDay ? 'day-month' : 'month-year' };
}
