/** Whether several share the phone of who is signed in, asked once a person; and the step to the next of them. */
import { accounts } from '../api/accounts.ts';
import { paths } from '../paths.ts';
import { router } from '../router.svelte.ts';
import { session } from './session.svelte.ts';

class Sharing {
  #of = $state.raw<string | null>(null);
  #several = $state.raw(false);

  /** False until it was asked, and for those who cannot share: guests and staff. */
  get several(): boolean {
    return this.#several && this.#of !== null && this.#of === session.person?.uid;
  }

  /** Asks, unless this person's answer is known; what cannot be asked counts as no. */
  async look(): Promise<void> {
    const { person } = session;
    if (person === null || person.guest || session.isStaff || this.#of === person.uid) return;
    const family = await accounts.household().catch(() => null);
    if (family === null) return;
    this.#several = family.people.length > 1;
    this.#of = person.uid;
  }

  /** Somebody was added: asked anew. */
  forget(): void {
    this.#of = null;
  }

  /** The same phone in other hands: one of the family, or somebody who signs in. Throws ApiError. */
  async next(): Promise<void> {
    await this.look();
    if (this.several) await router.go(paths.household());
    else await session.end(() => router.go(paths.signIn()));
  }
}

export const sharing = new Sharing();
