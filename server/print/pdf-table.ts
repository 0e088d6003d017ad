/** Tables in PDFs: rows as high as their highest cell, a header on each page, thin lines. Thousands of rows take a moment, not a minute. */
import { type Column, SIZES, type Table } from './document.ts';
import type { FontName, PdfPage } from './page.ts';

const PADDING = 3;

interface Geometry {
  readonly columns: readonly Column[];
  /** Left edge and width of each column, points. */
  readonly places: readonly { readonly x: number; readonly width: number }[];
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
}

export function drawTable(page: PdfPage, { columns, rows, boldRows = [] }: Table): void {
  const geometry = geometryOf(page, columns);
  const bold = new Set(boldRows);
  const titles = columns.map(({ title }) => title);
  page.fontSize(SIZES.table).lineWidth(0.5);
  const header = measure(page, geometry, titles, 'header');
  drawRow(page, geometry, header);
  for (const [i, texts] of rows.entries()) {
    const row = measure(page, geometry, texts, bold.has(i) ? 'bold' : 'plain');
    if (page.y + row.height > geometry.bottom) {
      page.addPage();
      page.fontSize(SIZES.table).lineWidth(0.5);
      drawRow(page, geometry, header);
    }
    drawRow(page, geometry, row);
  }
  page.x = geometry.left;
  page.y += 8;
}

function geometryOf(page: PdfPage, columns: readonly Column[]): Geometry {
  const { width, height, margins } = page.page;
  const room = width - margins.left - margins.right;
  const shares = columns.reduce((sum, column) => sum + column.width, 0);
  let x = margins.left;
  const places = columns.map((column) => {
    const place = { x, width: (room * column.width) / shares };
    x += place.width;
    return place;
  });
  return { columns, places, left: margins.left, right: margins.left + room, bottom: height - margins.bottom };
}

type Style = 'header' | 'bold' | 'plain';
const FONT: Readonly<Record<Style, FontName>> = { header: 'serif-bold', bold: 'serif-bold', plain: 'serif' };

/** A row measured for its columns, in points. `lengths`: of cells that fit on one line; others are broken into lines. */
interface Measured {
  readonly texts: readonly string[];
  readonly style: Style;
  readonly lengths: readonly (number | null)[];
  readonly height: number;
}

/** Most cells are one line: measuring a width is many times cheaper than laying a text out. */
function measure(page: PdfPage, { places }: Geometry, row: readonly string[], style: Style): Measured {
  page.font(FONT[style]);
  let height = page.currentLineHeight(true);
  const texts = places.map((_, i) => row[i] ?? '');
  const lengths = places.map(({ width }, i) => {
    const text = texts[i] ?? '';
    const room = width - 2 * PADDING;
    const length = text.includes('\n') ? Number.POSITIVE_INFINITY : page.widthOfString(text);
    if (length <= room) return length;
    height = Math.max(height, page.heightOfString(text, { width: room }));
    return null;
  });
  return { texts, style, lengths, height: height + 2 * PADDING };
}

function drawRow(page: PdfPage, geometry: Geometry, row: Measured): void {
  const { y } = page;
  const { style, height } = row;
  if (style === 'header') page.rect(geometry.left, y, geometry.right - geometry.left, height).fill('#eeeeee');
  page.font(FONT[style]).fillColor('black');
  for (const [i, { x, width }] of geometry.places.entries()) {
    const align = style === 'header' ? 'center' : (geometry.columns[i]?.align ?? 'left');
    drawCell(page, row, i, { x: x + PADDING, y: y + PADDING, width: width - 2 * PADDING, align });
    page.rect(x, y, width, height);
  }
  page.stroke('#777777');
  page.x = geometry.left;
  page.y = y + height;
}

interface Cell {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly align: 'left' | 'center' | 'right';
}

function drawCell(
  page: PdfPage,
  { texts, lengths }: Measured,
  i: number,
  { x, y, width, align }: Cell,
): void {
  const text = texts[i] ?? '';
  const length = lengths[i] ?? null;
  if (text === '') return;
  if (length === null) {
    page.text(text, x, y, { width, align });
    return;
  }
  const shift = { left: 0, center: (width - length) / 2, right: width - length }[align];
  page.text(text, x + shift, y, { lineBreak: false });
}
