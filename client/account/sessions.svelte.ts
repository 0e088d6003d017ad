/** Where one is signed in, and signing out there. */
import { me, type SessionList } from '../api/accounts.ts';
import { Loading } from '../api/loading.svelte.ts';
import { asApiError } from '../api/problem.ts';
import { account } from '../messages/account.ts';
import { announcer } from '../ui/announcer.svelte.ts';

export class SessionsModel {
  readonly list = new Loading<SessionList>((signal) => me.sessions(signal));
  /** uid of the session being ended, "others", or null. */
  ending = $state<string | null>(null);

  async end(session: string): Promise<void> {
    await this.#ending(
      session,
      () => me.endSession(session),
      () => account.sessionEnded,
    );
  }

  async endOthers(): Promise<void> {
    await this.#ending(
      'others',
      () => me.endOtherSessions(),
      () => account.othersEnded,
    );
  }

  async #ending(what: string, task: () => Promise<null>, said: () => string): Promise<void> {
    this.ending = what;
    try {
      await task();
      await this.list.load();
      announcer.notify(said(), 'success');
    } catch (error) {
      announcer.notify(asApiError(error).text, 'danger');
    } finally {
      this.ending = null;
    }
  }
}
