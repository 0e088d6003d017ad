/** Signing in: name and password, the second factor when it is asked for, the queue when it is long. */
import { accounts } from '../api/accounts.ts';
import { type Faults, Submission } from '../api/submission.svelte.ts';
import { signIn } from '../messages/sign-in.ts';
import { session } from './session.svelte.ts';
import { Turn } from './turn.svelte.ts';

export class SignInModel {
  login = $state('');
  password = $state('');
  remember = $state(true);
  totp = $state('');
  step = $state<'password' | 'code'>('password');
  readonly submission = new Submission();
  readonly turn = new Turn();

  /** Answers whether somebody is signed in now. */
  async submit(): Promise<boolean> {
    const done = await this.submission.run(
      () => this.turn.take((ticket) => this.#send(ticket)),
      this.#faults(),
    );
    if (done !== null) {
      session.is(done.reply.person);
      return true;
    }
    if (this.submission.problem?.code === 'auth.secondFactor' && this.step === 'password') {
      this.submission.clear();
      this.step = 'code';
    }
    return false;
  }

  back(): void {
    this.submission.clear();
    this.totp = '';
    this.step = 'password';
  }

  #send(ticket: string | null) {
    const { login, password, remember } = this;
    const totp = this.step === 'code' ? { totp: this.totp } : {};
    return accounts.signIn({ login: login.trim(), password, remember, ...totp }, ticket);
  }

  #faults(): Faults {
    if (this.step === 'code') return { totp: isCode(this.totp) ? undefined : () => signIn.codeMissing };
    return {
      login: this.login.trim() === '' ? () => signIn.loginMissing : undefined,
      password: this.password === '' ? () => signIn.passwordMissing : undefined,
    };
  }
}

/** Six digits, with or without a space between them. */
export function isCode(text: string): boolean {
  return /^\d{6}$/.test(text.replace(/\s/g, ''));
}
