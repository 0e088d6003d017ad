/** A whole hall on the product: joins, follows, answers a session of questions, and checks every award. */
import type { Socket } from 'socket.io-client';
import type { AnswerReply, LiveCommand } from '../../../server/contracts/live.ts';
import type { LiveFrame, PlayerFrame } from '../../../server/contracts/live-messages.ts';
import type { LiveMe, LivePlayerView, LiveQuestionView } from '../../../server/contracts/live-views.ts';
import { cpuMsOf, usageOf } from '../../harness/product.ts';
import { answerParent } from './child.ts';
import { askAll, clockMs, inTurns, lastReceipt, OwnWork, openSocket } from './hall.ts';
import type { LoopWatch } from './loop-watch.ts';
import { LoopWatcher } from './loop-watcher.ts';
import { Phone } from './phone.ts';

export interface LiveHallLoad {
  readonly port: number;
  /** The server's process. */
  readonly pid: number;
  /** Where its event loop's watch writes. */
  readonly watchFile: string;
  readonly live: string;
  readonly pin: string;
  /** Session of an organiser. */
  readonly cookie: string;
  readonly players: number;
  /** The questions of the session in order: over how long the answers come, and whether the loop is watched. */
  readonly questions: readonly { readonly spreadMs: number; readonly watched: boolean }[];
  /** Stem → the right answer of a true/false question. */
  readonly right: Readonly<Record<string, boolean>>;
}

/** One question. */
export interface AskedOutcome {
  readonly spreadMs: number;
  readonly fanoutMs: number;
  readonly ackP99Ms: number;
  /** From the last arrival to the host's count of all. */
  readonly countedMs: number;
  readonly revealMs: number;
  /** While nobody watches the loop: the watch costs something too. Null: it was watched. */
  readonly cpuUsPerAnswer: number | null;
  readonly framesPerPlayer: number;
  /** Null: not watched. */
  readonly loop: LoopWatch | null;
  readonly wrongPoints: number;
  /** Largest difference between an award and what the time of sending deserves. */
  readonly mostOff: number;
  readonly refused: number;
  /** Share of the time in which this process itself computed. */
  readonly own: { readonly fanout: number; readonly ack: number; readonly reveal: number };
}

export interface LiveHallOutcome {
  readonly questions: readonly AskedOutcome[];
  readonly kbPerPlayer: number;
  /** A question as every phone got it. */
  readonly frame: unknown;
}

/** Stamps are whole ms of another process's clock: so far either way, beyond the measured round trip. */
const STAMP_SLACK_MS = 5;
const ASKED = Buffer.from('"phase":"asked"');
/** What joining leaves behind is cleared away before memory is looked at, ms. */
const REST_MS = 1500;

const rest = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

class Hall {
  readonly #load: LiveHallLoad;
  readonly #watcher: LoopWatcher;
  readonly #phones: Phone[] = [];
  readonly #tokens: string[] = [];
  #frames = 0;
  #frame: unknown = null;
  #host: Socket | null = null;
  #version = 0;
  #phase = '';
  #answered = 0;
  #countedAt = 0;
  #commands = 0;

  constructor(load: LiveHallLoad) {
    this.#load = load;
    this.#watcher = new LoopWatcher(load.pid, load.watchFile);
  }

  #url(path: string): string {
    return `http://127.0.0.1:${this.#load.port}${path}`;
  }

  async run(): Promise<LiveHallOutcome> {
    const { players, pid } = this.#load;
    await this.#follow();
    await inTurns(players, (i) => this.#join(i));
    await rest(REST_MS);
    const before = usageOf(pid).memoryBytes;
    await inTurns(players, (i) => this.#come(i));
    await rest(REST_MS);
    const kbPerPlayer = (usageOf(pid).memoryBytes - before) / 1024 / players;
    const questions: AskedOutcome[] = [];
    for (const question of this.#load.questions) questions.push(await this.#question(question));
    for (const phone of this.#phones) phone.close();
    this.#host?.close();
    return { questions, kbPerPlayer, frame: this.#frame };
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
    const phone = await Phone.open(this.#load.port);
    phone.heard = () => {
      this.#frames += 1;
    };
    const following = { v: 1, live: this.#load.live, as: 'player', token: this.#tokens[i] };
    const reply = await new Promise<Buffer>((answered) =>
      phone.ask('live:follow', JSON.stringify(following), answered),
    );
    if (reply.includes('refused')) throw new Error(`not let in: ${reply.toString()}`);
    this.#phones[i] = phone;
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
      await rest(5);
    }
  }

  /** Says "next" until a question is open; when the step before was said, and when the last player had the question. */
  async #ask(): Promise<{ readonly view: LivePlayerView; readonly fanoutMs: number; readonly own: number }> {
    let heard: Buffer | null = null;
    const received = lastReceipt(this.#phones, (frame) => {
      if (!frame.includes(ASKED)) return false;
      heard = frame;
      return true;
    });
    received.catch(() => undefined);
    for (let step = 0; step < 6; step++) {
      const own = new OwnWork();
      const from = clockMs();
      this.#frames = 0;
      await this.#say({ do: 'next', seen: this.#version });
      const phase = this.#phase;
      await this.#until('the next phase', () => this.#phase !== phase || this.#phase === 'asked', 2000).catch(
        () => undefined,
      );
      if (this.#phase !== 'asked') continue;
      const fanoutMs = (await received) - from;
      const ownShare = own.share();
      const frame: PlayerFrame = messageOf(heard);
      this.#frame = frame;
      return { view: frame.view, fanoutMs, own: ownShare };
    }
    throw new Error(`no question came; phase ${this.#phase}`);
  }

  async #question({ spreadMs, watched }: LiveHallLoad['questions'][number]): Promise<AskedOutcome> {
    const { pid, players } = this.#load;
    if (watched) await this.#watcher.start();
    const { view, fanoutMs, own: ownFanout } = await this.#ask();
    const question = view.question;
    if (question === null) throw new Error('a question without a text');
    await rest(Math.max(0, question.opensAt - clockMs() + 50));
    const answer = this.#rightTo(question);
    this.#countedAt = 0;
    const cpu = cpuMsOf(pid);
    const answers = await askAll<AnswerReply>(
      this.#phones,
      spreadMs,
      'live:answer',
      // Every third one is wrong, by the number of the phone.
      (i) => `{"v":1,"asking":${question.asking},"answer":${i % 3 === 2 ? !answer : answer}}`,
    );
    await this.#until('the count of all', () => this.#countedAt > 0);
    const cpuUsPerAnswer = watched ? null : ((cpuMsOf(pid) - cpu) * 1000) / players;
    const arrivals = answers.replies.map((reply) => ('ok' in reply ? reply.at : 0));
    const countedMs = this.#countedAt - Math.max(...arrivals);
    await this.#until('the grading after the deadline', () => this.#phase === 'graded', 2 * question.totalMs);
    const { mine, revealMs, own: ownReveal } = await this.#reveal(question);
    return {
      spreadMs,
      fanoutMs,
      ackP99Ms: answers.latency.p99,
      countedMs,
      revealMs,
      cpuUsPerAnswer,
      // The acknowledgement is a frame too.
      framesPerPlayer: 1 + this.#frames / players,
      loop: watched ? await this.#watcher.stop() : null,
      ...this.#awards(mine, answers.sentAt, answers.latency.max, question),
      refused: answers.replies.filter((reply) => 'refused' in reply).length,
      own: { fanout: ownFanout, ack: answers.ownShare, reveal: ownReveal },
    };
  }

  #rightTo({ prompt }: LiveQuestionView): boolean {
    const shown: unknown = prompt;
    const stem = typeof shown === 'object' && shown !== null && 'stem' in shown ? String(shown.stem) : '';
    const answer = this.#load.right[stem];
    if (answer === undefined) throw new Error(`the right answer is not known: ${stem}`);
    return answer;
  }

  /** What every phone is told of its own part, and the time until the last one has it. */
  async #reveal({ asking }: LiveQuestionView) {
    const last = Buffer.from(`"last":{"asking":${asking},`);
    const frames: Buffer[] = [];
    const revealed = lastReceipt(this.#phones, (frame, i) => {
      if (!frame.includes(last)) return false;
      frames[i] = frame;
      return true;
    });
    const own = new OwnWork();
    const from = clockMs();
    await this.#say({ do: 'reveal', seen: this.#version });
    const revealMs = (await revealed) - from;
    const ownShare = own.share();
    const mine = frames.map((frame) => messageOf<PlayerFrame>(frame).me);
    return { mine, revealMs, own: ownShare };
  }

  /** Awards against what the time of sending deserves: a round trip later at most is what the network explains. */
  #awards(
    mine: readonly (LiveMe | undefined)[],
    sentAt: Float64Array,
    longestMs: number,
    { opensAt, totalMs, points }: LiveQuestionView,
  ): { readonly wrongPoints: number; readonly mostOff: number } {
    let wrongPoints = 0;
    let mostOff = 0;
    const worth = (ms: number): number =>
      ms < 500 ? points : Math.round(points * (1 - Math.min(1, ms / totalMs) / 2));
    mine.forEach((me, i) => {
      const awarded = me?.last?.points ?? 0;
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

/** The message of an event as it came. */
function messageOf<Message>(frame: Buffer | null): Message {
  if (frame === null) throw new Error('nothing was heard');
  return JSON.parse(frame.toString())[1];
}

answerParent(import.meta.url, (load: LiveHallLoad) => new Hall(load).run());
