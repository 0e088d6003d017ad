import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recognise } from '../../../questions/documents/recognise.ts';
import type { Section } from '../../../questions/documents/section.ts';
import { cleanText } from '../../../questions/vietnamese.ts';

/** "key|title|text" of every section. */
function shape(text: string): string[] {
  return recognise(text).sections.map(({ key, title, text: own }) =>
    [key, title, own.replaceAll('\n', ' / ')].join('|'),
  );
}
const codes = (text: string): string[] => recognise(text).remarks.map(({ code, line }) => `${line} ${code}`);

describe('a law', () => {
  const law = `QUỐC HỘI
LUẬT
THỦ ĐÔ
Căn cứ Hiến pháp;
Chương I
NHỮNG QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Luật này quy định vị trí của Thủ đô.
Điều 2. Vị trí
1. Thủ đô là Hà Nội.
2. Thủ đô có các cơ quan:
a) Trung ương Đảng;
b) Quốc hội.
Mục 1
HỘI ĐỒNG NHÂN DÂN
Điều 3. Tổ chức
Theo luật.
Luật này được Quốc hội khóa XV thông qua ngày 28 tháng 6 năm 2024.
CHỦ TỊCH QUỐC HỘI`;

  it('is cut into chapters, groups, articles, clauses and points, with what stands before and after', () => {
    expect(shape(law)).toEqual([
      'mo-dau||QUỐC HỘI / LUẬT / THỦ ĐÔ / Căn cứ Hiến pháp;',
      'chuong-1|NHỮNG QUY ĐỊNH CHUNG|',
      'dieu-1|Phạm vi điều chỉnh|Luật này quy định vị trí của Thủ đô.',
      'dieu-2|Vị trí|',
      'dieu-2.khoan-1||Thủ đô là Hà Nội.',
      'dieu-2.khoan-2||Thủ đô có các cơ quan:',
      'dieu-2.khoan-2.diem-a||Trung ương Đảng;',
      'dieu-2.khoan-2.diem-b||Quốc hội.',
      'chuong-1.muc-1|HỘI ĐỒNG NHÂN DÂN|',
      'dieu-3|Tổ chức|Theo luật.',
      'ket-thuc||Luật này được Quốc hội khóa XV thông qua ngày 28 tháng 6 năm 2024. / CHỦ TỊCH QUỐC HỘI',
    ]);
    expect(codes(law)).toEqual([]);
  });

  it.each([
    ['Chương II. TỔ CHỨC', 'chuong-2', 'TỔ CHỨC'],
    ['CHƯƠNG 2: TỔ CHỨC', 'chuong-2', 'TỔ CHỨC'],
    ['Chương II TỔ CHỨC', 'chuong-2', 'TỔ CHỨC'],
    ['Phần thứ hai\nTỔ CHỨC', 'phan-2', 'TỔ CHỨC'],
    ['PHẦN II - TỔ CHỨC', 'phan-2', 'TỔ CHỨC'],
    ['Phụ lục số 02: DANH MỤC', 'phu-luc-2', 'DANH MỤC'],
    ['PHỤ LỤC\nDANH MỤC DỰ ÁN\nƯU TIÊN', 'phu-luc', 'DANH MỤC DỰ ÁN ƯU TIÊN'],
    ['Điều 12a. Bổ sung', 'dieu-12a', 'Bổ sung'],
    ['ĐIỀU 5: Bổ sung', 'dieu-5', 'Bổ sung'],
    ['Điều 5 Bổ sung', 'dieu-5', 'Bổ sung'],
    ['Điều 5.\nBổ sung', 'dieu-5', 'Bổ sung'],
  ])('knows the heading %j', (text, key, title) => {
    expect(recognise(`${text}\nNội dung của phần này kết thúc bằng dấu chấm.`).sections).toMatchObject([
      { key, title },
    ]);
  });

  it.each([
    'Điều 12 của Luật này quy định việc đó.',
    'Điều 5 và Điều 6 không áp dụng.',
    'Phần lớn các xã đã làm.',
    'Mục tiêu là phát triển.',
    'Phụ lục kèm theo Luật này.',
    'chương trình hành động',
    '1.070.547 lượt thi.',
    '05/5/2022 là ngày ban hành.',
    'I am not Roman.',
  ])('takes %j for text', (line) => {
    expect(shape(`Điều 1. Tên\n${line}`)).toEqual([`dieu-1|Tên|${line}`]);
  });

  it('leaves what it quotes of another law alone', () => {
    const text = 'Điều 1. Sửa đổi\n“Điều 5a. Bổ sung\n1. Một.\n2. Hai.”\nĐiều 2. Hiệu lực';
    expect(shape(text)).toEqual([
      'dieu-1|Sửa đổi|“Điều 5a. Bổ sung / 1. Một. / 2. Hai.”',
      'dieu-2|Hiệu lực|',
    ]);
    expect(codes('Điều 1. Tên\n“Điều 5a. Bổ sung\nĐiều 2. Hiệu lực')).toEqual(['2 quote']);
  });

  it('counts points as the Vietnamese alphabet does, and as the Latin one', () => {
    const points = (letters: string) => Array.from(letters, (letter) => `${letter}) ý ${letter};`).join('\n');
    const keys = (letters: string) =>
      recognise(`Điều 1. Tên\n1. Gồm:\n${points(letters)}`)
        .sections.slice(2)
        .map(({ key }) => key.split('-').at(-1));
    expect(keys('abcdđeg')).toEqual(['a', 'b', 'c', 'd', 'dd', 'e', 'g']);
    expect(keys('abcdef')).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  it('keeps a list that counts on its own inside a point as its text, and says so', () => {
    const text = 'Điều 1. Tên\n1. Một.\n2. Gồm:\na) ba việc:\n1. x\n2. y\n3. z\n3. Ba.';
    expect(shape(text).slice(1)).toEqual([
      'dieu-1.khoan-1||Một.',
      'dieu-1.khoan-2||Gồm:',
      'dieu-1.khoan-2.diem-a||ba việc: / 1. x / 2. y / 3. z',
      'dieu-1.khoan-3||Ba.',
    ]);
    expect(codes(text)).toEqual(['5 outOfOrder', '6 outOfOrder', '7 outOfOrder']);
  });

  it('says where numbers are missing or come twice', () => {
    expect(codes('Điều 1. A\nĐiều 3. B')).toEqual(['2 gap']);
    expect(shape('Chương I\nA B\nĐiều 1. Tên\nChương I\nC D').at(-1)).toBe('chuong-1-2|C D|');
    expect(codes('Chương I\nAB\nĐiều 1. Tên\nChương I\nCD')).toEqual(['4 gap', '4 duplicate']);
  });
});

describe('a resolution of the Party', () => {
  it('has Roman parts, numbers and letters, with dashes or dots', () => {
    const text = `I- TÌNH HÌNH VÀ NGUYÊN NHÂN
1- Nhiều việc đã làm được, song còn hạn chế.
2- Nguyên nhân là chủ quan.
II. QUAN ĐIỂM, MỤC TIÊU
1. Quan điểm
1.1. Phát triển Thủ đô là nhiệm vụ của cả nước.
1.2. Giữ gìn văn hiến.
2. Mục tiêu
a) Đến năm 2030:
- GRDP tăng 8%.
b) Tầm nhìn 2045.
Nơi nhận:
- Các tỉnh ủy;
T/M BỘ CHÍNH TRỊ`;
    expect(shape(text)).toEqual([
      'i|TÌNH HÌNH VÀ NGUYÊN NHÂN|',
      'i.1||Nhiều việc đã làm được, song còn hạn chế.',
      'i.2||Nguyên nhân là chủ quan.',
      'ii|QUAN ĐIỂM, MỤC TIÊU|',
      'ii.1|Quan điểm|',
      'ii.1.1||Phát triển Thủ đô là nhiệm vụ của cả nước.',
      'ii.1.2||Giữ gìn văn hiến.',
      'ii.2|Mục tiêu|',
      'ii.2.a||Đến năm 2030: / - GRDP tăng 8%.',
      'ii.2.b||Tầm nhìn 2045.',
      'ket-thuc||Nơi nhận: / - Các tỉnh ủy; / T/M BỘ CHÍNH TRỊ',
    ]);
    expect(codes(text)).toEqual([]);
  });

  it('may have letters over the Roman numbers, or under them', () => {
    expect(shape('A. PHẦN CHUNG\nI. MỘT\nB. PHẦN RIÊNG\nI. HAI').map((one) => one.split('|')[0])).toEqual([
      'phan-a',
      'phan-a.i',
      'phan-b',
      'phan-b.i',
    ]);
    expect(shape('I. MỘT\nA. ĐẦU\nB. CUỐI\nII. HAI').map((one) => one.split('|')[0])).toEqual([
      'i',
      'i.phan-a',
      'i.phan-b',
      'ii',
    ]);
  });
});

describe('what is issued with a document', () => {
  it('has sections of its own, and appendices behind', () => {
    const text = `Điều 1. Ban hành kèm theo Nghị quyết này Chương trình hành động.
Điều 2. Hiệu lực
TM. CHÍNH PHỦ
THỦ TƯỚNG
Phạm Minh Chính
CHƯƠNG TRÌNH HÀNH ĐỘNG
CỦA CHÍNH PHỦ
(Ban hành kèm theo Nghị quyết số 12/NQ-CP)
I. MỤC TIÊU
1. Chung
PHỤ LỤC I
DANH MỤC
(Kèm theo Nghị quyết số 12/NQ-CP)
1. Luật Thủ đô`;
    expect(shape(text)).toEqual([
      'dieu-1||Ban hành kèm theo Nghị quyết này Chương trình hành động.',
      'dieu-2|Hiệu lực|',
      'ket-thuc||TM. CHÍNH PHỦ / THỦ TƯỚNG / Phạm Minh Chính',
      'kem-theo|CHƯƠNG TRÌNH HÀNH ĐỘNG CỦA CHÍNH PHỦ|(Ban hành kèm theo Nghị quyết số 12/NQ-CP)',
      'kem-theo.i|MỤC TIÊU|',
      'kem-theo.i.1|Chung|',
      'phu-luc-1|DANH MỤC|(Kèm theo Nghị quyết số 12/NQ-CP)',
      'phu-luc-1.1|Luật Thủ đô|',
    ]);
  });

  it('is known by articles that begin again', () => {
    const text = 'Điều 1. Ban hành\nĐiều 2. Hiệu lực\nQUY CHẾ HOẠT ĐỘNG\nĐiều 1. Phạm vi\nĐiều 2. Giải thích';
    expect(shape(text).slice(2)).toEqual([
      'kem-theo|QUY CHẾ HOẠT ĐỘNG|',
      'kem-theo.dieu-1|Phạm vi|',
      'kem-theo.dieu-2|Giải thích|',
    ]);
    expect(codes(text)).toEqual(['4 restart']);
  });
});

describe('lines that are no text, and lines that people mark', () => {
  it('leaves page numbers, rules and contents out, and shows each', () => {
    const text = 'Chương I........ 3\nĐiều 1. Tên\n- 2 -\nMột.\n_______\nTrang 3/12\nHai.';
    expect(shape(text)).toEqual(['dieu-1|Tên|Một. / Hai.']);
    expect(codes(text)).toEqual(['1 contents', '3 furniture', '5 furniture', '6 furniture']);
    expect(recognise(text).remarks.every(({ isLeft }) => isLeft)).toBe(true);
  });

  it('believes a backslash and hashes', () => {
    expect(shape('Điều 1. Tên\n\\2. không phải khoản')).toEqual(['dieu-1|Tên|2. không phải khoản']);
    expect(shape('# Mở bài\nMột.\n### Ý nhỏ\nHai.\n# Kết bài')).toEqual([
      'mo-bai|Mở bài|Một.',
      'mo-bai.y-nho|Ý nhỏ|Hai.',
      'ket-bai|Kết bài|',
    ]);
  });

  it('says when nothing was recognised, and keeps the text', () => {
    expect(shape('Một đoạn.\nHai đoạn.')).toEqual(['mo-dau||Một đoạn. / Hai đoạn.']);
    expect(codes('Một đoạn.')).toEqual(['1 noSections']);
    expect(recognise('')).toEqual({ sections: [], remarks: [], remarkCount: 0 });
  });
});

/** Lines as documents have them, in any order, and nonsense between. */
const line = fc.oneof(
  fc.constantFrom(
    'Chương I',
    'QUY ĐỊNH CHUNG',
    'Mục 2. TÊN',
    'Phụ lục II',
    '(Ban hành kèm theo Quyết định số 1)',
    'Nơi nhận:',
    '“Điều 3. Trích',
    'hết trích”',
    '- 7 -',
    '\\1. chữ',
    '# Đề mục',
  ),
  fc.nat({ max: 12 }).map((n) => `Điều ${n}. Tên của điều`),
  fc.nat({ max: 9 }).map((n) => `${n}. Một câu.`),
  fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 4 })).map(([a, b]) => `${a}.${b}. Ý nhỏ`),
  fc.constantFrom(
    'a) một;',
    'b) hai;',
    'c) ba;',
    'đ) bốn;',
    'I. PHẦN',
    'II. PHẦN',
    'III- PHẦN',
    'A. KHỐI',
    'B. KHỐI',
  ),
  fc.string({ maxLength: 30 }),
);

describe('any lines at all', () => {
  it('loses none: each is in a section, or shown as left out', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
        const { sections, remarks } = recognise(lines.join('\n'));
        const kept = sections.map(({ label, title, text }) => `${label} ${title} ${text}`).join(' ');
        const left = new Set(remarks.filter(({ isLeft }) => isLeft).map((remark) => remark.line));
        const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
        const there = new Set(words(kept));
        lines
          .join('\n')
          .split(/\r\n?|\n|\u2028|\u2029/)
          .forEach((one, i) => {
            if (!left.has(i + 1)) for (const word of words(cleanText(one))) expect(there).toContain(word);
          });
      }),
      { numRuns: 400 },
    );
  });

  it('gives every section a key of its own, inside one that stands before it', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
        const seen = new Map<string, Section>();
        for (const section of recognise(lines.join('\n')).sections) {
          expect(seen.has(section.key)).toBe(false);
          expect(section.key).toMatch(/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/);
          const parent = seen.get(section.parent);
          expect(section.depth).toBe(parent === undefined ? 0 : parent.depth + 1);
          expect(section.parent === '' || parent !== undefined).toBe(true);
          seen.set(section.key, section);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('reads a long law in a time that grows with its length', () => {
    const article = (n: number) => `Điều ${n}. Tên\n1. Một câu dài vừa phải.\na) ý;\nb) ý.\n2. Câu nữa.`;
    const text = Array.from({ length: 4000 }, (_, i) => article(i + 1)).join('\n');
    const started = performance.now();
    expect(recognise(text).sections).toHaveLength(20_000);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
