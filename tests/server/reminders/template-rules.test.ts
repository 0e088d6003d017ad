import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueReminders, reminderLetter } from '../../../server/reminders/template-rules.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const all = { opens: true, closes: true, results: true };
const settings = (result: 'submit' | 'close' | 'never') => ({ release: { result } });
const week = { opensAt: 100 * DAY, closesAt: 107 * DAY, settledAt: null, settings: settings('submit') };

describe('a reminder of itself', () => {
  it('goes out when a round opens, a day before it closes, and when results are out', () => {
    expect(dueReminders(week, all, week.opensAt - 1)).toEqual([]);
    expect(dueReminders(week, all, week.opensAt)).toEqual(['opens']);
    expect(dueReminders(week, all, week.closesAt - DAY - 1)).toEqual([]);
    expect(dueReminders(week, all, week.closesAt - DAY)).toEqual(['closes']);
    const settled = { ...week, settledAt: week.closesAt + HOUR };
    expect(dueReminders(settled, all, week.closesAt + HOUR)).toEqual(['results']);
    expect(dueReminders({ ...settled, settings: settings('never') }, all, week.closesAt + HOUR)).toEqual([]);
  });

  it('never tells old news, nor of a closing on the day of the opening', () => {
    expect(dueReminders(week, all, week.opensAt + 13 * HOUR)).toEqual([]);
    expect(dueReminders(week, all, week.closesAt - HOUR)).toEqual([]);
    expect(dueReminders({ ...week, settledAt: week.closesAt }, all, week.closesAt + DAY)).toEqual([]);
    const short = { ...week, closesAt: week.opensAt + DAY };
    expect(dueReminders(short, all, week.opensAt + HOUR)).toEqual(['opens']);
  });

  it('says only what is wanted, and at most what there is to say', () => {
    const none = { opens: false, closes: false, results: false };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 * 24 }), (hour) => {
        expect(dueReminders(week, none, hour * HOUR)).toEqual([]);
        expect(dueReminders(week, all, hour * HOUR).length).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('what a reminder says', () => {
  const about = {
    contest: { title: 'Tìm hiểu Nghị quyết' },
    round: {
      title: 'Tuần 1',
      opensAt: Date.UTC(2022, 7, 1, 2),
      closesAt: Date.UTC(2022, 7, 7, 17),
      durationMs: 900_000,
    },
    note: '',
    link: 'https://x.vn/cuoc-thi/a/dot/1',
  };

  it('is in both languages, with times of Hà Nội and 24:00 as people say it', () => {
    const { vi, en, link } = reminderLetter('closes', about);
    expect(vi.subject).toBe('Sắp đóng: Tuần 1 – Tìm hiểu Nghị quyết');
    expect(vi.text).toContain('đóng lúc 24:00 07/08/2022');
    expect(vi.text).toContain('15 phút');
    expect(en?.text).toContain('closes at 24:00 07/08/2022');
    expect(link).toBe(about.link);
  });

  it('ends with the organiser’s own words', () => {
    const { vi, en } = reminderLetter('opens', { ...about, note: ' Chúc các bạn thi tốt! ' });
    expect(vi.text.endsWith('\n\nChúc các bạn thi tốt!')).toBe(true);
    expect(en?.text).not.toContain('Chúc');
  });
});
