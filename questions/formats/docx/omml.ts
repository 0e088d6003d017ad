/** Formulas of Word (OMML) → LaTeX. ECMA-376, part 1, chapter 22. */
import { attributeOf, childOf, childrenOf, type XmlNode } from '../open-xml.ts';
import { latexOfSigns } from './math-signs.ts';

const NARY: Readonly<Record<string, string>> = {
  '∑': '\\sum',
  '∏': '\\prod',
  '∐': '\\coprod',
  '∫': '\\int',
  '∬': '\\iint',
  '∭': '\\iiint',
  '∮': '\\oint',
  '⋃': '\\bigcup',
  '⋂': '\\bigcap',
  '⋁': '\\bigvee',
  '⋀': '\\bigwedge',
};
const ACCENTS: Readonly<Record<string, string>> = {
  '\u0302': '\\hat',
  '\u0303': '\\tilde',
  '\u0304': '\\bar',
  '\u0305': '\\overline',
  '\u0307': '\\dot',
  '\u0308': '\\ddot',
  '\u20d7': '\\overrightarrow',
  '\u20d6': '\\overleftarrow',
  '¯': '\\overline',
  '→': '\\overrightarrow',
};
const FUNCTIONS = new Set(
  'sin cos tan cot sec csc sinh cosh tanh log ln lim max min sup inf det gcd exp arcsin arccos arctan'.split(
    ' ',
  ),
);

/** LaTeX of `m:oMath` or anything in it. */
export function latexOf(node: XmlNode): string {
  return childrenOf(node).map(latexOfElement).join('').replace(/ +/g, ' ').trim();
}

function part(node: XmlNode, name: string): string {
  const child = childOf(node, `m:${name}`);
  return child === undefined ? '' : latexOf(child);
}

function setting(node: XmlNode, properties: string, name: string): string | null {
  const found = childOf(childOf(node, `m:${properties}`), `m:${name}`);
  return found === undefined ? null : attributeOf(found, 'val');
}

type Writer = (node: XmlNode) => string;

const WRITERS: Readonly<Record<string, Writer>> = {
  'm:r': runLatex,
  'm:f': fraction,
  'm:sSup': (node) => `${base(node)}^{${part(node, 'sup')}}`,
  'm:sSub': (node) => `${base(node)}_{${part(node, 'sub')}}`,
  'm:sSubSup': (node) => `${base(node)}_{${part(node, 'sub')}}^{${part(node, 'sup')}}`,
  'm:sPre': (node) => `{}_{${part(node, 'sub')}}^{${part(node, 'sup')}}${part(node, 'e')}`,
  'm:rad': (node) => {
    const degree = part(node, 'deg');
    return `\\sqrt${degree === '' ? '' : `[${degree}]`}{${part(node, 'e')}}`;
  },
  'm:nary': nary,
  'm:d': delimited,
  'm:func': (node) => `${functionName(part(node, 'fName'))}{${part(node, 'e')}}`,
  'm:acc': (node) => `${ACCENTS[setting(node, 'accPr', 'chr') ?? '\u0302'] ?? '\\hat'}{${part(node, 'e')}}`,
  'm:bar': (node) =>
    `${setting(node, 'barPr', 'pos') === 'bot' ? '\\underline' : '\\overline'}{${part(node, 'e')}}`,
  'm:limLow': (node) => `${functionName(part(node, 'e'))}_{${part(node, 'lim')}}`,
  'm:limUpp': (node) => `${functionName(part(node, 'e'))}^{${part(node, 'lim')}}`,
  'm:m': (node) => `\\begin{matrix}${rows(node, 'm:mr')}\\end{matrix}`,
  'm:eqArr': (node) => `\\begin{aligned}${childrenOf(node, 'm:e').map(latexOf).join(' \\\\ ')}\\end{aligned}`,
  'm:groupChr': (node) => {
    const below = setting(node, 'groupChrPr', 'pos') !== 'top';
    return `\\${below ? 'under' : 'over'}brace{${part(node, 'e')}}`;
  },
  'm:borderBox': (node) => `\\boxed{${part(node, 'e')}}`,
  'm:oMath': latexOf,
};

function latexOfElement(node: XmlNode): string {
  const write = WRITERS[node.name];
  if (write !== undefined) return write(node);
  return /Pr$/.test(node.name) || node.name === 'rPr' ? '' : latexOf(node);
}

function base(node: XmlNode): string {
  const inner = part(node, 'e');
  return /^(?:\w|\\[a-zA-Z]+ ?)$/.test(inner) ? inner.trim() : `{${inner}}`;
}

/** Letters of a run; upright words of it are text. */
function runLatex(node: XmlNode): string {
  const text = childrenOf(node, 'm:t')
    .flatMap(({ children }) => children)
    .filter((child) => typeof child === 'string')
    .join('');
  const style = setting(node, 'rPr', 'sty');
  const isWords =
    childOf(childOf(node, 'm:rPr'), 'm:nor') !== undefined ||
    /[àáâãèéêìíòóôõùúýăđĩũơư\u1ea0-\u1ef9]/iu.test(text);
  if (isWords && /\p{L}/u.test(text)) return `\\text{${text.replace(/[\\{}$%#&_^~]/g, '\\$&')}}`;
  if (style === 'p' && FUNCTIONS.has(text.trim())) return `\\${text.trim()} `;
  return latexOfSigns(text);
}

function functionName(name: string): string {
  const bare = name.replace(/^\\text\{(.*)\}$/, '$1').trim();
  return FUNCTIONS.has(bare) ? `\\${bare} ` : name;
}

function fraction(node: XmlNode): string {
  const type = setting(node, 'fPr', 'type');
  const [top, bottom] = [part(node, 'num'), part(node, 'den')];
  if (type === 'lin') return `{${top}}/{${bottom}}`;
  return type === 'noBar' ? `\\binom{${top}}{${bottom}}` : `\\frac{${top}}{${bottom}}`;
}

function nary(node: XmlNode): string {
  const sign = NARY[setting(node, 'naryPr', 'chr') ?? '∫'] ?? '\\int';
  const [low, high] = [part(node, 'sub'), part(node, 'sup')];
  return `${sign}${low === '' ? '' : `_{${low}}`}${high === '' ? '' : `^{${high}}`} ${part(node, 'e')}`;
}

const FENCES: Readonly<Record<string, string>> = {
  '{': '\\{',
  '}': '\\}',
  '⟨': '\\langle ',
  '⟩': '\\rangle ',
  '‖': '\\|',
  '⌊': '\\lfloor ',
  '⌋': '\\rfloor ',
  '⌈': '\\lceil ',
  '⌉': '\\rceil ',
  '': '.',
};

/** Brackets around; a brace that is open on one side begins a system. */
function delimited(node: XmlNode): string {
  const begin = setting(node, 'dPr', 'begChr') ?? '(';
  const end = setting(node, 'dPr', 'endChr') ?? ')';
  const between = setting(node, 'dPr', 'sepChr') ?? '|';
  const inner = childrenOf(node, 'm:e').map(latexOf).join(between);
  return `\\left${FENCES[begin] ?? begin}${inner}\\right${FENCES[end] ?? end}`;
}

function rows(node: XmlNode, name: string): string {
  return childrenOf(node, name)
    .map((row) => childrenOf(row, 'm:e').map(latexOf).join(' & '))
    .join(' \\\\ ');
}
