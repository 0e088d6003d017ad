/** Schedules and the reports that were kept, as rows. */
import { and, asc, count, desc, eq, inArray, lt, lte } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { compile, type Database, expecting, type Statement, type Tables } from '../platform/database/door.ts';

export type ScheduleRow = Tables['reportSchedules']['$inferSelect'];
export type KeptRow = Tables['keptReports']['$inferSelect'];

/** Bytes of a piece of a file, before base64. */
const PIECE = 192 * 1024;
const TOGETHER = 4;
const KEPT_LISTED = 50;
const REMOVED_TOGETHER = 20;

export class ScheduleStore {
  readonly #database: Database;

  constructor({ database }: Pick<Context, 'database'>) {
    this.#database = database;
  }

  async ofContest(contestId: number): Promise<readonly ScheduleRow[]> {
    const { reportSchedules: s } = this.#database.tables;
    return this.#database.query
      .select()
      .from(s)
      .where(eq(s.contestId, contestId))
      .orderBy(asc(s.weekday), asc(s.minute), asc(s.id));
  }

  async byUid(contestId: number, uid: string): Promise<ScheduleRow | null> {
    const { reportSchedules: s } = this.#database.tables;
    const [row] = await this.#database.query
      .select()
      .from(s)
      .where(and(eq(s.uid, uid), eq(s.contestId, contestId)));
    return row ?? null;
  }

  insert(row: ScheduleRow): Statement {
    return compile(this.#database.query.insert(this.#database.tables.reportSchedules).values(row));
  }

  remove({ id }: ScheduleRow): Statement {
    const { reportSchedules: s } = this.#database.tables;
    return compile(this.#database.query.delete(s).where(eq(s.id, id)));
  }

  /** Due and not being made elsewhere, the oldest first. */
  async due(now: number): Promise<readonly ScheduleRow[]> {
    const { reportSchedules: s } = this.#database.tables;
    return this.#database.query
      .select()
      .from(s)
      .where(and(lte(s.nextAt, now), lte(s.takenUntil, now)))
      .orderBy(asc(s.nextAt), asc(s.id))
      .limit(TOGETHER);
  }

  /** Takes it for so long; a ConflictError when another node was faster. */
  take({ id, nextAt, takenUntil }: ScheduleRow, until: number): Statement {
    const { reportSchedules: s } = this.#database.tables;
    const mine = and(eq(s.id, id), eq(s.nextAt, nextAt), eq(s.takenUntil, takenUntil));
    return expecting(1, this.#database.query.update(s).set({ takenUntil: until }).where(mine));
  }

  /** It was made; a ConflictError when another node had done so. */
  moveOn({ id, nextAt }: ScheduleRow, next: number): Statement {
    const { reportSchedules: s } = this.#database.tables;
    const still = and(eq(s.id, id), eq(s.nextAt, nextAt));
    return expecting(1, this.#database.query.update(s).set({ nextAt: next, takenUntil: 0 }).where(still));
  }

  /** Statements that keep a file. */
  keep(row: KeptRow, bytes: Uint8Array): readonly Statement[] {
    const { keptReports, keptReportPieces } = this.#database.tables;
    const pieces: Statement[] = [];
    for (let at = 0, number = 0; at < bytes.length; at += PIECE, number++) {
      const piece = Buffer.from(bytes.subarray(at, at + PIECE)).toString('base64');
      pieces.push(
        compile(
          this.#database.query.insert(keptReportPieces).values({ keptId: row.id, number, bytes: piece }),
        ),
      );
    }
    return [compile(this.#database.query.insert(keptReports).values(row)), ...pieces];
  }

  /** Statements that remove some of what was made before `moment`, and how many files those are; none: an empty list. */
  async removing(
    moment: number,
  ): Promise<{ readonly files: number; readonly statements: readonly Statement[] }> {
    const { keptReports: k, keptReportPieces: p } = this.#database.tables;
    const rows = await this.#database.query
      .select({ id: k.id })
      .from(k)
      .where(lt(k.madeAt, moment))
      .orderBy(asc(k.id))
      .limit(REMOVED_TOGETHER);
    if (rows.length === 0) return { files: 0, statements: [] };
    const ids = rows.map(({ id }) => id);
    const pieces = this.#database.query.delete(p).where(inArray(p.keptId, ids));
    // Another node was faster: then nothing of it is done twice, and nothing logged.
    const files = expecting(ids.length, this.#database.query.delete(k).where(inArray(k.id, ids)));
    return { files: ids.length, statements: [compile(pieces), files] };
  }

  async countKept(contestId: number): Promise<number> {
    const { keptReports: k } = this.#database.tables;
    const [row] = await this.#database.query.select({ n: count() }).from(k).where(eq(k.contestId, contestId));
    return row?.n ?? 0;
  }

  /** A page, the newest first. */
  async kept(contestId: number, offset: number): Promise<readonly KeptRow[]> {
    const { keptReports: k } = this.#database.tables;
    return this.#database.query
      .select()
      .from(k)
      .where(eq(k.contestId, contestId))
      .orderBy(desc(k.madeAt), asc(k.id))
      .limit(KEPT_LISTED)
      .offset(offset);
  }

  async keptByUid(contestId: number, uid: string): Promise<KeptRow | null> {
    const { keptReports: k } = this.#database.tables;
    const [row] = await this.#database.query
      .select()
      .from(k)
      .where(and(eq(k.uid, uid), eq(k.contestId, contestId)));
    return row ?? null;
  }

  async bytesOf({ id }: KeptRow): Promise<Uint8Array> {
    const { keptReportPieces: p } = this.#database.tables;
    const rows = await this.#database.query
      .select({ bytes: p.bytes })
      .from(p)
      .where(eq(p.keptId, id))
      .orderBy(asc(p.number));
    return new Uint8Array(Buffer.concat(rows.map(({ bytes }) => Buffer.from(bytes, 'base64'))));
  }
}
