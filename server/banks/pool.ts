/**
 * What papers are drawn from, in memory: the current version of every question that was not retired, without text and
 * without keys. A projection: a nudge on `bank:<id>` (or, when one was lost, a slow poll) makes it read again.
 */
import { and, eq, ne } from 'drizzle-orm';
import { gradings } from '../../questions/kinds/gradings.ts';
import type { Json } from '../../questions/question.ts';
import { type Pool, type PoolQuestion, preparePool } from '../attempts/draw-rules.ts';
import type { Context } from '../context.ts';
import { bankTopic } from './store.ts';

/** A question that may be drawn; `bank` is the bank's uid, as blueprints name it. */
export interface PooledQuestion extends PoolQuestion {
  readonly approved: boolean;
}

interface PooledBank {
  readonly id: number;
  readonly uid: string;
  /** Counts up with every reading. */
  readonly generation: number;
  readonly questions: readonly PooledQuestion[];
}

const POLL_MS = 60_000;
/** Combinations of banks that are kept ready; more than any installation runs at a time. */
const PREPARED_MAX = 500;

/** Questions that are looked at before others get their turn: what each means for drawing takes its time. */
const ROWS_A_TURN = 250;

export class BankPools {
  readonly #context: Pick<Context, 'database' | 'announcer' | 'log'>;
  /** By uid: what was read last. */
  readonly #banks = new Map<string, PooledBank>();
  /** By uid: a reading under way. */
  readonly #reading = new Map<string, Promise<PooledBank | null>>();
  readonly #prepared = new Map<string, { readonly stamp: string; readonly pool: Pool }>();
  readonly #stopListening: () => void;
  readonly #poll: NodeJS.Timeout;
  #generation = 0;

  constructor(context: Pick<Context, 'database' | 'announcer' | 'log'>) {
    this.#context = context;
    this.#stopListening = context.announcer.listen('bank:', (topic) => this.#heard(topic));
    this.#poll = setInterval(() => this.#readAgain([...this.#banks.keys()]), POLL_MS);
    this.#poll.unref();
  }

  close(): void {
    clearInterval(this.#poll);
    this.#stopListening();
  }

  /**
   * Everything that these banks offer, made ready for drawing. The same object until a bank changes, so that what a
   * blueprint finds in it is looked up once. Banks that do not exist offer nothing.
   */
  async pool(banks: readonly string[], approvedOnly: boolean): Promise<Pool> {
    const uids = [...new Set(banks)].sort();
    const read = await Promise.all(uids.map((uid) => this.#bank(uid)));
    const found = read.filter((bank) => bank !== null);
    const key = `${approvedOnly ? 'approved' : 'all'} ${uids.join(' ')}`;
    const stamp = found.map(({ uid, generation }) => `${uid}.${generation}`).join(' ');
    const known = this.#prepared.get(key);
    if (known?.stamp === stamp) return known.pool;
    const questions = found.flatMap((bank) => bank.questions);
    const pool = preparePool(approvedOnly ? questions.filter(({ approved }) => approved) : questions);
    this.#keep(key, { stamp, pool });
    return pool;
  }

  /** Questions of one bank; null when there is no such bank. */
  async questions(bank: string): Promise<readonly PooledQuestion[] | null> {
    return (await this.#bank(bank))?.questions ?? null;
  }

  /** Reads a bank again and waits for it: who wrote sees what was written. */
  async refresh(bank: string): Promise<void> {
    await this.#read(bank);
  }

  #keep(key: string, prepared: { readonly stamp: string; readonly pool: Pool }): void {
    const oldest = this.#prepared.keys().next().value;
    if (this.#prepared.size >= PREPARED_MAX && oldest !== undefined) this.#prepared.delete(oldest);
    this.#prepared.set(key, prepared);
  }

  async #bank(uid: string): Promise<PooledBank | null> {
    const reading = this.#reading.get(uid);
    if (reading !== undefined && !this.#banks.has(uid)) return reading;
    return this.#banks.get(uid) ?? this.#read(uid);
  }

  #heard(topic: string): void {
    const bank = [...this.#banks.values()].find(({ id }) => bankTopic(id) === topic);
    if (bank !== undefined) this.#readAgain([bank.uid]);
  }

  /** In the background: until it is done, the last reading serves. */
  #readAgain(uids: readonly string[]): void {
    for (const uid of uids) {
      this.#read(uid).catch((error: Error) =>
        this.#context.log.warn({ err: error, bank: uid }, 'bank not read again'),
      );
    }
  }

  /** Readings of one bank stand in line, so that the one that began last also ends last. */
  #read(uid: string): Promise<PooledBank | null> {
    const before = this.#reading.get(uid) ?? Promise.resolve(null);
    const reading = before
      .catch(() => null)
      .then(() => this.#fetch(uid))
      .finally(() => {
        if (this.#reading.get(uid) === reading) this.#reading.delete(uid);
      });
    this.#reading.set(uid, reading);
    return reading;
  }

  async #fetch(uid: string): Promise<PooledBank | null> {
    const { banks } = this.#context.database.tables;
    const [row] = await this.#context.database.query
      .select({ id: banks.id })
      .from(banks)
      .where(eq(banks.uid, uid));
    if (row === undefined) {
      this.#banks.delete(uid);
      return null;
    }
    const questions = await this.#scan(row.id, uid);
    this.#generation += 1;
    const bank = { id: row.id, uid, generation: this.#generation, questions };
    this.#banks.set(uid, bank);
    return bank;
  }

  async #scan(bankId: number, bank: string): Promise<readonly PooledQuestion[]> {
    const { questions, questionVersions: versions } = this.#context.database.tables;
    const query = this.#context.database.query
      .select({
        questionId: questions.id,
        versionId: versions.id,
        status: questions.status,
        kind: versions.kind,
        topic: versions.topic,
        difficulty: versions.difficulty,
        prompt: versions.prompt,
      })
      .from(questions)
      .innerJoin(versions, eq(versions.id, questions.currentVersionId))
      .where(and(eq(questions.bankId, bankId), ne(questions.status, 'retired')));
    const found: PooledQuestion[] = [];
    for await (const rows of this.#context.database.scan(query, { chunk: ROWS_A_TURN })) {
      for (const [questionId, versionId, status, kind, topic, difficulty, prompt] of rows) {
        found.push({
          questionId: Number(questionId),
          versionId: Number(versionId),
          bank,
          topic: String(topic),
          kind: String(kind),
          difficulty: difficulty === 1 || difficulty === 2 ? difficulty : 3,
          ...drawnHow(String(kind), prompt),
          approved: status === 'approved',
        });
      }
    }
    return found;
  }
}

/** What its kind says about drawing it. Scans give JSON as the driver does: parsed (PostgreSQL) or as text (SQLite). */
function drawnHow(
  kind: string,
  prompt: unknown,
): Pick<PooledQuestion, 'options' | 'isAlwaysShuffled' | 'isOnlyByName'> {
  const parsed: Json = typeof prompt === 'string' ? JSON.parse(prompt) : prompt;
  const grading = gradings.get(kind);
  if (grading === undefined) return { options: 0 };
  return {
    options: grading.shuffleable(parsed),
    ...(grading.isAlwaysShuffled === true ? { isAlwaysShuffled: true } : {}),
    ...(grading.isAnswered === false ? { isOnlyByName: true } : {}),
  };
}
