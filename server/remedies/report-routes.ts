/** Doors of "Báo lỗi câu hỏi": a person's own reports, and the organisers' queue. */
import type { Attempts } from '../attempts/attempts.ts';
import { AttemptViews } from '../attempts/views.ts';
import type { Context } from '../context.ts';
import { AttemptParams } from '../contracts/attempts.ts';
import { RemedyContestParams } from '../contracts/remedies.ts';
import {
  AnswerReports,
  MyReportCounts,
  MyReports,
  ReportParams,
  ReportQuestion,
  ReportQueue,
  ReportTexts,
} from '../contracts/reports.ts';
import { identityOf } from '../platform/access.ts';
import type { Http } from '../platform/http.ts';
import { Limit } from '../platform/limits.ts';
import type { QuestionQueue } from './report-queue.ts';
import type { Reports } from './reports.ts';
import { byWhom, ownContest, type RemedyDoors } from './routes.ts';

const tags = ['reports'];
const person = { access: 'person' as const };
const organiser = { access: { roles: ['organiser' as const] } };

export function registerReports(http: Http, context: Context, attempts: Attempts, reports: Reports): void {
  const { clock, config } = context;
  const views = new AttemptViews(context, attempts);
  const limit = new Limit(10 * config.limitFactor, 10 * config.limitFactor);
  const params = AttemptParams;

  http.get(
    '/api/attempts/:attempt/reports',
    {
      config: person,
      schema: { tags, summary: 'What I reported about its questions', params, response: { 200: MyReports } },
    },
    async (request) =>
      reports.ofAttempt(await views.own(request.params.attempt, identityOf(request).personId)),
  );
  http.post(
    '/api/attempts/:attempt/reports',
    {
      config: person,
      schema: {
        tags,
        summary: 'Report a question; again takes the place of what was said before',
        params,
        body: ReportQuestion,
        response: { 200: MyReports },
      },
    },
    async (request) => {
      const { personId, uid } = identityOf(request);
      limit.take(uid, clock.now());
      return reports.report(await views.own(request.params.attempt, personId), request.body, clock.now());
    },
  );
  http.get(
    '/api/reports',
    {
      config: person,
      schema: {
        tags,
        summary: 'How many of my reports were answered, by attempt',
        response: { 200: MyReportCounts },
      },
    },
    (request) => reports.mine(identityOf(request).personId),
  );
}

export function registerQueue(http: Http, doors: RemedyDoors, queue: QuestionQueue): void {
  http.get(
    '/api/desk/contests/:contest/reports',
    {
      config: organiser,
      schema: {
        tags,
        summary: 'Questions that people reported, with counts; without keys',
        params: RemedyContestParams,
        response: { 200: ReportQueue },
      },
    },
    async (request) => queue.list(await ownContest(doors, request.params.contest, request)),
  );
  http.get(
    '/api/desk/contests/:contest/reports/:question',
    {
      config: organiser,
      schema: {
        tags,
        summary: 'What people wrote about one of them',
        params: ReportParams,
        response: { 200: ReportTexts },
      },
    },
    async (request) => {
      const contest = await ownContest(doors, request.params.contest, request);
      return queue.texts(contest, request.params.question);
    },
  );
  http.put(
    '/api/desk/contests/:contest/reports/:question',
    {
      config: organiser,
      schema: {
        tags,
        summary: 'Answer everybody who reported it',
        params: ReportParams,
        body: AnswerReports,
        response: { 200: ReportQueue },
      },
    },
    async (request) => {
      const { contest: uid, question } = request.params;
      const contest = await ownContest(doors, uid, request);
      return queue.answer(contest, question, request.body, byWhom(request, doors.clock));
    },
  );
}
