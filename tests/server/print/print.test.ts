/** Printed documents: every Vietnamese letter has its glyph, both files say what the model says, long tables go over pages. */
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { PrintDocument } from '../../../server/print/document.ts';
import { toDocx } from '../../../server/print/docx.ts';
import { mm, openPage } from '../../../server/print/page.ts';
import { toPdf } from '../../../server/print/pdf.ts';
import { print } from '../../../server/print/printing.ts';

/** What of the font's library is looked at: a glyph of number 0 stands for a letter that the font lacks. */
interface LaidOut {
  layout(text: string): { readonly glyphs: readonly { readonly id: number }[] };
}

const rows = (count: number) => Array.from({ length: count }, (_, i) => [String(i + 1), `Đỗ Thị Ước ${i}`]);

const notice = (count: number): PrintDocument => ({
  title: 'Thông báo kết quả',
  blocks: [
    { kind: 'letterhead', issuer: ['THÀNH ỦY', 'BAN TỔ CHỨC'], number: 'Số: 1/TB', placeAndDate: null },
    { kind: 'title', text: 'THÔNG BÁO', subtitle: 'Kết quả vòng 1' },
    { kind: 'text', text: 'Dòng thứ nhất\nDòng thứ hai' },
    {
      kind: 'table',
      columns: [
        { title: 'STT', width: 1, align: 'center' },
        { title: 'Họ và tên', width: 4 },
      ],
      rows: rows(count),
      boldRows: [0],
    },
    { kind: 'bars', bars: [{ label: 'Phường Tây Hồ', value: 0, shown: '0' }] },
    { kind: 'qr', text: 'http://localhost/c/x', sizeMm: 30, caption: 'Quét mã' },
    {
      kind: 'signatures',
      recipients: ['Thường trực Thành ủy;', '- Lưu: VT.'],
      people: [{ role: 'TM. BAN TỔ CHỨC', note: '(Ký, đóng dấu)', name: 'Lê Thị Ý' }],
    },
    { kind: 'pageBreak' },
    { kind: 'heading', text: 'PHỤ LỤC' },
  ],
});

const pagesOf = (pdf: Uint8Array) =>
  Buffer.from(pdf)
    .toString('latin1')
    .match(/\/Type \/Page\b/g)?.length ?? 0;

describe('fonts', () => {
  const vowels = 'aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ';
  const fonts = ['serif', 'serif-bold', 'serif-italic', 'serif-bold-italic', 'sans', 'sans-bold'];
  it.each(fonts)('%s has every Vietnamese letter, and one that nobody has is noticed', (name) => {
    const page = openPage({ title: 'x' });
    const glyphsOf = (text: string) => {
      page.font(name);
      const { font } = (page as unknown as { _font: { font: LaidOut } })._font;
      return font.layout(text.normalize('NFC')).glyphs.map(({ id }) => id);
    };
    expect(glyphsOf(`${vowels}${vowels.toUpperCase()}–“”…0123456789`)).not.toContain(0);
    expect(glyphsOf('\u{1f9ff}')).toContain(0);
  });
});

describe('a PDF', () => {
  it('carries its title and language, and has the pages that its blocks need', async () => {
    const pdf = await toPdf(notice(3));
    expect(Buffer.from(pdf).toString('latin1', 0, 5)).toBe('%PDF-');
    expect(pagesOf(pdf)).toBe(2);
    expect(Buffer.from(pdf).toString('latin1')).toContain('vi-VN');
  });

  it('takes long tables over pages: about forty rows each', async () => {
    const pages = pagesOf(await toPdf(notice(400)));
    expect(pages).toBeGreaterThan(9);
    expect(pages).toBeLessThan(16);
  });

  it('measures in millimetres', () => {
    expect(mm(210)).toBeCloseTo(595.28, 1);
  });
});

describe('a DOCX', () => {
  it('says what the model says, in Times New Roman, with a header that repeats', async () => {
    const xml = strFromU8(unzipSync(await toDocx(notice(2)))['word/document.xml'] ?? new Uint8Array());
    for (const text of [
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Số: 1/TB',
      'Đỗ Thị Ước 1',
      'Lê Thị Ý',
      'PHỤ LỤC',
    ])
      expect(xml).toContain(text);
    expect(xml).toContain('<w:tblHeader/>');
    // Recipients as offices list them: a dash each, to the left.
    expect(xml).toMatch(/Nơi nhận:.*>- Thường trực Thành ủy;<.*>- Lưu: VT\.</s);
    expect(xml).toMatch(/Dòng thứ nhất<\/w:t>.*<w:br\/>.*Dòng thứ hai/s);
    const styles = strFromU8(unzipSync(await toDocx(notice(2)))['word/styles.xml'] ?? new Uint8Array());
    expect(styles).toContain('Times New Roman');
  });
});

describe('the printing thread', () => {
  it('gives the same pages as drawing here, one document after another', async () => {
    const [pdf, docx] = await Promise.all([print(notice(50), 'pdf'), print(notice(1), 'docx')]);
    expect(pagesOf(pdf)).toBe(pagesOf(await toPdf(notice(50))));
    expect(unzipSync(docx)).toHaveProperty(['word/document.xml']);
  });
});
