/** Letters: what other features may do with them, and the courier that hands them to the SMTP server. */
import type { Context } from '../context.ts';
import type { Letter } from '../contracts/letters.ts';
import { ConflictError, type Statement } from '../platform/database/door.ts';
import { failureOf } from './mail-rules.ts';
import { type DeliveryRow, type MailingRow, Outbox } from './outbox.ts';
import { Sender, type Verdict } from './sender.ts';
import { SmtpTransport } from './transport.ts';
import { type Refusal, sealRefusal } from './unsubscribing.ts';

/** A file that goes with a letter. */
export interface Enclosure {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A letter to addresses that somebody of the staff named, e.g. who gets the Monday report. */
export interface LetterTo {
  /** Natural key (e.g. "report/<schedule>/<date>"): asked for twice, it is sent once. */
  readonly key: string;
  /** What people unsubscribe from, e.g. "report". */
  readonly purpose: string;
  readonly to: readonly string[];
  readonly subject: string;
  /** Paragraphs between blank lines. */
  readonly text: string;
  /** Address of ours without its origin, and what the button says. */
  readonly link?: { readonly path: string; readonly label: string };
  readonly files?: readonly Enclosure[];
  readonly contestId?: number;
  /** uid, or "system". */
  readonly by: string;
}

/** Gives the address of an entrant who (still) wants letters of a purpose; null: not sent. */
export type ReaderAddress = (personId: number, contestId: number) => Promise<string | null>;

/** Files of one letter together, before their encoding. */
const FILES_MAX_BYTES = 15_000_000;

export class Mail {
  readonly outbox: Outbox;
  readonly sender: Sender;
  /** By the mailing's purpose: who of the entrants gets it. */
  readonly readers = new Map<string, ReaderAddress>();
  readonly #context: Context;
  readonly #transport: SmtpTransport | null;

  constructor(context: Context) {
    this.#context = context;
    const { mail } = context.config;
    this.outbox = new Outbox(context);
    this.sender = new Sender(context, this.outbox, mail?.perMinute ?? 120);
    this.#transport = mail === null ? null : new SmtpTransport(mail);
    if (mail !== null)
      this.sender.couriers.set('mail', (delivery, mailing) => this.#deliver(delivery, mailing));
  }

  /** Whether an SMTP server was configured; without one nothing is queued. */
  get enabled(): boolean {
    return this.#transport !== null;
  }

  /** Queues a letter; it leaves within seconds. False when it was queued before. */
  async send(letter: LetterTo): Promise<boolean> {
    try {
      await this.#context.database.atomic(await this.sending(letter));
      return true;
    } catch (error) {
      if (error instanceof ConflictError) return false;
      throw error;
    }
  }

  /** The same as statements, to be written together with what it tells of. A key that was used is a ConflictError. */
  async sending({ key, purpose, to, subject, text, link, files = [], contestId, by }: LetterTo) {
    const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
    if (bytes > FILES_MAX_BYTES) throw new RangeError('these files are too large for a letter');
    const letter: Letter = {
      vi: { subject, text, action: link?.label ?? null },
      en: null,
      link: link === undefined ? null : this.#address(link.path),
    };
    const enclosed = files.map((file) => ({
      name: file.name,
      type: file.type,
      base64: Buffer.from(file.bytes).toString('base64'),
    }));
    const mailing = { key, purpose, letter, by, contestId: contestId ?? null };
    const statements: readonly Statement[] = await this.outbox.toAddresses(
      enclosed.length === 0 ? mailing : { ...mailing, files: enclosed },
      to,
    );
    return statements;
  }

  #address(path: string): string {
    return new URL(path, this.#context.config.publicUrl).href;
  }

  async #deliver(delivery: DeliveryRow, mailing: MailingRow): Promise<Verdict> {
    const reader = await this.#readerOf(delivery, mailing);
    if (reader === null || this.#transport === null) return { did: 'dropped', problem: 'unwanted' };
    const token = sealRefusal(this.#context.secrets, reader.refusal);
    try {
      await this.#transport.send({
        messageId: `${mailing.uid}.${delivery.id}`,
        to: reader.address,
        letter: mailing.letter,
        files: mailing.files ?? [],
        unsubscribe: {
          page: this.#address(`/bo-nhan-thu#${token}`),
          door: this.#address(`/api/letters/${token}/unsubscribe`),
        },
      });
      return { did: 'sent' };
    } catch (error) {
      return { did: 'failed', failure: failureOf(Object(error)) };
    }
  }

  /** Where it goes now, and what ends it; null: erased, unsubscribed, or never agreed. */
  async #readerOf(
    delivery: DeliveryRow,
    mailing: MailingRow,
  ): Promise<{ readonly address: string; readonly refusal: Refusal } | null> {
    const { personId, addressCipher, addressHash } = delivery;
    const { purpose, contestId } = mailing;
    if (personId !== null && contestId !== null) {
      const address = (await this.readers.get(purpose)?.(personId, contestId)) ?? null;
      return address === null ? null : { address, refusal: { of: 'entrant', personId, contestId } };
    }
    if (addressCipher === null || addressHash === null) return null;
    if (await this.outbox.isRefused(addressHash, purpose)) return null;
    const address = this.#context.secrets.decrypt('email', addressCipher);
    return { address, refusal: { of: 'address', addressHash, purpose } };
  }

  async close(): Promise<void> {
    await this.sender.stop();
    await this.#transport?.close();
  }
}
