/** Reporting a question, and what was answered. Shapes: server/contracts/reports.ts. */
import type { MyReportCounts, MyReports, ReportQuestion } from '../../server/contracts/reports.ts';
import { http } from './http.ts';

export type { MyReport, MyReportCounts, MyReports, ReportReason } from '../../server/contracts/reports.ts';

const part = encodeURIComponent;

export const reports = {
  ofAttempt: (attempt: string, signal: AbortSignal) =>
    http.get<MyReports>(`/api/attempts/${part(attempt)}/reports`, { signal }),
  send: (attempt: string, body: ReportQuestion) =>
    http.post<MyReports>(`/api/attempts/${part(attempt)}/reports`, body, { tries: 3 }),
  mine: (signal: AbortSignal) => http.get<MyReportCounts>('/api/reports', { signal }),
};
