/** Rows of attempts as a counting thread reads them, with a connection of its own. */
import Sqlite from 'better-sqlite3';
import pg from 'pg';

export interface Query {
  readonly sql: string;
  readonly params: readonly (string | number)[];
}

const CHUNK = 1000;

export type Row = readonly unknown[];

/** The two databases, as far as counting goes. */
export interface Rows {
  /** So many at once: there may be millions, and each step of a cursor costs more than a row. */
  scan(query: Query): AsyncIterable<readonly Row[]>;
  /** All at once; also while a scan is under way. */
  all(sql: string, param: string): Promise<readonly Row[]>;
  close(): Promise<void>;
}

/** Opens one of the two. */
export async function openRows(dialect: 'sqlite' | 'postgres', location: string): Promise<Rows> {
  return dialect === 'sqlite' ? sqliteRows(location) : await postgresRows(location);
}

function sqliteRows(location: string): Rows {
  const db = new Sqlite(location, { readonly: true });
  return {
    async *scan({ sql, params }) {
      let rows: Row[] = [];
      const cursor = db.prepare<(string | number)[], Row>(sql).raw(true);
      for (const row of cursor.iterate(...params)) {
        rows.push(row);
        if (rows.length < CHUNK) continue;
        yield rows;
        rows = [];
      }
      yield rows;
    },
    all: async (sql, param) => db.prepare<[string], Row>(sql).raw(true).all(param),
    close: async () => void db.close(),
  };
}

async function postgresRows(location: string): Promise<Rows> {
  const client = new pg.Client({ connectionString: location });
  await client.connect();
  await client.query('begin read only');
  return {
    async *scan({ sql, params }) {
      await client.query({ text: `declare scan no scroll cursor for ${sql}`, values: [...params] });
      for (;;) {
        const { rows } = await client.query<unknown[]>({
          text: `fetch ${CHUNK} from scan`,
          rowMode: 'array',
        });
        if (rows.length === 0) break;
        yield rows;
      }
      await client.query('close scan');
    },
    async all(sql, param) {
      return (await client.query<unknown[]>({ text: sql, values: [param], rowMode: 'array' })).rows;
    },
    close: () => client.end(),
  };
}
