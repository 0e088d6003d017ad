/** Puts the feature together: reads the journal, records the time that was lost, opens the doors, starts the sweeper. */
import type { Announcer } from '../platform/announcer.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database/door.ts';
import type { Keys } from '../platform/database/keys.ts';
import type { Http } from '../platform/http.ts';
import type { Logger } from '../platform/log.ts';
import type { Secrets } from '../platform/secrets.ts';
import { Attempts } from './attempts.ts';
import { Heartbeat } from './heartbeat.ts';
import { PostgresJournal } from './journal-postgres.ts';
import { SqliteJournal } from './journal-sqlite.ts';
import type { Journal } from './open-attempt.ts';
import { Outages } from './outages.ts';
import type { Rounds } from './rounds.ts';
import { registerAttempts } from './routes.ts';
import { Sweeper } from './sweeper.ts';
import type { SectionPages } from './views.ts';

interface AttemptsFeatureContext {
  readonly database: Database;
  readonly keys: Keys;
  readonly secrets: Secrets;
  readonly announcer: Announcer;
  readonly clock: Clock;
  readonly log: Logger;
  readonly config: { readonly limitFactor: number; readonly graceMs: number };
}

export interface AttemptsFeature {
  readonly attempts: Attempts;
  readonly sweeper: Sweeper;
  /** Called when people can reach us: records how long they could not, and starts sweeping. */
  listening(): Promise<void>;
  close(): Promise<void>;
}

export async function openAttempts(
  http: Http,
  context: AttemptsFeatureContext,
  rounds: Rounds,
  sectionPages?: SectionPages,
): Promise<AttemptsFeature> {
  const { database, announcer } = context;
  const journal: Journal =
    database.dialect === 'sqlite'
      ? await SqliteJournal.load(database)
      : new PostgresJournal(database, announcer);
  const outages = new Outages(context);
  await outages.load();
  const attempts = new Attempts(context, rounds, journal, outages);
  await attempts.rulings.follow(announcer);
  const sweeper = new Sweeper(context, attempts);
  const heartbeat = new Heartbeat(context, outages);
  registerAttempts(http, context, attempts, sectionPages);
  return {
    attempts,
    sweeper,
    async listening() {
      await heartbeat.start((await journal.openCount()) > 0);
      sweeper.start();
    },
    async close() {
      await sweeper.stop();
      heartbeat.stop();
      journal.stop();
      outages.close();
      attempts.epochs.close();
      attempts.rulings.close();
    },
  };
}
