/** What a dossier says in words: interruptions, decisions about questions, and why an attempt stands where it does. Pure. */
import { formatMoment } from '../contests/time-rules.ts';
import type { Dossier } from '../contracts/dossier.ts';
import type { Bilingual } from '../contracts/errors.ts';
import { type Criterion, compareRank, type Standing } from '../leaderboards/order.ts';
import { decisionOf, durationOf, momentOf } from './word-rules.ts';

interface Period {
  readonly fromAt: number;
  readonly toAt: number;
}

/** What came between the start and the end of an attempt. */
export interface Between {
  readonly outages: readonly (Period & { readonly reason: string })[];
  /** How often and how long its page was out of sight; null where nobody looked. */
  readonly away: { readonly times: number; readonly ms: number } | null;
  /** Devices that answered; 0 where it was not kept. */
  readonly devices: number;
}

export function interruptionsOf(
  attempt: { readonly startedAt: number; readonly closedAt: number | null; readonly extraMs: number },
  { outages, away, devices }: Between,
): Bilingual[] {
  const end = attempt.closedAt ?? Number.POSITIVE_INFINITY;
  const said: Bilingual[] = outages
    .filter(({ fromAt, toAt }) => toAt > attempt.startedAt && fromAt < end)
    .sort((a, b) => a.fromAt - b.fromAt)
    .map(({ fromAt, toAt, reason }) => {
      const lost = durationOf(Math.min(toAt, end) - Math.max(fromAt, attempt.startedAt));
      return {
        vi: `Gián đoạn từ ${momentOf(fromAt)} đến ${momentOf(toAt)} (${reason}): được bù ${lost.vi}.`,
        en: `Outage from ${momentOf(fromAt)} to ${momentOf(toAt)} (${reason}): ${lost.en} given back.`,
      };
    });
  if (attempt.extraMs > 0) {
    const extra = durationOf(attempt.extraMs);
    said.push({ vi: `Được thêm ${extra.vi} so với quy định.`, en: `${extra.en} of extra time.` });
  }
  if (devices > 1)
    said.push({ vi: `Trả lời trên ${devices} thiết bị.`, en: `Answered on ${devices} devices.` });
  if (away !== null && away.times > 0) {
    const time = durationOf(away.ms);
    said.push({
      vi: `Rời trang làm bài ${away.times} lần, tổng cộng ${time.vi}.`,
      en: `Left the page ${away.times} times, ${time.en} in all.`,
    });
  }
  return said;
}

const RULINGS: Readonly<Record<string, Bilingual>> = {
  key: { vi: 'Đổi đáp án', en: 'Key changed' },
  also: { vi: 'Chấp nhận thêm đáp án', en: 'Another answer accepted' },
  full: { vi: 'Cho mọi người trọn điểm', en: 'Full marks for all' },
  void: { vi: 'Hủy câu hỏi', en: 'Question voided' },
};

export function rulingWords(ruling: {
  readonly kind: string;
  readonly at: number;
  readonly reason: string;
  readonly reversedAt: number | null;
}): Bilingual {
  const { kind, at, reason, reversedAt } = ruling;
  const what = RULINGS[kind] ?? { vi: kind, en: kind };
  const back =
    reversedAt === null
      ? { vi: '', en: '' }
      : { vi: `; đã rút lại ${formatMoment(reversedAt)}`, en: `; withdrawn ${formatMoment(reversedAt)}` };
  return {
    vi: `${what.vi} (${formatMoment(at)}): ${reason}${back.vi}`,
    en: `${what.en} (${formatMoment(at)}): ${reason}${back.en}`,
  };
}

interface Ranked {
  readonly person: number;
  readonly rank: number;
  readonly standing: Standing;
}

/** `around`: the attempt's line with its neighbours, in the order of the list. */
export function placeOf(
  order: readonly Criterion[],
  around: readonly Ranked[],
  mine: Ranked & { readonly of: number },
): NonNullable<Dossier['place']> {
  const at = around.findIndex(({ person }) => person === mine.person);
  const above = at > 0 ? around[at - 1] : undefined;
  const below = at >= 0 ? around[at + 1] : undefined;
  return {
    rank: mine.rank,
    of: mine.of,
    above: above === undefined ? null : { rank: above.rank, why: whyBetween(order, above, mine, 'above') },
    below: below === undefined ? null : { rank: below.rank, why: whyBetween(order, mine, below, 'below') },
  };
}

/** Why `upper` stands above `lower`, told from the side of the attempt. */
function whyBetween(
  order: readonly Criterion[],
  upper: Ranked,
  lower: Ranked,
  side: 'above' | 'below',
): Bilingual {
  if (compareRank(order, upper.standing, lower.standing) === 0)
    return {
      vi: 'Bằng nhau ở mọi tiêu chí nên cùng hạng; thứ tự ghi tên theo lượt nộp.',
      en: 'Equal in every criterion, so they share the rank; listed in the order of submission.',
    };
  const by =
    order.find((criterion) => compareRank([criterion], upper.standing, lower.standing) !== 0) ?? 'marks';
  const [mine, theirs] = [figureOf(upper.standing, by), figureOf(lower.standing, by)];
  const decision = { by, mine, theirs };
  if (side === 'below') return decisionOf(decision, { vi: 'lượt thi kế dưới', en: 'the attempt below' });
  const told = decisionOf(decision, { vi: 'lượt thi này', en: 'this attempt' });
  return {
    vi: `Lượt thi ở hạng ${upper.rank} ${lowerFirst(told.vi)}`,
    en: `The attempt ranked ${upper.rank} stands ${lowerFirst(told.en)}`,
  };
}

function figureOf(standing: Standing, by: Criterion): number | null {
  if (by === 'marks') return standing.marks;
  if (by === 'prediction') return standing.predictionDistance;
  return by === 'time' ? standing.elapsedMs : standing.submittedAt;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
