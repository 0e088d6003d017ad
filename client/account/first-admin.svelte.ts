/** The first account of a fresh server, by the one-time link that it printed. */
import { accounts } from '../api/accounts.ts';
import { type Faults, Submission } from '../api/submission.svelte.ts';
import { recovery } from '../messages/recovery.ts';
import { registration } from '../messages/registration.ts';
import { leastPassword } from './password-rules.ts';
import { session } from './session.svelte.ts';
import { Turn } from './turn.svelte.ts';

const shortestUserName = 3;

/** The fragment's text; it leaves the address bar and the history at once, as it opens everything. */
export function takeFragment(): string {
  const text = decodeURIComponent(location.hash.replace(/^#/, ''));
  if (text !== '') history.replaceState(history.state, '', location.pathname + location.search);
  return text;
}

export class FirstAdminModel {
  readonly token = takeFragment();
  name = $state('');
  userName = $state('');
  password = $state('');
  recoveryCode = $state<string | null>(null);
  readonly submission = new Submission();
  readonly turn = new Turn();

  async submit(): Promise<void> {
    const done = await this.submission.run(
      () => this.turn.take((ticket) => this.#send(ticket)),
      this.#faults(),
    );
    if (done === null) return;
    this.recoveryCode = done.reply.recoveryCode;
    session.is(done.reply.person);
  }

  #send(ticket: string | null) {
    const { token, name, userName, password } = this;
    return accounts.makeFirstAdmin({ token, name: name.trim(), userName: userName.trim(), password }, ticket);
  }

  #faults(): Faults {
    const shortName = this.userName.trim().length < shortestUserName;
    return {
      name: this.name.trim() === '' ? () => recovery.nameMissing : undefined,
      userName: shortName ? () => recovery.userNameMissing : undefined,
      password: this.password.length < leastPassword ? () => registration.passwordShort : undefined,
    };
  }
}
