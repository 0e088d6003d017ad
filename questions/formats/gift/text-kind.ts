/** `[html]`, `[markdown]`, `[plain]`, `[moodle]` at the front of a text say how it is to be read. */
import { type FoundText, plainFound } from '../found-text.ts';
import type { MediaShelf } from '../media.ts';
import type { Remarks } from '../reading.ts';
import { foundInHtml, foundInMarkdown, foundInMoodleText } from '../rich-html.ts';
import { type GiftText, unescapeGift } from './gift-text.ts';

export type TextKind = 'html' | 'markdown' | 'plain' | 'moodle';

const KIND = /^\s*\[(?:(html)|(markdown)|(plain)|moodle)\]/i;

/** Takes the kind off the front of a text; `otherwise` when it says none. */
export function takeKind(
  text: GiftText,
  otherwise: TextKind = 'moodle',
): { readonly kind: TextKind; readonly text: GiftText } {
  const match = KIND.exec(text.raw);
  if (match === null) return { kind: otherwise, text };
  const [all, html, markdown, plain] = match;
  const kind = html ? 'html' : markdown ? 'markdown' : plain ? 'plain' : 'moodle';
  return { kind, text: text.slice(all.length) };
}

/** Reads pieces of a question whose own kind of text is given. */
export function textReader(
  kind: TextKind,
  shelf: MediaShelf,
  remarks: Remarks,
): (piece: GiftText) => FoundText {
  const context = { shelf, remarks, files: new Map<string, string | null>() };
  return (piece) => {
    const taken = takeKind(piece, kind);
    const text = unescapeGift(taken.text.raw);
    if (taken.kind === 'html') return foundInHtml(text, context);
    if (taken.kind === 'markdown') return foundInMarkdown(text, context);
    return taken.kind === 'plain' ? plainFound(text) : foundInMoodleText(text, context);
  };
}
