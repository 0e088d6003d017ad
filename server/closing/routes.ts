/** Doors of closing: where each board stands, declaring the next step, comparing two snapshots. */
import type { FastifyRequest } from 'fastify';
import { ClosingView, Comparison, ComparisonQuery, Declare } from '../contracts/closing.ts';
import { ContestParams } from '../contracts/contests.ts';
import { identityOf } from '../platform/access.ts';
import type { Clock } from '../platform/clock.ts';
import type { Http } from '../platform/http.ts';
import type { Closing } from './closing.ts';
import type { By } from './closing-context.ts';

const tags = ['closing'];
const config = { access: { roles: ['organiser' as const] } };

export function byOf(clock: Clock): (request: FastifyRequest) => By {
  return (request) => ({ who: identityOf(request), address: request.ip, now: clock.now() });
}

export function registerClosing(http: Http, clock: Clock, closing: Closing): void {
  const by = byOf(clock);
  const params = ContestParams;
  http.get(
    '/api/desk/contests/:contest/closing',
    {
      config,
      schema: { tags, summary: 'How binding each board is', params, response: { 200: ClosingView } },
    },
    (request) => closing.view(request.params.contest, by(request)),
  );
  http.post(
    '/api/desk/contests/:contest/standings',
    {
      config,
      schema: {
        tags,
        summary: 'Declare results provisional, official or amended, with a snapshot',
        params,
        body: Declare,
        response: { 200: ClosingView },
      },
    },
    (request) => closing.declare(request.params.contest, request.body, by(request)),
  );
  http.get(
    '/api/desk/contests/:contest/comparison',
    {
      config,
      schema: {
        tags,
        summary: 'Who moved between two snapshots, and why',
        params,
        querystring: ComparisonQuery,
        response: { 200: Comparison },
      },
    },
    (request) => {
      const { from, to } = request.query;
      return closing.compare(request.params.contest, from, to, by(request));
    },
  );
}
