/** Doors of officers, and of organisers who say who answers for a unit. */
import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import {
  MissingFileQuery,
  MissingQuery,
  MissingReply,
  OfficerBody,
  OfficerDropBody,
  OfficerHome,
  OfficerOfUnit,
  OfficerParams,
  OfficersReply,
  UnitStanding,
} from '../contracts/officers.ts';
import { UnitParams } from '../contracts/units.ts';
import { toCsv, toXlsx } from '../leaderboards/export.ts';
import { identityOf } from '../platform/access.ts';
import type { Http } from '../platform/http.ts';
import { Officers, type OfficersParts } from './officers.ts';

const tags = ['officers'];
const officers = { access: { roles: ['officer' as const] } };
const organisers = { access: { roles: ['organiser' as const] } };
const BASE = '/api/officer/contests/:contest/units/:unit';

export function registerOfficers(http: Http, parts: OfficersParts): void {
  const view = new Officers(parts);
  registerView(http, view);
  registerMissing(http, view);
  registerAssigning(http, view);
}

function registerView(http: Http, view: Officers): void {
  http.get(
    '/api/officer',
    {
      config: officers,
      schema: { tags, summary: 'Units that I answer for', response: { 200: OfficerHome } },
    },
    async (request) => view.home(identityOf(request)),
  );
  http.get(
    BASE,
    {
      config: officers,
      schema: {
        tags,
        summary: 'Figures of a unit of mine',
        params: OfficerParams,
        response: { 200: UnitStanding },
      },
    },
    async (request) => {
      const { contest, unit } = request.params;
      return view.standing(identityOf(request), contest, unit);
    },
  );
}

function registerMissing(http: Http, view: Officers): void {
  http.get(
    `${BASE}/missing`,
    {
      config: officers,
      schema: {
        tags,
        summary: 'Who of the rosters has not taken part',
        params: OfficerParams,
        querystring: MissingQuery,
        response: { 200: MissingReply },
      },
    },
    async (request) => {
      const { contest, unit } = request.params;
      return view.missing(identityOf(request), contest, unit, request.query.offset ?? 0);
    },
  );
  http.get(
    `${BASE}/missing/file`,
    {
      config: officers,
      schema: {
        tags,
        summary: 'The same as CSV or XLSX; logged',
        params: OfficerParams,
        querystring: MissingFileQuery,
      },
    },
    async (request, reply) => {
      const { contest, unit } = request.params;
      const who = identityOf(request);
      const sheet = {
        title: await view.title(who, contest, unit),
        tab: 'Chưa dự thi',
        headings: ['STT', 'Họ và tên', 'Ngày sinh', 'Đơn vị', 'Tình trạng'],
        widths: [8, 34, 14, 44, 24],
        pages: view.missingLines(who, contest, unit, request.ip),
      };
      const { format } = request.query;
      reply.header('content-disposition', `attachment; filename="chua-du-thi.${format}"`);
      if (format === 'csv') return reply.type('text/csv; charset=utf-8').send(Readable.from(toCsv(sheet)));
      return reply
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .send(Buffer.from((await toXlsx(sheet)).buffer));
    },
  );
}

function appointing(request: FastifyRequest, reason: string) {
  return { actor: identityOf(request), reason, address: request.ip };
}

function registerAssigning(http: Http, view: Officers): void {
  const response = { 200: OfficersReply };
  http.get(
    '/api/units/:unit/officers',
    {
      config: organisers,
      schema: { tags, summary: 'Who answers for a unit', params: UnitParams, response },
    },
    async (request) => view.list(identityOf(request), request.params.unit),
  );
  http.post(
    '/api/units/:unit/officers',
    {
      config: organisers,
      schema: {
        tags,
        summary: 'Let somebody answer for a unit',
        params: UnitParams,
        body: OfficerBody,
        response,
      },
    },
    async (request) => {
      const { person, reason } = request.body;
      await view.add(appointing(request, reason), request.params.unit, person);
      return view.list(identityOf(request), request.params.unit);
    },
  );
  http.delete(
    '/api/units/:unit/officers/:person',
    {
      config: organisers,
      schema: {
        tags,
        summary: 'Take somebody off a unit',
        params: OfficerOfUnit,
        body: OfficerDropBody,
        response,
      },
    },
    async (request) => {
      const { unit, person } = request.params;
      await view.remove(appointing(request, request.body.reason), unit, person);
      return view.list(identityOf(request), unit);
    },
  );
}
