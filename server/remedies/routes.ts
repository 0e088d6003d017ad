/** Doors of remedies: the organisers' of a contest, and what everybody may read about them. */
import type { FastifyRequest } from 'fastify';
import { demandShallow } from '../banks/depth.ts';
import type { Organising } from '../contests/desk.ts';
import type { OpenContest, OpenContests } from '../contests/open-contests.ts';
import { SlugParams } from '../contracts/contests.ts';
import {
  ApplyRemedy,
  AskedList,
  AskedParams,
  AskedQuery,
  AskedWithKey,
  NoticeList,
  PreviewRemedy,
  RemedyContestParams,
  RemedyList,
  RemedyParams,
  RemedyPreview,
  RemedyView,
  ReverseRemedy,
} from '../contracts/remedies.ts';
import { identityOf } from '../platform/access.ts';
import type { Clock } from '../platform/clock.ts';
import { AppError } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import type { Asked } from './asked.ts';
import type { Notices } from './notices.ts';
import type { Remedies } from './remedies.ts';

const tags = ['remedies'];
const config = { access: { roles: ['organiser' as const] } };
/** A key may be anything: looked at before anything follows it by recursion. */
const preValidation = async (request: FastifyRequest): Promise<void> => demandShallow(request.body);

export interface RemedyDoors {
  readonly clock: Clock;
  readonly open: Pick<OpenContests, 'contestByUid' | 'contestBySlug'>;
  isOrganiser(contestId: number, personId: number): Promise<boolean>;
  readonly remedies: Remedies;
  readonly asked: Asked;
  readonly notices: Notices;
}

/** The contest of a request, which must be the organiser's own. Throws `notFound`, `auth.forbidden`. */
export async function ownContest(
  doors: Pick<RemedyDoors, 'open' | 'isOrganiser'>,
  uid: string,
  request: FastifyRequest,
): Promise<OpenContest> {
  const who = identityOf(request);
  const contest = doors.open.contestByUid(uid);
  if (contest === null) throw new AppError('notFound');
  if (!who.roles.has('admin') && !(await doors.isOrganiser(contest.id, who.personId)))
    throw new AppError('auth.forbidden');
  return contest;
}

export function byWhom(request: FastifyRequest, clock: Clock): Organising {
  return { who: identityOf(request), address: request.ip, now: clock.now() };
}

export function registerRemedies(http: Http, doors: RemedyDoors): void {
  registerDeciding(http, doors);
  registerReversing(http, doors);
  registerAsked(http, doors);
  http.get(
    '/api/contests/:slug/notices',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'What the organisers have put right, as they tell everybody',
        params: SlugParams,
        response: { 200: NoticeList },
      },
    },
    async (request, reply) => {
      const contest = doors.open.contestBySlug(request.params.slug);
      if (contest === null) throw new AppError('notFound');
      reply.header('cache-control', 'public, max-age=10');
      return doors.notices.of(contest.id);
    },
  );
}

function registerDeciding(http: Http, doors: RemedyDoors): void {
  const { clock, remedies } = doors;
  http.get(
    '/api/desk/contests/:contest/remedies',
    {
      config,
      schema: {
        tags,
        summary: 'What was put right',
        params: RemedyContestParams,
        response: { 200: RemedyList },
      },
    },
    async (request) => remedies.list(await ownContest(doors, request.params.contest, request)),
  );
  http.post(
    '/api/desk/contests/:contest/remedies/preview',
    {
      config,
      preValidation,
      schema: {
        tags,
        summary: 'A dry run: who would move where',
        params: RemedyContestParams,
        body: PreviewRemedy,
        response: { 200: RemedyPreview },
      },
    },
    async (request) => {
      const contest = await ownContest(doors, request.params.contest, request);
      return remedies.preview(contest, request.body, byWhom(request, clock));
    },
  );
  http.post(
    '/api/desk/contests/:contest/remedies',
    {
      config,
      preValidation,
      schema: {
        tags,
        summary: 'Put something right: logged with its reason, worked off behind',
        params: RemedyContestParams,
        body: ApplyRemedy,
        response: { 200: RemedyView },
      },
    },
    async (request) => {
      const contest = await ownContest(doors, request.params.contest, request);
      return remedies.apply(contest, request.body, byWhom(request, clock));
    },
  );
}

function registerReversing(http: Http, doors: RemedyDoors): void {
  const { clock, remedies } = doors;
  http.get(
    '/api/desk/contests/:contest/remedies/:remedy',
    {
      config,
      schema: { tags, summary: 'One remedy', params: RemedyParams, response: { 200: RemedyView } },
    },
    async (request) => {
      const contest = await ownContest(doors, request.params.contest, request);
      return remedies.show(contest, request.params.remedy);
    },
  );
  http.get(
    '/api/desk/contests/:contest/remedies/:remedy/reversal',
    {
      config,
      schema: {
        tags,
        summary: 'What taking it back would change',
        params: RemedyParams,
        response: { 200: RemedyPreview },
      },
    },
    async (request) => {
      const contest = await ownContest(doors, request.params.contest, request);
      return remedies.previewReversal(contest, request.params.remedy);
    },
  );
  http.post(
    '/api/desk/contests/:contest/remedies/:remedy/reverse',
    {
      config,
      schema: {
        tags,
        summary: 'Take it back',
        params: RemedyParams,
        body: ReverseRemedy,
        response: { 200: RemedyView },
      },
    },
    async (request) => {
      const { contest: uid, remedy } = request.params;
      const contest = await ownContest(doors, uid, request);
      return remedies.reverse(contest, remedy, request.body.reason, byWhom(request, clock));
    },
  );
}

function registerAsked(http: Http, doors: RemedyDoors): void {
  const { clock, asked } = doors;
  http.get(
    '/api/desk/contests/:contest/asked',
    {
      config,
      schema: {
        tags,
        summary: 'Questions that its rounds draw from, by their words; without keys',
        params: RemedyContestParams,
        querystring: AskedQuery,
        response: { 200: AskedList },
      },
    },
    async (request) => {
      const contest = await ownContest(doors, request.params.contest, request);
      return asked.search(contest, request.query.q ?? '');
    },
  );
  http.get(
    '/api/desk/contests/:contest/asked/:question/:version',
    {
      config,
      schema: {
        tags,
        summary: 'One of them with its key; each reading is logged',
        params: AskedParams,
        response: { 200: AskedWithKey },
      },
    },
    async (request) => {
      const { contest: uid, question, version } = request.params;
      const contest = await ownContest(doors, uid, request);
      return asked.withKey(contest, question, version, byWhom(request, clock));
    },
  );
}
