/** One's own account as the account's pages show it. */
import { type Me, me } from '../api/accounts.ts';
import { Loading } from '../api/loading.svelte.ts';
import { account } from '../messages/account.ts';

/** A line of "my details". `hidden` is what others looking over the shoulder see. */
export interface Detail {
  readonly name: string;
  readonly value: string;
}

const shownDigits = 3;

/** "0912345678" → "•••••••678". */
export function masked(text: string): string {
  return '•'.repeat(Math.max(0, text.length - shownDigits)) + text.slice(-shownDigits);
}

/** "lan@example.vn" → "l••@example.vn". */
export function maskedEmail(text: string): string {
  const at = text.indexOf('@');
  return at < 1 ? masked(text) : text.slice(0, 1) + '•'.repeat(at - 1) + text.slice(at);
}

/** "1968-03-27" → "27/03/1968". */
export function birthDateText(date: string): string {
  return date.split('-').reverse().join('/');
}

export class AccountModel {
  readonly me = new Loading<Me>((signal) => me.get(signal));
  /** Phone, e-mail, date of birth and address in full. */
  open = $state(false);

  /** Whether something is shown in part only. */
  get hides(): boolean {
    const mine = this.me.value;
    return mine !== null && [mine.phone, mine.email, mine.birthDate].some((text) => text !== null);
  }

  /** What there is to show; guests gave little and see no empty lines. */
  get details(): readonly Detail[] {
    const mine = this.me.value;
    if (mine === null) return [];
    const secret = (text: string | null, mask: (text: string) => string): string =>
      text === null ? '' : this.open ? text : mask(text);
    const all: Detail[] = [
      { name: account.name, value: mine.name },
      { name: account.unit, value: mine.unit?.name ?? '' },
      { name: account.phone, value: secret(mine.phone, masked) },
      { name: account.email, value: secret(mine.email, maskedEmail) },
      { name: account.userName, value: mine.userName ?? '' },
      {
        name: account.birthDate,
        value: mine.birthDate === null ? '' : secret(birthDateText(mine.birthDate), () => '••/••/••••'),
      },
      { name: account.citizenId, value: mine.citizenIdLast === null ? '' : `•••••••• ${mine.citizenIdLast}` },
      { name: account.group, value: mine.group === null ? '' : account.groups[mine.group] },
      { name: account.jobTitle, value: mine.title ?? '' },
      { name: account.address, value: mine.address ?? '' },
    ];
    return all.filter(({ value }) => value !== '');
  }
}
