/** Doors of the marking desk: for organisers of the contest and for those whom they asked to mark. */
import type { FastifyRequest } from 'fastify';
import type { Attempts } from '../attempts/attempts.ts';
import type { Context } from '../context.ts';
import {
  AddMarker,
  EssayParams,
  EssayToMark,
  MarkEssay,
  MarkedEssay,
  MarkedList,
  MarkerParams,
  MarkersParams,
  Markers as MarkersReply,
  MarkingList,
  MarkingParams,
  MarkingRound,
  NextEssay,
} from '../contracts/marking.ts';
import { identityOf } from '../platform/access.ts';
import { AppError } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import { Markers } from './markers.ts';
import { Marking } from './marking.ts';

const tags = ['marking'];
const config = { access: { roles: ['organiser', 'editor', 'reviewer'] } } as const;

export function registerMarking(http: Http, context: Context, attempts: Attempts): void {
  const markers = new Markers(context);
  const marking = new Marking(context, attempts, markers);
  registerRounds(http, marking);
  registerEssays(http, marking);
  registerMarkers(http, marking, markers);
}

function registerRounds(http: Http, marking: Marking): void {
  http.get(
    '/api/desk/marking',
    {
      config,
      schema: { tags, summary: 'Rounds with essays that I may mark', response: { 200: MarkingList } },
    },
    async (request) => ({ rounds: await marking.rounds(identityOf(request)) }),
  );
  http.get(
    '/api/desk/marking/:round',
    {
      config,
      schema: { tags, summary: 'How far marking is', params: MarkingParams, response: { 200: MarkingRound } },
    },
    async (request) => marking.overview(identityOf(request), request.params.round),
  );
  http.get(
    '/api/desk/marking/:round/mine',
    {
      config,
      schema: { tags, summary: 'What I marked', params: MarkingParams, response: { 200: MarkedList } },
    },
    async (request) => ({ essays: await marking.marked(identityOf(request), request.params.round) }),
  );
  http.post(
    '/api/desk/marking/:round/next',
    {
      config,
      schema: { tags, summary: 'An answer to mark', params: MarkingParams, response: { 200: NextEssay } },
    },
    async (request) => ({ essay: await marking.next(identityOf(request), request.params.round) }),
  );
}

function registerEssays(http: Http, marking: Marking): void {
  http.get(
    '/api/desk/essays/:essay',
    {
      config,
      schema: { tags, summary: 'An answer that I took', params: EssayParams, response: { 200: EssayToMark } },
    },
    async (request) => marking.essay(identityOf(request), request.params.essay),
  );
  http.put(
    '/api/desk/essays/:essay',
    {
      config,
      schema: {
        tags,
        summary: 'Mark it',
        params: EssayParams,
        body: MarkEssay,
        response: { 200: MarkedEssay },
      },
    },
    async (request) => {
      const marker = { who: identityOf(request), address: request.ip };
      return marking.mark(marker, request.params.essay, request.body);
    },
  );
}

function registerMarkers(http: Http, marking: Marking, markers: Markers): void {
  const response = { 200: MarkersReply };
  const by = (request: FastifyRequest) => ({ actor: identityOf(request).uid, address: request.ip });
  const own = async (request: FastifyRequest, uid: string) => {
    const contest = await markers.contest(uid);
    if ((await marking.duty(identityOf(request), contest.id)) !== 'organiser')
      throw new AppError('auth.forbidden');
    return contest;
  };
  http.get(
    '/api/desk/contests/:contest/markers',
    { config, schema: { tags, summary: 'Who marks for a contest', params: MarkersParams, response } },
    async (request) => ({ people: await markers.list((await own(request, request.params.contest)).id) }),
  );
  http.post(
    '/api/desk/contests/:contest/markers',
    {
      config,
      schema: { tags, summary: 'Ask somebody to mark', params: MarkersParams, body: AddMarker, response },
    },
    async (request) => {
      const contest = await own(request, request.params.contest);
      await markers.add(contest, request.body.person, by(request));
      return { people: await markers.list(contest.id) };
    },
  );
  http.delete(
    '/api/desk/contests/:contest/markers/:person',
    { config, schema: { tags, summary: 'Take a marker off', params: MarkerParams, response } },
    async (request) => {
      const contest = await own(request, request.params.contest);
      await markers.remove(contest, request.params.person, by(request));
      return { people: await markers.list(contest.id) };
    },
  );
}
