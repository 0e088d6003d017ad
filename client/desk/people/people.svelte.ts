/** Looking for people: by what is typed, by role, or both; both stand in the address. */
import { Loading } from '../../api/loading.svelte.ts';
import { type PersonSummary, people, type RoleName } from '../../api/people.ts';
import { router } from '../../router.svelte.ts';

export const mostPeople = 50;
export const roleNames: readonly RoleName[] = ['organiser', 'editor', 'reviewer', 'admin', 'officer'];

export class PeopleModel {
  readonly query = $derived(router.url.searchParams.get('tim') ?? '');
  readonly role = $derived(roleNames.find((role) => role === router.url.searchParams.get('vai-tro')) ?? '');
  readonly asked = $derived(this.query !== '' || this.role !== '');
  readonly found: Loading<readonly PersonSummary[]> = new Loading((signal) => this.#find(signal));

  search(query: string): void {
    router.setQuery({ tim: query });
  }

  choose(role: RoleName | ''): void {
    router.setQuery({ 'vai-tro': role });
  }

  async #find(signal: AbortSignal): Promise<readonly PersonSummary[]> {
    const q = this.query === '' ? {} : { q: this.query };
    const role = this.role === '' ? {} : { role: this.role };
    return (await people.find({ ...q, ...role, limit: mostPeople }, signal)).people;
  }
}
