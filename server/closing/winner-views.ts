/** Lists of winners as staff and as everybody see them: names as the contest and each winner allow. */
import { and, eq, inArray } from 'drizzle-orm';
import type { OpenContest } from '../contests/open-contests.ts';
import type { WholeContest } from '../contests/store.ts';
import type { PublicWinners, WinnerLine, WinnerList } from '../contracts/prizes.ts';
import { AppError } from '../platform/errors.ts';
import { type BoardOf, boardsOf, type ClosingContext } from './closing-context.ts';
import type { DrawRow, Draws } from './draws.ts';
import { ERASED, type NamedWinner, winnerName } from './name-rules.ts';
import type { NoticeFacts } from './notice.ts';
import type { SnapshotRow, Snapshots } from './snapshots.ts';
import { declaredOf } from './standing-rules.ts';
import type { ListRow, WinnerRow, WinnerStore } from './winner-store.ts';
import { aboutPrize, figuresOf, PASSED, whyOf } from './word-rules.ts';

interface Parts {
  readonly snapshots: Snapshots;
  readonly draws: Draws;
  readonly store: WinnerStore;
}

/** A page of winners is made once in so long, ms: everybody looks at it at the same moment. */
const KEPT_MS = 5_000;

interface Kept {
  readonly at: number;
  readonly page: Promise<PublicWinners>;
}

type NameOf = (person: NamedWinner | undefined) => string;
type ListCards = Pick<WinnerList, 'prizes' | 'lines' | 'lots'>;

export class WinnerViews {
  readonly #closing: ClosingContext;
  readonly #parts: Parts;
  readonly #kept = new Map<string, Kept>();

  constructor(closing: ClosingContext, parts: Parts) {
    this.#closing = closing;
    this.#parts = parts;
  }

  /** After something was published here. */
  forget(): void {
    this.#kept.clear();
  }

  /** The newest list with full names; an empty one when nothing was decided. */
  async staff(whole: WholeContest, board: BoardOf): Promise<WinnerList> {
    const { snapshots, store } = this.#parts;
    const [newest, list] = await Promise.all([snapshots.newest(board.key), store.newest(board.key)]);
    const about = { board: board.key, title: board.title };
    if (list === null) return { ...about, ...NOTHING };
    const snapshot = await snapshots.byId(list.snapshotId);
    const rows = await store.winnersOf([list.id]);
    const nameOf: NameOf = (person) => (person === undefined || person.erased ? ERASED : person.name);
    const passedIds = list.facts.passed.flatMap(({ personId }) => personId ?? []);
    const people = await this.#people(whole.contest.id, [...idsOf(rows), ...passedIds]);
    return {
      ...about,
      id: list.uid,
      number: list.number,
      snapshot: snapshot === null ? null : cardOf(snapshot),
      stale: newest?.id !== list.snapshotId,
      decidedAt: list.decidedAt,
      publishedAt: list.publishedAt,
      ...(await this.#cards(list, rows, people, nameOf)),
      passed: list.facts.passed.map(({ prize, personId, unitId, label, rank, cause }) => ({
        prize,
        name: personId === null ? (this.#unitName(unitId) ?? label) : nameOf(people.get(personId)),
        rank,
        cause: PASSED[cause],
      })),
      unfilled: list.facts.unfilled,
    };
  }

  /** What everybody sees: published lists alone. */
  async open(contest: OpenContest, now: number): Promise<PublicWinners> {
    const kept = this.#kept.get(contest.uid);
    if (kept !== undefined && now - kept.at < KEPT_MS) return kept.page;
    const page = this.#open(contest, now);
    this.#kept.set(contest.uid, { at: now, page });
    page.catch(() => this.#kept.delete(contest.uid));
    return page;
  }

  async #open(contest: OpenContest, now: number): Promise<PublicWinners> {
    const whole = await this.#closing.contests.byUid(contest.uid);
    const lists = await this.#parts.store.published(contest.id);
    const shown = await Promise.all(
      boardsOf(whole).flatMap((board) => {
        const list = lists.find((one) => one.board === board.key);
        return list === undefined ? [] : [this.#published(whole, board, list, now)];
      }),
    );
    return { contest: { slug: contest.slug, title: contest.title }, lists: shown };
  }

  async #published(
    { contest }: WholeContest,
    { key, title }: BoardOf,
    list: ListRow,
    now: number,
  ): Promise<PublicWinners['lists'][number]> {
    const rows = await this.#parts.store.winnersOf([list.id]);
    const snapshot = await this.#parts.snapshots.byId(list.snapshotId);
    const people = await this.#people(contest.id, idsOf(rows));
    const nameOf: NameOf = (person) => winnerName(person, contest.settings, now);
    return {
      board: key,
      title,
      standing: declaredOf(snapshot?.standing ?? null) ?? 'provisional',
      publishedAt: list.publishedAt ?? now,
      ...(await this.#cards(list, rows, people, nameOf)),
    };
  }

  /** The newest list, published or not, with names as they may be shown; null before anything was decided. */
  async forNotice(
    { contest }: WholeContest,
    { key }: BoardOf,
    now: number,
  ): Promise<Pick<NoticeFacts, 'standing' | 'list' | 'plan'> | null> {
    const list = await this.#parts.store.newest(key);
    if (list === null) return null;
    const rows = await this.#parts.store.winnersOf([list.id]);
    const snapshot = await this.#parts.snapshots.byId(list.snapshotId);
    const people = await this.#people(contest.id, idsOf(rows));
    const cards = await this.#cards(list, rows, people, (person) =>
      winnerName(person, contest.settings, now),
    );
    return {
      standing: declaredOf(snapshot?.standing ?? null) ?? 'provisional',
      plan: list.plan,
      list: { ...cards, unfilled: list.facts.unfilled },
    };
  }

  async #cards(
    list: ListRow,
    rows: readonly WinnerRow[],
    people: ReadonlyMap<number, NamedWinner>,
    nameOf: NameOf,
  ): Promise<ListCards> {
    const { units } = this.#closing;
    const given = new Set([
      ...rows.map(({ prize }) => prize),
      ...list.facts.unfilled.map(({ prize }) => prize),
    ]);
    return {
      prizes: list.plan.prizes
        .filter(({ id }) => given.has(id))
        .map((prize) => ({
          id: prize.id,
          title: prize.title,
          value: prize.value,
          about: aboutPrize(
            prize,
            prize.unit === null ? null : (units.index.byUid(prize.unit)?.name ?? null),
          ),
        })),
      lines: rows.map((row): WinnerLine => {
        const { prize, place, rank, personId, unitId, withinUnitId, why } = row;
        return {
          prize,
          place,
          rank,
          name: personId === null ? (this.#unitName(unitId) ?? why.label) : nameOf(people.get(personId)),
          unit: this.#unitName(withinUnitId),
          figures: figuresOf(why),
          why: whyOf(why),
        };
      }),
      lots: await this.#lots(list, rows),
    };
  }

  async #lots(list: ListRow, rows: readonly WinnerRow[]): Promise<WinnerList['lots']> {
    const draw: DrawRow | undefined = (await this.#parts.draws.of([list.board])).get(list.board);
    if (draw === undefined) return null;
    return {
      commitment: draw.commitment,
      committedAt: draw.committedAt,
      seed: list.publishedAt === null ? null : this.#parts.draws.seedOf(draw),
      extra: list.extra,
      used: list.facts.drawn.length > 0 || rows.some(({ why }) => why.lot !== null),
    };
  }

  #unitName(id: number | null): string | null {
    return id === null ? null : (this.#closing.units.index.byId(id)?.name ?? null);
  }

  async #people(contestId: number, ids: readonly number[]): Promise<ReadonlyMap<number, NamedWinner>> {
    const { database } = this.#closing.context;
    const { people: p, entries: e } = database.tables;
    const found = new Map<number, NamedWinner>();
    for (let at = 0; at < ids.length; at += 500) {
      const rows = await database.query
        .select({
          id: p.id,
          name: p.name,
          birthDate: p.birthDate,
          erasedAt: p.erasedAt,
          number: e.number,
          consents: e.consents,
        })
        .from(p)
        .leftJoin(e, and(eq(e.personId, p.id), eq(e.contestId, contestId)))
        .where(inArray(p.id, ids.slice(at, at + 500)));
      for (const { id, erasedAt, ...person } of rows) found.set(id, { ...person, erased: erasedAt !== null });
    }
    return found;
  }

  /** Everybody of the snapshot that a published list rests on, for drawing its lots again: label, rank, marks, unit. */
  async *candidates(contest: OpenContest, key: string): AsyncGenerator<string> {
    const list = (await this.#parts.store.published(contest.id)).find(({ board }) => board === key);
    if (list === undefined) throw new AppError('notFound');
    yield* this.#parts.snapshots.labels(list.snapshotId, (unit) => {
      const known = unit === null ? undefined : this.#closing.units.index.byId(unit);
      return known === undefined ? '' : (known.code ?? known.uid);
    });
  }
}

const NOTHING: Omit<WinnerList, 'board' | 'title'> = {
  id: null,
  number: 0,
  snapshot: null,
  stale: false,
  decidedAt: null,
  publishedAt: null,
  prizes: [],
  lines: [],
  passed: [],
  unfilled: [],
  lots: null,
};

function idsOf(rows: readonly WinnerRow[]): number[] {
  return rows.flatMap(({ personId }) => personId ?? []);
}

function cardOf({ uid, number, standing }: SnapshotRow): WinnerList['snapshot'] {
  return { id: uid, number, standing: declaredOf(standing) ?? 'provisional' };
}
