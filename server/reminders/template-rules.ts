/** What reminders say, in both languages, and when they are sent of themselves. Pure. */
import { formatEnd, formatMoment } from '../contests/time-rules.ts';
import type { Letter } from '../contracts/letters.ts';
import type { ReminderKind } from '../contracts/reach.ts';

interface About {
  readonly contest: { readonly title: string };
  readonly round: {
    readonly title: string;
    readonly opensAt: number;
    readonly closesAt: number;
    readonly durationMs: number;
  };
  /** Words of the organiser's own; empty: none. */
  readonly note: string;
  /** Whole address of where it leads. */
  readonly link: string;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

type Words = Readonly<Record<'subject' | 'text' | 'action', string>>;

function words(kind: ReminderKind, { contest, round }: About): { readonly vi: Words; readonly en: Words } {
  const minutes = Math.round(round.durationMs / 60_000);
  const end = formatEnd(round.closesAt);
  switch (kind) {
    case 'opens':
      return {
        vi: {
          subject: `Đã mở: ${round.title} – ${contest.title}`,
          text: `${round.title} của cuộc thi “${contest.title}” đã mở từ ${formatMoment(round.opensAt)}.\n\nMỗi lượt làm bài trong ${minutes} phút. Vòng thi đóng lúc ${end}.`,
          action: 'Vào thi',
        },
        en: {
          subject: `Open now: ${round.title} – ${contest.title}`,
          text: `${round.title} of “${contest.title}” is open since ${formatMoment(round.opensAt)}.\n\nAn attempt takes up to ${minutes} minutes. The round closes at ${end}.`,
          action: 'Take part',
        },
      };
    case 'closes':
      return {
        vi: {
          subject: `Sắp đóng: ${round.title} – ${contest.title}`,
          text: `${round.title} của cuộc thi “${contest.title}” đóng lúc ${end}, mà bạn chưa dự thi.\n\nMỗi lượt làm bài trong ${minutes} phút. Nên vào thi sớm, tránh giờ chót đông người.`,
          action: 'Vào thi',
        },
        en: {
          subject: `Closing soon: ${round.title} – ${contest.title}`,
          text: `${round.title} of “${contest.title}” closes at ${end}, and you have not taken part yet.\n\nAn attempt takes up to ${minutes} minutes. Come early: the last hour is the busiest.`,
          action: 'Take part',
        },
      };
    case 'results':
      return {
        vi: {
          subject: `Đã có kết quả: ${round.title} – ${contest.title}`,
          text: `Kết quả ${round.title} của cuộc thi “${contest.title}” đã được công bố. Mời bạn xem kết quả và bảng xếp hạng.`,
          action: 'Xem kết quả',
        },
        en: {
          subject: `Results are out: ${round.title} – ${contest.title}`,
          text: `The results of ${round.title} of “${contest.title}” are out. See yours and the leaderboard.`,
          action: 'See the results',
        },
      };
  }
}

/** The letter; the organiser's own words come last, and in the one language in which they were written. */
export function reminderLetter(kind: ReminderKind, about: About): Letter {
  const { vi, en } = words(kind, about);
  const note = about.note.trim();
  return {
    vi: { ...vi, text: `Chào bạn,\n\n${vi.text}${note === '' ? '' : `\n\n${note}`}` },
    en: { ...en, text: `Hello,\n\n${en.text}` },
    link: about.link,
  };
}

/** Where a reminder leads, below the contest's address. */
export function reminderPath(kind: ReminderKind, slug: string, roundNumber: number): string {
  return kind === 'results' ? `/cuoc-thi/${slug}/bang-xep-hang` : `/cuoc-thi/${slug}/dot/${roundNumber}`;
}

interface Window {
  readonly opensAt: number;
  readonly closesAt: number;
  readonly settledAt: number | null;
  readonly settings: { readonly release: { readonly result: 'submit' | 'close' | 'never' } };
}

/**
 * Which reminders of a round are to go out at `now`. Each has a time after which it would come too late: a server that was
 * away does not send yesterday's news. A round of less than a day and a half has no "closes tomorrow".
 */
export function dueReminders(
  round: Window,
  wanted: Readonly<Record<ReminderKind, boolean>>,
  now: number,
): ReminderKind[] {
  const { opensAt, closesAt, settledAt, settings } = round;
  const isOpen = opensAt <= now && now < closesAt;
  const due: ReminderKind[] = [];
  if (wanted.opens && isOpen && now < opensAt + 12 * HOUR_MS) due.push('opens');
  const isLong = closesAt - opensAt >= 1.5 * DAY_MS;
  if (wanted.closes && isLong && isOpen && now >= closesAt - DAY_MS && now < closesAt - HOUR_MS)
    due.push('closes');
  const isOut = settledAt !== null && settings.release.result !== 'never';
  if (wanted.results && isOut && now < settledAt + DAY_MS) due.push('results');
  return due;
}
