/** `search` of a SearchSelect: people by name (diacritics ignored), or exactly by phone, user name, citizen id. */
import { type PersonSummary, people, type RoleName } from '../../api/people.ts';

export interface PersonOption {
  /** uid */
  readonly id: string;
  readonly label: string;
  readonly detail: string | undefined;
}

/** What tells people of one name apart. */
export function personDetail({ birthYear, unit, phoneMasked, userName }: PersonSummary): string {
  const parts = [birthYear === null ? null : String(birthYear), unit?.name ?? null, phoneMasked ?? userName];
  return parts.filter((part) => part !== null).join(' · ');
}

/** @param role only people who have it */
export async function findPeople(
  query: string,
  signal: AbortSignal,
  role?: RoleName,
): Promise<PersonOption[]> {
  const wanted = {
    ...(query === '' ? {} : { q: query }),
    ...(role === undefined ? {} : { role }),
    limit: 20,
  };
  if (query === '' && role === undefined) return [];
  const found = await people.find(wanted, signal);
  return found.people.map((person) => {
    return { id: person.uid, label: person.name, detail: personDetail(person) || undefined };
  });
}
