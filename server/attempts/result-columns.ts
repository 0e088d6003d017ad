import type { Tables } from '../platform/database/door.ts';

/** What a version of a result says, but for which attempt and round it is of. */
export function resultColumns(r: Tables['results']) {
  return {
    personId: r.personId,
    unitId: r.unitId,
    version: r.version,
    counts: r.counts,
    marks: r.marks,
    rightCount: r.rightCount,
    elapsedMs: r.elapsedMs,
    submittedAt: r.submittedAt,
    prediction: r.prediction,
  };
}
