/** The running product with somebody at its desk, and a watch on its event loop and memory while something goes on. */
import { join } from 'node:path';
import { openDatabase } from '../../server/platform/database/open.ts';
import { Product } from '../harness/product.ts';
import { LoopWatcher } from './load/loop-watcher.ts';
import { sessionOf } from './people.ts';

const WATCH_MS = 50;

/** What the product was like meanwhile. */
export interface Watched<T> {
  readonly result: T;
  readonly seconds: number;
  /** Longest time, ms, that the event loop did one thing; without what it waited for a processor. */
  readonly stallMs: number;
  /** What the process grew by, and all of it, MB. */
  readonly grownMb: number;
  readonly mostMb: number;
}

export class BenchDesk {
  readonly product: Product;
  readonly #watcher: LoopWatcher;
  readonly #cookie: string;

  private constructor(product: Product, watchFile: string, personId: number) {
    this.product = product;
    this.#watcher = new LoopWatcher(product.child.pid ?? 0, watchFile);
    this.#cookie = `hoithi=${sessionOf(personId)}`;
  }

  /** The product over a database that is filled; the person becomes an admin of it. */
  static async open(location: string, folder: string, personId: number): Promise<BenchDesk> {
    const database = await openDatabase(location, (error) => {
      throw error;
    });
    const role = { personId, role: 'admin', grantedAt: Date.now() };
    await database.atomic([database.query.insert(database.tables.roles).values(role)]);
    await database.close();
    const watchFile = join(folder, 'desk.watch');
    const product = await Product.start({
      location,
      dataDir: folder,
      nodeFlags: ['--import', new URL('./load/loop-watch.ts', import.meta.url).href],
      env: { LOOP_WATCH_FILE: watchFile },
    });
    return new BenchDesk(product, watchFile, personId);
  }

  async ask(method: string, path: string, body?: object) {
    const reply = await fetch(`http://127.0.0.1:${this.product.port}${path}`, {
      method,
      headers: {
        cookie: this.#cookie,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const told = await reply.json();
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(told)}`);
    return told;
  }

  /** A file; what comes is counted and let go. */
  async take(path: string): Promise<number> {
    const reply = await fetch(`http://127.0.0.1:${this.product.port}${path}`, {
      headers: { cookie: this.#cookie },
    });
    if (!reply.ok || reply.body === null) throw new Error(`${path}: ${reply.status}`);
    let bytes = 0;
    for await (const chunk of reply.body) bytes += chunk.length;
    return bytes;
  }

  async watched<T>(work: () => Promise<T>): Promise<Watched<T>> {
    const before = this.product.usage().memoryBytes;
    let [most, running] = [before, true];
    await this.#watcher.seen();
    const watching = (async () => {
      while (running) {
        most = Math.max(most, this.product.usage().memoryBytes);
        await new Promise((again) => setTimeout(again, WATCH_MS));
      }
    })();
    const from = performance.now();
    try {
      const result = await work();
      const seconds = (performance.now() - from) / 1000;
      const { stallMs } = await this.#watcher.seen();
      return { result, seconds, stallMs, grownMb: (most - before) / 1e6, mostMb: most / 1e6 };
    } finally {
      running = false;
      await watching;
    }
  }

  close(): Promise<void> {
    return this.product.stop();
  }
}
