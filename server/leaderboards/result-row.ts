/** A result as numbers in a row, as scans give it. Apart from the queries, so that the thread that builds boards loads none of their library. */
import type { ResultVersion } from './counting.ts';

/** Columns a row, in the order of `columnsOf` in `results-feed.ts`. */
export const WIDTH = 12;

/** A row as boards take it. `truth` of its round: null while the prediction does not count. */
export function versionOf(
  row: ArrayLike<number>,
  at: number,
  truthOf: ReadonlyMap<number, number>,
): ResultVersion {
  const round = row[at + 3] ?? 0;
  const unit = row[at + 5] ?? Number.NaN;
  const prediction = row[at + 11] ?? Number.NaN;
  const truth = truthOf.get(round);
  return {
    feed: { transaction: row[at + 1] ?? 0, number: row[at] ?? 0 },
    sequence: row[at + 2] ?? 0,
    round,
    unit: Number.isNaN(unit) ? null : unit,
    version: row[at + 6] ?? 0,
    voided: row[at + 7] === 0,
    marks: row[at + 8] ?? 0,
    elapsedMs: row[at + 9] ?? 0,
    submittedAt: row[at + 10] ?? 0,
    predictionDistance: truth === undefined || Number.isNaN(prediction) ? null : Math.abs(prediction - truth),
  };
}
