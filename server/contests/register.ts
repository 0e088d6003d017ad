/** Puts the feature together: contests in memory, the rounds that attempts ask about, and the doors. */
import type { Accounts } from '../accounts/accounts.ts';
import type { BankPools } from '../banks/pool.ts';
import type { Context } from '../context.ts';
import type { Identity } from '../platform/access.ts';
import type { Http } from '../platform/http.ts';
import type { Units } from '../units/units.ts';
import { startContests } from './contests.ts';
import { Desk, type RunningAttempts } from './desk.ts';
import { registerDeskDoors } from './desk-routes.ts';
import type { Entries } from './entries.ts';
import { registerEntryDoors } from './entry-routes.ts';
import type { OpenContests } from './open-contests.ts';
import { contestsPart } from './own-parts.ts';
import { registerPublicDoors } from './public-routes.ts';
import type { RoundsInForce } from './rounds-in-force.ts';
import type { WholeContest } from './store.ts';

export interface ContestsFeature {
  readonly rounds: RoundsInForce;
  /** Published contests, in memory. */
  readonly open: OpenContests;
  readonly entries: Entries;
  /** For leaderboards. */
  contestOfRound(roundUid: string): number | null;
  isOrganiser(contestId: number, personId: number): Promise<boolean>;
  /** A contest for its organisers and for admins. Throws `notFound`, `auth.forbidden`. */
  own(uid: string, identity: Identity): Promise<WholeContest>;
  /** The organiser's commands, for features that give some of them. */
  readonly desk: Desk;
  /** Attempts exist once contests do: extra time and outages are given back through them. */
  give(attempts: RunningAttempts): void;
  close(): void;
}

export async function openContests(
  http: Http,
  context: Context,
  accounts: Accounts,
  pools: BankPools,
  units: Units,
): Promise<ContestsFeature> {
  const parts = await startContests(context, units, pools);
  const desk = new Desk(parts);
  registerPublicDoors(http, parts);
  registerEntryDoors(http, parts, accounts);
  registerDeskDoors(http, parts, desk);
  accounts.personalData.add(contestsPart(context));
  const { open, entries, rounds, staff } = parts;
  return {
    rounds,
    open,
    entries,
    desk,
    contestOfRound: (uid) => open.roundByUid(uid)?.contestId ?? null,
    isOrganiser: (contestId, personId) => staff.isOrganiser(contestId, personId),
    own: (uid, identity) => desk.own(uid, identity),
    give: (attempts) => desk.follow(attempts),
    close: () => parts.close(),
  };
}
