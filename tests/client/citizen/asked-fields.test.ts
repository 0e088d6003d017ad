/** Which boxes an entry form has: what the contest asks, without what the account says for sure already. */
import { describe, expect, test } from 'vitest';
import type { ContestPage, EntryReply } from '../../../client/api/contests.ts';
import { askedFields } from '../../../client/citizen/asked-fields.ts';

const fields: ContestPage['fields'] = {
  birthDate: 'required',
  phone: 'optional',
  email: 'no',
  citizenId: 'required',
  address: 'no',
  unit: 'required',
  title: 'optional',
  group: 'no',
};
const known: NonNullable<EntryReply['known']> = {
  name: 'A',
  birthDate: '1968-03-27',
  phone: '•••••••678',
  email: null,
  citizenId: null,
  address: null,
  title: 'Giáo viên',
  group: null,
  unit: { id: 'u', name: 'U' },
};

describe('asked fields', () => {
  test('a guest is asked everything that the contest asks, optional or not', () => {
    expect(askedFields(fields, null)).toEqual(['birthDate', 'phone', 'citizenId', 'unit', 'title']);
  });
  test('what identifies and is known is not asked; unit and title may be given anew', () => {
    expect(askedFields(fields, known)).toEqual(['citizenId', 'unit', 'title']);
  });
});
