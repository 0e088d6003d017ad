/** Moodle XML: everything that Moodle knows about a question. See Moodle's documentation, "Moodle XML format". */
import type { Format } from '../format.ts';
import { readMoodleXml } from './read.ts';
import { writeMoodleXml } from './write.ts';

export const format: Format = {
  name: 'moodle-xml',
  vi: 'Moodle XML',
  en: 'Moodle XML',
  extensions: ['xml'],
  mediaType: 'application/xml; charset=utf-8',
  sniff({ head }) {
    if (head === null || !head.trimStart().startsWith('<')) return 0;
    if (startsQuiz(head)) return 1;
    return /<question\s+type=/.test(head) ? 0.7 : 0;
  },
  read: readMoodleXml,
  write: writeMoodleXml,
};

/** Whether the first element is `quiz`, behind comments and what XML says about itself. */
function startsQuiz(head: string): boolean {
  for (let at = inkFrom(head, 0); ; at = inkFrom(head, at)) {
    if (/^<quiz[\s>/]/.test(head.slice(at, at + 6))) return true;
    const end = endOfPreamble(head, at);
    if (end < 0) return false;
    at = end + 1;
  }
}

function inkFrom(text: string, from: number): number {
  const ink = /\S/g;
  ink.lastIndex = from;
  return ink.exec(text)?.index ?? text.length;
}

/** Where the declaration or comment ends that begins here; -1: nothing of that kind does. */
function endOfPreamble(text: string, at: number): number {
  if (text.startsWith('<!--', at)) return behind(text, '-->', at + 4);
  if (text.startsWith('<?xml', at)) return text.indexOf('>', at);
  if (!text.startsWith('<!DOCTYPE', at)) return -1;
  const end = text.indexOf('>', at);
  const inner = text.indexOf('[', at);
  return inner < 0 || inner > end ? end : behind(text, ']', inner);
}

/** The end of the sign that closes something and stands behind `closing`; -1: there is none. */
function behind(text: string, closing: string, from: number): number {
  const at = text.indexOf(closing, from);
  return at < 0 ? -1 : text.indexOf('>', at);
}
