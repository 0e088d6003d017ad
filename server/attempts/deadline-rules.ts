/** When an attempt ends. Pure; ms since epoch. */

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

/**
 * The deadline in force: base + extra + the part of each outage that fell into the attempt. Each outage given back makes
 * the attempt longer, so that a later one may fall into it too. It may pass the window's end.
 */
export function deadlineInForce(
  attempt: {
    readonly roundId: number;
    readonly startedAt: number;
    readonly deadline: number;
    readonly extraMs: number;
  },
  outages: readonly Outage[],
): number {
  let deadline = attempt.deadline + attempt.extraMs;
  for (const outage of outages) {
    if (outage.roundId !== null && outage.roundId !== attempt.roundId) continue;
    if (outage.fromAt >= deadline || outage.toAt <= attempt.startedAt) continue;
    deadline += outage.toAt - Math.max(outage.fromAt, attempt.startedAt);
  }
  return deadline;
}

/** Accepted until deadline + grace inclusive: at +1 ms it is late. */
export function isLate(receivedAt: number, deadline: number, graceMs: number): boolean {
  return receivedAt > deadline + graceMs;
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
