/** Doors of reports, files of rows and the data dictionary, typed. Shapes and units: server/contracts/unit-reports.ts, exports.ts. */
import type { DataDictionary, ExportBody, ExportReply } from '../../server/contracts/exports.ts';
import type {
  KeptList,
  ReportFormat,
  ReportLine,
  ReportPreset,
  ReportReply,
  ReportSort,
  ScheduleBody,
  ScheduleList,
  ScheduleView,
} from '../../server/contracts/unit-reports.ts';
import { http } from './http.ts';

export type {
  DataDictionary,
  ExportBody,
  KeptList,
  ReportFormat,
  ReportLine,
  ReportPreset,
  ReportReply,
  ReportSort,
  ScheduleBody,
  ScheduleList,
  ScheduleView,
};

/** Which report, and how its lines stand. */
export interface ReportChoice {
  readonly preset: ReportPreset;
  readonly round: string | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly unit: string | null;
  readonly sort: ReportSort;
  readonly descending: boolean;
  readonly levels: number | null;
}

/** Counting a million attempts takes seconds. */
const PATIENT = { timeoutMs: 60_000, tries: 2 };
const door = (contest: string) => `/api/desk/contests/${encodeURIComponent(contest)}`;

function queryOf({ round, from, to, preset, ...rest }: ReportChoice) {
  return {
    preset,
    ...rest,
    round: preset === 'round' ? round : null,
    from: preset === 'custom' ? from : null,
    to: preset === 'custom' ? to : null,
  };
}

/** A door that makes reports: as pages of lines, and as files. */
export interface ReportSource {
  read(
    choice: ReportChoice,
    page: { readonly offset: number; readonly limit: number },
    signal: AbortSignal,
  ): Promise<ReportReply>;
  /** Address of the file. */
  file(choice: ReportChoice, format: ReportFormat): string;
}

function sourceAt(address: string): ReportSource {
  return {
    read: (choice, page, signal) =>
      http.get<ReportReply>(address, { query: { ...queryOf(choice), ...page }, ...PATIENT, signal }),
    file: (choice, format) => {
      const given = Object.entries({ ...queryOf(choice), format }).filter(([, value]) => value !== null);
      return `${address}/file?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
    },
  };
}

export const reports = {
  ofContest: (contest: string): ReportSource => sourceAt(`${door(contest)}/report`),
  /** Of a unit that an officer answers for, with those below it. */
  ofOfficer: (contest: string, unit: string): ReportSource =>
    sourceAt(`/api/officer/contests/${encodeURIComponent(contest)}/units/${encodeURIComponent(unit)}/report`),
  /** Logged; gives the address of the file. */
  rows: (contest: string, body: ExportBody) => http.post<ExportReply>(`${door(contest)}/exports`, body),
  dictionary: (signal: AbortSignal) => http.get<DataDictionary>('/api/desk/data-dictionary', { signal }),
  dictionaryFile: '/api/desk/data-dictionary/file',
  schedules: (contest: string, signal: AbortSignal) =>
    http.get<ScheduleList>(`${door(contest)}/report/schedules`, { signal }),
  schedule: (contest: string, body: ScheduleBody) =>
    http.post<ScheduleView>(`${door(contest)}/report/schedules`, body, { tries: 3 }),
  unschedule: (contest: string, schedule: string, reason: string) =>
    http.delete<ScheduleList>(`${door(contest)}/report/schedules/${encodeURIComponent(schedule)}`, {
      body: { reason },
    }),
  kept: (contest: string, signal?: AbortSignal, offset = 0) =>
    http.get<KeptList>(`${door(contest)}/report/kept`, {
      query: { offset },
      ...(signal !== undefined && { signal }),
    }),
  keptFile: (contest: string, kept: string) => `${door(contest)}/report/kept/${encodeURIComponent(kept)}`,
};
