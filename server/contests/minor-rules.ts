/**
 * People under sixteen: their names are shown to others only with their own consent and a guardian's (Luật 91/2025). One
 * text is agreed to by both, at entry. Pure.
 */
import { ageAt } from './eligibility-rules.ts';

export const MINOR_UNDER = 16;

/** Id of the consent among an entry's. */
export const GUARDIAN = 'guardian';

/** What both agree to; a change of its words is a new version. */
export const guardianText = {
  version: 1,
  vi: 'Tôi là cha, mẹ hoặc người giám hộ. Tôi và người dự thi cùng đồng ý cho nêu họ tên của người dự thi trên bảng xếp hạng và danh sách đạt giải.',
  en: 'I am the parent or guardian. The entrant and I both agree that the entrant’s name is shown on leaderboards and lists of winners.',
} as const;

/** An unknown date of birth is nobody's under age. */
export function isMinor(birthDate: string | null, now: number): boolean {
  return birthDate !== null && ageAt(birthDate, now) < MINOR_UNDER;
}

/** Whether others may not see this entrant's name. */
export function hidesName(
  birthDate: string | null,
  consents: Readonly<Record<string, unknown>> | null,
  now: number,
): boolean {
  return isMinor(birthDate, now) && consents?.[GUARDIAN] === undefined;
}
