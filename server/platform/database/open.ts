/** Opens the database that the configuration names. */
import type { Database } from './door.ts';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';

/** `location` is a file path or `postgres://…`; `onFatal` is told when the writer died and the process should end. */
export function openDatabase(location: string, onFatal: (error: Error) => void): Promise<Database> {
  return /^postgres(ql)?:\/\//.test(location) ? openPostgres(location) : openSqlite(location, onFatal);
}
