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
  type RawRow,
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
  return withAuditLines(context, [entry], statements);
}

/** As `withAudit`, of a deed that concerns many: each gets its own line. */
export async function withAuditLines<const Q extends readonly (Writable | Statement)[]>(
  context: AuditContext,
  entries: readonly AuditEntry[],
  statements: Q,
): Promise<Outcomes<Q>> {
  return inTurn(context.database, async () => {
    for (let tried = 1; ; tried++) {
      const links = await nextLinks(context, entries);
      try {
        const all: readonly (Writable | Statement)[] = [...links, ...statements];
        const outcomes: readonly unknown[] = await context.database.atomic(all);
        return outcomes.slice(links.length) as unknown as Outcomes<Q>;
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

/** Rows an insert statement, and hashed before others have a turn. */
const LINKS_A_STATEMENT = 200;

async function nextLinks(context: AuditContext, entries: readonly AuditEntry[]): Promise<Statement[]> {
  const { database, secrets } = context;
  const { auditLog } = database.tables;
  const [last] = await database.query
    .select({ seq: auditLog.seq, hash: auditLog.hash })
    .from(auditLog)
    .orderBy(desc(auditLog.seq))
    .limit(1);
  const at = context.clock.now();
  let { seq, hash } = last ?? { seq: 0, hash: FIRST_LINK };
  const statements: Statement[] = [];
  for (let from = 0; from < entries.length; from += LINKS_A_STATEMENT) {
    if (from > 0) await new Promise((others) => setImmediate(others));
    const links = entries.slice(from, from + LINKS_A_STATEMENT).map((entry) => {
      const row = rowOf(entry, ++seq, at);
      hash = linkHash(secrets, hash, row);
      return { ...row, hash };
    });
    statements.push(compile(database.query.insert(auditLog).values(links)));
  }
  return statements;
}

function rowOf(entry: AuditEntry, seq: number, at: number): ChainedRow {
  const { actor, action, subject, reason = null, details = null, address = null } = entry;
  return {
    seq,
    at,
    actor,
    action,
    subject,
    reason,
    details: details === null ? null : { ...details },
    address,
  };
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

export interface BrokenLink {
  readonly seq: number;
  /** missing: it was taken out; changed: what it says is not what was written. */
  readonly how: 'missing' | 'changed';
  /** Of the row that stands there now. */
  readonly at: number;
  readonly action: string;
}

export interface AuditCheck {
  /** Rows that fit, from the first on. */
  readonly rows: number;
  /** The first that does not; null: all do. */
  readonly broken: BrokenLink | null;
  /** Hash of the last row that fits; empty when there is none. */
  readonly head: string;
}

/** Few rows at once: hashing is done here, and others wait. */
const CHUNK = 200;

/** SELECT of what `checkRows` takes. */
export function auditRows({ query, tables: { auditLog: l } }: Pick<Database, 'query' | 'tables'>) {
  return query
    .select({
      seq: l.seq,
      at: l.at,
      actor: l.actor,
      action: l.action,
      subject: l.subject,
      reason: l.reason,
      details: l.details,
      address: l.address,
      hash: l.hash,
    })
    .from(l)
    .orderBy(l.seq);
}

export function checkAudit(database: Database, secrets: Secrets): Promise<AuditCheck> {
  return checkRows(database.scan(auditRows(database), { chunk: CHUNK, timeLimitMs: 600_000 }), secrets);
}

/** Rows in the order of their numbers, some at a time. */
export async function checkRows(
  chunks: AsyncIterable<readonly RawRow[]> | Iterable<readonly RawRow[]>,
  secrets: Secrets,
): Promise<AuditCheck> {
  let head = FIRST_LINK;
  let rows = 0;
  for await (const chunk of chunks) {
    for (const raw of chunk) {
      const row = chainedRow(raw);
      const how =
        row.seq !== rows + 1 ? 'missing' : linkHash(secrets, head, row) === raw[8] ? null : 'changed';
      if (how !== null) {
        const seq = how === 'missing' ? rows + 1 : row.seq;
        return { rows, broken: { seq, how, at: row.at, action: row.action }, head };
      }
      head = String(raw[8]);
      rows += 1;
    }
    await new Promise((others) => setImmediate(others));
  }
  return { rows, broken: null, head };
}

function chainedRow([seq, at, actor, action, subject, reason, details, address]: RawRow): ChainedRow {
  return {
    seq: Number(seq),
    at: Number(at),
    actor: String(actor),
    action: String(action),
    subject: String(subject),
    reason: textOrNull(reason),
    details:
      typeof details === 'string' ? JSON.parse(details) : details === null ? null : { ...Object(details) },
    address: textOrNull(address),
  };
}

const textOrNull = (value: unknown): string | null => (value === null ? null : String(value));

/** The number of the first row that does not fit, or null when all do. */
export async function firstBrokenLink({ database, secrets }: AuditContext): Promise<number | null> {
  return (await checkAudit(database, secrets)).broken?.seq ?? null;
}
