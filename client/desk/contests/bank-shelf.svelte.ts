/** The banks that papers can be drawn from, and what is in them; fetched once for all rounds. */
import { type BankCounts, type BankSummary, deskBanks } from '../../api/desk-banks.ts';
import { Loading } from '../../api/loading.svelte.ts';

export class BankShelf {
  readonly list = new Loading(() => deskBanks.list());
  #counts = $state.raw<readonly BankCounts[]>([]);
  readonly #asked = new Set<string>();

  get banks(): readonly BankSummary[] {
    return this.list.value?.banks ?? [];
  }

  get counts(): readonly BankCounts[] {
    return this.#counts;
  }

  title(bank: string): string {
    return this.banks.find(({ id }) => id === bank)?.title ?? '…';
  }

  bank(id: string): BankSummary | undefined {
    return this.banks.find((bank) => bank.id === id);
  }

  /** Asks for the counts of banks that are not known yet. */
  async learn(banks: readonly string[]): Promise<void> {
    if (this.list.value === null && !this.list.busy) void this.list.load();
    const unknown = banks.filter((bank) => !this.#asked.has(bank));
    for (const bank of unknown) this.#asked.add(bank);
    await Promise.all(
      unknown.map(async (bank) => {
        try {
          const counts = await deskBanks.counts(bank);
          this.#counts = [...this.#counts, counts];
        } catch {
          this.#asked.delete(bank);
        }
      }),
    );
  }
}
