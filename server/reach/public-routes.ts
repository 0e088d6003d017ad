/** Doors of other sites and of posters: the short address, the frame, and what the frame shows. */
import type { FastifyReply } from 'fastify';
import type { OpenContest, OpenContests } from '../contests/open-contests.ts';
import type { Context } from '../context.ts';
import { SlugParams } from '../contracts/contests.ts';
import { ContestSummary } from '../contracts/reach.ts';
import { AppError } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import { framePage, framePolicy } from './frame-rules.ts';
import { keyOfCode } from './short-rules.ts';
import type { Summaries } from './summaries.ts';

const tags = ['contests'];
const config = { access: 'public' as const };

export function registerReachDoors(
  http: Http,
  { clock, config: { publicUrl } }: Context,
  open: OpenContests,
  summaries: Summaries,
): void {
  const contestAt = (slug: string): OpenContest => {
    const contest = open.contestBySlug(slug);
    if (contest === null) throw new AppError('notFound');
    return contest;
  };
  http.get<{ Params: { code: string } }>(
    '/t/:code',
    { config, schema: { hide: true } },
    async (request, reply) => {
      const key = keyOfCode(request.params.code);
      const contest = key === null ? null : open.contestById(key);
      // What came along (a unit's link) goes along; an address that leads nowhere shows the contests.
      const query = /\?.*$/.exec(request.url)?.[0] ?? '';
      return reply.redirect(contest === null ? '/' : `/cuoc-thi/${contest.slug}${query}`, 302);
    },
  );
  http.get(
    '/api/contests/:slug/summary',
    {
      config,
      schema: {
        tags,
        summary: 'A contest in a few lines, for a frame on another site',
        params: SlugParams,
        response: { 200: ContestSummary },
      },
    },
    async (request) => summaries.of(contestAt(request.params.slug), clock.now()),
  );
  http.get<{ Params: { slug: string }; Querystring: { lang?: string } }>(
    '/nhung/:slug',
    { config, schema: { hide: true } },
    async (request, reply) => {
      const contest = contestAt(request.params.slug);
      const summary = await summaries.of(contest, clock.now());
      const at = {
        page: new URL(`/cuoc-thi/${contest.slug}`, publicUrl).href,
        summary: `/api/contests/${contest.slug}/summary`,
      };
      return framed(reply, contest).send(framePage(summary, at, request.query.lang === 'en' ? 'en' : 'vi'));
    },
  );
}

function framed(reply: FastifyReply, { settings }: OpenContest): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-cache')
    .header('content-security-policy', framePolicy(settings.embedOrigins ?? []))
    .header('referrer-policy', 'no-referrer')
    .header('permissions-policy', 'camera=(), microphone=(), geolocation=(), interest-cohort=()');
}
