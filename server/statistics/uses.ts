/**
 * Where each question was asked and what came of it, as rows that the bank's table filters by. Counted from the attempts of a
 * round: once it is over, again when its results changed, and now and then while it is open. Any node counts; twice is once.
 */
import { eq, gt, inArray, max } from 'drizzle-orm';
import type { RoundInForce, Rounds } from '../attempts/rounds.ts';
import type { Context } from '../context.ts';
import { presentTallied } from './tallied-questions.ts';
import type { Tallies } from './tallies.ts';

type UsesContext = Pick<Context, 'database' | 'clock' | 'log'>;

interface Counted {
  readonly at: number;
  /** Newest result of the round at that moment; 0: none. */
  readonly seq: number;
  readonly over: boolean;
}

const EVERY_MS = 60_000;
/** A round that is open is counted anew after so long. */
const OPEN_MS = 30 * 60_000;
const ROWS_A_WRITE = 200;

export class QuestionUses {
  readonly #context: UsesContext;
  readonly #rounds: Rounds;
  readonly #tallies: Tallies;
  /** Newest result of each round, and of all. */
  readonly #newest = new Map<number, number>();
  #read = 0;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<number> | null = null;

  constructor(context: UsesContext, rounds: Rounds, tallies: Tallies) {
    this.#context = context;
    this.#rounds = rounds;
    this.#tallies = tallies;
  }

  start(): void {
    this.#timer = setInterval(() => void this.count(), EVERY_MS).unref();
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#running;
  }

  /** Counts what is due; how many rounds were. One counting runs at a time. */
  count(): Promise<number> {
    this.#running ??= this.#count()
      .catch((error: unknown) => {
        this.#context.log.error({ err: error }, 'uses of questions were not counted; tried again later');
        return 0;
      })
      .finally(() => {
        this.#running = null;
      });
    return this.#running;
  }

  async #count(): Promise<number> {
    let counted = 0;
    await this.#readFeed();
    const now = this.#context.clock.now();
    for (const round of this.#rounds.all()) {
      if (round.opensAt > now) continue;
      const before = await this.#before(round.id);
      const seq = this.#newest.get(round.id) ?? 0;
      const over = round.closesAt <= now;
      if (seq === 0 || !isDue(before, { at: now, seq, over })) continue;
      await this.#countRound(round, { at: now, seq, over });
      counted += 1;
    }
    return counted;
  }

  async #countRound(round: RoundInForce, mark: Counted): Promise<void> {
    const { database } = this.#context;
    const { questionUses: t, facts } = database.tables;
    const rows = await this.#rowsOf(round.id);
    await database.atomic([database.query.delete(t).where(eq(t.roundId, round.id))], 'low');
    for (let at = 0; at < rows.length; at += ROWS_A_WRITE) {
      const piece = rows.slice(at, at + ROWS_A_WRITE);
      await database.atomic([database.query.insert(t).values(piece).onConflictDoNothing()], 'low');
    }
    const fact = { name: factOf(round.id), value: JSON.stringify(mark) };
    const write = database.query
      .insert(facts)
      .values(fact)
      .onConflictDoUpdate({ target: facts.name, set: { value: fact.value } });
    await database.atomic([write], 'low');
  }

  /** A row a question: its versions are added up. */
  async #rowsOf(roundId: number) {
    const { items } = await presentTallied(this.#context, await this.#tallies.anew([roundId]));
    const sums = new Map<string, { asked: number; earned: number; flags: number }>();
    for (const { question, n, facility, flags } of items) {
      const sum = sums.get(question) ?? { asked: 0, earned: 0, flags: 0 };
      const warnings = flags.filter(({ code }) => code !== 'fewAttempts').length;
      sums.set(question, {
        asked: sum.asked + n,
        earned: sum.earned + n * facility,
        flags: sum.flags + warnings,
      });
    }
    const ids = await this.#idsOf([...sums.keys()]);
    return [...sums].flatMap(([uid, { asked, earned, flags }]) => {
      const questionId = ids.get(uid);
      if (questionId === undefined) return [];
      const facility = asked === 0 ? 0 : Math.round((10 * earned) / asked);
      return [{ questionId, roundId, asked, facility, flags }];
    });
  }

  async #idsOf(uids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const { questions: q } = this.#context.database.tables;
    const found = new Map<string, number>();
    for (let at = 0; at < uids.length; at += ROWS_A_WRITE) {
      const rows = await this.#context.database.query
        .select({ uid: q.uid, id: q.id })
        .from(q)
        .where(inArray(q.uid, uids.slice(at, at + ROWS_A_WRITE)));
      for (const { uid, id } of rows) found.set(uid, id);
    }
    return found;
  }

  async #before(roundId: number): Promise<Counted | null> {
    const { facts } = this.#context.database.tables;
    const [row] = await this.#context.database.query
      .select({ value: facts.value })
      .from(facts)
      .where(eq(facts.name, factOf(roundId)));
    return row === undefined ? null : JSON.parse(row.value);
  }

  /** What came into the feed since the last time, by round; the first time all of it. Read outside the main thread. */
  async #readFeed(): Promise<void> {
    const { results: r } = this.#context.database.tables;
    const query = this.#context.database.query
      .select({ round: r.roundId, seq: max(r.seq) })
      .from(r)
      .where(gt(r.seq, this.#read))
      .groupBy(r.roundId);
    for await (const numbers of this.#context.database.scanNumbers(query)) {
      for (let at = 0; at < numbers.length; at += 2) {
        const [round = 0, seq = 0] = numbers.subarray(at, at + 2);
        this.#newest.set(round, seq);
        this.#read = Math.max(this.#read, seq);
      }
    }
  }
}

const factOf = (roundId: number): string => `uses.${roundId}`;

function isDue(before: Counted | null, now: Counted): boolean {
  if (before === null) return true;
  if (before.seq === now.seq) return false;
  return (now.over && !before.over) || now.at - before.at >= OPEN_MS;
}
