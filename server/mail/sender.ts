/**
 * Sends what is due, on every node: a mailing is filled and a delivery sent by whoever takes it first. No faster than the
 * mail server takes; while the way out is shut everything waits and no try is counted.
 */
import type { Context } from '../context.ts';
import { ConflictError } from '../platform/database/door.ts';
import { Limit } from '../platform/limits.ts';
import { nextTry, type SendFailure } from './mail-rules.ts';
import { type Channel, type DeliveryRow, DeliveryState, type MailingRow, type Outbox } from './outbox.ts';

/** What came of one try. */
export type Verdict =
  | { readonly did: 'sent' }
  | { readonly did: 'dropped'; readonly problem: string }
  | { readonly did: 'failed'; readonly failure: SendFailure };

/** Carries one delivery of a channel out. Throws nothing that it foresees. */
export type Courier = (delivery: DeliveryRow, mailing: MailingRow) => Promise<Verdict>;
/** Makes one more piece of a mailing's deliveries. */
export type Filler = (mailing: MailingRow) => Promise<void>;

const EVERY_MS = 2000;
const TOGETHER = 10;
const PAUSE_MS = 60_000;
/** Pieces of a mailing made before letters go on leaving. */
const PIECES = 20;

type SenderContext = Pick<Context, 'clock' | 'log'>;

export class Sender {
  readonly couriers = new Map<Channel, Courier>();
  /** By the mailing's purpose. */
  readonly fillers = new Map<string, Filler>();
  readonly #context: SenderContext;
  readonly #outbox: Outbox;
  readonly #limit: Limit;
  readonly #pausedUntil = new Map<Channel, number>();
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<number> | null = null;

  constructor(context: SenderContext, outbox: Outbox, perMinute: number) {
    this.#context = context;
    this.#outbox = outbox;
    this.#limit = new Limit(Math.max(TOGETHER, Math.ceil(perMinute / 6)), perMinute);
  }

  start(): void {
    this.#timer = setInterval(() => void this.turn(), EVERY_MS).unref();
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#running;
  }

  /** Fills, sends what is due and allowed, finishes; how many were sent. One turn at a time. */
  turn(): Promise<number> {
    this.#running ??= this.#turn()
      .catch((error: unknown) => {
        this.#context.log.error({ err: error }, 'letters not sent; tried again in a moment');
        return 0;
      })
      .finally(() => {
        this.#running = null;
      });
    return this.#running;
  }

  async #turn(): Promise<number> {
    for (const mailing of await this.#outbox.inState('filling')) await this.#fill(mailing);
    let sent = 0;
    for (;;) {
      const batch = await this.#take();
      if (batch.length === 0) break;
      const mailings = await this.#outbox.byIds(batch.map(({ mailingId }) => mailingId));
      const ends = await Promise.all(
        batch.map((delivery) => this.#deliver(delivery, mailings.get(delivery.mailingId))),
      );
      sent += ends.filter(Boolean).length;
    }
    for (const mailing of await this.#outbox.inState('sending')) await this.#outbox.finish(mailing);
    return sent;
  }

  async #fill(mailing: MailingRow): Promise<void> {
    const filler = this.fillers.get(mailing.purpose);
    if (filler === undefined) return;
    let current: MailingRow | undefined = mailing;
    for (let piece = 0; piece < PIECES && current?.state === 'filling'; piece += 1) {
      try {
        await filler(current);
      } catch (error) {
        // Another node made this piece, or somebody stopped the mailing.
        if (!(error instanceof ConflictError)) throw error;
      }
      current = (await this.#outbox.byIds([mailing.id])).get(mailing.id);
    }
  }

  async #take(): Promise<readonly DeliveryRow[]> {
    const now = this.#context.clock.now();
    const open = [...this.couriers.keys()].filter((channel) => (this.#pausedUntil.get(channel) ?? 0) <= now);
    if (open.length === 0) return [];
    return this.#outbox.take(open, TOGETHER, () => this.#limit.allows('', now));
  }

  async #deliver(delivery: DeliveryRow, mailing: MailingRow | undefined): Promise<boolean> {
    const channel = delivery.channel === 'push' ? 'push' : 'mail';
    const courier = this.couriers.get(channel);
    if (mailing === undefined || courier === undefined) return false;
    const verdict = await courier(delivery, mailing);
    if (verdict.did === 'sent') {
      await this.#outbox.end(delivery, { state: DeliveryState.sent, problem: null });
      return true;
    }
    if (verdict.did === 'dropped')
      await this.#outbox.end(delivery, { state: DeliveryState.dropped, problem: verdict.problem });
    else await this.#failed(delivery, channel, verdict.failure);
    return false;
  }

  async #failed(delivery: DeliveryRow, channel: Channel, failure: SendFailure): Promise<void> {
    const { problem } = failure;
    const now = this.#context.clock.now();
    if (failure.everybody) {
      this.#pausedUntil.set(channel, now + PAUSE_MS);
      this.#context.log.warn({ channel, problem }, 'the way out is shut; letters wait');
      // It was not this letter's fault: the try does not count.
      return this.#outbox.end(delivery, { again: now + PAUSE_MS, tries: delivery.tries - 1, problem });
    }
    const again = failure.final ? null : nextTry(delivery.tries, now, Math.random());
    if (again === null) return this.#outbox.end(delivery, { state: DeliveryState.givenUp, problem });
    return this.#outbox.end(delivery, { again, tries: delivery.tries, problem });
  }
}
