/** Doors of what organisers weigh: possible duplicates, exclusions, signals. Only a contest's own organisers come in. */
import type { FastifyRequest } from 'fastify';
import type { WholeContest } from '../contests/store.ts';
import { ContestParams } from '../contracts/contests.ts';
import {
  DuplicateDecision,
  DuplicatesFound,
  DuplicatesQuery,
  DuplicatesReply,
  ExclusionBody,
  ExclusionParams,
  ExclusionsReply,
  LiftBody,
  MergePreview,
  MergePreviewBody,
  SignalDecision,
  SignalsQuery,
  SignalsReply,
  SignalsScanned,
} from '../contracts/fairness.ts';
import { WorkUnderway } from '../contracts/underway.ts';
import { type Identity, identityOf } from '../platform/access.ts';
import type { Http } from '../platform/http.ts';
import { Underway } from '../platform/underway.ts';
import { findDuplicates } from './duplicate-store.ts';
import { type Deciding, Fairness } from './fairness.ts';
import type { FairnessContext } from './people.ts';
import { scanSignals } from './signal-store.ts';

/** What is asked of contests. Throws `notFound`, `auth.forbidden`. */
export interface ContestsForFairness {
  own(uid: string, identity: Identity): Promise<WholeContest>;
}

const tags = ['fairness'];
const config = { access: { roles: ['organiser' as const] } };
const params = ContestParams;
const BASE = '/api/desk/contests/:contest';

export function registerFairness(http: Http, context: FairnessContext, contests: ContestsForFairness): void {
  const fairness = new Fairness(context);
  const own: Own = (request) => contests.own(request.params.contest, identityOf(request));
  const by: By = (request) => ({
    actor: identityOf(request).uid,
    address: request.ip,
    now: context.clock.now(),
  });
  registerDuplicates(http, context, fairness, own, by);
  registerExclusions(http, fairness, own, by);
  registerSignals(http, context, fairness, own, by);
}

type OfContest = FastifyRequest<{ Params: { contest: string } }>;
type Own = (request: Pick<OfContest, 'params'> & FastifyRequest) => Promise<WholeContest>;
type By = (request: FastifyRequest) => Deciding;

function registerDuplicates(
  http: Http,
  context: FairnessContext,
  fairness: Fairness,
  own: Own,
  by: By,
): void {
  /** Looks through all entrants, by the uid of their contest. */
  const scanning = new Underway();
  http.get(
    `${BASE}/duplicates`,
    {
      config,
      schema: {
        tags,
        summary: 'People who may be one, the likeliest first',
        params,
        querystring: DuplicatesQuery,
        response: { 200: DuplicatesReply },
      },
    },
    async (request) => {
      const { state = 'open', offset = 0 } = request.query;
      return fairness.duplicates(await own(request), state, offset);
    },
  );
  http.post(
    `${BASE}/duplicates/scan`,
    {
      config,
      schema: {
        tags,
        summary: 'Look through all entrants again',
        params,
        response: { 200: DuplicatesFound },
      },
    },
    async (request) => {
      const { contest } = await own(request);
      return scanning.run(contest.uid, (tell) =>
        findDuplicates(context.database, contest.id, context.clock.now(), tell),
      );
    },
  );
  http.get(
    `${BASE}/duplicates/scan`,
    {
      config,
      schema: { tags, summary: 'How far that look is', params, response: { 200: WorkUnderway } },
    },
    async (request) => ({ share: scanning.share((await own(request)).contest.uid) }),
  );
  http.post(
    `${BASE}/duplicates/preview`,
    {
      config,
      schema: {
        tags,
        summary: 'What a merge would move',
        params,
        body: MergePreviewBody,
        response: { 200: MergePreview },
      },
    },
    async (request) => fairness.preview(await own(request), request.body.keep, request.body.other),
  );
  http.post(
    `${BASE}/duplicates/decision`,
    {
      config,
      schema: {
        tags,
        summary: 'Decide about two entrants',
        params,
        body: DuplicateDecision,
        response: { 200: DuplicatesReply },
      },
    },
    async (request) => {
      const whole = await own(request);
      await fairness.decide(whole, request.body, by(request));
      return fairness.duplicates(whole, 'open', 0);
    },
  );
}

function registerExclusions(http: Http, fairness: Fairness, own: Own, by: By): void {
  const response = { 200: ExclusionsReply };
  http.get(
    `${BASE}/exclusions`,
    { config, schema: { tags, summary: 'Who is left out of prizes', params, response } },
    async (request) => fairness.exclusions(await own(request)),
  );
  http.post(
    `${BASE}/exclusions`,
    {
      config,
      schema: { tags, summary: 'Leave somebody out of prizes', params, body: ExclusionBody, response },
    },
    async (request) => {
      const whole = await own(request);
      await fairness.exclude(whole, request.body.person, request.body.reason, by(request));
      return fairness.exclusions(whole);
    },
  );
  http.delete(
    `${BASE}/exclusions/:person`,
    {
      config,
      schema: { tags, summary: 'Let somebody in again', params: ExclusionParams, body: LiftBody, response },
    },
    async (request) => {
      const whole = await own(request);
      await fairness.lift(whole, request.params.person, request.body.reason, by(request));
      return fairness.exclusions(whole);
    },
  );
}

function registerSignals(http: Http, context: FairnessContext, fairness: Fairness, own: Own, by: By): void {
  http.get(
    `${BASE}/signals`,
    {
      config,
      schema: {
        tags,
        summary: 'Attempts that look odd',
        params,
        querystring: SignalsQuery,
        response: { 200: SignalsReply },
      },
    },
    async (request) => {
      const { state = 'open', offset = 0 } = request.query;
      return fairness.signals(await own(request), state, offset);
    },
  );
  http.post(
    `${BASE}/signals/scan`,
    {
      config,
      schema: {
        tags,
        summary: 'Look at attempts that ended since',
        params,
        response: { 200: SignalsScanned },
      },
    },
    async (request) => {
      await own(request);
      return scanSignals(context.database, context.clock.now());
    },
  );
  http.post(
    `${BASE}/signals/decision`,
    {
      config,
      schema: {
        tags,
        summary: 'Say what one thinks of a flag',
        params,
        body: SignalDecision,
        response: { 200: SignalsReply },
      },
    },
    async (request) => {
      const whole = await own(request);
      await fairness.weigh(whole, request.body, by(request));
      return fairness.signals(whole, 'open', 0);
    },
  );
}
