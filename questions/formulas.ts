/**
 * LaTeX → MathML for prompts that are shown, on the server only: the client stays small and the policy against inline styles
 * holds. The tree is rebuilt from names and attributes of a list, so nothing else that a renderer may make gets out.
 */
import temml from 'temml';
import { formulaKey, isMathAttribute, isMathName, type MathNode } from './formula-tree.ts';
import type { Json } from './question.ts';
import { parse } from './rich-text.ts';
import type { Line } from './rich-text-tree.ts';

const KNOWN_MAX = 5_000;
const NODES_MAX = 3_000;
const DEPTH_MAX = 60;
const FORMULAS_MAX = 200;
/** em, and how often macros may be unfolded: a formula of a few letters must not fill a page or a minute. */
const LIMITS = { maxSize: [20, 10] as [number, number], maxExpand: 300 };

const known = new Map<string, MathNode | null>();

/** Null when it is no LaTeX that can be drawn, or too large: then people see the source. */
export function renderFormula(latex: string, display: boolean): MathNode | null {
  const key = formulaKey(latex, display);
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = draw(latex, display);
  const oldest = known.keys().next().value;
  if (known.size >= KNOWN_MAX && oldest !== undefined) known.delete(oldest);
  known.set(key, made);
  return made;
}

function draw(latex: string, display: boolean): MathNode | null {
  const budget = { left: NODES_MAX };
  try {
    const tree: unknown = temml.__renderToMathMLTree(latex, {
      displayMode: display,
      throwOnError: true,
      trust: false,
      ...LIMITS,
    });
    return cleaned(tree, budget, 0);
  } catch {
    return null;
  }
}

/** Throws RangeError for a tree that is too large. What is not on the list loses its element and keeps its contents. */
function cleaned(node: unknown, budget: { left: number }, depth: number): MathNode {
  budget.left -= 1;
  if (budget.left < 0 || depth > DEPTH_MAX) throw new RangeError('the formula is too large');
  if (typeof node !== 'object' || node === null) return '';
  if ('text' in node && typeof node.text === 'string') return node.text;
  const inner: readonly unknown[] = 'children' in node && Array.isArray(node.children) ? node.children : [];
  const children = inner.map((child) => cleaned(child, budget, depth + 1)).filter((child) => child !== '');
  const name = 'type' in node && typeof node.type === 'string' && isMathName(node.type) ? node.type : 'mrow';
  return { name, attributes: attributesOf(node), children };
}

function attributesOf(node: object): Readonly<Record<string, string>> {
  const given = 'attributes' in node && typeof node.attributes === 'object' ? node.attributes : {};
  const classes: readonly unknown[] = 'classes' in node && Array.isArray(node.classes) ? node.classes : [];
  const entries: [string, string][] = [
    ...Object.entries(given ?? {}).map(([name, value]): [string, string] => [name, String(value)]),
    ...classes.map((name): [string, string] => ['class', String(name)]),
    ...colourOf(node),
  ];
  return Object.fromEntries(entries.filter(([name, value]) => isMathAttribute(name, value)));
}

/** The renderer writes colours as styles, which the policy forbids; MathML has an attribute for them. */
function colourOf(node: object): [string, string][] {
  if (!('style' in node) || typeof node.style !== 'object' || node.style === null) return [];
  const colour = 'color' in node.style ? node.style.color : undefined;
  return typeof colour === 'string' ? [['mathcolor', colour]] : [];
}

/** The prompt with the formulas of all its texts, and of `others` that are shown with it. A plain prompt comes back as it is. */
export function withFormulas<Prompt extends Json>(prompt: Prompt, others: readonly string[] = []): Prompt {
  if (!isRich(prompt)) return prompt;
  const formulas: Record<string, MathNode> = {};
  for (const text of [...textsIn(prompt), ...others]) {
    if (!text.includes('$')) continue;
    for (const block of parse(text))
      for (const line of block.type === 'table' ? block.rows.flat() : [block.children])
        collect(line, formulas);
  }
  return Object.keys(formulas).length === 0 ? prompt : Object.assign({}, prompt, { formulas });
}

function isRich(prompt: Json): prompt is Json & { readonly rich: true } {
  return typeof prompt === 'object' && prompt !== null && 'rich' in prompt && prompt.rich === true;
}

function textsIn(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

function collect(line: Line, formulas: Record<string, MathNode>): void {
  for (const node of line) {
    if ('children' in node) collect(node.children, formulas);
    if (node.type !== 'formula' || Object.keys(formulas).length >= FORMULAS_MAX) continue;
    const made = renderFormula(node.latex, node.display);
    if (made !== null) formulas[formulaKey(node.latex, node.display)] = made;
  }
}
