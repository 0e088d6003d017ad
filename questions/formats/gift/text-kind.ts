/** `[html]`, `[markdown]`, `[plain]`, `[moodle]` at the front of a text say how it is to be read. */
import { type FoundText, plainFound, plainTextOf } from '../found-text.ts';
import type { MediaShelf } from '../media.ts';
import type { Remarks } from '../reading.ts';
import { foundInHtml, foundInMarkdown, foundInMoodleText, looksLikeHtml } from '../rich-html.ts';
import { type GiftText, unescapeGift } from './gift-text.ts';

export type TextKind = 'html' | 'markdown' | 'plain' | 'moodle';

/** Also tells writers which plain texts begin like a kind. */
export const KIND = /^\s*\[(?:(html)|(markdown)|(plain)|moodle)\]/i;

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

/** How the pieces of one question are read, and where to say what is wrong with them. */
export interface AnswerContext {
  /** A text of the question's own kind, unless it says another. */
  readonly text: (piece: GiftText) => FoundText;
  /** The right side of a pair: shown as it stands, whatever the kind of the question. */
  readonly side: (piece: GiftText) => FoundText;
  /** What somebody has to type. */
  readonly bare: (piece: GiftText) => string;
  readonly remarks: Remarks;
}

/** Reads the pieces of a question whose own kind of text is given. */
export function answerContext(kind: TextKind, shelf: MediaShelf, remarks: Remarks): AnswerContext {
  const context = { shelf, remarks, files: new Map<string, string | null>() };
  const read = (piece: GiftText, otherwise: TextKind): FoundText => {
    const taken = takeKind(piece, otherwise);
    const text = unescapeGift(taken.text.raw);
    if (taken.kind === 'html') return foundInHtml(text, context);
    if (taken.kind === 'markdown') return foundInMarkdown(text, context);
    return taken.kind === 'plain' ? plainFound(text) : foundInMoodleText(text, context);
  };
  const bare = (piece: GiftText): string => {
    const taken = takeKind(piece, kind);
    const text = unescapeGift(taken.text.raw);
    return taken.kind !== 'plain' && looksLikeHtml(text) ? plainTextOf(foundInHtml(text, context)) : text;
  };
  return { text: (piece) => read(piece, kind), side: (piece) => read(piece, 'moodle'), bare, remarks };
}
