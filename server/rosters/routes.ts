/** Doors of rosters, for the contest's own organisers. */
import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { WholeContest } from '../contests/store.ts';
import { ContestParams } from '../contracts/contests.ts';
import {
  RosterDecision,
  RosterDropBody,
  RosterFileQuery,
  RosterImportBody,
  RosterImportReply,
  RosterList,
  RosterPage,
  RosterParams,
  RosterQuery,
} from '../contracts/rosters.ts';
import { WorkUnderway } from '../contracts/underway.ts';
import { toCsv, toXlsx } from '../leaderboards/export.ts';
import { type Identity, identityOf } from '../platform/access.ts';
import type { Http } from '../platform/http.ts';
import { type By, Rosters, type RostersContext } from './rosters.ts';

/** What is asked of contests. Throws `notFound`, `auth.forbidden`. */
export interface ContestsForRosters {
  own(uid: string, identity: Identity): Promise<WholeContest>;
}

const tags = ['rosters'];
const config = { access: { roles: ['organiser' as const] } };
const BASE = '/api/desk/contests/:contest/rosters';
const IMPORT_BODY_LIMIT = 6_100_000;
const MatchedReply = Type.Object({ bound: Type.Integer(), suggested: Type.Integer() });

const byOf = (request: FastifyRequest): By => ({ actor: identityOf(request).uid, address: request.ip });

export function registerRosters(http: Http, context: RostersContext, contests: ContestsForRosters): void {
  const rosters = new Rosters(context);
  http.get(
    BASE,
    {
      config,
      schema: {
        tags,
        summary: 'Lists of who should take part',
        params: ContestParams,
        response: { 200: RosterList },
      },
    },
    async (request) => rosters.list(await contests.own(request.params.contest, identityOf(request))),
  );
  http.post(
    `${BASE}/import`,
    {
      config,
      bodyLimit: IMPORT_BODY_LIMIT,
      schema: {
        tags,
        summary: 'A list from a CSV or XLSX file',
        params: ContestParams,
        body: RosterImportBody,
        response: { 200: RosterImportReply },
      },
    },
    async (request) => {
      const whole = await contests.own(request.params.contest, identityOf(request));
      return rosters.import(whole, request.body, byOf(request));
    },
  );
  registerOne(http, rosters, contests);
  registerFile(http, rosters, contests);
}

function registerOne(http: Http, rosters: Rosters, contests: ContestsForRosters): void {
  const params = RosterParams;
  const response = { 200: RosterPage };
  http.get(
    `${BASE}/:roster`,
    { config, schema: { tags, summary: 'Members of a list', params, querystring: RosterQuery, response } },
    async (request) => {
      const whole = await contests.own(request.params.contest, identityOf(request));
      const { show = 'all', offset = 0 } = request.query;
      return rosters.page(whole, request.params.roster, show, offset);
    },
  );
  http.post(
    `${BASE}/:roster/match`,
    {
      config,
      schema: {
        tags,
        summary: 'Find its members among those who entered',
        params,
        response: { 200: MatchedReply },
      },
    },
    async (request) => {
      const whole = await contests.own(request.params.contest, identityOf(request));
      return rosters.match(whole, request.params.roster, byOf(request));
    },
  );
  http.get(
    `${BASE}/:roster/match`,
    {
      config,
      schema: { tags, summary: 'How far the matching is', params, response: { 200: WorkUnderway } },
    },
    async (request) => {
      const whole = await contests.own(request.params.contest, identityOf(request));
      return rosters.matching(whole, request.params.roster);
    },
  );
  http.post(
    `${BASE}/:roster/decision`,
    {
      config,
      schema: {
        tags,
        summary: 'Say whether somebody is a member',
        params,
        querystring: RosterQuery,
        body: RosterDecision,
        response,
      },
    },
    async (request) => {
      const whole = await contests.own(request.params.contest, identityOf(request));
      const { show = 'doubts', offset = 0 } = request.query;
      await rosters.decide(whole, request.params.roster, request.body, byOf(request));
      return rosters.page(whole, request.params.roster, show, offset);
    },
  );
  http.delete(
    `${BASE}/:roster`,
    {
      config,
      schema: { tags, summary: 'Drop a list', params, body: RosterDropBody, response: { 200: RosterList } },
    },
    async (request) => {
      const whole = await contests.own(request.params.contest, identityOf(request));
      await rosters.drop(whole, request.params.roster, request.body.reason, byOf(request));
      return rosters.list(whole);
    },
  );
}

function registerFile(http: Http, rosters: Rosters, contests: ContestsForRosters): void {
  http.get(
    `${BASE}/:roster/file`,
    {
      config,
      schema: {
        tags,
        summary: 'Names with codes, to hand out',
        params: RosterParams,
        querystring: RosterFileQuery,
      },
    },
    async (request, reply) => {
      const whole = await contests.own(request.params.contest, identityOf(request));
      const { title } = await rosters.demand(whole, request.params.roster);
      const sheet = {
        title,
        tab: 'Danh sách',
        headings: ['STT', 'Họ và tên', 'Ngày sinh', 'Đơn vị', 'Mã tham gia', 'Tình trạng'],
        widths: [8, 34, 14, 40, 18, 16],
        pages: rosters.lines(whole, request.params.roster, byOf(request)),
      };
      const { format } = request.query;
      reply.header('content-disposition', `attachment; filename="danh-sach.${format}"`);
      if (format === 'csv') return reply.type('text/csv; charset=utf-8').send(Readable.from(toCsv(sheet)));
      return reply
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .send(Buffer.from((await toXlsx(sheet)).buffer));
    },
  );
}
