/**
 * The Monday report of a million attempts of 500,000 people in 10,000 units with three levels, its workbook, and all attempts as
 * a stream of CSV: asked of the product as it ships, over HTTP.
 */
import { get } from 'node:http';
import Excel from 'exceljs';
import { openDatabase } from '../../server/platform/database/open.ts';
import { Product } from '../harness/product.ts';
import { type Bench, type BenchOptions, type Figures, rounded } from './bench.ts';
import { sessionOf } from './people.ts';
import { openPlace } from './place.ts';
import { type Seeded, seed } from './seed.ts';
import { decideWinners } from './winners.ts';

const FULL = { results: 1_000_000, people: 500_000, units: 10_000 };
const QUICK = { results: 4000, people: 2000, units: 1500 };
const ADMIN = 1;
const WATCH_MS = 50;
const NEWLINE = 10;

interface Fetched {
  readonly seconds: number;
  readonly bytes: number;
  readonly lines: number;
  /** Null where only lines are counted. */
  readonly body: Buffer | null;
}

/** A GET as the admin. `keep` false: what comes is counted and let go. */
function fetchFile(port: number, path: string, keep: boolean): Promise<Fetched> {
  const began = performance.now();
  const headers = { cookie: `hoithi=${sessionOf(ADMIN)}` };
  return new Promise((resolve, reject) => {
    get({ port, path, headers }, (reply) => {
      if (reply.statusCode !== 200) reject(new Error(`${path}: ${reply.statusCode}`));
      const chunks: Buffer[] = [];
      let [bytes, lines] = [0, 0];
      reply.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (keep) chunks.push(chunk);
        else for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) lines += 1;
      });
      reply.on('error', reject);
      reply.on('end', () => {
        const seconds = (performance.now() - began) / 1000;
        resolve({ seconds, bytes, lines, body: keep ? Buffer.concat(chunks) : null });
      });
    }).on('error', reject);
  });
}

async function ticketPath(port: number, contest: string, of: string): Promise<string> {
  const reply = await fetch(`http://127.0.0.1:${port}/api/desk/contests/${contest}/exports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: `hoithi=${sessionOf(ADMIN)}` },
    body: JSON.stringify({ of, format: 'csv', personal: false, reason: 'đo tốc độ' }),
  });
  const { path } = await reply.json();
  return path;
}

/** Looks at the product while work goes on: its most memory, and its slowest answer to a trifle. */
async function watched<T>(product: Product, work: Promise<T>) {
  const before = product.usage().memoryBytes;
  let [most, slowestMs, running] = [before, 0, true];
  const watching = (async () => {
    while (running) {
      const from = performance.now();
      await fetch(`http://127.0.0.1:${product.port}/healthz`).then((reply) => reply.arrayBuffer());
      slowestMs = Math.max(slowestMs, performance.now() - from);
      most = Math.max(most, product.usage().memoryBytes);
      await new Promise((again) => setTimeout(again, WATCH_MS));
    }
  })();
  const result = await work;
  running = false;
  await watching;
  return { result, slowestMs, grownMb: (most - before) / 1e6, mostMb: most / 1e6 };
}

async function makeAdmin(location: string): Promise<void> {
  const database = await openDatabase(location, (error) => {
    throw error;
  });
  const { roles } = database.tables;
  await database.atomic([
    database.query.insert(roles).values({ personId: ADMIN, role: 'admin', grantedAt: Date.now() }),
  ]);
  await database.close();
}

/** Lines of the first sheet, and the attempts that its last one says. */
async function readWorkbook(
  body: Buffer | null,
): Promise<{ readonly rows: number; readonly attempts: number }> {
  const book = new Excel.Workbook();
  await book.xlsx.load(new Uint8Array(body ?? []).buffer);
  const [sheet] = book.worksheets;
  return {
    rows: sheet?.actualRowCount ?? 0,
    attempts: Number(sheet?.lastRow?.getCell(5).value ?? 0),
  };
}

async function measure(
  location: string,
  folder: string,
  seeded: Seeded,
  { say }: BenchOptions,
): Promise<Figures> {
  const product = await Product.start({ location, dataDir: folder });
  const { port } = product;
  const report = `/api/desk/contests/${seeded.contest.uid}/report`;
  const which = `preset=round&round=${seeded.earlier.uid}`;
  try {
    say('the report, counted from rows');
    const page = await watched(product, fetchFile(port, `${report}?${which}&limit=100`, true));
    const shown = JSON.parse(page.result.body?.toString() ?? '{}');
    say('the same as a workbook, counted again');
    const book = await watched(product, fetchFile(port, `${report}/file?preset=contest&format=xlsx`, true));
    say('all attempts as CSV');
    const path = await ticketPath(port, seeded.contest.uid, 'attempts');
    const csv = await watched(product, fetchFile(port, path, false));
    say('the winners of the round');
    const winnersS = await decideWinners({
      ...{ port, contest: seeded.contest.uid, round: seeded.earlier.uid },
      cookie: `hoithi=${sessionOf(ADMIN)}`,
    });
    const { rows, attempts } = await readWorkbook(book.result.body);
    return {
      report_s: rounded(page.result.seconds),
      xlsx_s: rounded(book.result.seconds),
      csv_rows_per_s: rounded((csv.result.lines - 1) / csv.result.seconds),
      winners_s: rounded(winnersS),
      memory_mb: rounded(csv.grownMb),
      process_mb: rounded(csv.mostMb),
      stall_ms: rounded(Math.max(page.slowestMs, book.slowestMs, csv.slowestMs)),
      people: Number(shown.total.people),
      attempts: Number(shown.total.attempts),
      csv_rows: csv.result.lines - 1,
      csv_mb: rounded(csv.result.bytes / 1e6),
      xlsx_rows: rows,
      xlsx_attempts: attempts,
    };
  } finally {
    await product.stop();
  }
}

export const unitReport: Bench = {
  name: 'report',
  about: 'the report by unit of a million attempts, as workbook, all attempts as CSV, the winners of a round',
  async run(options) {
    const size = options.quick ? QUICK : FULL;
    const place = await openPlace('sqlite');
    try {
      const location = await place.database('report');
      options.say(`seeding ${size.results} attempts of ${size.people} people in ${size.units} units`);
      const seeded = await seed(location, { ...size, unitLevels: 3 });
      await makeAdmin(location);
      const figures = await measure(location, place.folder, seeded, options);
      const missing =
        Math.abs(Number(figures.attempts) - size.results) + Math.abs(Number(figures.csv_rows) - size.results);
      return {
        figures: { ...figures, missing },
        goals: {
          report_s: { atMost: 2 },
          xlsx_s: { atMost: 10 },
          csv_rows_per_s: { atLeast: 100_000 },
          winners_s: { atMost: 1 },
          memory_mb: { atMost: 200 },
          missing: { atMost: 0 },
        },
        notes: [
          'asked of the running product over HTTP; each report is counted from rows, nothing is kept ready',
          'memory_mb is what the process grew by while it streamed, process_mb all of it with the boards of a million results',
        ],
      };
    } finally {
      await place.remove();
    }
  },
};
