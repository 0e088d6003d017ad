/** The public doors of contests, typed. Shapes and meaning: server/contracts/contests.ts. */
import type { ContestList, ContestPage } from '../../server/contracts/contests.ts';
import type { EnterContest, EntryReply } from '../../server/contracts/entering.ts';
import type { NoticeList } from '../../server/contracts/remedies.ts';
import { http } from './http.ts';

export type { Group } from '../../server/contracts/accounts.ts';
export type {
  Block,
  ContestCard,
  ContestList,
  ContestPage,
  PublicRound,
  Span,
} from '../../server/contracts/contests.ts';
export type { Bar, EnterContest, EntryReply } from '../../server/contracts/entering.ts';
export type { NoticeList } from '../../server/contracts/remedies.ts';

const at = (slug: string): string => `/api/contests/${encodeURIComponent(slug)}`;

export const contests = {
  list: (signal: AbortSignal) => http.get<ContestList>('/api/contests', { signal }),
  page: (slug: string, signal: AbortSignal) => http.get<ContestPage>(at(slug), { signal }),
  /** What the organisers have put right. */
  notices: (slug: string, signal: AbortSignal) => http.get<NoticeList>(`${at(slug)}/notices`, { signal }),
  /** What I gave, and what may keep me out of a round; for people who are not signed in, that they are not. */
  entry: (slug: string, signal: AbortSignal) => http.get<EntryReply>(`${at(slug)}/entry`, { signal }),
  enter: (slug: string, body: EnterContest) => http.post<EntryReply>(`${at(slug)}/entry`, body),
  /** Address of a picture. */
  picture: (media: string) => `/api/media/${media}`,
};
