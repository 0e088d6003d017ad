/** What the features share: made once by `createContext`, handed to `buildApp`, closed at the end. */
import type { Config } from './config.ts';
import { type Announcer, LocalAnnouncer } from './platform/announcer.ts';
import { type Clock, systemClock } from './platform/clock.ts';
import type { Database } from './platform/database/door.ts';
import { Keys } from './platform/database/keys.ts';
import { openDatabase } from './platform/database/open.ts';
import { lastHeartbeat } from './platform/heartbeat.ts';
import { createLog, type Logger } from './platform/log.ts';
import { loadSecret, Secrets } from './platform/secrets.ts';

export interface Context {
  readonly config: Config;
  readonly log: Logger;
  readonly clock: Clock;
  readonly database: Database;
  readonly keys: Keys;
  readonly announcer: Announcer;
  readonly secrets: Secrets;
}

/** Opens everything. `clock` is given by tests. */
export async function createContext(config: Config, given?: Clock): Promise<Context> {
  const log = createLog(config.logLevel);
  const database = await openDatabase(config.databaseUrl, (error) => {
    log.fatal({ err: error }, 'the writer thread died');
    process.exit(70);
  });
  const clock = given ?? systemClock(await newestMoment(database));
  const announcer = await openAnnouncer(database, config.databaseUrl, log);
  const secrets = new Secrets(loadSecret(config.secret, config.dataDir));
  return { config, log, clock, database, keys: new Keys(database), announcer, secrets };
}

async function openAnnouncer(database: Database, url: string, log: Logger): Promise<Announcer> {
  if (database.dialect === 'sqlite') return new LocalAnnouncer();
  const { PostgresAnnouncer } = await import('./platform/announcer-postgres.ts');
  const announcer = new PostgresAnnouncer(url, log);
  await announcer.start();
  return announcer;
}

/** Time never goes back over a restart: not before the last heartbeat, and in a cluster not before PostgreSQL's clock. */
async function newestMoment(database: Database): Promise<number> {
  const heartbeat = await lastHeartbeat(database);
  return database.dialect === 'sqlite' ? heartbeat : Math.max(heartbeat, await database.clock());
}

export async function closeContext(context: Context): Promise<void> {
  await context.announcer.close();
  await context.database.close();
}
