/** Our workbooks on paper: as wide as the page, the heading on each of them, no text cut off. */
import ExcelJS from 'exceljs';
import { expect, it } from 'vitest';
import { writeKahoot } from '../../../../questions/formats/kahoot/write.ts';
import { examples } from '../../../../questions/formats/template-examples.ts';
import { templateXlsx } from '../../../../questions/formats/xlsx/template.ts';
import { writeXlsx } from '../../../../questions/formats/xlsx/write.ts';

const options = { title: 'Thử', media: new Map() };
const [first] = examples;
const long = first === undefined ? [] : [{ ...first, explanation: 'dài dòng '.repeat(40) }, first];

it.each([
  ['the template', '1:1', templateXlsx],
  ['our own export', '1:1', async () => (await writeXlsx(long, options)).bytes],
  ["Kahoot's template", '8:8', async () => (await writeKahoot(long, options)).bytes],
])('%s prints one page wide, under its heading', async (_, heading, written) => {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(new Uint8Array(await written()).buffer);
  for (const { pageSetup } of book.worksheets)
    expect(pageSetup).toMatchObject({
      orientation: 'landscape',
      paperSize: 9,
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: heading,
    });
});

it('makes rows as high as their longest text', async () => {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(new Uint8Array((await writeXlsx(long, options)).bytes).buffer);
  const [, high = 0, usual = 0] = [1, 2, 3].map((row) => book.worksheets[0]?.getRow(row).height);
  expect(high).toBeGreaterThanOrEqual(15 * 13);
  expect(usual).toBeLessThan(high / 2);
});
