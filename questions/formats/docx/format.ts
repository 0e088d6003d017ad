/** Word documents as Vietnamese teachers write them. */
import type { Format } from '../format.ts';
import { officeLikelihood } from '../office.ts';
import { readDocx } from './read.ts';
import { templateDocx } from './template.ts';
import { writeDocx } from './write.ts';

export const format: Format = {
  name: 'docx',
  vi: 'Word (.docx)',
  en: 'Word (.docx)',
  extensions: ['docx', 'docm', 'doc'],
  mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  sniff: ({ bytes }) => officeLikelihood(bytes, 'word/document', 'WordDocument'),
  read: readDocx,
  write: writeDocx,
  template: templateDocx,
};
