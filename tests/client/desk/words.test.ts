import { describe, expect, test } from 'vitest';
import { isSlug, proposedSlug } from '../../../client/desk/contests/slug.ts';
import { gathered, partNames, partOf, placeOf, wordsOf } from '../../../client/desk/contests/words.ts';

describe('paths of a draft in words', () => {
  test.each([
    ['title', 'Tên cuộc thi'],
    ['settings.fields.phone', 'Điện thoại'],
    ['settings.consents.1.vi', 'Mục đồng ý 2'],
    ['settings.rules', 'Thể lệ'],
    ['rounds', 'Các vòng thi'],
    ['rounds.1.title', 'Vòng 2 › Tên vòng'],
    ['rounds.1.closesAt', 'Vòng 2 › Đóng lúc'],
    ['rounds.0.settings.release.keys', 'Vòng 1 › Đáp án'],
    ['rounds.0.settings.entry.units.3', 'Vòng 1 › Chỉ các đơn vị'],
    ['rounds.0.settings.blueprint.cells.2.count', 'Vòng 1 › Ma trận đề'],
  ])('%s', (path, words) => {
    expect(wordsOf(path)).toBe(words);
  });

  test('lead to the part where they are put right', () => {
    expect(placeOf('rounds.3.opensAt')).toEqual({ part: 'rounds', round: 3 });
    expect(placeOf('settings.prizes').part).toBe('page');
    expect(placeOf('settings.fields.unit').part).toBe('entry');
    expect(placeOf('slug').part).toBe('basics');
  });

  test('the same said of several rounds is said once', () => {
    const note = (round: number) => ({
      path: `rounds.${round}.settings.blueprint`,
      vi: 'công khai',
      en: 'public',
    });
    const notes = [note(0), note(2), { ...note(1), vi: 'khác' }];
    expect(gathered(notes).map(({ words }) => words)).toEqual([
      'Vòng 1, 3 › Ma trận đề',
      'Vòng 2 › Ma trận đề',
    ]);
  });

  test('parts are found again by their names in the address', () => {
    expect(partOf(partNames.run)).toBe('run');
    expect(partOf('nothing')).toBe('overview');
    expect(partOf(null)).toBe('overview');
  });
});

describe('a proposed address', () => {
  test.each([
    ['Tìm hiểu Nghị quyết 15-NQ/TW', 'tim-hieu-nghi-quyet-15-nq-tw'],
    ['  Đảng bộ: ĐẠI HỘI XVIII!  ', 'dang-bo-dai-hoi-xviii'],
    ['???', ''],
  ])('of %s', (title, slug) => {
    expect(proposedSlug(title)).toBe(slug);
  });

  test('is cut between words and is always an address', () => {
    const slug = proposedSlug('một hai ba bốn năm '.repeat(10));
    expect(slug.length).toBeLessThanOrEqual(80);
    expect(isSlug(slug)).toBe(true);
    expect(isSlug('Hoa-Sen')).toBe(false);
    expect(isSlug('a--b')).toBe(false);
  });
});
