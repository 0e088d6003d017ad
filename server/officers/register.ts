/** Puts together what concerns people and units of contests: officers, links and posters, rosters, and what organisers weigh. */
import type { Accounts } from '../accounts/accounts.ts';
import type { ContestsFeature } from '../contests/register.ts';
import type { Context } from '../context.ts';
import { registerFairness } from '../fairness/routes.ts';
import type { Boards } from '../leaderboards/boards.ts';
import type { Http } from '../platform/http.ts';
import { rostersPart } from '../rosters/own-part.ts';
import { registerRosters } from '../rosters/routes.ts';
import { registerUnitDoors } from './desk-routes.ts';
import { registerMoves } from './move-routes.ts';
import { registerOfficers } from './routes.ts';

export interface PeopleParts {
  readonly accounts: Accounts;
  readonly contests: Pick<ContestsFeature, 'open' | 'entries' | 'own'>;
  readonly boards: Pick<Boards, 'get'>;
}

export function openPeople(http: Http, context: Context, { accounts, contests, boards }: PeopleParts): void {
  const { units } = accounts;
  const { open, entries, own } = contests;
  const around = { ...context, units, entries };
  registerFairness(http, around, contests);
  registerOfficers(http, { accounts, open, boards });
  const parts = { context, units, entries, open, own };
  registerUnitDoors(http, parts);
  registerMoves(http, parts);
  registerRosters(http, around, contests);
  accounts.personalData.add(rostersPart(context.database));
}
