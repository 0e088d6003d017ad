/** What organisers see of rosters: names, and phones in part only. */
import { maskPhone } from '../accounts/details-rules.ts';
import type { MatchGrade, Roster, RosterMember } from '../contracts/rosters.ts';
import type { Secrets } from '../platform/secrets.ts';
import type { Units } from '../units/units.ts';
import type { MatchRow, MemberRow, RosterRow } from './store.ts';

type UnitNames = Pick<Units, 'byId'>;

export interface CountedRoster {
  readonly roster: RosterRow;
  readonly members: number;
  readonly found: number;
  readonly doubts: number;
}

/** Somebody who entered, as far as it helps to decide. */
export interface PossiblePerson {
  readonly uid: string;
  readonly name: string;
  readonly birthDate: string | null;
  readonly phone: string | null;
  readonly number: number | null;
  readonly unitId: number | null;
}

const GRADES: readonly MatchGrade[] = ['exact', 'likely', 'unsure'];
const FOUND: readonly NonNullable<RosterMember['found']>[] = ['code', 'exact', 'staff'];

export function presentRoster({ roster, members, found, doubts }: CountedRoster, units: UnitNames): Roster {
  const unit = roster.unitId === null ? undefined : units.byId(roster.unitId);
  const { uid, title, createdAt, matchedAt } = roster;
  const of = unit === undefined ? null : { id: unit.uid, name: unit.name };
  return { id: uid, title, unit: of, members, found, doubts, createdAt, matchedAt };
}

export function presentMember(
  member: MemberRow,
  matches: readonly MatchRow[],
  people: ReadonlyMap<number, PossiblePerson>,
  { units, secrets }: { readonly units: UnitNames; readonly secrets: Secrets },
): RosterMember {
  const nameOf = (id: number | null) => (id === null ? null : (units.byId(id)?.name ?? null));
  const person = member.personId === null ? undefined : people.get(member.personId);
  const possible = member.personId === null ? matches.filter(({ memberId }) => memberId === member.id) : [];
  return {
    number: member.number,
    name: member.name,
    birthDate: member.birthDate,
    phone: member.phoneCipher === null ? null : maskPhone(secrets.decrypt('phone', member.phoneCipher)),
    unit: nameOf(member.unitId),
    found: FOUND.find((way) => way === member.found) ?? null,
    person: person === undefined ? null : { uid: person.uid, name: person.name, birthDate: person.birthDate },
    matches: possible
      .flatMap((match) => {
        const grade = gradeOf(match);
        const who = people.get(match.personId);
        if (who === undefined) return [];
        const { unitId, ...rest } = who;
        return [
          { person: { ...rest, unit: nameOf(unitId) }, grade, signs: match.signs.split(' ').filter(Boolean) },
        ];
      })
      .sort((a, b) => GRADES.indexOf(a.grade) - GRADES.indexOf(b.grade)),
  };
}

function gradeOf({ grade }: MatchRow): MatchGrade {
  return GRADES.find((one) => one === grade) ?? 'unsure';
}
