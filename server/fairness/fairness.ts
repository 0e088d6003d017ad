/** What organisers decide about people and attempts of their contest: each with its reason, logged, none by itself. */
import { eq, inArray } from 'drizzle-orm';
import { attemptKey, attemptUid } from '../attempts/attempt-id.ts';
import { AttemptStore } from '../attempts/store.ts';
import { contestSubject, type WholeContest } from '../contests/store.ts';
import type {
  DuplicateDecision,
  DuplicatesReply,
  ExclusionsReply,
  MergePreview,
  Signal,
  SignalDecision,
  SignalState,
  SignalsReply,
  WeighedPerson,
} from '../contracts/fairness.ts';
import { withAudit } from '../platform/audit.ts';
import { ConflictError, type Statement } from '../platform/database/door.ts';
import { AppError, invalidField } from '../platform/errors.ts';
import { closePairsOf, countOf, decidePair, listDuplicates } from './duplicate-store.ts';
import { excluding, exclusionsOf, lifting } from './exclusions.ts';
import { Merging } from './merging.ts';
import { entrantByUid, type FairnessContext, weighedPeople } from './people.ts';
import { presentDuplicate, presentSignal } from './presenter.ts';
import { decideSignal, listSignals, type SignalRow, signalOfAttempt } from './signal-store.ts';

/** Who decides, and from where. */
export interface Deciding {
  readonly actor: string;
  readonly address: string;
  readonly now: number;
}

const PAGE = 20;

export class Fairness {
  readonly #context: FairnessContext;
  readonly #merging: Merging;
  readonly #attempts: AttemptStore;

  constructor(context: FairnessContext) {
    this.#context = context;
    this.#merging = new Merging(context);
    this.#attempts = new AttemptStore(context.database);
  }

  async duplicates(
    whole: WholeContest,
    state: DuplicatesReply['duplicates'][number]['state'],
    offset: number,
  ) {
    const { database } = this.#context;
    const [rows, total] = await Promise.all([
      listDuplicates(database, whole.contest.id, state, offset, PAGE),
      countOf(database, whole.contest.id, state),
    ]);
    const people = await this.#people(
      whole,
      rows.flatMap(({ personA, personB }) => [personA, personB]),
    );
    return { duplicates: rows.flatMap((row) => presentDuplicate(row, people) ?? []), total };
  }

  /** Throws `notFound`, `conflict` when it was decided meanwhile, `duplicates.inProgress`. */
  async decide(whole: WholeContest, body: DuplicateDecision, by: Deciding): Promise<void> {
    const pair = [await this.#entrant(whole, body.a), await this.#entrant(whole, body.b)] as const;
    const state = ({ allow: 'allowed', exclude: 'excluded', merge: 'merged' } as const)[body.deed];
    const decision = { state, by: by.actor, at: by.now, reason: body.reason };
    const { database } = this.#context;
    const decided = decidePair(database, whole.contest.id, pair, decision);
    if (body.deed === 'merge') return this.#merge(whole, body, pair, by, decided);
    const left = body.deed === 'exclude' ? await this.#leftOut(whole, body, pair, by) : [];
    await this.#write(
      whole,
      by,
      { action: `duplicate.${state}`, reason: body.reason },
      [body.a, body.b],
      [decided, ...left],
    );
  }

  async #leftOut(
    whole: WholeContest,
    { people = [], reason }: DuplicateDecision,
    pair: readonly number[],
    by: Deciding,
  ): Promise<Statement[]> {
    const ids = await Promise.all(people.map((uid) => this.#entrant(whole, uid)));
    if (ids.length === 0 || ids.some((id) => !pair.includes(id)))
      throw invalidField('people', 'Xin chọn ai không được xét giải.', 'Please say who is left out.');
    return ids.map((personId) => this.#exclusion(whole, personId, reason, by));
  }

  async #merge(
    whole: WholeContest,
    body: DuplicateDecision,
    [a, b]: readonly [number, number],
    by: Deciding,
    decided: Statement,
  ): Promise<void> {
    if (body.keep !== body.a && body.keep !== body.b)
      throw invalidField('keep', 'Xin chọn đăng ký được giữ lại.', 'Please say which entry stays.');
    const [keep, other] = body.keep === body.a ? [a, b] : [b, a];
    const { database } = this.#context;
    const scope = { id: whole.contest.id, rounds: whole.rounds };
    const decision = { state: 'merged' as const, by: by.actor, at: by.now, reason: body.reason };
    await this.#write(
      whole,
      by,
      { action: 'duplicate.merged', reason: body.reason },
      [body.keep, body.keep === body.a ? body.b : body.a],
      [
        decided,
        ...(await this.#merging.statements(scope, keep, other)),
        closePairsOf(database, whole.contest.id, other, decision),
      ],
    );
    this.#merging.tell(scope, [keep, other]);
  }

  async preview(whole: WholeContest, keepUid: string, otherUid: string): Promise<MergePreview> {
    const [keep, other] = await Promise.all([this.#entrant(whole, keepUid), this.#entrant(whole, otherUid)]);
    const scope = { id: whole.contest.id, rounds: whole.rounds };
    const { plan, inProgress } = await this.#merging.plan(scope, keep, other);
    return { moved: plan.moved.length, dropped: plan.dropped.size, inProgress };
  }

  async exclusions(whole: WholeContest): Promise<ExclusionsReply> {
    const { database } = this.#context;
    const held = await exclusionsOf(database, whole.contest.id);
    const people = await this.#people(
      whole,
      held.map(({ personId }) => personId),
    );
    const names = await this.#namesOf(held.map(({ createdBy }) => createdBy));
    return {
      exclusions: held.flatMap(({ personId, reason, createdBy, createdAt }) => {
        const person = people.get(personId);
        return person === undefined
          ? []
          : [{ person, reason, by: names.get(createdBy) ?? createdBy, at: createdAt }];
      }),
    };
  }

  async exclude(whole: WholeContest, uid: string, reason: string, by: Deciding): Promise<void> {
    const personId = await this.#entrant(whole, uid);
    const row = this.#exclusion(whole, personId, reason, by);
    await this.#write(whole, by, { action: 'person.excluded', reason }, [uid], [row]);
  }

  /** Twice is once. */
  async lift(whole: WholeContest, uid: string, reason: string, by: Deciding): Promise<void> {
    const personId = await this.#entrant(whole, uid);
    const held = await exclusionsOf(this.#context.database, whole.contest.id);
    if (!held.some((one) => one.personId === personId)) return;
    const row = lifting(this.#context.database, whole.contest.id, personId, by.now);
    await this.#write(whole, by, { action: 'person.exclusionLifted', reason }, [uid], [row]);
  }

  async signals(whole: WholeContest, state: SignalState, offset: number): Promise<SignalsReply> {
    const { database } = this.#context;
    const roundIds = whole.rounds.map(({ id }) => id);
    const { rows, total } = await listSignals(database, roundIds, state, offset, PAGE);
    return { signals: await this.#presentSignals(whole, rows), total };
  }

  async #presentSignals(whole: WholeContest, rows: readonly SignalRow[]): Promise<Signal[]> {
    const { secrets } = this.#context;
    const ids = rows.map(({ attemptId }) => attemptId);
    const [results, attempts, people] = await Promise.all([
      this.#attempts.resultsOf(ids),
      Promise.all(ids.map((id) => this.#attempts.byId(id))),
      this.#people(
        whole,
        rows.map(({ personId }) => personId),
      ),
    ]);
    const byId = new Map(attempts.flatMap((attempt) => (attempt === null ? [] : [[attempt.id, attempt]])));
    return rows.flatMap((row) => {
      const attempt = byId.get(row.attemptId);
      // Whoever was merged meanwhile: the attempt says whose it is now.
      const person = people.get(attempt?.personId ?? row.personId) ?? people.get(row.personId);
      const round = whole.rounds.find(({ id }) => id === row.roundId);
      if (attempt === undefined || person === undefined || round === undefined) return [];
      const uid = attemptUid(secrets, row.attemptId);
      return [
        presentSignal(row, {
          uid,
          round: round.title,
          number: attempt.number,
          person,
          result: results.get(row.attemptId),
        }),
      ];
    });
  }

  /** Throws `notFound`. */
  async weigh(
    whole: WholeContest,
    { attempt: uid, state, reason }: SignalDecision,
    by: Deciding,
  ): Promise<void> {
    const { database, secrets } = this.#context;
    const id = attemptKey(secrets, uid);
    const row = id === null ? null : await signalOfAttempt(database, id);
    if (id === null || row === null || !whole.rounds.some((round) => round.id === row.roundId))
      throw new AppError('notFound');
    const decided = decideSignal(database, id, { state, note: reason, by: by.actor, at: by.now });
    const subject = contestSubject(whole.contest);
    const entry = { actor: by.actor, action: 'signal.weighed', subject, reason, address: by.address };
    await withAudit(this.#context, { ...entry, details: { attempt: uid, state } }, [decided]);
  }

  #exclusion(whole: WholeContest, personId: number, reason: string, by: Deciding): Statement {
    const { id: contestId } = whole.contest;
    return excluding(this.#context.database, {
      contestId,
      personId,
      reason,
      createdBy: by.actor,
      createdAt: by.now,
    });
  }

  async #write(
    whole: WholeContest,
    by: Deciding,
    deed: { readonly action: string; readonly reason: string },
    people: readonly string[],
    statements: readonly Statement[],
  ): Promise<void> {
    const subject = contestSubject(whole.contest);
    const entry = {
      ...deed,
      actor: by.actor,
      subject,
      address: by.address,
      details: { people: [...people] },
    };
    try {
      await withAudit(this.#context, entry, statements);
    } catch (error) {
      if (error instanceof ConflictError) throw new AppError('conflict');
      throw error;
    }
  }

  #people(whole: WholeContest, ids: readonly number[]): Promise<ReadonlyMap<number, WeighedPerson>> {
    const contest = { id: whole.contest.id, roundIds: whole.rounds.map(({ id }) => id) };
    return weighedPeople(this.#context, contest, ids);
  }

  async #entrant(whole: WholeContest, uid: string): Promise<number> {
    const id = await entrantByUid(this.#context, whole.contest.id, uid);
    if (id === undefined) throw new AppError('notFound');
    return id;
  }

  async #namesOf(uids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (uids.length === 0) return new Map();
    const { database } = this.#context;
    const { people } = database.tables;
    const rows = await database.query
      .select({ uid: people.uid, name: people.name })
      .from(people)
      .where(uids.length === 1 ? eq(people.uid, uids[0] ?? '') : inArray(people.uid, [...new Set(uids)]));
    return new Map(rows.map(({ uid, name }) => [uid, name]));
  }
}
