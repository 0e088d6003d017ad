/** The doors of reports by unit and period: on the page and as files. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  type ReportQuery as Query,
  ReportFileQuery,
  ReportParams,
  ReportQuery,
  ReportReply,
} from '../contracts/unit-reports.ts';
import type { Clock } from '../platform/clock.ts';
import type { Http } from '../platform/http.ts';
import { type ContestsForReports, demandOrganiser } from './access.ts';
import { presentReport } from './presenter.ts';
import { fileName, fileOf, typeOf } from './report-file.ts';
import type { LineOrder } from './report-rules.ts';
import type { ContestOfReport, Reports } from './reports.ts';

const tags = ['reports'];
const config = { access: { roles: ['organiser' as const] } };
/** Lines of a page unless said. */
export const PAGE = 100;

export interface ReportDoors {
  readonly reports: Reports;
  readonly contests: ContestsForReports;
  readonly clock: Clock;
}

/** The contest of an address, when who asks organises it. */
export async function contestFor(
  { reports, contests }: Pick<ReportDoors, 'reports' | 'contests'>,
  uid: string,
  request: FastifyRequest,
): Promise<ContestOfReport> {
  const contest = await reports.contest(uid);
  await demandOrganiser(contests, contest.id, request);
  return contest;
}

export function registerReports(http: Http, doors: ReportDoors): void {
  const { reports, clock } = doors;
  http.get(
    '/api/desk/contests/:contest/report',
    {
      config,
      schema: {
        tags,
        summary: 'Who took part, by unit and period',
        params: ReportParams,
        querystring: ReportQuery,
        response: { 200: ReportReply },
      },
    },
    async (request) => {
      const contest = await contestFor(doors, request.params.contest, request);
      const { offset = 0, limit = PAGE } = request.query;
      const report = await reports.make(contest, request.query, clock.now());
      return presentReport(report, orderOf(request.query), { offset, limit });
    },
  );
  http.get(
    '/api/desk/contests/:contest/report/file',
    {
      config,
      schema: {
        tags,
        summary: 'The same as XLSX, DOCX or PDF',
        params: ReportParams,
        querystring: ReportFileQuery,
      },
    },
    async (request, reply) => {
      const contest = await contestFor(doors, request.params.contest, request);
      const { format } = request.query;
      const report = await reports.make(contest, request.query, clock.now());
      const bytes = await fileOf(report, format, orderOf(request.query));
      return sendFile(reply, { name: fileName(report, format), type: typeOf(format), bytes });
    },
  );
}

/** As a download. */
export function sendFile(
  reply: FastifyReply,
  { name, type, bytes }: { readonly name: string; readonly type: string; readonly bytes: Uint8Array },
): FastifyReply {
  return reply
    .header('content-disposition', `attachment; filename="${name}"`)
    .type(type)
    .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

/** How lines stand, as a door takes it. */
export function orderOf({
  sort,
  descending,
  levels,
}: Pick<Query, 'sort' | 'descending' | 'levels'>): LineOrder {
  return { sort: sort ?? 'tree', descending: descending ?? false, levels: levels ?? null };
}
