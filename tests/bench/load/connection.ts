/**
 * One keep-alive connection that asks one thing at a time. Load shares two cores with what it measures, so this is the
 * least that HTTP/1.1 needs: requests are ready-made texts, replies are cut by their content-length.
 */
import { connect, type Socket } from 'node:net';

export interface Reply {
  readonly status: number;
  /** Bytes as Latin-1 characters: enough to look for ASCII parts; `utf8` turns it into text. */
  readonly body: string;
  /** Status line and headers. */
  readonly head: string;
}

/** The connection ended before the whole reply had come: nobody knows whether the request was carried out. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

interface Waiting {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
}

const HEAD_END = '\r\n\r\n';
const LENGTH = 'content-length: ';

export class Connection {
  readonly #socket: Socket;
  #waiting: Waiting | null = null;
  #received = '';
  #lost: Error | null = null;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes: Buffer) => this.#take(bytes.toString('latin1')));
    socket.on('error', (error) => this.#end(error.message));
    socket.on('close', () => this.#end('closed'));
  }

  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new Connection(socket));
      });
    });
  }

  get lost(): boolean {
    return this.#lost !== null;
  }

  /** Sends one whole request (ASCII) and waits for its reply. Throws `ConnectionLost`. */
  ask(request: string): Promise<Reply> {
    if (this.#lost !== null) return Promise.reject(this.#lost);
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(request, 'latin1');
    });
  }

  #take(text: string): void {
    const received = this.#received === '' ? text : this.#received + text;
    const headEnd = received.indexOf(HEAD_END);
    const end = headEnd < 0 ? -1 : headEnd + 4 + lengthOf(received, headEnd);
    if (end < 0 || received.length < end) {
      this.#received = received;
      return;
    }
    this.#received = received.slice(end);
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.resolve({
      status: Number(received.slice(9, 12)),
      body: received.slice(headEnd + 4, end),
      head: received.slice(0, headEnd),
    });
  }

  #end(why: string): void {
    this.#lost ??= new ConnectionLost(why);
    this.#waiting?.reject(this.#lost);
    this.#waiting = null;
  }

  close(): void {
    this.#socket.destroy();
  }
}

function lengthOf(text: string, headEnd: number): number {
  const at = text.indexOf(LENGTH);
  if (at < 0 || at > headEnd) return 0;
  return Number.parseInt(text.slice(at + LENGTH.length, at + LENGTH.length + 12), 10);
}

/** A POST with a JSON body of ASCII characters. `headers` end with a line break each. */
export function post(path: string, headers: string, body: string): string {
  return `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${headers}content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}

export function get(path: string, headers = ''): string {
  return `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${headers}\r\n`;
}

/** A body as text. */
export function utf8(body: string): string {
  return Buffer.from(body, 'latin1').toString('utf8');
}
