/** Doors of reports that make themselves, and of those that were kept. */
import {
  KeptList,
  KeptParams,
  KeptQuery,
  ReasonOnly,
  type ReportFormat,
  ReportParams,
  ScheduleBody,
  ScheduleList,
  ScheduleParams,
  ScheduleView,
} from '../contracts/unit-reports.ts';
import { identityOf } from '../platform/access.ts';
import { AppError } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import { periodText } from './period-rules.ts';
import { typeOf } from './report-file.ts';
import { contestFor, type ReportDoors, sendFile } from './routes.ts';
import type { KeptRow } from './schedule-store.ts';
import type { Schedules } from './schedules.ts';

const tags = ['reports'];
const config = { access: { roles: ['organiser' as const] } };

export function registerSchedules(http: Http, doors: ReportDoors, schedules: Schedules): void {
  const list = async (contestId: number): Promise<ScheduleList> => {
    const rows = await schedules.store.ofContest(contestId);
    return { schedules: rows.map((row) => schedules.present(row)) };
  };
  http.get(
    '/api/desk/contests/:contest/report/schedules',
    {
      config,
      schema: {
        tags,
        summary: 'Reports that make themselves',
        params: ReportParams,
        response: { 200: ScheduleList },
      },
    },
    async (request) => list((await contestFor(doors, request.params.contest, request)).id),
  );
  http.post(
    '/api/desk/contests/:contest/report/schedules',
    {
      config,
      schema: {
        tags,
        summary: 'Have the report of last week made every week',
        params: ReportParams,
        body: ScheduleBody,
        response: { 200: ScheduleView },
      },
    },
    async (request) => {
      const contest = await contestFor(doors, request.params.contest, request);
      return schedules.add(contest, request.body, identityOf(request), request.ip);
    },
  );
  http.delete(
    '/api/desk/contests/:contest/report/schedules/:schedule',
    {
      config,
      schema: {
        tags,
        summary: 'No more of it; what was made is kept',
        params: ScheduleParams,
        body: ReasonOnly,
        response: { 200: ScheduleList },
      },
    },
    async (request) => {
      const contest = await contestFor(doors, request.params.contest, request);
      const by = { who: identityOf(request), reason: request.body.reason, address: request.ip };
      await schedules.remove(contest, request.params.schedule, by);
      return list(contest.id);
    },
  );
  registerKept(http, doors, schedules);
}

function registerKept(http: Http, doors: ReportDoors, schedules: Schedules): void {
  http.get(
    '/api/desk/contests/:contest/report/kept',
    {
      config,
      schema: {
        tags,
        summary: 'Reports that were made',
        params: ReportParams,
        querystring: KeptQuery,
        response: { 200: KeptList },
      },
    },
    async (request) => {
      const contest = await contestFor(doors, request.params.contest, request);
      const [rows, total] = await Promise.all([
        schedules.store.kept(contest.id, request.query.offset ?? 0),
        schedules.store.countKept(contest.id),
      ]);
      return {
        total,
        kept: rows.map((row) => ({
          id: row.uid,
          format: formatOf(row),
          period: {
            from: row.fromAt,
            to: row.toAt,
            text: periodText({ from: row.fromAt, to: row.toAt }),
          },
          unit: schedules.unitName(row.unit),
          madeAt: row.madeAt,
          keptUntil: schedules.keptUntil(row.madeAt),
          bytes: row.bytes,
        })),
      };
    },
  );
  http.get(
    '/api/desk/contests/:contest/report/kept/:kept',
    { config, schema: { tags, summary: 'The file', params: KeptParams } },
    async (request, reply) => {
      const contest = await contestFor(doors, request.params.contest, request);
      const row = await schedules.store.keptByUid(contest.id, request.params.kept);
      if (row === null) throw new AppError('notFound');
      const bytes = await schedules.store.bytesOf(row);
      return sendFile(reply, { name: row.name, type: typeOf(formatOf(row)), bytes });
    },
  );
}

function formatOf({ format }: KeptRow): ReportFormat {
  return format === 'docx' || format === 'pdf' ? format : 'xlsx';
}
