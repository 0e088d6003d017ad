/**
 * All boards of this node: built in a worker at the start and when their rules change, then kept up from the change feed.
 * What changed is re-read from rows by person, so a fact that comes twice or late changes nothing.
 *
 * A settled board that has been quiet for a while is written down (`storing.ts`), served from its rows and leaves memory;
 * a restart finds it there. When a regrade or an erasure touches it, it is built again, and written down again later.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Announcer } from '../platform/announcer.ts';
import type { Clock } from '../platform/clock.ts';
import { BusyError, type Database } from '../platform/database/door.ts';
import type { Keys } from '../platform/database/keys.ts';
import type { Logger } from '../platform/log.ts';
import type { Board, BoardSettings, PersonFact } from './board.ts';
import type { BoardReader } from './board-reader.ts';
import { type BoardOrder, buildBoards } from './builder.ts';
import { comparePositions, type FeedPosition, type ResultVersion } from './counting.ts';
import { versionOf } from './result-row.ts';
import {
  earlier,
  lastCommitted,
  newestPosition,
  readFeed,
  readVersions,
  START,
  type Touched,
} from './results-feed.ts';
import { type BoardSpec, readSpecs, signatureOf } from './specs.ts';
import type { StoredBoard } from './stored-board.ts';
import { BoardStore, isStorable } from './storing.ts';
import type { UnitInTree } from './unit-tree.ts';

/** The tree of units as boards want it, a number that changes with it, and word of each change. */
export interface UnitsForBoards {
  readonly version: number;
  tree(): readonly UnitInTree[];
  onChange(changed: () => void): () => void;
}

interface BoardsContext {
  readonly database: Database;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly announcer: Announcer;
  readonly log: Logger;
  readonly config: { readonly databaseUrl: string };
}

/** A board as it is held: what the public sees, and, while it is frozen, what its organisers see. */
export interface HeldBoard {
  readonly spec: BoardSpec;
  readonly open: BoardReader;
  readonly staff: BoardReader;
  /** The same two while they are in memory; null for a board that is read from rows. */
  readonly live: { readonly open: Board; readonly staff: Board } | null;
}

interface Held extends HeldBoard {
  readonly signature: string;
}

const FEED_LIMIT = 5000;
const PEOPLE_A_READ = 400;
/** Changes are gathered for so long before they are read, ms. */
const GATHER_MS = 250;
/** A lost nudge costs so much, ms. */
const POLL_MS = 3000;
/** Who must have every result waits so long for transactions that still run, ms. */
const WAIT_MS = 10_000;
const LOOK_AGAIN_MS = 20;
/** A settled board is written down when nothing happened to it for so long, ms: a regrade comes in many pieces. */
const STORE_AFTER_MS = 30_000;

export class Boards {
  readonly #context: BoardsContext;
  readonly #units: UnitsForBoards;
  readonly #store: BoardStore;
  readonly #held = new Map<string, Held>();
  readonly #byRound = new Map<number, string[]>();
  /** Key → when its board last changed, by the process's own clock, ms. */
  readonly #changedAt = new Map<string, number>();
  /** Boards in rows that something happened to: to be built again. */
  readonly #thawed = new Set<string>();
  #storing: Promise<void> | null = null;
  readonly #listeners = new Set<(key: string) => void>();
  readonly #stops: (() => void)[] = [];
  #position: FeedPosition = START;
  #timer: NodeJS.Timeout | null = null;
  #closing = false;
  #working: Promise<void> = Promise.resolve();

  constructor(context: BoardsContext, units: UnitsForBoards) {
    this.#context = context;
    this.#units = units;
    this.#store = new BoardStore(context);
  }

  /** Builds everything, then follows. Resolves when boards can be asked. */
  async start(): Promise<void> {
    const { announcer } = this.#context;
    await this.refresh();
    this.#stops.push(announcer.listen('results:', () => this.#soon()));
    const again = (): void => void this.refresh();
    this.#stops.push(announcer.listen('contests', again, again));
    this.#stops.push(this.#units.onChange(() => void this.refresh()));
    const poll = setInterval(() => {
      this.#soon();
      this.#storing ??= this.storeSettled(STORE_AFTER_MS).finally(() => {
        this.#storing = null;
      });
    }, POLL_MS).unref();
    this.#stops.push(() => clearInterval(poll));
  }

  async close(): Promise<void> {
    this.#closing = true;
    for (const stop of this.#stops) stop();
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#storing;
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

  /**
   * Takes in every result that is committed now, and gives how far the feed has come by then. On PostgreSQL what was written
   * beside a transaction that still runs comes when that has ended; throws `BusyError` when it takes longer than `waitMs`.
   */
  async catchUp(waitMs = WAIT_MS): Promise<FeedPosition> {
    const last = await lastCommitted(this.#context.database);
    const giveUpAt = performance.now() + waitMs;
    for (;;) {
      await this.#inTurn(() => this.#follow());
      if (this.#thawed.size === 0 && comparePositions(this.#position, last) >= 0) return this.#position;
      if (performance.now() > giveUpAt) throw new BusyError('the feed of results stands still');
      await pause(LOOK_AGAIN_MS);
    }
  }

  /** Writes down the settled boards that were quiet for so long; they leave memory. One after another. */
  async storeSettled(quietMs = 0): Promise<void> {
    for (const [key, held] of [...this.#held]) {
      const quiet = performance.now() - (this.#changedAt.get(key) ?? 0) >= quietMs;
      if (held.live === null || !isStorable(held.spec) || !quiet || this.#closing) continue;
      try {
        const stored = await this.#store.store(held.spec, held.live.staff, this.#position);
        if (stored !== null) await this.#inTurn(async () => this.#swap(held, stored));
      } catch (error) {
        this.#context.log.error({ err: error }, 'a settled board could not be stored');
      }
    }
  }

  /** Only when it is still the same board in the same state. */
  #swap(held: Held, stored: StoredBoard): void {
    const now = this.#held.get(held.spec.key);
    if (now === undefined || now.live !== held.live || held.live?.staff.revision !== stored.revision) return;
    const signature = settledSignature(now.spec);
    this.#held.set(held.spec.key, { ...now, signature, open: stored, staff: stored, live: null });
  }

  #soon(): void {
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#inTurn(() => this.#follow());
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
    const kept = new Set(specs.map((spec) => spec.key));
    for (const key of this.#held.keys()) if (!kept.has(key)) this.#held.delete(key);
    const changed = specs.filter((spec) => this.#isStale(spec, version));
    const stored = await this.#findStored(changed);
    const stale = changed.filter(({ key }) => !stored.has(key));
    for (const spec of changed) {
      const board = stored.get(spec.key);
      if (board === undefined) continue;
      this.#held.set(spec.key, {
        spec,
        signature: settledSignature(spec),
        open: board,
        staff: board,
        live: null,
      });
    }
    if (stale.length > 0) {
      const { boards, position } = await buildBoards(
        database,
        config.databaseUrl,
        stale.flatMap((spec) => this.#orders(spec)),
      );
      this.#position = this.#position === START ? position : earlier(this.#position, position);
      for (const spec of stale) this.#put(spec, signatureOf(spec, version), boards);
    }
    for (const spec of specs) {
      const held = this.#held.get(spec.key);
      if (held === undefined || held.spec === spec) continue;
      this.#held.set(spec.key, { ...held, spec });
      if (held.spec.standing !== spec.standing) this.#tell(spec.key);
    }
    this.#thawed.clear();
    this.#index();
    for (const spec of changed) this.#tell(spec.key);
    await this.#follow();
  }

  /** What stands in rows stays as it was settled, whatever the tree of units does. */
  #isStale(spec: BoardSpec, unitsVersion: number): boolean {
    const held = this.#held.get(spec.key);
    if (held === undefined || this.#thawed.has(spec.key)) return true;
    return held.signature !== (held.live === null ? settledSignature(spec) : signatureOf(spec, unitsVersion));
  }

  /** Boards that need not be built. The feed is followed from a moment before they were looked at. */
  async #findStored(changed: readonly BoardSpec[]): Promise<ReadonlyMap<string, StoredBoard>> {
    const storable = changed.filter((spec) => isStorable(spec) && this.#held.get(spec.key)?.live == null);
    if (storable.length === 0) return new Map();
    const newest = await newestPosition(this.#context.database);
    const stored = await this.#store.find(storable);
    if (this.#position === START) this.#position = newest;
    return stored;
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
    const open = built.get(spec.key) ?? staff;
    this.#held.set(spec.key, { spec, signature, staff, open, live: { staff, open } });
    this.#changedAt.set(spec.key, performance.now());
  }

  #index(): void {
    this.#byRound.clear();
    for (const held of this.#held.values()) {
      for (const round of held.spec.rounds) {
        const boards = this.#byRound.get(round) ?? [];
        boards.push(held.spec.key);
        this.#byRound.set(round, boards);
      }
    }
  }

  async #follow(): Promise<void> {
    for (;;) {
      const touched = await readFeed(this.#context.database, this.#position, FEED_LIMIT);
      const last = touched.at(-1);
      if (last === undefined) break;
      await this.#take(touched);
      this.#position = last.position;
    }
    if (this.#thawed.size > 0) await this.#rebuild();
  }

  async #take(touched: readonly Touched[]): Promise<void> {
    const peopleOf = new Map<string, Set<number>>();
    for (const { roundId, personId } of touched) {
      for (const key of this.#byRound.get(roundId) ?? []) {
        const people = peopleOf.get(key) ?? new Set();
        peopleOf.set(key, people.add(personId));
      }
    }
    for (const [key, people] of peopleOf) {
      const held = this.#held.get(key);
      if (held?.live === null) this.#thawed.add(key);
      else if (held !== undefined) await this.#bringUp(held.spec, held.live, [...people]);
    }
  }

  async #bringUp(
    spec: BoardSpec,
    live: NonNullable<HeldBoard['live']>,
    people: readonly number[],
  ): Promise<void> {
    const truths = new Map(spec.truths);
    const before = live.open.revision + live.staff.revision;
    for (let at = 0; at < people.length; at += PEOPLE_A_READ) {
      const some = people.slice(at, at + PEOPLE_A_READ);
      const results = new Map<number, ResultVersion[]>(some.map((person) => [person, []]));
      for (const row of await readVersions(this.#context.database, spec.rounds, some)) {
        results.get(row[4] ?? 0)?.push(versionOf(row, 0, truths));
      }
      for (const [person, versions] of results) this.#apply(live, { person, results: versions });
    }
    if (live.open.revision + live.staff.revision === before) return;
    this.#changedAt.set(spec.key, performance.now());
    this.#tell(spec.key);
  }

  /** A unit that the tree does not know yet is left out of the sums until the tree has been read again. */
  #apply({ open, staff }: NonNullable<HeldBoard['live']>, fact: PersonFact): void {
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

/** Of a board in rows. */
function settledSignature(spec: BoardSpec): string {
  return signatureOf(spec, -1);
}
