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
import { reachOf, toldAround, toldRank } from './hiding-rules.ts';
import { type Names, shownName } from './names.ts';
import type { Entry } from './ranking.ts';
import type { BoardSpec, Hidden } from './specs.ts';
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
  readonly #moments = new Moments();

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
    const hidden = hiddenFrom(held, audience);
    const offset = query.offset ?? 0;
    const reach = reachOf(hidden, unit === null ? 'all' : 'unit');
    const most = Math.max(0, reach - offset);
    const entries = most === 0 ? [] : await board.page(offset, Math.min(most, query.limit ?? PAGE), unit);
    return {
      ...this.#about(held, audience),
      total: hidden === 'numbers' ? null : await board.count(unit),
      ...(Number.isFinite(reach) ? { reach } : {}),
      offset,
      lines: await this.#lines(held.spec, entries),
    };
  }

  async me(key: string, personId: number, audience: Audience): Promise<MyStanding> {
    const held = this.held(key);
    const board = held[audience];
    const mine = await board.rank(personId);
    if (mine === null) return { ...this.#about(held, audience), me: null, around: [], key: null };
    const { rank, of, shareBelow, standing } = mine;
    const hidden = hiddenFrom(held, audience);
    const reach = reachOf(hidden, 'all');
    const around = toldAround(rank, reach, AROUND);
    const entries = around === null ? [] : await board.around(personId, around.before, around.after);
    return {
      ...this.#about(held, audience),
      ...(Number.isFinite(reach) ? { reach } : {}),
      me: {
        rank: toldRank(rank, reach),
        of: hidden === 'numbers' ? null : of,
        shareBelow: hidden === 'nothing' ? shareBelow : null,
        marks: standing.marks,
        elapsedMs: standing.elapsedMs,
        unit: await this.#inUnit(board, personId, mine.unit, hidden),
      },
      around: await this.#lines(held.spec, entries),
      key: this.#key(held.spec, personId),
    };
  }

  async #inUnit(
    board: BoardReader,
    personId: number,
    unit: number | null,
    hidden: Hidden,
  ): Promise<NonNullable<MyStanding['me']>['unit']> {
    const named = unit === null ? undefined : this.#units.byId(unit);
    const within = unit === null ? null : await board.rank(personId, unit);
    if (named === undefined || within === null) return null;
    const reach = reachOf(hidden, 'unit');
    return {
      id: named.uid,
      name: named.name,
      rank: toldRank(within.rank, reach),
      ...(Number.isFinite(reach) ? { reach } : {}),
      of: hidden === 'numbers' ? null : within.of,
    };
  }

  /** People found by name or number, with where they stand. */
  async search(key: string, typed: string, audience: Audience): Promise<PeoplePage> {
    const held = this.held(key);
    const board = held[audience];
    const people = await this.#names.search(held.spec.contestId, typed, held.spec.names);
    const reach = reachOf(hiddenFrom(held, audience), 'all');
    const entries = (await board.ranks(people)).filter(({ rank }) => rank <= reach).slice(0, PAGE);
    return {
      ...this.#about(held, audience),
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
      ...this.#about(held, audience),
      metric,
      total: await board.countBelow(parent),
      offset,
      lines: entries.map((entry) => this.#unitLine(entry, hiddenFrom(held, audience) !== 'numbers')),
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

  #about(
    held: HeldBoard,
    audience: Audience,
  ): Pick<PeoplePage, 'revision' | 'frozenAt' | 'final' | 'standing' | 'order'> {
    const { spec } = held;
    const { revision } = held[audience];
    return {
      revision: hiddenFrom(held, audience) === 'nothing' ? revision : this.#moments.of(spec.key, revision),
      frozenAt: audience === 'open' ? (spec.freeze?.moment ?? null) : null,
      final: spec.final,
      standing: spec.standing,
      order: [...spec.rules.order],
    };
  }

  #unitLine({ unit, rank, totals }: UnitEntry, showsNumbers: boolean): UnitLine {
    const named = this.#units.byId(unit);
    const { entrants, attempts, members, rate, average } = totals;
    return {
      id: named?.uid ?? '',
      rank,
      name: named?.name ?? '',
      entrants: showsNumbers ? entrants : null,
      attempts: showsNumbers ? attempts : null,
      members,
      rate: showsNumbers ? rate : null,
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

/** Organisers may know how many take part. */
function hiddenFrom({ spec }: HeldBoard, audience: Audience): Hidden {
  return audience === 'staff' ? 'nothing' : spec.hidden;
}

/** Moments in place of revisions, for boards whose changes must not be counted: as rising, and telling nothing. */
class Moments {
  readonly #known = new Map<string, { readonly revision: number; readonly moment: number }>();

  of(key: string, revision: number): number {
    const known = this.#known.get(key);
    if (known?.revision === revision) return known.moment;
    const now = Math.floor(performance.timeOrigin + performance.now());
    const moment = Math.max(now, (known?.moment ?? 0) + 1);
    this.#known.set(key, { revision, moment });
    return moment;
  }
}
