/** The report as officers read it: of a unit that they answer for and those below it, nothing of others. */
import type { FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import { OfficerParams } from '../contracts/officers.ts';
import { ReportFileQuery, ReportQuery, ReportReply } from '../contracts/unit-reports.ts';
import { unitsOfOfficer } from '../officers/store.ts';
import { identityOf } from '../platform/access.ts';
import { AppError } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import { presentReport } from './presenter.ts';
import { fileName, fileOf, typeOf } from './report-file.ts';
import type { ContestOfReport, Reports } from './reports.ts';
import { orderOf, PAGE, sendFile } from './routes.ts';

const tags = ['officers'];
const config = { access: { roles: ['officer' as const] } };
const DOOR = '/api/officer/contests/:contest/units/:unit/report';

export interface OfficerDoors {
  readonly context: Context;
  readonly reports: Reports;
  /** Key of a published contest; drafts are nobody else's business. */
  published(contest: string): number | null;
}

export function registerOfficerReports(http: Http, doors: OfficerDoors): void {
  const { reports, context } = doors;
  http.get(
    DOOR,
    {
      config,
      schema: {
        tags,
        summary: 'The report of a unit of mine',
        params: OfficerParams,
        querystring: ReportQuery,
        response: { 200: ReportReply },
      },
    },
    async (request) => {
      const contest = await contestOfOfficer(doors, request.params, request);
      const { offset = 0, limit = PAGE } = request.query;
      const choice = { ...request.query, unit: request.params.unit };
      const report = await reports.make(contest, choice, context.clock.now());
      return presentReport(report, orderOf(request.query), { offset, limit });
    },
  );
  http.get(
    `${DOOR}/file`,
    {
      config,
      schema: {
        tags,
        summary: 'The same as XLSX, DOCX or PDF',
        params: OfficerParams,
        querystring: ReportFileQuery,
      },
    },
    async (request, reply) => {
      const contest = await contestOfOfficer(doors, request.params, request);
      const { format } = request.query;
      const choice = { ...request.query, unit: request.params.unit };
      const report = await reports.make(contest, choice, context.clock.now());
      const bytes = await fileOf(report, format, orderOf(request.query));
      return sendFile(reply, { name: fileName(report, format), type: typeOf(format), bytes });
    },
  );
}

/** Throws `notFound` for a contest that is not there and for a unit that is not theirs: the two look alike. */
async function contestOfOfficer(
  { context, reports, published }: OfficerDoors,
  { contest, unit }: { readonly contest: string; readonly unit: string },
  request: FastifyRequest,
): Promise<ContestOfReport> {
  const { personId, roles } = identityOf(request);
  const { units } = reports;
  const asked = units.byUid(unit);
  const contestId = published(contest);
  const seenIn = await unitsOfOfficer(context.database, personId);
  const isTheirs =
    contestId !== null &&
    asked !== undefined &&
    seenIn(contestId).some((id) => {
      const above = units.byKey(id);
      return above !== undefined && units.isWithin(asked.node, above.node);
    });
  if (contestId === null || !(isTheirs || roles.has('admin'))) throw new AppError('notFound');
  return reports.contest(contest);
}
