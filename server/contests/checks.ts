/** The live check of a draft: what must be put right, what the organiser should know, and whether the banks can fill all rounds. */
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { eq, inArray } from 'drizzle-orm';
import { gradings } from '../../questions/kinds/gradings.ts';
import type { Pool } from '../attempts/draw-rules.ts';
import type { BankPools } from '../banks/pool.ts';
import type { Context } from '../context.ts';
import type { CheckReply, ContestDraft, RoundCheck, RoundDraft } from '../contracts/contest-desk.ts';
import type { FieldError } from '../contracts/errors.ts';
import { AppError } from '../platform/errors.ts';
import type { ContestBefore } from './change-rules.ts';
import { draftProblems, type KnownThings, namedThings } from './draft-rules.ts';
import {
  checkingWork,
  checkRounds,
  MOST_WORK,
  type Shares,
  type SharingRound,
  shareOut,
  sharingRounds,
} from './share-rules.ts';
import { type BankRisk, draftWarnings, hasPublicKeys } from './warning-rules.ts';

/** What the units feature tells contests. */
export interface UnitNames {
  byUid(uid: string): { readonly name: string } | undefined;
}

/** How the rounds of a draft stand: which have opened, and what each alone may ask. In the order of the draft. */
export type Standing = readonly Pick<SharingRound, 'opened' | 'share'>[];

const tooMuch: FieldError = {
  path: 'rounds',
  vi: 'Ma trận đề của các vòng có quá nhiều ô khác nhau để kiểm tra: xin gộp bớt ô hoặc bớt vòng.',
  en: 'The blueprints of the rounds have too many different cells to be checked: join some, or take rounds out.',
};
const NEW = { opened: false, share: null };
const KINDS: ReadonlySet<string> = new Set(gradings.keys());

export class Checks {
  readonly #database: Context['database'];
  readonly #pools: BankPools;
  readonly #units: UnitNames;

  constructor({ database }: Pick<Context, 'database'>, pools: BankPools, units: UnitNames) {
    this.#database = database;
    this.#pools = pools;
    this.#units = units;
  }

  /** `standing` is left out for drafts that nobody has entered. */
  async check(draft: ContestDraft, now: number, standing: Standing = []): Promise<CheckReply> {
    const named = namedThings(draft);
    const banks = await this.#banks(named.banks);
    const known: KnownThings = {
      banks: new Set(banks.keys()),
      units: new Set(named.units.filter((uid) => this.#units.byUid(uid) !== undefined)),
      media: await this.#media(named.media),
      kinds: KINDS,
    };
    const rounds = sharing(draft, standing);
    const { pools, joint } = await this.#draws(rounds);
    const work = checkingWork(rounds, pools, joint);
    const isTooMuch = work.step > MOST_WORK.step || work.whole > MOST_WORK.whole;
    const checks = isTooMuch ? [] : await checkRounds(rounds, pools, joint, () => setImmediate());
    const opened = new Set(rounds.flatMap((round, i) => (round.opened ? [i] : [])));
    return {
      problems: [
        ...draftProblems(draft, known, now, opened),
        ...(isTooMuch ? [tooMuch] : []),
        ...lackingProblems(checks, opened),
      ],
      warnings: draftWarnings(draft, banks, checks),
      rounds: checks,
    };
  }

  /**
   * Titles of the banks that the draft draws from and whose keys anybody can read, in the order of the alphabet, for the
   * log. `was`: a contest that is changed: of a draft nothing is asked, and of the banks of a published one it was. Throws
   * `contest.publicKeys` when there are some and nobody said that they understand it.
   */
  async understood(
    draft: ContestDraft,
    isUnderstood: boolean | undefined,
    was: ContestBefore | null = null,
  ): Promise<string[]> {
    const banks = await this.#banks(was === null ? namedThings(draft).banks : newBanks(draft, was));
    const titles = [...banks.values()].filter(hasPublicKeys).map(({ title }) => title);
    titles.sort((a, b) => a.localeCompare(b, 'vi'));
    if (titles.length > 0 && isUnderstood !== true)
      throw new AppError('contest.publicKeys', {
        facts: { banks: titles.map((title) => `“${title}”`).join(', ') },
      });
    return titles;
  }

  /** Shares of the questions for the rounds of a contest, `uid` being its own. */
  async shares(uid: string, draft: ContestDraft, standing: Standing = []): Promise<Shares> {
    const rounds = sharing(draft, standing);
    const { joint } = await this.#draws(rounds);
    return shareOut(joint, rounds, createHash('sha256').update(uid).digest('hex').slice(0, 16));
  }

  async #draws(rounds: readonly SharingRound[]): Promise<{ readonly pools: Pool[]; readonly joint: Pool }> {
    const pool = (list: readonly SharingRound[]): Promise<Pool> =>
      this.#pools.pool(
        list.flatMap(({ blueprint }) => blueprint.cells.flatMap((cell) => cell.banks)),
        list.some(({ blueprint }) => blueprint.approvedOnly),
      );
    const together = sharingRounds(rounds).flatMap((i) => rounds[i] ?? []);
    return { pools: await Promise.all(rounds.map((round) => pool([round]))), joint: await pool(together) };
  }

  async #banks(uids: readonly string[]): Promise<ReadonlyMap<string, BankRisk>> {
    if (uids.length === 0) return new Map();
    const { banks } = this.#database.tables;
    const rows = await this.#database.query
      .select({ uid: banks.uid, title: banks.title, shipped: banks.shipped, practice: banks.practice })
      .from(banks)
      .where(inArray(banks.uid, [...uids]));
    return new Map(rows.map(({ uid, ...risk }) => [uid, risk]));
  }

  async #media(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const { media } = this.#database.tables;
    const found = await Promise.all(
      [...new Set(ids)].map((id) =>
        this.#database.query.select({ id: media.id }).from(media).where(eq(media.id, id)),
      ),
    );
    return new Set(found.flat().map(({ id }) => id));
  }
}

function sharing(draft: ContestDraft, standing: Standing): SharingRound[] {
  return draft.rounds.map(({ settings }, i) => ({
    blueprint: settings.blueprint,
    ...(standing[i] ?? NEW),
  }));
}

/** A round that people already take keeps its questions: nothing about it can be put right any more. */
function lackingProblems(checks: readonly RoundCheck[], opened: ReadonlySet<number>): FieldError[] {
  return checks.flatMap(({ round, cells }) =>
    opened.has(round)
      ? []
      : cells
          .filter(({ needs, gets }) => gets < needs)
          .map(({ cell, needs, gets }) => ({
            path: `rounds.${round}.settings.blueprint.cells.${cell}.count`,
            vi: `Cần ${needs} câu nhưng ngân hàng chỉ đáp ứng được ${gets} câu.`,
            en: `${needs} questions are needed, but the banks can give only ${gets}.`,
          })),
  );
}

/** Banks from which the rounds that are not settled are to draw from now on: once a round is, its bank may be opened for practice. */
function newBanks(draft: ContestDraft, was: ContestBefore): readonly string[] {
  if (!was.published) return [];
  const settled = was.rounds.flatMap(({ uid, settledAt }) => (settledAt === null ? [] : [uid]));
  const open = draft.rounds.filter(({ id }) => id === null || !settled.includes(id));
  const asked = was.rounds.filter(({ settledAt }) => settledAt === null).flatMap(banksOf);
  return [...new Set(open.flatMap(banksOf))].filter((uid) => !asked.includes(uid));
}

function banksOf({ settings }: Pick<RoundDraft, 'settings'>): readonly string[] {
  return settings.blueprint.cells.flatMap(({ banks }) => banks);
}
