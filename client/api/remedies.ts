/** The organiser's doors to remedies and reported questions, typed. Shapes: server/contracts/remedies.ts, reports.ts. */
import type {
  ApplyRemedy,
  AskedInRounds,
  AskedList,
  AskedWithKey,
  PreviewRemedy,
  RegradeByBank,
  RemedyList,
  RemedyPreview,
  RemedyView,
} from '../../server/contracts/remedies.ts';
import type { AnswerReports, ReportQueue, ReportTexts } from '../../server/contracts/reports.ts';
import { http } from './http.ts';

export type {
  AskedQuestion,
  AskedWithKey,
  Mover,
  RemedyDetails,
  RemedyKind,
  RemedyPreview,
  RemedyView,
  RoundPreview,
} from '../../server/contracts/remedies.ts';
export type {
  ReportedQuestion,
  ReportQueue,
  ReportStatus,
  ReportTexts,
} from '../../server/contracts/reports.ts';

const part = encodeURIComponent;
const door = (contest: string) => `/api/desk/contests/${part(contest)}`;
/** A dry run over hundreds of thousands of attempts takes seconds. */
const patient = { timeoutMs: 120_000 };

export const remedies = {
  list: (contest: string, signal?: AbortSignal) =>
    http.get<RemedyList>(`${door(contest)}/remedies`, signal === undefined ? {} : { signal }),
  preview: (contest: string, body: PreviewRemedy) =>
    http.post<RemedyPreview>(`${door(contest)}/remedies/preview`, body, patient),
  /** The id is chosen here, so that sending twice decides once. */
  apply: (contest: string, body: ApplyRemedy) =>
    http.post<RemedyView>(`${door(contest)}/remedies`, body, { tries: 3, ...patient }),
  previewReversal: (contest: string, remedy: string) =>
    http.get<RemedyPreview>(`${door(contest)}/remedies/${part(remedy)}/reversal`, patient),
  reverse: (contest: string, remedy: string, reason: string) =>
    http.post<RemedyView>(`${door(contest)}/remedies/${part(remedy)}/reverse`, { reason }, { tries: 3 }),
  asked: (contest: string, q: string, signal: AbortSignal) =>
    http.get<AskedList>(`${door(contest)}/asked`, { query: { q }, signal }),
  /** With its key: that it was read is logged. */
  askedWithKey: (contest: string, question: string, version: number) =>
    http.get<AskedWithKey>(`${door(contest)}/asked/${part(question)}/${version}`),
  /** Where a bank's question was asked. */
  askedIn: (question: string) =>
    http.get<AskedInRounds>(`/api/desk/questions/${part(question)}/asked-in`, patient),
  /** One's own rounds are marked again by the bank's present key. */
  regradeByBank: (question: string, body: RegradeByBank) =>
    http.post<RemedyList>(`/api/desk/questions/${part(question)}/regrade`, body, { tries: 3, ...patient }),
  queue: (contest: string) => http.get<ReportQueue>(`${door(contest)}/reports`),
  reportsOf: (contest: string, question: string) =>
    http.get<ReportTexts>(`${door(contest)}/reports/${part(question)}`),
  answer: (contest: string, question: string, body: AnswerReports) =>
    http.put<ReportQueue>(`${door(contest)}/reports/${part(question)}`, body),
};
