/** The register of breaches of personal data: kept by admins, every change with its reason in the audit log. */
import { and, desc, eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import type { Breach, BreachList, NewBreach, SaveBreach } from '../contracts/privacy.ts';
import { type AuditEntry, withAudit } from '../platform/audit.ts';
import { ConflictError, expecting, type Tables } from '../platform/database/door.ts';
import { AppError, invalidField } from '../platform/errors.ts';

type Row = Tables['breaches']['$inferSelect'];

/** Luật 91/2025: the authority is told within 72 hours of the finding. */
const TELL_WITHIN_MS = 72 * 3_600_000;

export interface Keeping {
  readonly actor: string;
  readonly address: string;
}

export class Breaches {
  readonly #context: Context;

  constructor(context: Context) {
    this.#context = context;
  }

  get #t() {
    return this.#context.database.tables.breaches;
  }

  get #query() {
    return this.#context.database.query;
  }

  async list(): Promise<BreachList> {
    const rows = await this.#query.select().from(this.#t).orderBy(desc(this.#t.foundAt), desc(this.#t.id));
    return { breaches: rows.map(present) };
  }

  /** Twice is once. Throws `request.invalid`. */
  async add({ id: uid, ...body }: NewBreach, by: Keeping): Promise<Breach> {
    demandOrder(body);
    const known = await this.#byUid(uid);
    if (known !== null) return present(known);
    const row: Row = {
      id: await this.#context.keys.next('breaches'),
      uid,
      ...body,
      version: 1,
      createdBy: by.actor,
      createdAt: this.#context.clock.now(),
    };
    const entry: AuditEntry = { ...by, action: 'breach.recorded', subject: `breach:${uid}` };
    try {
      await withAudit(this.#context, entry, [this.#query.insert(this.#t).values(row)]);
    } catch (error) {
      const winner = error instanceof ConflictError ? await this.#byUid(uid) : null;
      if (winner === null) throw error;
      return present(winner);
    }
    return present(row);
  }

  /** Throws `notFound`, `conflict`, `request.invalid`. */
  async save(uid: string, { expectedVersion, reason, ...body }: SaveBreach, by: Keeping): Promise<Breach> {
    demandOrder(body);
    if ((await this.#byUid(uid)) === null) throw new AppError('notFound');
    const update = this.#query
      .update(this.#t)
      .set({ ...body, version: expectedVersion + 1 })
      .where(and(eq(this.#t.uid, uid), eq(this.#t.version, expectedVersion)));
    const entry: AuditEntry = { ...by, action: 'breach.changed', subject: `breach:${uid}`, reason };
    await withAudit(this.#context, entry, [expecting(1, update)]);
    const saved = await this.#byUid(uid);
    if (saved === null) throw new AppError('notFound');
    return present(saved);
  }

  async #byUid(uid: string): Promise<Row | null> {
    const [row] = await this.#query.select().from(this.#t).where(eq(this.#t.uid, uid));
    return row ?? null;
  }
}

function demandOrder({ happenedAt, foundAt }: Pick<NewBreach, 'happenedAt' | 'foundAt'>): void {
  if (foundAt < happenedAt)
    throw invalidField('foundAt', 'Lúc phát hiện phải sau lúc xảy ra.', 'It was found after it happened.');
}

function present({ id: _id, uid, ...row }: Row): Breach {
  return { id: uid, ...row, tellBy: row.foundAt + TELL_WITHIN_MS };
}
