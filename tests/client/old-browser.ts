/**
 * What Chrome 87 (an Android WebView of 2021) cannot read, found in built scripts and style sheets. A script is parsed as
 * ES2022, because 87 knows most of it (class fields, private methods, `??=`), and what came later is refused by name.
 * Years and versions: caniuse and the release notes of Chrome.
 */
import { type Node, parse } from 'acorn';

/** Calls that 87 does not have; a page that makes one stops. `x?.at?.()` and the like would be let through. */
const missingCalls: readonly (readonly [RegExp, string])[] = [
  [/\.at\(-?\d/, 'Array.prototype.at (92)'],
  [/Object\.hasOwn\(/, 'Object.hasOwn (93)'],
  [/\bcrypto\.randomUUID\(/, 'crypto.randomUUID (92, and never on plain HTTP)'],
  [/\bcrypto\.subtle\b/, 'crypto.subtle (never on plain HTTP)'],
  [/\.findLast(Index)?\(/, 'findLast (97)'],
  [/\.(toSorted|toReversed|toSpliced)\(/, 'change by copy (110)'],
  [/\b(Object|Map)\.groupBy\(/, 'groupBy (117)'],
  [/Promise\.withResolvers\(/, 'Promise.withResolvers (119)'],
  [/AbortSignal\.(timeout|any|abort)\(/, 'AbortSignal.timeout, any, abort (93 to 116)'],
  [/\bstructuredClone\(/, 'structuredClone (98)'],
  [/\bnavigator\.locks\b/, 'navigator.locks (never on plain HTTP)'],
];

const missingStyles: readonly (readonly [RegExp, string])[] = [
  [/:where\(/, ':where() (88)'],
  [/:is\(/, ':is() (88)'],
  [/:has\(/, ':has() (105)'],
  [/:not\([^()]*,/, ':not() with a list (88)'],
  [/@layer\b/, '@layer (99)'],
  [/@container\b/, '@container (105)'],
  [/@scope\b/, '@scope (118)'],
  [/@starting-style\b/, '@starting-style (117)'],
  [/\baspect-ratio\s*:/, 'aspect-ratio (88)'],
  [/\d(dvh|svh|lvh|dvw|svw|lvw|cqw|cqi)\b/, 'new viewport and container units (105, 108)'],
  [/\b(color-mix|oklch|oklab|lch|lab|light-dark)\(/, 'new colour functions (111, 123)'],
  [/@media[^{]*[<>]=?/, 'range syntax in media queries (104)'],
  [/[{;]\s*(translate|rotate|scale)\s*:/, 'individual transforms (104)'],
  [/&/, 'nesting (120)'],
  [/overflow(-[xy])?\s*:\s*clip/, 'overflow: clip (90)'],
];

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** One node by itself: what it is called when 87 cannot read it. */
function tooNew(node: Node): string | undefined {
  if (node.type === 'StaticBlock') return 'static { } (94)';
  if (
    node.type === 'BinaryExpression' &&
    'left' in node &&
    isNode(node.left) &&
    node.left.type === 'PrivateIdentifier'
  )
    return '#field in object (91)';
  if (
    node.type === 'ExportAllDeclaration' &&
    'exported' in node &&
    isNode(node.exported) &&
    node.exported.type === 'Literal'
  )
    return 'export under a string name (88)';
  if (node.type === 'Literal' && 'regex' in node) {
    const { regex } = node;
    const flags = typeof regex === 'object' && regex !== null && 'flags' in regex ? String(regex.flags) : '';
    if (/[dv]/.test(flags)) return `regular expression with flags ${flags} (90, 112)`;
  }
  return undefined;
}

function walk(
  node: Node,
  visit: (node: Node, insideFunction: boolean) => void,
  insideFunction = false,
): void {
  visit(node, insideFunction);
  const inside = insideFunction || /Function/.test(node.type);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, visit, inside);
  }
}

/** What 87 cannot read or call in one built script. */
export function scriptProblems(code: string): string[] {
  const problems = missingCalls.filter(([pattern]) => pattern.test(code)).map(([, name]) => name);
  const tree = parse(code, { ecmaVersion: 2022, sourceType: 'module' });
  walk(tree, (node, insideFunction) => {
    const problem =
      node.type === 'AwaitExpression' && !insideFunction ? 'await outside a function (89)' : tooNew(node);
    if (problem !== undefined) problems.push(problem);
  });
  return [...new Set(problems)];
}

/** What 87 drops in one built style sheet, with the rule that it would drop. */
export function styleProblems(css: string): string[] {
  const bare = css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/url\([^)]*\)|"[^"]*"|'[^']*'/g, '""');
  return missingStyles.filter(([pattern]) => pattern.test(bare)).map(([, name]) => name);
}
