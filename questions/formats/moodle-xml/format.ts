/** Moodle XML: everything that Moodle knows about a question. See Moodle's documentation, "Moodle XML format". */
import type { Format } from '../format.ts';
import { readMoodleXml } from './read.ts';
import { writeMoodleXml } from './write.ts';

const START = /^\s*(?:<\?xml[^>]*>|<!--[\s\S]*?-->|<!DOCTYPE[\s\S]*?(?:\]\s*)?>|\s)*<quiz[\s>/]/;

export const format: Format = {
  name: 'moodle-xml',
  vi: 'Moodle XML',
  en: 'Moodle XML',
  extensions: ['xml'],
  mediaType: 'application/xml; charset=utf-8',
  sniff({ head }) {
    if (head === null || !head.trimStart().startsWith('<')) return 0;
    if (START.test(head)) return 1;
    return /<question\s+type=/.test(head) ? 0.7 : 0;
  },
  read: readMoodleXml,
  write: writeMoodleXml,
};
