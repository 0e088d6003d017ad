/** What the doors of leaderboards answer with: read from the boards, named, and nothing else. */
import type {
  BoardMessage,
  Metric,
  MyStanding,
  PeoplePage,
  PersonLine,
  UnitLine,
  UnitsPage,
} from '../contracts/leaderboards.ts';
import { AppError } from '../platform/errors.ts';
import type { Secrets } from '../platform/secrets.ts';
import type { BoardReader } from './board-reader.ts';
import type { Boards, HeldBoard } from './boards.ts';
import { type Names, shownName } from './names.ts';
import type { Entry } from './ranking.ts';
import type { BoardSpec } from './specs.ts';
import type { UnitEntry } from './units.ts';

/** What boards show of a unit. */
export interface UnitsForViews {
  byUid(uid: string): { readonly id: number } | undefined;
  byId(id: number): { readonly uid: string; readonly name: string } | undefined;
  hasBelow(id: number): boolean;
}

/** Who looks: organisers see through a freeze. */
export type Audience = 'open' | 'staff';

const PAGE = 50;
const AROUND = 5;

export class BoardViews {
  readonly #boards: Boards;
  readonly #names: Names;
  readonly #units: UnitsForViews;
  readonly #secrets: Secrets;

  constructor(boards: Boards, names: Names, units: UnitsForViews, secrets: Secrets) {
    this.#boards = boards;
    this.#names = names;
    this.#units = units;
    this.#secrets = secrets;
  }

  /** Throws `notFound`. */
  held(key: string): HeldBoard {
    const held = this.#boards.get(key);
    if (held === undefined) throw new AppError('notFound');
    return held;
  }

  async people(
    key: string,
    query: { readonly offset?: number; readonly limit?: number; readonly unit?: string },
    audience: Audience,
  ): Promise<PeoplePage> {
    const held = this.held(key);
    const board = held[audience];
    const unit = query.unit === undefined ? null : await this.#unitId(board, query.unit);
    const offset = query.offset ?? 0;
    const entries = await board.page(offset, query.limit ?? PAGE, unit);
    return {
      ...about(held, audience),
      total: await board.count(unit),
      offset,
      lines: await this.#lines(held.spec, entries),
    };
  }

  async me(key: string, personId: number, audience: Audience): Promise<MyStanding> {
    const held = this.held(key);
    const board = held[audience];
    const mine = await board.rank(personId);
    if (mine === null) return { ...about(held, audience), me: null, around: [], key: null };
    const { rank, of, shareBelow, standing } = mine;
    return {
      ...about(held, audience),
      me: {
        rank,
        of,
        shareBelow,
        marks: standing.marks,
        elapsedMs: standing.elapsedMs,
        unit: await this.#inUnit(board, personId, mine.unit),
      },
      around: await this.#lines(held.spec, await board.around(personId, AROUND, AROUND)),
      key: this.#key(held.spec, personId),
    };
  }

  async #inUnit(
    board: BoardReader,
    personId: number,
    unit: number | null,
  ): Promise<{ id: string; name: string; rank: number; of: number } | null> {
    const named = unit === null ? undefined : this.#units.byId(unit);
    const within = unit === null ? null : await board.rank(personId, unit);
    return named === undefined || within === null
      ? null
      : { id: named.uid, name: named.name, rank: within.rank, of: within.of };
  }

  /** People found by name or number, with where they stand. */
  async search(key: string, typed: string, audience: Audience): Promise<PeoplePage> {
    const held = this.held(key);
    const board = held[audience];
    const people = await this.#names.search(held.spec.contestId, typed, held.spec.names);
    const entries = (await board.ranks(people)).slice(0, PAGE);
    return {
      ...about(held, audience),
      total: entries.length,
      offset: 0,
      lines: await this.#lines(held.spec, entries),
    };
  }

  async units(
    key: string,
    query: {
      readonly offset?: number;
      readonly limit?: number;
      readonly parent?: string;
      readonly metric?: Metric;
    },
    audience: Audience,
  ): Promise<UnitsPage> {
    const held = this.held(key);
    const board = held[audience];
    const parent = query.parent === undefined ? null : await this.#unitId(board, query.parent);
    const metric = query.metric ?? held.spec.metric;
    const offset = query.offset ?? 0;
    const entries = await board.unitsBelow(parent, metric, offset, query.limit ?? PAGE);
    return {
      ...about(held, audience),
      metric,
      total: await board.countBelow(parent),
      offset,
      lines: entries.map((entry) => this.#unitLine(entry)),
    };
  }

  /** What followers of the open board get. */
  async message(key: string): Promise<BoardMessage> {
    return {
      v: 1,
      board: key,
      people: await this.people(key, {}, 'open'),
      units: await this.units(key, {}, 'open'),
    };
  }

  async #lines(spec: BoardSpec, entries: readonly Entry[]): Promise<PersonLine[]> {
    const named = await this.#names.of(
      spec.contestId,
      entries.map(({ person }) => person),
    );
    const showsDistance = spec.rules.order.includes('prediction');
    return entries.map(({ person, rank, unit, standing }) => {
      const shown = unit === null ? undefined : this.#units.byId(unit);
      return {
        key: this.#key(spec, person),
        rank,
        name: shownName(named.get(person), spec.names),
        unit: shown === undefined ? null : { id: shown.uid, name: shown.name },
        marks: standing.marks,
        elapsedMs: standing.elapsedMs,
        submittedAt: standing.submittedAt,
        ...(showsDistance ? { predictionDistance: standing.predictionDistance } : {}),
      };
    });
  }

  /** The same person has another key on another board, so that boards of numbers cannot be joined to boards of names. */
  #key(spec: BoardSpec, person: number): string {
    return this.#secrets.hash('board-key', `${spec.key}/${person}`).slice(0, 12);
  }

  #unitLine({ unit, rank, totals }: UnitEntry): UnitLine {
    const named = this.#units.byId(unit);
    const { entrants, attempts, members, rate, average } = totals;
    return {
      id: named?.uid ?? '',
      rank,
      name: named?.name ?? '',
      entrants,
      attempts,
      members,
      rate,
      average,
      hasBelow: this.#units.hasBelow(unit),
    };
  }

  async #unitId(board: BoardReader, uid: string): Promise<number> {
    const unit = this.#units.byUid(uid);
    if (unit === undefined || !(await board.knows(unit.id))) throw new AppError('notFound');
    return unit.id;
  }
}

function about(
  { spec, open, staff }: HeldBoard,
  audience: Audience,
): Pick<PeoplePage, 'revision' | 'frozenAt' | 'final' | 'order'> {
  return {
    revision: (audience === 'open' ? open : staff).revision,
    frozenAt: audience === 'open' ? (spec.freeze?.moment ?? null) : null,
    final: spec.final,
    order: [...spec.rules.order],
  };
}
