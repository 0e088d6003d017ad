/** Declaring how binding a board's results are: each step takes a snapshot, is reasoned, logged, and never goes back. */
import { and, eq, isNull } from 'drizzle-orm';
import { CONTESTS_TOPIC, contestSubject, type RoundRow, type WholeContest } from '../contests/store.ts';
import type { ClosingBoard, ClosingView, Comparison, Declare, RoundStanding } from '../contracts/closing.ts';
import { awaitedIn } from '../leaderboards/awaited.ts';
import type { HeldBoard } from '../leaderboards/boards.ts';
import { withAudit } from '../platform/audit.ts';
import { ConflictError, expecting, type Statement } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import { Causes } from './causes.ts';
import {
  type BoardOf,
  type By,
  boardOf,
  boardsOf,
  type ClosingContext,
  ownContest,
} from './closing-context.ts';
import type { Draws } from './draws.ts';
import { presentSnapshot, StaffNames } from './presenter.ts';
import type { SnapshotRow, Snapshots } from './snapshots.ts';
import { declaredOf, isOfficial, nextStandings, standingOf } from './standing-rules.ts';
import { compareInThread } from './thread.ts';

/** Lines of a comparison that are named. */
const MOVES = 500;

type Waits = ClosingBoard['waits'];

/** What a contest's results wait for beyond its rounds themselves. */
interface StillToCome {
  /** Rounds in which somebody may still start an attempt that was granted to them. */
  readonly granted: ReadonlySet<number>;
  /** A remedy was decided, and its work is not done. */
  readonly remedy: boolean;
}

export class Closing {
  readonly #closing: ClosingContext;
  readonly #snapshots: Snapshots;
  readonly #draws: Draws;
  readonly #names: StaffNames;

  constructor(closing: ClosingContext, snapshots: Snapshots, draws: Draws) {
    this.#closing = closing;
    this.#snapshots = snapshots;
    this.#draws = draws;
    this.#names = new StaffNames(closing.context.database);
  }

  async view(contest: string, by: By): Promise<ClosingView> {
    return this.#view(await ownContest(this.#closing, contest, by.who), by.now);
  }

  async #view(whole: WholeContest, now: number): Promise<ClosingView> {
    const boards = boardsOf(whole);
    const keys = boards.map(({ key }) => key);
    const [snapshots, draws] = await Promise.all([this.#snapshots.of(keys), this.#draws.of(keys)]);
    const names = await this.#names.of(snapshots.map(({ takenBy }) => takenBy));
    const toCome = await this.#toCome(whole, now);
    return {
      boards: boards.map((board) => {
        const own = snapshots.filter((one) => one.board === board.key);
        const draw = draws.get(board.key);
        return {
          ...this.#about(whole, board, own[0] ?? null, toCome, now),
          snapshots: own.map((row) => presentSnapshot(row, names)),
          draw: draw === undefined ? null : { commitment: draw.commitment, committedAt: draw.committedAt },
        };
      }),
    };
  }

  #about(
    whole: WholeContest,
    board: BoardOf,
    newest: SnapshotRow | null,
    toCome: StillToCome,
    now: number,
  ): Omit<ClosingBoard, 'snapshots' | 'draw'> {
    const { key, title, round } = board;
    const waits = waitsOf(whole, board, toCome, now);
    const stands = { settledAt: settledOf(whole, round), standing: newest?.standing ?? null };
    const may = nextStandings(stands).filter((next) => next === 'provisional' || waits === null);
    return {
      board: key,
      title,
      standing: round === null ? contestStanding(whole, newest, now) : standingOf(round, now),
      next: [...may],
      waits,
      closesAt: round?.closesAt ?? Math.max(...whole.rounds.map(({ closesAt }) => closesAt)),
      settledAt: stands.settledAt,
      predictionTruth: round?.predictionTruth ?? null,
    };
  }

  async #toCome({ contest, rounds }: WholeContest, now: number): Promise<StillToCome> {
    const { database } = this.#closing.context;
    const { regrades: w, remedies: r } = database.tables;
    const ids = rounds.map(({ id }) => id);
    const working = database.query
      .select({ id: w.id })
      .from(w)
      .innerJoin(r, eq(r.id, w.remedyId))
      .where(and(isNull(w.finishedAt), eq(r.contestId, contest.id)))
      .limit(1);
    const [granted, works] = await Promise.all([awaitedIn(database, ids, now), working]);
    return { granted, remedy: works.length > 0 };
  }

  /** Throws `closing.notYet`, `conflict`, `busy`. Sent twice it is once. */
  async declare(contest: string, command: Declare, by: By): Promise<ClosingView> {
    const whole = await ownContest(this.#closing, contest, by.who);
    const board = boardOf(whole, command.board);
    const newest = await this.#snapshots.newest(board.key);
    if (isSameAgain(newest, command, by)) return this.#view(whole, by.now);
    if ((newest?.number ?? 0) !== command.last)
      throw new AppError('conflict', { facts: { last: newest?.number ?? 0 } });
    const { next } = this.#about(whole, board, newest, await this.#toCome(whole, by.now), by.now);
    if (!next.includes(command.standing)) throw new AppError('closing.notYet');
    const row = await this.#take(whole, board, command, by);
    await this.#finish(whole, board, row, command, by);
    return this.#view(await this.#closing.contests.byUid(contest), by.now);
  }

  async #take(whole: WholeContest, board: BoardOf, command: Declare, by: By): Promise<SnapshotRow> {
    const { boards, units } = this.#closing;
    // Another node may have changed how the board is counted a moment ago, and its nudge may still be on its way.
    await boards.refresh();
    const position = await boards.catchUp();
    const held: HeldBoard | undefined = boards.get(board.key);
    if (held === undefined) throw new AppError('busy');
    const numbers = await this.#numbers(whole.contest.id);
    return this.#snapshots.write(
      {
        contestId: whole.contest.id,
        roundId: board.round?.id ?? null,
        board: board.key,
        standing: command.standing,
        order: held.spec.rules.order,
        position,
        by: by.who.uid,
        reason: command.reason,
        now: by.now,
      },
      held.staff,
      [...units.index.all()].map(({ id }) => id),
      numbers,
    );
  }

  /** Entry numbers by person, read outside the main thread. */
  async #numbers(contestId: number): Promise<ReadonlyMap<number, number>> {
    const { database } = this.#closing.context;
    const { entries: t } = database.tables;
    const query = database.query
      .select({ person: t.personId, number: t.number })
      .from(t)
      .where(eq(t.contestId, contestId));
    const numbers = new Map<number, number>();
    for await (const chunk of database.scanNumbers(query))
      for (let at = 0; at < chunk.length; at += 2) numbers.set(chunk[at] ?? 0, chunk[at + 1] ?? 0);
    return numbers;
  }

  async #finish(
    whole: WholeContest,
    board: BoardOf,
    row: SnapshotRow,
    command: Declare,
    by: By,
  ): Promise<void> {
    const { context, boards, open } = this.#closing;
    const number = command.last + 1;
    const rounds = board.round === null ? whole.rounds : [board.round];
    const said = board.round === null ? {} : { standing: command.standing };
    const statements: Statement[] = [
      this.#snapshots.finish(row, number, by.now),
      ...rounds.map((round) => this.#unchanged(round, said)),
    ];
    const entry = {
      actor: by.who.uid,
      action: `results.${command.standing}`,
      subject: contestSubject(whole.contest),
      reason: command.reason,
      details: { board: board.key, snapshot: row.uid, number, fingerprint: row.fingerprint },
      address: by.address,
    };
    await withAudit(context, entry, statements).catch((error: unknown) => {
      if (error instanceof ConflictError) throw new AppError('conflict');
      throw error;
    });
    context.announcer.announce(CONTESTS_TOPIC);
    // This node knows before the organiser hears of it.
    await Promise.all([boards.refresh(), open.refresh()]);
  }

  /** Counts a round up as it was looked at: a remedy or another declaration meanwhile is refused, or refuses this one. */
  #unchanged({ id, version }: RoundRow, said: Partial<Pick<Declare, 'standing'>>): Statement {
    const { database } = this.#closing.context;
    const { rounds } = database.tables;
    return expecting(
      1,
      database.query
        .update(rounds)
        .set({ ...said, version: version + 1 })
        .where(and(eq(rounds.id, id), eq(rounds.version, version))),
    );
  }

  /** Two snapshots of one board of the contest. Throws `notFound`. */
  async compare(contest: string, from: string, to: string, by: By): Promise<Comparison> {
    const whole = await ownContest(this.#closing, contest, by.who);
    const [before, after] = await Promise.all([from, to].map((uid) => this.#snapshots.byUid(uid)));
    if (before == null || after == null || before.board !== after.board) throw new AppError('notFound');
    if (before.contestId !== whole.contest.id) throw new AppError('notFound');
    const differences = await compareInThread(this.#snapshots, before.id, after.id, MOVES);
    const names = await this.#names.of([before.takenBy, after.takenBy]);
    const causes = new Causes(this.#closing);
    const { changes, ...counts } = differences;
    return {
      from: presentSnapshot(before, names),
      to: presentSnapshot(after, names),
      ...counts,
      moves: await causes.explain(changes, before),
    };
  }
}

function isSameAgain(newest: SnapshotRow | null, { standing, last, reason }: Declare, { who }: By): boolean {
  if (newest === null || newest.number !== last + 1) return false;
  return newest.standing === standing && newest.reason === reason && newest.takenBy === who.uid;
}

/** When the last of the board's rounds was settled. */
function settledOf({ rounds }: WholeContest, round: RoundRow | null): number | null {
  if (round !== null) return round.settledAt;
  if (rounds.some(({ settledAt }) => settledAt === null)) return null;
  return Math.max(...rounds.map(({ settledAt }) => settledAt ?? 0));
}

/** Why nothing may be declared yet, or what keeps it from being official. */
function waitsOf(whole: WholeContest, { round }: BoardOf, toCome: StillToCome, now: number): Waits {
  const rounds = round === null ? whole.rounds : [round];
  if (rounds.some(({ closesAt }) => now < closesAt)) return 'open';
  if (toCome.remedy) return 'remedy';
  if (rounds.some(({ id }) => toCome.granted.has(id))) return 'granted';
  if (settledOf(whole, round) === null) return 'settling';
  const predicts = rounds.some(
    ({ settings, predictionTruth }) => settings.prediction !== null && predictionTruth === null,
  );
  if (predicts) return 'prediction';
  return round === null && !rounds.every(isOfficial) ? 'rounds' : null;
}

/** Of the whole contest: as declared, else as its rounds are. */
function contestStanding({ rounds }: WholeContest, newest: SnapshotRow | null, now: number): RoundStanding {
  const declared = declaredOf(newest?.standing ?? null);
  if (declared !== null) return declared;
  if (rounds.every(({ opensAt }) => now < opensAt)) return 'soon';
  return rounds.some(({ closesAt }) => now < closesAt) ? 'open' : 'closed';
}
