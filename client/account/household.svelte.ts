/** Who of a family takes part now: chosen after signing in with a shared phone, and again for the next person. */
import { accounts, type Household } from '../api/accounts.ts';
import { Loading } from '../api/loading.svelte.ts';
import { Submission } from '../api/submission.svelte.ts';
import { household as texts } from '../messages/household.ts';
import { privacyVersion } from '../messages/registration.ts';
import { isDate } from './birth-date.ts';
import { session } from './session.svelte.ts';
import { sharing } from './sharing.svelte.ts';

export class HouseholdModel {
  readonly family = new Loading<Household>(() => accounts.household());
  readonly adding = new Submission();
  readonly choosing = new Submission();
  name = $state('');
  birthDate = $state('');
  consent = $state(false);

  /** Now it is this one: what the device kept for the one before goes. */
  async choose(uid: string): Promise<boolean> {
    if (uid === session.person?.uid) return true;
    const done = await this.choosing.run(() => accounts.switchPerson(uid));
    if (done !== null) session.is(done.reply.person);
    return done !== null;
  }

  async add(): Promise<boolean> {
    const birthDate = this.birthDate === '' ? {} : { birthDate: this.birthDate };
    const body = { name: this.name.trim(), ...birthDate, consentVersion: privacyVersion };
    const done = await this.adding.run(() => accounts.addPerson(body), {
      name: body.name === '' ? () => texts.nameMissing : undefined,
      birthDate: this.birthDate !== '' && !isDate(this.birthDate) ? () => texts.birthDateWrong : undefined,
      consent: this.consent ? undefined : () => texts.consentMissing,
    });
    if (done === null) return false;
    this.family.value = done.reply;
    sharing.forget();
    [this.name, this.birthDate, this.consent] = ['', '', false];
    return true;
  }
}
