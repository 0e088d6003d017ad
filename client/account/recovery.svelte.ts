/** A new password by the recovery code, or by the one-time code that staff gave; then the next recovery code, once. */
import { accounts } from '../api/accounts.ts';
import { type Faults, Submission } from '../api/submission.svelte.ts';
import { recovery } from '../messages/recovery.ts';
import { registration } from '../messages/registration.ts';
import { signIn } from '../messages/sign-in.ts';
import { leastPassword } from './password-rules.ts';
import { session } from './session.svelte.ts';
import { isCode } from './sign-in.svelte.ts';
import { Turn } from './turn.svelte.ts';

export class RecoveryModel {
  login = $state('');
  code = $state('');
  password = $state('');
  totp = $state('');
  /** The account has a second factor, so that its code is asked for too. */
  needsTotp = $state(false);
  recoveryCode = $state<string | null>(null);
  readonly submission = new Submission();
  readonly turn = new Turn();

  async submit(): Promise<void> {
    const done = await this.submission.run(
      () => this.turn.take((ticket) => this.#send(ticket)),
      this.#faults(),
    );
    if (done !== null) {
      this.recoveryCode = done.reply.recoveryCode;
      session.is(done.reply.person);
    } else if (this.submission.problem?.code === 'auth.secondFactor') this.needsTotp = true;
  }

  #send(ticket: string | null) {
    const totp = this.needsTotp ? { totp: this.totp } : {};
    return accounts.recover(
      { login: this.login.trim(), code: this.code.trim(), newPassword: this.password, ...totp },
      ticket,
    );
  }

  #faults(): Faults {
    return {
      login: this.login.trim() === '' ? () => recovery.loginMissing : undefined,
      code: this.code.trim() === '' ? () => recovery.codeMissing : undefined,
      newPassword: this.password.length < leastPassword ? () => registration.passwordShort : undefined,
      totp: this.needsTotp && !isCode(this.totp) ? () => signIn.codeMissing : undefined,
    };
  }
}
