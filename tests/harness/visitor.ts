/** Somebody at the doors, through `inject`: keeps cookies as a browser does, and can register and take roles. */

import { parseSetCookie } from 'cookie';
import type { InjectOptions } from 'fastify';
import type { Role } from '../../server/platform/access.ts';
import type { TestServer } from './app.ts';
import { solve } from './proof.ts';

export interface Answer {
  readonly status: number;
  /** The parsed body; null when there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: replies of all doors; tests look at what they expect.
  readonly body: any;
  readonly headers: Record<string, unknown>;
  readonly text: string;
}

type Method = NonNullable<InjectOptions['method']>;

let registered = 0;
/** Not too easy to guess. */
export const PASSWORD = 'một mật khẩu dài';

export class Visitor {
  readonly server: TestServer;
  readonly cookies = new Map<string, string>();
  /** Where they knock from. */
  address: string;
  /** User name and recovery code, once registered. */
  userName = '';
  recoveryCode = '';
  uid = '';

  constructor(server: TestServer, address = '203.0.113.1') {
    this.server = server;
    this.address = address;
  }

  /** Whether they wait for their turn when many sign in, as the page does. */
  patient = true;

  async ask(method: Method, url: string, payload?: object): Promise<Answer> {
    const answer = await this.#askOnce(method, url, payload);
    if (!this.patient || answer.body?.code !== 'auth.wait') return answer;
    const { ticket, retryAfterMs } = answer.body.facts;
    await new Promise((done) => setTimeout(done, retryAfterMs));
    return this.ask(method, url, { ...payload, ticket });
  }

  async #askOnce(method: Method, url: string, payload?: object): Promise<Answer> {
    const reply = await this.server.app.http.inject({
      method,
      url,
      remoteAddress: this.address,
      headers: { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(payload === undefined ? {} : { payload }),
    });
    for (const header of [reply.headers['set-cookie'] ?? []].flat()) this.#keep(header);
    const text = reply.body;
    return {
      status: reply.statusCode,
      body: text.startsWith('{') ? JSON.parse(text) : null,
      headers: reply.headers,
      text,
    };
  }

  #keep(header: string): void {
    const { name, value, maxAge } = parseSetCookie(header);
    if (value === undefined || value === '' || maxAge === 0) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }

  get(url: string): Promise<Answer> {
    return this.ask('GET', url);
  }
  post(url: string, payload: object = {}): Promise<Answer> {
    return this.ask('POST', url, payload);
  }
  put(url: string, payload: object = {}): Promise<Answer> {
    return this.ask('PUT', url, payload);
  }
  patch(url: string, payload: object): Promise<Answer> {
    return this.ask('PATCH', url, payload);
  }
  delete(url: string, payload?: object): Promise<Answer> {
    return this.ask('DELETE', url, payload);
  }

  /** Registers with a user name of their own and whatever else is given; proves work when asked. Throws when refused. */
  async register(more: Record<string, unknown> = {}): Promise<this> {
    this.userName = typeof more.userName === 'string' ? more.userName : `nguoi.${++registered}`;
    const body = {
      name: 'Nguyễn Văn An',
      password: PASSWORD,
      userName: this.userName,
      consentVersion: 1,
      ...more,
    };
    let reply = await this.post('/api/accounts', body);
    if (reply.body.code === 'auth.proofNeeded')
      reply = await this.post('/api/accounts', { ...body, proof: solve(reply.body.facts) });
    if (reply.status !== 200) throw new Error(`not registered: ${reply.text}`);
    this.recoveryCode = reply.body.recoveryCode;
    this.uid = reply.body.person.uid;
    return this;
  }

  signIn(more: Record<string, unknown> = {}): Promise<Answer> {
    return this.post('/api/sessions', { login: this.userName, password: PASSWORD, ...more });
  }

  /** Gives roles by the rows, as the first admin would; the session is told. */
  async become(...given: readonly Role[]): Promise<this> {
    const { database, announcer, clock } = this.server.context;
    const { people, roles } = database.tables;
    const all = await database.query.select({ id: people.id, uid: people.uid }).from(people);
    const personId = all.find(({ uid }) => uid === this.uid)?.id;
    if (personId === undefined) throw new Error('nobody to give a role');
    const rows = given.map((role) => ({ personId, role, grantedAt: clock.now() }));
    await database.atomic([database.query.insert(roles).values(rows)]);
    announcer.announce(`person:${personId}`);
    return this;
  }
}
