/** How a thread that counts or grades reads the database: by a connection of its own, that writes nothing. */
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import type { RawRow } from './door.ts';

/** A query as it is sent to a thread. */
export interface CompiledQuery {
  readonly sql: string;
  readonly params: readonly (string | number)[];
}

export interface ThreadReader {
  /** All at once; also while a scan is under way. */
  all(query: CompiledQuery): Promise<readonly RawRow[]>;
  /** So many at once: there may be millions, and each step of a cursor costs more than a row. One scan at a time. */
  scan(query: CompiledQuery): AsyncIterable<readonly RawRow[]>;
  close(): Promise<void>;
}

const CHUNK = 1000;

/** `location`: file path or address. */
export async function openThreadReader(
  dialect: 'sqlite' | 'postgres',
  location: string,
): Promise<ThreadReader> {
  return dialect === 'sqlite' ? sqliteReader(location) : await postgresReader(location);
}

function sqliteReader(location: string): ThreadReader {
  const db = new Sqlite(location, { readonly: true });
  const prepared = (sql: string) => db.prepare<(string | number)[], RawRow>(sql).raw(true);
  return {
    all: async ({ sql, params }) => prepared(sql).all(...params),
    async *scan({ sql, params }) {
      let rows: RawRow[] = [];
      for (const row of prepared(sql).iterate(...params)) {
        rows.push(row);
        if (rows.length < CHUNK) continue;
        yield rows;
        rows = [];
      }
      yield rows;
    },
    close: async () => void db.close(),
  };
}

async function postgresReader(location: string): Promise<ThreadReader> {
  const client = new pg.Client({ connectionString: location });
  await client.connect();
  return {
    async all({ sql, params }) {
      return (await client.query<unknown[]>({ text: sql, values: [...params], rowMode: 'array' })).rows;
    },
    async *scan({ sql, params }) {
      await client.query('begin read only');
      try {
        await client.query({ text: `declare scan no scroll cursor for ${sql}`, values: [...params] });
        for (;;) {
          const { rows } = await client.query<unknown[]>({
            text: `fetch ${CHUNK} from scan`,
            rowMode: 'array',
          });
          if (rows.length === 0) return;
          yield rows;
        }
      } finally {
        await client.query('rollback');
      }
    },
    close: () => client.end(),
  };
}
