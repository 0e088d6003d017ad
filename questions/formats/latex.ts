/** Formulas inside text as learning platforms write them: `\(…\)` in a line, `\[…\]` or `$$…$$` on their own. */

export type LatexPiece =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'latex'; readonly latex: string; readonly display: boolean };

const FORMULA =
  /\\\(([\s\S]{1,2000}?)\\\)|\\\[([\s\S]{1,2000}?)\\\]|\$\$([^$]{1,2000}?)\$\$|\[tex\]([\s\S]{1,2000}?)\[\/tex\]/g;

/** The text cut at its formulas. A single `$` is money. */
export function splitLatex(text: string): readonly LatexPiece[] {
  const pieces: LatexPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(FORMULA)) {
    const [all, inline, display, dollars, tag] = match;
    const latex = (inline ?? display ?? dollars ?? tag ?? '').replace(/\s+/g, ' ').trim();
    if (latex === '') continue;
    if (match.index > from) pieces.push({ is: 'text', text: text.slice(from, match.index) });
    pieces.push({ is: 'latex', latex, display: display !== undefined || dollars !== undefined });
    from = match.index + all.length;
  }
  if (from < text.length) pieces.push({ is: 'text', text: text.slice(from) });
  return pieces;
}

/** Whether a text would be read as holding a formula. */
export function hasLatex(text: string): boolean {
  return splitLatex(text).some(({ is }) => is === 'latex');
}
