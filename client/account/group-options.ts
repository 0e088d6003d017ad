/** The groups that people belong to, as choices in the reader's language. */
import type { Group } from '../api/accounts.ts';
import { account } from '../messages/account.ts';

const groups: readonly Group[] = ['official', 'citizen', 'student', 'soldier'];

export function groupOptions(): { readonly value: Group; readonly label: string }[] {
  return groups.map((value) => ({ value, label: account.groups[value] }));
}
