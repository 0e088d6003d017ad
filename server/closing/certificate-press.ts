/** A thread that draws certificates of one design, asked for one after another. Close it when done. */
import { Worker } from 'node:worker_threads';
import type { CertificateText } from './certificate-rules.ts';
import type { CertificateOrder, CertificateReply } from './certificate-worker.ts';

export class CertificatePress {
  readonly #worker: Worker;
  readonly #failed: Promise<never>;

  constructor(order: CertificateOrder) {
    this.#worker = new Worker(new URL('./certificate-worker.ts', import.meta.url), { workerData: order });
    const { promise, reject } = Promise.withResolvers<never>();
    promise.catch(() => undefined);
    this.#failed = promise;
    this.#worker.once('error', reject);
    this.#worker.once('exit', () => reject(new Error('the press has ended')));
  }

  /** Bytes of the PDF. Throws when the design cannot be drawn, a picture that is broken for one. */
  async print(text: CertificateText): Promise<Uint8Array> {
    const { promise, resolve } = Promise.withResolvers<CertificateReply>();
    this.#worker.once('message', resolve);
    this.#worker.postMessage(text);
    const reply = await Promise.race([promise, this.#failed]);
    if ('error' in reply) throw new Error(reply.error);
    return reply.pdf;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
