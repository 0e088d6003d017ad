/** Lists of winners as rows: each deciding is a new list, the newest of a board counts, the newest published one is shown. */
import { and, asc, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { WholeContest } from '../contests/store.ts';
import type { Context } from '../context.ts';
import type { WinnerWhy } from '../contracts/prizes.ts';
import { compile, expecting, type Statement, type Tables } from '../platform/database/door.ts';
import type { BoardOf } from './closing-context.ts';
import type { Award, WonBefore } from './prize-rules.ts';

export type ListRow = Tables['winnerLists']['$inferSelect'];
export type WinnerRow = Tables['winners']['$inferSelect'];

/** Rows a statement. */
const ROWS = 200;

export class WinnerStore {
  readonly #context: Pick<Context, 'database' | 'keys'>;

  constructor(context: Pick<Context, 'database' | 'keys'>) {
    this.#context = context;
  }

  get #query() {
    return this.#context.database.query;
  }

  get #tables() {
    return this.#context.database.tables;
  }

  async newest(board: string): Promise<ListRow | null> {
    const { winnerLists: t } = this.#tables;
    const [row] = await this.#query
      .select()
      .from(t)
      .where(eq(t.board, board))
      .orderBy(desc(t.number))
      .limit(1);
    return row ?? null;
  }

  /** What was added to the seed when lots were first drawn for a board; null: they never were. */
  async firstExtra(board: string): Promise<string | null> {
    const { winnerLists: t } = this.#tables;
    const rows = await this.#query
      .select({ plan: t.plan, extra: t.extra })
      .from(t)
      .where(eq(t.board, board))
      .orderBy(t.number);
    return rows.find(({ plan }) => plan.prizes.some(({ by }) => by === 'lot'))?.extra ?? null;
  }

  async byUid(uid: string): Promise<ListRow | null> {
    const { winnerLists: t } = this.#tables;
    const [row] = await this.#query.select().from(t).where(eq(t.uid, uid));
    return row ?? null;
  }

  /** The newest published list of each board of a contest. */
  async published(contestId: number): Promise<readonly ListRow[]> {
    const { winnerLists: t } = this.#tables;
    const rows = await this.#query
      .select()
      .from(t)
      .where(and(eq(t.contestId, contestId), isNotNull(t.publishedAt)))
      .orderBy(desc(t.number));
    return [...Map.groupBy(rows, ({ board }) => board).values()].flatMap(([first]) => first ?? []);
  }

  async winnersOf(lists: readonly number[]): Promise<readonly WinnerRow[]> {
    const { winners: t } = this.#tables;
    if (lists.length === 0) return [];
    return this.#query
      .select()
      .from(t)
      .where(inArray(t.listId, [...lists]))
      .orderBy(asc(t.listId), asc(t.position));
  }

  /** Wins of one person in published lists of a contest. */
  async ofPerson(contestId: number, personId: number): Promise<readonly { row: WinnerRow; list: ListRow }[]> {
    const { winners: t } = this.#tables;
    const lists = await this.published(contestId);
    const byId = new Map(lists.map((list) => [list.id, list]));
    const rows = await this.#query.select().from(t).where(eq(t.personId, personId));
    return rows.flatMap((row) => {
      const list = byId.get(row.listId);
      return list === undefined ? [] : [{ row, list }];
    });
  }

  /** What counts against caps: prizes of rounds before this one; for the whole contest, of all its rounds. */
  async wonBefore({ contest, rounds }: WholeContest, { round }: BoardOf): Promise<WonBefore> {
    const earlier = new Set(
      rounds.filter(({ number }) => round === null || number < round.number).map(({ uid }) => `round-${uid}`),
    );
    const lists = (await this.published(contest.id)).filter(({ board }) => earlier.has(board));
    const won = {
      people: new Map<number, number>(),
      units: new Map<number, number>(),
      asUnits: new Map<number, number>(),
    };
    const add = (to: Map<number, number>, id: number | null): void => {
      if (id !== null) to.set(id, (to.get(id) ?? 0) + 1);
    };
    for (const row of await this.winnersOf(lists.map(({ id }) => id))) {
      add(won.people, row.personId);
      add(won.units, row.withinUnitId);
      add(won.asUnits, row.unitId);
    }
    return won;
  }

  /** Statements that write a list down: two lists of one number conflict. */
  async writing(
    list: Omit<ListRow, 'id'>,
    awards: readonly Award[],
    whyOf: (award: Award) => WinnerWhy,
  ): Promise<readonly Statement[]> {
    const { keys } = this.#context;
    const { winnerLists, winners } = this.#tables;
    const listId = await keys.next('winner_lists');
    const rows: WinnerRow[] = [];
    for (const [position, award] of awards.entries()) {
      const { candidate, prize, place } = award;
      const isPerson = candidate.person !== null;
      rows.push({
        id: await keys.next('winners'),
        listId,
        position,
        prize,
        place,
        personId: isPerson ? candidate.id : null,
        unitId: isPerson ? null : candidate.id,
        withinUnitId: candidate.unit,
        rank: candidate.rank,
        attemptId: candidate.person?.attempt ?? null,
        why: whyOf(award),
      });
    }
    const statements = [compile(this.#query.insert(winnerLists).values({ ...list, id: listId }))];
    for (let at = 0; at < rows.length; at += ROWS)
      statements.push(compile(this.#query.insert(winners).values(rows.slice(at, at + ROWS))));
    return statements;
  }

  /** Statement that publishes a list, once, as long as no newer one and no newer snapshot of its board is there. */
  publishing({ id, board, number, snapshotId }: ListRow, now: number): Statement {
    const { winnerLists: t, snapshots: s } = this.#tables;
    const newerList = sql`select 1 from ${t} newer where newer.board = ${board} and newer.number > ${number}`;
    const taken = sql`select max(${s.number}) from ${s} where ${s.board} = ${board} and ${s.completeAt} is not null`;
    const isNewest = sql`(select ${s.number} from ${s} where ${s.id} = ${snapshotId}) = (${taken})`;
    const publishes = and(eq(t.id, id), isNull(t.publishedAt), sql`not exists (${newerList})`, isNewest);
    return expecting(1, this.#query.update(t).set({ publishedAt: now }).where(publishes));
  }
}
