/** The doors of leaderboards. Reading is public; organisers see through a freeze, freeze and reveal. */
import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import {
  BoardParams,
  ExportQuery,
  FreezeBoard,
  FreezeReply,
  MyStanding,
  PeoplePage,
  PeopleQuery,
  SearchQuery,
  UnitsPage,
  UnitsQuery,
} from '../contracts/leaderboards.ts';
import { Uid } from '../contracts/values.ts';
import { identityOf } from '../platform/access.ts';
import type { Announcer } from '../platform/announcer.ts';
import { appendAudit } from '../platform/audit.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import type { Secrets } from '../platform/secrets.ts';
import { peopleSheet, toCsv, toXlsx, unitsSheet } from './export.ts';
import { allPeople, allUnits } from './export-lines.ts';
import { freezeBoard, revealBoard } from './freezing.ts';
import type { BoardViews } from './views.ts';

interface BoardRoutesContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly announcer: Announcer;
  readonly secrets: Secrets;
}

/** What is asked of contests: which contest a round belongs to, and who organises it. */
export interface ContestsForBoards {
  contestOfRound(roundUid: string): number | null;
  isOrganiser(contestId: number, personId: number): Promise<boolean>;
}

const tags = ['leaderboards'];

export function registerBoards(
  http: Http,
  context: BoardRoutesContext,
  views: BoardViews,
  contests: ContestsForBoards,
): void {
  registerReading(http, views);
  const demandOrganiser = async (contestId: number | null, request: FastifyRequest): Promise<void> => {
    const identity = identityOf(request);
    if (contestId === null) throw new AppError('notFound');
    if (identity.roles.has('admin') || (await contests.isOrganiser(contestId, identity.personId))) return;
    throw new AppError('notFound');
  };
  registerDesk(http, context, views, demandOrganiser);
  registerFreezing(http, context, (round, request) =>
    demandOrganiser(contests.contestOfRound(round), request),
  );
}

function registerReading(http: Http, views: BoardViews): void {
  http.get(
    '/api/leaderboards/:board',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'People by rank',
        params: BoardParams,
        querystring: PeopleQuery,
        response: { 200: PeoplePage },
      },
    },
    (request) => views.people(request.params.board, request.query, 'open'),
  );
  http.get(
    '/api/leaderboards/:board/me',
    {
      config: { access: 'person' },
      schema: {
        tags,
        summary: 'Where I stand, and around me',
        params: BoardParams,
        response: { 200: MyStanding },
      },
    },
    (request) => views.me(request.params.board, identityOf(request).personId, 'open'),
  );
  http.get(
    '/api/leaderboards/:board/search',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'People by name or number',
        params: BoardParams,
        querystring: SearchQuery,
        response: { 200: PeoplePage },
      },
    },
    (request) => views.search(request.params.board, request.query.q, 'open'),
  );
  http.get(
    '/api/leaderboards/:board/units',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'Units by rank',
        params: BoardParams,
        querystring: UnitsQuery,
        response: { 200: UnitsPage },
      },
    },
    async (request) => views.units(request.params.board, request.query, 'open'),
  );
}

type Demand<Of> = (of: Of, request: FastifyRequest) => Promise<void>;
const organisers = { access: { roles: ['organiser'] } } as const;

function registerDesk(
  http: Http,
  context: BoardRoutesContext,
  views: BoardViews,
  demand: Demand<number>,
): void {
  http.get(
    '/api/desk/leaderboards/:board',
    {
      config: organisers,
      schema: {
        tags,
        summary: 'People by rank, as it is, through a freeze',
        params: BoardParams,
        querystring: PeopleQuery,
        response: { 200: PeoplePage },
      },
    },
    async (request) => {
      await demand(views.held(request.params.board).spec.contestId, request);
      return views.people(request.params.board, request.query, 'staff');
    },
  );
  http.get(
    '/api/desk/leaderboards/:board/export',
    {
      config: organisers,
      schema: { tags, summary: 'The board as CSV or XLSX', params: BoardParams, querystring: ExportQuery },
    },
    async (request, reply) => {
      const { board } = request.params;
      const { format, of } = request.query;
      const { spec } = views.held(board);
      await demand(spec.contestId, request);
      const sheet =
        of === 'people'
          ? peopleSheet(spec.title, allPeople(views, board))
          : unitsSheet(spec.title, allUnits(views, board));
      const { total } = await views.people(board, { limit: 1 }, 'staff');
      await appendAudit(context, {
        actor: identityOf(request).uid,
        action: 'board.exported',
        subject: board,
        details: { format, of, people: total },
        address: request.ip,
      });
      const name = `bang-xep-hang-${of === 'people' ? 'ca-nhan' : 'don-vi'}.${format}`;
      reply.header('content-disposition', `attachment; filename="${name}"`);
      if (format === 'csv') return reply.type('text/csv; charset=utf-8').send(Readable.from(toCsv(sheet)));
      return reply
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .send(Buffer.from((await toXlsx(sheet)).buffer));
    },
  );
}

function registerFreezing(http: Http, context: BoardRoutesContext, demand: Demand<string>): void {
  const params = Type.Object({ round: Uid });
  http.post(
    '/api/desk/rounds/:round/freeze',
    {
      config: organisers,
      schema: {
        tags,
        summary: 'Stop showing changes of a round’s board',
        params,
        body: FreezeBoard,
        response: { 200: FreezeReply },
      },
    },
    async (request) => {
      await demand(request.params.round, request);
      const by = { actor: identityOf(request).uid, reason: request.body.reason, address: request.ip };
      return { frozenAt: await freezeBoard(context, request.params.round, by) };
    },
  );
  http.post(
    '/api/desk/rounds/:round/reveal',
    {
      config: organisers,
      schema: {
        tags,
        summary: 'Show what was hidden by a freeze',
        params,
        body: FreezeBoard,
        response: { 200: FreezeReply },
      },
    },
    async (request) => {
      await demand(request.params.round, request);
      await revealBoard(context, request.params.round, {
        actor: identityOf(request).uid,
        reason: request.body.reason,
        address: request.ip,
      });
      return { frozenAt: null };
    },
  );
}
