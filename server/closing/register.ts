/** Puts the feature together. */
import { ContestStore } from '../contests/store.ts';
import type { Context } from '../context.ts';
import type { Boards } from '../leaderboards/boards.ts';
import type { Http } from '../platform/http.ts';
import type { Units } from '../units/units.ts';
import { Closing } from './closing.ts';
import type { ClosingContext } from './closing-context.ts';
import { Draws } from './draws.ts';
import { registerClosing } from './routes.ts';
import { Snapshots } from './snapshots.ts';

interface Around {
  readonly boards: Boards;
  readonly units: Units;
  readonly contests: { isOrganiser(contestId: number, personId: number): Promise<boolean> };
}

export function openClosing(http: Http, context: Context, { boards, units, contests }: Around): void {
  const closing: ClosingContext = {
    context,
    boards,
    units,
    contests: new ContestStore(context),
    isOrganiser: (contestId, personId) => contests.isOrganiser(contestId, personId),
  };
  const snapshots = new Snapshots(context);
  const draws = new Draws(context);
  registerClosing(http, context.clock, new Closing(closing, snapshots, draws));
}
