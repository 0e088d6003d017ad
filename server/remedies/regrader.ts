/**
 * The work that follows from a remedy: marking again, annulling, giving back. In small pieces in the low lane; each piece
 * says in the same commit how far it has come, so the work can be killed anywhere and goes on there. One at a time, in the
 * order in which they were decided, whichever node does it.
 */
import type { Attempts } from '../attempts/attempts.ts';
import { isRaced } from '../attempts/result-versions.ts';
import { RULINGS_POLL_MS } from '../attempts/rulings.ts';
import type { Context } from '../context.ts';
import { withAudit } from '../platform/audit.ts';
import { ConflictError, type Statement } from '../platform/database/door.ts';
import type { UnitsBelow } from './annul-scope.ts';
import { AnnulWork } from './annul-work.ts';
import type { Piece } from './grading-messages.ts';
import { GradingThread } from './grading-thread.ts';
import { changedResults } from './piece-changes.ts';
import { Direction, type RegradeRow, RemedyStore, remedyKindOf } from './store.ts';

export interface RegraderParts {
  readonly context: Context;
  readonly attempts: Attempts;
  readonly units: UnitsBelow;
  /** Counts again what predictions asked for, in a contest. */
  recount(contestId: number): Promise<unknown>;
}

/** Attempts looked at in one piece. */
const PIECE = 1000;
/** Work that has not moved for so long was left by a node that is gone. */
const LEFT_MS = 15_000;
const LOOK_EVERY_MS = 5_000;
/** A piece that others keep being faster with is given up for now. */
const TRIES = 50;
/** Attempts that closed so long before a ruling may have been marked by a node that did not know it yet. */
const UNKNOWING_MS = 60_000;

export class Regrader {
  readonly #parts: RegraderParts;
  readonly #store: RemedyStore;
  readonly #annuls: AnnulWork;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #again = false;
  #stopping = false;

  constructor(parts: RegraderParts) {
    this.#parts = parts;
    this.#store = new RemedyStore(parts.context.database);
    this.#annuls = new AnnulWork(parts, this.#store);
  }

  /** Goes on with what was left, then follows. */
  start(): void {
    this.#timer = setInterval(() => void this.wake(), LOOK_EVERY_MS).unref();
    void this.wake(true);
  }

  /** Does what is to be done now; resolves when nothing is left. `mine`: also what moved a moment ago. */
  wake(mine = false): Promise<void> {
    this.#again = true;
    this.#running ??= this.#runAll(mine)
      .catch((error: unknown) => {
        this.#parts.context.log.error({ err: error }, 'a regrade stopped; it goes on in a moment');
      })
      .finally(() => {
        this.#running = null;
      });
    return this.#running;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#running;
  }

  async #runAll(mine: boolean): Promise<void> {
    while (this.#again && !this.#stopping) {
      this.#again = false;
      for (;;) {
        const [work] = await this.#store.unfinished();
        if (work === undefined || this.#stopping || !this.#isOurs(work, mine)) break;
        if (!(await this.#run(work))) return;
      }
    }
  }

  /** On SQLite there is no other node; on PostgreSQL one that is at work moves it. */
  #isOurs(work: RegradeRow, mine: boolean): boolean {
    const { database, clock } = this.#parts.context;
    return database.dialect === 'sqlite' || mine || work.cursor === 0 || work.movedAt < clock.now() - LEFT_MS;
  }

  /** False when it was not brought to its end. */
  async #run(work: RegradeRow): Promise<boolean> {
    const remedy = await this.#store.byId(work.remedyId);
    const kind = remedyKindOf(remedy);
    if (kind === 'annul') {
      const done =
        work.direction === Direction.apply
          ? await this.#annuls.annul(work, remedy, () => this.#stopping)
          : await this.#annuls.restore(work, () => this.#stopping);
      if (!done) return false;
    } else if (!(await this.#regrade(work))) return false;
    await this.#parts.recount(remedy.contestId);
    return this.#finish(work, remedy.uid);
  }

  async #finish(work: RegradeRow, remedyUid: string): Promise<boolean> {
    const { context } = this.#parts;
    const now = await this.#store.work(work.id);
    if (now === null || now.finishedAt !== null) return true;
    const details = { looked: now.looked, changed: now.changed, direction: work.direction };
    const entry = { actor: 'system', action: 'remedy.done', subject: `remedy:${remedyUid}`, details };
    try {
      await withAudit(context, entry, [this.#store.finished(now, context.clock.now())]);
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
    }
    return true;
  }

  /** Marks again every paper of the rounds that asks one of the versions. */
  async #regrade(work: RegradeRow): Promise<boolean> {
    const { context, attempts } = this.#parts;
    const rulings = await this.#store.rulingsOf(work.remedyId);
    const rounds = [...new Set(rulings.map(({ roundId }) => roundId))];
    const only = new Set(rulings.map(({ versionId }) => versionId));
    await attempts.rulings.load();
    const thread = new GradingThread(context.database, context.config.databaseUrl);
    try {
      const pass = { thread, rounds, order: { rulings: await this.#store.rulingsIn(rounds), only } };
      if (!(await this.#pass(work, pass, null))) return false;
      const isOpen = rounds.some((id) => (attempts.rounds.byId(id)?.settledAt ?? null) === null);
      return !isOpen || (await this.#lookBack(work, pass));
    } finally {
      thread.end();
    }
  }

  /** What closed while the ruling was on its way to every node was marked by some without it: those are looked at once more. */
  async #lookBack(work: RegradeRow, pass: Pass): Promise<boolean> {
    const { database, clock } = this.#parts.context;
    const knownBy = work.startedAt + (database.dialect === 'sqlite' ? 0 : RULINGS_POLL_MS * 1.5);
    while (clock.now() < knownBy) {
      if (this.#stopping) return false;
      await new Promise((later) => setTimeout(later, 250));
    }
    return this.#pass(work, pass, work.startedAt - UNKNOWING_MS);
  }

  /** One walk over the attempts from the cursor on; a second walk (`closedFrom`) begins anew and leaves the cursor. */
  async #pass(
    work: RegradeRow,
    { thread, rounds, order }: Pass,
    closedFrom: number | null,
  ): Promise<boolean> {
    const read = (after: number): Promise<Piece> =>
      thread.piece({ rounds, after, limit: PIECE, closedFrom }, order);
    let now = work;
    let at = closedFrom === null ? work.cursor : 0;
    let reading = read(at);
    for (;;) {
      const piece = await reading;
      if (piece.last === null) return true;
      if (this.#stopping) return false;
      reading = read(piece.last);
      reading.catch(() => undefined);
      const cursor = closedFrom === null ? piece.last : now.cursor;
      if (!(await this.#write(now, piece, cursor, () => read(at)))) return false;
      now = { ...now, cursor };
      at = piece.last;
    }
  }

  /** False when another node goes on with the work. `again` reads the piece once more, after somebody wrote to its results. */
  async #write(
    work: RegradeRow,
    first: Piece,
    cursor: number,
    again: () => Promise<Piece>,
  ): Promise<boolean> {
    const { context, attempts } = this.#parts;
    let piece = first;
    for (let tried = 1; ; tried++) {
      const { statements, rounds } = await changedResults(attempts, piece);
      const counts = { looked: piece.looked, changed: statements.length };
      const all: Statement[] = [
        this.#store.moved(work, { cursor, ...counts }, context.clock.now()),
        ...statements,
      ];
      try {
        await context.database.atomic(all, 'low');
        for (const round of rounds) context.announcer.announce(`results:${round}`);
        return true;
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error;
        if (!isRaced(error) || tried === TRIES) return false;
        piece = await again();
      }
    }
  }
}

interface Pass {
  readonly thread: GradingThread;
  readonly rounds: readonly number[];
  readonly order: Parameters<GradingThread['piece']>[1];
}
