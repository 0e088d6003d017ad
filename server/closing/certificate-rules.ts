/** What a certificate says: a design's lines filled in, a new contest's first design, and what is wrong with one. Pure. */
import { cleanText, nfc } from '../../questions/vietnamese.ts';
import { formatDay } from '../contests/time-rules.ts';
import type { CertificateDesign, CertificateLine, CertificateSaying } from '../contracts/certificates.ts';
import type { FieldError } from '../contracts/errors.ts';
import { viNumber } from './word-rules.ts';

/** Everything that one certificate says. */
export interface CertificateText {
  readonly name: string;
  readonly saying: CertificateSaying;
  readonly issuedAt: number;
  /** Typed to verify it, and in the QR code behind the address. */
  readonly code: string;
  readonly address: string;
}

const PLACEHOLDER = /\{([a-z_]+)\}/g;

export const PLACEHOLDERS = ['ten', 'don_vi', 'giai', 'cuoc_thi', 'vong', 'diem', 'ngay'] as const;
type Placeholder = (typeof PLACEHOLDERS)[number];

/** The lines as printed; those that have nothing to say are left out. */
export function filledLines(design: CertificateDesign, text: CertificateText): CertificateLine[] {
  const values = valuesOf(text);
  return design.lines.flatMap((line) => {
    let said = false;
    let asked = false;
    const filled = line.text.replace(PLACEHOLDER, (whole, name: string) => {
      const value = valueFor(values, name);
      if (value === undefined) return whole;
      asked = true;
      said ||= value !== '';
      return value;
    });
    return (asked && !said) || filled.trim() === '' ? [] : [{ ...line, text: filled.trim() }];
  });
}

function valuesOf({ name, saying, issuedAt }: CertificateText): Readonly<Record<Placeholder, string>> {
  return {
    ten: name,
    don_vi: saying.unit ?? '',
    giai: saying.prize ?? '',
    cuoc_thi: saying.contest,
    vong: saying.round ?? '',
    diem: saying.marks === null ? '' : viNumber(saying.marks / 100),
    ngay: formatDay(issuedAt),
  };
}

function valueFor(values: Readonly<Record<Placeholder, string>>, name: string): string | undefined {
  const known = PLACEHOLDERS.find((one) => one === name);
  return known === undefined ? undefined : values[known];
}

export function cleanDesign(design: CertificateDesign): CertificateDesign {
  const lines = (text: string): string => nfc(text).replace(/\r\n?/g, '\n').trim();
  return {
    ...design,
    name: cleanText(design.name),
    issuer: lines(design.issuer),
    lines: design.lines.map((line) => ({ ...line, text: lines(line.text) })),
    place: cleanText(design.place),
    signRole: lines(design.signRole),
    signName: cleanText(design.signName),
  };
}

/** What is known of a design's picture: `missing` also for one of a kind that PDFs do not take. */
export type PictureState = 'none' | 'whole' | 'missing' | 'broken';
export type PictureStates = Readonly<Record<'logo' | 'signature', PictureState>>;

const PICTURE_PROBLEMS = {
  missing: { vi: 'Xin chọn ảnh PNG hoặc JPEG.', en: 'Please choose a PNG or JPEG picture.' },
  broken: {
    vi: 'Ảnh bị hỏng hoặc không đọc được. Xin chọn ảnh khác.',
    en: 'The picture is broken or cannot be read. Please choose another one.',
  },
} as const;

/** The pictures that cannot be drawn, each with what is wrong. */
export function undrawable(states: PictureStates, path = ''): FieldError[] {
  return (['logo', 'signature'] as const).flatMap((field) => {
    const state = states[field];
    return state === 'none' || state === 'whole'
      ? []
      : [{ path: `${path}${field}`, ...PICTURE_PROBLEMS[state] }];
  });
}

/** Everything that keeps a design from being drawn, each at `path` and its field; empty: nothing. */
export function designProblems(design: CertificateDesign, states: PictureStates, path: string): FieldError[] {
  const found: FieldError[] = [];
  if (design.name === '')
    found.push({ path: `${path}name`, vi: 'Xin đặt tên mẫu.', en: 'Please name the design.' });
  found.push(...undrawable(states, path));
  design.lines.forEach((line, i) => {
    for (const [whole, name = ''] of line.text.matchAll(PLACEHOLDER))
      if (!PLACEHOLDERS.some((one) => one === name))
        found.push({
          path: `${path}lines.${i}.text`,
          vi: `Không có chỗ điền ${whole}.`,
          en: `There is no placeholder ${whole}.`,
        });
  });
  return found;
}

/** What is said in a preview. */
export const SAMPLE: Omit<CertificateText, 'issuedAt' | 'address'> = {
  name: 'Nguyễn Thị Bảo Quỳnh',
  saying: {
    contest: 'Tìm hiểu Nghị quyết số 15-NQ/TW',
    round: 'Vòng 2',
    prize: 'Giải Nhất',
    marks: 1950,
    unit: 'Đảng bộ phường Hoàn Kiếm',
  },
  code: '0-00000-00000-00000-00000',
};
