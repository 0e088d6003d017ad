/** The organiser's doors to contests, typed. Shapes and codes: server/contracts/contests.ts. */
import type {
  ChangeList,
  CheckReply,
  ContestDraft,
  ContestProgress,
  CopyContest,
  CreateContest,
  DeskContest,
  DeskContestList,
  ExtraTimeReply,
  MediaReply,
  PresetList,
  PublishContest,
  SaveContest,
} from '../../server/contracts/contest-desk.ts';
import type { ContestPage } from '../../server/contracts/contests.ts';
import { http } from './http.ts';

type GiveExtraTime = { readonly person: string; readonly extraMs: number; readonly reason: string };
type RecordOutage = { readonly fromAt: number; readonly toAt: number; readonly reason: string };

export type {
  ChangeList,
  CheckReply,
  ContestDraft,
  ContestProgress,
  DeskContest,
  DeskContestCard,
  DeskRound,
  DeskState,
  Preset,
  PresetId,
  RoundCheck,
  RoundDraft,
  Warning,
} from '../../server/contracts/contest-desk.ts';
export type { Blueprint, ContestSettings, RoundSettings } from '../../server/contracts/contest-settings.ts';
export type { Block, ContestPage, Phase, RoundState, Span } from '../../server/contracts/contests.ts';
export type { FieldError } from '../../server/contracts/errors.ts';

const part = encodeURIComponent;
const contestDoor = (contest: string) => `/api/desk/contests/${part(contest)}`;
const roundDoor = (round: string) => `/api/desk/rounds/${part(round)}`;
/** Twice is once: these carry an id or a version, so a lost answer may be asked for again. */
const again = { tries: 3 };

export const deskContests = {
  presets: () => http.get<PresetList>('/api/desk/presets'),
  list: () => http.get<DeskContestList>('/api/desk/contests'),
  read: (contest: string) => http.get<DeskContest>(contestDoor(contest)),
  progress: (contest: string, signal: AbortSignal) =>
    http.get<ContestProgress>(`${contestDoor(contest)}/progress`, { signal }),
  /** `body.id` is chosen here, so that sending twice makes one. */
  create: (body: CreateContest & { readonly id: string }) =>
    http.post<DeskContest>('/api/desk/contests', body, again),
  /** `conflict` when somebody else saved meanwhile; `contest.fixed` names what may no longer change. */
  save: (contest: string, body: SaveContest) => http.put<DeskContest>(contestDoor(contest), body),
  check: (draft: ContestDraft, signal: AbortSignal) =>
    http.post<CheckReply>('/api/desk/contests/check', draft, { signal }),
  preview: (draft: ContestDraft, signal: AbortSignal) =>
    http.post<ContestPage>('/api/desk/contests/preview', draft, { signal }),
  copy: (contest: string, body: CopyContest & { readonly id: string }) =>
    http.post<DeskContest>(`${contestDoor(contest)}/copy`, body, again),
  publish: (contest: string, publishing: PublishContest) =>
    http.post<DeskContest>(`${contestDoor(contest)}/publish`, publishing),
  archive: (contest: string, expectedVersion: number, reason: string) =>
    http.post<DeskContest>(`${contestDoor(contest)}/archive`, { expectedVersion, reason }),
  extend: (round: string, expectedVersion: number, closesAt: number, reason: string) =>
    http.post<DeskContest>(`${roundDoor(round)}/extend`, { expectedVersion, closesAt, reason }),
  close: (round: string, expectedVersion: number, reason: string) =>
    http.post<DeskContest>(`${roundDoor(round)}/close`, { expectedVersion, reason }),
  addOrganiser: (contest: string, person: string) =>
    http.post<DeskContest>(`${contestDoor(contest)}/organisers`, { person }),
  removeOrganiser: (contest: string, person: string) =>
    http.delete<DeskContest>(`${contestDoor(contest)}/organisers/${part(person)}`),
  changes: (contest: string) => http.get<ChangeList>(`${contestDoor(contest)}/changes`),
  /** `data`: base64 of a PNG, JPEG or WebP file. */
  addMedia: (data: string) => http.post<MediaReply>('/api/media', { data }, { tries: 3, timeoutMs: 60_000 }),
  /** For one person: every attempt in this round that is open, or starts later. */
  extraTime: (round: string, body: GiveExtraTime) =>
    http.put<ExtraTimeReply>(`${roundDoor(round)}/extra-time`, body),
  /** Time in which nobody could answer is given back to everybody who was at work. */
  outage: (round: string, body: RecordOutage) => http.post<DeskContest>(`${roundDoor(round)}/outages`, body),
};

/** Address of a picture. */
export const mediaAddress = (media: string): string => `/api/media/${part(media)}`;
