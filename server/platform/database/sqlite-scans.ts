/** The main thread's side of the reader thread: scans as async iterables that pull one chunk at a time. */
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { Parameter, RawRow, ScanOptions, Writable } from './door.ts';
import { UnavailableError } from './door.ts';
import type { ReaderReply, ReaderRequest } from './sqlite-reader.ts';

const CHUNK = 5000;
const TIME_LIMIT_MS = 60_000;

export class SqliteScans {
  readonly #path: string;
  readonly #waiting = new Map<number, (reply: ReaderReply) => void>();
  #port: MessagePort | null = null;
  #next = 1;

  constructor(path: string) {
    this.#path = path;
  }

  async *rows(query: Pick<Writable, 'toSQL'>, options?: ScanOptions): AsyncGenerator<readonly RawRow[]> {
    for await (const reply of this.#scan(query, false, options)) {
      if ('rows' in reply && reply.rows.length > 0) yield reply.rows;
    }
  }

  async *numbers(query: Pick<Writable, 'toSQL'>, options?: ScanOptions): AsyncGenerator<Float64Array> {
    for await (const reply of this.#scan(query, true, options)) {
      if ('numbers' in reply && reply.numbers.length > 0) yield reply.numbers;
    }
  }

  async *#scan(
    query: Pick<Writable, 'toSQL'>,
    numbers: boolean,
    options: ScanOptions = {},
  ): AsyncGenerator<ReaderReply> {
    const { sql, params } = query.toSQL();
    const scan = this.#next++;
    const giveUpAt = performance.now() + (options.timeLimitMs ?? TIME_LIMIT_MS);
    let done = false;
    try {
      let reply = await this.#ask(scan, {
        scan,
        sql,
        params: params as Parameter[],
        numbers,
        chunk: options.chunk ?? CHUNK,
      });
      for (;;) {
        if ('error' in reply) throw new UnavailableError(reply.error);
        done = reply.done;
        yield reply;
        if (done) return;
        if (performance.now() > giveUpAt) throw new UnavailableError('the scan took too long');
        reply = await this.#ask(scan, { more: scan });
      }
    } finally {
      if (!done) this.#port?.postMessage({ stop: scan } satisfies ReaderRequest);
    }
  }

  #ask(scan: number, request: ReaderRequest): Promise<ReaderReply> {
    const port = this.#start();
    const { promise, resolve } = Promise.withResolvers<ReaderReply>();
    this.#waiting.set(scan, resolve);
    port.ref();
    port.postMessage(request);
    return promise;
  }

  /** The thread starts with the first scan: a server that only saves answers needs none. */
  #start(): MessagePort {
    if (this.#port !== null) return this.#port;
    const { port1, port2 } = new MessageChannel();
    const worker = new Worker(new URL('./sqlite-reader.ts', import.meta.url), {
      workerData: { port: port2, path: this.#path },
      transferList: [port2],
    });
    worker.on('error', (error) => this.#failed(String(error)));
    worker.unref();
    port1.on('message', (reply: ReaderReply) => this.#answered(reply));
    this.#port = port1;
    return port1;
  }

  #answered(reply: ReaderReply): void {
    const resolve = this.#waiting.get(reply.scan);
    this.#waiting.delete(reply.scan);
    if (this.#waiting.size === 0) this.#port?.unref();
    resolve?.(reply);
  }

  #failed(error: string): void {
    this.#port = null;
    for (const [scan, resolve] of this.#waiting) resolve({ scan, error });
    this.#waiting.clear();
  }

  close(): void {
    this.#port?.postMessage('close' satisfies ReaderRequest);
    this.#port = null;
  }
}
