/** Who may take a round: by unit, group and age as the organiser set it. Pure. */
import type { RoundSettings } from '../contracts/contest-settings.ts';
import type { Bar } from '../contracts/entering.ts';

/** What is known of somebody who entered. */
export interface Entrant {
  /** "yyyy-mm-dd". */
  readonly birthDate: string | null;
  readonly group: string | null;
  /** uids of their unit and of all units above it; empty: none. */
  readonly units: readonly string[];
}

const HANOI_MS = 7 * 3_600_000;

/** Everything that bars this person at `now`; an empty list means that they may start. The round's code is asked elsewhere. */
export function barsOf(entry: RoundSettings['entry'], person: Entrant, now: number): Bar[] {
  const bars: Bar[] = [];
  if (entry.units.length > 0 && !person.units.some((unit) => entry.units.includes(unit))) bars.push('unit');
  if (entry.groups.length > 0 && !entry.groups.includes(person.group ?? '')) bars.push('group');
  const { minAge, maxAge } = entry;
  if (minAge === null && maxAge === null) return bars;
  if (person.birthDate === null) return [...bars, 'birthDateMissing'];
  const age = ageAt(person.birthDate, now);
  if (minAge !== null && age < minAge) bars.push('tooYoung');
  if (maxAge !== null && age > maxAge) bars.push('tooOld');
  return bars;
}

/** Full years on the local day of `now`; somebody born on 29/02 is a year older from 01/03. */
export function ageAt(birthDate: string, now: number): number {
  const today = new Date(now + HANOI_MS).toISOString().slice(0, 10);
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** Codes are read from slips of paper: case, spaces and dashes do not count. */
export function isRightCode(code: string | null, typed: string | undefined): boolean {
  if (code === null) return true;
  return typed !== undefined && bare(typed) === bare(code);
}

/** Characters that somebody who guesses must guess. */
export function codeLength(code: string): number {
  return bare(code).length;
}

function bare(code: string): string {
  return code
    .normalize('NFC')
    .replace(/[\s\-–—]/g, '')
    .toLowerCase();
}
