/** The way out: one SMTP server, a few connections that stay open. Loaded when the first letter leaves. */
import type { Transporter } from 'nodemailer';
import type { MailConfig } from '../config.ts';
import type { Letter, LetterFile } from '../contracts/letters.ts';
import { letterHtml, letterText, oneLine } from './mail-rules.ts';

export interface OutgoingMail {
  /** The same for every try, so that a letter that arrives twice can be known. */
  readonly messageId: string;
  readonly to: string;
  readonly letter: Letter;
  readonly files: readonly LetterFile[];
  /** The page that ends these letters, and the door that mail programs call for it. */
  readonly unsubscribe: { readonly page: string; readonly door: string } | null;
}

const CONNECTIONS = 3;
const PATIENCE_MS = 20_000;

export class SmtpTransport {
  readonly #config: MailConfig;
  #transporter: Promise<Transporter> | null = null;

  constructor(config: MailConfig) {
    this.#config = config;
  }

  get from(): string {
    return this.#config.from;
  }

  /** Throws what the SMTP client throws; see `failureOf`. */
  async send({ messageId, to, letter, files, unsubscribe }: OutgoingMail): Promise<void> {
    const footer = { unsubscribe: unsubscribe?.page ?? null };
    const transporter = await this.#open();
    await transporter.sendMail({
      from: this.#config.from,
      to,
      messageId: `<${messageId}@${this.#host()}>`,
      subject: oneLine(letter.vi.subject),
      text: letterText(letter, footer),
      html: letterHtml(letter, footer),
      attachments: files.map(({ name, type, base64 }) => ({
        filename: name,
        contentType: type,
        content: base64,
        encoding: 'base64',
      })),
      headers: {
        'Auto-Submitted': 'auto-generated',
        ...(unsubscribe === null
          ? {}
          : {
              'List-Unsubscribe': `<${unsubscribe.door}>`,
              'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
            }),
      },
    });
  }

  #host(): string {
    return /@([^<>@\s]+)>?$/.exec(this.#config.from)?.[1] ?? 'localhost';
  }

  #open(): Promise<Transporter> {
    this.#transporter ??= this.#create();
    return this.#transporter;
  }

  async #create(): Promise<Transporter> {
    const { createTransport } = await import('nodemailer');
    return createTransport({
      url: this.#config.smtpUrl,
      pool: true,
      maxConnections: CONNECTIONS,
      connectionTimeout: PATIENCE_MS,
      greetingTimeout: PATIENCE_MS,
      socketTimeout: PATIENCE_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async close(): Promise<void> {
    const open = await this.#transporter;
    open?.close();
  }
}
