/**
 * A hall of N phones over real sockets from another process: a question goes out, everybody answers (all at once, then spread
 * over 3 s), everything is counted, and the reveal brings everybody's own points and rank. Beside it, in the same run, what
 * bare Socket.IO needs for one broadcast and an acknowledged echo of the same N.
 */
import Sqlite from 'better-sqlite3';
import { freshSettings } from '../../server/live/desk.ts';
import { stageOf } from '../../server/live/stages/stage-registry.ts';
import { Product } from '../harness/product.ts';
import { startBareRoom } from './bare-room.ts';
import { type Bench, type Figures, type Goals, rounded } from './bench.ts';
import type { BareHallLoad, BareHallOutcome } from './load/bare-hall.ts';
import { runLoad } from './load/child.ts';
import type { AskedOutcome, LiveHallLoad, LiveHallOutcome } from './load/live-hall.ts';
import { sessionOf } from './people.ts';
import { openPlace } from './place.ts';
import { seed } from './seed.ts';

const SPREADS_MS = [0, 3000];
const FULL = [200, 1000, 2000, 5000, 10_000];
const QUICK = [50];
const ORGANISER = 1;
/** Long enough that nobody's answer comes too late on a busy machine; it closes at its deadline, as most questions do. */
const SECONDS = 12;

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
    .all(SPREADS_MS.length) as [string, string, string][];
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

function figuresOf(
  players: number,
  spreadMs: number,
  asked: AskedOutcome,
  bare: { readonly broadcastMs: number; readonly echoMs: number },
  kbPerPlayer: number,
): Figures {
  return {
    players,
    spread_s: spreadMs / 1000,
    fanout_ms: rounded(asked.fanoutMs),
    bare_broadcast_ms: rounded(bare.broadcastMs),
    fanout_ratio: rounded(asked.fanoutMs / bare.broadcastMs),
    ack_p99_ms: rounded(asked.ackP99Ms),
    bare_echo_p99_ms: rounded(bare.echoMs),
    ack_ratio: rounded(asked.ackP99Ms / bare.echoMs),
    counted_after_ms: rounded(asked.countedMs),
    reveal_ms: rounded(asked.revealMs),
    reveal_ratio: rounded(asked.revealMs / bare.broadcastMs),
    cpu_us_per_answer: rounded(asked.cpuUsPerAnswer),
    frames_per_player: rounded(asked.framesPerPlayer),
    kb_per_player: rounded(kbPerPlayer),
    loop_block_ms: rounded(asked.loopBlockMs),
    wrong_points: asked.wrongPoints,
    most_off_points: rounded(asked.mostOff),
    refused: asked.refused,
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

/** Bytes of a question on its way, about. */
const FRAME_BYTES = 700;

async function bareOf(players: number): Promise<BareHallOutcome> {
  const room = await startBareRoom();
  try {
    const load: BareHallLoad = { port: room.port, players, spreads: SPREADS_MS, bytes: FRAME_BYTES };
    return await runLoad<BareHallOutcome>(new URL('./load/bare-hall.ts', import.meta.url), load);
  } finally {
    room.stop();
  }
}

export const liveRoom: Bench = {
  name: 'live-room',
  about:
    'a live contest of N phones: question, answers, counting, reveal, beside bare Socket.IO; one line an N and spread',
  async *run({ quick, say }) {
    const place = await openPlace('sqlite');
    try {
      const location = await place.database('live');
      await seed(location, { people: 1 });
      const { questions, right } = prepare(location);
      for (const players of quick ? QUICK : FULL) {
        say(`${players} phones on bare Socket.IO`);
        const bare = await bareOf(players);
        say(`${players} phones on the product`);
        const product = await Product.start({ location, dataDir: place.folder });
        try {
          const desk = new Desk(product.port);
          const session = await desk.open(players, questions);
          const load: LiveHallLoad = {
            port: product.port,
            pid: product.child.pid ?? 0,
            ...session,
            cookie: desk.cookie,
            players,
            spreads: SPREADS_MS,
            right,
          };
          const outcome = await runLoad<LiveHallOutcome>(
            new URL('./load/live-hall.ts', import.meta.url),
            load,
          );
          for (const [i, asked] of outcome.questions.entries()) {
            const spreadMs = SPREADS_MS[i] ?? 0;
            const echoMs = bare.echoP99Ms[i] ?? 0;
            yield {
              figures: figuresOf(players, spreadMs, asked, { ...bare, echoMs }, outcome.kbPerPlayer),
              goals: goalsOf(spreadMs),
            };
          }
        } finally {
          await product.stop();
        }
      }
    } finally {
      await place.remove();
    }
  },
};
