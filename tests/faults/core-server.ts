/**
 * What stands behind the door of a save (token, merge, journal, writer thread, file), behind the plainest HTTP server: it
 * starts in a fraction of the product's time, so that a test run has time for a hundred kills. Environment as the product's.
 */
import '../../server/platform/fast-loading.ts';
import { flushCompileCache } from 'node:module';

const { createServer } = await import('node:http');
const { Attempts } = await import('../../server/attempts/attempts.ts');
const { SqliteJournal } = await import('../../server/attempts/journal-sqlite.ts');
const { Outages } = await import('../../server/attempts/outages.ts');
const { LocalAnnouncer } = await import('../../server/platform/announcer.ts');
const { systemClock } = await import('../../server/platform/clock.ts');
const { Keys } = await import('../../server/platform/database/keys.ts');
const { openSqlite } = await import('../../server/platform/database/sqlite.ts');
const { Secrets } = await import('../../server/platform/secrets.ts');

const database = await openSqlite(process.env.DATABASE_URL ?? '', (error) => {
  throw error;
});
const context = {
  database,
  keys: new Keys(database),
  announcer: new LocalAnnouncer(),
  secrets: new Secrets(process.env.HOITHI_SECRET ?? ''),
  config: { graceMs: 3000 },
};
const clock = systemClock();
const nobodyStarts = {
  byUid: () => null,
  byId: () => null,
  all: () => [],
  ofContest: () => [],
  admit: () => Promise.reject(new Error('nobody starts here')),
  pool: () => Promise.reject(new Error('nothing is drawn here')),
  isOrganiser: async () => false,
};
const journal = await SqliteJournal.load(database);
const attempts = new Attempts(context, nobodyStarts, journal, new Outages(context));

/** Saves what a request carries; the reply has the number of the save. */
async function save(authorization: string | undefined, text: string): Promise<string> {
  const attempt = await attempts.openByToken((authorization ?? '').slice('Attempt '.length));
  const { seq } = await attempts.save(attempt, JSON.parse(text), clock.now());
  return JSON.stringify({ seq, ok: true });
}

const http = createServer((request, reply) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    save(request.headers.authorization, Buffer.concat(parts).toString()).then(
      (text) => reply.writeHead(200, { 'content-length': text.length }).end(text),
      (error: unknown) => {
        const text = String(error);
        reply.writeHead(500, { 'content-length': Buffer.byteLength(text) }).end(text);
      },
    );
  });
});
// Otherwise written when the process ends in peace, which one that is killed never does.
flushCompileCache();
// The load reads headers as Fastify writes them: in small letters.
http.listen(Number(process.env.PORT), '127.0.0.1');
process.on('SIGTERM', () => database.close().then(() => process.exit(0)));
