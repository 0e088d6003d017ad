/** Puts the feature together: contests in memory, the rounds that attempts ask about, and the doors. */
import type { Accounts } from '../accounts/accounts.ts';
import type { Attempts } from '../attempts/attempts.ts';
import type { BankPools } from '../banks/pool.ts';
import type { Context } from '../context.ts';
import type { Http } from '../platform/http.ts';
import type { Units } from '../units/units.ts';
import { Entries } from './entries.ts';
import { OpenContests } from './open-contests.ts';
import { RoundsInForce } from './rounds-in-force.ts';
import { StaffStore } from './staff-store.ts';
import { ContestStore } from './store.ts';

export interface ContestsFeature {
  readonly rounds: RoundsInForce;
  /** For leaderboards. */
  contestOfRound(roundUid: string): number | null;
  isOrganiser(contestId: number, personId: number): Promise<boolean>;
  /** Attempts exist once contests do: extra time and outages are given back through them. */
  give(attempts: Attempts): void;
  close(): void;
}

export async function openContests(
  http: Http,
  context: Context,
  accounts: Accounts,
  pools: BankPools,
  units: Units,
): Promise<ContestsFeature> {
  const store = new ContestStore(context);
  const open = await OpenContests.start(context, store);
  const staff = new StaffStore(context);
  const entries = new Entries(context);
  const rounds = new RoundsInForce(context, { open, entries, staff, pools, units });
  void http;
  void accounts;
  return {
    rounds,
    contestOfRound: (uid) => open.roundByUid(uid)?.contestId ?? null,
    isOrganiser: (contestId, personId) => staff.isOrganiser(contestId, personId),
    give: () => undefined,
    close: () => open.close(),
  };
}
