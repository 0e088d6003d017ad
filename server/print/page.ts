/** A4 pages to draw on: fonts with all Vietnamese letters (Tinos has the measures of Times New Roman), millimetres, QR codes. */
import { createRequire } from 'node:module';
import Pdf from 'pdfkit';
import qrcode from 'qrcode';

export type PdfPage = InstanceType<typeof Pdf>;

const { resolve } = createRequire(import.meta.url);

/** Names to give to `font`, and their files; a file is read when its font is first used. */
const FONTS = {
  serif: '@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf',
  'serif-bold': '@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf',
  'serif-italic': '@expo-google-fonts/tinos/400Regular_Italic/Tinos_400Regular_Italic.ttf',
  'serif-bold-italic': '@expo-google-fonts/tinos/700Bold_Italic/Tinos_700Bold_Italic.ttf',
  sans: '@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf',
  'sans-bold': '@expo-google-fonts/be-vietnam-pro/700Bold/BeVietnamPro_700Bold.ttf',
} as const;

export type FontName = keyof typeof FONTS;

const POINTS_PER_MM = 72 / 25.4;

/** Millimetres → points, which pages are measured in. */
export function mm(length: number): number {
  return length * POINTS_PER_MM;
}

export interface PageOptions {
  readonly title: string;
  readonly landscape?: boolean;
  /** Millimetres; 0 on all sides unless said. */
  readonly margins?: {
    readonly top: number;
    readonly bottom: number;
    readonly left: number;
    readonly right: number;
  };
}

/** An open document with its first page. Draw, then take its bytes by `bytesOf`. */
export function openPage({ title, landscape = false, margins }: PageOptions): PdfPage {
  const { top = 0, bottom = 0, left = 0, right = 0 } = margins ?? {};
  const page = new Pdf({
    size: 'A4',
    layout: landscape ? 'landscape' : 'portrait',
    margins: { top: mm(top), bottom: mm(bottom), left: mm(left), right: mm(right) },
    bufferPages: true,
    lang: 'vi-VN',
    displayTitle: true,
    info: { Title: title, Creator: 'Hội Thi' },
    // None yet: a font that the document has under another name would be opened again at each use.
    font: '',
  });
  for (const [name, file] of Object.entries(FONTS))
    Reflect.apply(page.registerFont, page, [name, opened.get(name) ?? resolve(file)]);
  return page.font('serif');
}

/**
 * Fonts that a page before has opened, by name. Reading a font's tables takes nine tenths of a page's time, and pdfkit takes an open
 * font where it takes a file (`PDFFontFactory.open`): its types do not say so. What a page uses of a font is the page's own.
 */
const opened = new Map<string, object>();

function keepOpen(page: PdfPage): void {
  const families: unknown = Reflect.get(page, '_fontFamilies');
  if (typeof families !== 'object' || families === null) return;
  for (const name of Object.keys(FONTS)) {
    const embedded: unknown = Reflect.get(families, name);
    if (typeof embedded !== 'object' || embedded === null) continue;
    const font: unknown = Reflect.get(embedded, 'font');
    if (typeof font === 'object' && font !== null) opened.set(name, font);
  }
}

/** Ends the document and gives its bytes. */
export function bytesOf(page: PdfPage): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const { promise, resolve: done, reject } = Promise.withResolvers<Uint8Array>();
  page.on('data', (part: Uint8Array) => parts.push(part));
  page.on('end', () => done(Buffer.concat(parts)));
  page.on('error', reject);
  page.end();
  keepOpen(page);
  return promise;
}

/** A QR code as vectors, sharp at any size; (x, y) is its upper left corner, `size` its side in points, quiet zone not included. */
export function drawQr(page: PdfPage, text: string, x: number, y: number, size: number): void {
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' });
  const side = size / modules.size;
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      // A hair wider, so that no white line shows between neighbours.
      if (modules.get(row, column)) page.rect(x + column * side, y + row * side, side + 0.05, side + 0.05);
    }
  }
  page.fill('black');
}
