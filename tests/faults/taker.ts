/** Somebody who takes an attempt through the doors of a server in this process, signed in by a seeded session. */
import type { InjectOptions } from 'fastify';
import type { AttemptReply, SaveReply, SubmitReply } from '../../server/contracts/attempts.ts';
import { answerTo } from '../bench/load/attempt-requests.ts';
import { sessionOf } from '../bench/people.ts';
import type { TestServer } from '../harness/app.ts';

/** `Body` is what a 200 holds; anything else is looked at by its status and code. */
export interface Answered<Body> {
  readonly status: number;
  readonly text: string;
  readonly body: Body;
  readonly code: string | null;
}

export class Taker {
  readonly #server: TestServer;
  readonly #personId: number;

  constructor(server: TestServer, personId: number) {
    this.#server = server;
    this.#personId = personId;
  }

  async #ask<Body>(
    method: NonNullable<InjectOptions['method']>,
    url: string,
    headers: Readonly<Record<string, string>>,
    payload?: object,
  ): Promise<Answered<Body>> {
    const reply = await this.#server.app.http.inject({
      method,
      url,
      headers: { ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
    const body = JSON.parse(reply.body);
    return { status: reply.statusCode, text: reply.body, body, code: body.code ?? null };
  }

  get #cookie(): Readonly<Record<string, string>> {
    return { cookie: `hoithi=${sessionOf(this.#personId)}` };
  }

  start(round: string, number = 1): Promise<Answered<AttemptReply>> {
    return this.#ask('POST', `/api/rounds/${round}/attempts`, this.#cookie, { number });
  }

  read(attempt: string): Promise<Answered<AttemptReply>> {
    return this.#ask('GET', `/api/attempts/${attempt}`, this.#cookie);
  }

  save(
    attempt: Pick<AttemptReply, 'id' | 'token'>,
    body: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answered<SaveReply>> {
    const authorization = `Attempt ${attempt.token}`;
    return this.#ask('POST', `/api/attempts/${attempt.id}/answers`, { authorization, ...headers }, body);
  }

  submit(attempt: Pick<AttemptReply, 'id' | 'token'>, body: object = {}): Promise<Answered<SubmitReply>> {
    const authorization = `Attempt ${attempt.token}`;
    return this.#ask('POST', `/api/attempts/${attempt.id}/submit`, { authorization }, body);
  }
}

/** Some answer to question `i` of an attempt; another `salt` is another answer. */
export function someAnswer(attempt: AttemptReply, i: number, salt: number): unknown {
  return JSON.parse(answerTo(attempt.questions[i]?.kind, salt));
}
