/** The doors of an attempt. Saving is the hottest door of the product: it looks up no session and reads no row. */
import {
  AttemptParams,
  AttemptReply,
  AwayBody,
  MyAttemptsReply,
  MyRoundReply,
  ResultReply,
  RoundParams,
  SaveBody,
  SaveReply,
  SharedParams,
  SharedReply,
  StartBody,
  SubmitBody,
  SubmitReply,
} from '../contracts/attempts.ts';
import { identityOf } from '../platform/access.ts';
import type { Clock } from '../platform/clock.ts';
import { AppError } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import { Limit, networkOf } from '../platform/limits.ts';
import type { Secrets } from '../platform/secrets.ts';
import { compileAttemptReply } from './attempt-json.ts';
import type { Attempts } from './attempts.ts';
import { presentSaved } from './presenter.ts';
import { AttemptViews, type SectionPages } from './views.ts';

interface AttemptRoutesContext {
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly config: { readonly limitFactor: number; readonly graceMs: number };
}

const SCHEME = 'Attempt ';

export function registerAttempts(
  http: Http,
  context: AttemptRoutesContext,
  attempts: Attempts,
  sectionPages?: SectionPages,
): void {
  const { clock, config } = context;
  const views = new AttemptViews(context, attempts, sectionPages);
  const saves = new Limit<number>(120 * config.limitFactor, 240 * config.limitFactor);
  const starts = new Limit(20 * config.limitFactor, 30 * config.limitFactor);
  const tags = ['attempts'];

  const roundOf = (uid: string) => {
    const round = attempts.rounds.byUid(uid);
    if (round === null) throw new AppError('notFound');
    return round;
  };

  http.post(
    '/api/rounds/:round/attempts',
    {
      config: { access: 'person' },
      schema: {
        tags,
        summary: 'Start an attempt, or get the one that was started',
        params: RoundParams,
        body: StartBody,
        response: { 200: AttemptReply },
      },
      serializerCompiler: compileAttemptReply,
    },
    async (request) => {
      const now = clock.now();
      const { personId, uid } = identityOf(request);
      starts.take(uid, now);
      const round = roundOf(request.params.round);
      return views.attempt(await attempts.start(round, personId, request.body, now, networkOf(request.ip)));
    },
  );

  http.get(
    '/api/rounds/:round/attempts',
    {
      config: { access: 'person' },
      schema: {
        tags,
        summary: 'My attempts in a round, and whether I may start another',
        params: RoundParams,
        response: { 200: MyRoundReply },
      },
    },
    (request) => views.mineInRound(roundOf(request.params.round), identityOf(request).personId, clock.now()),
  );

  http.get(
    '/api/attempts',
    {
      config: { access: 'person' },
      schema: { tags, summary: 'All my attempts', response: { 200: MyAttemptsReply } },
    },
    (request) => views.mine(identityOf(request).personId, clock.now()),
  );

  http.get(
    '/api/attempts/:attempt',
    {
      config: { access: 'person' },
      schema: {
        tags,
        summary: 'Go on with an attempt, on this device or another',
        params: AttemptParams,
        response: { 200: AttemptReply },
      },
      serializerCompiler: compileAttemptReply,
    },
    async (request) => views.attempt(await views.own(request.params.attempt, identityOf(request).personId)),
  );

  http.post(
    '/api/attempts/:attempt/answers',
    {
      config: { access: 'attempt' },
      schema: {
        tags,
        summary: 'Save answers (authorization: Attempt <token>)',
        params: AttemptParams,
        body: SaveBody,
        response: { 200: SaveReply },
      },
    },
    async (request) => {
      const now = clock.now();
      const { attempt, epoch } = await attempts.openForSave(tokenOf(request.headers.authorization));
      // By what the token says: the address of the request is whatever somebody writes into it.
      if (!saves.allows(attempt.id, now)) throw new AppError('request.tooMany');
      return presentSaved(request.body.n, await attempts.save(attempt, request.body, now, epoch));
    },
  );

  http.post(
    '/api/attempts/:attempt/away',
    {
      config: { access: 'attempt' },
      schema: {
        tags,
        summary: 'How often the page was out of sight, where the contest looks',
        params: AttemptParams,
        body: AwayBody,
        response: { 204: {} },
      },
    },
    async (request, reply) => {
      const attempt = await attempts.openByToken(tokenOf(request.headers.authorization));
      if (!saves.allows(attempt.id, clock.now())) throw new AppError('request.tooMany');
      await attempts.wentAway(attempt, request.body);
      return reply.code(204).send();
    },
  );

  http.post(
    '/api/attempts/:attempt/submit',
    {
      config: { access: 'attempt' },
      schema: {
        tags,
        summary: 'Submit, with the last changes',
        params: AttemptParams,
        body: SubmitBody,
        response: { 200: SubmitReply },
      },
    },
    async (request) => {
      const now = clock.now();
      const token = tokenOf(request.headers.authorization);
      const attempt = await attempts.openByToken(token).catch(notOpenAsNull);
      const receipt = attempt === null ? null : await attempts.submit(attempt, request.body, now);
      return receipt ?? views.receipt(token);
    },
  );

  http.get(
    '/api/attempts/:attempt/result',
    {
      config: { access: 'person' },
      schema: {
        tags,
        summary: 'The result, and the review as far as it is released',
        params: AttemptParams,
        response: { 200: ResultReply },
      },
    },
    async (request) =>
      views.result(await views.own(request.params.attempt, identityOf(request).personId), clock.now()),
  );

  http.get(
    '/api/shared-results/:share',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'A result that somebody shared: marks and time, nobody’s name',
        params: SharedParams,
        response: { 200: SharedReply },
      },
    },
    (request) => views.shared(request.params.share, clock.now()),
  );
}

function tokenOf(authorization: string | undefined): string {
  if (authorization === undefined || !authorization.startsWith(SCHEME)) throw new AppError('attempt.token');
  return authorization.slice(SCHEME.length);
}

/** A submit that comes again finds the attempt closed: its receipt is read from the rows. */
function notOpenAsNull(error: unknown): null {
  if (error instanceof AppError && error.code === 'attempt.notOpen') return null;
  throw error;
}
