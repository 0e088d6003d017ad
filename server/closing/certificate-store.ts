/** Designs, batches and certificates as rows. A file stands apart, so that lists do not carry it. */
import { and, asc, desc, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import type { CertificateDesign } from '../contracts/certificates.ts';
import { compile, expecting, type Statement, type Tables } from '../platform/database/door.ts';

export type DesignRow = Tables['certificateDesigns']['$inferSelect'];
export type BatchRow = Tables['certificateBatches']['$inferSelect'];
export type CertificateRow = Tables['certificates']['$inferSelect'];

export type BatchState = 'gathering' | 'making' | 'done' | 'stopped';

/** A batch that has not moved for so long has lost its maker, ms. */
export const ABANDONED_MS = 30_000;

export class CertificateStore {
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

  async designs(contestId: number): Promise<readonly DesignRow[]> {
    const { certificateDesigns: t } = this.#tables;
    return this.#query.select().from(t).where(eq(t.contestId, contestId)).orderBy(asc(t.id));
  }

  async addDesign(
    contestId: number,
    uid: string,
    design: CertificateDesign,
    now: number,
  ): Promise<Statement> {
    const id = await this.#context.keys.next('certificate_designs');
    const row = { id, uid, contestId, version: 1, design, changedAt: now };
    return compile(this.#query.insert(this.#tables.certificateDesigns).values(row));
  }

  changeDesign(row: DesignRow, design: CertificateDesign, now: number): Statement {
    const { certificateDesigns: t } = this.#tables;
    return expecting(
      1,
      this.#query
        .update(t)
        .set({ design, version: row.version + 1, changedAt: now })
        .where(and(eq(t.id, row.id), eq(t.version, row.version))),
    );
  }

  async batches(contestId: number): Promise<readonly BatchRow[]> {
    const { certificateBatches: t } = this.#tables;
    return this.#query.select().from(t).where(eq(t.contestId, contestId)).orderBy(desc(t.id));
  }

  async batchByUid(uid: string): Promise<BatchRow | null> {
    const { certificateBatches: t } = this.#tables;
    const [row] = await this.#query.select().from(t).where(eq(t.uid, uid));
    return row ?? null;
  }

  async batchById(id: number): Promise<BatchRow | null> {
    const { certificateBatches: t } = this.#tables;
    const [row] = await this.#query.select().from(t).where(eq(t.id, id));
    return row ?? null;
  }

  async addBatch(row: Omit<BatchRow, 'id'>): Promise<Statement> {
    const id = await this.#context.keys.next('certificate_batches');
    return compile(this.#query.insert(this.#tables.certificateBatches).values({ ...row, id }));
  }

  /** A batch with work left that nobody has moved for a while. */
  async waiting(now: number): Promise<BatchRow | null> {
    const { certificateBatches: t } = this.#tables;
    const [row] = await this.#query
      .select()
      .from(t)
      .where(and(inArray(t.state, ['gathering', 'making']), lt(t.movedAt, now - ABANDONED_MS)))
      .orderBy(asc(t.id))
      .limit(1);
    return row ?? null;
  }

  /** Statement that takes or moves a batch: of two that try, one succeeds. */
  moving(batch: BatchRow, set: Partial<Pick<BatchRow, 'state' | 'total' | 'made' | 'movedAt'>>): Statement {
    const { certificateBatches: t } = this.#tables;
    return expecting(
      1,
      this.#query
        .update(t)
        .set(set)
        .where(and(eq(t.id, batch.id), eq(t.movedAt, batch.movedAt))),
    );
  }

  /** How many of a batch are there. */
  async count(batchId: number): Promise<number> {
    const { certificates: t } = this.#tables;
    const [row] = await this.#query
      .select({ last: sql<number>`coalesce(max(${t.number}), 0)` })
      .from(t)
      .where(eq(t.batchId, batchId));
    return Number(row?.last ?? 0);
  }

  async adding(rows: readonly Omit<CertificateRow, 'id'>[]): Promise<Statement> {
    const all: CertificateRow[] = [];
    for (const row of rows) all.push({ ...row, id: await this.#context.keys.next('certificates') });
    return compile(this.#query.insert(this.#tables.certificates).values(all));
  }

  /** The next without a file, after a number: those before it are made. */
  async unmade(batchId: number, after: number, limit: number): Promise<readonly CertificateRow[]> {
    const { certificates: t } = this.#tables;
    return this.#query
      .select()
      .from(t)
      .where(and(eq(t.batchId, batchId), sql`${t.number} > ${after}`, isNull(t.madeAt)))
      .orderBy(asc(t.number))
      .limit(limit);
  }

  /** Statements that keep a certificate's file; null for one that gets none any more. */
  keeping(id: number, pdf: Uint8Array | null, now: number): readonly Statement[] {
    const { certificates: t, certificateFiles: f } = this.#tables;
    const made = compile(this.#query.update(t).set({ madeAt: now }).where(eq(t.id, id)));
    if (pdf === null) return [made];
    const bytes = Buffer.from(pdf).toString('base64');
    return [compile(this.#query.insert(f).values({ certificateId: id, bytes }).onConflictDoNothing()), made];
  }

  /** From number `offset` + 1 on. */
  async page(batchId: number, offset: number, limit: number): Promise<readonly CertificateRow[]> {
    const { certificates: t } = this.#tables;
    return this.#query
      .select()
      .from(t)
      .where(and(eq(t.batchId, batchId), sql`${t.number} > ${offset}`))
      .orderBy(asc(t.number))
      .limit(limit);
  }

  async byId(id: number): Promise<CertificateRow | null> {
    const { certificates: t } = this.#tables;
    const [row] = await this.#query.select().from(t).where(eq(t.id, id));
    return row ?? null;
  }

  async file(id: number): Promise<Buffer | null> {
    const { certificateFiles: t } = this.#tables;
    const [row] = await this.#query.select({ bytes: t.bytes }).from(t).where(eq(t.certificateId, id));
    return row === undefined ? null : Buffer.from(row.bytes, 'base64');
  }

  revoking(id: number, reason: string, now: number): Statement {
    const { certificates: t } = this.#tables;
    return compile(
      this.#query
        .update(t)
        .set({ revokedAt: now, revokedReason: reason })
        .where(and(eq(t.id, id), isNull(t.revokedAt))),
    );
  }
}
