/** Secret part of an estimate: the truth, which may come later, and what being near it earns. Server only. */
import type { Problem } from '../../grading.ts';
import { isRecord } from '../shapes.ts';

/** An answer off by `within` or less (in the question's unit) earns `share` (0..1) of the points. */
export type EstimateBand = { readonly within: number; readonly share: number };

export type EstimateKey = {
  /** Null until it is known. */
  readonly truth: number | null;
  /** From near to far. Where the closest of several people wins (live), the list may be empty. */
  readonly bands: readonly EstimateBand[];
};

const BANDS_MAX = 20;

function isBand(value: unknown): value is EstimateBand {
  return isRecord(value) && typeof value.within === 'number' && typeof value.share === 'number';
}

/** Whether the value can be used as a key. */
export function isEstimateKey(value: unknown): value is EstimateKey {
  if (!isRecord(value) || !Array.isArray(value.bands)) return false;
  return (value.truth === null || typeof value.truth === 'number') && value.bands.every(isBand);
}

/** What is wrong with the key. */
export function estimateKeyProblems({ truth, bands }: EstimateKey): readonly Problem[] {
  const problems: Problem[] = bands.flatMap(({ within, share }, i) => {
    const before = bands[i - 1];
    const isFarther = before === undefined || (within > before.within && share <= before.share);
    if (within >= 0 && Number.isFinite(within) && share >= 0 && share <= 1 && isFarther) return [];
    return [
      {
        at: `bands.${i}`,
        vi: 'Mức lệch phải tăng dần, phần điểm từ 0 đến 1 và không tăng.',
        en: 'Bands must go from near to far, with shares between 0 and 1 that never rise.',
      },
    ];
  });
  if (truth !== null && !(Math.abs(truth) <= 1e15))
    problems.push({ at: 'truth', vi: 'Số đúng quá lớn.', en: 'The truth is too large.' });
  if (bands.length > BANDS_MAX)
    problems.push({ at: 'bands', vi: `Nhiều nhất ${BANDS_MAX} mức.`, en: `At most ${BANDS_MAX} bands.` });
  return problems;
}
