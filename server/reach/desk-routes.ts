/** Doors of the organiser's desk for reaching people: the short address and poster, the frame, reminders. */
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { ContestParams } from '../contracts/contests.ts';
import { MailingParams, ReachDesk, Reminder, ReminderPreview, SendReminder } from '../contracts/reach.ts';
import { identityOf } from '../platform/access.ts';
import type { Http } from '../platform/http.ts';
import type { Reminders } from '../reminders/reminders.ts';
import type { ReachViews } from './views.ts';

const tags = ['desk'];
const config = { access: { roles: ['organiser' as const] } };

export function registerReachDesk(http: Http, views: ReachViews, reminders: Reminders): void {
  const by = (request: FastifyRequest) => ({ who: identityOf(request), address: request.ip });
  http.get(
    '/api/desk/contests/:contest/reach',
    {
      config,
      schema: {
        tags,
        summary: 'Short address, frame, reminders, retention',
        params: ContestParams,
        response: { 200: ReachDesk },
      },
    },
    async (request) => views.desk(await views.own(request.params.contest, identityOf(request))),
  );
  http.get(
    '/api/desk/contests/:contest/poster',
    {
      config,
      schema: {
        tags,
        summary: 'A poster with the contest’s code, A4, PDF',
        params: ContestParams,
        response: { 200: Type.Unsafe<Uint8Array>({ type: 'string', format: 'binary' }) },
      },
    },
    async (request, reply) => {
      const contest = await views.own(request.params.contest, identityOf(request));
      const name = `ap-phich-${contest.slug}.pdf`;
      reply.header('content-disposition', `attachment; filename="${name}"`);
      return reply.type('application/pdf').send(Buffer.from(await views.poster(contest)));
    },
  );
  registerReminderDoors(http, views, reminders, by);
}

function registerReminderDoors(
  http: Http,
  views: ReachViews,
  reminders: Reminders,
  by: (request: FastifyRequest) => { who: ReturnType<typeof identityOf>; address: string },
): void {
  http.post(
    '/api/desk/contests/:contest/reminders/preview',
    {
      config,
      schema: {
        tags,
        summary: 'What a reminder would say, and to how many',
        params: ContestParams,
        body: Reminder,
        response: { 200: ReminderPreview },
      },
    },
    async (request) =>
      reminders.preview(await views.own(request.params.contest, identityOf(request)), request.body),
  );
  http.post(
    '/api/desk/contests/:contest/reminders',
    {
      config,
      schema: {
        tags,
        summary: 'Send a reminder to those who agreed',
        params: ContestParams,
        body: SendReminder,
        response: { 201: ReachDesk },
      },
    },
    async (request, reply) => {
      const contest = await views.own(request.params.contest, identityOf(request));
      await reminders.send(contest, request.body, by(request));
      return reply.code(201).send(await views.desk(contest));
    },
  );
  http.post(
    '/api/desk/contests/:contest/reminders/:mailing/cancel',
    {
      config,
      schema: {
        tags,
        summary: 'Stop what has not gone yet',
        params: MailingParams,
        response: { 200: ReachDesk },
      },
    },
    async (request) => {
      const contest = await views.own(request.params.contest, identityOf(request));
      await reminders.cancel(contest, request.params.mailing, by(request));
      return views.desk(contest);
    },
  );
}
