/** A hall for tests: a server that listens, a bank with known keys, a session, a host, a screen and phones on real sockets. */

import { asc } from 'drizzle-orm';
import { io, type Socket } from 'socket.io-client';
import type { Json } from '../../../questions/question.ts';
import { seedBank } from '../../../server/banks/shipped.ts';
import type {
  AnswerReply,
  CommandReply,
  FollowReply,
  HostFrame,
  LiveFrame,
  LiveSettings,
  PlayerFrame,
} from '../../../server/contracts/live.ts';
import { freshSettings } from '../../../server/live/desk.ts';
import { stageOf } from '../../../server/live/stages/stage-registry.ts';
import { startServer, type TestServer } from '../../harness/app.ts';
import { Visitor } from '../../harness/visitor.ts';

/** Option texts that only a key knows are right; explanations that only a reveal may tell. */
export const SECRET = 'LỜI GIẢI CHỈ SAU KHI CÔNG BỐ';

interface Known {
  readonly uid: string;
  readonly kind: string;
  readonly key: Json;
}

const SAMPLES: readonly { readonly kind: string; readonly prompt: object; readonly key: Json }[] = [
  { kind: 'choice', prompt: { options: ['A', 'B', 'C', 'D'], multiple: false }, key: { right: [1] } },
  { kind: 'trueFalse', prompt: {}, key: { right: true } },
  { kind: 'shortText', prompt: {}, key: { accept: ['Hà Nội'], accents: false, case: false } },
  { kind: 'choice', prompt: { options: ['A', 'B', 'C', 'D'], multiple: true }, key: { right: [0, 2] } },
];

/** Writes a bank of so many questions; kinds take turns. */
async function seedQuestions({ context }: TestServer, count: number): Promise<Known[]> {
  const written = Array.from({ length: count }, (_, i) => {
    const sample = SAMPLES[i % SAMPLES.length];
    if (sample === undefined) throw new Error('no sample');
    return {
      code: `cau-${String(i + 1).padStart(3, '0')}`,
      kind: sample.kind,
      prompt: { ...sample.prompt, stem: `Câu hỏi số ${i + 1} của hội trường` },
      key: sample.key,
      explanation: `${SECRET} ${i}`,
      citation: { document: 'Nghị quyết 15-NQ/TW', section: SECRET, source: SECRET, validity: '' },
      topic: 'Thử',
      difficulty: 1 as const,
      tags: [],
      points: 100,
    };
  });
  const about = { slug: 'ngan-hang-thu', title: 'Thử', description: 'Thử', licence: 'CC0' };
  await seedBank(context, { ...about, documents: {}, questions: written });
  const { questions } = context.database.tables;
  const rows = await context.database.query
    .select({ uid: questions.uid })
    .from(questions)
    .orderBy(asc(questions.code));
  return rows.map(({ uid }, i) => ({
    uid,
    kind: written[i]?.kind ?? '',
    key: written[i]?.key ?? null,
  }));
}

export const stage = (kind: string, more: object = {}): LiveSettings['stages'][number] => ({
  kind,
  title: kind,
  settings: JSON.parse(JSON.stringify({ ...Object(stageOf(kind).defaults), ...more })),
});

export const asks = (known: readonly Known[]) =>
  known.map(({ uid }) => ({ question: uid, seconds: null, points: null }));

/** Something with a socket that keeps what it hears. */
export class Ear {
  readonly socket: Socket;
  readonly frames: LiveFrame[] = [];
  readonly ends: string[] = [];
  readonly problems: { readonly code: string }[] = [];

  constructor(port: number, cookie = '', address = '127.0.0.1') {
    this.socket = io(`http://${address}:${port}`, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      extraHeaders: cookie === '' ? {} : { cookie },
    });
    this.socket.on('live', (frame: LiveFrame) => this.frames.push(frame));
    this.socket.on('disconnect', (reason) => this.ends.push(reason));
    this.socket.on('problem', (problem: { code: string }) => this.problems.push(problem));
  }

  ask<Reply>(event: string, message: object): Promise<Reply> {
    return this.socket.timeout(5000).emitWithAck(event, message);
  }

  follow(live: string, as: 'host' | 'screen' | 'player', more: object = {}): Promise<FollowReply> {
    return this.ask('live:follow', { v: 1, live, as, ...more });
  }

  answer(asking: number, answer: Json): Promise<AnswerReply> {
    return this.ask('live:answer', { v: 1, asking, answer });
  }

  newest<Type extends LiveFrame['type']>(type: Type): Extract<LiveFrame, { type: Type }> | undefined {
    return this.frames.findLast((frame) => frame.type === type) as
      | Extract<LiveFrame, { type: Type }>
      | undefined;
  }

  /** What the player was told last of their own: a frame without it leaves it as it was. */
  async me(ms = 5000): Promise<NonNullable<PlayerFrame['me']>> {
    for (const since = performance.now(); performance.now() - since < ms; ) {
      const told = this.frames.findLast((frame) => frame.type === 'player' && frame.me !== undefined);
      if (told?.type === 'player' && told.me !== undefined) return told.me;
      await new Promise((again) => setTimeout(again, 5));
    }
    throw new Error('the player was told nothing of their own');
  }

  /** The newest frame of a kind once it fits. */
  async until<Type extends LiveFrame['type']>(
    type: Type,
    fits: (frame: Extract<LiveFrame, { type: Type }>) => boolean,
    ms = 5000,
  ): Promise<Extract<LiveFrame, { type: Type }>> {
    for (const since = performance.now(); performance.now() - since < ms; ) {
      const frame = this.newest(type);
      if (frame !== undefined && fits(frame)) return frame;
      await new Promise((again) => setTimeout(again, 5));
    }
    throw new Error(`no such ${type} frame; newest: ${JSON.stringify(this.newest(type)).slice(0, 600)}`);
  }

  close(): void {
    this.socket.disconnect();
  }
}

export interface Phone {
  readonly ear: Ear;
  readonly token: string;
  readonly number: number;
}

let commands = 0;

export class Hall {
  readonly server: TestServer;
  readonly port: number;
  readonly organiser: Visitor;
  readonly live: string;
  readonly pin: string;
  readonly host: Ear;
  readonly questions: readonly Known[];
  readonly #ears: Ear[] = [];

  private constructor(
    server: TestServer,
    port: number,
    organiser: Visitor,
    opened: { id: string; pin: string },
    questions: readonly Known[],
  ) {
    this.server = server;
    this.port = port;
    this.organiser = organiser;
    this.live = opened.id;
    this.pin = opened.pin;
    this.questions = questions;
    this.host = this.ear(cookieOf(organiser));
  }

  /** A session of these stages, opened, with its host in control. */
  static async open(
    stages: (questions: readonly Known[]) => LiveSettings['stages'],
    more: Partial<LiveSettings> = {},
    location?: string,
  ): Promise<Hall> {
    return Hall.openOn(await startServer(location), stages, more, true);
  }

  /** The same on a server that runs; without `listening` nobody is there yet. */
  static async openOn(
    server: TestServer,
    stages: (questions: readonly Known[]) => LiveSettings['stages'],
    more: Partial<LiveSettings>,
    listening: boolean,
  ): Promise<Hall> {
    const questions = await seedQuestions(server, 12);
    const organiser = await new Visitor(server).register({ name: 'Trần Thị Chủ Trì' });
    await organiser.become('organiser');
    const settings = { ...freshSettings(), stages: stages(questions), ...more };
    const created = await organiser.post('/api/desk/live', { title: 'Hội trường', settings });
    if (created.status !== 201) throw new Error(created.text);
    const opened = await organiser.post(`/api/desk/live/${created.body.id}/open`);
    if (opened.status !== 200) throw new Error(opened.text);
    if (!listening) return new Hall(server, 0, organiser, opened.body, questions);
    return Hall.at(server, organiser, opened.body, questions);
  }

  private static async at(
    server: TestServer,
    organiser: Visitor,
    session: { id: string; pin: string },
    questions: readonly Known[],
  ): Promise<Hall> {
    const address = await server.app.http.listen({ port: 0, host: '127.0.0.1' });
    await server.app.live.listening();
    const hall = new Hall(server, Number(new URL(address).port), organiser, session, questions);
    await hall.host.follow(hall.live, 'host', { client: 'client-of-host' });
    await hall.say({ do: 'takeControl' });
    return hall;
  }

  ear(cookie = ''): Ear {
    const ear = new Ear(this.port, cookie);
    this.#ears.push(ear);
    return ear;
  }

  /** A command of the host, seen at the newest version. */
  async say(command: { readonly do: string } & Record<string, unknown>): Promise<CommandReply> {
    const seen = this.host.newest('host')?.version ?? 0;
    const id = `press-${++commands}-${Math.random().toString(36).slice(2, 10)}`;
    const withSeen = STEPS.has(command.do) ? { seen } : {};
    const reply = await this.host.ask<CommandReply>('live:command', { v: 1, id, ...withSeen, ...command });
    if ('refused' in reply) throw new Error(`${command.do}: ${reply.refused}`);
    return reply;
  }

  view(): HostFrame['view'] {
    const frame = this.host.newest('host');
    if (frame === undefined) throw new Error('the host heard nothing');
    return frame.view;
  }

  phase(phase: HostFrame['view']['phase'], ms?: number): Promise<HostFrame> {
    return this.host.until('host', ({ view }) => view.phase === phase, ms);
  }

  async join(name: string): Promise<{ token: string; number: number }> {
    const body = { name, device: `device-${name.replace(/[^a-zA-Z0-9]/g, '')}-0123456789` };
    const reply = await new Visitor(this.server).post(`/api/live/pins/${this.pin}/players`, body);
    if (reply.status !== 200) throw new Error(reply.text);
    return reply.body;
  }

  async phone(name: string): Promise<Phone> {
    const { token, number } = await this.join(name);
    const ear = this.ear();
    const followed = await ear.follow(this.live, 'player', { token });
    if ('refused' in followed) throw new Error(followed.refused);
    return { ear, token, number };
  }

  phones(count: number): Promise<Phone[]> {
    return Promise.all(Array.from({ length: count }, (_, i) => this.phone(`Nguoi ${i + 1}`)));
  }

  async screen(): Promise<Ear> {
    const ear = this.ear(cookieOf(this.organiser));
    await ear.follow(this.live, 'screen');
    return ear;
  }

  /** Asks the next question and waits until all hear it and it is open; gives its view. */
  async ask(phones: readonly Phone[]): Promise<NonNullable<PlayerFrame['view']['question']>> {
    const before = this.view().question?.asking;
    if (this.view().phase === 'lobby') await this.say({ do: 'start' });
    if (this.view().phase !== 'asked') await this.say({ do: 'next' });
    if (this.view().phase === 'board') await this.say({ do: 'next' });
    await this.phase('asked');
    const { question } = this.view();
    if (question === null || question.asking === before) throw new Error('nothing was asked');
    const heard = ({ view }: PlayerFrame) => view.question?.asking === question.asking;
    await Promise.all(phones.map(({ ear }) => ear.until('player', heard)));
    const wait = question.opensAt - this.server.clock.now();
    if (wait > 0) this.server.clock.advance(wait);
    return question;
  }

  /** The clock was moved by hand: what waited for it is told. */
  async wake(): Promise<void> {
    const open = await this.server.app.live.rooms.byUid(this.live);
    await open?.room.wake();
  }

  get cookie(): string {
    return cookieOf(this.organiser);
  }

  async close(): Promise<void> {
    for (const ear of this.#ears) ear.close();
    await this.server.close();
  }
}

const STEPS = new Set(
  'start next closeEarly reveal skip skipStage undo showBoard hideBoard podium end'.split(' '),
);

const cookieOf = (visitor: Visitor): string =>
  [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
