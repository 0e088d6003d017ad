/**
 * A thread that draws certificates of one design, asked for one after another. Close it when done. What drawing takes beside
 * the heap comes back only when its thread ends, so another one goes on after some hundreds.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { CertificateText } from './certificate-rules.ts';
import type { CertificateOrder, CertificateReply } from './certificate-worker.ts';

/** A thread draws for some five seconds; the next one needs half a second to begin. */
const DRAWN_MOST = 500;
/** What holds compressors is looked through often, so that they are let go soon. A broken picture fills no more than this. */
const LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 512 };
/** A certificate takes some ten milliseconds: who is not done after this goes round in circles. */
const DRAW_LIMIT_MS = 60_000;

/** The design cannot be drawn, now or later. */
export class CannotDraw extends Error {
  override readonly name = 'CannotDraw';
}

export class CertificatePress {
  readonly #order: CertificateOrder;
  #worker: Worker | null = null;
  #drawn = 0;

  constructor(order: CertificateOrder) {
    this.#order = order;
  }

  /** Bytes of the PDF. Throws `CannotDraw`, for a picture that is broken for one. */
  async print(text: CertificateText): Promise<Uint8Array> {
    if (this.#drawn === DRAWN_MOST) await this.close();
    this.#worker ??= new Worker(new URL('./certificate-worker.ts', import.meta.url), {
      workerData: this.#order,
      resourceLimits: LIMITS,
    });
    this.#drawn += 1;
    const reply = await this.#ask(this.#worker, text).catch(async (error: unknown) => {
      await this.close();
      throw new CannotDraw('the press has ended', { cause: error });
    });
    if ('error' in reply) throw new CannotDraw(reply.error);
    return reply.pdf;
  }

  /** Rejects with what ended the thread, if something does, or when it takes too long. */
  async #ask(worker: Worker, text: CertificateText): Promise<CertificateReply> {
    const answered = new AbortController();
    const signal = AbortSignal.any([answered.signal, AbortSignal.timeout(DRAW_LIMIT_MS)]);
    const ended = once(worker, 'exit', { signal }).then(() => {
      throw new Error('the thread has ended');
    });
    const replied = once(worker, 'message', { signal });
    worker.postMessage(text);
    try {
      const [reply]: CertificateReply[] = await Promise.race([replied, ended]);
      if (reply === undefined) throw new Error('the press said nothing');
      return reply;
    } finally {
      answered.abort();
      for (const waiting of [replied, ended]) waiting.catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    this.#drawn = 0;
    await worker?.terminate();
  }
}
