/**
 * SIGKILL under load, again and again. Each of some attempts has a saver that sends numbered saves and repeats the one that
 * was not acknowledged, as the client does. After each kill the files are copied and looked at as the disk has them, before
 * anything repairs them; then the server is started again and must go on where it was.
 */
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { attemptToken, attemptUid } from '../../server/attempts/attempt-id.ts';
import { Replay } from '../../server/attempts/journal-rules.ts';
import { unpackSheet } from '../../server/attempts/sheet-rules.ts';
import { Secrets } from '../../server/platform/secrets.ts';
import { answerTo, saveRequest } from '../bench/load/attempt-requests.ts';
import { Connection, type Reply } from '../bench/load/connection.ts';
import { type Seeded, seed } from '../bench/seed.ts';
import { folderOnDisk } from '../harness/folder.ts';
import { Product, SECRET } from '../harness/product.ts';

const SAVERS = 16;
const QUESTIONS = 20;
/** A kill comes after so many more acknowledgements at most, wherever a commit is then; after a second in any case. */
const MOST_SAVES = 400;
const LONGEST_LOAD_MS = 1000;

export interface KillReport {
  readonly kills: number;
  /** Saves acknowledged over all lives of the server. */
  readonly acknowledged: number;
  /** Acknowledged answers that were not there afterwards. */
  readonly lost: number;
  /** Acknowledgements with another number than theirs: a save counted twice, or forgotten. */
  readonly wrongNumbers: number;
  /** Copies whose integrity check found anything. */
  readonly damaged: number;
  /** From the start of the process to its first acknowledged save, ms: half of the starts, and the slowest. */
  readonly firstAnswerMs: { readonly p50: number; readonly max: number };
}

/** One attempt that is being saved to. */
interface Saver {
  readonly id: number;
  /** Number of the newest acknowledged save. */
  acknowledged: number;
}

class KillRun {
  readonly #folder = folderOnDisk();
  readonly #location = join(this.#folder, 'product.db');
  readonly #secrets = new Secrets(SECRET);
  readonly #savers: readonly Saver[] = Array.from({ length: SAVERS }, (_, i) => ({
    id: i + 1,
    acknowledged: 0,
  }));
  readonly #firstAnswers: number[] = [];
  #seeded: Seeded | null = null;
  #wrongNumbers = 0;
  #lost = 0;
  #damaged = 0;
  readonly #entry: string;

  constructor(entry: string) {
    this.#entry = entry;
  }

  async run(kills: number, say: (what: string) => void): Promise<KillReport> {
    try {
      this.#seeded = await seed(this.#location, { people: SAVERS, open: SAVERS, answered: 0 });
      this.#forgetSeededSaves();
      let product = await this.#start();
      for (let kill = 1; kill <= kills; kill++) {
        await this.#loadAndKill(product);
        this.#inspect();
        product = await this.#start(product.port);
        if (kill % 50 === 0) say(`${kill} kills, ${this.#lost} lost, ${this.#acknowledged} acknowledged`);
      }
      await product.stop();
      this.#inspect();
      return this.#report(kills);
    } finally {
      rmSync(this.#folder, { recursive: true, force: true });
    }
  }

  /** The journal begins empty, so that a save's number is its device's own. */
  #forgetSeededSaves(): void {
    const db = new Sqlite(this.#location);
    db.exec('delete from saves');
    db.close();
  }

  get #acknowledged(): number {
    return this.#savers.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
  }

  /** Started, and one save acknowledged. */
  async #start(port?: number): Promise<Product> {
    const options = { location: this.#location, dataDir: this.#folder, entry: this.#entry };
    const product = await Product.spawn(port === undefined ? options : { ...options, port });
    const [first] = this.#savers;
    if (first === undefined) throw new Error('nobody saves');
    while (!(await this.#saveAlone(product, first))) {
      if (product.child.exitCode !== null) throw new Error(product.output);
      await sleep(5);
    }
    this.#firstAnswers.push(performance.now() - product.startedAt);
    return product;
  }

  async #saveAlone(product: Product, saver: Saver): Promise<boolean> {
    try {
      const connection = await Connection.open(product.port);
      const saved = await this.#save(connection, saver);
      connection.close();
      return saved;
    } catch {
      return false;
    }
  }

  async #loadAndKill(product: Product): Promise<void> {
    const saving = this.#savers.map(async (saver) => {
      try {
        const connection = await Connection.open(product.port);
        while (await this.#save(connection, saver));
      } catch {
        // The server is dead: the save that was under way is sent again to the next one.
      }
    });
    const enough = this.#acknowledged + Math.random() * MOST_SAVES;
    const giveUpAt = performance.now() + LONGEST_LOAD_MS;
    while (this.#acknowledged < enough && performance.now() < giveUpAt) await sleep(1);
    await product.kill();
    await Promise.all(saving);
  }

  /** Sends the save after the newest acknowledged one; true when it was acknowledged. */
  async #save(connection: Connection, saver: Saver): Promise<boolean> {
    const n = saver.acknowledged + 1;
    const attempt = {
      id: attemptUid(this.#secrets, saver.id),
      token: attemptToken(this.#secrets, saver.id),
      kinds: this.#kindsOf(saver),
    };
    const reply: Reply = await connection.ask(saveRequest(attempt, 'phone', n, n % QUESTIONS, n - 1, n));
    if (reply.status !== 200) return false;
    if (!reply.body.includes(`"seq":${n},`)) this.#wrongNumbers += 1;
    saver.acknowledged = n;
    return true;
  }

  #kindsOf({ id }: Saver): readonly string[] {
    const progress = this.#seeded?.progress ?? [];
    return progress[(id - 1) % progress.length]?.kinds ?? [];
  }

  /** Looks at a copy of the files as the kill left them. */
  #inspect(): void {
    const copy = join(this.#folder, 'copy.db');
    for (const end of ['', '-wal'])
      if (existsSync(`${this.#location}${end}`)) copyFileSync(`${this.#location}${end}`, `${copy}${end}`);
    const db = new Sqlite(copy);
    if (db.pragma('integrity_check', { simple: true }) !== 'ok') this.#damaged += 1;
    const replays = new Map(this.#savers.map(({ id }) => [id, new Replay()]));
    const rows = db.prepare('select attempt_id, seq, sheet from saves order by id').raw(true).iterate();
    for (const [id, seq, sheet] of rows as Iterable<[number, number, string]>)
      replays.get(id)?.add(seq, sheet);
    for (const saver of this.#savers) {
      const replay = replays.get(saver.id);
      this.#lost += this.#lostOf(saver, replay?.seq ?? 0, replay?.sheet ?? '');
    }
    db.close();
    for (const end of ['', '-wal', '-shm']) rmSync(`${copy}${end}`, { force: true });
  }

  /** Acknowledged saves that are missing; the one after them may be there too: it was committed and not acknowledged. */
  #lostOf(saver: Saver, seq: number, sheet: string): number {
    if (seq < saver.acknowledged) return saver.acknowledged - seq;
    if (seq === 0) return 0;
    const { answers } = unpackSheet(sheet);
    const kinds = this.#kindsOf(saver);
    let wrong = 0;
    for (let n = Math.max(1, seq - QUESTIONS + 1); n <= seq; n++) {
      const expected = JSON.stringify(JSON.parse(answerTo(kinds[n % QUESTIONS], n)));
      if (JSON.stringify(answers[n % QUESTIONS]) !== expected) wrong += 1;
    }
    return wrong;
  }

  #report(kills: number): KillReport {
    const sorted = this.#firstAnswers.toSorted((a, b) => a - b);
    return {
      kills,
      acknowledged: this.#acknowledged,
      lost: this.#lost,
      wrongNumbers: this.#wrongNumbers,
      damaged: this.#damaged,
      firstAnswerMs: { p50: sorted[Math.floor(sorted.length / 2)] ?? 0, max: sorted.at(-1) ?? 0 },
    };
  }
}

/** What is killed: the product, or the part behind the door of a save (see `core-server.ts`). */
export type Victim = 'product' | 'core';

const ENTRIES: Readonly<Record<Victim, string>> = {
  product: 'server/main.ts',
  core: 'tests/faults/core-server.ts',
};

/** Kills it so many times. `say` is told every fifty. */
export function killAgainAndAgain(
  victim: Victim,
  kills: number,
  say: (what: string) => void = () => undefined,
): Promise<KillReport> {
  return new KillRun(ENTRIES[victim]).run(kills, say);
}
