/** The public doors of contests, typed. Shapes and meaning: server/contracts/contests.ts. */
import type { ContestList, ContestPage, EnterContest, EntryReply } from '../../server/contracts/contests.ts';
import type { NoticeList } from '../../server/contracts/remedies.ts';
import { http } from './http.ts';

export type {
  Bar,
  Block,
  ContestCard,
  ContestList,
  ContestPage,
  EnterContest,
  EntryReply,
  Group,
  PublicRound,
  Span,
} from '../../server/contracts/contests.ts';
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
