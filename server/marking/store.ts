/** The queue of essays as rows: who takes which, what they gave, how far it is. No name of whoever wrote leaves here. */
import { and, asc, count, desc, eq, inArray, isNotNull, isNull, lt, ne, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import type { EssayState } from '../contracts/marking.ts';
import { ConflictError, expecting, type Statement, type Tables } from '../platform/database/door.ts';

type StoreContext = Pick<Context, 'database'>;
export type EssayRow = Tables['essays']['$inferSelect'];
export type LookRow = Tables['essayMarks']['$inferSelect'];

/** Taken and left alone for so long, an answer goes to somebody else. */
export const TAKEN_MS = 30 * 60_000;
/** Candidates that are tried before somebody is told that nothing is left for them. */
const TRIED = 20;
const SHOWN_MOST = 200;

export function stateOf(text: string): EssayState {
  return text === 'apart' || text === 'done' ? text : 'waiting';
}

export class MarkingStore {
  readonly #context: StoreContext;

  constructor(context: StoreContext) {
    this.#context = context;
  }

  get #query() {
    return this.#context.database.query;
  }

  get #tables() {
    return this.#context.database.tables;
  }

  async essay(uid: string): Promise<EssayRow | null> {
    const { essays: e } = this.#tables;
    const [row] = await this.#query.select().from(e).where(eq(e.uid, uid));
    return row ?? null;
  }

  /** Looks at an answer, by seat. */
  async looks(essayId: number): Promise<readonly LookRow[]> {
    const { essayMarks: m } = this.#tables;
    return this.#query.select().from(m).where(eq(m.essayId, essayId)).orderBy(asc(m.seat));
  }

  /** The answer that somebody has in hand in a round, or the next one that they may look at, taken for them. */
  async take(roundId: number, markerId: number, now: number): Promise<EssayRow | null> {
    const inHand = await this.#inHand(roundId, markerId);
    if (inHand !== null) return inHand;
    for (const essay of await this.#candidates(roundId, markerId, now)) {
      if (await this.#seat(essay, markerId, now)) return essay;
    }
    return null;
  }

  async #inHand(roundId: number, markerId: number): Promise<EssayRow | null> {
    const { essays: e, essayMarks: m } = this.#tables;
    const [row] = await this.#query
      .select({ essay: e })
      .from(m)
      .innerJoin(e, eq(e.id, m.essayId))
      .where(and(eq(m.markerId, markerId), isNull(m.markedAt), eq(e.roundId, roundId), ne(e.state, 'done')))
      .limit(1);
    return row?.essay ?? null;
  }

  /** What waits, those first that need a third look; never one's own writing. Looked up outside the main thread. */
  async #candidates(roundId: number, markerId: number, now: number): Promise<readonly EssayRow[]> {
    const { essays: e, essayMarks: m, attempts: a } = this.#tables;
    const mine = sql`exists (select 1 from ${m} m where m.essay_id = ${e.id} and m.marker_id = ${markerId})`;
    const looked = sql`(select count(*) from ${m} m where m.essay_id = ${e.id} and (m.marked_at is not null or m.taken_at > ${now - TAKEN_MS}))`;
    const query = this.#query
      .select({ id: e.id })
      .from(e)
      .innerJoin(a, eq(a.id, e.attemptId))
      .where(
        and(
          eq(e.roundId, roundId),
          inArray(e.state, ['waiting', 'apart']),
          ne(a.personId, markerId),
          ne(a.state, 4),
          sql`not ${mine}`,
          sql`${looked} < case when ${e.state} = 'apart' then 3 else 2 end`,
        ),
      )
      .orderBy(sql`case when ${e.state} = 'apart' then 0 else 1 end`, asc(e.id))
      .limit(TRIED);
    const ids: number[] = [];
    for await (const rows of this.#context.database.scan(query))
      for (const [id] of rows) ids.push(Number(id));
    if (ids.length === 0) return [];
    const rows = await this.#query.select().from(e).where(inArray(e.id, ids));
    return ids.flatMap((id) => rows.find((row) => row.id === id) ?? []);
  }

  /** Two may want the same seat; false for who came second. */
  async #seat(essay: EssayRow, markerId: number, now: number): Promise<boolean> {
    const { essayMarks: m } = this.#tables;
    const looks = await this.looks(essay.id);
    const left = looks.find(({ markedAt, takenAt }) => markedAt === null && takenAt <= now - TAKEN_MS);
    const seats = essay.state === 'apart' ? [3] : [1, 2];
    const free = seats.find((seat) => looks.every((look) => look.seat !== seat));
    const row = { essayId: essay.id, markerId, takenAt: now, note: '' };
    const statement =
      free !== undefined
        ? expecting(1, this.#query.insert(m).values({ ...row, seat: free }))
        : left === undefined
          ? null
          : expecting(
              1,
              this.#query
                .update(m)
                .set({ markerId, takenAt: now })
                .where(
                  and(
                    eq(m.essayId, essay.id),
                    eq(m.seat, left.seat),
                    isNull(m.markedAt),
                    lt(m.takenAt, now - TAKEN_MS + 1),
                  ),
                ),
            );
    if (statement === null) return false;
    try {
      await this.#context.database.atomic([statement]);
      return true;
    } catch (error) {
      if (error instanceof ConflictError) return false;
      throw error;
    }
  }

  /**
   * Statements that write a look and what the looks then come to. The first one holds the answer: whoever looks at the same
   * moment waits, finds another number of looks, and decides again (`ConflictError`).
   */
  marking(
    essay: EssayRow,
    look: Pick<LookRow, 'seat' | 'markerId' | 'markedAt' | 'marks' | 'lines' | 'note'>,
    after: {
      readonly looks: number;
      readonly state: EssayState;
      readonly marks: number | null;
      readonly at: number;
    },
  ): readonly Statement[] {
    const { essays: e, essayMarks: m } = this.#tables;
    const seen = and(eq(e.id, essay.id), eq(e.state, essay.state));
    const marked = sql`(select count(*) from ${m} m where m.essay_id = ${essay.id} and m.marked_at is not null) = ${after.looks}`;
    const { seat, markerId, ...given } = look;
    return [
      expecting(1, this.#query.update(e).set({ state: essay.state }).where(seen)),
      expecting(
        1,
        this.#query
          .update(m)
          .set(given)
          .where(and(eq(m.essayId, essay.id), eq(m.seat, seat), eq(m.markerId, markerId))),
      ),
      expecting(
        1,
        this.#query
          .update(e)
          .set({
            state: after.state,
            marks: after.marks,
            doneAt: after.state === 'done' ? after.at : null,
          })
          .where(and(seen, marked)),
      ),
    ];
  }

  /** Answers of each round by state; attempts that were annulled are left out. Counted outside the main thread. */
  async progress(
    roundIds: readonly number[],
    markerId: number,
  ): Promise<(roundId: number) => Readonly<Record<EssayState | 'mine', number>>> {
    const { essays: e, essayMarks: m, attempts: a } = this.#tables;
    const found = new Map<number, Record<EssayState | 'mine', number>>();
    const of = (id: number) => {
      const one = found.get(id) ?? { waiting: 0, apart: 0, done: 0, mine: 0 };
      found.set(id, one);
      return one;
    };
    if (roundIds.length === 0) return of;
    const states = this.#query
      .select({ roundId: e.roundId, state: e.state, count: count() })
      .from(e)
      .innerJoin(a, eq(a.id, e.attemptId))
      .where(and(inArray(e.roundId, [...roundIds]), ne(a.state, 4)))
      .groupBy(e.roundId, e.state);
    for await (const rows of this.#context.database.scan(states))
      for (const [roundId, state, n] of rows) of(Number(roundId))[stateOf(String(state))] = Number(n);
    const mine = this.#query
      .select({ roundId: e.roundId, count: count() })
      .from(m)
      .innerJoin(e, eq(e.id, m.essayId))
      .where(and(eq(m.markerId, markerId), isNotNull(m.markedAt)))
      .groupBy(e.roundId);
    for await (const rows of this.#context.database.scan(mine))
      for (const [roundId, n] of rows) of(Number(roundId)).mine = Number(n);
    return of;
  }

  /** How many looks each marker gave in a round. */
  async markers(roundId: number): Promise<{ name: string | null; marked: number }[]> {
    const { essays: e, essayMarks: m, people } = this.#tables;
    const query = this.#query
      .select({ name: people.name, marked: count() })
      .from(e)
      .innerJoin(m, eq(m.essayId, e.id))
      .leftJoin(people, eq(people.id, m.markerId))
      .where(and(eq(e.roundId, roundId), isNotNull(m.markedAt)))
      .groupBy(m.markerId, people.name)
      .orderBy(desc(count()));
    const found: { name: string | null; marked: number }[] = [];
    for await (const rows of this.#context.database.scan(query))
      for (const [name, marked] of rows)
        found.push({ name: name === null ? null : String(name), marked: Number(marked) });
    return found;
  }

  /** What somebody marked in a round, the newest first. */
  async markedBy(roundId: number, markerId: number) {
    const { essays: e, essayMarks: m } = this.#tables;
    return this.#query
      .select({ essay: e, marks: m.marks, markedAt: m.markedAt })
      .from(m)
      .innerJoin(e, eq(e.id, m.essayId))
      .where(and(eq(m.markerId, markerId), isNotNull(m.markedAt), eq(e.roundId, roundId)))
      .orderBy(desc(m.markedAt))
      .limit(SHOWN_MOST);
  }
}
