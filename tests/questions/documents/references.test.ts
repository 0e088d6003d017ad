import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recognise } from '../../../questions/documents/recognise.ts';
import { findSection } from '../../../questions/documents/references.ts';
import { fullName } from '../../../questions/documents/section.ts';

const law = recognise(`Chương I
CHUNG
Điều 1. Phạm vi
Điều 2. Vị trí
1. Một.
2. Gồm:
a) x;
b) y.
Chương II
RIÊNG
Mục 1. HỘI ĐỒNG
Điều 3. Tên
Phụ lục I
DANH MỤC
3. Ba`).sections;
const resolution = recognise(`I. TÌNH HÌNH
II. NHIỆM VỤ
4. Quy hoạch
a) Một.
b) Hai.
5. Khác
5.1. Ý đầu.
5.2. Ý sau.`).sections;

describe('the section that a citation names', () => {
  it.each([
    ['Điều 2', 'dieu-2'],
    ['Điều 2, khoản 2', 'dieu-2.khoan-2'],
    ['khoản 2 Điều 2', 'dieu-2.khoan-2'],
    ['điểm b, khoản 2, Điều 2', 'dieu-2.khoan-2.diem-b'],
    ['Điểm a Khoản 2 Điều 2 Luật Thủ đô', 'dieu-2.khoan-2.diem-a'],
    ['Điều 2.1', 'dieu-2.khoan-1'],
    ['Điều 2, khoản 1 và 2', 'dieu-2.khoan-1'],
    ['Chương II', 'chuong-2'],
    ['Mục 1 Chương II', 'chuong-2.muc-1'],
    ['Phụ lục I, mục 3', 'phu-luc-1.3'],
    ['Phụ lục số 01', 'phu-luc-1'],
  ])('finds %j in a law', (text, key) => {
    expect(findSection(text, law)).toEqual({ key, isExact: true });
  });

  it.each([
    ['Phần II, mục 4.b', 'ii.4.b'],
    ['mục II.4.a', 'ii.4.a'],
    ['II.4', 'ii.4'],
    ['Mục II', 'ii'],
    ['khoản 4 mục II', 'ii.4'],
    ['điểm b, mục 4, phần II', 'ii.4.b'],
    ['Phần II, mục 5.2', 'ii.5.2'],
    ['Phần I; Phần II, mục 4', 'i'],
  ])('finds %j in a resolution', (text, key) => {
    expect(findSection(text, resolution)).toEqual({ key, isExact: true });
  });

  it('gives what stands around a section that is not there, and nothing for other words', () => {
    expect(findSection('Điều 2, khoản 9', law)).toEqual({ key: 'dieu-2', isExact: false });
    expect(findSection('Điều 99', law)).toBeNull();
    expect(findSection('Lời nói đầu', law)).toBeNull();
    expect(findSection('II.4.a', law)).toBeNull();
    expect(findSection('', law)).toBeNull();
  });

  it('reads back the name that it gives a section', () => {
    const sections = [law, resolution];
    for (const all of sections) {
      const byKey = new Map(all.map((section) => [section.key, section]));
      for (const { key, kind } of all) {
        if (kind === 'opening' || kind === 'closing' || kind === 'heading') continue;
        expect([key, findSection(fullName(key, byKey), all)?.key]).toEqual([key, key]);
      }
    }
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const found = findSection(text, law);
        expect(found === null || law.some(({ key }) => key === found.key)).toBe(true);
      }),
    );
  });
});
