/** The second factor of staff: setting it up in three steps, giving it later in a session, turning it off. */
import { type Me, me, type SecondFactorReply } from '../api/accounts.ts';
import { Loading } from '../api/loading.svelte.ts';
import { Submission } from '../api/submission.svelte.ts';
import { account } from '../messages/account.ts';
import { session } from './session.svelte.ts';
import { isCode } from './sign-in.svelte.ts';
import { Turn } from './turn.svelte.ts';

export class SecondFactorModel {
  readonly me = new Loading<Me>((signal) => me.get(signal));
  password = $state('');
  totp = $state('');
  /** The secret to scan; null before the password was given. */
  offered = $state.raw<SecondFactorReply | null>(null);
  readonly submission = new Submission();
  readonly turn = new Turn();

  /** off: to be set up · given: on and proved in this session · owed: on, not proved yet. */
  get state(): 'off' | 'given' | 'owed' {
    if (this.me.value?.secondFactor !== true) return 'off';
    return session.person?.elevated === true ? 'given' : 'owed';
  }

  async begin(): Promise<boolean> {
    const { password } = this;
    const done = await this.submission.run(
      () => this.turn.take((ticket) => me.beginSecondFactor({ password }, ticket)),
      { password: password === '' ? () => account.proveMissing : undefined },
    );
    if (done === null) return false;
    this.offered = done.reply;
    return true;
  }

  async confirm(): Promise<boolean> {
    return this.#prove(() => me.confirmSecondFactor(this.totp));
  }

  async elevate(): Promise<boolean> {
    return this.#prove(() => me.elevate(this.totp));
  }

  async end(): Promise<boolean> {
    const { password } = this;
    return this.#prove(() =>
      this.turn.take((ticket) => me.endSecondFactor({ password, totp: this.totp }, ticket)),
    );
  }

  async #prove(task: () => ReturnType<typeof me.elevate>): Promise<boolean> {
    const done = await this.submission.run(task, {
      totp: isCode(this.totp) ? undefined : () => account.factorCodeMissing,
    });
    if (done === null) return false;
    session.is(done.reply.person);
    this.password = '';
    this.totp = '';
    this.offered = null;
    await this.me.load();
    return true;
  }
}
