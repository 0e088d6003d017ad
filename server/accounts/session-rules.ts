/** How long sessions live, and what a session may do. Pure. Times in ms since epoch. */
import type { Role } from '../platform/access.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** On a shared computer: this long, and no longer. */
export const SHORT_MS = 12 * HOUR;
/** Unused for so long, it ends. A contest asks people back every week, often for a few months. */
const IDLE_MS = 30 * DAY;
const STAFF_IDLE_MS = 7 * DAY;
/** Whatever happens, it ends. */
export const LONGEST_MS = 120 * DAY;
/** A given second factor counts for a working day and the night after it. */
const ELEVATED_MS = 24 * HOUR;
/** Use is written down at most so often. */
export const TOUCH_MS = HOUR;

export interface SessionTimes {
  readonly createdAt: number;
  readonly seenAt: number;
  readonly expiresAt: number;
  readonly elevatedAt: number | null;
}

export function firstExpiry(now: number, remember: boolean, staff: boolean): number {
  if (!remember) return now + SHORT_MS;
  return now + (staff ? STAFF_IDLE_MS : IDLE_MS);
}

/** When it ends now that it was used at `now`; a short one is never made longer. */
export function nextExpiry(times: SessionTimes, now: number, staff: boolean): number {
  const { createdAt, expiresAt } = times;
  if (isShort(times)) return expiresAt;
  return Math.min(createdAt + LONGEST_MS, Math.max(expiresAt, now + (staff ? STAFF_IDLE_MS : IDLE_MS)));
}

/** Whether it was opened on a shared computer. */
export function isShort({ createdAt, expiresAt }: SessionTimes): boolean {
  return expiresAt - createdAt <= SHORT_MS;
}

export function isElevated({ elevatedAt }: Pick<SessionTimes, 'elevatedAt'>, now: number): boolean {
  return elevatedAt !== null && now < elevatedAt + ELEVATED_MS;
}

const ROLES: readonly Role[] = ['organiser', 'editor', 'reviewer', 'admin', 'officer'];

/** A role as a row or a request has it. */
export function readRole(text: string): Role | null {
  return ROLES.find((role) => role === text) ?? null;
}
