/** A real SMTP server on this machine that keeps what it gets, and can be told to refuse. */

import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterwards } from './afterwards.ts';
import { parseMail, type ReceivedLetter } from './letter.ts';

export interface TestSmtp {
  /** As HOITHI_SMTP_URL. */
  readonly url: string;
  readonly received: ReceivedLetter[];
  /** Looks at each recipient first: a reply code refuses it. */
  refuse: (address: string) => number | null;
  /** Resolves with the first letter to `address`. */
  letterTo(address: string): Promise<ReceivedLetter>;
  stop(): Promise<void>;
  /** Listens again at the same port. */
  again(): Promise<void>;
}

const LONGEST_MS = 10_000;

export async function startSmtp(): Promise<TestSmtp> {
  const received: ReceivedLetter[] = [];
  const waiting = new Set<() => void>();
  const refusing = { refuse: (_address: string): number | null => null };
  let port = 0;
  let server: SMTPServer | null = null;
  const listen = async (): Promise<void> => {
    const fresh = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      closeTimeout: 20,
      onRcptTo({ address }, _session, done) {
        const code = refusing.refuse(address);
        if (code === null) return done();
        done(Object.assign(new Error('refused'), { responseCode: code }));
      },
      onData(stream, { envelope }, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const to = envelope.rcptTo.map(({ address }) => address);
          received.push(parseMail(Buffer.concat(chunks).toString('utf8'), to));
          for (const told of waiting) told();
          done();
        });
      },
    });
    fresh.on('error', () => undefined);
    await new Promise<void>((done) => fresh.listen(port, '127.0.0.1', done));
    port = (fresh.server.address() as AddressInfo).port;
    server = fresh;
  };
  const stop = async (): Promise<void> => {
    const old = server;
    server = null;
    if (old !== null) await new Promise<void>((done) => old.close(() => done()));
  };
  await listen();
  afterwards(stop);
  const found = (address: string) => received.find(({ to }) => to.includes(address));
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    get refuse() {
      return refusing.refuse;
    },
    set refuse(refuse) {
      refusing.refuse = refuse;
    },
    async letterTo(address) {
      const { promise, resolve, reject } = Promise.withResolvers<ReceivedLetter>();
      const look = (): void => {
        const letter = found(address);
        if (letter !== undefined) resolve(letter);
      };
      const timer = setTimeout(() => reject(new Error(`no letter to ${address}`)), LONGEST_MS);
      waiting.add(look);
      look();
      return promise.finally(() => {
        waiting.delete(look);
        clearTimeout(timer);
      });
    },
    stop,
    again: listen,
  };
}
