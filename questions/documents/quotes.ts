/** Amending laws quote whole articles: "Điều 5a. …" between quotation marks is text, not a heading. Pure. */

const OPENING = /^\s*["“«]/u;
/** Longest quotation that is looked for. */
const LINES_MOST = 400;

function balance(line: string): number {
  const count = (signs: RegExp): number => (line.match(signs) ?? []).length;
  return count(/[“«]/gu) - count(/[”»]/gu);
}

/** Indexes of lines inside quotations of several lines. `unclosed` hears of those that never end, from 1. */
export function quotedLines(lines: readonly string[], unclosed: (line: number) => void): ReadonlySet<number> {
  const quoted = new Set<number>();
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (!OPENING.test(line)) continue;
    const end = endOf(lines, i);
    if (end === null) {
      unclosed(i + 1);
      quoted.add(i);
      continue;
    }
    for (let at = i; at <= end; at++) quoted.add(at);
    i = end;
  }
  return quoted;
}

/** Where the quotation that opens at `from` ends; null: nowhere near. */
function endOf(lines: readonly string[], from: number): number | null {
  const isStraight = /^\s*"/u.test(lines[from] ?? '');
  let open = 0;
  for (let at = from; at < lines.length && at - from < LINES_MOST; at++) {
    const line = lines[at] ?? '';
    open += isStraight ? (line.match(/"/gu) ?? []).length : balance(line);
    if (isStraight ? open % 2 === 0 && open > 0 : open <= 0) return at;
  }
  return null;
}
