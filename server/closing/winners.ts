/** Deciding who wins from the newest snapshot of a board, and publishing it. The same snapshot, plan and lots give the same winners. */

import { CONTESTS_TOPIC, contestSubject, type WholeContest } from '../contests/store.ts';
import type { Decide, PublishWinners, WinnerFacts, WinnerList, WinnerWhy } from '../contracts/prizes.ts';
import type { Criterion } from '../leaderboards/order.ts';
import { CRITERIA } from '../leaderboards/order.ts';
import { withAudit } from '../platform/audit.ts';
import { ConflictError } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import { uidAt } from '../platform/uid.ts';
import { type BoardOf, type By, boardOf, type ClosingContext, ownContest } from './closing-context.ts';
import type { DecideOrder, UnitInLine } from './closing-worker.ts';
import type { DrawRow, Draws } from './draws.ts';
import type { Candidate } from './lines.ts';
import type { Plans } from './plans.ts';
import type { PrizeRights } from './prize-rights.ts';
import type { Award, Winning } from './prize-rules.ts';
import type { SnapshotRow, Snapshots } from './snapshots.ts';
import { decideInThread } from './thread.ts';
import type { WinnerStore } from './winner-store.ts';
import type { WinnerViews } from './winner-views.ts';

/** Who was passed over is named so far. */
const PASSED_KEPT = 500;

interface Parts {
  readonly snapshots: Snapshots;
  readonly draws: Draws;
  readonly plans: Plans;
  readonly rights: PrizeRights;
  readonly store: WinnerStore;
  readonly views: WinnerViews;
}

export class Winners {
  readonly #closing: ClosingContext;
  readonly #parts: Parts;

  constructor(closing: ClosingContext, parts: Parts) {
    this.#closing = closing;
    this.#parts = parts;
  }

  /** The newest list of a board, as staff see it. */
  async show(contest: string, key: string, by: By): Promise<WinnerList> {
    const whole = await ownContest(this.#closing, contest, by.who);
    return this.#parts.views.staff(whole, boardOf(whole, key));
  }

  /** Throws `closing.notYet`, `closing.extraSaid`, `conflict`. The same deciding twice is once. */
  async decide(contest: string, command: Decide, by: By): Promise<WinnerList> {
    const { snapshots, store, plans } = this.#parts;
    const whole = await ownContest(this.#closing, contest, by.who);
    const board = boardOf(whole, command.board);
    const snapshot = await snapshots.newest(board.key);
    if (snapshot === null) throw new AppError('closing.notYet');
    if (snapshot.uid !== command.snapshot) throw new AppError('conflict');
    const before = await store.newest(board.key);
    const draw = await this.#draw(whole, board, by.now);
    const { plan } = await plans.of(whole.contest.id);
    const extra = await this.#extra(board.key, command.extra.trim());
    const order = await this.#order(whole, board, snapshot, plan, { draw, extra });
    const winning = await decideInThread(snapshots, snapshot.id, order);
    const list = {
      uid: uidAt(by.now),
      contestId: whole.contest.id,
      board: board.key,
      snapshotId: snapshot.id,
      number: (before?.number ?? 0) + 1,
      plan,
      extra,
      facts: factsOf(winning),
      decidedAt: by.now,
      decidedBy: by.who.uid,
      publishedAt: null,
    };
    const statements = await store.writing(list, winning.awards, (award) => this.#why(award));
    const entry = {
      actor: by.who.uid,
      action: 'winners.decided',
      subject: contestSubject(whole.contest),
      reason: command.reason,
      details: {
        board: board.key,
        snapshot: snapshot.uid,
        list: list.uid,
        winners: winning.awards.length,
        extra: list.extra,
      },
      address: by.address,
    };
    await withAudit(this.#closing.context, entry, statements).catch(conflict);
    return this.#parts.views.staff(whole, board);
  }

  /** Said once for a board: who could say it anew could draw until the lots please. */
  async #extra(board: string, said: string): Promise<string> {
    const first = await this.#parts.store.firstExtra(board);
    if (first !== null && said !== '' && said !== first) throw new AppError('closing.extraSaid');
    return first ?? said;
  }

  /** The seed that was committed to; one that was forgotten is committed to now, and says so. */
  async #draw(whole: WholeContest, board: BoardOf, now: number): Promise<DrawRow> {
    const { draws } = this.#parts;
    const known = (await draws.of([board.key])).get(board.key);
    if (known !== undefined) return known;
    await this.#closing.context.database.atomic(draws.commit(whole.contest.id, [board.key], now));
    const made = (await draws.of([board.key])).get(board.key);
    if (made === undefined) throw new Error('a draw was not kept');
    return made;
  }

  async #order(
    whole: WholeContest,
    board: BoardOf,
    snapshot: SnapshotRow,
    plan: DecideOrder['plan'],
    { draw, extra }: { readonly draw: DrawRow; readonly extra: string },
  ): Promise<DecideOrder> {
    const { rights, store, draws } = this.#parts;
    const order = criteriaOf(snapshot.order);
    const [excluded, won] = await Promise.all([rights.excluded(whole, order), store.wonBefore(whole, board)]);
    const { prizes, caps } = plan;
    return {
      do: 'decide',
      plan: { prizes, caps },
      scope: board.round === null ? 'contest' : 'round',
      order,
      draw: { seed: draws.seedOf(draw), extra, board: board.key },
      units: [...this.#closing.units.index.all()].map(
        ({ id, uid, parentId, block, code }): UnitInLine => ({
          id,
          uid,
          parentId,
          block,
          label: code ?? uid,
        }),
      ),
      excluded,
      won,
    };
  }

  #why({ candidate, by, mine, theirs, next, passed }: Award): WinnerWhy {
    const { person, figures, label, lot } = candidate;
    return {
      label,
      ...(person === null
        ? {}
        : {
            marks: person.marks,
            elapsedMs: person.elapsedMs,
            submittedAt: person.submittedAt,
            distance: person.distance,
          }),
      ...(figures === null
        ? {}
        : {
            entrants: figures.entrants,
            attempts: figures.attempts,
            rate: figures.rate,
            average: figures.average,
          }),
      lot,
      by,
      mine,
      theirs,
      next: next === null ? null : this.#nameInLine(next),
      passed,
    };
  }

  /** How the next in line is called in words: people by number, units by name. */
  #nameInLine({ id, person, label }: Candidate): string {
    return person === null ? (this.#closing.units.index.byId(id)?.name ?? label) : label;
  }

  /**
   * Shows a list to everybody, with the seed of its lots. Twice is once. Throws `notFound`, and `conflict` for an old list and
   * for one of an old snapshot.
   */
  async publish(contest: string, { list: uid, reason }: PublishWinners, by: By): Promise<WinnerList> {
    const { store, views } = this.#parts;
    const whole = await ownContest(this.#closing, contest, by.who);
    const { list, board } = await this.#listOf(whole, uid);
    if (list.publishedAt !== null) return views.staff(whole, board);
    const entry = {
      actor: by.who.uid,
      action: 'winners.published',
      subject: contestSubject(whole.contest),
      reason,
      details: { board: board.key, list: uid },
      address: by.address,
    };
    await withAudit(this.#closing.context, entry, [store.publishing(list, by.now)]).catch(async (error) => {
      // Somebody published it at the same moment: that is done.
      if ((await store.byUid(uid))?.publishedAt == null) conflict(error);
    });
    this.#closing.context.announcer.announce(CONTESTS_TOPIC);
    views.forget();
    return views.staff(whole, board);
  }

  async #listOf(whole: WholeContest, uid: string) {
    const found = await this.#parts.store.byUid(uid);
    if (found === null || found.contestId !== whole.contest.id) throw new AppError('notFound');
    return { list: found, board: boardOf(whole, found.board) };
  }
}

function criteriaOf(order: readonly string[]): Criterion[] {
  return order.flatMap((name) => CRITERIA.find((criterion) => criterion === name) ?? []);
}

function factsOf({ drawn, passed, unfilled }: Winning): WinnerFacts {
  return {
    drawn: drawn.map((one) => ({ ...one })),
    unfilled: unfilled.map((one) => ({ ...one })),
    passed: passed.slice(0, PASSED_KEPT).map(({ prize, cause, candidate }) => ({
      prize,
      cause,
      personId: candidate.person === null ? null : candidate.id,
      unitId: candidate.person === null ? candidate.id : null,
      label: candidate.label,
      rank: candidate.rank,
    })),
  };
}

function conflict(error: unknown): never {
  if (error instanceof ConflictError) throw new AppError('conflict');
  throw error;
}
