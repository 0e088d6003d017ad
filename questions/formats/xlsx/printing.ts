/** How our workbooks come out of a printer: A4 lying down, as wide as the page, the heading on each page. */
import type ExcelJS from 'exceljs';

/** Of cells that say nothing else; headings that are bold need it said. */
export const FONT = { name: 'Calibri', size: 11 } as const;
/** Tells rows apart on paper. */
export const BELOW = { bottom: { style: 'hair', color: { argb: 'FF9CA3AF' } } } as const;
/** Of one line of text, in points. */
const LINE = 15;
/** Excel has no higher rows. */
const HEIGHT_MAX = 409;

/** Makes a row as high as its wrapped texts: not every program does that by itself. */
export function fitHeight(row: ExcelJS.Row, widths: readonly number[]): void {
  const lines = widths.map((width, i) => {
    const text = row.getCell(i + 1).text;
    return text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / (width - 1))), 0);
  });
  row.height = Math.min(HEIGHT_MAX, LINE * Math.max(1, ...lines));
}

/** Of a sheet whose heading stands in this row. */
export function printedUnder(row: number): Partial<ExcelJS.AddWorksheetOptions> {
  return {
    pageSetup: {
      paperSize: 9,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `${row}:${row}`,
      margins: { left: 0.3, right: 0.3, top: 0.4, bottom: 0.5, header: 0.2, footer: 0.2 },
    },
    headerFooter: { oddFooter: '&C&P / &N' },
  };
}
