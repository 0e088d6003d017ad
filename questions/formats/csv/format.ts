/** CSV, TSV and the like: one question a line, in whatever columns. */
import type { Format } from '../format.ts';
import { readCsv } from './read.ts';
import { guessDelimiter } from './records.ts';

export const format: Format = {
  name: 'csv',
  vi: 'CSV',
  en: 'CSV',
  extensions: ['csv', 'tsv', 'txt'],
  mediaType: 'text/csv; charset=utf-8',
  sniff({ head }) {
    if (head === null || /^\s*[<{]/.test(head)) return 0;
    const { score, width } = guessDelimiter(head);
    if (width < 2 || score < 0.75) return 0;
    return Math.min(0.85, 0.25 + score * 0.35);
  },
  read: readCsv,
};
