/** Opens the database that the configuration names. */
import type { Database } from './door.ts';

/** `location` is a file path or `postgres://…`; `onFatal` is told when the writer died and the process should end. */
export async function openDatabase(location: string, onFatal: (error: Error) => void): Promise<Database> {
  // Each driver is loaded where it is used: a start waits for one of them only.
  if (/^postgres(ql)?:\/\//.test(location)) return (await import('./postgres.ts')).openPostgres(location);
  return (await import('./sqlite.ts')).openSqlite(location, onFatal);
}
