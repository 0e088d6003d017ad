/** A whole hall on the product: joins, follows, answers two questions (all at once and spread), and checks every award. */
import type { Socket } from 'socket.io-client';
import type { AnswerReply, LiveCommand } from '../../../server/contracts/live.ts';
import type { LiveFrame } from '../../../server/contracts/live-messages.ts';
import type { LiveMe, LivePlayerView } from '../../../server/contracts/live-views.ts';
import { usageOf } from '../../harness/product.ts';
import { answerParent } from './child.ts';
import { askAll, clockMs, inTurns, lastReceipt, openSocket } from './hall.ts';

export interface LiveHallLoad {
  readonly port: number;
  /** The server's process. */
  readonly pid: number;
  readonly live: string;
  readonly pin: string;
  /** Session of an organiser. */
  readonly cookie: string;
  readonly players: number;
  readonly spreads: readonly number[];
  /** Stem → the right answer of a true/false question. */
  readonly right: Readonly<Record<string, boolean>>;
}

/** One question. */
export interface AskedOutcome {
  readonly fanoutMs: number;
  readonly ackP99Ms: number;
  /** From the last arrival to the host's count of all. */
  readonly countedMs: number;
  readonly revealMs: number;
  readonly cpuUsPerAnswer: number;
  readonly framesPerPlayer: number;
  readonly loopBlockMs: number;
  readonly wrongPoints: number;
  /** Largest difference between an award and what the time of sending deserves. */
  readonly mostOff: number;
  readonly refused: number;
  readonly frameBytes: number;
}

export interface LiveHallOutcome {
  readonly questions: readonly AskedOutcome[];
  readonly kbPerPlayer: number;
}

/** Stamps are whole ms of another process's clock: so far either way, beyond the measured round trip. */
const STAMP_SLACK_MS = 5;

class Hall {
  readonly #load: LiveHallLoad;
  readonly #sockets: Socket[] = [];
  readonly #tokens: string[] = [];
  readonly #frames: number[] = [];
  #host: Socket | null = null;
  #version = 0;
  #phase = '';
  #answered = 0;
  #countedAt = 0;
  #commands = 0;

  constructor(load: LiveHallLoad) {
    this.#load = load;
  }

  #url(path: string): string {
    return `http://127.0.0.1:${this.#load.port}${path}`;
  }

  async run(): Promise<LiveHallOutcome> {
    const { players, spreads, pid } = this.#load;
    await this.#follow();
    await inTurns(players, (i) => this.#join(i));
    const before = usageOf(pid).memoryBytes;
    await inTurns(players, (i) => this.#come(i));
    const kbPerPlayer = (usageOf(pid).memoryBytes - before) / 1024 / players;
    const questions: AskedOutcome[] = [];
    for (const spread of spreads) questions.push(await this.#question(spread));
    for (const socket of this.#sockets) socket.close();
    this.#host?.close();
    return { questions, kbPerPlayer };
  }

  async #join(i: number): Promise<void> {
    const reply = await fetch(this.#url(`/api/live/pins/${this.#load.pin}/players`), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ device: `bench-device-${String(i).padStart(8, '0')}`, name: `Người chơi ${i}` }),
    });
    if (!reply.ok) throw new Error(`not joined: ${reply.status} ${await reply.text()}`);
    const joined: { readonly token: string } = await reply.json();
    this.#tokens[i] = joined.token;
  }

  async #come(i: number): Promise<void> {
    const token = this.#tokens[i];
    const socket = await openSocket(this.#load.port);
    socket.on('live', () => {
      this.#frames[i] = (this.#frames[i] ?? 0) + 1;
    });
    const reply: { readonly refused?: string } = await socket.emitWithAck('live:follow', {
      v: 1,
      live: this.#load.live,
      as: 'player',
      token,
    });
    if (reply.refused !== undefined) throw new Error(`not let in: ${reply.refused}`);
    this.#sockets[i] = socket;
  }

  async #follow(): Promise<void> {
    const { port, cookie, live, players } = this.#load;
    const host = await openSocket(port, cookie);
    this.#host = host;
    host.on('live', (frame: LiveFrame) => {
      if (frame.type !== 'host' && frame.type !== 'counts') return;
      this.#version = Math.max(this.#version, frame.version);
      if (frame.type === 'host') this.#phase = frame.view.phase;
      this.#answered = frame.type === 'host' ? frame.view.counts.answered : frame.counts.answered;
      if (this.#answered === players && this.#countedAt === 0) this.#countedAt = clockMs();
    });
    const reply: { readonly refused?: string } = await host.emitWithAck('live:follow', {
      v: 1,
      live,
      as: 'host',
      client: 'bench-host-client',
    });
    if (reply.refused !== undefined) throw new Error(`the host was refused: ${reply.refused}`);
    await this.#say({ do: 'takeControl' });
  }

  async #say(command: Pick<LiveCommand, 'do'> & { readonly seen?: number }): Promise<void> {
    this.#commands += 1;
    const id = `bench-command-${this.#commands}`;
    const reply: { readonly refused?: string; readonly version?: number } = await this.#host?.emitWithAck(
      'live:command',
      { v: 1, id, ...command },
    );
    if (reply.refused !== undefined) throw new Error(`${command.do} was refused: ${reply.refused}`);
    this.#version = Math.max(this.#version, reply.version ?? 0);
  }

  async #until(what: string, holds: () => boolean, limitMs = 30_000): Promise<void> {
    const end = clockMs() + limitMs;
    while (!holds()) {
      if (clockMs() > end) throw new Error(`${what} did not come; phase ${this.#phase}`);
      await new Promise((next) => setTimeout(next, 5));
    }
  }

  /** Says "next" until a question is open; when the step before was said, and when the last player had the question. */
  async #ask(): Promise<{
    readonly view: LivePlayerView;
    readonly fanoutMs: number;
    readonly bytes: number;
  }> {
    let view: LivePlayerView | null = null;
    const received = lastReceipt(this.#sockets, 'live', (frame: LiveFrame) => {
      if (frame.type !== 'player' || frame.view.phase !== 'asked') return false;
      view = frame.view;
      return true;
    });
    received.catch(() => undefined);
    for (let step = 0; step < 6; step++) {
      const from = clockMs();
      this.#frames.fill(0);
      await this.#say({ do: 'next', seen: this.#version });
      const phase = this.#phase;
      await this.#until('the next phase', () => this.#phase !== phase || this.#phase === 'asked', 2000).catch(
        () => undefined,
      );
      if (this.#phase !== 'asked') continue;
      const fanoutMs = (await received) - from;
      if (view === null) throw new Error('nothing was asked');
      return { view, fanoutMs, bytes: Buffer.byteLength(JSON.stringify(view)) };
    }
    throw new Error(`no question came; phase ${this.#phase}`);
  }

  async #loopBlockMs(): Promise<number> {
    const text = await (await fetch(this.#url('/metrics'))).text();
    return 1000 * Number(/^hoithi_nodejs_eventloop_lag_max_seconds (.*)$/m.exec(text)?.[1] ?? Number.NaN);
  }

  async #question(spreadMs: number): Promise<AskedOutcome> {
    const { pid, players } = this.#load;
    await this.#loopBlockMs();
    const { view, fanoutMs, bytes } = await this.#ask();
    const question = view.question;
    if (question === null) throw new Error('a question without a text');
    await new Promise((next) => setTimeout(next, Math.max(0, question.opensAt - clockMs() + 50)));
    const prompt: unknown = question.prompt;
    const stem = typeof prompt === 'object' && prompt !== null && 'stem' in prompt ? String(prompt.stem) : '';
    const answer = this.#load.right[stem];
    if (answer === undefined) throw new Error(`the right answer is not known: ${stem}`);
    this.#countedAt = 0;
    const cpu = usageOf(pid).cpuSeconds;
    const { latency, sentAt, replies } = await askAll<AnswerReply>(
      this.#sockets,
      spreadMs,
      'live:answer',
      // Every third one is wrong, by the number of the socket.
      (i) => ({ v: 1, asking: question.asking, answer: i % 3 === 2 ? !answer : answer }),
    );
    await this.#until('the count of all', () => this.#countedAt > 0);
    const cpuUsPerAnswer = ((usageOf(pid).cpuSeconds - cpu) * 1e6) / players;
    const arrivals = replies.map((reply) => ('ok' in reply ? reply.at : 0));
    const countedMs = this.#countedAt - Math.max(...arrivals);
    await this.#until('the grading after the deadline', () => this.#phase === 'graded', 2 * question.totalMs);
    const mine: LiveMe[] = [];
    const revealed = lastReceipt(this.#sockets, 'live', (frame: LiveFrame, i) => {
      if (frame.type !== 'player' || frame.me?.last?.asking !== question.asking) return false;
      mine[i] = frame.me;
      return true;
    });
    const from = clockMs();
    await this.#say({ do: 'reveal', seen: this.#version });
    const revealMs = (await revealed) - from;
    return {
      fanoutMs,
      ackP99Ms: latency.p99,
      countedMs,
      revealMs,
      cpuUsPerAnswer,
      // The acknowledgement is a frame too.
      framesPerPlayer: 1 + this.#frames.reduce((sum, frames) => sum + frames, 0) / players,
      loopBlockMs: await this.#loopBlockMs(),
      ...this.#awards(mine, sentAt, latency.max, question),
      refused: replies.filter((reply) => 'refused' in reply).length,
      frameBytes: bytes,
    };
  }

  /** Awards against what the time of sending deserves: a round trip later at most is what the network explains. */
  #awards(
    mine: readonly LiveMe[],
    sentAt: Float64Array,
    longestMs: number,
    {
      opensAt,
      totalMs,
      points,
    }: { readonly opensAt: number; readonly totalMs: number; readonly points: number },
  ): { readonly wrongPoints: number; readonly mostOff: number } {
    let wrongPoints = 0;
    let mostOff = 0;
    const worth = (ms: number): number =>
      ms < 500 ? points : Math.round(points * (1 - Math.min(1, ms / totalMs) / 2));
    mine.forEach((me, i) => {
      const awarded = me.last?.points ?? 0;
      const after = (sentAt[i] ?? 0) - opensAt;
      const isRight = i % 3 !== 2;
      const most = isRight ? worth(after - STAMP_SLACK_MS) + 1 : 0;
      const least = isRight ? worth(after + longestMs + STAMP_SLACK_MS) - 1 : 0;
      mostOff = Math.max(mostOff, isRight ? Math.abs(worth(after) - awarded) : awarded);
      if (awarded > most || awarded < least) wrongPoints += 1;
    });
    return { wrongPoints: wrongPoints + (this.#load.players - mine.length), mostOff };
  }
}

answerParent(import.meta.url, (load: LiveHallLoad) => new Hall(load).run());
