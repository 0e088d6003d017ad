/** Puts the feature together: boards, their doors, their followers, and the settling of rounds that are over. */
import type { Context } from '../context.ts';
import type { Http } from '../platform/http.ts';
import type { Sockets } from '../platform/sockets.ts';
import type { Units } from '../units/units.ts';
import { Boards } from './boards.ts';
import { Names } from './names.ts';
import { type ContestsForBoards, registerBoards } from './routes.ts';
import { Settling } from './settling.ts';
import { BoardFollowers } from './socket.ts';
import { unitTreeOf } from './units-for-boards.ts';
import { BoardViews } from './views.ts';

export interface BoardsFeature {
  readonly boards: Boards;
  readonly settling: Settling;
  /** For what shows the top of a board elsewhere. */
  readonly views: BoardViews;
  close(): Promise<void>;
}

export function openBoards(
  http: Http,
  sockets: Sockets,
  context: Context,
  units: Units,
  contests: ContestsForBoards,
): BoardsFeature {
  const forBoards = unitTreeOf(units);
  const boards = new Boards(context, forBoards);
  const views = new BoardViews(
    boards,
    new Names(context.database, context.clock),
    forBoards,
    context.secrets,
  );
  const followers = new BoardFollowers(sockets, boards, views, context.log);
  const settling = new Settling(context);
  registerBoards(http, context, views, contests);
  return {
    boards,
    settling,
    views,
    async close() {
      await settling.stop();
      followers.close();
      await boards.close();
    },
  };
}
