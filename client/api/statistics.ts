/** What the answers say about the questions. Shapes and units: server/contracts/statistics.ts. */
import type { StatisticsReply } from '../../server/contracts/statistics.ts';
import { http } from './http.ts';

export type { StatisticsReply } from '../../server/contracts/statistics.ts';
export type ItemFigures = StatisticsReply['items'][number];

/** Counting a million attempts takes seconds. */
const PATIENT = { timeoutMs: 60_000 };

export const statistics = {
  ofRound: (round: string) =>
    http.get<StatisticsReply>(`/api/desk/rounds/${encodeURIComponent(round)}/statistics`, PATIENT),
  ofBank: (bank: string) =>
    http.get<StatisticsReply>(`/api/desk/banks/${encodeURIComponent(bank)}/statistics`, PATIENT),
  ofLive: (live: string) =>
    http.get<StatisticsReply>(`/api/desk/live/${encodeURIComponent(live)}/statistics`, PATIENT),
};
