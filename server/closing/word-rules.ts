/** Places and winners in words, in both languages: figures, what put one above the next, why somebody was passed over. Pure. */

import { formatMoment } from '../contests/time-rules.ts';
import type { Bilingual } from '../contracts/errors.ts';
import type { Decider, PassedCause, Prize, WinnerWhy } from '../contracts/prizes.ts';

const VI = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 3 });
const EN = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 3 });
const HANOI_MS = 7 * 3_600_000;

const both = (vi: string, en: string): Bilingual => ({ vi, en });
const plural = (count: number, one: string, many: string): string => (count === 1 ? one : many);

/** "1.070.547", "1,5" */
export function viNumber(value: number): string {
  return VI.format(value);
}

/** Hundredths of a mark. */
function marksOf(hundredths: number): Bilingual {
  const marks = hundredths / 100;
  return both(`${VI.format(marks)} điểm`, `${EN.format(marks)} ${plural(marks, 'mark', 'marks')}`);
}

/** "7 phút 2,35 giây": thousandths are told only where there are any. */
export function durationOf(ms: number): Bilingual {
  const minutes = Math.floor(ms / 60_000);
  const seconds = (ms % 60_000) / 1000;
  const vi = minutes === 0 ? '' : `${VI.format(minutes)} phút `;
  const en = minutes === 0 ? '' : `${EN.format(minutes)} min `;
  return both(`${vi}${VI.format(seconds)} giây`, `${en}${EN.format(seconds)} s`);
}

/** "08:00:12,345 02/08/2022": what decides between two may be less than a second. */
export function momentOf(at: number): string {
  const [day = '', minute = ''] = formatMoment(at).split(' ');
  const local = at + HANOI_MS;
  const seconds = String(Math.floor(local / 1000) % 60).padStart(2, '0');
  const rest = local % 1000;
  const fraction = rest === 0 ? '' : `,${String(rest).padStart(3, '0')}`;
  return `${minute}:${seconds}${fraction} ${day}`;
}

const percent = (share: number): Bilingual =>
  both(`${VI.format(Math.round(share * 10_000) / 100)}%`, `${EN.format(Math.round(share * 10_000) / 100)}%`);

/** A figure by which places are decided. */
export function figure(by: Decider, value: number): Bilingual {
  switch (by) {
    case 'marks':
      return marksOf(value);
    case 'average':
      return marksOf(Math.round(value * 100) / 100);
    case 'prediction':
      return both(`lệch ${VI.format(value)}`, `${EN.format(value)} off`);
    case 'time':
      return durationOf(value);
    case 'submitted':
      return both(momentOf(value), momentOf(value));
    case 'rate':
      return percent(value);
    case 'entrants':
      return both(`${VI.format(value)} người`, `${EN.format(value)} ${plural(value, 'person', 'people')}`);
    case 'attempts':
      return both(`${VI.format(value)} lượt`, `${EN.format(value)} ${plural(value, 'attempt', 'attempts')}`);
    default:
      return both(VI.format(value), EN.format(value));
  }
}

const MORE: Readonly<Record<Exclude<Decider, 'lot' | 'last'>, Bilingual>> = {
  marks: both('nhiều điểm hơn', 'more marks'),
  prediction: both('dự đoán sát hơn', 'a closer prediction'),
  time: both('làm bài nhanh hơn', 'faster'),
  submitted: both('nộp bài sớm hơn', 'submitted earlier'),
  entrants: both('nhiều người dự thi hơn', 'more people'),
  attempts: both('nhiều lượt thi hơn', 'more attempts'),
  rate: both('tỷ lệ tham gia cao hơn', 'a higher rate'),
  average: both('điểm trung bình cao hơn', 'a higher average'),
};

/** What put one above another, e.g. "làm bài nhanh hơn (7 phút 2 giây so với 8 phút)". `other`: how the other is called. */
export function decisionOf(
  {
    by,
    mine,
    theirs,
  }: { readonly by: Decider; readonly mine: number | null; readonly theirs: number | null },
  other: Bilingual,
): Bilingual {
  if (by === 'last') return both('Không còn ai đủ điều kiện ở sau.', 'Nobody who qualifies comes after.');
  if (by === 'lot') return both(`Bốc thăm được xếp trên ${other.vi}.`, `Placed above ${other.en} by lots.`);
  const a = mine === null ? null : figure(by, mine);
  const b = theirs === null ? both('không có', 'none') : figure(by, theirs);
  const why = MORE[by];
  if (a === null) return both(`Xếp trên ${other.vi}: ${why.vi}.`, `Above ${other.en}: ${why.en}.`);
  return both(
    `Xếp trên ${other.vi}: ${why.vi} (${a.vi} so với ${b.vi}).`,
    `Above ${other.en}: ${why.en} (${a.en} to ${b.en}).`,
  );
}

/** Why a winner stands above the next in line, and how many were passed over before. */
export function whyOf(why: WinnerWhy): Bilingual {
  const next = why.next === null ? both('người kế tiếp', 'the next') : labelWords(why);
  const decided = decisionOf(why, next);
  if (why.passed === 0) return decided;
  return both(
    `${decided.vi} Được đôn lên vì ${VI.format(why.passed)} trường hợp xếp trên không được xét.`,
    `${decided.en} Moved up: ${EN.format(why.passed)} above could not win.`,
  );
}

function labelWords({ next, entrants }: WinnerWhy): Bilingual {
  if (entrants !== undefined) return both(`đơn vị kế tiếp (${next})`, `the next unit (${next})`);
  return both(`người kế tiếp (số ${next})`, `the next (no. ${next})`);
}

/** Figures of a winner: "19,5 điểm · lệch 3 · 7 phút 2 giây". */
export function figuresOf(why: WinnerWhy): Bilingual {
  const parts: Bilingual[] = [];
  const add = (by: Decider, value: number | null | undefined): void => {
    if (value !== undefined && value !== null) parts.push(figure(by, value));
  };
  add('marks', why.marks);
  add('prediction', why.distance);
  add('time', why.elapsedMs);
  add('entrants', why.entrants);
  add('attempts', why.attempts);
  add('rate', why.rate);
  if (why.average !== undefined && why.average !== null) {
    const average = figure('average', why.average);
    parts.push(both(`trung bình ${average.vi}`, `average ${average.en}`));
  }
  return both(parts.map(({ vi }) => vi).join(' · '), parts.map(({ en }) => en).join(' · '));
}

export const PASSED: Readonly<Record<PassedCause, Bilingual>> = {
  organiser: both('Thuộc ban tổ chức cuộc thi', 'Organises the contest'),
  keys: both(
    'Biên soạn, thẩm định hoặc quản trị, có thể đã xem đáp án',
    'Editor, reviewer or admin: may have seen keys',
  ),
  figures: both(
    'Phụ trách đơn vị, xem được số liệu trong lúc còn dự đoán',
    'Answers for a unit: saw figures while predictions could be made',
  ),
  decided: both('Ban tổ chức quyết định không xét giải', 'Excluded by the organisers'),
  onePerBoard: both('Đã đoạt giải khác ở bảng này', 'Won another prize on this board'),
  capPerson: both('Đã đủ số giải tối đa của một người', 'Has won as often as one may'),
  capUnit: both('Đơn vị đã đủ số giải tối đa', 'The unit has as many prizes as it may have'),
};

const METRICS = {
  entrants: both('số người dự thi', 'people'),
  attempts: both('số lượt thi', 'attempts'),
  rate: both('tỷ lệ tham gia', 'rate'),
  average: both('điểm trung bình', 'average marks'),
} as const;

/** For whom a prize is and by what: "Cá nhân, theo thứ hạng; từ 15 điểm". `unit`: name of the unit that it is for. */
export function aboutPrize(prize: Prize, unit: string | null): Bilingual {
  const { to, by, metric, block, membersFrom, membersTo, minMarks, minEntrants } = prize;
  const vi: string[] = [];
  const en: string[] = [];
  const say = (a: string, b: string): void => {
    vi.push(a);
    en.push(b);
  };
  if (to === 'units') say(`Đơn vị, theo ${METRICS[metric].vi}`, `Units, by ${METRICS[metric].en}`);
  else if (by === 'lot') say('Cá nhân, bốc thăm', 'People, by lots');
  else say('Cá nhân, theo thứ hạng', 'People, by rank');
  if (unit !== null) say(`thuộc ${unit}`, `of ${unit}`);
  if (to === 'units') {
    if (block !== null) say(`khối ${block}`, `block ${block}`);
    const size = sizeWords(membersFrom, membersTo);
    if (size !== null) say(size.vi, size.en);
    if (minEntrants !== null)
      say(`có từ ${VI.format(minEntrants)} người dự thi`, `from ${EN.format(minEntrants)} people on`);
  } else if (minMarks !== null) {
    const marks = marksOf(minMarks);
    say(`từ ${marks.vi}`, `from ${marks.en} on`);
  }
  return both(vi.join('; '), en.join('; '));
}

function sizeWords(from: number | null, to: number | null): Bilingual | null {
  if (from !== null && to !== null)
    return both(
      `quy mô ${VI.format(from)}–${VI.format(to)} người`,
      `of ${EN.format(from)} to ${EN.format(to)} members`,
    );
  if (from !== null)
    return both(`quy mô từ ${VI.format(from)} người`, `of ${EN.format(from)} members or more`);
  return to === null
    ? null
    : both(`quy mô đến ${VI.format(to)} người`, `of ${EN.format(to)} members at most`);
}
