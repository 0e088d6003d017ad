/** What is mine in rounds: what I may still start, starting, all my attempts. Shapes: server/contracts/attempts.ts. */
import type {
  AttemptReply,
  MyAttemptsReply,
  MyRoundReply,
  StartBody,
} from '../../server/contracts/attempts.ts';
import { http } from './http.ts';

export type { MyRoundReply } from '../../server/contracts/attempts.ts';
export type MyAttempt = MyAttemptsReply['attempts'][number];

const at = (round: string): string => `/api/rounds/${encodeURIComponent(round)}/attempts`;

export const myRounds = {
  /** My attempts in one round, and how many are left. */
  mine: (round: string, signal: AbortSignal) => http.get<MyRoundReply>(at(round), { signal }),
  /** The same number again gives the same attempt, so it is sent again when the network fails. */
  start: (round: string, body: StartBody) => http.post<AttemptReply>(at(round), body, { tries: 4 }),
  /** All, the newest first. */
  all: (signal: AbortSignal) => http.get<MyAttemptsReply>('/api/attempts', { signal }),
};
