/** Doors to people and units of a contest, and of officers, typed. Shapes: server/contracts fairness, rosters, officers. */
import type {
  DuplicateDecision,
  DuplicatesFound,
  DuplicatesReply,
  ExclusionsReply,
  MergePreview,
  SignalDecision,
  SignalsReply,
  SignalsScanned,
} from '../../server/contracts/fairness.ts';
import type {
  AskedUnitsReply,
  LinkReply,
  MissingReply,
  MovesReply,
  OfficerHome,
  OfficersReply,
  UnitStanding,
} from '../../server/contracts/officers.ts';
import type {
  RosterDecision,
  RosterImportBody,
  RosterImportReply,
  RosterList,
  RosterPage,
} from '../../server/contracts/rosters.ts';
import type { WorkUnderway } from '../../server/contracts/underway.ts';
import { http } from './http.ts';

export type {
  Duplicate,
  DuplicateDecision,
  MergePreview,
  Signal,
  WeighedPerson,
} from '../../server/contracts/fairness.ts';
export type { AskedUnitsReply, OfficerHome, UnitStanding } from '../../server/contracts/officers.ts';
export type { Roster, RosterImportReply, RosterMember } from '../../server/contracts/rosters.ts';

const part = encodeURIComponent;
const desk = (contest: string, path: string) => `/api/desk/contests/${part(contest)}${path}`;
const theirs = (contest: string, unit: string, path = '') =>
  `/api/officer/contests/${part(contest)}/units/${part(unit)}${path}`;

export const contestPeopleApi = {
  link: (contest: string, unit: string) =>
    http.post<LinkReply>(desk(contest, '/links'), { unit }, { tries: 3 }),
  posterFile: (contest: string, unit: string) => desk(contest, `/posters/${part(unit)}`),
  postersFile: (contest: string, under: string | null) =>
    desk(contest, under === null ? '/posters' : `/posters?under=${part(under)}`),
  asked: (contest: string) => http.get<AskedUnitsReply>(desk(contest, '/asked-units')),
  mapAsked: (contest: string, key: string, unit: string | null, reason: string) =>
    http.post<AskedUnitsReply>(desk(contest, '/asked-units'), { key, unit, reason }),
  /** Lines older than `before`; the newest without. */
  moves: (contest: string, before?: number) =>
    http.get<MovesReply>(desk(contest, '/moves'), before === undefined ? {} : { query: { before } }),
  move: (contest: string, person: string, unit: string | null, reason: string) =>
    http.post<MovesReply>(desk(contest, '/moves'), { person, unit, reason }),
  duplicates: (contest: string, offset: number) =>
    http.get<DuplicatesReply>(desk(contest, '/duplicates'), { query: { offset } }),
  scanDuplicates: (contest: string) =>
    http.post<DuplicatesFound>(desk(contest, '/duplicates/scan'), {}, { timeoutMs: 120_000 }),
  scanningDuplicates: (contest: string) => http.get<WorkUnderway>(desk(contest, '/duplicates/scan')),
  previewMerge: (contest: string, keep: string, other: string) =>
    http.post<MergePreview>(desk(contest, '/duplicates/preview'), { keep, other }),
  decide: (contest: string, body: DuplicateDecision) =>
    http.post<DuplicatesReply>(desk(contest, '/duplicates/decision'), body),
  exclusions: (contest: string) => http.get<ExclusionsReply>(desk(contest, '/exclusions')),
  exclude: (contest: string, person: string, reason: string) =>
    http.post<ExclusionsReply>(desk(contest, '/exclusions'), { person, reason }),
  lift: (contest: string, person: string, reason: string) =>
    http.delete<ExclusionsReply>(desk(contest, `/exclusions/${part(person)}`), { body: { reason } }),
  signals: (contest: string, offset: number) =>
    http.get<SignalsReply>(desk(contest, '/signals'), { query: { offset } }),
  scanSignals: (contest: string) =>
    http.post<SignalsScanned>(desk(contest, '/signals/scan'), {}, { timeoutMs: 60_000 }),
  weigh: (contest: string, body: SignalDecision) =>
    http.post<SignalsReply>(desk(contest, '/signals/decision'), body),
  rosters: (contest: string) => http.get<RosterList>(desk(contest, '/rosters')),
  importRoster: (contest: string, body: RosterImportBody) =>
    http.post<RosterImportReply>(desk(contest, '/rosters/import'), body, { timeoutMs: 120_000, tries: 2 }),
  doubts: (contest: string, roster: string) =>
    http.get<RosterPage>(desk(contest, `/rosters/${part(roster)}?show=doubts`)),
  match: (contest: string, roster: string) =>
    http.post<{ bound: number; suggested: number }>(
      desk(contest, `/rosters/${part(roster)}/match`),
      {},
      { timeoutMs: 120_000 },
    ),
  matching: (contest: string, roster: string) =>
    http.get<WorkUnderway>(desk(contest, `/rosters/${part(roster)}/match`)),
  decideMember: (contest: string, roster: string, body: RosterDecision) =>
    http.post<RosterPage>(desk(contest, `/rosters/${part(roster)}/decision?show=doubts`), body),
  dropRoster: (contest: string, roster: string, reason: string) =>
    http.delete<RosterList>(desk(contest, `/rosters/${part(roster)}`), { body: { reason } }),
  rosterFile: (contest: string, roster: string) => desk(contest, `/rosters/${part(roster)}/file?format=xlsx`),
};

export const officerApi = {
  home: () => http.get<OfficerHome>('/api/officer'),
  standing: (contest: string, unit: string, signal: AbortSignal) =>
    http.get<UnitStanding>(theirs(contest, unit), { signal }),
  missing: (contest: string, unit: string) => http.get<MissingReply>(theirs(contest, unit, '/missing')),
  missingFile: (contest: string, unit: string) => theirs(contest, unit, '/missing/file?format=xlsx'),
  officers: (unit: string) => http.get<OfficersReply>(`/api/units/${part(unit)}/officers`),
  add: (unit: string, person: string, reason: string) =>
    http.post<OfficersReply>(`/api/units/${part(unit)}/officers`, { person, reason }),
  remove: (unit: string, person: string, reason: string) =>
    http.delete<OfficersReply>(`/api/units/${part(unit)}/officers/${part(person)}`, { body: { reason } }),
};
