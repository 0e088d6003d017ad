/** Entrants as those who weigh them see them. Phones and ids in part only. */
import { and, count, eq, inArray } from 'drizzle-orm';
import { maskPhone } from '../accounts/details-rules.ts';
import type { Entries } from '../contests/entries.ts';
import type { Context } from '../context.ts';
import type { WeighedPerson } from '../contracts/fairness.ts';
import type { Units } from '../units/units.ts';

export interface FairnessContext extends Pick<Context, 'database' | 'secrets' | 'clock' | 'announcer'> {
  readonly units: Pick<Units, 'byId'>;
  readonly entries: Pick<Entries, 'changed'>;
}

/** By person; those who did not enter, or were erased, are left out. */
export async function weighedPeople(
  { database, secrets, units }: FairnessContext,
  contest: { readonly id: number; readonly roundIds: readonly number[] },
  ids: readonly number[],
): Promise<ReadonlyMap<number, WeighedPerson>> {
  if (ids.length === 0) return new Map();
  const { people: p, entries: e, attempts: a } = database.tables;
  const [rows, counts] = await Promise.all([
    database.query
      .select({ person: p, entry: e })
      .from(p)
      .innerJoin(e, and(eq(e.personId, p.id), eq(e.contestId, contest.id)))
      .where(inArray(p.id, [...ids])),
    contest.roundIds.length === 0
      ? []
      : database.query
          .select({ personId: a.personId, n: count() })
          .from(a)
          .where(and(inArray(a.roundId, [...contest.roundIds]), inArray(a.personId, [...ids])))
          .groupBy(a.personId),
  ]);
  const attempts = new Map(counts.map(({ personId, n }) => [personId, Number(n)]));
  return new Map(
    rows.map(({ person, entry }) => [
      person.id,
      {
        uid: person.uid,
        name: person.name,
        birthDate: person.birthDate,
        phone: person.phoneCipher === null ? null : maskPhone(secrets.decrypt('phone', person.phoneCipher)),
        citizenId: person.citizenLast,
        unit: entry.unitId === null ? null : (units.byId(entry.unitId)?.name ?? null),
        number: entry.number,
        enteredAt: entry.createdAt,
        guest: person.guest,
        attempts: attempts.get(person.id) ?? 0,
      },
    ]),
  );
}

/** Key of an entrant. Undefined: nobody of this contest. */
export async function entrantByUid(
  { database }: Pick<Context, 'database'>,
  contestId: number,
  uid: string,
): Promise<number | undefined> {
  const { people: p, entries: e } = database.tables;
  const [row] = await database.query
    .select({ id: p.id })
    .from(p)
    .innerJoin(e, and(eq(e.personId, p.id), eq(e.contestId, contestId)))
    .where(eq(p.uid, uid));
  return row?.id;
}
