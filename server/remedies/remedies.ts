/** The organiser's remedies: previewed, decided with a reason, worked off, taken back. Rules plan, the store writes, the work follows. */
import type { Attempts } from '../attempts/attempts.ts';
import type { RoundInForce } from '../attempts/rounds.ts';
import { RULINGS_TOPIC } from '../attempts/rulings.ts';
import type { Organising } from '../contests/desk.ts';
import type { Context } from '../context.ts';
import type {
  ApplyRemedy,
  PreviewRemedy,
  RemedyList,
  RemedyPreview,
  RemedyView,
} from '../contracts/remedies.ts';
import { withAudit } from '../platform/audit.ts';
import { ConflictError, type Statement } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import type { Naming } from './naming.ts';
import type { Officials } from './officials.ts';
import type { Plan, Planning } from './planning.ts';
import { presentRemedy } from './presenter.ts';
import type { Previews } from './previews.ts';
import type { Regrader } from './regrader.ts';
import { Direction, type RemedyRow, type RemedyStore, remedyKindOf } from './store.ts';

/** What contests do for remedies of time. */
export interface TimeGiver {
  extend(
    roundUid: string,
    change: { readonly expectedVersion: number; readonly closesAt: number; readonly reason: string },
    by: Organising,
  ): Promise<unknown>;
  recordOutage(
    roundUid: string,
    outage: { readonly fromAt: number; readonly toAt: number; readonly reason: string },
    by: Organising,
  ): Promise<unknown>;
  show(contestUid: string, by: Organising): Promise<{ readonly version: number }>;
}

export interface RemediesParts {
  readonly context: Context;
  readonly attempts: Attempts;
  readonly store: RemedyStore;
  readonly planning: Planning;
  readonly previews: Previews;
  readonly regrader: Regrader;
  readonly officials: Officials;
  readonly naming: Naming;
  readonly time: TimeGiver;
}

/** A contest as remedies see it. */
export interface OwnContest {
  readonly id: number;
  readonly uid: string;
}

export class Remedies {
  readonly #parts: RemediesParts;

  constructor(parts: RemediesParts) {
    this.#parts = parts;
  }

  async preview(contest: OwnContest, wanted: PreviewRemedy, by: Organising): Promise<RemedyPreview> {
    const { planning, previews } = this.#parts;
    return previews.of(await planning.plan(contest.id, wanted, by.now));
  }

  /** Decides it; what follows is worked off behind. The same id twice is once. */
  async apply(contest: OwnContest, body: ApplyRemedy, by: Organising): Promise<RemedyView> {
    const { store, planning } = this.#parts;
    const known = await store.byUid(body.id);
    if (known !== null) return this.#known(contest, known);
    const plan = await planning.plan(contest.id, body, by.now);
    await this.#giveTime(contest, plan, body.reason, by);
    try {
      await this.#write(contest, body, plan, by);
    } catch (error) {
      const winner = error instanceof ConflictError ? await store.byUid(body.id) : null;
      if (winner === null) throw error;
      return this.#known(contest, winner);
    }
    await this.#decided();
    return this.#view(await this.#own(contest, body.id));
  }

  async #known(contest: OwnContest, remedy: RemedyRow): Promise<RemedyView> {
    if (remedy.contestId !== contest.id) throw new AppError('conflict');
    return this.#view(remedy);
  }

  async #giveTime(contest: OwnContest, plan: Plan, reason: string, by: Organising): Promise<void> {
    const { time } = this.#parts;
    if (plan.kind === 'extend') {
      const { version } = await time.show(contest.uid, by);
      await time.extend(plan.round.uid, { expectedVersion: version, closesAt: plan.closesAt, reason }, by);
    } else if (plan.kind === 'outage') {
      const { fromAt, toAt } = plan;
      await time.recordOutage(plan.round.uid, { fromAt, toAt, reason }, by);
    }
  }

  async #write(contest: OwnContest, body: ApplyRemedy, plan: Plan, by: Organising): Promise<void> {
    const { context, store } = this.#parts;
    const id = await context.keys.next('remedies');
    const { kind, details, reason, notice } = body;
    const row = {
      id,
      uid: body.id,
      contestId: contest.id,
      kind,
      details,
      reason: reason.trim(),
      notice: notice?.trim() ?? null,
      actor: by.who.uid,
      at: by.now,
    };
    const statements: Statement[] = [store.insert(row), ...store.hold(plan.rounds)];
    if ('asked' in plan) {
      const { versionId } = plan.asked;
      const ruling = { remedyId: id, versionId, kind: plan.kind, key: plan.key, withdrawn: false };
      statements.push(...store.insertRulings(plan.rounds.map((round) => ({ ...ruling, roundId: round.id }))));
    }
    if (plan.kind !== 'extend' && plan.kind !== 'outage')
      statements.push(
        store.insertWork(await context.keys.next('regrades'), id, Direction.apply, context.clock.now()),
      );
    const entry = {
      actor: by.who.uid,
      action: `remedy.${kind}`,
      subject: `contest:${contest.uid}`,
      reason: row.reason,
      details: { remedy: body.id, ...details },
      address: by.address,
    };
    await withAudit(context, entry, statements);
  }

  async reverse(contest: OwnContest, uid: string, reason: string, by: Organising): Promise<RemedyView> {
    const { context, store, officials } = this.#parts;
    const remedy = await this.#own(contest, uid);
    if (remedy.reversedAt !== null) return this.#view(remedy);
    const rounds = this.#rounds(remedy);
    const held = await store.roundsNow(rounds);
    if (!(await officials.isReversible(remedy, rounds))) throw new AppError('remedy.fixed');
    const entry = {
      actor: by.who.uid,
      action: 'remedy.reversed',
      subject: `contest:${contest.uid}`,
      reason: reason.trim(),
      details: { remedy: uid, kind: remedy.kind },
      address: by.address,
    };
    const work = await context.keys.next('regrades');
    try {
      await withAudit(context, entry, [
        ...store.reversal(remedy.id, by.who.uid, reason.trim(), by.now),
        ...store.hold(held),
        store.insertWork(work, remedy.id, Direction.reverse, context.clock.now()),
      ]);
    } catch (error) {
      // Somebody took it back at the same moment: that is done. Or results were declared.
      const isDone = error instanceof ConflictError && (await this.#own(contest, uid)).reversedAt !== null;
      if (!isDone) throw error;
    }
    await this.#decided();
    return this.#view(await this.#own(contest, uid));
  }

  async previewReversal(contest: OwnContest, uid: string): Promise<RemedyPreview> {
    const remedy = await this.#own(contest, uid);
    const rounds = this.#rounds(remedy);
    if (!(await this.#parts.officials.isReversible(remedy, rounds))) throw new AppError('remedy.fixed');
    return this.#parts.previews.ofReversal(remedy, rounds);
  }

  async list(contest: OwnContest): Promise<RemedyList> {
    const rows = await this.#parts.store.list(contest.id);
    return { remedies: await Promise.all(rows.map((row) => this.#view(row))) };
  }

  async show(contest: OwnContest, uid: string): Promise<RemedyView> {
    return this.#view(await this.#own(contest, uid));
  }

  async #own(contest: OwnContest, uid: string): Promise<RemedyRow> {
    const remedy = await this.#parts.store.byUid(uid);
    if (remedy === null || remedy.contestId !== contest.id) throw new AppError('notFound');
    return remedy;
  }

  #rounds(remedy: RemedyRow): readonly RoundInForce[] {
    return remedy.details.rounds.flatMap((uid) => this.#parts.attempts.rounds.byUid(uid) ?? []);
  }

  /** Every node grades by it from now on, and the work begins. */
  async #decided(): Promise<void> {
    const { context, attempts, regrader } = this.#parts;
    await attempts.rulings.load();
    context.announcer.announce(RULINGS_TOPIC);
    void regrader.wake();
  }

  async #view(remedy: RemedyRow): Promise<RemedyView> {
    const { store, naming, officials } = this.#parts;
    const rounds = this.#rounds(remedy);
    const [work, about, names, reversible] = await Promise.all([
      store.workOf([remedy.id]),
      naming.about(remedy.details),
      store.names([remedy.actor, ...(remedy.reversedBy === null ? [] : [remedy.reversedBy])]),
      officials.isReversible(remedy, rounds),
    ]);
    return presentRemedy(remedy, {
      kind: remedyKindOf(remedy),
      rounds: rounds.map(({ title }) => title),
      about,
      names,
      work: work.get(remedy.id) ?? null,
      reversible,
    });
  }
}
