/** When an attempt ends. Pure; ms since epoch. */
import { deadlineOf, isAccepted } from '../contests/time-rules.ts';

/** Time during which nobody could answer. `roundId` null: all rounds. */
export interface Outage {
  readonly roundId: number | null;
  readonly fromAt: number;
  readonly toAt: number;
}

/** The deadline that is stored: the duration, cut at the window's end. Extra time and outages come on top when it is read. */
export function baseDeadline(startedAt: number, durationMs: number, closesAt: number): number {
  return Math.min(startedAt + durationMs, closesAt);
}

/** The deadline in force: the stored one + extra time + the outages that fell into the attempt. It may pass the window's end. */
export function deadlineInForce(
  attempt: {
    readonly roundId: number;
    readonly startedAt: number;
    readonly deadline: number;
    readonly extraMs: number;
  },
  outages: readonly Outage[],
): number {
  const { startedAt, deadline, extraMs, roundId } = attempt;
  if (outages.length === 0) return deadline + extraMs;
  const suffered = outages
    .filter((outage) => outage.roundId === null || outage.roundId === roundId)
    .map(({ fromAt, toAt }) => ({ from: fromAt, until: toAt }));
  return deadlineOf({ startedAt, durationMs: null, windowEndsAt: deadline, extraMs, outages: suffered });
}

/** Accepted until deadline + grace inclusive: at +1 ms it is late. */
export function isLate(receivedAt: number, deadline: number, graceMs: number): boolean {
  return !isAccepted(receivedAt, deadline, graceMs);
}

/** Time used: from the start to the end or the deadline, whichever came first, without the outages in between. */
export function elapsedMs(
  attempt: {
    readonly roundId: number;
    readonly startedAt: number;
    readonly deadline: number;
    readonly extraMs: number;
  },
  closedAt: number,
  outages: readonly Outage[],
): number {
  const end = Math.min(closedAt, deadlineInForce(attempt, outages));
  let elapsed = end - attempt.startedAt;
  for (const outage of outages) {
    if (outage.roundId !== null && outage.roundId !== attempt.roundId) continue;
    elapsed -= Math.max(0, Math.min(outage.toAt, end) - Math.max(outage.fromAt, attempt.startedAt));
  }
  return Math.max(0, elapsed);
}
