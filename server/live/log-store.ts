/** The log of a session in the database: read from a version on, appended at the expected one. */
import { and, asc, eq, gt } from 'drizzle-orm';
import type { Database, Statement, Writable } from '../platform/database/door.ts';
import type { LogEntry } from './machine/events.ts';

/** Entries after `version`, in order. */
export async function readLog(database: Database, sessionId: number, version: number): Promise<LogEntry[]> {
  const { liveEvents } = database.tables;
  return database.query
    .select({
      version: liveEvents.version,
      at: liveEvents.at,
      by: liveEvents.by,
      command: liveEvents.command,
      event: liveEvents.event,
    })
    .from(liveEvents)
    .where(and(eq(liveEvents.sessionId, sessionId), gt(liveEvents.version, version)))
    .orderBy(asc(liveEvents.version));
}

/** Writes entries and what goes with them, together. Throws ConflictError when somebody else wrote that version. */
export async function appendLog(
  database: Database,
  sessionId: number,
  entries: readonly LogEntry[],
  more: readonly (Statement | Writable)[],
): Promise<void> {
  const { liveEvents } = database.tables;
  const rows = entries.map((entry) => ({ sessionId, ...entry }));
  await database.atomic([database.query.insert(liveEvents).values(rows), ...more]);
}
