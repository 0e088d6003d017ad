/** The thread that draws a contest's poster: one A4 page to print and hang up, with a code that phones read. */
import { parentPort, workerData } from 'node:worker_threads';
import { bytesOf, drawQr, mm, openPage, type PdfPage } from '../print/page.ts';
import type { Poster } from './posters.ts';

const RED = '#b3131b';
const INK = '#1d1715';
const SOFT = '#5c524d';
const WIDTH = mm(210);
const HEIGHT = mm(297);
const SIDE = mm(20);
const INNER = WIDTH - 2 * SIDE;

const poster: Poster = workerData;
parentPort?.postMessage(await draw(poster));

function draw({ title, summary, lines, address, shown, picture }: Poster): Promise<Uint8Array> {
  const page = openPage({ title });
  const top = drawHead(page, picture);
  const afterTitle = drawTitle(page, title, top);
  drawText(page, summary, lines, afterTitle);
  drawFoot(page, address, shown);
  return bytesOf(page);
}

/** The picture across the page, or a band of red; where the text may begin. */
function drawHead(page: PdfPage, picture: Uint8Array | null): number {
  const height = picture === null ? mm(34) : mm(92);
  page.rect(0, 0, WIDTH, height).fill(RED);
  if (picture !== null) {
    page.save().rect(0, 0, WIDTH, height).clip();
    page.image(Buffer.from(picture), 0, 0, { cover: [WIDTH, height], align: 'center', valign: 'center' });
    page.restore();
    page.rect(0, height, WIDTH, mm(2.5)).fill(RED);
  } else {
    page.font('sans-bold').fontSize(22).fillColor('#ffffff');
    page.text('CUỘC THI', SIDE, mm(12.5), { width: INNER, align: 'center', characterSpacing: 3 });
  }
  return height + mm(13);
}

/** As large as fits in four lines. */
function drawTitle(page: PdfPage, title: string, y: number): number {
  page.font('sans-bold').fillColor(INK);
  const options = { width: INNER, align: 'center' as const, lineGap: 2 };
  let size = 40;
  while (size > 18 && page.fontSize(size).heightOfString(title, options) > size * 1.35 * 3) size -= 2;
  page.fontSize(size).text(title, SIDE, y, options);
  return page.y + mm(5);
}

function drawText(page: PdfPage, summary: string, lines: readonly string[], y: number): void {
  const options = { width: INNER, align: 'center' as const, lineGap: 2 };
  const room = HEIGHT - mm(112) - y - lines.length * mm(8);
  page.font('sans').fontSize(15).fillColor(SOFT);
  if (summary !== '' && room > mm(8))
    page.text(summary, SIDE, y, { ...options, height: room, ellipsis: true });
  else page.y = y;
  page.font('sans-bold').fontSize(15).fillColor(INK);
  for (const line of lines) page.text(line, SIDE, page.y + mm(2), options);
}

/** The code, how to use it, and the address to type. */
function drawFoot(page: PdfPage, address: string, shown: string): void {
  const side = mm(62);
  const y = HEIGHT - mm(106);
  drawQr(page, address, (WIDTH - side) / 2, y, side);
  const options = { width: INNER, align: 'center' as const };
  page.font('sans').fontSize(14).fillColor(SOFT);
  page.text('Mở máy ảnh điện thoại, quét mã để dự thi, hoặc gõ địa chỉ', SIDE, y + side + mm(6), options);
  page.font('sans-bold').fillColor(RED);
  let size = 30;
  while (size > 14 && page.fontSize(size).widthOfString(shown) > INNER) size -= 1;
  page.fontSize(size).text(shown, SIDE, y + side + mm(14), options);
}
