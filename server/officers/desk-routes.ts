/** Doors of organisers around units in a contest: links, posters, units that people did not find. */
import type { Entries } from '../contests/entries.ts';
import type { OpenContests } from '../contests/open-contests.ts';
import type { WholeContest } from '../contests/store.ts';
import { formatEnd, formatMoment } from '../contests/time-rules.ts';
import { askedUnits, mapAskedUnit } from '../contests/unit-requests.ts';
import type { Context } from '../context.ts';
import { ContestParams } from '../contracts/contests.ts';
import {
  AskedUnitBody,
  AskedUnitsReply,
  LinkBody,
  LinkReply,
  PosterParams,
  PostersQuery,
} from '../contracts/officers.ts';
import { type Identity, identityOf } from '../platform/access.ts';
import { AppError } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import { isAlive, type Unit } from '../units/unit-index.ts';
import type { Units } from '../units/units.ts';
import { linkOf, linksOf, linkTarget } from './links.ts';
import type { Poster, PosterOrder } from './poster.ts';
import { posterFile } from './posters.ts';

export interface UnitDoorsParts {
  readonly context: Context;
  readonly units: Units;
  readonly entries: Pick<Entries, 'changed'>;
  readonly open: Pick<OpenContests, 'contestById'>;
  /** Throws `notFound`, `auth.forbidden`. */
  own(uid: string, identity: Identity): Promise<WholeContest>;
}

const tags = ['officers'];
const config = { access: { roles: ['organiser' as const] } };
const BASE = '/api/desk/contests/:contest';
const LIKE = 3;

export function registerUnitDoors(http: Http, parts: UnitDoorsParts): void {
  registerShortLink(http, parts);
  registerLinks(http, parts);
  registerAsked(http, parts);
}

const urlOf = ({ context }: UnitDoorsParts, code: string): string =>
  new URL(`/d/${code}`, context.config.publicUrl).href;

/** What a poster's code leads to: the entry form with the unit filled in. */
function registerShortLink(http: Http, { context, units, open }: UnitDoorsParts): void {
  http.get<{ Params: { code: string } }>(
    '/d/:code',
    { config: { access: 'public' }, schema: { hide: true } },
    async (request, reply) => {
      const target = await linkTarget(context.database, request.params.code);
      const contest = target === null ? null : open.contestById(target.contestId);
      const linked = target === null ? undefined : units.byId(target.unitId);
      if (contest === null || linked === undefined) return reply.callNotFound();
      // A poster may be older than a merger.
      const unit = units.index.inForce(linked, context.clock.now()) ?? linked;
      reply.header('cache-control', 'no-cache');
      return reply.redirect(`/cuoc-thi/${contest.slug}/du-thi?don-vi=${unit.uid}`, 302);
    },
  );
}

function demandUnit({ units }: UnitDoorsParts, uid: string): Unit {
  const unit = units.byUid(uid);
  if (unit === undefined) throw new AppError('notFound');
  return unit;
}

function registerLinks(http: Http, parts: UnitDoorsParts): void {
  const { context } = parts;
  http.post(
    `${BASE}/links`,
    {
      config,
      schema: {
        tags,
        summary: 'The short link of a unit',
        params: ContestParams,
        body: LinkBody,
        response: { 200: LinkReply },
      },
    },
    async (request) => {
      const { contest } = await parts.own(request.params.contest, identityOf(request));
      const unit = demandUnit(parts, request.body.unit);
      const code = await linkOf(context.database, contest.id, unit.id, context.clock.now());
      return { code, url: urlOf(parts, code) };
    },
  );
  http.get(
    `${BASE}/posters/:unit`,
    { config, schema: { tags, summary: 'The poster of a unit, A4 PDF', params: PosterParams } },
    async (request, reply) => {
      const whole = await parts.own(request.params.contest, identityOf(request));
      const unit = demandUnit(parts, request.params.unit);
      reply.header('content-disposition', 'attachment; filename="ap-phich.pdf"');
      return reply.type('application/pdf').send(posterFile(await orderOf(parts, whole, [unit])));
    },
  );
  http.get(
    `${BASE}/posters`,
    {
      config,
      schema: {
        tags,
        summary: 'Posters of all units, one PDF',
        params: ContestParams,
        querystring: PostersQuery,
      },
    },
    async (request, reply) => {
      const whole = await parts.own(request.params.contest, identityOf(request));
      const { under } = request.query;
      const { index } = parts.units;
      const now = context.clock.now();
      const some = under === undefined ? [...index.all()] : index.within(demandUnit(parts, under));
      const alive = some.filter((unit) => isAlive(unit, now));
      if (alive.length === 0) throw new AppError('notFound');
      reply.header('content-disposition', 'attachment; filename="ap-phich-cac-don-vi.pdf"');
      return reply.type('application/pdf').send(posterFile(await orderOf(parts, whole, alive)));
    },
  );
}

async function orderOf(
  parts: UnitDoorsParts,
  { contest, rounds }: WholeContest,
  units: readonly Unit[],
): Promise<PosterOrder> {
  const { database, clock } = parts.context;
  const ids = units.map(({ id }) => id);
  const [only] = ids;
  const links =
    ids.length === 1 && only !== undefined
      ? new Map([[only, await linkOf(database, contest.id, only, clock.now())]])
      : await linksOf(database, contest.id, ids, clock.now());
  const opens = Math.min(...rounds.map(({ opensAt }) => opensAt));
  const closes = Math.max(...rounds.map(({ closesAt }) => closesAt));
  const period = rounds.length === 0 ? '' : `Từ ${formatMoment(opens)} đến ${formatEnd(closes)}`;
  const posters = units.map((unit): Poster => {
    const path = parts.units.index.ancestors(unit).map(({ name }) => name);
    return { unit: unit.name, path: path.reverse().slice(0, 2), url: urlOf(parts, links.get(unit.id) ?? '') };
  });
  return { contest: contest.title, period, posters };
}

function registerAsked(http: Http, parts: UnitDoorsParts): void {
  const { context, units } = parts;
  const shown = async (whole: WholeContest) => {
    const asked = await askedUnits(context, whole.contest.id);
    const scope = { now: context.clock.now(), ended: false };
    return {
      asked: asked.map(({ folded, text, people, since }) => ({
        key: folded,
        text,
        people,
        since,
        like: likeUnits(units, text, scope).map((unit) => ({
          id: unit.uid,
          name: unit.name,
          path: units.index.ancestors(unit).map(({ name }) => name),
        })),
      })),
    };
  };
  const params = ContestParams;
  const response = { 200: AskedUnitsReply };
  http.get(
    `${BASE}/asked-units`,
    { config, schema: { tags, summary: 'Units that people did not find', params, response } },
    async (request) => shown(await parts.own(request.params.contest, identityOf(request))),
  );
  http.post(
    `${BASE}/asked-units`,
    {
      config,
      schema: { tags, summary: 'Say which unit people meant', params, body: AskedUnitBody, response },
    },
    async (request) => {
      const who = identityOf(request);
      const whole = await parts.own(request.params.contest, who);
      const { key, unit: uid, reason } = request.body;
      const unit = uid === null ? null : demandUnit(parts, uid);
      await mapAskedUnit({ ...context, entries: parts.entries }, whole, key, unit, {
        actor: who.uid,
        address: request.ip,
        reason,
      });
      return shown(whole);
    },
  );
}

/** By all the words that were typed, or by all but the first ("Trường THCS …", "Chi bộ …"). */
function likeUnits(units: Units, text: string, scope: { now: number; ended: boolean }): readonly Unit[] {
  const whole = units.index.search(text, scope);
  const rest = whole.length > 0 ? [] : units.index.search(text.split(' ').slice(1).join(' '), scope);
  return [...whole, ...rest].slice(0, LIKE);
}
