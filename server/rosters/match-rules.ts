/** Whether somebody who registered is a member of a roster, with what speaks for it and against. Pure. */
import { foldedName, likenessOfFolded, type NameLikeness } from '../fairness/name-rules.ts';

/** What is known of a member, and of somebody who registered. Null: not known. */
export interface Described {
  readonly name: string;
  /** The name as it is looked up, from whoever knows it already. */
  readonly folded?: string;
  /** "yyyy-mm-dd", or only "yyyy" in a roster. */
  readonly birthDate: string | null;
  readonly phoneHash: string | null;
  readonly unitId: number | null;
}

/** exact: nobody would doubt it; likely: look at it; unsure: ask. */
export type Grade = 'exact' | 'likely' | 'unsure';
export type BirthLikeness = 'same' | 'swapped' | 'year' | 'missing' | 'other';

export interface Match {
  readonly grade: Grade;
  readonly name: NameLikeness;
  readonly birth: BirthLikeness;
  readonly phone: boolean;
  readonly unit: boolean;
}

const NAME = { same: 4, marks: 3, near: 2, other: 0 } as const;
const BIRTH = { same: 4, swapped: 2, year: 1, missing: 0, other: -4 } as const;
const PHONE = 3;
const UNIT = 1;
const EXACT = 7;
const LIKELY = 5;
const UNSURE = 3;

/** Null: nothing speaks for it. The same whoever comes first; more that agrees never makes it less sure. */
export function matchOf(member: Described, person: Described): Match | null {
  const birth = birthLikeness(member.birthDate, person.birthDate);
  const phone = member.phoneHash !== null && member.phoneHash === person.phoneHash;
  const unit = member.unitId !== null && member.unitId === person.unitId;
  // Names are what takes time to compare: not where the same one would not help.
  if (gradeOf({ name: 'same', birth, phone, unit }) === null) return null;
  const name = likenessOfFolded(named(member), named(person));
  const grade = gradeOf({ name, birth, phone, unit });
  return grade === null ? null : { grade, name, birth, phone, unit };
}

const named = ({ name, folded = foldedName(name) }: Described) => ({ name, folded });

function gradeOf({ name, birth, phone, unit }: Omit<Match, 'grade'>): Grade | null {
  // One phone serves a family, and a birthday many: without the name both are needed, and somebody must look.
  if (name === 'other') return birth === 'same' && phone ? 'unsure' : null;
  const points = NAME[name] + BIRTH[birth] + (phone ? PHONE : 0) + (unit ? UNIT : 0);
  if (name === 'same' && (birth === 'same' || phone) && points >= EXACT) return 'exact';
  if (points >= LIKELY) return 'likely';
  return points >= UNSURE ? 'unsure' : null;
}

/** swapped: day and month changed places; year: only the year is known of one of them. */
export function birthLikeness(a: string | null, b: string | null): BirthLikeness {
  if (a === null || b === null) return 'missing';
  if (a === b) return a.length === 4 ? 'year' : 'same';
  if (a.length === 4 || b.length === 4) return a.slice(0, 4) === b.slice(0, 4) ? 'year' : 'other';
  const [year, month, day] = a.split('-');
  return b === `${year}-${day}-${month}` ? 'swapped' : 'other';
}

/** As it is stored: what speaks for a match, in words. */
export function signsOf({ name, birth, phone, unit }: Match): string {
  return [`name.${name}`, `birth.${birth}`, ...(phone ? ['phone'] : []), ...(unit ? ['unit'] : [])].join(' ');
}
