/** Nudges between the nodes of a cluster. Loaded on PostgreSQL alone: its driver takes a while at the start. */
import pg from 'pg';
import type { Logger } from 'pino';
import { type Announcer, LocalAnnouncer } from './announcer.ts';

const CHANNEL = 'hoithi';
/** A topic is told to other nodes at most so often, ms. */
const THROTTLE_MS = 100;

/** A cluster: the same, carried by NOTIFY on a connection of its own. */
export class PostgresAnnouncer implements Announcer {
  readonly #local = new LocalAnnouncer();
  readonly #url: string;
  readonly #log: Logger;
  readonly #pending = new Set<string>();
  #client: pg.Client | null = null;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(url: string, log: Logger) {
    this.#url = url;
    this.#log = log;
  }

  async start(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url });
    client.on('notification', ({ payload }) => {
      for (const topic of (payload ?? '').split('\n')) this.#local.announce(topic);
    });
    client.on('error', (error) => this.#lost(error));
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    this.#client = client;
  }

  #lost(error: Error): void {
    this.#client = null;
    if (this.#closed) return;
    this.#log.warn({ err: error }, 'announcer lost its connection');
    setTimeout(() => this.start().catch((again: Error) => this.#lost(again)), 1000).unref();
  }

  announce(topic: string): void {
    this.#pending.add(topic);
    this.#timer ??= setTimeout(() => this.#flush(), THROTTLE_MS);
  }

  #flush(): void {
    this.#timer = null;
    const topics = [...this.#pending];
    this.#pending.clear();
    const client = this.#client;
    if (client === null) {
      for (const topic of topics) this.#local.announce(topic);
      return;
    }
    // NOTIFY carries at most 8,000 bytes.
    for (let i = 0; i < topics.length; i += 200) {
      client
        .query('select pg_notify($1, $2)', [CHANNEL, topics.slice(i, i + 200).join('\n')])
        .catch((error: Error) => this.#log.warn({ err: error }, 'nudge not sent'));
    }
  }

  listen(prefix: string, heard: (topic: string) => void): () => void {
    return this.#local.listen(prefix, heard);
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#client?.end();
    await this.#local.close();
  }
}
