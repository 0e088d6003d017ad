/**
 * Item statistics out of tallies: what classical test theory says about questions and papers. x is a question's mark, M its
 * maximum, T an attempt's total, R = T − x. Where papers are drawn, a question is looked at in the attempts that asked it,
 * and sums over "the paper's questions" are taken in the share in which each was asked; with one paper for all that is the
 * textbook's formula. Marks come in hundredths; figures in percent unless said.
 */
import { correlation, covariance, type Shape, shapeOf, sortedCovariance, variance } from './moments.ts';
import type { ItemTally, Tally } from './tally.ts';

/** One option of a choice question. */
export interface OptionStatistics {
  /** Place in the bank, from 0. */
  readonly option: number;
  readonly count: number;
  /** Of those who were asked, 0 … 1. */
  readonly share: number;
  /** Mean R of those who chose it, hundredths; null when nobody did. */
  readonly meanRest: number | null;
  /** Of choosing it with R, −1 … 1; null when all or none did, or R does not vary. */
  readonly correlation: number | null;
}

export interface ItemStatistics {
  readonly item: number;
  /** Attempts that asked it. */
  readonly n: number;
  readonly blanks: number;
  /** 100 · mean(x) / M. */
  readonly facility: number;
  /** Of x, hundredths of a mark; null under two attempts. */
  readonly standardDeviation: number | null;
  /** 100 · cov(x, R) / √(var x · var R); null when either is 0. */
  readonly discrimination: number | null;
  /** 100 · cov(x, R) / cov(sorted x, sorted R); null when that is 0. */
  readonly efficiency: number | null;
  /** 100 · √cov(x, T) / Σ √cov⁺; null when the covariance is negative. */
  readonly effectiveWeight: number | null;
  readonly options: readonly OptionStatistics[];
}

export interface PaperStatistics {
  readonly attempts: number;
  /** Of T, hundredths. */
  readonly totals: Shape;
  /** Coefficient of internal consistency: 100 · p/(p−1) · (1 − Σ var xᵢ / var T); null without spread or with one question. */
  readonly consistency: number | null;
  /** KR-20, the same with population variances, 0 … 1; null unless every question is right or wrong. */
  readonly kr20: number | null;
  /** 100 · √(1 − CIC/100); null when the consistency is. */
  readonly errorRatio: number | null;
  /** Error ratio · SD / 100, hundredths of a mark. */
  readonly standardError: number | null;
}

export interface Statistics {
  readonly paper: PaperStatistics;
  /** In the order of their keys. */
  readonly items: readonly ItemStatistics[];
}

export function statisticsOf(tally: Tally): Statistics {
  const items = inOrder(tally);
  const weights = items.map(([, item]) => rootOfShared(item));
  const sum = weights.reduce<number>((total, weight) => total + (weight ?? 0), 0);
  return {
    paper: paperStatistics(tally),
    items: items.map(([key, item], i) => itemStatistics(key, item, weights[i] ?? null, sum)),
  };
}

/** Always the same order, so that figures are the same to the last bit however the tally came about. */
function inOrder({ items }: Tally): [number, ItemTally][] {
  return [...items].sort(([a], [b]) => a - b);
}

function itemStatistics(
  key: number,
  item: ItemTally,
  weight: number | null,
  sumOfWeights: number,
): ItemStatistics {
  const sums = sumsOf(item);
  const related = correlation(sums);
  const shared = covariance(sums);
  const most = sortedCovariance(item.x.values, item.rest.values);
  const spread = variance(item.n, item.sumX, item.sumXX);
  return {
    item: key,
    n: item.n,
    blanks: item.blanks,
    facility: item.maxMarks === 0 ? 0 : (100 * item.sumX) / item.n / item.maxMarks,
    standardDeviation: spread === null ? null : Math.sqrt(spread),
    discrimination: related === null ? null : 100 * related,
    efficiency: shared === null || most === null || most === 0 ? null : (100 * shared) / most,
    effectiveWeight: weight === null || sumOfWeights === 0 ? null : (100 * weight) / sumOfWeights,
    options: optionStatistics(item),
  };
}

const sumsOf = (item: ItemTally) => ({
  n: item.n,
  x: item.sumX,
  y: item.sumR,
  xx: item.sumXX,
  yy: item.sumRR,
  xy: item.sumXR,
});

/** √cov(x, T), where cov(x, T) = cov(x, R) + var x; null when that is negative. */
function rootOfShared(item: ItemTally): number | null {
  const shared = covariance(sumsOf(item));
  const own = variance(item.n, item.sumX, item.sumXX);
  if (shared === null || own === null || shared + own < 0) return null;
  return Math.sqrt(shared + own);
}

function optionStatistics(item: ItemTally): OptionStatistics[] {
  const rests = item.restOfChosen.values;
  return [...item.chosen.values].map((count, option) => {
    const restOfThem = rests[option] ?? 0;
    const sums = { n: item.n, x: count, y: item.sumR, xx: count, yy: item.sumRR, xy: restOfThem };
    return {
      option,
      count,
      share: count / item.n,
      meanRest: count === 0 ? null : restOfThem / count,
      correlation: correlation(sums),
    };
  });
}

function paperStatistics(tally: Tally): PaperStatistics {
  const totals = shapeOf(tally.totals.values);
  const questions = tally.attempts === 0 ? 0 : tally.asked / tally.attempts;
  const consistency = consistencyOf(tally, totals, questions);
  const errorRatio = consistency === null ? null : 100 * Math.sqrt(Math.max(0, 1 - consistency / 100));
  return {
    attempts: tally.attempts,
    totals,
    consistency,
    kr20: kr20Of(tally, totals, questions),
    errorRatio,
    standardError:
      errorRatio === null || totals.standardDeviation === null
        ? null
        : (errorRatio * totals.standardDeviation) / 100,
  };
}

/** Sum over the paper's questions of something of each, in the share in which each was asked. */
function overPaper(tally: Tally, of: (item: ItemTally) => number): number {
  let sum = 0;
  for (const [, item] of inOrder(tally)) sum += (item.n / tally.attempts) * of(item);
  return sum;
}

function consistencyOf(tally: Tally, { standardDeviation }: Shape, questions: number): number | null {
  if (standardDeviation === null || standardDeviation === 0 || questions <= 1) return null;
  const own = overPaper(tally, (item) => variance(item.n, item.sumX, item.sumXX) ?? 0);
  return ((100 * questions) / (questions - 1)) * (1 - own / standardDeviation ** 2);
}

function kr20Of(tally: Tally, { n, standardDeviation }: Shape, questions: number): number | null {
  if (standardDeviation === null || standardDeviation === 0 || questions <= 1) return null;
  for (const { x, maxMarks } of tally.items.values()) {
    if (x.values.some((count, marks) => count > 0 && marks !== 0 && marks !== maxMarks)) return null;
  }
  const own = overPaper(tally, ({ n: asked, sumX, maxMarks }) => {
    const right = maxMarks === 0 ? 0 : sumX / asked / maxMarks;
    return right * (1 - right) * maxMarks ** 2;
  });
  const population = (standardDeviation ** 2 * (n - 1)) / n;
  return (questions / (questions - 1)) * (1 - own / population);
}
