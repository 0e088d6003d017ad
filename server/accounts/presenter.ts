/** What may leave about people: to themselves, to staff, to a page's head. A private field is one that nothing here names. */
import type { Group, Me, RoleName, SessionPerson } from '../contracts/accounts.ts';
import type { PersonDetail, PersonSummary } from '../contracts/people.ts';
import type { Identity, Role } from '../platform/access.ts';
import type { Secrets } from '../platform/secrets.ts';
import { maskEmail, maskPhone } from './details-rules.ts';
import type { PersonRow } from './people-store.ts';

type UnitRef = { readonly uid: string; readonly name: string };

const ROLE_ORDER: readonly RoleName[] = ['admin', 'organiser', 'editor', 'reviewer', 'officer'];
const GROUPS: readonly Group[] = ['official', 'citizen', 'student', 'soldier'];

export function presentSession(identity: Identity, secondFactor: 'required' | 'optional'): SessionPerson {
  const { uid, name, roles, guest, elevated } = identity;
  return {
    uid,
    name,
    roles: orderedRoles(roles),
    guest,
    elevated,
    secondFactorNeeded: secondFactor === 'required' && roles.size > 0 && !elevated,
  };
}

function orderedRoles(roles: ReadonlySet<Role>): RoleName[] {
  return ROLE_ORDER.filter((role) => roles.has(role));
}

const readGroup = (text: string | null): Group | null => GROUPS.find((group) => group === text) ?? null;

/** What is shown beside the person's own row. */
export interface AroundPerson {
  readonly roles: ReadonlySet<Role>;
  readonly unit: UnitRef | null;
  readonly userName: string | null;
  readonly secondFactor: boolean;
  readonly recoveryCode: boolean;
}

/** To oneself. */
export function presentMe(row: PersonRow, around: AroundPerson, secrets: Secrets): Me {
  return {
    uid: row.uid,
    name: row.name,
    guest: row.guest,
    roles: orderedRoles(around.roles),
    birthDate: row.birthDate,
    phone: row.phoneCipher === null ? null : secrets.decrypt('phone', row.phoneCipher),
    email: row.emailCipher === null ? null : secrets.decrypt('email', row.emailCipher),
    userName: around.userName,
    citizenIdLast: row.citizenLast,
    unit: around.unit,
    group: readGroup(row.group),
    title: row.title,
    address: row.address,
    secondFactor: around.secondFactor,
    recoveryCode: around.recoveryCode,
    createdAt: row.createdAt,
  };
}

/** To staff, in lists. */
export function presentPerson(row: PersonRow, around: AroundPerson, secrets: Secrets): PersonSummary {
  return {
    uid: row.uid,
    name: row.name,
    birthYear: row.birthDate === null ? null : Number(row.birthDate.slice(0, 4)),
    unit: around.unit,
    phoneMasked: row.phoneCipher === null ? null : maskPhone(secrets.decrypt('phone', row.phoneCipher)),
    userName: around.userName,
    roles: orderedRoles(around.roles),
    guest: row.guest,
  };
}

/** To staff, one person. */
export function presentPersonDetail(row: PersonRow, around: AroundPerson, secrets: Secrets): PersonDetail {
  return {
    ...presentPerson(row, around, secrets),
    title: row.title,
    group: readGroup(row.group),
    emailMasked: row.emailCipher === null ? null : maskEmail(secrets.decrypt('email', row.emailCipher)),
    secondFactor: around.secondFactor,
    createdAt: row.createdAt,
  };
}
