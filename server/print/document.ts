/**
 * What is printed on A4: a notice, a report, a list to sign. One model, written as PDF (`pdf.ts`) and as DOCX (`docx.ts`), so that
 * both say the same. Sizes are millimetres; text is plain and NFC. Layout follows what Vietnamese offices print
 * (Nghị định 30/2020: A4, Times New Roman, 13 points, margins 20/20/30/15 mm).
 */

export type Align = 'left' | 'center' | 'right' | 'justify';

/** Who issues it on the left, the state's name and motto on the right; below them number, place and date. */
export interface Letterhead {
  readonly kind: 'letterhead';
  /** Lines on the left: the superior body, then the issuer (bold). */
  readonly issuer: readonly string[];
  /** "Số: 12/TB-BTC"; null: none. */
  readonly number: string | null;
  /** "Hà Nội, ngày 30 tháng 11 năm 2026"; null: none. */
  readonly placeAndDate: string | null;
}

export interface Title {
  readonly kind: 'title';
  readonly text: string;
  readonly subtitle?: string;
}

export interface Heading {
  readonly kind: 'heading';
  readonly text: string;
}

export interface Paragraph {
  readonly kind: 'text';
  readonly text: string;
  readonly align?: Align;
  readonly bold?: boolean;
  readonly italic?: boolean;
  /** The first line begins a centimetre in, as the text of official papers does. */
  readonly indented?: boolean;
}

export interface Column {
  readonly title: string;
  /** Share of the width; shares are added up. */
  readonly width: number;
  readonly align?: 'left' | 'center' | 'right';
}

export interface Table {
  readonly kind: 'table';
  readonly columns: readonly Column[];
  /** Texts as shown, a cell a column. */
  readonly rows: readonly (readonly string[])[];
  /** Indexes of rows in bold: sums, groups. */
  readonly boldRows?: readonly number[];
}

/** A bar a line, longest = the largest value. */
export interface Bars {
  readonly kind: 'bars';
  readonly bars: readonly { readonly label: string; readonly value: number; readonly shown: string }[];
}

export interface QrCode {
  readonly kind: 'qr';
  /** What it says when scanned, an address as a rule. */
  readonly text: string;
  readonly sizeMm: number;
  /** Line below it. */
  readonly caption?: string;
}

/** Who signs, side by side, with room for signatures. */
export interface Signatures {
  readonly kind: 'signatures';
  /** "Nơi nhận": who gets it, a line each, small on the left of the signatures. */
  readonly recipients?: readonly string[];
  readonly people: readonly { readonly role: string; readonly note?: string; readonly name?: string }[];
}

export interface PageBreak {
  readonly kind: 'pageBreak';
}

export type Block = Letterhead | Title | Heading | Paragraph | Table | Bars | QrCode | Signatures | PageBreak;

export interface PrintDocument {
  /** Of the file, shown by readers; not printed. */
  readonly title: string;
  readonly landscape?: boolean;
  readonly blocks: readonly Block[];
}

/** The state's name and motto, as every official paper begins. */
export const STATE_NAME = 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM';
export const STATE_MOTTO = 'Độc lập - Tự do - Hạnh phúc';

/** Body text, table text and notes, points. */
export const SIZES = { body: 13, table: 11, small: 10, title: 15 } as const;

/** Margins, mm. */
export const MARGINS = { top: 20, bottom: 20, left: 30, right: 15 } as const;
export const LANDSCAPE_MARGINS = { top: 20, bottom: 15, left: 20, right: 20 } as const;

export function marginsOf({ landscape = false }: PrintDocument): {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
} {
  return landscape ? LANDSCAPE_MARGINS : MARGINS;
}

/** Above the recipients of an official paper, and one of them as it stands there. */
export const RECIPIENTS = 'Nơi nhận:';
export const recipientLine = (text: string): string => `- ${text.replace(/^-\s*/, '')}`;
