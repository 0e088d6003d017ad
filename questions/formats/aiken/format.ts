/** Aiken: the plainest of the formats, one right option a question. See Moodle's documentation, "Aiken format". */
import type { Format } from '../format.ts';
import { readAiken } from './read.ts';
import { writeAiken } from './write.ts';

const ANSWER_LINE = /^[ \t]*ANSWERS?\s*:\s*[A-Z]\b/im;
const OPTION_LINES = /^[ \t]*A\s?[.)].+\n\s*B\s?[.)]/m;

export const format: Format = {
  name: 'aiken',
  vi: 'Aiken (văn bản)',
  en: 'Aiken (text)',
  extensions: ['txt'],
  mediaType: 'text/plain; charset=utf-8',
  sniff({ head }) {
    if (head === null || /^\s*[<{[]/.test(head)) return 0;
    if (!ANSWER_LINE.test(head)) return OPTION_LINES.test(head) ? 0.4 : 0;
    return OPTION_LINES.test(head) ? 0.9 : 0.5;
  },
  read: readAiken,
  write: writeAiken,
};
