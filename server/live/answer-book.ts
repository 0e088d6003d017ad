/**
 * Answers on their way into the database. What waits travels together; an answer is acknowledged after its commit, and
 * only while its asking is open: on PostgreSQL the batch holds the asking's row `FOR SHARE`, and closing updates that row,
 * so that an acknowledged answer is graded and the loser is refused before anything is acknowledged. SQLite commits stand
 * in line. The first answer of a player counts: the row's key says so, whichever node or device it came from.
 */
import { and, count, eq, inArray } from 'drizzle-orm';
import type { Json } from '../../questions/question.ts';
import type { Database, Statement } from '../platform/database/door.ts';
import type { AnswerRow } from './outcome.ts';

/** The moment of the answer that counts; null: the asking was closed. */
export type Taken = number | null;

interface Waiting {
  readonly asking: number;
  readonly player: number;
  readonly at: number;
  /** As JSON. */
  readonly answer: string;
  readonly done: (taken: Taken) => void;
  readonly failed: (error: unknown) => void;
}

const MAX_BATCH = 1000;
const CHUNK = 500;
/**
 * Answers that trickle in wait so long for others: a commit costs as much as many answers, and nobody on a phone sees 35 ms.
 * The stamp that points come from was set before.
 */
const GATHER_MS = 35;
/** So many at once are a rush: neither they nor those right behind them wait for more. */
const RUSH = 100;

const ON_SQLITE = `insert into live_answers (asking_id, player, at, answer)
select ?, json_extract(j.value, '$[0]'), json_extract(j.value, '$[1]'), json_extract(j.value, '$[2]')
from json_each(?) j where (select state from live_askings where id = ?) = 1
on conflict do nothing`;

const ON_POSTGRES = `with open as (select id from live_askings where id = $1 and state = 1 for share)
insert into live_answers (asking_id, player, at, answer)
select open.id, a.player, a.at, a.answer::jsonb
from open, unnest($2::bigint[], $3::bigint[], $4::text[]) as a (player, at, answer)
on conflict do nothing`;

export class AnswerBook {
  readonly #database: Database;
  readonly #inFlightMost: number;
  #waiting: Waiting[] = [];
  #inFlight = 0;
  #gathering: NodeJS.Timeout | null = null;
  #scheduled = false;
  #rushing = false;
  #idle: (() => void)[] = [];

  constructor(database: Database) {
    this.#database = database;
    this.#inFlightMost = database.dialect === 'sqlite' ? 1 : 2;
  }

  /** `done` is called after the commit. */
  add(
    asking: number,
    player: number,
    at: number,
    answer: Json,
    done: (taken: Taken) => void,
    failed: (error: unknown) => void,
  ): void {
    this.#waiting.push({ asking, player, at, answer: JSON.stringify(answer), done, failed });
    if (this.#inFlight >= this.#inFlightMost) return;
    if (this.#waiting.length >= RUSH || this.#rushing) this.#flushSoon();
    else this.#gathering ??= setTimeout(() => this.#flush(), GATHER_MS);
  }

  /** Resolves when nothing waits and nothing is on its way. */
  settled(): Promise<void> {
    if (this.#waiting.length === 0 && this.#inFlight === 0) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#idle.push(resolve);
    return promise;
  }

  /** With everything that comes in this turn of the loop. */
  #flushSoon(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#flush();
    });
  }

  #flush(): void {
    if (this.#gathering !== null) clearTimeout(this.#gathering);
    this.#gathering = null;
    while (this.#inFlight < this.#inFlightMost && this.#waiting.length > 0) {
      const asking = this.#waiting[0]?.asking;
      let end = 0;
      while (end < MAX_BATCH && end < this.#waiting.length && this.#waiting[end]?.asking === asking) end++;
      const batch = this.#waiting.splice(0, end);
      this.#rushing = batch.length >= RUSH;
      this.#inFlight += 1;
      void this.#send(batch).finally(() => {
        this.#inFlight -= 1;
        this.#flush();
      });
    }
    if (this.#waiting.length > 0 || this.#inFlight > 0) return;
    for (const told of this.#idle.splice(0)) told();
  }

  async #send(batch: readonly Waiting[]): Promise<void> {
    const asking = batch[0]?.asking ?? 0;
    try {
      const [{ changes }] = await this.#database.atomic([this.#statement(asking, batch)]);
      if (changes === batch.length) {
        for (const { at, done } of batch) done(at);
        return;
      }
      const stands = await this.#standing(asking, batch);
      for (const { player, done } of batch) done(stands.get(player) ?? null);
    } catch (error) {
      for (const { failed } of batch) failed(error);
    }
  }

  #statement(asking: number, batch: readonly Waiting[]): Statement {
    if (this.#database.dialect === 'sqlite') {
      const rows = JSON.stringify(batch.map(({ player, at, answer }) => [player, at, answer]));
      return { sql: ON_SQLITE, params: [asking, rows, asking] };
    }
    const columns = [
      asking,
      batch.map(({ player }) => player),
      batch.map(({ at }) => at),
      batch.map(({ answer }) => answer),
    ];
    return { sql: ON_POSTGRES, params: columns as unknown as Statement['params'] };
  }

  /** Moments of the answers that these players have given. */
  async #standing(asking: number, batch: readonly Waiting[]): Promise<ReadonlyMap<number, number>> {
    const { liveAnswers } = this.#database.tables;
    const rows = await this.#database.query
      .select({ player: liveAnswers.player, at: liveAnswers.at })
      .from(liveAnswers)
      .where(
        and(
          eq(liveAnswers.askingId, asking),
          inArray(
            liveAnswers.player,
            batch.map(({ player }) => player),
          ),
        ),
      );
    return new Map(rows.map(({ player, at }) => [player, at]));
  }
}

/** All answers to an asking, in pieces; read outside the main thread. */
export async function* answersTo(database: Database, asking: number): AsyncGenerator<AnswerRow[]> {
  const { liveAnswers } = database.tables;
  const query = database.query
    .select({ player: liveAnswers.player, at: liveAnswers.at, answer: liveAnswers.answer })
    .from(liveAnswers)
    .where(eq(liveAnswers.askingId, asking));
  // A raw row holds JSON as text on SQLite, and as a value on PostgreSQL.
  const read = (value: unknown): Json => {
    const text = database.dialect === 'sqlite' ? String(value) : JSON.stringify(value);
    return JSON.parse(text);
  };
  for await (const chunk of database.scan(query, { chunk: CHUNK }))
    yield chunk.map(([player, at, answer]) => ({
      player: Number(player),
      at: Number(at),
      answer: read(answer),
    }));
}

export async function answerOf(
  database: Database,
  asking: number,
  player: number,
): Promise<AnswerRow | null> {
  const { liveAnswers } = database.tables;
  const [row] = await database.query
    .select({ player: liveAnswers.player, at: liveAnswers.at, answer: liveAnswers.answer })
    .from(liveAnswers)
    .where(and(eq(liveAnswers.askingId, asking), eq(liveAnswers.player, player)));
  return row === undefined ? null : { ...row, answer: row.answer ?? null };
}

export async function answerCount(database: Database, asking: number): Promise<number> {
  const { liveAnswers } = database.tables;
  const [row] = await database.query
    .select({ answers: count() })
    .from(liveAnswers)
    .where(eq(liveAnswers.askingId, asking));
  return row?.answers ?? 0;
}
