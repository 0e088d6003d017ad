import { describe, expect, it } from 'vitest';
import { textOfDocx } from '../../../questions/documents/docx-text.ts';
import { recognise } from '../../../questions/documents/recognise.ts';
import { docx, li, p, r, table } from '../formats/docx/make.ts';

const level = (n: number, format: string, text: string) =>
  `<w:lvl w:ilvl="${n}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
/** Chương by Roman numbers, Điều through them, khoản and điểm by levels, as Word counts them. */
const numbering = `<w:abstractNum w:abstractNumId="1">${level(0, 'upperRoman', 'Chương %1')}</w:abstractNum>
<w:abstractNum w:abstractNumId="2">${level(0, 'decimal', 'Điều %1.')}${level(1, 'decimal', '%2.')}${level(2, 'lowerLetter', '%3)')}</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>`;

describe('a Word document', () => {
  it('gives its automatic numbers as text, which is recognised', () => {
    const bytes = docx(
      [
        table(['QUỐC HỘI', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM']),
        li(1, 0, 'QUY ĐỊNH CHUNG'),
        li(2, 0, 'Phạm vi'),
        li(2, 1, 'Một.'),
        li(2, 1, 'Hai:'),
        li(2, 2, 'x;'),
        li(2, 2, 'y.'),
        li(1, 0, 'TỔ CHỨC'),
        li(2, 0, 'Chính quyền'),
        li(2, 1, 'Lại một.'),
      ],
      { numbering },
    );
    const { text, failure } = textOfDocx(bytes);
    expect(failure).toBeNull();
    const { sections, remarks } = recognise(text);
    expect(sections.map(({ key }) => key)).toEqual([
      'mo-dau',
      'chuong-1',
      'dieu-1',
      'dieu-1.khoan-1',
      'dieu-1.khoan-2',
      'dieu-1.khoan-2.diem-a',
      'dieu-1.khoan-2.diem-b',
      'chuong-2',
      'dieu-2',
      'dieu-2.khoan-1',
    ]);
    expect(sections[0]?.text).toBe('QUỐC HỘI\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM');
    expect(remarks).toEqual([]);
  });

  it('marks headings without a number by their style, once numbers have begun', () => {
    const styles = `<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>`;
    const heading = (text: string) => `<w:p><w:pPr><w:pStyle w:val="H"/></w:pPr>${r(text)}</w:p>`;
    const bytes = docx([heading('NGHỊ QUYẾT'), p('I. TÌNH HÌNH'), heading('Lời kết'), p('Hết.')], { styles });
    expect(textOfDocx(bytes).text).toBe('NGHỊ QUYẾT\nI. TÌNH HÌNH\n# Lời kết\nHết.');
  });

  it('says that tables became lines, and keeps old fonts legible', () => {
    const bytes = docx([
      p(r('§iÒu 1. Ph¹m vi', { font: '.VnTime' })),
      table(['Năm', 'GRDP'], ['2025', '8.300']),
    ]);
    const { text, messages } = textOfDocx(bytes);
    expect(text).toBe('Điều 1. Phạm vi\nNăm | GRDP\n2025 | 8.300');
    expect(messages.map(({ code }) => code).sort()).toEqual(['legacy-text', 'table-flat']);
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['text', new TextEncoder().encode('Điều 1')],
    ['half a document', docx([p('Điều 1. Tên')]).slice(0, 200)],
  ])('says why %s cannot be read, and does not throw', (_, bytes) => {
    const { failure, text } = textOfDocx(bytes);
    expect(failure?.vi.length).toBeGreaterThan(10);
    expect(text).toBe('');
  });
});
