/** The same figures straight from the formulas, over arrays of values. */
import type { ItemStatistics, PaperStatistics, Statistics } from '../../../questions/analysis/statistics.ts';
import type { MarkedItem } from '../../../questions/analysis/tally.ts';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;

function cov(x: readonly number[], y: readonly number[]): number | null {
  if (x.length < 2) return null;
  const [mx, my] = [mean(x), mean(y)];
  const found = sum(x.map((value, i) => (value - mx) * ((y[i] ?? 0) - my))) / (x.length - 1);
  return isNothing(found) ? 0 : found;
}

const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);
/** A spread that is nothing but rounding. */
const isNothing = (value: number): boolean => Math.abs(value) < 1e-9;

function correlate(x: readonly number[], y: readonly number[]): number | null {
  const spread = Math.sqrt((cov(x, x) ?? 0) * (cov(y, y) ?? 0));
  return isNothing(spread) ? null : (cov(x, y) ?? 0) / spread;
}

interface Asked {
  readonly x: readonly number[];
  readonly rest: readonly number[];
  readonly marked: readonly MarkedItem[];
}

function askedOf(attempts: readonly (readonly MarkedItem[])[], item: number): Asked {
  const rows = attempts.flatMap((attempt) => {
    const found = attempt.find((one) => one.item === item);
    return found === undefined ? [] : [{ found, total: sum(attempt.map(({ marks }) => marks)) }];
  });
  return {
    x: rows.map(({ found }) => found.marks),
    rest: rows.map(({ found, total }) => total - found.marks),
    marked: rows.map(({ found }) => found),
  };
}

function optionsOf({ rest, marked }: Asked): ItemStatistics['options'] {
  const most = Math.max(-1, ...marked.flatMap(({ chosen }) => chosen ?? []));
  return Array.from({ length: most + 1 }, (_, option) => {
    const is = marked.map(({ chosen }) => (chosen?.includes(option) ? 1 : 0));
    const ofThem = rest.filter((_value, i) => is[i] === 1);
    return {
      option,
      count: ofThem.length,
      share: ofThem.length / marked.length,
      meanRest: ofThem.length === 0 ? null : mean(ofThem),
      correlation: correlate(is, rest),
    };
  });
}

function shape(values: readonly number[]): PaperStatistics['totals'] {
  const n = values.length;
  const m = mean(values);
  const power = (p: number): number => sum(values.map((value) => (value - m) ** p));
  const k2 = n < 2 ? 0 : power(2) / (n - 1);
  const k3 = (n / ((n - 1) * (n - 2))) * power(3);
  const k4 = (n * (n + 1) * power(4) - 3 * (n - 1) * power(2) ** 2) / ((n - 1) * (n - 2) * (n - 3));
  const middle = sorted(values);
  return {
    n,
    mean: m,
    median: ((middle[Math.floor((n - 1) / 2)] ?? 0) + (middle[Math.floor(n / 2)] ?? 0)) / 2,
    standardDeviation: n < 2 ? null : Math.sqrt(k2),
    skewness: n < 3 || k2 === 0 ? null : k3 / k2 ** 1.5,
    kurtosis: n < 4 || k2 === 0 ? null : k4 / k2 ** 2,
  };
}

export function slowStatistics(attempts: readonly (readonly MarkedItem[])[]): Statistics {
  const keys = sorted([...new Set(attempts.flatMap((attempt) => attempt.map(({ item }) => item)))]);
  const asked = keys.map((key) => askedOf(attempts, key));
  const withTotal = asked.map(({ x, rest }) =>
    cov(
      x,
      x.map((value, i) => value + (rest[i] ?? 0)),
    ),
  );
  const roots = withTotal.map((shared) => (shared === null || shared < 0 ? null : Math.sqrt(shared)));
  const all = sum(roots.map((root) => root ?? 0));
  const items = keys.map((item, i): ItemStatistics => {
    const one = asked[i] ?? { x: [], rest: [], marked: [] };
    const most = cov(sorted(one.x), sorted(one.rest));
    const related = correlate(one.x, one.rest);
    const root = roots[i] ?? null;
    const own = cov(one.x, one.x);
    return {
      item,
      n: one.x.length,
      blanks: one.marked.filter(({ blank }) => blank).length,
      facility: (100 * mean(one.x)) / (one.marked[0]?.maxMarks ?? 1),
      standardDeviation: own === null ? null : Math.sqrt(own),
      discrimination: related === null ? null : 100 * related,
      efficiency: most === null || isNothing(most) ? null : (100 * (cov(one.x, one.rest) ?? 0)) / most,
      effectiveWeight: root === null || all === 0 ? null : (100 * root) / all,
      options: optionsOf(one),
    };
  });
  return { paper: paperOf(attempts, asked), items };
}

function paperOf(attempts: readonly (readonly MarkedItem[])[], asked: readonly Asked[]): PaperStatistics {
  const values = attempts.map((attempt) => sum(attempt.map(({ marks }) => marks)));
  const totals = shape(values);
  const p = sum(attempts.map(({ length }) => length)) / attempts.length;
  const share = ({ x }: Asked): number => x.length / attempts.length;
  const own = sum(asked.map((one) => share(one) * (cov(one.x, one.x) ?? 0)));
  const varT = totals.standardDeviation === null ? 0 : totals.standardDeviation ** 2;
  const says = varT > 0 && p > 1;
  const consistency = says ? ((100 * p) / (p - 1)) * (1 - own / varT) : null;
  const isRightOrWrong = asked.every(({ marked }) =>
    marked.every(({ marks, maxMarks }) => marks === 0 || marks === maxMarks),
  );
  const pq = sum(
    asked.map((one) => {
      const m = mean(one.x);
      return share(one) * mean(one.x.map((value) => (value - m) ** 2));
    }),
  );
  const popT = mean(values.map((value) => (value - totals.mean) ** 2));
  const errorRatio = consistency === null ? null : 100 * Math.sqrt(Math.max(0, 1 - consistency / 100));
  return {
    attempts: attempts.length,
    totals,
    consistency,
    kr20: says && isRightOrWrong ? (p / (p - 1)) * (1 - pq / popT) : null,
    errorRatio,
    standardError: errorRatio === null ? null : (errorRatio * (totals.standardDeviation ?? 0)) / 100,
  };
}
