/** Doors of the units: search and tree for everybody, changes for organisers. */
import type { FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import { ProblemReply } from '../contracts/errors.ts';
import { ReasonBody } from '../contracts/people.ts';
import {
  UnitBody,
  UnitCloseBody,
  UnitDetail,
  UnitHistory,
  UnitHistoryQuery,
  UnitMergeBody,
  UnitParams,
  UnitPatch,
  UnitsImportBody,
  UnitsImportReply,
  UnitsQuery,
  UnitsReply,
} from '../contracts/units.ts';
import { identityOf } from '../platform/access.ts';
import type { Http } from '../platform/http.ts';
import { Limit, networkOf } from '../platform/limits.ts';
import {
  type Author,
  changeUnit,
  closeUnit,
  createUnit,
  demandUnit,
  mergeUnit,
  reopenUnit,
} from './changing.ts';
import { unitHistory } from './history.ts';
import { importUnits } from './importing.ts';
import { presentUnit, presentUnitDetail } from './presenter.ts';
import type { Unit } from './unit-index.ts';
import type { Units } from './units.ts';

const tags = ['units'];
const organisers = { access: { roles: ['organiser'] } } as const;
const detail = { 200: UnitDetail, default: ProblemReply };
const IMPORT_BODY_LIMIT = 6_100_000;
const PAGE = 20;

export function registerUnits(http: Http, context: Context, units: Units): void {
  http.addHook('onClose', async () => units.close());
  registerReading(http, context, units);
  registerHistory(http, context, units);
  registerChanging(http, context, units);
}

function registerReading(http: Http, context: Context, units: Units): void {
  // A school behind one address types all at once; a machine that copies the tree does not stop there.
  const searches = new Limit(2000 * context.config.limitFactor, 3000 * context.config.limitFactor);
  http.get(
    '/api/units',
    {
      config: { access: 'public' },
      schema: {
        summary: 'Units by search, or right below one',
        tags,
        querystring: UnitsQuery,
        response: { 200: UnitsReply, default: ProblemReply },
      },
    },
    async (request) => {
      const { query } = request;
      const { index } = units;
      const now = context.clock.now();
      searches.take(networkOf(request.ip), now);
      const found = findUnits(query, units, now);
      const from = query.offset ?? 0;
      const page = found.slice(from, from + (query.limit ?? PAGE));
      return { units: page.map((unit) => presentUnit(unit, index, now)), total: found.length };
    },
  );
  http.get(
    '/api/units/:unit',
    {
      config: { access: 'public' },
      schema: { summary: 'One unit', tags, params: UnitParams, response: detail },
    },
    async ({ params }) => shown(context, units, params.unit),
  );
}

function registerHistory(http: Http, context: Context, units: Units): void {
  http.get(
    '/api/units/:unit/history',
    {
      config: organisers,
      schema: {
        summary: 'What of a unit holds from when on, and who changed it',
        tags,
        params: UnitParams,
        querystring: UnitHistoryQuery,
        response: { 200: UnitHistory, default: ProblemReply },
      },
    },
    async ({ params, query }) =>
      unitHistory(context, demandUnit(units.index, params.unit), units.index, query.before),
  );
}

const authorOf = (request: FastifyRequest): Author => ({
  actor: identityOf(request).uid,
  address: request.ip,
});

function findUnits(query: UnitsQuery, { index }: Units, now: number): Unit[] {
  const scope = { now, ended: query.ended ?? false };
  if (query.q !== undefined && query.q.trim() !== '') {
    const under = query.under === undefined ? undefined : demandUnit(index, query.under);
    return index.search(query.q, { ...scope, under });
  }
  const parent = query.parent ?? query.under ?? 'top';
  return index.children(parent === 'top' ? null : demandUnit(index, parent), scope);
}

function shown(context: Context, { index }: Units, uid: string): UnitDetail {
  return presentUnitDetail(demandUnit(index, uid), index, context.clock.now());
}

function registerChanging(http: Http, context: Context, units: Units): void {
  http.post(
    '/api/units',
    { config: organisers, schema: { summary: 'Make a unit', tags, body: UnitBody, response: detail } },
    async (request) =>
      shown(context, units, await createUnit(context, units, authorOf(request), request.body)),
  );
  http.patch(
    '/api/units/:unit',
    {
      config: organisers,
      schema: {
        summary: 'Rename or move a unit',
        tags,
        params: UnitParams,
        body: UnitPatch,
        response: detail,
      },
    },
    async (request) => {
      await changeUnit(context, units, authorOf(request), request.params.unit, request.body);
      return shown(context, units, request.params.unit);
    },
  );
  http.post(
    '/api/units/:unit/close',
    {
      config: organisers,
      schema: {
        summary: 'End a unit, with its successor',
        tags,
        params: UnitParams,
        body: UnitCloseBody,
        response: detail,
      },
    },
    async (request) => {
      await closeUnit(context, units, authorOf(request), request.params.unit, request.body);
      return shown(context, units, request.params.unit);
    },
  );
  http.post(
    '/api/units/:unit/merge',
    {
      config: organisers,
      schema: {
        summary: 'Merge a unit into another one from a day on',
        tags,
        params: UnitParams,
        body: UnitMergeBody,
        response: detail,
      },
    },
    async (request) => {
      await mergeUnit(context, units, authorOf(request), request.params.unit, request.body);
      return shown(context, units, request.body.into);
    },
  );
  http.post(
    '/api/units/:unit/reopen',
    {
      config: organisers,
      schema: {
        summary: 'Undo the end of a unit',
        tags,
        params: UnitParams,
        body: ReasonBody,
        response: detail,
      },
    },
    async (request) => {
      await reopenUnit(context, units, authorOf(request), request.params.unit, request.body.reason);
      return shown(context, units, request.params.unit);
    },
  );
  http.post(
    '/api/units/import',
    {
      config: organisers,
      bodyLimit: IMPORT_BODY_LIMIT,
      schema: {
        summary: 'Units from a CSV or XLSX file',
        tags,
        body: UnitsImportBody,
        response: { 200: UnitsImportReply, default: ProblemReply },
      },
    },
    async (request) => importUnits(context, units, authorOf(request), request.body),
  );
}
