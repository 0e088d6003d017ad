/** `node tests/faults/commit-some.ts <file> <count> product|careless`: commits one after another; counted from outside. */
import Sqlite from 'better-sqlite3';
import { openSqlite } from '../../server/platform/database/sqlite.ts';

const [path = '', count = '0', mode] = process.argv.slice(2);

/** As the product commits. Prints how often. */
async function commitAsProduct(): Promise<number> {
  const database = await openSqlite(path, (error) => {
    throw error;
  });
  await database.atomic([{ sql: 'create table some (n integer)', params: [] }]);
  for (let n = 1; n < Number(count); n++)
    await database.atomic([{ sql: 'insert into some values (?)', params: [n] }]);
  const { commits } = database.load();
  await database.close();
  return commits;
}

/** The same with `synchronous = OFF`: what a test of kills alone would not notice. */
function commitCarelessly(): number {
  const db = new Sqlite(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = OFF');
  db.exec('create table some (n integer)');
  for (let n = 1; n < Number(count); n++) db.prepare('insert into some values (?)').run(n);
  db.close();
  return Number(count);
}

process.stdout.write(`${mode === 'product' ? await commitAsProduct() : commitCarelessly()}\n`);
