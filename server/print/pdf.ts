/** A printed document as PDF. Blocks follow each other down the page; tables repeat their header on each page. */
import {
  type Bars,
  type Block,
  type Letterhead,
  marginsOf,
  type Paragraph,
  type PrintDocument,
  type QrCode,
  RECIPIENTS,
  recipientLine,
  SIZES,
  type Signatures,
  STATE_MOTTO,
  STATE_NAME,
  type Title,
} from './document.ts';
import { bytesOf, drawQr, type FontName, mm, openPage, type PdfPage } from './page.ts';
import { drawTable } from './pdf-table.ts';

/** Bytes of the PDF. For long documents use `print` (`printing.ts`): drawing holds its thread. */
export function toPdf(document: PrintDocument): Promise<Uint8Array> {
  const { title, landscape = false, blocks } = document;
  const page = openPage({ title, landscape, margins: marginsOf(document) });
  for (const block of blocks) drawBlock(page, block);
  numberPages(page);
  return bytesOf(page);
}

function drawBlock(page: PdfPage, block: Block): void {
  if (block.kind === 'letterhead') drawLetterhead(page, block);
  else if (block.kind === 'title') drawTitle(page, block);
  else if (block.kind === 'heading') drawHeading(page, block.text);
  else if (block.kind === 'text') drawText(page, block);
  else if (block.kind === 'table') drawTable(page, block);
  else if (block.kind === 'bars') drawBars(page, block);
  else if (block.kind === 'qr') drawQrCode(page, block);
  else if (block.kind === 'signatures') drawSignatures(page, block);
  else page.addPage();
}

/** Left edge and width of what is written on, points. */
function bodyOf(page: PdfPage): {
  readonly left: number;
  readonly width: number;
  readonly bottom: number;
} {
  const { width, height, margins } = page.page;
  return { left: margins.left, width: width - margins.left - margins.right, bottom: height - margins.bottom };
}

/** Begins a new page unless so much is left on this one. */
function need(page: PdfPage, height: number): void {
  if (page.y + height > bodyOf(page).bottom) page.addPage();
}

interface Line {
  readonly text: string;
  readonly font: FontName;
  readonly size: number;
  /** A rule below the text, as long as this share of it. */
  readonly underlined?: number;
}

/** Lines in the middle of a column; returns where they end. */
function drawCentred(page: PdfPage, lines: readonly Line[], x: number, width: number, from: number): number {
  let y = from;
  for (const { text, font, size, underlined } of lines) {
    page.font(font).fontSize(size);
    // One by one: a break inside a text moves its line from the middle.
    for (const part of text.split('\n')) {
      page.text(part, x, y, { width, align: 'center' });
      y = page.y;
    }
    if (underlined === undefined) continue;
    const length = Math.min(width, page.widthOfString(text)) * underlined;
    const middle = x + width / 2;
    page
      .lineWidth(0.7)
      .moveTo(middle - length / 2, y + 1)
      .lineTo(middle + length / 2, y + 1)
      .stroke();
    y += 5;
  }
  return y;
}

function drawLetterhead(page: PdfPage, { issuer, number, placeAndDate }: Letterhead): void {
  const { left, width } = bodyOf(page);
  const half = width * 0.42;
  const issuerLines = issuer.map(
    (text, i): Line => ({
      text,
      font: i === issuer.length - 1 ? 'serif-bold' : 'serif',
      size: 12,
      ...(i === issuer.length - 1 ? { underlined: 0.4 } : {}),
    }),
  );
  const numberLine: Line[] = number === null ? [] : [{ text: number, font: 'serif', size: SIZES.body }];
  const top = page.y;
  const leftEnd = drawCentred(page, issuerLines, left, half, top);
  const state: Line[] = [
    { text: STATE_NAME, font: 'serif-bold', size: 12 },
    { text: STATE_MOTTO, font: 'serif-bold', size: SIZES.body, underlined: 1 },
  ];
  const date: Line[] =
    placeAndDate === null ? [] : [{ text: placeAndDate, font: 'serif-italic', size: SIZES.body }];
  const rightEnd = drawCentred(page, state, left + half, width - half, top);
  // The number and the day stand beside each other however long the issuer's name is.
  const below = Math.max(leftEnd, rightEnd) + 3;
  const numberEnd = drawCentred(page, numberLine, left, half, below);
  const dateEnd = drawCentred(page, date, left + half, width - half, below);
  page.x = left;
  page.y = Math.max(numberEnd, dateEnd) + 14;
}

function drawTitle(page: PdfPage, { text, subtitle }: Title): void {
  const { left, width } = bodyOf(page);
  need(page, 60);
  const lines: Line[] = [{ text, font: 'serif-bold', size: SIZES.title }];
  if (subtitle !== undefined) lines.push({ text: subtitle, font: 'serif-bold', size: SIZES.body });
  page.y = drawCentred(page, lines, left, width, page.y + 4) + 12;
  page.x = left;
}

function drawHeading(page: PdfPage, text: string): void {
  const { left, width } = bodyOf(page);
  need(page, 60);
  page
    .font('serif-bold')
    .fontSize(SIZES.body)
    .text(text, left, page.y + 6, { width });
  page.y += 4;
}

function drawText(page: PdfPage, paragraph: Paragraph): void {
  const { text, align = 'justify', bold = false, italic = false, indented = false } = paragraph;
  const { left, width } = bodyOf(page);
  const indent = indented ? mm(10) : 0;
  page
    .font(fontFor(bold, italic))
    .fontSize(SIZES.body)
    .text(text, left, page.y, { width, align, indent, lineGap: 2 });
  page.y += 6;
}

function fontFor(bold: boolean, italic: boolean): FontName {
  if (bold) return italic ? 'serif-bold-italic' : 'serif-bold';
  return italic ? 'serif-italic' : 'serif';
}

const BAR_HEIGHT = 12;

function drawBars(page: PdfPage, { bars }: Bars): void {
  const { left, width } = bodyOf(page);
  const labels = width * 0.35;
  const room = width - labels - 70;
  const most = Math.max(...bars.map(({ value }) => value), 0);
  page.font('serif').fontSize(SIZES.table);
  for (const { label, value, shown } of bars) {
    need(page, BAR_HEIGHT + 6);
    const y = page.y;
    page
      .fillColor('black')
      .text(label, left, y, { width: labels - 8, height: BAR_HEIGHT + 2, ellipsis: true });
    const length = most === 0 ? 0 : (room * Math.max(0, value)) / most;
    page.rect(left + labels, y + 1, Math.max(length, 0.5), BAR_HEIGHT - 2).fill('#444444');
    page.fillColor('black').text(shown, left + labels + length + 6, y, { width: 64, lineBreak: false });
    page.y = y + BAR_HEIGHT + 5;
  }
  page.x = left;
  page.y += 6;
}

function drawQrCode(page: PdfPage, { text, sizeMm, caption }: QrCode): void {
  const { left, width } = bodyOf(page);
  const size = mm(sizeMm);
  need(page, size + 30);
  drawQr(page, text, left + (width - size) / 2, page.y + 6, size);
  page.y += size + 12;
  if (caption !== undefined)
    page.font('serif').fontSize(SIZES.small).text(caption, left, page.y, { width, align: 'center' });
  page.y += 6;
}

function drawSignatures(page: PdfPage, { people, recipients = [] }: Signatures): void {
  const { left, width } = bodyOf(page);
  need(page, 130);
  const before = recipients.length > 0 ? 1 : 0;
  const each = width / (people.length + before);
  const top = page.y + 12;
  if (before > 0) drawRecipients(page, recipients, { x: left, y: top, width: each });
  const below = page.y;
  for (const [i, { role, note, name }] of people.entries()) {
    const x = left + (i + before) * each;
    const head: Line[] = [{ text: role, font: 'serif-bold', size: SIZES.body }];
    if (note !== undefined) head.push({ text: note, font: 'serif-italic', size: SIZES.table });
    drawCentred(page, head, x, each, top);
    if (name !== undefined)
      drawCentred(page, [{ text: name, font: 'serif-bold', size: SIZES.body }], x, each, top + 90);
  }
  page.x = left;
  page.y = Math.max(below, top + 112);
}

function drawRecipients(
  page: PdfPage,
  recipients: readonly string[],
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
): void {
  page.font('serif-bold-italic').fontSize(SIZES.table).text(RECIPIENTS, x, y, { width });
  page.font('serif').fontSize(SIZES.small);
  for (const one of recipients) page.text(recipientLine(one), x, page.y, { width });
}

/** "2" in the middle of the head of each page but the first, as offices do. */
function numberPages(page: PdfPage): void {
  const { start, count } = page.bufferedPageRange();
  for (let i = start + 1; i < start + count; i += 1) {
    page.switchToPage(i);
    const { left, width } = bodyOf(page);
    const { top } = page.page.margins;
    // Above the margin nothing may push the text to a page of its own.
    page.page.margins.top = 0;
    page.font('serif').fontSize(SIZES.body).fillColor('black');
    page.text(String(i + 1), left, mm(10), { width, align: 'center', lineBreak: false });
    page.page.margins.top = top;
  }
}
