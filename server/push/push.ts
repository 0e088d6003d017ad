/** Pushes to browsers whose owners agreed: subscriptions as rows, encrypted; gone ones are forgotten. */
import { and, eq } from 'drizzle-orm';
import type { PersonalPart } from '../accounts/personal-data.ts';
import type { Context } from '../context.ts';
import type { SubscribePush } from '../contracts/reach.ts';
import type { DeliveryRow, MailingRow } from '../mail/outbox.ts';
import type { Verdict } from '../mail/sender.ts';
import { compile, type Database } from '../platform/database/door.ts';
import { invalidField } from '../platform/errors.ts';
import type { Consents } from '../privacy/consents.ts';
import { isPushAddress, pushPayload, type VapidKeys, vapidKeys } from './push-rules.ts';

/** Of the consent among a person's changes. */
export const PUSH = 'push';
const USE = 'push';
/** Browsers of one person; the oldest goes. */
const MOST = 10;
const KEPT_SECONDS = 86_400;
const PATIENCE_MS = 15_000;

interface Sent {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

export class Pushes {
  readonly keys: VapidKeys;
  readonly #context: Context;
  readonly #consents: Consents;
  /** Hosts of further push services. */
  readonly #allowed: readonly string[];

  constructor(context: Context, consents: Consents, allowed: readonly string[] = []) {
    this.#context = context;
    this.#consents = consents;
    this.#allowed = allowed;
    this.keys = vapidKeys(context.secrets.hash('vapid', '1'));
  }

  get #t() {
    return this.#context.database.tables.pushSubscriptions;
  }

  #hash(endpoint: string): string {
    return this.#context.secrets.hash(USE, endpoint);
  }

  /** The same browser again is the same row, of whoever agreed last. Throws `request.invalid`. */
  async subscribe(personId: number, body: SubscribePush, device: string | null): Promise<void> {
    if (!isPushAddress(body.endpoint, this.#allowed))
      throw invalidField('endpoint', 'Địa chỉ nhận thông báo không đúng.', 'This is no push service.');
    const { database, secrets, keys, clock } = this.#context;
    const { endpoint, keys: browserKeys, locale, version } = body;
    const sent: Sent = { endpoint, keys: browserKeys };
    const row = {
      personId,
      subscriptionCipher: secrets.encrypt(USE, JSON.stringify(sent)),
      locale,
      device,
      createdAt: clock.now(),
    };
    const insert = database.query
      .insert(this.#t)
      .values({ id: await keys.next('push_subscriptions'), endpointHash: this.#hash(endpoint), ...row })
      .onConflictDoUpdate({ target: this.#t.endpointHash, set: row });
    const note = await this.#consents.noting(personId, PUSH, version, true);
    await database.atomic([insert, note]);
    await this.#dropOldest(personId);
  }

  async #dropOldest(personId: number): Promise<void> {
    const rows = await this.#of(personId);
    const surplus = rows.toSorted((a, b) => b.createdAt - a.createdAt).slice(MOST);
    for (const { id } of surplus) await this.#forget(id);
  }

  /** Twice is once. */
  async unsubscribe(personId: number, endpoint: string): Promise<void> {
    const mine = and(eq(this.#t.personId, personId), eq(this.#t.endpointHash, this.#hash(endpoint)));
    const { database } = this.#context;
    const found = await database.query.select({ id: this.#t.id }).from(this.#t).where(mine);
    if (found.length === 0) return;
    const note = await this.#consents.noting(personId, PUSH, 1, false);
    await database.atomic([database.query.delete(this.#t).where(mine), note]);
  }

  /** Sends to all browsers of the person; sent when one took it. */
  async deliver(delivery: DeliveryRow, mailing: MailingRow): Promise<Verdict> {
    const rows = delivery.personId === null ? [] : await this.#of(delivery.personId);
    if (rows.length === 0) return { did: 'dropped', problem: 'unwanted' };
    // At once: letters wait for the slowest of them, not for all of them one after another.
    const verdicts = await Promise.all(
      rows.map(({ id, locale, subscriptionCipher }) =>
        this.#send(
          id,
          this.#context.secrets.decrypt(USE, subscriptionCipher),
          pushPayload(mailing.letter, locale, mailing.uid),
        ),
      ),
    );
    return verdicts.find(({ did }) => did === 'sent') ?? verdicts.find(({ did }) => did === 'failed') ?? GONE;
  }

  async #send(id: number, stored: string, payload: string): Promise<Verdict> {
    const sent: Sent = JSON.parse(stored);
    // The address was checked when it came; what may be reached can have changed since.
    if (!isPushAddress(sent.endpoint, this.#allowed)) return GONE;
    const { default: library } = await import('web-push');
    const { publicUrl } = this.#context.config;
    const subject =
      publicUrl.protocol === 'https:' ? publicUrl.origin : `mailto:hoithi@${publicUrl.hostname}`;
    try {
      const details = library.generateRequestDetails(sent, payload, {
        vapidDetails: { subject, publicKey: this.keys.publicKey, privateKey: this.keys.privateKey },
        TTL: KEPT_SECONDS,
        urgency: 'normal',
      });
      const reply = await fetch(details.endpoint, {
        method: 'POST',
        headers: Object.fromEntries(
          Object.entries(details.headers).map(([name, value]) => [name, String(value)]),
        ),
        body: new Uint8Array(details.body ?? new Uint8Array()),
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      return await this.#verdictOf(id, reply.status);
    } catch {
      return { did: 'failed', failure: { final: false, everybody: false, problem: 'push unreachable' } };
    }
  }

  /** 404 and 410 say that the browser let go; 429 and 5xx to come again. */
  async #verdictOf(id: number, status: number): Promise<Verdict> {
    if (status >= 200 && status < 300) return { did: 'sent' };
    if (status === 404 || status === 410) {
      await this.#forget(id);
      return GONE;
    }
    const final = status !== 429 && status < 500;
    return { did: 'failed', failure: { final, everybody: false, problem: `push ${status}` } };
  }

  #of(personId: number) {
    return this.#context.database.query.select().from(this.#t).where(eq(this.#t.personId, personId));
  }

  async #forget(id: number): Promise<void> {
    const { database } = this.#context;
    await database.atomic([database.query.delete(this.#t).where(eq(this.#t.id, id))]);
  }
}

const GONE: Verdict = { did: 'dropped', problem: 'gone' };

/** The part of personal data that pushes keep: which browsers, since when. */
export function pushPart({ query, tables }: Database): PersonalPart {
  const { pushSubscriptions: t } = tables;
  return {
    name: 'pushes',
    collect: (personId) =>
      query
        .select({ device: t.device, locale: t.locale, since: t.createdAt })
        .from(t)
        .where(eq(t.personId, personId)),
    erase: (personId) => [compile(query.delete(t).where(eq(t.personId, personId)))],
  };
}
