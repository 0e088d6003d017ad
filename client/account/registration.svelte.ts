/** Making an account: name, one name to sign in by, a password, consent; then the recovery code, once. */
import { accounts } from '../api/accounts.ts';
import { ApiError } from '../api/problem.ts';
import { type Faults, Submission } from '../api/submission.svelte.ts';
import { privacyVersion, registration } from '../messages/registration.ts';
import { loginName } from './login-name.ts';
import { leastPassword } from './password-rules.ts';
import { session } from './session.svelte.ts';
import { Turn } from './turn.svelte.ts';

/** What was asked to be proven; null when the refusal says something else. Loaded when it is needed: it seldom is. */
async function proofFor(error: unknown) {
  if (!(error instanceof ApiError) || error.code !== 'auth.proofNeeded') return null;
  const { salt, bits } = error.facts;
  if (typeof salt !== 'string' || typeof bits !== 'number') return null;
  const { prove } = await import('../api/proof-of-work.ts');
  return { salt, n: await prove(salt, bits) };
}

export class RegistrationModel {
  name = $state('');
  login = $state('');
  password = $state('');
  remember = $state(true);
  consent = $state(false);
  /** Shown once; null before, and after it was kept. */
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

  /** Sent again with a proof of work when the server wants one: the person only waits a second longer. */
  async #send(ticket: string | null) {
    const { name, login, password, remember } = this;
    const body = {
      name: name.trim(),
      ...loginName(login),
      password,
      remember,
      consentVersion: privacyVersion,
    };
    try {
      return await accounts.register(body, ticket);
    } catch (error) {
      const proof = await proofFor(error);
      if (proof === null) throw error;
      return accounts.register({ ...body, proof }, ticket);
    }
  }

  #faults(): Faults {
    return {
      name: this.name.trim() === '' ? () => registration.nameMissing : undefined,
      login: this.login.trim() === '' ? () => registration.loginMissing : undefined,
      password: this.password.length < leastPassword ? () => registration.passwordShort : undefined,
      consent: this.consent ? undefined : () => registration.consentMissing,
    };
  }
}
