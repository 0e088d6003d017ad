/**
 * Where the versions of a bank's question were asked, and marking those rounds again by the key that the bank has now: in the
 * contests that whoever asks organises. Papers are looked through in a thread of their own.
 */
import { isDeepStrictEqual } from 'node:util';
import type { RoundInForce, Rounds } from '../attempts/rounds.ts';
import type { Organising } from '../contests/desk.ts';
import type { Context } from '../context.ts';
import type { AskedInRounds, RegradeByBank, RemedyList, RemedyView } from '../contracts/remedies.ts';
import { invalidField } from '../platform/errors.ts';
import { GradingThread } from './grading-thread.ts';
import type { Remedies } from './remedies.ts';
import type { AskedVersion, RemedyStore } from './store.ts';

interface AskedInParts {
  readonly context: Pick<Context, 'database' | 'config'>;
  readonly rounds: Pick<Rounds, 'all' | 'isOrganiser'>;
  readonly store: RemedyStore;
  readonly remedies: Remedies;
}

/** A question of a bank as its desk knows it. */
export interface BankQuestion {
  readonly id: number;
  readonly uid: string;
  readonly bank: string;
}

/** A round that asked a version. */
interface Asking {
  readonly round: RoundInForce;
  readonly version: AskedVersion;
  /** The newest version's key fits it: its options stand as they do there. */
  readonly fits: boolean;
  readonly attempts: number;
  readonly mine: boolean;
}

export class AskedIn {
  readonly #parts: AskedInParts;

  constructor(parts: AskedInParts) {
    this.#parts = parts;
  }

  async list(question: BankQuestion, by: Organising): Promise<AskedInRounds> {
    const askings = await this.#askings(question, by);
    return {
      rounds: askings.map(({ round, version, attempts, fits, mine }) => ({
        contest: round.contest.uid,
        contestTitle: round.contest.title,
        round: round.uid,
        title: round.title,
        version: version.version,
        outdated: version.outdated,
        fits,
        attempts,
        mine,
      })),
    };
  }

  /** One remedy for each contest and version that is not the newest: the key in the bank now is the key there too. */
  async regrade(question: BankQuestion, body: RegradeByBank, by: Organising): Promise<RemedyList> {
    const askings = (await this.#askings(question, by)).filter(
      ({ mine, fits, version, round }) => mine && fits && version.outdated && body.rounds.includes(round.uid),
    );
    const key = await this.#parts.store.currentKey(question.id);
    if (key === null || askings.length === 0)
      throw invalidField('rounds', 'Không có vòng nào để chấm lại.', 'There is no round to mark again.');
    const groups = Map.groupBy(askings, ({ round, version }) => `${round.contestId}/${version.version}`);
    const remedies: RemedyView[] = [];
    let nth = 0;
    for (const [first, ...rest] of groups.values()) {
      if (first === undefined) continue;
      const rounds = [first, ...rest].map(({ round }) => round.uid);
      const contest = { id: first.round.contestId, uid: first.round.contest.uid };
      const { reason, notice } = body;
      const details = { rounds, question: question.uid, version: first.version.version, key };
      const words = { reason, ...(notice === undefined ? {} : { notice }) };
      remedies.push(
        await this.#parts.remedies.apply(
          contest,
          { id: nthUid(body.id, nth), kind: 'key', details, ...words },
          by,
        ),
      );
      nth += 1;
    }
    return { remedies };
  }

  async #askings(question: BankQuestion, by: Organising): Promise<readonly Asking[]> {
    const rounds = this.#parts.rounds
      .all()
      .filter(
        ({ opensAt, settings }) =>
          opensAt <= by.now &&
          settings.blueprint.cells.some(({ banks }) => banks.length === 0 || banks.includes(question.bank)),
      );
    const versions = await this.#parts.store.versionsOf(question.id);
    if (rounds.length === 0) return [];
    const counted = await this.#counted(rounds, versions);
    const askings: Asking[] = [];
    for (const round of rounds) {
      const mine =
        by.who.roles.has('admin') ||
        (by.who.roles.has('organiser') &&
          (await this.#parts.rounds.isOrganiser(round.contestId, by.who.personId)));
      for (const version of versions) {
        const attempts = counted.get(`${round.id}/${version.versionId}`) ?? 0;
        const fits = fitsKeyOf(version, versions[0]);
        if (attempts > 0) askings.push({ round, version, fits, attempts, mine });
      }
    }
    return askings;
  }

  async #counted(
    rounds: readonly RoundInForce[],
    versions: readonly AskedVersion[],
  ): Promise<ReadonlyMap<string, number>> {
    const { database, config } = this.#parts.context;
    const thread = new GradingThread(database, config.databaseUrl);
    try {
      return await thread.count(
        rounds.map(({ id }) => id),
        versions.map(({ versionId }) => versionId),
      );
    } finally {
      thread.end();
    }
  }
}

/** Keys name options by their places: another set or order of them wants another key. The stem may be put right. */
function fitsKeyOf(version: AskedVersion, newest: AskedVersion | undefined): boolean {
  if (newest === undefined || newest.kind !== version.kind) return false;
  return isDeepStrictEqual({ ...Object(version.prompt), stem: '' }, { ...Object(newest.prompt), stem: '' });
}

/** Ids of the remedies that one request makes: the same when it is sent again. */
function nthUid(uid: string, nth: number): string {
  const last = (Number.parseInt(uid.slice(-4), 16) + nth) % 0x10000;
  return uid.slice(0, -4) + last.toString(16).padStart(4, '0');
}
