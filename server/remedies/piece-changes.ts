/** From what the grading thread found to the versions that are written. */
import type { Attempts } from '../attempts/attempts.ts';
import type { Statement } from '../platform/database/door.ts';
import { CHANGE_WIDTH, type Piece } from './grading-messages.ts';

/** The next version of every result that differs, and the rounds that they are in. */
export async function changedResults(
  attempts: Pick<Attempts, 'versions' | 'store'>,
  { changes, byHand }: Piece,
): Promise<{ readonly statements: readonly Statement[]; readonly rounds: ReadonlySet<number> }> {
  const statements: Statement[] = [];
  const rounds = new Set<number>();
  for (let at = 0; at < changes.length; at += CHANGE_WIDTH) {
    const [attemptId = 0, roundId = 0, personId = 0, unit = 0, version = 0, counts = 0] =
      changes.subarray(at);
    const [marks = 0, rightCount = 0, elapsedMs = 0, submittedAt = 0, prediction = 0] = changes.subarray(
      at + 6,
    );
    const [newMarks = 0, newRight = 0] = changes.subarray(at + 11);
    const newest = {
      attemptId,
      roundId,
      personId,
      unitId: numberOrNull(unit),
      version,
      counts,
      marks,
      rightCount,
      elapsedMs,
      submittedAt,
      prediction: numberOrNull(prediction),
    };
    const next = attempts.versions.after(newest, { marks: newMarks, rightCount: newRight, counts });
    if (next === null) continue;
    statements.push(next);
    rounds.add(roundId);
  }
  for (const id of byHand) {
    const next = await attempts.versions.next(id);
    if (next === null) continue;
    statements.push(next);
    const row = await attempts.store.byId(id);
    if (row !== null) rounds.add(row.roundId);
  }
  return { statements, rounds };
}

function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
