/** The organiser's commands: rules decide, the store writes at the version that was seen, the audit log says why. */
import type {
  ContestDraft,
  ContestProgress,
  CopyContest,
  CreateContest,
  DeskContest,
  DeskContestList,
  PublishContest,
  SaveContest,
} from '../contracts/contest-desk.ts';
import type { Identity } from '../platform/access.ts';
import { appendAudit } from '../platform/audit.ts';
import { AppError, invalidField } from '../platform/errors.ts';
import { changedPaths, changeProblems, hasBegun } from './change-rules.ts';
import type { ContestParts } from './contests.ts';
import { presentDeskCard, presentDeskContest } from './desk-presenter.ts';
import { beforeOf, cleanDraft, demandKnownRounds, draftOf, isPublished, standingOf } from './drafts.ts';
import { firstRounds, movedRounds, presetOf } from './presets.ts';
import { slugOf } from './slug-rules.ts';
import {
  type AuditFacts,
  contestSubject,
  type RoundPlan,
  type RoundRow,
  stateOf,
  type WholeContest,
} from './store.ts';

/** What the attempts feature does for the desk. */
export interface RunningAttempts {
  readonly outages: {
    readonly list: readonly {
      readonly roundId: number | null;
      readonly fromAt: number;
      readonly toAt: number;
    }[];
    record(
      outage: { readonly roundId: number | null; readonly fromAt: number; readonly toAt: number },
      reason: string,
      recordedBy: string,
      now: number,
    ): Promise<void>;
  };
  readonly progress: {
    of(
      roundIds: readonly number[],
      now: number,
    ): Promise<{
      readonly at: number;
      readonly rounds: ReadonlyMap<number, Omit<ContestProgress['rounds'][number], 'id'>>;
    }>;
  };
  readonly journal: {
    extend(roundId: number, personId: number, extraMs: number): Promise<void>;
    /** Attempts that the old closing time cut short get what of their duration now fits. */
    lengthen(cut: { roundId: number; from: number; to: number; durationMs: number }): Promise<void>;
  };
}

/** Who gives a command, from where. */
export interface Organising {
  readonly who: Identity;
  readonly address: string;
  readonly now: number;
}

const SLUG_TRIES = 30;

export class Desk {
  readonly #parts: ContestParts;
  #attempts: RunningAttempts | null = null;

  constructor(parts: ContestParts) {
    this.#parts = parts;
  }

  /** Attempts are opened after contests, and before anybody can knock. */
  follow(attempts: RunningAttempts): void {
    this.#attempts = attempts;
  }

  get #running(): RunningAttempts {
    if (this.#attempts === null) throw new AppError('unavailable');
    return this.#attempts;
  }

  async list({ who, now }: Organising): Promise<DeskContestList> {
    const mine = await this.#parts.store.list(who.roles.has('admin') ? null : who.personId);
    return { contests: mine.map((whole) => presentDeskCard(whole, now)) };
  }

  /** Throws `notFound`, `auth.forbidden`. */
  async show(uid: string, by: Organising): Promise<DeskContest> {
    return this.#present(await this.#own(uid, by), by.now);
  }

  /** Attempts by state and how many start, a few seconds old. */
  async progress(uid: string, by: Organising): Promise<ContestProgress> {
    const { rounds } = await this.#own(uid, by);
    const counted = await this.#running.progress.of(
      rounds.map(({ id }) => id),
      by.now,
    );
    const none = { open: 0, submitted: 0, timedOut: 0, startedLastMinute: 0 };
    return {
      at: counted.at,
      rounds: rounds.map((round) => ({ id: round.uid, ...(counted.rounds.get(round.id) ?? none) })),
    };
  }

  async create(body: CreateContest, by: Organising): Promise<DeskContest> {
    const preset = presetOf(body.preset);
    const { opensAt, rounds, banks, title } = body;
    const draft = {
      title,
      summary: '',
      page: '',
      image: null,
      settings: preset.contest,
      rounds: firstRounds({ preset, opensAt, rounds, banks }),
    };
    return this.#begin(body.id, { ...draft, slug: await this.#freeSlug(body.slug, title, body.id) }, by);
  }

  async copy(uid: string, body: CopyContest, by: Organising): Promise<DeskContest> {
    const original = draftOf(await this.#own(uid, by));
    const rounds = movedRounds(original.rounds, body.opensAt);
    const slug = await this.#freeSlug(body.slug, body.title, body.id);
    return this.#begin(body.id, { ...original, title: body.title, slug, rounds }, by);
  }

  async #begin(uid: string | undefined, draft: ContestDraft, by: Organising): Promise<DeskContest> {
    const known = uid === undefined ? null : await this.#parts.store.byUid(uid).catch(nullIfMissing);
    if (known !== null) {
      if (known.contest.createdBy !== by.who.personId) throw new AppError('conflict');
      return this.#present(known, by.now);
    }
    const created = await this.#parts.store.create(cleanDraft(draft), uid, by.who, by.now);
    return this.show(created, by);
  }

  /** What was asked for, or one made from the title that nobody has. A contest that is there already keeps its own. */
  async #freeSlug(asked: string | undefined, title: string, uid: string | undefined): Promise<string> {
    if (asked !== undefined) return asked;
    const known = uid === undefined ? null : await this.#parts.store.byUid(uid).catch(nullIfMissing);
    if (known !== null) return known.contest.slug;
    const base = slugOf(title);
    for (let n = 1; n <= SLUG_TRIES; n += 1) {
      const slug = n === 1 ? base : `${base}-${n}`;
      if (!(await this.#parts.store.slugIsTaken(slug))) return slug;
    }
    throw new AppError('taken', {
      errors: [{ path: 'slug', vi: 'Xin đặt địa chỉ khác.', en: 'Please choose an address.' }],
    });
  }

  async save(uid: string, body: SaveContest, by: Organising): Promise<DeskContest> {
    const before = await this.#seen(uid, body.expectedVersion, by);
    const { expectedVersion: _version, reason, understandsPublicKeys, ...rest } = body;
    const draft = cleanDraft(rest);
    demandKnownRounds(before, draft);
    const was = beforeOf(before);
    const fixed = changeProblems(was, draft, by.now);
    if (fixed.length > 0) throw new AppError('contest.fixed', { errors: fixed });
    if (hasBegun(was, by.now) && reason === undefined)
      throw invalidField('reason', 'Xin ghi lý do thay đổi.', 'Please say why this is changed.');
    const paths = changedPaths(was, draft);
    if (paths.length === 0) return this.#present(before, by.now);
    const plans = await this.#plans(before, draft, by.now);
    const publicBanks = await this.#parts.checks.understood(draft, understandsPublicKeys, was);
    const details = publicBanks.length > 0 ? { paths, publicBanks } : { paths };
    const facts = { ...factsOf(by, 'contest.changed', reason), details };
    await this.#parts.store.save(before, draft, plans, facts, by.now);
    return this.#written(uid, by);
  }

  /** Rounds with their shares. What is published stays fit to be published: throws `request.invalid`. */
  async #plans(before: WholeContest, draft: ContestDraft, now: number): Promise<RoundPlan[]> {
    if (!isPublished(before)) return draft.rounds.map((round) => ({ ...round, share: null }));
    const standing = standingOf(before, draft, now);
    const { problems } = await this.#parts.checks.check(draft, now, standing);
    if (problems.length > 0) throw new AppError('request.invalid', { errors: problems });
    const shares = await this.#parts.checks.shares(before.contest.uid, draft, standing);
    return draft.rounds.map((round, i) => ({ ...round, share: shares[i] ?? null }));
  }

  /**
   * Publishing twice is once. Throws `request.invalid` with everything that must be put right first, `contest.publicKeys`
   * when a round draws from a bank whose keys are public and whoever publishes has not said that they understand it.
   */
  async publish(uid: string, publishing: PublishContest, by: Organising): Promise<DeskContest> {
    const known = await this.#own(uid, by);
    if (isPublished(known)) return this.#present(known, by.now);
    const before = await this.#seen(uid, publishing.expectedVersion, by);
    const draft = draftOf(before);
    const { problems } = await this.#parts.checks.check(draft, by.now);
    if (problems.length > 0) throw new AppError('request.invalid', { errors: problems });
    const publicBanks = await this.#parts.checks.understood(draft, publishing.understandsPublicKeys);
    const shares = await this.#parts.checks.shares(uid, draft);
    const details = publicBanks.length > 0 ? { publicBanks } : null;
    await this.#parts.store.publish(before, shares, { ...factsOf(by, 'contest.published'), details }, by.now);
    return this.#written(uid, by);
  }

  /** A draft at any time; a published contest once its last round has closed. */
  async archive(uid: string, expectedVersion: number, reason: string, by: Organising): Promise<DeskContest> {
    const known = await this.#own(uid, by);
    if (stateOf(known.contest) === 'archived') return this.#present(known, by.now);
    const before = await this.#seen(uid, expectedVersion, by);
    const running = isPublished(before) && before.rounds.some(({ closesAt }) => by.now < closesAt);
    if (running) throw new AppError('contest.fixed');
    await this.#parts.store.archive(before, factsOf(by, 'contest.archived', reason));
    return this.#written(uid, by);
  }

  /** A later closing, while the round has not closed: what was released at the close cannot be called back. */
  async extend(
    roundUid: string,
    change: { readonly expectedVersion: number; readonly closesAt: number; readonly reason: string },
    by: Organising,
  ): Promise<DeskContest> {
    const { whole, round } = await this.#ownRound(roundUid, by);
    if (round.closesAt === change.closesAt) return this.#present(whole, by.now);
    demandVersion(whole, change.expectedVersion);
    if (by.now >= round.closesAt) throw new AppError('contest.fixed');
    if (change.closesAt < round.closesAt)
      throw invalidField(
        'closesAt',
        'Giờ đóng mới phải sau giờ đóng hiện nay.',
        'The new closing time must be later than the present one.',
      );
    const facts = factsOf(by, 'round.extended', change.reason);
    const extended = await this.#moveClosing(whole, round, change.closesAt, facts, by);
    const { id, durationMs } = round;
    await this.#running.journal.lengthen({
      roundId: id,
      from: round.closesAt,
      to: change.closesAt,
      durationMs,
    });
    return extended;
  }

  /** Nobody starts from now on; attempts in progress keep the time that they were given. */
  async close(
    roundUid: string,
    expectedVersion: number,
    reason: string,
    by: Organising,
  ): Promise<DeskContest> {
    const { whole, round } = await this.#ownRound(roundUid, by);
    if (round.closesAt <= by.now) return this.#present(whole, by.now);
    demandVersion(whole, expectedVersion);
    if (by.now <= round.opensAt) throw new AppError('round.notOpen');
    return this.#moveClosing(whole, round, by.now, factsOf(by, 'round.closedEarly', reason), by);
  }

  async #moveClosing(
    whole: WholeContest,
    round: RoundRow,
    closesAt: number,
    facts: AuditFacts,
    by: Organising,
  ): Promise<DeskContest> {
    const details = { round: round.number, from: round.closesAt, to: closesAt };
    await this.#parts.store.moveClosing(whole, round, closesAt, { ...facts, details });
    return this.#written(whole.contest.uid, by);
  }

  /** Time in which nobody could answer, given back to every attempt of the round that was open then. The same one twice is once. */
  async recordOutage(
    roundUid: string,
    outage: { readonly fromAt: number; readonly toAt: number; readonly reason: string },
    by: Organising,
  ): Promise<DeskContest> {
    const { whole, round } = await this.#ownRound(roundUid, by);
    const { fromAt, toAt, reason } = outage;
    if (toAt <= fromAt || toAt > by.now || fromAt < round.opensAt)
      throw invalidField(
        'toAt',
        'Khoảng gián đoạn phải nằm trong thời gian thi và đã kết thúc.',
        'An outage lies within the round and is over.',
      );
    const same = this.#running.outages.list.some(
      (known) => known.roundId === round.id && known.fromAt === fromAt && known.toAt === toAt,
    );
    if (!same) {
      await this.#running.outages.record({ roundId: round.id, fromAt, toAt }, reason, by.who.uid, by.now);
      await this.#log(whole, factsOf(by, 'round.outageRecorded', reason), {
        round: round.number,
        fromAt,
        toAt,
      });
    }
    return this.#present(whole, by.now);
  }

  /** Extra time of one person in a round, ms in all; it also reaches an attempt in progress. */
  async giveExtraTime(
    roundUid: string,
    given: { readonly person: string; readonly extraMs: number; readonly reason: string },
    by: Organising,
  ): Promise<void> {
    const { whole, round } = await this.#ownRound(roundUid, by);
    const personId = await this.#parts.extraTimes.give(round.id, given.person, given.extraMs);
    await this.#running.journal.extend(round.id, personId, given.extraMs);
    await this.#log(whole, factsOf(by, 'round.extraTimeGiven', given.reason), {
      round: round.number,
      person: given.person,
      extraMs: given.extraMs,
    });
  }

  async addOrganiser(uid: string, person: string, by: Organising): Promise<DeskContest> {
    const whole = await this.#own(uid, by);
    await this.#parts.staff.add(whole.contest, person, by.who.uid, by.now);
    return this.#present(whole, by.now);
  }

  async removeOrganiser(uid: string, person: string, by: Organising): Promise<DeskContest> {
    const whole = await this.#own(uid, by);
    await this.#parts.staff.remove(whole.contest, person, by.who.uid);
    return this.#present(whole, by.now);
  }

  /** Throws unless the contest is this person's to see. */
  async demandOwn(uid: string, by: Organising): Promise<void> {
    await this.#own(uid, by);
  }

  async #log(whole: WholeContest, facts: AuditFacts, details: Record<string, unknown>): Promise<void> {
    const subject = contestSubject(whole.contest);
    await appendAudit(this.#parts.context, { ...facts, subject, details });
  }

  #own(uid: string, { who }: Organising): Promise<WholeContest> {
    return this.own(uid, who);
  }

  /** A contest for its organisers and for admins. Throws `notFound`, `auth.forbidden`. */
  async own(uid: string, who: Identity): Promise<WholeContest> {
    const whole = await this.#parts.store.byUid(uid);
    const mine =
      who.roles.has('admin') || (await this.#parts.staff.isOrganiser(whole.contest.id, who.personId));
    if (!mine) throw new AppError('auth.forbidden');
    return whole;
  }

  /** The contest at the version that the organiser saw. Throws `conflict`, and `contest.fixed` for an archived one. */
  async #seen(uid: string, expectedVersion: number, by: Organising): Promise<WholeContest> {
    const whole = await this.#own(uid, by);
    demandVersion(whole, expectedVersion);
    if (stateOf(whole.contest) === 'archived') throw new AppError('contest.fixed');
    return whole;
  }

  async #ownRound(
    uid: string,
    by: Organising,
  ): Promise<{ readonly whole: WholeContest; readonly round: RoundRow }> {
    const { round, ...whole } = await this.#parts.store.byRoundUid(uid);
    await this.#own(whole.contest.uid, by);
    if (!isPublished(whole)) throw new AppError('round.notOpen');
    if (round.settledAt !== null) throw new AppError('contest.fixed');
    return { whole, round };
  }

  /** After a commit: this node's memory follows before the organiser hears of it. */
  async #written(uid: string, by: Organising): Promise<DeskContest> {
    await this.#parts.open.refresh();
    return this.#present(await this.#parts.store.byUid(uid), by.now);
  }

  async #present(whole: WholeContest, now: number): Promise<DeskContest> {
    const { staff, entries, checks } = this.#parts;
    const draft = draftOf(whole);
    const [organisers, count, check] = await Promise.all([
      staff.list(whole.contest.id),
      entries.count(whole.contest.id),
      checks.check(draft, now, standingOf(whole, draft, now)),
    ]);
    const outages = this.#running.outages.list;
    return presentDeskContest(whole, { organisers, entries: count, check, outages }, now);
  }
}

function nullIfMissing(error: unknown): null {
  if (error instanceof AppError && error.code === 'notFound') return null;
  throw error;
}

function demandVersion({ contest }: WholeContest, expected: number): void {
  if (contest.version !== expected) throw new AppError('conflict', { facts: { version: contest.version } });
}

function factsOf({ who, address }: Organising, action: string, reason?: string): AuditFacts {
  return { actor: who.uid, action, reason: reason ?? null, address };
}
