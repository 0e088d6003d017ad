import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadShippedBanks } from '../../../questions/banks/index.ts';
import { recognise } from '../../../questions/documents/recognise.ts';
import { findSection } from '../../../questions/documents/references.ts';
import { loadShippedDocuments } from '../../../questions/documents/shipped.ts';
import {
  type CitedDocument,
  documentOf,
  numberKey,
  numbersIn,
  shelfOf,
} from '../../../server/documents/citation-rules.ts';
import { causeOn, dayAt, isDay, stateOn } from '../../../server/documents/validity-rules.ts';

const document = (
  id: number,
  type: string,
  number: string,
  title: string,
  issuedOn: string | null,
): CitedDocument => ({
  id,
  type,
  number,
  title,
  issuedOn,
});
const shelf = shelfOf([
  document(
    1,
    'Nghị quyết',
    '15-NQ/TW',
    'Phát triển Thủ đô đến năm 2030, tầm nhìn đến năm 2045',
    '2022-05-05',
  ),
  document(2, 'Nghị quyết', '15-NQ/TW', 'Phát triển Thủ đô thời kỳ 2001-2010', '2000-12-15'),
  document(3, 'Luật', '39/2024/QH15', 'Luật Thủ đô', '2024-06-28'),
  document(4, 'Luật', '25/2012/QH13', 'Luật Thủ đô', '2012-11-21'),
  document(5, 'Chỉ thị', '05-CT/TW', 'Học tập và làm theo', '2016-05-15'),
  document(6, '', '', 'Hiến pháp', '2013-11-28'),
]);

describe('the document that a citation means', () => {
  it.each([
    ['Nghị quyết 15-NQ/TW ngày 05/5/2022', 1],
    ['Nghị quyết số 15-NQ/TW, ngày 5 tháng 5 năm 2022 của Bộ Chính trị', 1],
    ['NQ 15 – NQ/TW năm 2022', 1],
    ['Nghị quyết 15-NQ/TW (2000)', 2],
    ['Luật số 39/2024/QH15', 3],
    ['Luật Thủ đô 2024', 3],
    ['Luật Thủ đô năm 2012', 4],
    ['Chỉ thị 05-CT/TW', 5],
    ['Chỉ thị 5-CT/TW', 5],
    ['chỉ thị số 05–CT/TW ngày 15-5-2016', 5],
    ['Hiến pháp 2013', 6],
    ['Hiến pháp', 6],
  ])('is found for %j', (text, id) => {
    expect(documentOf(text, shelf)?.id).toBe(id);
  });

  it.each([
    'Nghị quyết 15-NQ/TW',
    'Nghị quyết 15-NQ/TW ngày 06/5/2022',
    'Luật Thủ đô',
    'Luật Thủ đô 2026',
    'Luật 40/2024/QH15',
    '«Bài về kết quả hội thi tìm hiểu Chỉ thị 05-CT/TW», Báo Mới',
    'Sách giáo khoa lớp 9',
    '',
  ])('is not guessed for %j', (text) => {
    expect(documentOf(text, shelf)).toBeNull();
  });

  it('has one key for one number however it is typed', () => {
    for (const number of ['05-CT/TW', '5-CT/TW', '05 - ct/tw', '05–CT/TW', 'số 05-CT/TW'])
      expect(numberKey(number)).toBe('5-CT/TW');
    expect(numbersIn('theo 12/NQ-CP và 91/2021/NĐ-CP ngày 21/10/2021')).toEqual([
      '12/NQ-CP',
      '91/2021/ND-CP',
    ]);
    expect(numberKey('10-NQ/ĐUK')).toBe('10-NQ/DUK');
  });

  it('takes any text', () => {
    fc.assert(fc.property(fc.string(), (text) => void documentOf(text, shelf)));
  });
});

describe('validity', () => {
  const open = { validFrom: null, validUntil: null, supersededById: null };
  it('counts the last day in, and knows what is still to come', () => {
    const law = { ...open, validFrom: '2025-01-01', validUntil: '2025-12-31' };
    expect(['2024-12-31', '2025-01-01', '2025-12-31', '2026-01-01'].map((day) => stateOn(law, day))).toEqual([
      'coming',
      'holds',
      'holds',
      'ended',
    ]);
    expect(stateOn(open, '2030-01-01')).toBe('holds');
  });

  it('lets a replaced document hold up to its last day, and wants its questions looked at at once', () => {
    const replaced = { ...open, validUntil: '2026-03-16', supersededById: 7 };
    expect([stateOn(replaced, '2026-03-16'), stateOn(replaced, '2026-03-17')]).toEqual(['holds', 'replaced']);
    expect(causeOn(replaced, '2026-03-01')).toBe('by:7');
    expect(causeOn({ ...open, validUntil: '2026-03-16' }, '2026-03-16')).toBeNull();
    expect(causeOn({ ...open, validUntil: '2026-03-16' }, '2026-03-17')).toBe('until:2026-03-16');
  });

  it('reads the day on the clock of Việt Nam, and only days that are', () => {
    expect(dayAt(Date.UTC(2026, 2, 16, 16, 59))).toBe('2026-03-16');
    expect(dayAt(Date.UTC(2026, 2, 16, 17, 0))).toBe('2026-03-17');
    expect(['2024-02-29', '2023-02-29', '2024-13-01', '24-1-1', ''].map(isDay)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('the documents that come with the product', async () => {
  const documents = await loadShippedDocuments();
  const banks = await loadShippedBanks();
  const known = documents.map((one, i) => ({
    ...document(i + 1, one.type, one.number, one.title, one.issuedOn ?? null),
    slug: one.slug,
    sections: recognise(one.text ?? '').sections,
  }));

  it('have addresses, days that are, and successors that are there', () => {
    const slugs = documents.map(({ slug }) => slug);
    expect(new Set(slugs).size).toBe(slugs.length);
    for (const one of documents) {
      expect(one.slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      for (const day of [one.issuedOn, one.validFrom, one.validUntil])
        expect(day === undefined || isDay(day)).toBe(true);
      expect(one.supersededBy === undefined || slugs.includes(one.supersededBy)).toBe(true);
      expect(JSON.stringify(one)).toBe(JSON.stringify(one).normalize('NFC'));
    }
  });

  it('are read without a doubt but for what they leave out', () => {
    for (const { slug, text = '' } of documents) {
      const doubts = recognise(text).remarks.filter(({ code }) => code !== 'gap');
      expect([slug, doubts]).toEqual([slug, []]);
    }
  });

  it('hold the sections that the questions of the shipped banks cite', () => {
    const all = shelfOf(known);
    const citations = banks.flatMap(({ questions }) => questions.flatMap(({ citation }) => citation ?? []));
    const numbered = citations.filter(({ document: text }) =>
      /^(?:Luật số|Nghị quyết 1[1-5]|Chỉ thị)/.test(text),
    );
    expect(numbered.length).toBeGreaterThan(150);
    for (const { document: text } of numbered)
      expect([text, documentOf(text, all)?.number]).not.toContain(undefined);
    const law = citations.filter(({ document: text, section }) => text.includes('39/2024') && section !== '');
    expect(law.length).toBeGreaterThan(30);
    for (const { document: text, section } of law) {
      const found = findSection(section, documentOf(text, all)?.sections ?? []);
      expect([section, found?.isExact]).toEqual([section, true]);
    }
  });
});
