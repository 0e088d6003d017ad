/** A session that was prepared in process and is played against products in processes of their own, which can be killed. */
import type { CommandReply, LiveSettings } from '../../server/contracts/live.ts';
import { MovableClock } from '../../server/platform/clock.ts';
import { startServer } from '../harness/app.ts';
import { SECRET } from '../harness/product.ts';
import { asks, Ear, Hall, stage } from '../server/live/hall.ts';

/** Position of the right option in every question of these sessions. */
export const RIGHT = 1;

export interface PreparedHall {
  readonly live: string;
  readonly cookie: string;
  readonly tokens: readonly string[];
}

/** Choice questions, points by being right alone, nothing by itself but what time does. */
export function accuracyQuiz(
  more: object = {},
): (known: Parameters<typeof asks>[0]) => LiveSettings['stages'] {
  return (known) => {
    const choices = known.filter((_, i) => i % 4 === 0);
    const steady = { readSeconds: 0, shuffleOptions: false, closeWhenAllAnswered: false, reveal: 'host' };
    return [stage('quiz', { questions: asks(choices), scoring: 'accuracy', ...steady, ...more })];
  };
}

/** Everybody has joined; no server runs. */
export async function prepareHall(
  location: string,
  players: number,
  stages = accuracyQuiz(),
): Promise<PreparedHall> {
  const server = await startServer(location, { HOITHI_SECRET: SECRET }, new MovableClock(Date.now()));
  const hall = await Hall.openOn(server, stages, {}, false);
  const joined = await Promise.all(Array.from({ length: players }, (_, i) => hall.join(`Nguoi ${i + 1}`)));
  const prepared = { live: hall.live, cookie: hall.cookie, tokens: joined.map(({ token }) => token) };
  await hall.close();
  return prepared;
}

let presses = 0;
const STEPS = new Set(['start', 'next', 'reveal', 'closeEarly', 'podium', 'end', 'showBoard']);

/** The host of a prepared session, at one product after another. */
export class RemoteHost {
  readonly #prepared: PreparedHall;
  ear: Ear;

  private constructor(prepared: PreparedHall, ear: Ear) {
    this.#prepared = prepared;
    this.ear = ear;
  }

  static async at(port: number, prepared: PreparedHall): Promise<RemoteHost> {
    const host = new RemoteHost(prepared, new Ear(port, prepared.cookie));
    await host.#follow();
    await host.say('takeControl');
    return host;
  }

  async #follow(): Promise<void> {
    const { live } = this.#prepared;
    const reply = await this.ear.follow(live, 'host', { client: 'client-of-host' });
    if ('refused' in reply) throw new Error(reply.refused);
    await this.ear.until('host', () => true);
  }

  async moveTo(port: number): Promise<void> {
    this.ear.close();
    this.ear = new Ear(port, this.#prepared.cookie);
    await this.#follow();
  }

  get view() {
    const frame = this.ear.newest('host');
    if (frame === undefined) throw new Error('the host heard nothing');
    return frame.view;
  }

  async say(what: string, more: object = {}): Promise<void> {
    const seen = STEPS.has(what) ? { seen: this.ear.newest('host')?.version ?? 0 } : {};
    const id = `remote-press-${++presses}`;
    const command = { v: 1, id, do: what, ...seen, ...more };
    const reply = await this.ear.ask<CommandReply>('live:command', command);
    if ('refused' in reply) throw new Error(`${what}: ${reply.refused}`);
    await this.ear.until('host', ({ version }) => version >= reply.version);
  }

  /** Asks the next question; its view. */
  async ask() {
    if (this.view.phase === 'lobby') await this.say('start');
    while (this.view.phase !== 'asked') await this.say('next');
    const { question } = this.view;
    if (question === null) throw new Error('nothing was asked');
    return question;
  }
}

export async function phoneAt(port: number, { live }: PreparedHall, token: string): Promise<Ear> {
  const ear = new Ear(port);
  const reply = await ear.follow(live, 'player', { token });
  if ('refused' in reply) throw new Error(reply.refused);
  await ear.me();
  return ear;
}
