/** Excel workbooks: read whatever layout they have; ours holds every kind without loss. */
import type { Format } from '../format.ts';
import { officeLikelihood } from '../office.ts';
import { readXlsx } from './read.ts';
import { templateXlsx } from './template.ts';
import { writeXlsx } from './write.ts';

export const format: Format = {
  name: 'xlsx',
  vi: 'Excel (.xlsx)',
  en: 'Excel (.xlsx)',
  extensions: ['xlsx', 'xlsm'],
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  sniff: ({ bytes }) => officeLikelihood(bytes, 'xl/workbook', 'Workbook'),
  read: readXlsx,
  write: writeXlsx,
  template: templateXlsx,
};
