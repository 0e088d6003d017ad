/**
 * All boards of this node: built in a worker at the start and when their rules change, then kept up from the change feed.
 * What changed is re-read from rows by person, so a fact that comes twice or late changes nothing.
 */
import type { Announcer } from '../platform/announcer.ts';
import type { Database } from '../platform/database/door.ts';
import type { Logger } from '../platform/log.ts';
import type { Board, BoardSettings, PersonFact } from './board.ts';
import { type BoardOrder, buildBoards } from './builder.ts';
import type { FeedPosition, ResultVersion } from './counting.ts';
import { earlier, readFeed, readVersions, START, type Touched, versionOf } from './results-feed.ts';
import { type BoardSpec, readSpecs, signatureOf } from './specs.ts';
import type { UnitInTree } from './unit-tree.ts';

/** The tree of units as boards want it, and a number that changes with it. */
export interface UnitsForBoards {
  readonly version: number;
  tree(): readonly UnitInTree[];
}

interface BoardsContext {
  readonly database: Database;
  readonly announcer: Announcer;
  readonly log: Logger;
  readonly config: { readonly databaseUrl: string };
}

/** A board as it is held: what the public sees, and, while it is frozen, what its organisers see. */
export interface HeldBoard {
  readonly spec: BoardSpec;
  readonly open: Board;
  readonly staff: Board;
}

const FEED_LIMIT = 5000;
const PEOPLE_A_READ = 400;
/** Changes are gathered for so long before they are read, ms. */
const GATHER_MS = 100;
/** A lost nudge costs so much, ms. */
const POLL_MS = 3000;

export class Boards {
  readonly #context: BoardsContext;
  readonly #units: UnitsForBoards;
  readonly #held = new Map<string, HeldBoard & { readonly signature: string }>();
  readonly #byRound = new Map<number, HeldBoard[]>();
  readonly #listeners = new Set<(key: string) => void>();
  readonly #stops: (() => void)[] = [];
  #position: FeedPosition = START;
  #timer: NodeJS.Timeout | null = null;
  #working: Promise<void> = Promise.resolve();

  constructor(context: BoardsContext, units: UnitsForBoards) {
    this.#context = context;
    this.#units = units;
  }

  /** Builds everything, then follows. Resolves when boards can be asked. */
  async start(): Promise<void> {
    const { announcer } = this.#context;
    await this.refresh();
    this.#stops.push(announcer.listen('results:', () => this.#soon()));
    for (const topic of ['contests', 'units'])
      this.#stops.push(announcer.listen(topic, () => void this.refresh()));
    const poll = setInterval(() => this.#soon(), POLL_MS).unref();
    this.#stops.push(() => clearInterval(poll));
  }

  async close(): Promise<void> {
    for (const stop of this.#stops) stop();
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#working;
  }

  get(key: string): HeldBoard | undefined {
    return this.#held.get(key);
  }

  all(): Iterable<HeldBoard> {
    return this.#held.values();
  }

  /** Calls `changed` with the key of each board that shows something new. */
  onChange(changed: (key: string) => void): () => void {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  }

  /** Reads contests again and builds what is new or counted in another way. */
  refresh(): Promise<void> {
    return this.#inTurn(() => this.#rebuild());
  }

  /** Takes in everything that is in the feed now. */
  catchUp(): Promise<void> {
    return this.#inTurn(() => this.#follow());
  }

  #soon(): void {
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.catchUp();
    }, GATHER_MS);
    this.#timer.unref();
  }

  /** One piece of work at a time; a failure is logged and tried again with the next nudge or poll. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#working = this.#working.then(work).catch((error: unknown) => {
      this.#context.log.error({ err: error }, 'leaderboards could not be brought up to date');
    });
    return this.#working;
  }

  async #rebuild(): Promise<void> {
    const { database, config } = this.#context;
    const version = this.#units.version;
    const specs = await readSpecs(database);
    const stale = specs.filter((spec) => this.#held.get(spec.key)?.signature !== signatureOf(spec, version));
    const kept = new Set(specs.map((spec) => spec.key));
    for (const key of this.#held.keys()) if (!kept.has(key)) this.#held.delete(key);
    if (stale.length > 0) {
      const { boards, position } = await buildBoards(
        database,
        config.databaseUrl,
        stale.flatMap((spec) => this.#orders(spec)),
      );
      this.#position = this.#held.size === 0 ? position : earlier(this.#position, position);
      for (const spec of stale) this.#put(spec, signatureOf(spec, version), boards);
    }
    for (const spec of specs) {
      const held = this.#held.get(spec.key);
      if (held !== undefined && held.spec !== spec) this.#held.set(spec.key, { ...held, spec });
    }
    this.#index();
    for (const spec of stale) this.#tell(spec.key);
    await this.#follow();
  }

  #orders(spec: BoardSpec): BoardOrder[] {
    const settings: BoardSettings = { ...spec.rules, freeze: null, units: this.#units.tree() };
    const staff = { name: `${spec.key} staff`, rounds: spec.rounds, settings, truths: spec.truths };
    if (spec.freeze === null) return [staff];
    return [staff, { ...staff, name: spec.key, settings: { ...settings, freeze: spec.freeze } }];
  }

  #put(spec: BoardSpec, signature: string, built: ReadonlyMap<string, Board>): void {
    const staff = built.get(`${spec.key} staff`);
    if (staff === undefined) throw new Error(`the board ${spec.key} was not built`);
    this.#held.set(spec.key, { spec, signature, staff, open: built.get(spec.key) ?? staff });
  }

  #index(): void {
    this.#byRound.clear();
    for (const held of this.#held.values()) {
      for (const round of held.spec.rounds) {
        const boards = this.#byRound.get(round) ?? [];
        boards.push(held);
        this.#byRound.set(round, boards);
      }
    }
  }

  async #follow(): Promise<void> {
    for (;;) {
      const touched = await readFeed(this.#context.database, this.#position, FEED_LIMIT);
      const last = touched.at(-1);
      if (last === undefined) return;
      await this.#take(touched);
      this.#position = last.position;
    }
  }

  async #take(touched: readonly Touched[]): Promise<void> {
    const peopleOf = new Map<HeldBoard, Set<number>>();
    for (const { roundId, personId } of touched) {
      for (const held of this.#byRound.get(roundId) ?? []) {
        const people = peopleOf.get(held) ?? new Set();
        peopleOf.set(held, people.add(personId));
      }
    }
    for (const [held, people] of peopleOf) await this.#bringUp(held, [...people]);
  }

  async #bringUp(held: HeldBoard, people: readonly number[]): Promise<void> {
    const truths = new Map(held.spec.truths);
    const before = held.open.revision + held.staff.revision;
    for (let at = 0; at < people.length; at += PEOPLE_A_READ) {
      const some = people.slice(at, at + PEOPLE_A_READ);
      const results = new Map<number, ResultVersion[]>(some.map((person) => [person, []]));
      for (const row of await readVersions(this.#context.database, held.spec.rounds, some)) {
        results.get(row[4] ?? 0)?.push(versionOf(row, 0, truths));
      }
      for (const [person, versions] of results) this.#apply(held, { person, results: versions });
    }
    if (held.open.revision + held.staff.revision !== before) this.#tell(held.spec.key);
  }

  /** A unit that the tree does not know yet is left out of the sums until the tree has been read again. */
  #apply({ open, staff }: HeldBoard, fact: PersonFact): void {
    const results = fact.results.map((result) =>
      result.unit === null || staff.knows(result.unit) ? result : { ...result, unit: null },
    );
    staff.apply({ person: fact.person, results });
    if (open !== staff) open.apply({ person: fact.person, results });
  }

  #tell(key: string): void {
    for (const listener of this.#listeners) listener(key);
  }
}
