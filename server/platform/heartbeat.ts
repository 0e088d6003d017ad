/** A row that says when a server was last alive: the floor of the clock, and what an outage is measured from. */
import { eq, sql } from 'drizzle-orm';
import type { Database, Statement } from './database/door.ts';
import { prepare } from './database/door.ts';

const NAME = 'heartbeat';

/** When a server last wrote that it is alive, ms; 0 when none ever did. */
export async function lastHeartbeat(database: Database): Promise<number> {
  const { facts } = database.tables;
  const [row] = await database.query.select({ value: facts.value }).from(facts).where(eq(facts.name, NAME));
  return row === undefined ? 0 : Number(row.value);
}

/** What writes that a server is alive at a moment; never an earlier one than stands there. Made once: it is written every second. */
export function heartbeats(database: Database): (now: number) => Statement {
  const { facts } = database.tables;
  const newer = sql`case when cast(${facts.value} as bigint) > cast(excluded.value as bigint) then ${facts.value} else excluded.value end`;
  const statement = prepare(
    database.query
      .insert(facts)
      .values({ name: NAME, value: sql.placeholder('now') })
      .onConflictDoUpdate({ target: facts.name, set: { value: newer } }),
  );
  return (now) => statement({ now: String(now) });
}
