/** The same document as DOCX, for offices that put it under their own number and signature: Times New Roman, A4, tables that Word can change. */
import {
  AlignmentType,
  BorderStyle,
  Document,
  type FileChild,
  Header,
  type IBorderOptions,
  ImageRun,
  PageBreak as NewPage,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import qrcode from 'qrcode';
import {
  type Align,
  type Bars,
  type Block,
  type Table as GivenTable,
  type Letterhead,
  marginsOf,
  type PrintDocument,
  type QrCode,
  RECIPIENTS,
  recipientLine,
  SIZES,
  type Signatures,
  STATE_MOTTO,
  STATE_NAME,
} from './document.ts';

/** Word measures in twentieths of a point; fonts in halves. */
const TWIPS_PER_MM = 1440 / 25.4;
const PIXELS_PER_MM = 96 / 25.4;
const A4 = { width: Math.round(210 * TWIPS_PER_MM), height: Math.round(297 * TWIPS_PER_MM) };
const twips = (mm: number) => Math.round(mm * TWIPS_PER_MM);

const ALIGN = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
  justify: AlignmentType.JUSTIFIED,
} satisfies Record<Align, string>;

const none: IBorderOptions = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const NO_BORDERS = { top: none, bottom: none, left: none, right: none };
const NO_TABLE_BORDERS = { ...NO_BORDERS, insideHorizontal: none, insideVertical: none };

/** Bytes of the document. */
export async function toDocx(document: PrintDocument): Promise<Uint8Array> {
  const { title, landscape = false } = document;
  const margins = marginsOf(document);
  const width = twips((landscape ? 297 : 210) - margins.left - margins.right);
  const children: FileChild[] = [];
  for (const block of document.blocks) children.push(...(await blockOf(block, width)));
  const file = new Document({
    title,
    creator: 'Hội Thi',
    styles: {
      default: {
        document: { run: { font: 'Times New Roman', size: SIZES.body * 2, language: { value: 'vi-VN' } } },
      },
    },
    sections: [
      {
        properties: {
          titlePage: true,
          page: {
            size: {
              ...A4,
              orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
            },
            margin: {
              top: twips(margins.top),
              bottom: twips(margins.bottom),
              left: twips(margins.left),
              right: twips(margins.right),
            },
          },
        },
        headers: { default: pageNumber(), first: new Header({ children: [] }) },
        children,
      },
    ],
  });
  return Packer.toBuffer(file);
}

function pageNumber(): Header {
  return new Header({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [new TextRun({ children: [PageNumber.CURRENT] })],
      }),
    ],
  });
}

async function blockOf(block: Block, width: number): Promise<readonly FileChild[]> {
  switch (block.kind) {
    case 'letterhead':
      return [...letterhead(block, width), line('')];
    case 'title': {
      const subtitle =
        block.subtitle === undefined ? [] : [line(block.subtitle, { align: 'center', bold: true })];
      return [line(block.text, { align: 'center', bold: true, size: SIZES.title }), ...subtitle, line('')];
    }
    case 'heading':
      return [line(block.text, { bold: true, before: 120, keepNext: true })];
    case 'text': {
      const { text, align = 'justify', bold = false, italic = false, indented = false } = block;
      return [line(text, { align, bold, italic, indented })];
    }
    case 'table':
      return [table(block, width), line('')];
    case 'bars':
      return [bars(block, width), line('')];
    case 'qr':
      return qr(block);
    case 'signatures':
      return [signatures(block, width)];
    case 'pageBreak':
      return [new Paragraph({ children: [new NewPage()] })];
  }
}

interface LineOptions {
  readonly align?: Align;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly size?: number;
  readonly before?: number;
  readonly after?: number;
  readonly keepNext?: boolean;
  readonly indented?: boolean;
}

/** One paragraph; line breaks in the text stay. */
function line(text: string, options: LineOptions = {}): Paragraph {
  const { align = 'left', bold = false, italic = false, size = SIZES.body, before = 0, after = 60 } = options;
  return new Paragraph({
    alignment: ALIGN[align],
    keepNext: options.keepNext ?? false,
    spacing: { before, after },
    indent: { firstLine: options.indented === true ? twips(10) : 0 },
    children: text
      .split('\n')
      .map(
        (part, i) =>
          new TextRun({ text: part, bold, italics: italic, size: size * 2, break: i === 0 ? 0 : 1 }),
      ),
  });
}

/** In two rows: the number and the day stand beside each other however long the issuer's name is. */
function letterhead({ issuer, number, placeAndDate }: Letterhead, width: number): readonly Table[] {
  const left = issuer.map((text, i) =>
    line(text, { align: 'center', bold: i === issuer.length - 1, size: 12, after: 0 }),
  );
  left.push(line('———', { align: 'center', size: 10 }));
  const right = [
    line(STATE_NAME, { align: 'center', bold: true, size: 12, after: 0 }),
    line(STATE_MOTTO, { align: 'center', bold: true, after: 0 }),
    line('———————————', { align: 'center', size: 10 }),
  ];
  const below = [
    [line(number ?? '', { align: 'center' })],
    [line(placeAndDate ?? '', { align: 'center', italic: true })],
  ];
  const shares = [0.42, 0.58];
  return [borderless([left, right], shares, width), borderless(below, shares, width)];
}

/** Columns without lines. */
function borderless(columns: readonly Paragraph[][], shares: readonly number[], width: number): Table {
  const widths = shares.map((share) => Math.round(share * width));
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: width, type: WidthType.DXA },
    columnWidths: widths,
    borders: NO_TABLE_BORDERS,
    rows: [
      new TableRow({
        cantSplit: true,
        children: columns.map(
          (children, i) =>
            new TableCell({
              children,
              borders: NO_BORDERS,
              width: { size: widths[i] ?? 0, type: WidthType.DXA },
            }),
        ),
      }),
    ],
  });
}

function table({ columns, rows, boldRows = [] }: GivenTable, width: number): Table {
  const shares = columns.reduce((sum, column) => sum + column.width, 0);
  const widths = columns.map((column) => Math.round((width * column.width) / shares));
  const bold = new Set(boldRows);
  const cell = (text: string, i: number, options: LineOptions, fill?: string) =>
    new TableCell({
      width: { size: widths[i] ?? 0, type: WidthType.DXA },
      verticalAlign: VerticalAlign.CENTER,
      margins: { left: 60, right: 60, top: 20, bottom: 20 },
      ...(fill === undefined ? {} : { shading: { type: ShadingType.CLEAR, color: 'auto', fill } }),
      children: [line(text, { size: SIZES.table, after: 0, ...options })],
    });
  const header = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: columns.map(({ title }, i) => cell(title, i, { align: 'center', bold: true }, 'EEEEEE')),
  });
  const body = rows.map(
    (row, number) =>
      new TableRow({
        cantSplit: true,
        children: columns.map(({ align = 'left' }, i) =>
          cell(row[i] ?? '', i, { align, bold: bold.has(number) }),
        ),
      }),
  );
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: width, type: WidthType.DXA },
    columnWidths: widths,
    rows: [header, ...body],
  });
}

/** Bars as text, which Word can change: "████ 12". */
function bars({ bars: given }: Bars, width: number): Table {
  const most = Math.max(...given.map(({ value }) => value), 0);
  const lengthOf = (value: number) => (most === 0 ? 0 : Math.round((24 * Math.max(0, value)) / most));
  return borderless(
    [
      given.map(({ label }) => line(label, { size: SIZES.table })),
      given.map(({ value, shown }) => line(`${'█'.repeat(lengthOf(value))} ${shown}`, { size: SIZES.table })),
    ],
    [0.4, 0.6],
    width,
  );
}

async function qr({ text, sizeMm, caption }: QrCode): Promise<readonly Paragraph[]> {
  const data = await qrcode.toBuffer(text, { errorCorrectionLevel: 'M', margin: 1, scale: 8 });
  const pixels = Math.round(sizeMm * PIXELS_PER_MM);
  const picture = new ImageRun({
    type: 'png',
    data,
    transformation: { width: pixels, height: pixels },
    altText: { name: 'QR', title: 'QR', description: text },
  });
  const below = caption === undefined ? [] : [line(caption, { align: 'center', size: SIZES.small })];
  return [new Paragraph({ alignment: AlignmentType.CENTER, children: [picture] }), ...below];
}

function signatures({ people, recipients = [] }: Signatures, width: number): Table {
  const columns = people.map(({ role, note, name }) => [
    line(role, { align: 'center', bold: true, before: 120, after: 0 }),
    ...(note === undefined ? [] : [line(note, { align: 'center', italic: true, size: SIZES.table })]),
    ...Array.from({ length: 4 }, () => line('')),
    ...(name === undefined ? [] : [line(name, { align: 'center', bold: true })]),
  ]);
  if (recipients.length > 0)
    columns.unshift([
      line(RECIPIENTS, { bold: true, italic: true, size: SIZES.table, before: 120, after: 0 }),
      ...recipients.map((text) => line(recipientLine(text), { size: SIZES.small, after: 0 })),
    ]);
  return borderless(
    columns,
    columns.map(() => 1 / columns.length),
    width,
  );
}
