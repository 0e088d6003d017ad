/** Doors of prizes and winners: the organisers' and everybody's. */
import { Readable } from 'node:stream';
import type { OpenContests } from '../contests/open-contests.ts';
import { ContestParams, SlugParams } from '../contracts/contests.ts';
import {
  BoardQuery,
  Decide,
  NoticeQuery,
  OwnResult,
  PrizeRight,
  PrizesView,
  PublicWinners,
  PublishWinners,
  ResultCodeParams,
  SavePrizes,
  WinnerList,
} from '../contracts/prizes.ts';
import type { Identify } from '../platform/access.ts';
import type { Clock } from '../platform/clock.ts';
import { AppError } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import { Limit, networkOf } from '../platform/limits.ts';
import { PRINT_TYPES } from '../print/printing.ts';
import type { Notices } from './notices.ts';
import type { OwnResults } from './own-result.ts';
import type { Plans } from './plans.ts';
import { byOf } from './routes.ts';
import type { WinnerViews } from './winner-views.ts';
import type { Winners } from './winners.ts';

export interface PrizeParts {
  readonly clock: Clock;
  readonly config: { readonly limitFactor: number };
  readonly identify: Identify;
  readonly plans: Plans;
  readonly winners: Winners;
  readonly views: WinnerViews;
  readonly notices: Notices;
  readonly results: OwnResults;
  readonly open: OpenContests;
}

const tags = ['prizes'];
const config = { access: { roles: ['organiser' as const] } };
const BODY_LIMIT = 500_000;

export function registerPrizes(http: Http, parts: PrizeParts): void {
  registerPlans(http, parts);
  registerWinners(http, parts);
  registerPublic(http, parts);
}

function registerPlans(http: Http, { clock, plans }: PrizeParts): void {
  const by = byOf(clock);
  const params = ContestParams;
  const response = { 200: PrizesView };
  http.get(
    '/api/desk/contests/:contest/prizes',
    { config, schema: { tags, summary: 'Prizes, and who may not win', params, response } },
    (request) => plans.view(request.params.contest, by(request)),
  );
  http.put(
    '/api/desk/contests/:contest/prizes',
    {
      config,
      bodyLimit: BODY_LIMIT,
      schema: { tags, summary: 'Save the prizes', params, body: SavePrizes, response },
    },
    (request) => plans.save(request.params.contest, request.body, by(request)),
  );
  http.put(
    '/api/desk/contests/:contest/prize-rights',
    {
      config,
      schema: { tags, summary: 'Whether one person may win', params, body: PrizeRight, response },
    },
    (request) => plans.decideRight(request.params.contest, request.body, by(request)),
  );
}

function registerWinners(http: Http, { clock, winners, notices }: PrizeParts): void {
  const by = byOf(clock);
  const params = ContestParams;
  const response = { 200: WinnerList };
  http.get(
    '/api/desk/contests/:contest/winners',
    { config, schema: { tags, summary: 'Who wins on a board', params, querystring: BoardQuery, response } },
    (request) => winners.show(request.params.contest, request.query.board, by(request)),
  );
  http.post(
    '/api/desk/contests/:contest/winners',
    { config, schema: { tags, summary: 'Decide who wins', params, body: Decide, response } },
    (request) => winners.decide(request.params.contest, request.body, by(request)),
  );
  http.post(
    '/api/desk/contests/:contest/winners/publication',
    {
      config,
      schema: { tags, summary: 'Show the winners to everybody', params, body: PublishWinners, response },
    },
    (request) => winners.publish(request.params.contest, request.body, by(request)),
  );
  http.get(
    '/api/desk/contests/:contest/notice',
    {
      config,
      schema: { tags, summary: 'The notice as PDF or DOCX', params, querystring: NoticeQuery },
    },
    async (request, reply) => {
      const { board, format } = request.query;
      const file = await notices.file(request.params.contest, board, format, by(request));
      return reply
        .type(PRINT_TYPES[format])
        .header('content-disposition', `attachment; filename="thong-bao-ket-qua.${format}"`)
        .send(Buffer.from(file));
    },
  );
}

function registerPublic(
  http: Http,
  { clock, config: { limitFactor }, identify, views, results, open }: PrizeParts,
): void {
  const codes = new Limit(30 * limitFactor, 60 * limitFactor);
  // A list of a million lines each.
  const lists = new Limit(10 * limitFactor, 5 * limitFactor);
  const contestOf = (slug: string) => {
    const contest = open.contestBySlug(slug);
    if (contest === null) throw new AppError('notFound');
    return contest;
  };
  http.get(
    '/api/contests/:slug/winners',
    {
      config: { access: 'public' },
      schema: { tags, summary: 'Winners', params: SlugParams, response: { 200: PublicWinners } },
    },
    (request) => views.open(contestOf(request.params.slug), clock.now()),
  );
  http.get(
    '/api/contests/:slug/lots',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'Everybody who stood on a board whose winners are published, to draw its lots again (CSV)',
        params: SlugParams,
        querystring: BoardQuery,
      },
    },
    async (request, reply) => {
      lists.take(networkOf(request.ip), clock.now());
      const lines = views.candidates(contestOf(request.params.slug), request.query.board);
      const first = await lines.next();
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="danh-sach-boc-tham.csv"')
        .send(Readable.from(withFirst(first.done === true ? '' : first.value, lines)));
    },
  );
  http.get(
    '/api/results/:code',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'A result by the code that its page shows',
        params: ResultCodeParams,
        response: { 200: OwnResult },
      },
    },
    async (request) => {
      const now = clock.now();
      codes.take(networkOf(request.ip), now);
      const reader = await identify(request);
      return results.byCode(request.params.code, reader?.personId ?? null, now);
    },
  );
}

/** What was read to find out whether there is anything at all comes first. */
async function* withFirst(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}
