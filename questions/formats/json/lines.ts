/** Where the elements of `"questions": […]` begin in a JSON text, so that every message has a line. */

/** Positions of the elements of the first array named so at the top level; empty when there is none. */
export function elementStarts(text: string, name: string): readonly number[] {
  const array = arrayStart(text, name);
  if (array === null) return [];
  const starts: number[] = [];
  let depth = 0;
  let expects = true;
  for (const [token, index] of tokensFrom(text, array)) {
    if (depth === 0 && token === ']') return starts;
    if (expects) starts.push(index);
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    expects = depth === 0 && token === ',';
  }
  return starts;
}

/** Behind the bracket of the array. */
function arrayStart(text: string, name: string): number | null {
  let depth = 0;
  let before = '';
  for (const [token, index] of tokensFrom(text, 0)) {
    if (depth === 1 && token === '[' && before === `"${name}"`) return index + 1;
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    if (token !== ':') before = token;
  }
  return null;
}

/** Strings as a whole, every other sign by itself, with their positions. */
function* tokensFrom(text: string, from: number): Generator<readonly [string, number]> {
  const ink = /\S/g;
  ink.lastIndex = from;
  for (let match = ink.exec(text); match !== null; match = ink.exec(text)) {
    const end = match[0] === '"' ? stringEnd(text, match.index) : match.index + 1;
    yield [text.slice(match.index, end), match.index];
    ink.lastIndex = end;
  }
}

/** Behind the closing quote. */
function stringEnd(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    const before = /(?<!\\)\\*$/.exec(text.slice(Math.max(start + 1, at - 1_000), at))?.[0].length ?? 0;
    if (before % 2 === 0) return at + 1;
  }
  return text.length;
}
