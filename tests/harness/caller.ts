/** Somebody at the doors of a server in another process: keeps cookies as a browser does, and all that was answered. */
import { parseSetCookie } from 'cookie';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; null when it is not JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: replies of all doors; tests look at what they expect.
  readonly body: any;
}

export class Caller {
  readonly origin: string;
  readonly cookies = new Map<string, string>();
  /** Every value that a cookie of theirs ever had. */
  readonly tokens = new Set<string>();
  /** Bodies and headers of every answer. */
  readonly heard: string[] = [];

  constructor(origin: string) {
    this.origin = origin;
  }

  /** A body that is a text is sent as it is. */
  async ask(
    method: string,
    path: string,
    body?: object | string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Reply> {
    const answer = await fetch(this.origin + path, {
      method,
      headers: {
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    for (const header of answer.headers.getSetCookie()) this.#keep(header);
    const text = await answer.text();
    const shown = [...answer.headers].filter(([name]) => name !== 'set-cookie');
    this.heard.push(`${JSON.stringify(shown)}\n${text}`);
    const isJson = answer.headers.get('content-type')?.includes('json') === true;
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      body: isJson && text !== '' ? JSON.parse(text) : null,
    };
  }

  #keep(header: string): void {
    const { name, value = '' } = parseSetCookie(header);
    if (value === '') this.cookies.delete(name);
    else {
      this.cookies.set(name, value);
      this.tokens.add(value);
    }
  }

  get(path: string): Promise<Reply> {
    return this.ask('GET', path);
  }
  post(path: string, body: object | string = {}): Promise<Reply> {
    return this.ask('POST', path, body);
  }
  put(path: string, body: object = {}): Promise<Reply> {
    return this.ask('PUT', path, body);
  }

  /** Waits in the queue for password work, as the client does: the ticket keeps the place. */
  async inTurn(method: string, path: string, body: object): Promise<Reply> {
    let ticket: string | undefined;
    for (;;) {
      const reply = await this.ask(method, path, { ...body, ...(ticket === undefined ? {} : { ticket }) });
      if (reply.body?.code !== 'auth.wait') return reply;
      ticket = String(reply.body.facts.ticket);
      await new Promise((again) => setTimeout(again, Number(reply.body.facts.retryAfterMs)));
    }
  }
}
