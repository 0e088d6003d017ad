import { eq, sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { ConflictError, expecting, prepare } from '../../../server/platform/database/door.ts';
import { Keys } from '../../../server/platform/database/keys.ts';
import { openDatabase } from '../../../server/platform/database/open.ts';
import { onBothDatabases, startPostgres } from '../../harness/databases.ts';

onBothDatabases('the database door', (databases, dialect) => {
  it('runs statements together or not at all', async () => {
    const database = await databases.open();
    const { facts } = database.tables;
    const insert = (name: string) => database.query.insert(facts).values({ name, value: 'x' });
    await database.atomic([insert('a')]);
    await expect(database.atomic([insert('b'), insert('a')])).rejects.toBeInstanceOf(ConflictError);
    const rows = await database.query.select().from(facts);
    expect(rows.map((row) => row.name)).toEqual(['a']);
  });

  it.runIf(dialect === 'postgres')('gives up a transaction whose node fell silent in its midst', async () => {
    const database = await databases.open();
    const asked = { sql: "select current_setting('idle_in_transaction_session_timeout')", params: [] };
    const [{ rows }] = await database.atomic([asked]);
    expect(rows).toEqual([['15s']]);
  });

  it('keeps what others write in the same commit when one caller fails', async () => {
    const database = await databases.open();
    const { facts } = database.tables;
    const insert = (name: string) => database.query.insert(facts).values({ name, value: 'x' });
    await database.atomic([insert('taken')]);
    const callers = Array.from({ length: 50 }, (_, i) =>
      database.atomic([insert(`n${i}`), insert(i % 5 === 0 ? 'taken' : `m${i}`)]),
    );
    const settled = await Promise.allSettled(callers);
    expect(settled.filter((one) => one.status === 'rejected')).toHaveLength(10);
    const rows = await database.query.select().from(facts);
    expect(rows).toHaveLength(1 + 40 * 2);
  });

  it('rolls a caller back when a statement touches another number of rows than expected', async () => {
    const database = await databases.open();
    const { facts } = database.tables;
    const change = database.query.update(facts).set({ value: 'y' }).where(sql`${facts.name} = 'nobody'`);
    const insert = database.query.insert(facts).values({ name: 'a', value: 'x' });
    await expect(database.atomic([insert, expecting(1, change)])).rejects.toBeInstanceOf(ConflictError);
    expect(await database.query.select().from(facts)).toEqual([]);
  });

  it('says what went wrong first, keeps nothing of it, and goes on', async () => {
    const database = await databases.open();
    const { facts } = database.tables;
    const insert = (name: string) => database.query.insert(facts).values({ name, value: 'x' });
    const change = database.query.update(facts).set({ value: 'y' }).where(sql`${facts.name} = 'nobody'`);
    const broken = { sql: 'insert into nowhere (name) values (1)', params: [] };
    for (let i = 0; i < 30; i++) {
      const refused = database.atomic([insert('a'), expecting(1, change), broken, insert('b')]);
      await expect(refused).rejects.toThrow('expected 1 rows, touched 0');
      await expect(database.atomic([insert('a'), broken, insert('b')])).rejects.toThrow('nowhere');
    }
    expect(await database.query.select().from(facts)).toEqual([]);
    await database.atomic([insert('a'), insert('b'), expecting(1, insert('c'))]);
    expect(await database.query.$count(facts)).toBe(3);
  });

  it('gives back typed rows, and runs prepared statements', async () => {
    const database = await databases.open();
    const { people } = database.tables;
    const insert = prepare(
      database.query
        .insert(people)
        .values({
          id: sql.placeholder('id'),
          uid: sql.placeholder('uid'),
          name: 'A',
          folded: 'a',
          sortKey: 'a',
          guest: false,
          createdAt: 1,
        })
        .returning({ id: people.id, guest: people.guest }),
    );
    const [first] = await database.atomic([insert({ id: 1, uid: 'u1' })]);
    expect(first.rows).toEqual([{ id: 1, guest: false }]);
    expect(first.changes).toBe(1);
  });

  it('looks rows up as they stand, typed, alone and while others write', async () => {
    const database = await databases.open();
    const { people } = database.tables;
    const person = (id: number) =>
      database.query
        .insert(people)
        .values({ id, uid: `u${id}`, name: 'A', folded: 'a', sortKey: 'a', guest: true, createdAt: 1 });
    const byId = prepare(
      database.query
        .select({ name: people.name, guest: people.guest, unitId: people.unitId })
        .from(people)
        .where(eq(people.id, sql.placeholder('id'))),
    );
    const row = { name: 'A', guest: true, unitId: null };
    expect(await database.look(byId({ id: 1 }))).toEqual([]);
    await database.atomic([person(1)]);
    expect(await database.look(byId({ id: 1 }))).toEqual([row]);
    const writing = Array.from({ length: 30 }, (_, i) => database.atomic([person(i + 2)]));
    const looks = await Promise.all([1, 1, 99].map((id) => database.look(byId({ id }))));
    expect(looks).toEqual([[row], [row], []]);
    await Promise.all(writing);
    expect(await database.look(byId({ id: 31 }))).toEqual([row]);
  });

  it('scans rows and numbers in chunks', async () => {
    const database = await databases.open();
    const { keyBlocks } = database.tables;
    await database.atomic([
      database.query
        .insert(keyBlocks)
        .values(Array.from({ length: 25 }, (_, i) => ({ name: `n${String(i).padStart(2, '0')}`, next: i }))),
    ]);
    const chunks: number[] = [];
    const names: unknown[] = [];
    for await (const rows of database.scan(
      database.query.select({ name: keyBlocks.name }).from(keyBlocks).orderBy(keyBlocks.name),
      { chunk: 10 },
    )) {
      chunks.push(rows.length);
      names.push(...rows.map((row) => row[0]));
    }
    expect(chunks).toEqual([10, 10, 5]);
    expect(names[24]).toBe('n24');
    let sum = 0;
    for await (const numbers of database.scanNumbers(
      database.query.select({ next: keyBlocks.next }).from(keyBlocks),
    ))
      for (const n of numbers) sum += n;
    expect(sum).toBe(300);
  });

  it('hands out each key once', async () => {
    const database = await databases.open();
    const nodes = [new Keys(database), new Keys(database)];
    const keys = await Promise.all(Array.from({ length: 5000 }, (_, i) => nodes[i % 2]?.next('attempts')));
    expect(new Set(keys).size).toBe(5000);
  });

  it.runIf(dialect === 'postgres')(
    'outlives a connection that is cut between two chunks of a scan',
    async () => {
      const database = await databases.open();
      const { facts } = database.tables;
      const names = Array.from({ length: 4 }, (_, i) => ({ name: `n${i}`, value: 'x' }));
      await database.atomic([database.query.insert(facts).values(names)]);
      const scan = database.scan(database.query.select({ name: facts.name }).from(facts), { chunk: 2 });
      const cut = (async () => {
        for await (const rows of scan) {
          expect(rows).toHaveLength(2);
          await database.query.execute(
            sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`,
          );
          await new Promise((then) => setTimeout(then, 100));
        }
      })();
      await expect(cut).rejects.toThrow();
      expect(await database.query.select().from(facts)).toHaveLength(4);
    },
  );

  it('commits durably', async () => {
    if (dialect === 'sqlite') {
      const durability = await (await databases.open()).durability();
      expect(durability).toMatchObject({ journal_mode: 'wal', synchronous: '2' });
      return;
    }
    // The PostgreSQL of all tests needs no disk: this is asked of one as it comes.
    const server = await startPostgres();
    const database = await openDatabase(await server.createDatabase(), () => undefined);
    expect(await database.durability()).toMatchObject({ fsync: 'on', synchronous_commit: 'on' });
    await database.close();
    await server.stop();
  });
});
