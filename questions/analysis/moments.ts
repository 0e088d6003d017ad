/**
 * Variance and covariance out of sums, with n − 1 unless said. Marks in hundredths are whole numbers, and so are all sums
 * here: adding in any order, in any number of parts, gives the same figure to the last bit.
 */

/** Sums over pairs (x, y) of whole numbers. */
export interface PairSums {
  readonly n: number;
  readonly x: number;
  readonly y: number;
  readonly xx: number;
  readonly yy: number;
  readonly xy: number;
}

/** How often each value stands: the value is the place. */
export type Histogram = ArrayLike<number>;

/** Covariance with n − 1; null under two pairs. Exact until the last division: what is 0 comes out as 0. */
export function covariance({ n, x, y, xy }: PairSums): number | null {
  if (n < 2) return null;
  const times = BigInt(n) * BigInt(xy) - BigInt(x) * BigInt(y);
  return Number(times) / n / (n - 1);
}

/** Variance of x with n − 1; null under two values. */
export function variance(n: number, sum: number, squares: number): number | null {
  return covariance({ n, x: sum, y: sum, xx: squares, yy: squares, xy: squares });
}

/** Pearson's correlation, −1 … 1; null when either does not vary. */
export function correlation(sums: PairSums): number | null {
  const shared = covariance(sums);
  const spread = Math.sqrt(
    (variance(sums.n, sums.x, sums.xx) ?? 0) * (variance(sums.n, sums.y, sums.yy) ?? 0),
  );
  return shared === null || spread === 0 ? null : Math.min(1, Math.max(-1, shared / spread));
}

/**
 * Covariance of two samples of the same size after each was sorted: the largest that their values allow. Both come as
 * histograms; equal runs are paired at once, so a million values cost as much as there are different ones.
 */
export function sortedCovariance(x: Histogram, y: Histogram): number | null {
  let n = 0;
  let sumX = 0;
  let sumY = 0;
  let sumXY = 0;
  let atY = 0;
  let leftY = y[0] ?? 0;
  for (let valueX = 0; valueX < x.length; valueX++) {
    let leftX = x[valueX] ?? 0;
    while (leftX > 0) {
      while (leftY === 0 && atY < y.length - 1) leftY = y[++atY] ?? 0;
      const run = Math.min(leftX, leftY);
      if (run === 0) throw new RangeError('the samples have different sizes');
      n += run;
      sumX += run * valueX;
      sumY += run * atY;
      sumXY += run * valueX * atY;
      leftX -= run;
      leftY -= run;
    }
  }
  return covariance({ n, x: sumX, y: sumY, xx: 0, yy: 0, xy: sumXY });
}

export interface Shape {
  readonly n: number;
  readonly mean: number;
  readonly median: number;
  /** With n − 1; null under two values. */
  readonly standardDeviation: number | null;
  /** k₃ / k₂^1.5; null under three values or without spread. */
  readonly skewness: number | null;
  /** k₄ / k₂²; null under four values or without spread. */
  readonly kurtosis: number | null;
}

/** The shape of a sample that comes as a histogram. Deviations are taken from the mean, so nothing is lost to large powers. */
export function shapeOf(values: Histogram): Shape {
  let n = 0;
  let sum = 0;
  for (let value = 0; value < values.length; value++) {
    n += values[value] ?? 0;
    sum += value * (values[value] ?? 0);
  }
  if (n === 0) return { n, mean: 0, median: 0, standardDeviation: null, skewness: null, kurtosis: null };
  const mean = sum / n;
  let [second, third, fourth] = [0, 0, 0];
  for (let value = 0; value < values.length; value++) {
    const count = values[value] ?? 0;
    if (count === 0) continue;
    const off = value - mean;
    second += count * off ** 2;
    third += count * off ** 3;
    fourth += count * off ** 4;
  }
  return {
    n,
    mean,
    median: medianOf(values, n),
    standardDeviation: n < 2 ? null : Math.sqrt(second / (n - 1)),
    ...kStatistics(n, second, third, fourth),
  };
}

/** From sums of powers of the deviations. The unbiased estimators of the third and fourth cumulant. */
function kStatistics(n: number, second: number, third: number, fourth: number) {
  const k2 = n < 2 ? 0 : second / (n - 1);
  const skewness = n < 3 || k2 === 0 ? null : (n * third) / ((n - 1) * (n - 2)) / k2 ** 1.5;
  if (n < 4 || k2 === 0) return { skewness, kurtosis: null };
  const k4 = (n * ((n + 1) * fourth - (3 * (n - 1) * second ** 2) / n)) / ((n - 1) * (n - 2) * (n - 3));
  return { skewness, kurtosis: k4 / k2 ** 2 };
}

/** The middle value; of an even number the mean of the two in the middle. */
function medianOf(values: Histogram, n: number): number {
  const lower = valueAt(values, Math.floor((n - 1) / 2));
  const upper = valueAt(values, Math.floor(n / 2));
  return (lower + upper) / 2;
}

/** The value at a place of the sorted sample, from 0. */
function valueAt(values: Histogram, place: number): number {
  let before = 0;
  for (let value = 0; value < values.length; value++) {
    before += values[value] ?? 0;
    if (before > place) return value;
  }
  return Math.max(0, values.length - 1);
}
