/** A unit's poster: A4, a QR code that a phone reads from two metres, the unit's name, and the address to type. Drawn with vectors. */
import { drawQr, mm, type PdfPage } from '../print/page.ts';

export interface Poster {
  readonly unit: string;
  /** Units above, the nearest first. */
  readonly path: readonly string[];
  readonly url: string;
}

export interface PosterOrder {
  readonly contest: string;
  /** "Từ 8h00 ngày 01/08/2022 đến 24h00 ngày 28/08/2022". */
  readonly period: string;
  readonly posters: readonly Poster[];
}

const WIDTH = mm(210);
const MARGIN = mm(20);
const INNER = WIDTH - 2 * MARGIN;
const QR = mm(96);
const RED = '#b3131b';
const INK = '#1d1a17';
const SOFT = '#5b5550';

/** Draws one poster on the page that is open. */
export function drawPoster(page: PdfPage, { contest, period }: PosterOrder, poster: Poster): void {
  page.rect(0, 0, WIDTH, mm(9)).fill(RED);
  page.rect(0, mm(9), WIDTH, mm(1.2)).fill('#d9a520');
  let y = mm(22);
  y = centred(page, contest.toUpperCase(), y, {
    font: 'sans-bold',
    size: 26,
    least: 15,
    most: mm(36),
    color: RED,
  });
  y = centred(page, period, y + mm(3), { font: 'sans', size: 13, least: 10, most: mm(12), color: SOFT });
  y = centred(page, poster.unit, Math.max(y + mm(8), mm(72)), {
    font: 'sans-bold',
    size: 24,
    least: 13,
    most: mm(28),
    color: INK,
  });
  if (poster.path.length > 0)
    y = centred(page, poster.path.join(' · '), y + mm(1), {
      font: 'sans',
      size: 12,
      least: 9,
      most: mm(11),
      color: SOFT,
    });
  const top = Math.max(y + mm(8), mm(122));
  const left = (WIDTH - QR) / 2;
  page
    .lineWidth(1.2)
    .roundedRect(left - mm(6), top - mm(6), QR + mm(12), QR + mm(12), mm(4))
    .stroke(RED);
  drawQr(page, poster.url, left, top, QR);
  const below = top + QR + mm(12);
  centred(page, 'Quét mã bằng điện thoại để dự thi', below, {
    font: 'sans-bold',
    size: 17,
    least: 12,
    most: mm(10),
    color: INK,
  });
  centred(page, poster.url.replace(/^https?:\/\//, ''), below + mm(11), {
    font: 'sans-bold',
    size: 15,
    least: 9,
    most: mm(9),
    color: RED,
  });
  centred(page, 'Đơn vị đã được điền sẵn. Mọi người trong đơn vị dùng chung mã này.', below + mm(21), {
    font: 'sans',
    size: 11,
    least: 9,
    most: mm(8),
    color: SOFT,
  });
}

interface Lettering {
  readonly font: 'sans' | 'sans-bold';
  readonly size: number;
  /** Long names are set smaller, down to this, and then cut. */
  readonly least: number;
  readonly most: number;
  readonly color: string;
}

/** Text in the middle that fits into `most` of height; gives where it ends. */
function centred(
  page: PdfPage,
  text: string,
  y: number,
  { font, size, least, most, color }: Lettering,
): number {
  const options = { width: INNER, align: 'center' as const, lineGap: 2 };
  page.font(font);
  let points = size;
  while (points > least && page.fontSize(points).heightOfString(text, options) > most) points -= 1;
  page.fontSize(points).fillColor(color);
  const height = Math.min(page.heightOfString(text, options), most);
  page.text(text, MARGIN, y, { ...options, height: most, ellipsis: true });
  return y + height;
}
