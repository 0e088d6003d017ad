/** Nudges between the nodes of a cluster. Loaded on PostgreSQL alone: its driver takes a while at the start. */
import pg from 'pg';
import type { Logger } from 'pino';
import { type Announcer, LocalAnnouncer } from './announcer.ts';

const CHANNEL = 'hoithi';
/** A topic is told to other nodes at most so often, ms. */
const THROTTLE_MS = 100;
/** After so long it is tried again to connect, and to send what could not be sent, ms. */
const AGAIN_MS = 1000;

/** A cluster: the same, carried by NOTIFY on a connection of its own. */
export class PostgresAnnouncer implements Announcer {
  readonly #local = new LocalAnnouncer();
  readonly #url: string;
  readonly #log: Logger;
  readonly #pending = new Set<string>();
  #client: pg.Client | null = null;
  #timer: NodeJS.Timeout | null = null;
  #retry: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(url: string, log: Logger) {
    this.#url = url;
    this.#log = log;
  }

  async start(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url, keepAlive: true });
    client.on('notification', ({ payload }) => {
      for (const topic of (payload ?? '').split('\n')) this.#local.announce(topic);
    });
    client.on('error', (error) => this.#lost(error));
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    this.#client = client;
    if (this.#pending.size > 0) this.#soon();
  }

  async #startAgain(): Promise<void> {
    await this.start();
    this.#local.missed();
  }

  #lost(error: Error): void {
    this.#client = null;
    if (this.#closed) return;
    this.#log.warn({ err: error }, 'announcer lost its connection');
    // One loss is told more than once, and each further connection would hear everything again.
    this.#retry ??= setTimeout(() => {
      this.#retry = null;
      this.#startAgain().catch((again: Error) => this.#lost(again));
    }, AGAIN_MS).unref();
  }

  announce(topic: string): void {
    this.#pending.add(topic);
    this.#soon();
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => this.#flush(), THROTTLE_MS);
  }

  #flush(): void {
    this.#timer = null;
    const topics = [...this.#pending];
    this.#pending.clear();
    const client = this.#client;
    if (client === null) {
      this.#notSent(topics);
      return;
    }
    // NOTIFY carries at most 8,000 bytes.
    for (let i = 0; i < topics.length; i += 200) {
      const some = topics.slice(i, i + 200);
      client.query('select pg_notify($1, $2)', [CHANNEL, some.join('\n')]).catch((error: Error) => {
        this.#log.warn({ err: error }, 'nudge not sent');
        this.#notSent(some);
      });
    }
  }

  /** Heard here at once, and elsewhere when the connection is back. */
  #notSent(topics: readonly string[]): void {
    for (const topic of topics) {
      this.#pending.add(topic);
      this.#local.announce(topic);
    }
    if (this.#client !== null && !this.#closed) this.#timer ??= setTimeout(() => this.#flush(), AGAIN_MS);
  }

  listen(prefix: string, heard: (topic: string) => void, missed?: () => void): () => void {
    return this.#local.listen(prefix, heard, missed);
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#retry !== null) clearTimeout(this.#retry);
    await this.#client?.end();
    await this.#local.close();
  }
}
