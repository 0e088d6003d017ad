/** GIFT, the text format of Moodle. See Moodle's documentation, "GIFT format". */
import type { Format } from '../format.ts';
import { readGift } from './read.ts';
import { writeGift } from './write.ts';

const ANSWERS = /(?<!\\)\{\s*(?:(?:T|TRUE|F|FALSE)\b|#|[=~>]|####|\})/i;
const TITLE = /^::.{0,500}?::/m;
const CATEGORY = /^\$CATEGORY\s*:/m;

export const format: Format = {
  name: 'gift',
  vi: 'GIFT (Moodle)',
  en: 'GIFT (Moodle)',
  extensions: ['gift', 'txt'],
  mediaType: 'text/plain; charset=utf-8',
  sniff({ head }) {
    if (head === null || /^\s*(?:<\?xml|<quiz|\{|\[\s*\{)/.test(head)) return 0;
    if (CATEGORY.test(head)) return 0.95;
    if (!ANSWERS.test(head)) return TITLE.test(head) ? 0.4 : 0;
    return TITLE.test(head) ? 0.95 : 0.8;
  },
  read: readGift,
  write: writeGift,
};
