/**
 * A hall of N phones over real sockets from another process: a question goes out, everybody answers (all at once, then spread
 * over 3 s), everything is counted, and the reveal brings everybody's own points and rank. A session plays several questions;
 * its first one warms up, of the others the medians count (the worst where nothing may go wrong). Beside it, in the same run,
 * what bare Socket.IO needs for one broadcast of the same frame and an acknowledged echo of the same N.
 */
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { freshSettings } from '../../server/live/desk.ts';
import { stageOf } from '../../server/live/stages/stage-registry.ts';
import { Product } from '../harness/product.ts';
import { startBareRoom } from './bare-room.ts';
import { type Bench, type Figures, type Goals, rounded } from './bench.ts';
import { type BareEcho, type BareHallLoad, type BareHallOutcome, medianOf } from './load/bare-hall.ts';
import { runLoad } from './load/child.ts';
import type { AskedOutcome, LiveHallLoad, LiveHallOutcome } from './load/live-hall.ts';
import { sessionOf } from './people.ts';
import { openPlace } from './place.ts';
import { seed } from './seed.ts';

const SPREADS_MS = [0, 3000];
/** How often each spread is measured. */
const TIMES = 3;
/** The first one warms up; CPU is read where nobody watches the loop. */
const QUESTIONS: LiveHallLoad['questions'] = [
  { spreadMs: 0, watched: false },
  ...Array.from({ length: TIMES }, (_, i) =>
    SPREADS_MS.map((spreadMs) => ({ spreadMs, watched: i < TIMES - 1 })),
  ).flat(),
];
const FULL = [200, 1000, 2000, 5000, 10_000];
const QUICK = [50];
const ORGANISER = 1;
/** Long enough that nobody's answer comes too late on a busy machine; it closes at its deadline, as most questions do. */
const SECONDS = 7;

interface Prepared {
  /** uids of true/false questions, and the right answers by stem. */
  readonly questions: readonly string[];
  readonly right: Readonly<Record<string, boolean>>;
}

/** Makes the first person an organiser and finds questions with known answers. */
function prepare(path: string): Prepared {
  const db = new Sqlite(path);
  db.prepare(`insert into roles (person_id, role, granted_at) values (?, 'organiser', 0)`).run(ORGANISER);
  const rows = db
    .prepare(
      `select q.uid, v.prompt, k.key from questions q
       join question_versions v on v.id = q.current_version_id join question_keys k on k.version_id = v.id
       where v.kind = 'trueFalse' and q.status = 'approved' limit ?`,
    )
    .raw(true)
    .all(QUESTIONS.length) as [string, string, string][];
  db.close();
  const right = rows.map(([, prompt, key]) => [JSON.parse(prompt).stem, JSON.parse(key).right]);
  return { questions: rows.map(([uid]) => uid), right: Object.fromEntries(right) };
}

class Desk {
  readonly #port: number;
  readonly cookie: string;

  constructor(port: number) {
    this.#port = port;
    this.cookie = `hoithi=${sessionOf(ORGANISER)}`;
  }

  async #post(path: string, body: object): Promise<Record<string, unknown>> {
    const reply = await fetch(`http://127.0.0.1:${this.#port}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: this.cookie },
      body: JSON.stringify(body),
    });
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
    return reply.json();
  }

  /** Opens a session that asks these questions. */
  async open(
    players: number,
    questions: readonly string[],
  ): Promise<{ readonly live: string; readonly pin: string }> {
    const settings = {
      ...Object(stageOf('quiz').defaults),
      questions: questions.map((question) => ({ question, seconds: null, points: null })),
      seconds: SECONDS,
      readSeconds: 0,
      closeWhenAllAnswered: false,
      reveal: 'host',
      board: 'host',
    };
    const made = await this.#post('/api/desk/live', {
      title: `Hội trường ${players}`,
      settings: {
        ...freshSettings(),
        stages: [{ kind: 'quiz', title: 'Đố nhanh', settings }],
        maxPlayers: Math.max(players, 10),
        filterNames: false,
      },
    });
    const opened = await this.#post(`/api/desk/live/${String(made.id)}/open`, {});
    return { live: String(opened.id), pin: String(opened.pin) };
  }
}

/** The measured questions of one spread, as one. */
function figuresOf(
  { players, spreadMs }: { readonly players: number; readonly spreadMs: number },
  { questions, kbPerPlayer }: LiveHallOutcome,
  bare: Pick<BareHallOutcome, 'broadcastMs' | 'ownShare'> & BareEcho,
): Figures {
  const numbered = questions.map((asked, i) => ({ ...asked, number: i + 1 })).slice(1);
  const measured = numbered.filter((asked) => asked.spreadMs === spreadMs);
  const median = (of: (asked: AskedOutcome) => number | null | undefined): number =>
    medianOf(measured.map(of).filter((value) => typeof value === 'number'));
  const worst = (of: (asked: AskedOutcome) => number | null | undefined): number =>
    Math.max(...measured.map((asked) => of(asked) ?? 0));
  const fanoutMs = median((asked) => asked.fanoutMs);
  const ackMs = median((asked) => asked.ackP99Ms);
  const revealMs = median((asked) => asked.revealMs);
  return {
    players,
    spread_s: spreadMs / 1000,
    questions: measured.map(({ number }) => number).join(' '),
    fanout_ms: rounded(fanoutMs),
    bare_broadcast_ms: rounded(bare.broadcastMs),
    fanout_ratio: rounded(fanoutMs / bare.broadcastMs),
    ack_p99_ms: rounded(ackMs),
    bare_echo_p99_ms: rounded(bare.p99Ms),
    ack_ratio: rounded(ackMs / bare.p99Ms),
    counted_after_ms: rounded(median((asked) => asked.countedMs)),
    reveal_ms: rounded(revealMs),
    reveal_ratio: rounded(revealMs / bare.broadcastMs),
    cpu_us_per_answer: rounded(median((asked) => asked.cpuUsPerAnswer)),
    bare_cpu_us_per_echo: rounded(bare.cpuUs),
    frames_per_player: rounded(worst((asked) => asked.framesPerPlayer)),
    kb_per_player: rounded(kbPerPlayer),
    loop_block_ms: rounded(worst((asked) => asked.loop?.stallMs)),
    loop_wall_ms: rounded(worst((asked) => asked.loop?.wallMs)),
    bare_loop_block_ms: rounded(bare.blockMs),
    wrong_points: worst((asked) => asked.wrongPoints),
    most_off_points: rounded(worst((asked) => asked.mostOff)),
    refused: worst((asked) => asked.refused),
    load_busy_bare: rounded(bare.ownShare),
    load_busy_fanout: rounded(median((asked) => asked.own.fanout)),
    load_busy_ack: rounded(median((asked) => asked.own.ack)),
    load_busy_reveal: rounded(median((asked) => asked.own.reveal)),
  };
}

const EACH: Goals = {
  fanout_ratio: { atMost: 1.5 },
  counted_after_ms: { atMost: 100 },
  reveal_ratio: { atMost: 2 },
  cpu_us_per_answer: { atMost: 150 },
  frames_per_player: { atMost: 3 },
  kb_per_player: { atMost: 25 },
  loop_block_ms: { atMost: 25 },
  wrong_points: { atMost: 0 },
  refused: { atMost: 0 },
};
const goalsOf = (spreadMs: number): Goals =>
  spreadMs === 0 ? { ...EACH, ack_ratio: { atMost: 2 } } : { ...EACH, ack_p99_ms: { atMost: 50 } };

async function bareOf(players: number, message: unknown, folder: string): Promise<BareHallOutcome> {
  const watchFile = join(folder, `bare-${players}.watch`);
  const room = await startBareRoom(watchFile);
  try {
    const { port, pid } = room;
    const load: BareHallLoad = { port, pid, watchFile, players, spreads: SPREADS_MS, message, times: TIMES };
    return await runLoad<BareHallOutcome>(new URL('./load/bare-hall.ts', import.meta.url), load);
  } finally {
    room.stop();
  }
}

interface Stand {
  readonly location: string;
  readonly folder: string;
  readonly prepared: Prepared;
  readonly profileInto: string | null;
}

/** A hall on the product as it ships. */
async function hallOf(players: number, stand: Stand): Promise<LiveHallOutcome> {
  const { location, folder, prepared, profileInto } = stand;
  const watchFile = join(folder, `loop-${players}.watch`);
  const profiling = profileInto === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileInto}`];
  const product = await Product.start({
    location,
    dataDir: folder,
    nodeFlags: [...profiling, '--import', new URL('./load/loop-watch.ts', import.meta.url).href],
    env: { LOOP_WATCH_FILE: watchFile, LOOP_WATCH: 'switched' },
  });
  try {
    const desk = new Desk(product.port);
    const load: LiveHallLoad = {
      port: product.port,
      pid: product.child.pid ?? 0,
      watchFile,
      ...(await desk.open(players, prepared.questions)),
      cookie: desk.cookie,
      players,
      questions: QUESTIONS,
      right: prepared.right,
    };
    return await runLoad<LiveHallOutcome>(new URL('./load/live-hall.ts', import.meta.url), load);
  } finally {
    await product.stop();
  }
}

export const liveRoom: Bench = {
  name: 'live-room',
  about:
    'a live contest of N phones: question, answers, counting, reveal, beside bare Socket.IO; one line an N and spread',
  async *run({ quick, players: sizes, profileInto, say }) {
    const place = await openPlace('sqlite');
    try {
      const location = await place.database('live');
      await seed(location, { people: 1 });
      const prepared = prepare(location);
      for (const players of sizes ?? (quick ? QUICK : FULL)) {
        say(`${players} phones on the product`);
        const stand = { location, folder: place.folder, prepared, profileInto };
        const outcome = await hallOf(players, stand);
        say(`${players} phones on bare Socket.IO`);
        const bare = await bareOf(players, outcome.frame, place.folder);
        for (const [i, spreadMs] of SPREADS_MS.entries()) {
          const echo = bare.echoes[i];
          if (echo === undefined) throw new Error('no echo of this spread');
          yield {
            figures: figuresOf({ players, spreadMs }, outcome, { ...bare, ...echo }),
            goals: goalsOf(spreadMs),
          };
        }
      }
    } finally {
      await place.remove();
    }
  },
};
