/** Names of units that are known by their uid alone; fetched once each. */
class UnitNames {
  #names = $state.raw<Readonly<Record<string, string>>>({});
  readonly #asked = new Set<string>();

  /** The name, or an ellipsis until it is known. */
  of(unit: string): string {
    return this.#names[unit] ?? '…';
  }

  know(unit: string, name: string): void {
    this.#asked.add(unit);
    this.#names = { ...this.#names, [unit]: name };
  }

  async learn(unit: string, fetch: () => Promise<string>): Promise<void> {
    if (this.#asked.has(unit)) return;
    this.#asked.add(unit);
    try {
      this.know(unit, await fetch());
    } catch {
      this.#asked.delete(unit);
    }
  }
}

/** The one memory of the page. */
export const unitNames = new UnitNames();
