/** Doors of the desk: each finds the session for one of its hosts and hands the rest on. */
import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { Context } from '../context.ts';
import {
  CommandReply,
  CreateLive,
  DeskLive,
  HallAddresses,
  LiveCommand,
  LiveExportQuery,
  LiveHostParams,
  LiveLog,
  LiveParams,
  LivePass,
  LivePlayers,
  LiveReplay,
  LiveReport,
  LiveSessionList,
  LiveStageList,
  MakePass,
  PlayersQuery,
  QuestionsForLive,
  QuestionsForLiveQuery,
  RehearseLive,
  ReplayQuery,
  SaveLive,
} from '../contracts/live.ts';
import { toCsv, toXlsx } from '../leaderboards/export.ts';
import { type Identity, identityOf } from '../platform/access.ts';
import { appendAudit } from '../platform/audit.ts';
import { AppError } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import { hallAddresses } from './addresses.ts';
import { freshSettings, type LiveDesk } from './desk.ts';
import { playersOf } from './player-list.ts';
import { questionsForLive } from './question-search.ts';
import { logOf, replayOf, reportOf } from './reports.ts';
import type { OpenRoom, Rooms } from './rooms.ts';
import type { SessionRow, Sessions } from './sessions.ts';
import { playersSheet, questionsSheet } from './sheets.ts';
import { stages } from './stages/stage-registry.ts';
import { makePass } from './tokens.ts';

const tags = ['live'];
const config = { access: { roles: ['organiser' as const] } };
const Empty = Type.Object({}, { additionalProperties: false });
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** A roster of five thousand names. */
const DRAFT_BODY_LIMIT = 4_000_000;

export interface DeskParts {
  readonly context: Context;
  readonly sessions: Sessions;
  readonly desk: LiveDesk;
  readonly rooms: Rooms;
}

type Asked = FastifyRequest<{ Params: { live: string } }>;

export function registerLiveDesk(http: Http, parts: DeskParts): void {
  registerDrafts(http, parts);
  registerRunning(http, parts);
  registerReports(http, parts);
}

const whoAsks = (request: FastifyRequest): Identity => identityOf(request);

function hosted(parts: DeskParts, request: Asked): Promise<SessionRow> {
  return parts.sessions.ofHost(request.params.live, identityOf(request));
}

/** The room of a session that was opened. Throws `live.notOpen` for a draft. */
async function roomOf(parts: DeskParts, request: Asked): Promise<{ row: SessionRow; open: OpenRoom }> {
  const row = await hosted(parts, request);
  const open = await parts.rooms.byId(row.id);
  if (open === null) throw new AppError('live.notOpen');
  return { row, open };
}

function registerDrafts(http: Http, parts: DeskParts): void {
  const { desk, context } = parts;
  http.get(
    '/api/desk/live',
    {
      config,
      schema: { tags, summary: 'Live sessions that one may host', response: { 200: LiveSessionList } },
    },
    (request) => desk.list(whoAsks(request)),
  );
  http.post(
    '/api/desk/live',
    {
      config,
      bodyLimit: DRAFT_BODY_LIMIT,
      schema: { tags, summary: 'A new draft', body: CreateLive, response: { 201: DeskLive } },
    },
    async (request, reply) => reply.code(201).send(await desk.create(request.body, whoAsks(request))),
  );
  http.get(
    '/api/desk/live/stages',
    { config, schema: { tags, summary: 'Kinds of stages, with defaults', response: { 200: LiveStageList } } },
    async () => ({
      stages: [...stages.values()].map(({ kind, name, defaults, questionKinds }) => ({
        kind,
        name,
        defaults,
        questionKinds: [...questionKinds],
      })),
      settings: freshSettings(),
    }),
  );
  http.get(
    '/api/desk/live/questions',
    {
      config,
      schema: {
        tags,
        summary: 'Questions that a stage may take, without keys',
        querystring: QuestionsForLiveQuery,
        response: { 200: QuestionsForLive },
      },
    },
    ({ query }) => questionsForLive(context.database, query),
  );
  http.get(
    '/api/desk/live/addresses',
    {
      config,
      schema: { tags, summary: 'What phones in the hall must open', response: { 200: HallAddresses } },
    },
    async () => ({ addresses: hallAddresses(context.config.publicUrl, http.server) }),
  );
  http.get(
    '/api/desk/live/:live',
    { config, schema: { tags, summary: 'One session', params: LiveParams, response: { 200: DeskLive } } },
    async (request) => desk.show(await hosted(parts, request)),
  );
  http.put(
    '/api/desk/live/:live',
    {
      config,
      bodyLimit: DRAFT_BODY_LIMIT,
      schema: {
        tags,
        summary: 'Save the draft',
        params: LiveParams,
        body: SaveLive,
        response: { 200: DeskLive },
      },
    },
    async (request) => desk.save(await hosted(parts, request), request.body),
  );
  http.delete(
    '/api/desk/live/:live',
    {
      config,
      schema: {
        tags,
        summary: 'Delete a draft or a rehearsal',
        params: LiveParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await desk.remove(await hosted(parts, request));
      return reply.code(204).send(null);
    },
  );
}

function registerRunning(http: Http, parts: DeskParts): void {
  const { desk, sessions, context } = parts;
  http.post(
    '/api/desk/live/:live/open',
    {
      config,
      schema: {
        tags,
        summary: 'Open: gives a PIN',
        params: LiveParams,
        body: Empty,
        response: { 200: DeskLive },
      },
    },
    async (request) => desk.open(await hosted(parts, request)),
  );
  http.post(
    '/api/desk/live/:live/copy',
    {
      config,
      schema: {
        tags,
        summary: 'A new draft like this',
        params: LiveParams,
        body: Empty,
        response: { 201: DeskLive },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await desk.copy(await hosted(parts, request), whoAsks(request))),
  );
  http.post(
    '/api/desk/live/:live/rehearsal',
    {
      config,
      schema: {
        tags,
        summary: 'Try it with simulated players; never counted',
        params: LiveParams,
        body: RehearseLive,
        response: { 201: DeskLive },
      },
    },
    async (request, reply) => {
      const row = await hosted(parts, request);
      return reply.code(201).send(await desk.rehearse(row, request.body.players, whoAsks(request)));
    },
  );
  http.post(
    '/api/desk/live/:live/passes',
    {
      config,
      schema: {
        tags,
        summary: 'A link for a remote control or a projector',
        params: LiveParams,
        body: MakePass,
        response: { 200: LivePass },
      },
    },
    async (request) => {
      const row = await hosted(parts, request);
      const pass = { sessionId: row.id, personId: whoAsks(request).personId, as: request.body.as };
      const { token, expiresAt } = makePass(context.secrets, pass, context.clock.now());
      const page = request.body.as === 'host' ? 'dieu-khien' : 'man-chieu';
      return { token, expiresAt, path: `/${page}/${row.uid}#${token}` };
    },
  );
  for (const method of ['PUT', 'DELETE'] as const)
    http.route({
      method,
      url: '/api/desk/live/:live/hosts/:person',
      config,
      schema: {
        tags,
        summary: method === 'PUT' ? 'Add a host' : 'Take a host off',
        params: LiveHostParams,
        response: { 200: DeskLive },
      },
      handler: async (request) => {
        const row = await sessions.ofHost(request.params.live, whoAsks(request));
        if (method === 'PUT') await sessions.addHost(row, request.params.person);
        else await sessions.removeHost(row, request.params.person);
        return desk.show(row);
      },
    });
  http.post(
    '/api/desk/live/:live/commands',
    {
      config,
      schema: {
        tags,
        summary: 'What a host says, without a socket',
        params: LiveParams,
        body: LiveCommand,
        response: { 200: CommandReply },
      },
    },
    async (request) => {
      const { open } = await roomOf(parts, request);
      const { uid: person, name } = whoAsks(request);
      const client = request.body.client ?? `http-${person}`;
      parts.rooms.nameHost(person, name);
      return { ok: true as const, version: await open.room.command({ ...request.body, client, person }) };
    },
  );
}

function registerReports(http: Http, parts: DeskParts): void {
  const { context } = parts;
  http.get(
    '/api/desk/live/:live/players',
    {
      config,
      schema: {
        tags,
        summary: 'Players by number, or who match a search',
        params: LiveParams,
        querystring: PlayersQuery,
        response: { 200: LivePlayers },
      },
    },
    async (request) => playersOf((await roomOf(parts, request)).open, request.query),
  );
  http.get(
    '/api/desk/live/:live/log',
    {
      config,
      schema: { tags, summary: 'What happened when', params: LiveParams, response: { 200: LiveLog } },
    },
    async (request) => {
      const { row, open } = await roomOf(parts, request);
      const names = new Map((await parts.sessions.hosts(row)).map(({ id, name }) => [id, name]));
      return logOf(context, open.room.id, (uid) => names.get(uid) ?? open.showing.roster().hostName(uid));
    },
  );
  http.get(
    '/api/desk/live/:live/replay',
    {
      config,
      schema: {
        tags,
        summary: 'The screen as of a version',
        params: LiveParams,
        querystring: ReplayQuery,
        response: { 200: LiveReplay },
      },
    },
    async (request) => replayOf(context, (await roomOf(parts, request)).open, request.query.version),
  );
  http.get(
    '/api/desk/live/:live/report',
    {
      config,
      schema: {
        tags,
        summary: 'By question and by player',
        params: LiveParams,
        response: { 200: LiveReport },
      },
    },
    async (request) => reportOf((await roomOf(parts, request)).open),
  );
  http.get(
    '/api/desk/live/:live/export',
    {
      config,
      schema: {
        tags,
        summary: 'The report as CSV or XLSX',
        params: LiveParams,
        querystring: LiveExportQuery,
      },
    },
    async (request, reply) => {
      const { row, open } = await roomOf(parts, request);
      const { of, format } = request.query;
      const report = reportOf(open);
      const sheet = of === 'questions' ? questionsSheet(row.title, report) : playersSheet(row.title, report);
      await appendAudit(context, {
        actor: whoAsks(request).uid,
        action: 'live.exported',
        subject: `live:${row.uid}`,
        details: { of, format },
        address: request.ip,
      });
      const name = `phien-truc-tiep-${of === 'questions' ? 'cau-hoi' : 'nguoi-choi'}.${format}`;
      reply.header('content-disposition', `attachment; filename="${name}"`);
      if (format === 'csv') return reply.type('text/csv; charset=utf-8').send(Readable.from(toCsv(sheet)));
      return reply.type(XLSX).send(Buffer.from((await toXlsx(sheet)).buffer));
    },
  );
}
