/** Prize plans: an empty one to begin with, and what is wrong with one. Pure. */
import { cleanText, nfc } from '../../questions/vietnamese.ts';
import type { FieldError } from '../contracts/errors.ts';
import type { Notice, Prize, PrizePlan } from '../contracts/prizes.ts';

/** Of all prizes of a contest together. */
const MOST_WINNERS = 20_000;

export const EMPTY_PLAN: PrizePlan = {
  prizes: [],
  caps: { onePerBoard: true, person: null, unit: null, unitWins: null },
  notice: {
    superior: '',
    issuer: 'BAN TỔ CHỨC CUỘC THI',
    number: '    /TB-BTC',
    place: 'Hà Nội',
    date: null,
    intro: '',
    closing: '',
    signRole: 'TM. BAN TỔ CHỨC\nTRƯỞNG BAN',
    signName: '',
    recipients: '',
  },
};

/** Texts tidied: one line is one line, and NFC everywhere. */
export function cleanPlan({ prizes, caps, notice }: PrizePlan): PrizePlan {
  const lines = (text: string): string => nfc(text).replace(/\r\n?/g, '\n').trim();
  const tidy: Notice = {
    superior: cleanText(notice.superior),
    issuer: cleanText(notice.issuer),
    // Blanks are room for a number that is written by hand.
    number: nfc(notice.number),
    place: cleanText(notice.place),
    date: notice.date,
    intro: lines(notice.intro),
    closing: lines(notice.closing),
    signRole: lines(notice.signRole),
    signName: cleanText(notice.signName),
    recipients: lines(notice.recipients),
  };
  return { prizes: prizes.map(cleanPrize), caps, notice: tidy };
}

/** What says nothing for its kind is taken away, so that prizes that ask for the same are the same. */
function cleanPrize(prize: Prize): Prize {
  const texts = { title: cleanText(prize.title), value: cleanText(prize.value) };
  if (prize.to === 'units') return { ...prize, ...texts, by: 'rank', minMarks: null };
  const none = { block: null, membersFrom: null, membersTo: null, minEntrants: null };
  return { ...prize, ...texts, ...none, metric: 'entrants' };
}

/** Paths as "plan.prizes.0.title". `knowsUnit`: whether a uid is a unit's. */
export function planProblems({ prizes }: PrizePlan, knowsUnit: (uid: string) => boolean): FieldError[] {
  const ids = prizes.map(({ id }) => id);
  const given = prizes.reduce((sum, { count }) => sum + count, 0);
  if (given > MOST_WINNERS)
    return [
      {
        path: 'plan.prizes',
        vi: 'Nhiều giải quá: tối đa 20.000 suất.',
        en: 'Too many prizes: 20,000 winners at most.',
      },
    ];
  return prizes.flatMap((prize, i) => {
    const at = (field: string): string => `plan.prizes.${i}.${field}`;
    const found: FieldError[] = [];
    const wrong = (field: string, vi: string, en: string): void => {
      found.push({ path: at(field), vi, en });
    };
    if (ids.indexOf(prize.id) !== i) wrong('id', 'Hai giải trùng mã.', 'Two prizes have the same id.');
    if (prize.title === '') wrong('title', 'Xin đặt tên giải.', 'Please name the prize.');
    if (prize.unit !== null && !knowsUnit(prize.unit))
      wrong('unit', 'Đơn vị này không còn.', 'This unit is not there any more.');
    const { membersFrom, membersTo } = prize;
    if (membersFrom !== null && membersTo !== null && membersTo < membersFrom)
      wrong(
        'membersTo',
        'Quy mô đến phải không nhỏ hơn quy mô từ.',
        'The upper size is below the lower one.',
      );
    return found;
  });
}
