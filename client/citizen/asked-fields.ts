/** Which boxes an entry form has. Pure. */
import type { ContestPage, EntryReply } from '../api/contests.ts';

type Fields = ContestPage['fields'];
export type FieldName = keyof Fields;
type Known = NonNullable<EntryReply['known']>;

/** Identify somebody: asked where missing, changed only on the account's page. */
const identifying = ['birthDate', 'phone', 'email', 'citizenId'] as const;

/** The fields to draw, in their order: what the contest asks, without what identifies and is known. */
export function askedFields(fields: Fields, known: Known | null): FieldName[] {
  const order: FieldName[] = [
    'birthDate',
    'phone',
    'email',
    'citizenId',
    'unit',
    'title',
    'group',
    'address',
  ];
  const isKnown = (name: FieldName): boolean =>
    identifying.some((one) => one === name) && known !== null && known[name] !== null;
  return order.filter((name) => fields[name] !== 'no' && !isKnown(name));
}
