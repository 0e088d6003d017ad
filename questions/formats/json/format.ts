/**
 * The product's own file: everything that a question has, one question a line, pictures included. The version changes
 * when files of before could no longer be read.
 */
import type { Format } from '../format.ts';
import { readJson } from './read.ts';
import { JSON_FORMAT, writeJson } from './write.ts';

export const format: Format = {
  name: 'json',
  vi: 'JSON của Hội Thi',
  en: "Hội Thi's JSON",
  extensions: ['json'],
  mediaType: 'application/json; charset=utf-8',
  sniff({ head }) {
    if (head === null || !head.trimStart().startsWith('{')) return 0;
    return head.slice(0, 2_000).includes(`"${JSON_FORMAT}"`) ? 1 : 0.35;
  },
  read: readJson,
  write: writeJson,
};
