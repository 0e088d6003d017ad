/** Draws one certificate on A4: frame, head, lines in the middle, QR code and signature at the foot. Runs in a thread. */

import { placeAndDate } from '../contests/time-rules.ts';
import type { CertificateDesign, CertificateLine } from '../contracts/certificates.ts';
import { STATE_MOTTO, STATE_NAME } from '../print/document.ts';
import { bytesOf, drawQr, type FontName, mm, openPage, type PdfPage } from '../print/page.ts';
import { type CertificateText, filledLines } from './certificate-rules.ts';

/** Bytes of the pictures, as stored. */
export interface CertificatePictures {
  readonly logo: Uint8Array | null;
  readonly signature: Uint8Array | null;
}

const RED = '#b3131b';
const GOLD = '#b8860b';
const INK = '#1a1a1a';
const FRAMES = { gold: GOLD, red: RED, none: null } as const;
const FONTS = {
  plain: 'serif',
  bold: 'serif-bold',
  italic: 'serif-italic',
  title: 'serif-bold',
  name: 'serif-bold-italic',
} as const satisfies Record<CertificateLine['style'], FontName>;

/** Bytes of the PDF. Throws when a picture cannot be read. */
export function certificatePdf(
  design: CertificateDesign,
  text: CertificateText,
  pictures: CertificatePictures,
): Promise<Uint8Array> {
  const page = openPage({ title: `Giấy chứng nhận – ${text.name}`, landscape: design.landscape });
  drawFrame(page, FRAMES[design.frame]);
  const headEnd = drawHead(page, design, pictures.logo);
  const footStart = drawFoot(page, design, text, pictures.signature);
  drawLines(page, filledLines(design, text), headEnd, footStart);
  return bytesOf(page);
}

/** Space around everything, points. */
const EDGE = mm(18);

function drawFrame(page: PdfPage, colour: string | null): void {
  if (colour === null) return;
  const { width, height } = page.page;
  const [outer, inner] = [mm(8), mm(10)];
  page.lineWidth(2.4).strokeColor(colour);
  page.rect(outer, outer, width - 2 * outer, height - 2 * outer).stroke();
  page.lineWidth(0.7);
  page.rect(inner, inner, width - 2 * inner, height - 2 * inner).stroke();
  for (const [x, y] of [
    [inner, inner],
    [width - inner, inner],
    [inner, height - inner],
    [width - inner, height - inner],
  ] as const) {
    page.rect(x - mm(2.5), y - mm(2.5), mm(5), mm(5)).fillAndStroke('white', colour);
    page.rect(x - mm(1.2), y - mm(1.2), mm(2.4), mm(2.4)).fill(colour);
  }
  page.fillColor(INK).strokeColor(INK);
}

/** Issuer on the left, state and motto on the right, or the issuer alone in the middle. Returns where the head ends. */
function drawHead(page: PdfPage, { issuer, motto }: CertificateDesign, logo: Uint8Array | null): number {
  const { width } = page.page;
  const room = width - 2 * EDGE;
  const top = EDGE;
  let end = top;
  const left = motto ? { x: EDGE, width: room * 0.42 } : { x: EDGE, width: room };
  if (issuer !== '')
    end = centred(page, issuer, { ...left, y: top, font: 'serif-bold', size: 12, rule: 0.35 });
  if (motto) {
    const right = { x: EDGE + room * 0.44, width: room * 0.56 };
    const state = centred(page, STATE_NAME, { ...right, y: top, font: 'serif-bold', size: 12 });
    end = Math.max(
      end,
      centred(page, STATE_MOTTO, { ...right, y: state, font: 'serif-bold', size: 13, rule: 1 }),
    );
  }
  if (logo === null) return end;
  const size = mm(22);
  const x = motto ? left.x + (left.width - size) / 2 : (width - size) / 2;
  page.image(Buffer.from(logo), x, end + 4, { fit: [size, size], align: 'center', valign: 'center' });
  return end + size + 8;
}

interface Placing {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly font: FontName;
  readonly size: number;
  /** A line below, as long as this share of the text. */
  readonly rule?: number;
}

/** Lines in the middle of a column; returns where they end. */
function centred(page: PdfPage, text: string, { x, y, width, font, size, rule }: Placing): number {
  const lines = text.split('\n');
  page.font(font).fontSize(size).fillColor(INK).text('', x, y);
  // One by one: a break inside a text moves its line from the middle.
  for (const line of lines) page.text(line, x, page.y, { width, align: 'center' });
  if (rule === undefined) return page.y;
  const length = Math.min(width, page.widthOfString(lines.at(-1) ?? '')) * rule;
  const middle = x + width / 2;
  page
    .lineWidth(0.7)
    .moveTo(middle - length / 2, page.y + 1)
    .lineTo(middle + length / 2, page.y + 1)
    .stroke();
  return page.y + 6;
}

/** QR code and code on the left, place, date and signature on the right; returns where the foot starts. */
function drawFoot(
  page: PdfPage,
  design: CertificateDesign,
  { issuedAt, code, address }: CertificateText,
  signature: Uint8Array | null,
): number {
  const { width, height } = page.page;
  const top = height - EDGE - mm(52);
  const qr = mm(26);
  drawQr(page, address, EDGE, height - EDGE - qr - 22, qr);
  page.font('serif').fontSize(8.5).fillColor(INK);
  page.text(`Mã xác minh: ${code}`, EDGE, height - EDGE - 17, { lineBreak: false });
  page.text('Quét mã hoặc nhập mã tại trang xác minh', EDGE, height - EDGE - 7, { lineBreak: false });
  const x = width / 2 + mm(5);
  const column = width - EDGE - x;
  const dated = centred(page, placeAndDate(design.place, issuedAt), {
    x,
    y: top,
    width: column,
    font: 'serif-italic',
    size: 13,
  });
  const signed = centred(page, design.signRole, {
    x,
    y: dated + 2,
    width: column,
    font: 'serif-bold',
    size: 13,
  });
  if (signature !== null)
    page.image(Buffer.from(signature), x + column / 2 - mm(22), signed + 1, {
      fit: [mm(44), mm(20)],
      align: 'center',
      valign: 'center',
    });
  page
    .font('serif-bold')
    .fontSize(13)
    .text(design.signName, x, height - EDGE - 16, {
      width: column,
      align: 'center',
      lineBreak: false,
    });
  return top;
}

const GAP = 12;
/** Letters never become smaller than this. */
const SMALLEST = 8;

/** In the middle of what is left between head and foot; all made smaller together when they do not fit. */
function drawLines(page: PdfPage, lines: readonly CertificateLine[], from: number, to: number): void {
  const width = page.page.width - 2 * EDGE;
  const room = to - from - 8;
  let scale = 1;
  let heights = lines.map((line) => heightOf(page, line, width, scale));
  while (sum(heights) > room && scale > 0.4) {
    scale -= 0.05;
    heights = lines.map((line) => heightOf(page, line, width, scale));
  }
  let y = from + Math.max(4, (room - sum(heights)) / 2);
  lines.forEach((line, i) => {
    setType(page, line, width, scale);
    page.fillColor(line.style === 'title' ? RED : INK).text(line.text, EDGE, y, { width, align: 'center' });
    y += heights[i] ?? 0;
  });
}

function heightOf(page: PdfPage, line: CertificateLine, width: number, scale: number): number {
  setType(page, line, width, scale);
  return page.heightOfString(line.text, { width, align: 'center' }) + GAP * scale;
}

/** A name stays on one line. */
function setType(page: PdfPage, { text, size, style }: CertificateLine, width: number, scale: number): void {
  let points = Math.max(SMALLEST, size * scale);
  page.font(FONTS[style]).fontSize(points);
  while (style === 'name' && points > SMALLEST && page.widthOfString(text) > width) {
    points -= 1;
    page.fontSize(points);
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
