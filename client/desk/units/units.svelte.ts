/** The tree of units, a branch fetched when it is opened, and what a search found in it. */
import { deskUnits, type UnitSummary } from '../../api/desk-units.ts';
import { Loading } from '../../api/loading.svelte.ts';
import { router } from '../../router.svelte.ts';

const pageSize = 100;

/** What stands right below one unit, or at the top. */
interface Branch {
  readonly units: readonly UnitSummary[];
  readonly total: number;
}

/** One line of the tree as it is drawn. */
export interface TreeLine {
  readonly unit: UnitSummary;
  /** 1 at the top. */
  readonly level: number;
  readonly open: boolean;
}
/** "Show 40 more" at the end of a branch. */
export interface MoreLine {
  readonly parent: string | null;
  readonly level: number;
  readonly left: number;
}

export class UnitsModel {
  readonly query = $derived(router.url.searchParams.get('tim') ?? '');
  readonly ended = $derived(router.url.searchParams.get('ket-thuc') === '1');
  readonly top: Loading<Branch> = new Loading(() => this.#fetch(null, 0));
  readonly found: Loading<readonly UnitSummary[]> = new Loading((signal) => this.#search(signal));
  #branches = $state.raw<Readonly<Record<string, Branch>>>({});
  #open = $state.raw<ReadonlySet<string>>(new Set());

  readonly lines = $derived.by((): (TreeLine | MoreLine)[] => {
    return this.top.value === null ? [] : this.#linesOf(this.top.value, null, 1);
  });

  async toggle(unit: UnitSummary): Promise<void> {
    const open = new Set(this.#open);
    if (open.delete(unit.uid)) {
      this.#open = open;
      return;
    }
    open.add(unit.uid);
    if (this.#branches[unit.uid] === undefined) await this.#load(unit.uid);
    this.#open = open;
  }

  async more(parent: string | null): Promise<void> {
    const branch = parent === null ? this.top.value : this.#branches[parent];
    if (branch === undefined || branch === null) return;
    const next = await this.#fetch(parent, branch.units.length);
    const whole = { units: [...branch.units, ...next.units], total: next.total };
    if (parent === null) this.top.value = whole;
    else this.#branches = { ...this.#branches, [parent]: whole };
  }

  /** After a change: what is open stays open. */
  async refresh(): Promise<void> {
    await Promise.all([
      this.top.load(),
      ...Object.keys(this.#branches).map((uid) => this.#load(uid)),
      ...(this.query === '' ? [] : [this.found.load()]),
    ]);
  }

  #linesOf(branch: Branch, parent: string | null, level: number): (TreeLine | MoreLine)[] {
    const lines = branch.units.flatMap((unit): (TreeLine | MoreLine)[] => {
      const open = this.#open.has(unit.uid);
      const below = this.#branches[unit.uid];
      const inside = open && below !== undefined ? this.#linesOf(below, unit.uid, level + 1) : [];
      return [{ unit, level, open }, ...inside];
    });
    const left = branch.total - branch.units.length;
    return left > 0 ? [...lines, { parent, level, left }] : lines;
  }

  async #load(uid: string): Promise<void> {
    try {
      const branch = await this.#fetch(uid, 0);
      this.#branches = { ...this.#branches, [uid]: branch };
    } catch {
      // It was closed or moved meanwhile: its branch is gone from the tree.
      const { [uid]: _gone, ...rest } = this.#branches;
      this.#branches = rest;
    }
  }

  #fetch(parent: string | null, offset: number): Promise<Branch> {
    return deskUnits.find({ parent: parent ?? 'top', ended: this.ended, limit: pageSize, offset });
  }

  async #search(signal: AbortSignal): Promise<readonly UnitSummary[]> {
    return (await deskUnits.find({ q: this.query, ended: this.ended, limit: pageSize }, signal)).units;
  }
}
