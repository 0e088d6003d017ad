/**
 * The audit log: who did what to whom and why. Append-only and chained: each row's hash is keyed and covers the row before,
 * so a row that was changed or taken out afterwards shows. Rows name people by uid, since names can be erased.
 */
import { desc } from 'drizzle-orm';
import {
  ConflictError,
  compile,
  type Database,
  type Outcomes,
  type Statement,
  type Writable,
} from './database/door.ts';
import type { Secrets } from './secrets.ts';

interface AuditContext {
  readonly database: Database;
  readonly secrets: Secrets;
  readonly clock: { now(): number };
}

export interface AuditEntry {
  /** uid of the person, or "system". */
  readonly actor: string;
  /** e.g. "role.granted", "unit.closed". */
  readonly action: string;
  /** What it was done to, e.g. "person:<uid>". */
  readonly subject: string;
  readonly reason?: string | null;
  /** Facts without personal data. */
  readonly details?: Readonly<Record<string, unknown>> | null;
  /** Network address of who asked. */
  readonly address?: string | null;
}

interface ChainedRow {
  readonly seq: number;
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly reason: string | null;
  readonly details: Record<string, unknown> | null;
  readonly address: string | null;
}

/** Writers race on `seq`; the loser reads the end again. So many times before giving up. */
const TRIES = 200;
const FIRST_LINK = '';

/** Writes an entry by itself. */
export async function appendAudit(context: AuditContext, entry: AuditEntry): Promise<void> {
  await withAudit(context, entry, []);
}

/**
 * Runs `statements` and appends the entry, together or not at all: what is logged happened, and what happened is logged.
 * Gives the outcomes of `statements`. Throws what `atomic` throws.
 */
export async function withAudit<const Q extends readonly (Writable | Statement)[]>(
  context: AuditContext,
  entry: AuditEntry,
  statements: Q,
): Promise<Outcomes<Q>> {
  return inTurn(context.database, async () => {
    for (let tried = 1; ; tried++) {
      const link = await nextLink(context, entry);
      try {
        const all: readonly (Writable | Statement)[] = [link, ...statements];
        const outcomes: readonly unknown[] = await context.database.atomic(all);
        return outcomes.slice(1) as unknown as Outcomes<Q>;
      } catch (error) {
        if (!(error instanceof ConflictError && error.constraint.includes('audit_log')) || tried === TRIES)
          throw error;
      }
    }
  });
}

const turns = new WeakMap<Database, Promise<unknown>>();

/** One after another in this process: nodes race, callers of one node do not. */
function inTurn<T>(database: Database, work: () => Promise<T>): Promise<T> {
  const before = turns.get(database) ?? Promise.resolve();
  const mine = before.then(work, work);
  turns.set(database, mine);
  return mine;
}

async function nextLink(context: AuditContext, entry: AuditEntry): Promise<Statement> {
  const { auditLog } = context.database.tables;
  const [last] = await context.database.query
    .select({ seq: auditLog.seq, hash: auditLog.hash })
    .from(auditLog)
    .orderBy(desc(auditLog.seq))
    .limit(1);
  const row: ChainedRow = {
    seq: (last?.seq ?? 0) + 1,
    at: context.clock.now(),
    actor: entry.actor,
    action: entry.action,
    subject: entry.subject,
    reason: entry.reason ?? null,
    details: entry.details === undefined || entry.details === null ? null : { ...entry.details },
    address: entry.address ?? null,
  };
  const hash = linkHash(context.secrets, last?.hash ?? FIRST_LINK, row);
  return compile(context.database.query.insert(auditLog).values({ ...row, hash }));
}

function linkHash(secrets: Secrets, before: string, row: ChainedRow): string {
  const { seq, at, actor, action, subject, reason, details, address } = row;
  return secrets.hash(
    'audit',
    canonical([before, seq, at, actor, action, subject, reason, details, address]),
  );
}

/** JSON with sorted keys: PostgreSQL gives the keys of a document back in its own order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Follows the chain from the beginning; the number of the first row that does not fit, or null when all do. */
export async function firstBrokenLink(context: AuditContext): Promise<number | null> {
  const { auditLog } = context.database.tables;
  const rows = context.database.query
    .select({
      seq: auditLog.seq,
      at: auditLog.at,
      actor: auditLog.actor,
      action: auditLog.action,
      subject: auditLog.subject,
      reason: auditLog.reason,
      details: auditLog.details,
      address: auditLog.address,
      hash: auditLog.hash,
    })
    .from(auditLog)
    .orderBy(auditLog.seq);
  let before = FIRST_LINK;
  let expected = 1;
  for await (const chunk of context.database.scan(rows)) {
    for (const [seq, at, actor, action, subject, reason, details, address, hash] of chunk) {
      const row: ChainedRow = {
        seq: Number(seq),
        at: Number(at),
        actor: String(actor),
        action: String(action),
        subject: String(subject),
        reason: textOrNull(reason),
        details:
          typeof details === 'string'
            ? JSON.parse(details)
            : details === null
              ? null
              : { ...Object(details) },
        address: textOrNull(address),
      };
      if (row.seq !== expected || linkHash(context.secrets, before, row) !== hash) return expected;
      before = String(hash);
      expected += 1;
    }
  }
  return null;
}

const textOrNull = (value: unknown): string | null => (value === null ? null : String(value));
