/** Signs of formulas → LaTeX, and signs of the Symbol font → letters. */

const GREEK: Readonly<Record<string, string>> = {
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  δ: 'delta',
  ε: 'varepsilon',
  ϵ: 'epsilon',
  ζ: 'zeta',
  η: 'eta',
  θ: 'theta',
  ι: 'iota',
  κ: 'kappa',
  λ: 'lambda',
  μ: 'mu',
  ν: 'nu',
  ξ: 'xi',
  π: 'pi',
  ρ: 'rho',
  σ: 'sigma',
  τ: 'tau',
  υ: 'upsilon',
  φ: 'varphi',
  ϕ: 'phi',
  χ: 'chi',
  ψ: 'psi',
  ω: 'omega',
  Γ: 'Gamma',
  Δ: 'Delta',
  Θ: 'Theta',
  Λ: 'Lambda',
  Ξ: 'Xi',
  Π: 'Pi',
  Σ: 'Sigma',
  Φ: 'Phi',
  Ψ: 'Psi',
  Ω: 'Omega',
};
const SIGNS: Readonly<Record<string, string>> = {
  '×': 'times',
  '÷': 'div',
  '±': 'pm',
  '∓': 'mp',
  '⋅': 'cdot',
  '·': 'cdot',
  '∙': 'cdot',
  '≤': 'leq',
  '≥': 'geq',
  '≠': 'neq',
  '≈': 'approx',
  '≡': 'equiv',
  '∞': 'infty',
  '∈': 'in',
  '∉': 'notin',
  '⊂': 'subset',
  '⊆': 'subseteq',
  '∪': 'cup',
  '∩': 'cap',
  '∅': 'emptyset',
  '∀': 'forall',
  '∃': 'exists',
  '→': 'to',
  '⇒': 'Rightarrow',
  '⇔': 'Leftrightarrow',
  '←': 'leftarrow',
  '↔': 'leftrightarrow',
  '⊥': 'perp',
  '∥': 'parallel',
  '∠': 'angle',
  '∂': 'partial',
  '∇': 'nabla',
  '√': 'surd',
  '°': 'degree',
  '′': 'prime',
  '…': 'ldots',
  '⋯': 'cdots',
  ℝ: 'mathbb{R}',
  ℕ: 'mathbb{N}',
  ℤ: 'mathbb{Z}',
  ℚ: 'mathbb{Q}',
  ℂ: 'mathbb{C}',
  '∼': 'sim',
  '∝': 'propto',
};
const LITERAL = new Set(['#', '$', '%', '&', '_', '{', '}']);

/** Letters of a formula as LaTeX. Mathematical letters (𝑥) become the letters that they are. */
export function latexOfSigns(text: string): string {
  let latex = '';
  for (const sign of text.normalize('NFKC').replaceAll('−', '-')) {
    const name = GREEK[sign] ?? SIGNS[sign];
    if (name !== undefined) latex += `\\${name} `;
    else if (LITERAL.has(sign)) latex += `\\${sign}`;
    else if (sign === '\\') latex += '\\backslash ';
    else latex += sign === '\u2061' || sign === '\u200b' ? '' : sign;
  }
  return latex;
}

/** Letters that the font "Symbol" shows in the places of A to z. */
const SYMBOL = 'ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ';
const SYMBOL_SIGNS: Readonly<Record<number, string>> = {
  163: '≤',
  165: '∞',
  174: '→',
  176: '°',
  177: '±',
  179: '≥',
  180: '×',
  184: '÷',
  185: '≠',
  187: '≈',
  188: '…',
  198: '∅',
  199: '∩',
  200: '∪',
  204: '⊂',
  205: '⊆',
  206: '∈',
  207: '∉',
  208: '∠',
  214: '√',
  215: '⋅',
  219: '⇔',
  222: '⇒',
  171: '↔',
  172: '←',
  45: '−',
  64: '≅',
};
const WINGDINGS: Readonly<Record<number, string>> = {
  252: '✓',
  251: '✗',
  253: '☒',
  254: '☑',
  168: '☐',
  111: '☐',
  224: '→',
  240: '⇒',
  167: '▪',
  118: '❖',
  216: '➢',
};

/** A sign of `w:sym`; empty: one that we do not know. */
export function symbolOf(font: string, code: number): string {
  const low = code & 0xff;
  if (/^wingdings/i.test(font)) return WINGDINGS[low] ?? '';
  if (/^symbol/i.test(font)) {
    if (low >= 65 && low <= 122) return SYMBOL[low - 65] ?? '';
    return SYMBOL_SIGNS[low] ?? (low >= 32 && low < 64 ? String.fromCharCode(low) : '');
  }
  return code >= 0xf000 && code <= 0xf0ff ? '' : String.fromCodePoint(code);
}
