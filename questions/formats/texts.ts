/** Plain text of files made fit to be stored, and long texts kept short for messages. */
import { cleanText } from '../vietnamese.ts';

/** Several lines: each cleaned, at most one blank line in a row, none around. Idempotent. */
export function cleanLines(text: string): string {
  const lines = text.split('\n').map(cleanText);
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** The beginning of a text on one line, for messages. */
export function excerpt(text: string, length = 60): string {
  const line = cleanText(text);
  return line.length <= length ? line : `${line.slice(0, length)}…`;
}

/** "A" for 0. */
export function letterOf(index: number): string {
  return String.fromCharCode(0x41 + index);
}
