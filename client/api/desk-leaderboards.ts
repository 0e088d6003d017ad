/** What organisers alone may do with leaderboards: freeze, reveal, take along. Shapes: server/contracts/leaderboards.ts. */
import type { FreezeReply, PeoplePage } from '../../server/contracts/leaderboards.ts';
import { http } from './http.ts';
import type { Board } from './leaderboards.ts';

export type { PeoplePage } from '../../server/contracts/leaderboards.ts';

const roundDoor = (round: string) => `/api/desk/rounds/${encodeURIComponent(round)}`;

export const deskLeaderboards = {
  /** As it is, through a freeze. */
  people: (board: Board, query: { readonly offset: number; readonly limit: number }, signal: AbortSignal) =>
    http.get<PeoplePage>(`/api/desk/leaderboards/${board}`, { query, signal }),
  /** Address of a file. */
  file: (board: Board, of: 'people' | 'units', format: 'csv' | 'xlsx') =>
    `/api/desk/leaderboards/${board}/export?${new URLSearchParams({ of, format })}`,
  freeze: (round: string, reason: string) => http.post<FreezeReply>(`${roundDoor(round)}/freeze`, { reason }),
  reveal: (round: string, reason: string) => http.post<FreezeReply>(`${roundDoor(round)}/reveal`, { reason }),
};
