/** `npm run hoithi -- audit export`: the whole log as the file that its page gives, without a server. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../../config.ts';
import { withAuditRows } from '../../platform/audit-command.ts';
import { type AuditRecord, auditColumns } from './columns.ts';
import { csvHead, csvLine } from './lines.ts';

/** Writes the file; it must not be there. Throws when it or the database cannot be opened. */
export function writeAudit(
  config: Config,
  path: string,
): Promise<{ readonly file: string; readonly rows: number }> {
  return withAuditRows(config, async (chunks) => {
    let rows = 0;
    async function* text(): AsyncGenerator<string> {
      yield csvHead(auditColumns);
      for await (const chunk of chunks) {
        rows += chunk.length;
        yield chunk.map((row) => csvLine(auditColumns, recordOf(row))).join('');
      }
    }
    await pipeline(Readable.from(text()), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    return { file: path, rows };
  });
}

function recordOf([
  seq,
  at,
  actor,
  action,
  subject,
  reason,
  details,
  address,
  hash,
]: readonly unknown[]): AuditRecord {
  const text = (value: unknown): string | null => {
    if (value === null || value === undefined) return null;
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  return {
    seq: Number(seq),
    at: Number(at),
    actor: String(actor),
    actorName: null,
    action: String(action),
    subject: String(subject),
    reason: text(reason),
    details: text(details),
    address: text(address),
    hash: String(hash),
  };
}
