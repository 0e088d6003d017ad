/** A report as a file, whatever the format. */
import type { ReportFormat } from '../contracts/unit-reports.ts';
import { PRINT_TYPES, print } from '../print/printing.ts';
import { printOf } from './report-print.ts';
import type { LineOrder, Report } from './report-rules.ts';
import { toWorkbook } from './report-workbook.ts';

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The bytes; made outside the main thread. Throws `busy`. */
export function fileOf(report: Report, format: ReportFormat, order: LineOrder): Promise<Uint8Array> {
  if (format === 'xlsx') return toWorkbook(report, order);
  return print(printOf(report, order), format);
}

export function typeOf(format: ReportFormat): string {
  return format === 'xlsx' ? XLSX_TYPE : PRINT_TYPES[format];
}

/** e.g. "bao-cao-2022-08-01.xlsx": the day on which the period began, in Hà Nội. */
export function fileName({ period }: Report, format: ReportFormat): string {
  const day = new Date(period.from + 7 * 3_600_000).toISOString().slice(0, 10);
  return `bao-cao-${day}.${format}`;
}
