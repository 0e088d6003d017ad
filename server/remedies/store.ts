/** Remedies, their rulings and their work as rows. */
import { and, asc, desc, eq, gt, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { RoundInForce } from '../attempts/rounds.ts';
import type { RulingKind } from '../attempts/ruling-rules.ts';
import { isRulingKind } from '../attempts/rulings.ts';
import type { RemedyKind } from '../contracts/remedies.ts';
import { compile, type Database, expecting, type Statement, type Tables } from '../platform/database/door.ts';
import type { RulingsByRound } from './regrade-rules.ts';

export type RemedyRow = Tables['remedies']['$inferSelect'];
export type RegradeRow = Tables['regrades']['$inferSelect'];
export type RulingRow = Tables['rulings']['$inferSelect'];

/** What a regrade is for. */
export const Direction = { apply: 1, reverse: 2 } as const;

const KINDS: readonly string[] = [
  'key',
  'also',
  'full',
  'void',
  'annul',
  'extend',
  'outage',
] satisfies RemedyKind[];

export function remedyKindOf({ kind }: Pick<RemedyRow, 'kind'>): RemedyKind {
  if (!isRemedyKind(kind)) throw new RangeError(`unknown remedy "${kind}"`);
  return kind;
}

function isRemedyKind(kind: string): kind is RemedyKind {
  return KINDS.includes(kind);
}

/** A question version as remedies name it. */
export interface AskedVersion {
  readonly versionId: number;
  readonly questionId: number;
  readonly question: string;
  readonly code: string;
  readonly version: number;
  readonly kind: string;
  readonly prompt: Tables['questionVersions']['$inferSelect']['prompt'];
  readonly topic: string;
  readonly outdated: boolean;
}

/** A round as whoever decides has seen it. */
type HeldRound = Pick<RoundInForce, 'id' | 'standing'> & { readonly version?: number };

export class RemedyStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  get #tables() {
    return this.#database.tables;
  }

  get #query() {
    return this.#database.query;
  }

  /** Of a contest, the newest first. */
  async list(contestId: number): Promise<readonly RemedyRow[]> {
    const { remedies: t } = this.#tables;
    return this.#query.select().from(t).where(eq(t.contestId, contestId)).orderBy(desc(t.id)).limit(500);
  }

  async byUid(uid: string): Promise<RemedyRow | null> {
    const { remedies: t } = this.#tables;
    const [row] = await this.#query.select().from(t).where(eq(t.uid, uid));
    return row ?? null;
  }

  async byId(id: number): Promise<RemedyRow> {
    const { remedies: t } = this.#tables;
    const [row] = await this.#query.select().from(t).where(eq(t.id, id));
    if (row === undefined) throw new Error(`remedy ${id} is gone`);
    return row;
  }

  /** Work of remedies, by remedy; the latest direction counts. */
  async workOf(remedyIds: readonly number[]): Promise<ReadonlyMap<number, RegradeRow>> {
    if (remedyIds.length === 0) return new Map();
    const { regrades: t } = this.#tables;
    const rows = await this.#query
      .select()
      .from(t)
      .where(inArray(t.remedyId, [...remedyIds]))
      .orderBy(asc(t.direction));
    return new Map(rows.map((row) => [row.remedyId, row]));
  }

  /** What is to be done or under way, the oldest first. */
  async unfinished(): Promise<readonly RegradeRow[]> {
    const { regrades: t } = this.#tables;
    return this.#query.select().from(t).where(isNull(t.finishedAt)).orderBy(asc(t.id));
  }

  async rulingsOf(remedyId: number): Promise<readonly RulingRow[]> {
    const { rulings: t } = this.#tables;
    return this.#query.select().from(t).where(eq(t.remedyId, remedyId));
  }

  /** Rulings in force in some rounds, by round; `without` leaves one remedy's out. */
  async rulingsIn(rounds: readonly number[], without: number | null = null): Promise<RulingsByRound> {
    const { rulings: t } = this.#tables;
    const rows = await this.#query
      .select()
      .from(t)
      .where(and(inArray(t.roundId, [...rounds]), eq(t.withdrawn, false)))
      .orderBy(asc(t.remedyId));
    const byRound = new Map<number, Map<number, { kind: RulingKind; key: RulingRow['key'] }[]>>();
    for (const { remedyId, roundId, versionId, kind, key } of rows) {
      if (remedyId === without || !isRulingKind(kind)) continue;
      const ofRound = byRound.get(roundId) ?? new Map();
      byRound.set(roundId, ofRound);
      ofRound.set(versionId, [...(ofRound.get(versionId) ?? []), { kind, key }]);
    }
    return byRound;
  }

  insert(row: Tables['remedies']['$inferInsert']): Statement {
    return compile(this.#query.insert(this.#tables.remedies).values(row));
  }

  insertRulings(rows: readonly Tables['rulings']['$inferInsert'][]): Statement[] {
    return rows.length === 0 ? [] : [compile(this.#query.insert(this.#tables.rulings).values([...rows]))];
  }

  /**
   * Counts the rounds up, as long as their results stand as they were looked at: whoever declares results meanwhile has
   * looked at them without this remedy, and whoever decides on this one without that declaration. One of the two is refused.
   * With a version, nothing at all may have happened to them since.
   */
  hold(rounds: readonly HeldRound[]): Statement[] {
    const { rounds: t } = this.#tables;
    const asSeen = ({ standing, version }: HeldRound): SQL | undefined =>
      and(
        standing === null ? isNull(t.standing) : eq(t.standing, standing),
        version === undefined ? undefined : eq(t.version, version),
      );
    return rounds.map((round) =>
      expecting(
        1,
        this.#query
          .update(t)
          .set({ version: sql`${t.version} + 1` })
          .where(and(eq(t.id, round.id), asSeen(round))),
      ),
    );
  }

  /** Rounds as they are in this moment, for `hold`. */
  async roundsNow(rounds: readonly Pick<RoundInForce, 'id'>[]): Promise<readonly HeldRound[]> {
    const { rounds: t } = this.#tables;
    if (rounds.length === 0) return [];
    const ids = rounds.map(({ id }) => id);
    return this.#query
      .select({ id: t.id, standing: t.standing, version: t.version })
      .from(t)
      .where(inArray(t.id, ids));
  }

  insertWork(id: number, remedyId: number, direction: number, now: number): Statement {
    const counts = { cursor: 0, looked: 0, changed: 0 };
    const row = { id, remedyId, direction, ...counts, startedAt: now, movedAt: now };
    return compile(this.#query.insert(this.#tables.regrades).values(row));
  }

  /** Marks it as taken back, once, and its rulings as withdrawn. */
  reversal(remedyId: number, by: string, reason: string, now: number): Statement[] {
    const { remedies: t, rulings: r } = this.#tables;
    return [
      expecting(
        1,
        this.#query
          .update(t)
          .set({ reversedAt: now, reversedBy: by, reverseReason: reason })
          .where(and(eq(t.id, remedyId), isNull(t.reversedAt))),
      ),
      compile(this.#query.update(r).set({ withdrawn: true }).where(eq(r.remedyId, remedyId))),
    ];
  }

  /** Goes with the writes of a piece: conflicts when somebody else has moved the work. */
  moved(
    work: RegradeRow,
    to: { readonly cursor: number; readonly looked: number; readonly changed: number },
    now: number,
  ): Statement {
    const { regrades: t } = this.#tables;
    return expecting(
      1,
      this.#query
        .update(t)
        .set({
          cursor: to.cursor,
          looked: sql`${t.looked} + ${to.looked}`,
          changed: sql`${t.changed} + ${to.changed}`,
          movedAt: now,
        })
        .where(and(eq(t.id, work.id), eq(t.cursor, work.cursor), isNull(t.finishedAt))),
    );
  }

  finished(work: RegradeRow, now: number): Statement {
    const { regrades: t } = this.#tables;
    return expecting(
      1,
      this.#query
        .update(t)
        .set({ finishedAt: now, movedAt: now })
        .where(and(eq(t.id, work.id), isNull(t.finishedAt))),
    );
  }

  async work(id: number): Promise<RegradeRow | null> {
    const { regrades: t } = this.#tables;
    const [row] = await this.#query.select().from(t).where(eq(t.id, id));
    return row ?? null;
  }

  /** What a remedy has annulled and not given back, after an attempt, by id. */
  async annulled(remedyId: number, after: number, limit: number) {
    const { annulments: t } = this.#tables;
    return this.#query
      .select()
      .from(t)
      .where(and(eq(t.remedyId, remedyId), gt(t.attemptId, after), eq(t.restored, false)))
      .orderBy(asc(t.attemptId))
      .limit(limit);
  }

  /** A question version by the question's uid and its number. */
  async asked(question: string, version: number): Promise<AskedVersion | null> {
    const { questions: q, questionVersions: v } = this.#tables;
    const [row] = await this.#query
      .select(askedColumns(this.#tables))
      .from(v)
      .innerJoin(q, eq(q.id, v.questionId))
      .where(and(eq(q.uid, question), eq(v.version, version)));
    return row === undefined ? null : askedOf(row);
  }

  async askedByIds(versionIds: readonly number[]): Promise<readonly AskedVersion[]> {
    if (versionIds.length === 0) return [];
    const { questions: q, questionVersions: v } = this.#tables;
    const rows = await this.#query
      .select(askedColumns(this.#tables))
      .from(v)
      .innerJoin(q, eq(q.id, v.questionId))
      .where(inArray(v.id, [...versionIds]));
    return rows.map(askedOf);
  }

  /** All versions of a question, the newest first. */
  async versionsOf(questionId: number): Promise<readonly AskedVersion[]> {
    const { questions: q, questionVersions: v } = this.#tables;
    const rows = await this.#query
      .select(askedColumns(this.#tables))
      .from(v)
      .innerJoin(q, eq(q.id, v.questionId))
      .where(eq(v.questionId, questionId))
      .orderBy(desc(v.version));
    return rows.map(askedOf);
  }

  /** The key that the bank has now; null: none. */
  async currentKey(questionId: number): Promise<RulingRow['key']> {
    const { questions: q, questionKeys: k } = this.#tables;
    const [row] = await this.#query
      .select({ key: k.key })
      .from(q)
      .innerJoin(k, eq(k.versionId, q.currentVersionId))
      .where(eq(q.id, questionId));
    return row?.key ?? null;
  }

  /** uid → name of people, for those who decided. */
  async names(uids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { people } = this.#tables;
    const wanted = [...new Set(uids)];
    if (wanted.length === 0) return new Map();
    const rows = await this.#query
      .select({ uid: people.uid, name: people.name })
      .from(people)
      .where(inArray(people.uid, wanted));
    return new Map(rows.map(({ uid, name }) => [uid, name]));
  }

  async personId(uid: string): Promise<number | null> {
    const { people } = this.#tables;
    const [row] = await this.#query.select({ id: people.id }).from(people).where(eq(people.uid, uid));
    return row?.id ?? null;
  }
}

function askedColumns({ questions: q, questionVersions: v }: Tables) {
  return {
    versionId: v.id,
    questionId: q.id,
    question: q.uid,
    code: q.code,
    current: q.currentVersionId,
    version: v.version,
    kind: v.kind,
    prompt: v.prompt,
    topic: v.topic,
  };
}

function askedOf({
  current,
  ...row
}: Omit<AskedVersion, 'outdated'> & { readonly current: number }): AskedVersion {
  return { ...row, outdated: current !== row.versionId };
}
