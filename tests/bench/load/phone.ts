/**
 * One phone of a hall: Socket.IO over a websocket with as little around it as the protocol needs. Ten thousand of them share
 * two cores with what they measure, so frames are prepared texts and what comes is looked at as bytes.
 */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

const HEAD_END = '\r\n\r\n';
/** A frame of text from a client, whole: bits FIN, text, masked. A mask of zeros leaves the bytes as they are. */
const TEXT = 0x81;
const MASKED = 0x80;
const MASK_BYTES = 4;
const SHORT_MOST = 125;
const SIXTEEN_BITS = 126;
const SIXTY_FOUR_BITS = 127;
const CLOSE = 8;

type Heard = (frame: Buffer) => void;
type Answered = (reply: Buffer) => void;

const nobody: Heard = () => undefined;

export class Phone {
  /** Called with each event, as `["name",…]`. */
  heard: Heard = nobody;
  readonly #socket: Socket;
  readonly #asked = new Map<number, Answered>();
  #asks = 0;
  #rest: Buffer | null = null;
  #isOpen = false;
  readonly #ready = Promise.withResolvers<Phone>();

  private constructor(port: number) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.on('connect', () => {
      const key = randomBytes(16).toString('base64');
      this.#socket.write(
        `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
      );
    });
    this.#socket.on('data', (bytes: Buffer) => this.#take(bytes));
    this.#socket.on('error', (error) => this.#ready.reject(error));
    this.#socket.on('close', () => this.#ready.reject(new Error('the socket was closed')));
  }

  /** Resolves when the namespace has let it in. */
  static open(port: number): Promise<Phone> {
    return new Phone(port).#ready.promise;
  }

  /** Sends an event with one JSON message; `answered` gets the acknowledgement as `[…]`. */
  ask(event: string, json: string, answered: Answered): void {
    const id = this.#asks++;
    this.#asked.set(id, answered);
    this.#send(`42${id}["${event}",${json}]`);
  }

  #send(text: string): void {
    const length = Buffer.byteLength(text);
    const headBytes = length <= SHORT_MOST ? 2 : 4;
    const frame = Buffer.alloc(headBytes + MASK_BYTES + length);
    frame[0] = TEXT;
    if (headBytes === 2) frame[1] = MASKED | length;
    else {
      frame[1] = MASKED | SIXTEEN_BITS;
      frame.writeUInt16BE(length, 2);
    }
    frame.write(text, headBytes + MASK_BYTES);
    this.#socket.write(frame);
  }

  #take(bytes: Buffer): void {
    let data = this.#rest === null ? bytes : Buffer.concat([this.#rest, bytes]);
    if (!this.#isOpen) {
      const end = data.indexOf(HEAD_END);
      if (end >= 0) {
        if (!data.toString('latin1', 0, 12).endsWith('101'))
          this.#ready.reject(new Error(data.toString('latin1', 0, end)));
        this.#isOpen = true;
        data = data.subarray(end + HEAD_END.length);
      }
    }
    this.#rest = this.#isOpen ? this.#frames(data) : data;
  }

  /** Gives what is left of a frame that has not come whole. */
  #frames(data: Buffer): Buffer | null {
    let at = 0;
    while (at + 2 <= data.length) {
      const [start, length] = extent(data, at);
      if (start < 0 || start + length > data.length) break;
      if (((data[at] ?? 0) & 15) === CLOSE) this.#socket.destroy();
      else this.#packet(data, start, start + length);
      at = start + length;
    }
    return at === data.length ? null : data.subarray(at);
  }

  /** Engine.IO: 0 open, 2 ping, 4 message; in a message Socket.IO: 0 let in, 2 event, 3 acknowledgement. */
  #packet(data: Buffer, from: number, to: number): void {
    const kind = data.toString('latin1', from, Math.min(to, from + 2));
    if (kind === '42') this.heard(data.subarray(from + 2, to));
    else if (kind === '43') this.#acknowledged(data, from + 2, to);
    else if (kind === '40') this.#ready.resolve(this);
    else if (kind[0] === '0') this.#send('40');
    else if (kind[0] === '2') this.#send('3');
  }

  #acknowledged(data: Buffer, from: number, to: number): void {
    const json = data.indexOf('[', from);
    const id = Number(data.toString('latin1', from, json));
    const answered = this.#asked.get(id);
    this.#asked.delete(id);
    answered?.(data.subarray(json, to));
  }

  close(): void {
    this.#socket.destroy();
  }
}

/** Where the content of the frame at `at` starts and how long it is; a start of -1: its head has not come whole. */
function extent(data: Buffer, at: number): readonly [start: number, length: number] {
  const short = (data[at + 1] ?? 0) & 127;
  if (short < SIXTEEN_BITS) return [at + 2, short];
  const bytes = short === SIXTY_FOUR_BITS ? 8 : 2;
  if (at + 2 + bytes > data.length) return [-1, 0];
  const length = bytes === 2 ? data.readUInt16BE(at + 2) : Number(data.readBigUInt64BE(at + 2));
  return [at + 2 + bytes, length];
}
