/** The doors of leaderboards, typed, and the live line behind them. Shapes: server/contracts/leaderboards.ts. */
import type {
  BoardMessage,
  Metric,
  MyStanding,
  PeoplePage,
  UnitsPage,
} from '../../server/contracts/leaderboards.ts';
import { http } from './http.ts';
import { type Subscription, subscribe } from './socket.ts';

export type {
  BoardMessage,
  Metric,
  MyStanding,
  PeoplePage,
  PersonLine,
  UnitLine,
  UnitsPage,
} from '../../server/contracts/leaderboards.ts';

/** Which board: one round's, or the contest's rounds added up. */
export type Board = `round-${string}` | `contest-${string}`;

interface Slice {
  readonly offset: number;
  readonly limit: number;
}

const at = (board: Board): string => `/api/leaderboards/${board}`;

export const leaderboards = {
  people: (board: Board, query: Slice & { readonly unit: string | null }, signal: AbortSignal) =>
    http.get<PeoplePage>(at(board), { query: { ...query }, signal }),
  /** Mine, and who stands around me. */
  me: (board: Board, signal: AbortSignal) => http.get<MyStanding>(`${at(board)}/me`, { signal }),
  search: (board: Board, q: string, signal: AbortSignal) =>
    http.get<PeoplePage>(`${at(board)}/search`, { query: { q }, signal }),
  units: (
    board: Board,
    query: Slice & { readonly parent: string | null; readonly metric: Metric | null },
    signal: AbortSignal,
  ) => http.get<UnitsPage>(`${at(board)}/units`, { query: { ...query }, signal }),
  /** Hands over the first pages whenever they changed; `onState` hears whether the line is up. */
  follow: (
    board: Board,
    onBoard: (message: BoardMessage) => void,
    onState: (live: boolean) => void,
  ): Subscription =>
    subscribe<BoardMessage>(
      'board',
      { board },
      'board',
      (message) => {
        if (message.board === board) onBoard(message);
      },
      onState,
    ),
};
