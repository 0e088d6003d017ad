/** Promise 2: a full disk is said, never hidden, and over when there is room again. */
import Sqlite from 'better-sqlite3';
import { eq, sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { AttemptReply } from '../../server/contracts/attempts.ts';
import { prepare, UnavailableError } from '../../server/platform/database/door.ts';
import { SqliteDatabase } from '../../server/platform/database/sqlite.ts';
import { someAnswer, Taker } from './taker.ts';
import { openWorld, printCount, type World } from './world.ts';

const PEOPLE = 200;
const MOST_ROUNDS = 200;

interface Taking {
  readonly taker: Taker;
  readonly attempt: AttemptReply;
  /** Number of the save that is to be acknowledged next. */
  n: number;
  acknowledged: number;
}

function sqliteOf({ server }: World): SqliteDatabase {
  const { database } = server.context;
  if (!(database instanceof SqliteDatabase)) throw new Error('not the embedded database');
  return database;
}

/** No page more than there are, and none of them free. */
async function fill(database: SqliteDatabase, location: string): Promise<void> {
  await database.atomic([{ sql: 'create table filler (bytes blob)', params: [] }]);
  const file = new Sqlite(location, { readonly: true });
  const free = Number(file.pragma('freelist_count', { simple: true }));
  file.close();
  await database.atomic([{ sql: 'insert into filler values (zeroblob(?))', params: [free * 4096] }]);
  await database.limitPages(1);
}

async function saveOnce(taking: Taking): Promise<number> {
  const { taker, attempt, n } = taking;
  // Texts take room, so that the file must grow.
  const changes = { [n % 20]: someAnswer(attempt, n % 20, n) };
  const { status, code, body } = await taker.save(attempt, { device: 'phone1', n, base: n - 1, changes });
  if (status === 200) {
    expect(body.seq).toBe(n);
    taking.acknowledged = n;
    taking.n = n + 1;
  } else expect({ status, code }).toEqual({ status: 503, code: 'unavailable' });
  return status;
}

it('refuses with 503 while the disk is full, and goes on by itself afterwards', {
  timeout: 120_000,
}, async () => {
  const world = await openWorld({ people: PEOPLE });
  const database = sqliteOf(world);
  const takings: Taking[] = [];
  for (let person = 1; person <= PEOPLE; person++) {
    const taker = new Taker(world.server, person);
    const { body: attempt } = await taker.start(world.seeded.round.uid);
    takings.push({ taker, attempt, n: 1, acknowledged: 0 });
  }
  await fill(database, world.location);
  const { attempts, saves } = database.tables;
  const byId = prepare(
    database.query
      .select({ id: attempts.id })
      .from(attempts)
      .where(eq(attempts.id, sql.placeholder('id'))),
  );
  const statuses = new Map<number, number>();
  for (let round = 0; round < MOST_ROUNDS && (statuses.get(503) ?? 0) < 1000; round++) {
    for (const status of await Promise.all(takings.map(saveOnce)))
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  expect(statuses.get(503)).toBeGreaterThanOrEqual(1000);

  // Who only reads is refused nothing, though it stands in line behind somebody who is.
  const [one] = await database.query.select({ id: attempts.id }).from(attempts).limit(1);
  const writing = database.atomic([{ sql: 'insert into filler values (zeroblob(1000000))', params: [] }]);
  const looking = database.look(byId({ id: one?.id ?? 0 }));
  await expect(writing).rejects.toBeInstanceOf(UnavailableError);
  expect(await looking).toEqual([one]);

  // What was acknowledged is there, while the disk is full and afterwards; what was refused can be sent again.
  await database.limitPages(1_000_000);
  for (const taking of takings) expect(await saveOnce(taking)).toBe(200);
  expect(await database.query.$count(attempts)).toBe(PEOPLE);
  expect(await database.query.$count(saves)).toBe(
    takings.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
  );
  const again = await Promise.all(takings.map(({ taker, attempt }) => taker.read(attempt.id)));
  expect(again.map(({ body }) => body.seq)).toEqual(takings.map(({ acknowledged }) => acknowledged));
  printCount(
    `${statuses.get(503)} saves refused on a full disk, ${statuses.get(200) ?? 0} acknowledged beside them, none lost`,
  );
});
