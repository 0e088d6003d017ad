/** The commands of an attempt: start, save, submit, time out. Thin: rules decide, the journal keeps, the store writes. */
import { sql } from 'drizzle-orm';
import { gradingOf } from '../../questions/kinds/gradings.ts';
import type { Json } from '../../questions/question.ts';
import { TokenEpochs } from '../accounts/token-epochs.ts';
import type { SaveBody, StartBody, SubmitBody, SubmitReply } from '../contracts/attempts.ts';
import type { Announcer } from '../platform/announcer.ts';
import { ConflictError, type Database, type Statement } from '../platform/database/door.ts';
import type { Keys } from '../platform/database/keys.ts';
import { AppError } from '../platform/errors.ts';
import type { Secrets } from '../platform/secrets.ts';
import { KnownTokens } from './attempt-id.ts';
import { baseDeadline, deadlineInForce, elapsedMs, isLate } from './deadline-rules.ts';
import { drawPaper, type Paper, packPaper } from './draw-rules.ts';
import { GradingKeys } from './grading-keys.ts';
import { Grants } from './grants.ts';
import { HandMarks } from './hand-marks.ts';
import { isAsked, markSheet } from './marking-rules.ts';
import {
  AttemptState,
  type ClosedState,
  type Journal,
  type Merge,
  type OpenAttempt,
} from './open-attempt.ts';
import type { Outages } from './outages.ts';
import { blankSheet, deviceMarkOn, holderOn, mergePacked, notSeen } from './packed-sheet-rules.ts';
import { Papers, paperOf, paperText } from './papers.ts';
import { ProgressCounts } from './progress.ts';
import type { QuestionVersion } from './question-version.ts';
import { quotaLeft } from './quota-rules.ts';
import { ResultVersions } from './result-versions.ts';
import type { RoundInForce, Rounds } from './rounds.ts';
import { Rulings } from './rulings.ts';
import { lookedBackAt, seenIn } from './seen.ts';
import {
  answeredCount,
  type Change,
  type DeviceMark,
  emptySheet,
  type Sheet,
  unpackSheet,
} from './sheet-rules.ts';
import { type AttemptRow, AttemptStore, isUnmarked } from './store.ts';

/** What of a new attempt is decided before it is written. */
interface NewAttempt {
  readonly number: number;
  readonly deadline: number;
  readonly paper: Paper;
  readonly now: number;
}

interface AttemptsContext {
  readonly database: Database;
  readonly keys: Keys;
  readonly secrets: Secrets;
  readonly announcer: Announcer;
  readonly config: { readonly graceMs: number };
}

/** What a save left behind, for the presenter. */
export interface Saved {
  readonly seq: number;
  readonly savedAt: number;
  /** Given when the device did not know the newest sheet. */
  readonly sheet: Sheet | null;
  readonly refused: readonly string[];
  /** The attempt goes on at another device, which was opened later. */
  readonly takenOver: boolean;
}

export class Attempts {
  readonly store: AttemptStore;
  readonly papers: Papers;
  readonly gradingKeys: GradingKeys;
  readonly journal: Journal;
  readonly rounds: Rounds;
  readonly outages: Outages;
  readonly progress: ProgressCounts;
  /** What was decided about questions after they were asked. */
  readonly rulings: Rulings;
  /** Where a closed attempt's result gets its next version. */
  readonly versions: ResultVersions;
  /** What people mark, and what they gave. */
  readonly handMarks: HandMarks;
  readonly grants: Grants;
  readonly epochs: TokenEpochs;
  readonly tokens: KnownTokens;
  /** Round → answers saved here since the start, for those who watch. */
  readonly savesByRound = new Map<number, number>();
  readonly #context: AttemptsContext;

  constructor(context: AttemptsContext, rounds: Rounds, journal: Journal, outages: Outages) {
    this.#context = context;
    this.rounds = rounds;
    this.journal = journal;
    this.outages = outages;
    this.store = new AttemptStore(context.database);
    this.progress = new ProgressCounts(context.database);
    this.papers = new Papers(context.database);
    this.rulings = new Rulings(context.database);
    this.gradingKeys = new GradingKeys(context.database, this.rulings);
    this.versions = new ResultVersions(this);
    this.handMarks = new HandMarks(context);
    this.grants = new Grants(context.database);
    this.versions.follow(this.handMarks);
    this.tokens = new KnownTokens(context.secrets);
    this.epochs = new TokenEpochs(context);
  }

  deadlineOf(attempt: OpenAttempt | AttemptRow): number {
    return deadlineInForce(attempt, this.outages.list);
  }

  /** Starts attempt `body.number` from a network (`networkOf`), or gives the one that is there: the same command twice is one attempt. */
  async start(
    round: RoundInForce,
    personId: number,
    body: StartBody,
    now: number,
    network: string | null = null,
  ): Promise<AttemptRow> {
    // The epoch that the token will carry is read along with it.
    const [all] = await Promise.all([
      this.store.ofPersonIn(lookedBackAt(this.rounds, round, now), personId),
      this.epochs.of(personId),
    ]);
    const before = all.filter(({ roundId }) => roundId === round.id);
    const known =
      before.find((row) => row.number === body.number) ??
      before.find((row) => row.state === AttemptState.open);
    if (known !== undefined) return known;
    const until = await this.grants.openUntil(round, personId, before, now);
    if (until === null) throw new AppError('round.notOpen');
    if (quotaLeft(round.settings, before, now) < 1) throw new AppError('round.noAttemptsLeft');
    if (body.number !== before.length + 1)
      throw new AppError('conflict', { facts: { next: before.length + 1 } });
    const { unitId } = await this.rounds.admit(round, personId, now, body.code, network);
    const isGranted = now >= round.closesAt;
    const paper = await this.#draw(round, personId, body.number, all, isGranted);
    try {
      const deadline = baseDeadline(now, round.durationMs, until);
      return await this.#insert(round, personId, unitId, { number: body.number, deadline, paper, now });
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      const winner = (await this.store.ofPerson(round.id, personId)).find(
        (row) => row.number === body.number,
      );
      if (winner === undefined) throw error;
      return winner;
    }
  }

  async #insert(
    round: RoundInForce,
    personId: number,
    unitId: number | null,
    { number, deadline, paper, now }: NewAttempt,
  ): Promise<AttemptRow> {
    const id = await this.#context.keys.next('attempts');
    const asked = await this.papers.versionsOf(paper);
    const text = paperText(packPaper(paper));
    const [{ rows }] = await this.#context.database.atomic([
      this.store.insert({
        id,
        round: round.id,
        person: personId,
        number,
        unit: unitId,
        startedAt: now,
        deadline,
        paper: text,
      }),
    ]);
    const row: AttemptRow = {
      id,
      roundId: round.id,
      personId,
      number,
      state: AttemptState.open,
      unitId,
      startedAt: now,
      deadline,
      extraMs: rows[0]?.extraMs ?? 0,
      paper: text,
      sheet: null,
      closedAt: null,
    };
    this.journal.started({ ...row, sheet: '', seq: 0, asked });
    this.#context.announcer.announce(`starts:${round.id}`);
    return { ...row, drawn: paper };
  }

  /**
   * The seed follows from the secret and the attempt's natural key: the same attempt always draws the same paper. After the
   * round's close its keys may be public, so a granted attempt asks nothing that its person has seen.
   */
  async #draw(
    round: RoundInForce,
    personId: number,
    number: number,
    before: readonly AttemptRow[],
    isGranted: boolean,
  ): Promise<Paper> {
    const { blueprint } = round.settings;
    const pool = await this.rounds.pool(round);
    const hash = this.#context.secrets.hash('draw', `${round.id}/${personId}/${number}`);
    const seed = Buffer.from(hash, 'base64url').toString('hex').slice(0, 16);
    const leavesOut = blueprint.leaveOutSeen || isGranted;
    const seen = leavesOut ? await seenIn(this.papers, before) : new Set<number>();
    const paper = drawPaper(pool, blueprint, seed, seen);
    if (!('lacking' in paper)) return paper;
    // What this person has seen is left out "while enough is left".
    const again = drawPaper(pool, blueprint, seed);
    if ('lacking' in again) throw new AppError('round.cannotFill');
    return again;
  }

  /** The open attempt that a token was signed for. Throws `attempt.token` or `attempt.notOpen`. */
  async openByToken(token: string): Promise<OpenAttempt> {
    const { attempt, epoch } = await this.openForSave(token);
    if (epoch !== null) await this.#checkEpoch(attempt, epoch);
    return attempt;
  }

  /** The same for a save, which looks at the token's epoch itself where many nodes write: it is null when that was done here. */
  async openForSave(
    token: string,
  ): Promise<{ readonly attempt: OpenAttempt; readonly epoch: number | null }> {
    const signed = this.tokens.read(token);
    if (signed === null) throw new AppError('attempt.token');
    const found = this.journal.find(signed.id);
    const attempt = found instanceof Promise ? await found : found;
    if (attempt === null) throw new AppError('attempt.notOpen');
    if (!this.epochs.areHeld) return { attempt, epoch: signed.epoch };
    await this.#checkEpoch(attempt, signed.epoch);
    return { attempt, epoch: null };
  }

  async #checkEpoch({ personId }: OpenAttempt, signed: number): Promise<void> {
    const epoch = this.epochs.of(personId);
    if ((epoch instanceof Promise ? await epoch : epoch) !== signed) throw new AppError('attempt.token');
  }

  /**
   * Merges one save. `receivedAt` was read when the request was complete, `epoch` is what `openForSave` gave. Throws
   * `attempt.late`, `attempt.notOpen`, `attempt.token`.
   */
  async save(
    attempt: OpenAttempt,
    body: SaveBody,
    receivedAt: number,
    epoch: number | null = null,
  ): Promise<Saved> {
    if (isLate(receivedAt, this.deadlineOf(attempt), this.#context.config.graceMs))
      throw new AppError('attempt.late');
    const asked = attempt.asked ?? (await this.papers.askedIn(attempt));
    const { changes, refused } = normalised(asked, body.changes);
    const sinceStartMs = receivedAt - attempt.startedAt;
    let mark: DeviceMark = { n: 0, seq: 0, at: 0 };
    let before = attempt.seq;
    let sheet = '';
    const merge: Merge = (current) => {
      before = current.seq;
      sheet = current.sheet === '' ? blankSheet(asked.length) : current.sheet;
      const known = deviceMarkOn(sheet, body.device);
      if (known !== null && body.n <= known.n) {
        mark = known;
        return null;
      }
      mark = { n: body.n, seq: current.seq + 1, at: sinceStartMs };
      const { device, predicted: prediction } = body;
      // Who comes in knowing the newest sheet goes on with it; who does not know it was overtaken before its first save.
      const takesOver = body.takesOver === true || (known === null && body.base === current.seq);
      const replaced = body.replaces === undefined ? [] : notSeen(sheet, device, body.replaces);
      const merged = mergePacked(sheet, {
        ...{ device, mark, takesOver, changes, sinceStartMs, prediction, replaced },
      });
      sheet = merged.sheet;
      return merged;
    };
    const written = await this.journal.append(attempt, merge, epoch);
    if (written === 'notOpen') throw new AppError('attempt.notOpen');
    if (written === 'oldToken') throw new AppError('attempt.token');
    // Nothing was written that could have looked.
    if (written.seq === null && epoch !== null) await this.#checkEpoch(attempt, epoch);
    this.savesByRound.set(attempt.roundId, (this.savesByRound.get(attempt.roundId) ?? 0) + 1);
    // A device sends one save at a time, each with everything unacknowledged; an older one gets the whole sheet to compare.
    const newest = written.seq === null ? before === mark.seq && mark.n === body.n : before === body.base;
    return {
      seq: mark.seq,
      savedAt: attempt.startedAt + mark.at,
      sheet: newest ? null : unpackSheet(sheet),
      refused,
      takenOver: holderOn(sheet) !== body.device,
    };
  }

  /** Kept only where the contest has said that it looks; counts only grow. */
  async wentAway({ id, roundId }: OpenAttempt, { times, ms }: { times: number; ms: number }): Promise<void> {
    if (this.rounds.byId(roundId)?.contest.watchesPages !== true) return;
    const { database } = this.#context;
    const { attemptAways: w } = database.tables;
    const more = (column: typeof w.times, value: number) =>
      sql`case when ${column} > ${value} then ${column} else ${value} end`;
    const set = { times: more(w.times, times), ms: more(w.ms, ms) };
    const insert = database.query.insert(w).values({ attemptId: id, times, ms });
    await database.atomic([insert.onConflictDoUpdate({ target: w.attemptId, set })]);
  }

  /** Submits with the last changes. Null when it was closed before: then the rows say what came of it, in the same words. */
  async submit(attempt: OpenAttempt, body: SubmitBody, receivedAt: number): Promise<SubmitReply | null> {
    const deadline = this.deadlineOf(attempt);
    const late = isLate(receivedAt, deadline, this.#context.config.graceMs);
    const { device, n } = body;
    if (!late && device !== undefined && n !== undefined) {
      await this.save(
        attempt,
        {
          device,
          n,
          base: body.base ?? 0,
          changes: body.changes ?? {},
          ...(body.predicted === undefined ? {} : { predicted: body.predicted }),
          ...(body.replaces === undefined ? {} : { replaces: body.replaces }),
        },
        receivedAt,
      );
    }
    return this.close(
      attempt,
      late ? AttemptState.timedOut : AttemptState.submitted,
      Math.min(receivedAt, deadline),
    );
  }

  /** Closes, grades and writes the result in one commit; null when somebody else had closed it. */
  async close(attempt: OpenAttempt, state: ClosedState, closedAt: number): Promise<SubmitReply | null> {
    let answered = 0;
    const closed = await this.journal.close(attempt, state, closedAt, async (sheet) => {
      answered = answeredCount(sheet);
      return this.#folded(attempt, sheet, closedAt);
    });
    if (!closed) return null;
    this.#announceResult(attempt.roundId);
    return {
      state: state === AttemptState.submitted ? 'submitted' : 'timedOut',
      submittedAt: closedAt,
      elapsedMs: elapsedMs(attempt, closedAt, this.outages.list),
      answered,
      questions: (await this.papers.askedIn(attempt)).filter(({ kind }) => isAsked(kind)).length,
    };
  }

  /** Grades an attempt that was closed by a node that died before it could. */
  async gradeClosed(attempt: OpenAttempt, closedAt: number): Promise<void> {
    await this.journal.foldAgain(attempt, (sheet) => this.#folded(attempt, sheet, closedAt));
    this.#announceResult(attempt.roundId);
  }

  /** Resolves when those of these that are closed have their results, also what another node has closed and not marked yet. */
  async awaitMarks(ids: readonly number[]): Promise<void> {
    for (const id of await this.store.unmarkedAmong(ids)) {
      await this.journal.closed(id);
      const row = await this.store.byId(id);
      if (row === null || !isUnmarked(row)) continue;
      // Its node is gone. Should it come to life at this moment, one of the two conflicts, and the work is tried again.
      await this.gradeClosed({ ...row, sheet: '', seq: 0 }, row.closedAt ?? row.deadline);
    }
  }

  /** A result of a round that was settled before changes what its prediction asked for. */
  #announceResult(roundId: number): void {
    const { announcer } = this.#context;
    announcer.announce(`results:${roundId}`);
    const round = this.rounds.byId(roundId);
    if (round !== null && round.settledAt !== null) announcer.announce(`late:${round.contestId}`);
  }

  /** What is written with the final sheet: the result, and what waits for people to mark. */
  async #folded(attempt: OpenAttempt, sheet: Sheet, closedAt: number): Promise<readonly Statement[]> {
    const first = await this.resultOf(attempt, sheet, closedAt);
    const waiting = await this.handMarks.queueing(
      attempt,
      await this.papers.askedIn(attempt),
      sheet,
      closedAt,
    );
    return [...first, ...waiting];
  }

  /** What writes the first version of a result. */
  async resultOf(attempt: OpenAttempt, sheet: Sheet, closedAt: number): Promise<readonly Statement[]> {
    const paper = paperOf(attempt.paper);
    const versions = await this.papers.askedIn(attempt);
    const keys = await this.gradingKeys.keysOf(paper, attempt.roundId);
    const { total, rightCount } = markSheet(paper, versions, keys, sheet);
    const who = { attempt: attempt.id, round: attempt.roundId, person: attempt.personId };
    const row = {
      ...who,
      unit: attempt.unitId,
      version: 0,
      counts: 1,
      marks: total,
      rightCount,
      elapsedMs: elapsedMs(attempt, closedAt, this.outages.list),
      submittedAt: closedAt,
      prediction: sheet.prediction,
    };
    return attempt.unitId === null
      ? [this.store.followUnit(who), this.store.insertResultFollowing(row)]
      : [this.store.insertResult(row)];
  }
}

/** Answers as their kinds write them; what is no answer to its question is left out and named. */
function normalised(
  asked: readonly QuestionVersion[],
  answers: SaveBody['changes'],
): { readonly changes: readonly Change[]; readonly refused: readonly string[] } {
  const changes: Change[] = [];
  const refused: string[] = [];
  for (const [name, value] of Object.entries(answers)) {
    const version = asked[Number(name)];
    const answer: Json | null | undefined =
      version === undefined ? undefined : gradingOf(version.kind).normalise(version.prompt, value);
    if (answer === undefined) refused.push(name);
    else changes.push({ question: Number(name), answer });
  }
  return { changes, refused };
}

/** The newest sheet of an open attempt; blank before the first save. */
export function sheetOf(attempt: { readonly sheet: string | null }, paper: Paper): Sheet {
  return attempt.sheet === null || attempt.sheet === ''
    ? emptySheet(paper.questions.length)
    : unpackSheet(attempt.sheet);
}
