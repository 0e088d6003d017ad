/** Changing what one said about oneself. Only what differs is sent; names to sign in by need the password. */
import { type Group, type Me, type MePatch, me } from '../api/accounts.ts';
import { Loading } from '../api/loading.svelte.ts';
import { type Faults, Submission } from '../api/submission.svelte.ts';
import { type UnitOption, unitOption } from '../api/units.ts';
import { account } from '../messages/account.ts';
import { isDate } from './birth-date.ts';
import { Turn } from './turn.svelte.ts';

/** The boxes of the form; empty means "none". */
interface Typed {
  name: string;
  birthDate: string;
  phone: string;
  email: string;
  userName: string;
  citizenId: string;
  unit: UnitOption | null;
  group: Group | '';
  title: string;
  address: string;
}

const texts = ['birthDate', 'phone', 'email', 'userName', 'title', 'address'] as const;

function typedOf(mine: Me): Typed {
  return {
    name: mine.name,
    birthDate: mine.birthDate ?? '',
    phone: mine.phone ?? '',
    email: mine.email ?? '',
    userName: mine.userName ?? '',
    citizenId: '',
    unit: mine.unit === null ? null : unitOption({ ...mine.unit, path: [] }),
    group: mine.group ?? '',
    title: mine.title ?? '',
    address: mine.address ?? '',
  };
}

/** What differs between the account and the form. */
export function changes(mine: Me, typed: Typed): MePatch {
  const before = typedOf(mine);
  const changed: MePatch = {};
  if (typed.name.trim() !== before.name) changed.name = typed.name.trim();
  for (const field of texts) {
    const text = typed[field].trim();
    if (text !== before[field]) changed[field] = text === '' ? null : text;
  }
  if (typed.citizenId.trim() !== '') changed.citizenId = typed.citizenId.trim();
  if (typed.group !== before.group) changed.group = typed.group === '' ? null : typed.group;
  if (typed.unit?.id !== before.unit?.id) changed.unit = typed.unit?.id ?? null;
  return changed;
}

export class DetailsModel {
  readonly me = new Loading<Me>((signal) => me.get(signal));
  /** Null until the account is here. */
  typed = $state<Typed | null>(null);
  password = $state('');
  readonly submission = new Submission();
  readonly turn = new Turn();

  async load(): Promise<void> {
    await this.me.load();
    if (this.me.value !== null && this.typed === null) this.typed = typedOf(this.me.value);
  }

  /** Whether something to sign in by changes, so that the password is asked for. */
  get needsPassword(): boolean {
    const changed = this.#changed();
    return 'phone' in changed || 'email' in changed || 'userName' in changed;
  }

  get keptCitizenId(): string | null {
    return this.me.value?.citizenIdLast ?? null;
  }

  /** The account as it is now, or null when it was refused. */
  async submit(): Promise<Me | null> {
    const done = await this.submission.run(
      () => this.turn.take((ticket) => this.#send(ticket)),
      this.#faults(),
    );
    return done?.reply ?? null;
  }

  #changed(): MePatch {
    return this.me.value === null || this.typed === null ? {} : changes(this.me.value, this.typed);
  }

  #send(ticket: string | null) {
    const password = this.needsPassword ? { password: this.password } : {};
    return me.change({ ...this.#changed(), ...password }, ticket);
  }

  #faults(): Faults {
    const { name = '', birthDate = '' } = this.typed ?? {};
    return {
      name: name.trim() === '' ? () => account.nameMissing : undefined,
      birthDate: birthDate !== '' && !isDate(birthDate) ? () => account.birthDateWrong : undefined,
      password: this.needsPassword && this.password === '' ? () => account.proveMissing : undefined,
    };
  }
}
