/** Doors of exported rows: asking (logged, with a reason), fetching, and the dictionary of what columns mean. */
import type { FastifyReply } from 'fastify';
import Papa from 'papaparse';
import type { Context } from '../../context.ts';
import {
  AuditExportBody,
  DataDictionary,
  ExportBody,
  ExportReply,
  TicketQuery,
} from '../../contracts/exports.ts';
import { ReportParams } from '../../contracts/unit-reports.ts';
import { identityOf } from '../../platform/access.ts';
import { appendAudit } from '../../platform/audit.ts';
import { neutralised } from '../../platform/cells.ts';
import { AppError } from '../../platform/errors.ts';
import type { Http } from '../../platform/http.ts';
import type { ContestsForReports } from '../access.ts';
import { XLSX_TYPE } from '../report-file.ts';
import type { Reports } from '../reports.ts';
import { contestFor } from '../routes.ts';
import { dataDictionary } from './dictionary.ts';
import { Exports } from './exports.ts';
import { readTicket, TICKET_MS, type Ticket, type Wanted, writeTicket } from './tickets.ts';

const tags = ['reports'];
const organisers = { access: { roles: ['organiser' as const] } };
const admins = { access: { roles: ['admin' as const] } };
const staff = { access: { roles: ['organiser' as const, 'editor' as const, 'reviewer' as const] } };

const FILES = { attempts: 'luot-thi', answers: 'cau-tra-loi', people: 'nguoi-du-thi' } as const;

export interface ExportDoors {
  readonly context: Context;
  readonly reports: Reports;
  readonly contests: ContestsForReports;
}

export function registerExports(http: Http, doors: ExportDoors): void {
  const exports = new Exports(doors.context, doors.reports);
  registerAsking(http, doors);
  registerFetching(http, doors, exports);
  registerDictionary(http);
}

/** What was asked for, as an address that works for some minutes. */
function ticketFor(
  { secrets, clock }: Context,
  { door, personId, wanted }: { readonly door: string; readonly personId: number; readonly wanted: Wanted },
): ExportReply {
  const until = clock.now() + TICKET_MS;
  const ticket = writeTicket(secrets, { wanted, personId, until });
  return { path: `${door}?${new URLSearchParams({ ticket })}`, until };
}

function registerAsking(http: Http, doors: ExportDoors): void {
  const { context } = doors;
  http.post(
    '/api/desk/contests/:contest/exports',
    {
      config: organisers,
      schema: {
        tags,
        summary: 'Ask for attempts, answers or people as a file',
        params: ReportParams,
        body: ExportBody,
        response: { 200: ExportReply },
      },
    },
    async (request) => {
      const contest = await contestFor(doors, request.params.contest, request);
      const { of, format, personal, round = null, reason } = request.body;
      if (round !== null && !contest.rounds.some(({ uid }) => uid === round)) throw new AppError('notFound');
      const { uid, personId } = identityOf(request);
      await appendAudit(context, {
        actor: uid,
        action: 'rows.exported',
        subject: `contest:${contest.uid}`,
        reason,
        details: { of, format, personal, round },
        address: request.ip,
      });
      const wanted = { of, format, personal, contest: contest.uid, round };
      return ticketFor(context, { door: '/api/desk/exports', personId, wanted });
    },
  );
  http.post(
    '/api/audit/exports',
    {
      config: admins,
      schema: {
        tags,
        summary: 'Ask for the audit log as CSV',
        body: AuditExportBody,
        response: { 200: ExportReply },
      },
    },
    async (request) => {
      const { reason, ...filter } = request.body;
      const { uid, personId } = identityOf(request);
      await appendAudit(context, {
        actor: uid,
        action: 'audit.exported',
        subject: 'audit',
        reason,
        details: filter,
        address: request.ip,
      });
      return ticketFor(context, { door: '/api/audit/file', personId, wanted: { of: 'audit', filter } });
    },
  );
}

function registerFetching(http: Http, { context, contests, reports }: ExportDoors, exports: Exports): void {
  http.get(
    '/api/desk/exports',
    {
      config: organisers,
      schema: { tags, summary: 'The file that was asked for', querystring: TicketQuery },
    },
    async (request, reply) => {
      const { wanted } = demandTicket(context, request.query.ticket, identityOf(request).personId);
      if (wanted.of === 'audit') throw new AppError('notFound');
      await contestFor({ reports, contests }, wanted.contest, request);
      const name = `${FILES[wanted.of]}.${wanted.format}`;
      return send(reply, name, await exports.stream(wanted));
    },
  );
  http.get(
    '/api/audit/file',
    { config: admins, schema: { tags, summary: 'The audit log as CSV', querystring: TicketQuery } },
    async (request, reply) => {
      const { wanted } = demandTicket(context, request.query.ticket, identityOf(request).personId);
      if (wanted.of !== 'audit') throw new AppError('notFound');
      return send(reply, 'nhat-ky.csv', await exports.stream(wanted));
    },
  );
}

function demandTicket({ secrets, clock }: Context, written: string, personId: number): Ticket {
  const ticket = readTicket(secrets, written, personId, clock.now());
  if (ticket === null) throw new AppError('notFound');
  return ticket;
}

function send(
  reply: FastifyReply,
  name: string,
  stream: Awaited<ReturnType<Exports['stream']>>,
): FastifyReply {
  return reply
    .header('content-disposition', `attachment; filename="${name}"`)
    .type(name.endsWith('.csv') ? 'text/csv; charset=utf-8' : XLSX_TYPE)
    .send(stream);
}

function registerDictionary(http: Http): void {
  http.get(
    '/api/desk/data-dictionary',
    {
      config: staff,
      schema: { tags, summary: 'What the columns of files mean', response: { 200: DataDictionary } },
    },
    async () => dataDictionary,
  );
  http.get(
    '/api/desk/data-dictionary/file',
    { config: staff, schema: { tags, summary: 'The same as CSV' } },
    async (_request, reply) => {
      const rows = dataDictionary.tables.flatMap(({ name, columns }) =>
        columns.map(({ title, about, personal }) =>
          [name.vi, title, about, personal ? 'có' : 'không'].map((cell) => neutralised(cell)),
        ),
      );
      const text = Papa.unparse([['Bảng', 'Cột', 'Ý nghĩa', 'Thông tin cá nhân'], ...rows], {
        newline: '\r\n',
      });
      return reply
        .header('content-disposition', 'attachment; filename="tu-dien-du-lieu.csv"')
        .type('text/csv; charset=utf-8')
        .send(`\uFEFF${text}\r\n`);
    },
  );
}
