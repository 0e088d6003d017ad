/**
 * The first minute of a contest that everybody waited for: visitors, sign-ins and starts at the same time, saves going on
 * beside them, then everybody submits at once. People who wait for a password's check are told their place and come again.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { loginHash } from '../../server/accounts/login-names.ts';
import { hashPassword } from '../../server/accounts/passwords.ts';
import { readConfig } from '../../server/config.ts';
import { openDatabase } from '../../server/platform/database/open.ts';
import { Secrets } from '../../server/platform/secrets.ts';
import { Product, SECRET } from '../harness/product.ts';
import { type Bench, rounded } from './bench.ts';
import {
  isSaved,
  readStarted,
  type Started,
  saveRequest,
  startRequest,
  submitRequest,
} from './load/attempt-requests.ts';
import { Connection, get, post, type Reply } from './load/connection.ts';
import { Latencies } from './load/latencies.ts';
import { sessionOf } from './people.ts';
import { openPlace } from './place.ts';
import { seed } from './seed.ts';

const FULL = { seconds: 60, visitors: 20_000, signIns: 5000, starts: 10_000 };
const QUICK = { seconds: 3, visitors: 200, signIns: 20, starts: 100 };
const PASSWORD = 'một mật khẩu của nhiều người';
/** Connections of those who come and go. */
const CONNECTIONS = 48;
/** A sign-in is answered or told its place within so long, so each that is under way has its own connection. */
const SIGN_IN_CONNECTIONS = 200;
const SAVES_PER_S = 50;

/** Connections that are handed from one to the next; who finds none free waits. One that the server closed for idling is opened again, as browsers do. */
class Lines {
  readonly #port: number;
  readonly #all: Connection[] = [];
  readonly #free: Connection[] = [];
  readonly #waiting: ((connection: Connection) => void)[] = [];

  private constructor(port: number) {
    this.#port = port;
  }

  static async open(port: number, count: number): Promise<Lines> {
    const lines = new Lines(port);
    for (let i = 0; i < count; i++) lines.#all.push(await Connection.open(port));
    lines.#free.push(...lines.#all);
    return lines;
  }

  close(): void {
    for (const connection of this.#all) connection.close();
  }

  async ask(request: string): Promise<Reply> {
    const given = this.#free.pop() ?? (await new Promise<Connection>((take) => this.#waiting.push(take)));
    const connection = given.lost ? await this.#another(given) : given;
    try {
      return await connection.ask(request);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free.push(connection);
      else next(connection);
    }
  }

  async #another(lost: Connection): Promise<Connection> {
    const connection = await Connection.open(this.#port);
    this.#all.splice(this.#all.indexOf(lost), 1, connection);
    return connection;
  }
}

/** Everybody from key 1 on may sign in with one password. */
async function givePasswords(location: string, people: number): Promise<void> {
  const database = await openDatabase(location, (error) => {
    throw error;
  });
  const secrets = new Secrets(SECRET);
  const passwordHash = await hashPassword(PASSWORD, readConfig({}).passwordCost);
  const { logins, loginNames } = database.tables;
  for (let first = 1; first <= people; first += 500) {
    const keys = Array.from({ length: Math.min(500, people - first + 1) }, (_, i) => first + i);
    await database.atomic([
      database.query.insert(logins).values(
        keys.map((personId) => ({
          personId,
          passwordHash,
          passwordChangedAt: 0,
          userName: nameOf(personId),
        })),
      ),
      database.query.insert(loginNames).values(
        keys.map((personId) => ({
          personId,
          kind: 'userName',
          nameHash: loginHash(secrets, { kind: 'userName', normal: nameOf(personId) }),
        })),
      ),
    ]);
  }
  await database.close();
}

const nameOf = (personId: number): string => `nguoi.thu.${personId}`;

/** Calls `come` so many times, evenly over `seconds`; resolves when all that came are done. */
async function evenly(count: number, seconds: number, come: (i: number) => Promise<void>): Promise<void> {
  const began = performance.now();
  const under: Promise<void>[] = [];
  for (let i = 0; i < count; i++) {
    const wait = began + (i * seconds * 1000) / count - performance.now();
    if (wait > 1) await sleep(wait);
    under.push(come(i));
  }
  await Promise.all(under);
}

class Opening {
  readonly pages = new Latencies();
  readonly signIns = new Latencies();
  readonly starts = new Latencies();
  readonly saves = new Latencies();
  readonly submits = new Latencies();
  readonly attempts: Started[] = [];
  errors = 0;
  largestPlace = 0;
  readonly #lines: Lines;
  readonly #signInLines: Lines;

  constructor(lines: Lines, signInLines: Lines) {
    this.#lines = lines;
    this.#signInLines = signInLines;
  }

  async #timed(
    latencies: Latencies,
    lines: Lines,
    request: string,
    isRight: (reply: Reply) => boolean,
  ): Promise<Reply> {
    const sent = performance.now();
    const reply = await lines.ask(request);
    latencies.add(performance.now() - sent);
    if (!isRight(reply)) this.errors += 1;
    return reply;
  }

  async visit(slug: string, i: number): Promise<void> {
    const address = i % 2 === 0 ? '/api/contests' : `/api/contests/${slug}`;
    await this.#timed(this.pages, this.#lines, get(address), ({ status }) => status === 200);
  }

  /** From the first try until signed in, with all waiting in between. */
  async signIn(personId: number): Promise<void> {
    const began = performance.now();
    let ticket = '';
    for (;;) {
      const body = JSON.stringify({
        login: nameOf(personId),
        password: 'PASSWORD',
        ...(ticket === '' ? {} : { ticket }),
      });
      const bytes = Buffer.from(body.replace('PASSWORD', PASSWORD)).toString('latin1');
      const { status, body: text } = await this.#signInLines.ask(post('/api/sessions', '', bytes));
      if (status === 200) break;
      const facts: { ticket?: string; place?: number; retryAfterMs?: number } =
        status === 429 ? (JSON.parse(text).facts ?? {}) : {};
      if (facts.ticket === undefined) {
        this.errors += 1;
        return;
      }
      ticket = facts.ticket;
      this.largestPlace = Math.max(this.largestPlace, facts.place ?? 0);
      await sleep(facts.retryAfterMs ?? 1000);
    }
    this.signIns.add(performance.now() - began);
  }

  async start(round: string, personId: number): Promise<void> {
    const reply = await this.#timed(
      this.starts,
      this.#lines,
      startRequest(round, sessionOf(personId), 1),
      ({ status }) => status === 200,
    );
    const started = readStarted(reply);
    if (started !== null) this.attempts.push(started);
  }

  async save(i: number): Promise<void> {
    const attempt = this.attempts[i];
    if (attempt === undefined) return;
    await this.#timed(this.saves, this.#lines, saveRequest(attempt, 'phone-1', 1, i % 20), (reply) =>
      isSaved(reply, 1),
    );
  }

  async submitAll(): Promise<void> {
    await Promise.all(
      this.attempts.map((attempt) =>
        this.#timed(this.submits, this.#lines, submitRequest(attempt), ({ status }) => status === 200),
      ),
    );
  }
}

export const opening: Bench = {
  name: 'opening',
  about: 'visitors, sign-ins and starts in one minute, then submits at once',
  async run(options) {
    const size = options.quick ? QUICK : FULL;
    const place = await openPlace('sqlite');
    try {
      const location = await place.database('product');
      options.say('seeding');
      const seeded = await seed(location, { people: size.signIns + size.starts });
      await givePasswords(location, size.signIns);
      const product = await Product.start({ location, dataDir: place.folder });
      const lines = await Lines.open(product.port, CONNECTIONS);
      const signInLines = await Lines.open(product.port, SIGN_IN_CONNECTIONS);
      const run = new Opening(lines, signInLines);
      options.say(
        `${size.visitors} visitors, ${size.signIns} sign-ins and ${size.starts} starts in ${size.seconds} s`,
      );
      const signedIn = evenly(size.signIns, size.seconds, (i) => run.signIn(i + 1));
      await Promise.all([
        evenly(size.visitors, size.seconds, (i) => run.visit(seeded.contest.slug, i)),
        evenly(size.starts, size.seconds, (i) => run.start(seeded.round.uid, size.signIns + i + 1)),
        evenly(size.seconds * SAVES_PER_S, size.seconds, (i) => run.save(i)),
      ]);
      options.say('everybody submits');
      await run.submitAll();
      options.say('waiting for the last sign-ins');
      await signedIn;
      lines.close();
      signInLines.close();
      await product.stop();
      const p99 = (latencies: Latencies): number => rounded(latencies.summary().p99);
      return {
        figures: {
          page_p99_ms: p99(run.pages),
          sign_in_p99_ms: p99(run.signIns),
          sign_in_longest_ms: rounded(run.signIns.summary().max),
          largest_place_shown: run.largestPlace,
          start_p99_ms: p99(run.starts),
          save_p99_ms: p99(run.saves),
          submit_p99_ms: p99(run.submits),
          visitors: run.pages.summary().count,
          sign_ins: run.signIns.summary().count,
          starts: run.starts.summary().count,
          submits: run.submits.summary().count,
          errors: run.errors,
        },
        goals: { errors: { atMost: 0 }, save_p99_ms: { atMost: 50 } },
        notes: [
          'a sign-in is measured from the first try until signed in, with the waiting that its place in the queue means; one lane of hashing, as shipped',
          `submits: all at once over ${CONNECTIONS} connections; the time is from sending`,
        ],
      };
    } finally {
      await place.remove();
    }
  },
};
