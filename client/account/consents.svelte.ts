/** What one agreed to, and its changes. */
import { Loading } from '../api/loading.svelte.ts';
import { type ConsentList, type OwnConsent, privacy } from '../api/privacy.ts';
import { asApiError } from '../api/problem.ts';
import { consentTexts as t } from '../messages/consents.ts';
import { announcer } from '../ui/announcer.svelte.ts';

export class ConsentsModel {
  readonly list = new Loading<ConsentList>((signal) => privacy.consents(signal));
  /** "contest/id" of what is being sent. */
  busy = $state<string | null>(null);

  /** Gives what was shown, or takes it back; the list comes back changed. */
  async choose(contest: string, consent: OwnConsent, given: boolean): Promise<void> {
    this.busy = `${contest}/${consent.id}`;
    try {
      const version = given && consent.now !== null ? { version: consent.now.version } : {};
      this.list.value = await privacy.choose({ contest, id: consent.id, given, ...version });
      announcer.notify(given ? t.given : t.takenBack, 'success');
    } catch (error) {
      announcer.notify(asApiError(error).text, 'danger');
    } finally {
      this.busy = null;
    }
  }
}

/** What a purpose is called in a line of the history. */
export function purposeName(id: string): string {
  const name: unknown = Reflect.get(t.purposes, id);
  return typeof name === 'string' ? name : t.purposes.other;
}
