/** The workbook that Kahoot imports. It is read as every workbook is; this writes it. */
import type { Format } from '../format.ts';
import { writeKahoot } from './write.ts';

export const format: Format = {
  name: 'kahoot',
  vi: 'Kahoot (.xlsx)',
  en: 'Kahoot (.xlsx)',
  extensions: ['xlsx'],
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  sniff: () => 0,
  write: writeKahoot,
};
