/** "I am on the list": a code that was handed out, and a name that fits it, make somebody the member. */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { foldedName, likenessOf } from '../fairness/name-rules.ts';
import { type Database, expecting, type Statement } from '../platform/database/door.ts';
import type { Secrets } from '../platform/secrets.ts';
import { codeKeyOf, formsOf } from './code-rules.ts';

/** The use of the keyed hash of codes. */
export const CODE_USE = 'rosterCode';

export interface Claim {
  readonly unitId: number | null;
  /** Binds the member to whoever enters; a second one is refused (ConflictError). */
  readonly binding: (personId: number) => Statement;
}

/** unknown: no such code here; other: it is somebody else's; taken: somebody has used it. */
export type Claimed = Claim | 'unknown' | 'other' | 'taken';

/** A member whose code this is, for somebody of that name. One's own code again is no second claim. */
export async function claimMember(
  { database, secrets }: { readonly database: Database; readonly secrets: Secrets },
  contestId: number,
  code: string,
  person: { readonly id: number | null; readonly name: string; readonly birthDate: string | null },
): Promise<Claimed> {
  const { rosterMembers: m } = database.tables;
  const hashes = formsOf(code).map((form) => secrets.hash(CODE_USE, codeKeyOf(contestId, form)));
  if (hashes.length === 0) return 'unknown';
  const [member] = await database.query
    .select()
    .from(m)
    .where(and(eq(m.contestId, contestId), inArray(m.codeHash, hashes)));
  if (member === undefined) return 'unknown';
  const isTheirs = likenessOf(member.name, person.name) !== 'other' && foldedName(person.name) !== '';
  const bornOtherwise =
    member.birthDate?.length === 10 && person.birthDate !== null && member.birthDate !== person.birthDate;
  if (!isTheirs || bornOtherwise) return 'other';
  if (member.personId !== null && member.personId !== person.id) return 'taken';
  const mine = (personId: number) =>
    member.personId === null ? isNull(m.personId) : eq(m.personId, personId);
  return {
    unitId: member.unitId,
    binding: (personId) =>
      expecting(
        1,
        database.query
          .update(m)
          .set({ personId, found: 'code' })
          .where(and(eq(m.id, member.id), mine(personId))),
      ),
  };
}
