/**
 * What the engine underneath can do with nothing of ours on top: one Fastify route, one validated JSON body, one durable
 * insert. On SQLite through the same writer thread with group commit; on PostgreSQL in batches through `unnest`, two in
 * flight. Its own process: `node tests/bench/bare-engine.ts <location>`; prints its port.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { fastify } from 'fastify';
import pg from 'pg';
import Type from 'typebox';
import { openSqlite } from '../../server/platform/database/sqlite.ts';

const Body = Type.Object(
  {
    device: Type.String({ pattern: '^[A-Za-z0-9_-]{4,24}$' }),
    n: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    base: Type.Integer({ minimum: 0 }),
    changes: Type.Record(Type.String({ pattern: '^\\d{1,3}$' }), Type.Array(Type.Integer())),
  },
  { additionalProperties: false },
);
type Body = Type.Static<typeof Body>;

/** One durable insert. */
type Insert = (n: number, text: string) => Promise<unknown>;

/** About as long as a sheet half answered. */
const SHEET = 'x'.repeat(120);
const TABLE = 'create table bare (id integer primary key, n integer not null, text text not null)';

async function sqliteInsert(path: string): Promise<Insert> {
  const database = await openSqlite(path, (error) => {
    throw error;
  });
  await database.atomic([{ sql: TABLE, params: [] }]);
  const sql = 'insert into bare (n, text) values (?, ?)';
  return (n, text) => database.atomic([{ sql, params: [n, text] }]);
}

const IN_FLIGHT = 2;
const MAX_BATCH = 500;

async function postgresInsert(url: string): Promise<Insert> {
  const pool = new pg.Pool({ connectionString: url, max: IN_FLIGHT });
  await pool.query('create table bare (id bigserial primary key, n bigint not null, text text not null)');
  let waiting: { n: number; text: string; done: () => void; failed: (error: unknown) => void }[] = [];
  let inFlight = 0;
  const flush = (): void => {
    if (inFlight >= IN_FLIGHT || waiting.length === 0) return;
    const batch = waiting.slice(0, MAX_BATCH);
    waiting = waiting.slice(MAX_BATCH);
    inFlight += 1;
    pool
      .query({
        name: 'bare',
        text: 'insert into bare (n, text) select * from unnest($1::bigint[], $2::text[])',
        values: [batch.map(({ n }) => n), batch.map(({ text }) => text)],
      })
      .then(
        () => {
          for (const { done } of batch) done();
        },
        (error: unknown) => {
          for (const { failed } of batch) failed(error);
        },
      )
      .finally(() => {
        inFlight -= 1;
        flush();
      });
  };
  return (n, text) =>
    new Promise<void>((done, failed) => {
      waiting.push({ n, text, done, failed });
      queueMicrotask(flush);
    });
}

async function serve(location: string): Promise<void> {
  const insert = await (location.startsWith('postgres') ? postgresInsert(location) : sqliteInsert(location));
  const http = fastify();
  const response = { 200: Type.Object({ n: Type.Integer() }) };
  http.post<{ Body: Body }>('/saves', { schema: { body: Body, response } }, async ({ body }) => {
    await insert(body.n, SHEET);
    return { n: body.n };
  });
  const address = await http.listen({ port: 0, host: '127.0.0.1' });
  process.stdout.write(`${new URL(address).port}\n`);
  process.on('SIGTERM', () => process.exit(0));
}

/** Starts it in a process of its own on an empty database. */
export async function startBareEngine(
  location: string,
): Promise<{ readonly port: number; readonly pid: number; readonly stop: () => void }> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), location], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.once('data', (bytes: Buffer) => resolve(Number(bytes.toString().trim())));
    child.once('exit', (code) => reject(new Error(`the bare engine ended with ${code}`)));
  });
  return { port, pid: child.pid ?? 0, stop: () => child.kill('SIGTERM') };
}

const location = process.argv[2];
if (location !== undefined && process.argv[1] === fileURLToPath(import.meta.url)) await serve(location);
