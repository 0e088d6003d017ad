/** Doors to one's own data, password, sessions and second factor. */
import { desc, eq } from 'drizzle-orm';
import type { FastifyReply } from 'fastify';
import {
  EndSessionsBody,
  ExportReply,
  Me,
  MePatch,
  PasswordBody,
  ProveBody,
  RecoveryCodeReply,
  SecondFactorOffBody,
  SecondFactorReply,
  SessionList,
  SessionParams,
  SessionReply,
  TotpBody,
} from '../contracts/accounts.ts';
import { ProblemReply } from '../contracts/errors.ts';
import { type Identity, identityOf } from '../platform/access.ts';
import { compile } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import type { Accounts } from './accounts.ts';
import { endingFamily } from './household.ts';
import {
  changeMe,
  changePassword,
  eraseMe,
  exportMe,
  proveAgain,
  readMe,
  renewRecoveryCode,
} from './own-data.ts';
import { presentSession } from './presenter.ts';
import { confirmSecondFactor, elevate, endSecondFactor, startSecondFactor } from './second-factor.ts';

const tags = ['me'];
/** With an account, or a guest. */
const person = { access: 'person' } as const;
const signedIn = { access: 'signedIn' } as const;
const me = { 200: Me, default: ProblemReply };
const session = { 200: SessionReply, default: ProblemReply };

export function registerMeRoutes(http: Http, accounts: Accounts): void {
  registerOwnData(http, accounts);
  registerOwnSessions(http, accounts);
  registerPassword(http, accounts);
  registerSecondFactor(http, accounts);
}

/** The session under its new token. */
function answerRotated(
  { context }: Accounts,
  reply: FastifyReply,
  identity: Identity,
  cookie: string,
  elevated = identity.elevated,
): SessionReply {
  reply.header('set-cookie', cookie);
  return { person: presentSession({ ...identity, elevated }, context.config.staffSecondFactor) };
}

function registerOwnData(http: Http, accounts: Accounts): void {
  const { sessions } = accounts;
  http.get(
    '/api/me',
    { config: person, schema: { summary: 'What one gave', tags, response: me } },
    async (request) => readMe(accounts, identityOf(request)),
  );
  http.patch(
    '/api/me',
    { config: person, schema: { summary: 'Change what one gave', tags, body: MePatch, response: me } },
    async (request) => changeMe(accounts, identityOf(request), request.body),
  );
  http.get(
    '/api/me/export',
    {
      config: person,
      schema: {
        summary: 'Everything kept about oneself',
        tags,
        response: { 200: ExportReply, default: ProblemReply },
      },
    },
    async (request, reply) => {
      reply.header('content-disposition', 'attachment; filename="du-lieu-ca-nhan.json"');
      return exportMe(accounts, identityOf(request));
    },
  );
  http.post(
    '/api/me/erase',
    { config: person, schema: { summary: 'Erase oneself', tags, body: ProveBody } },
    async (request, reply) => {
      const identity = identityOf(request);
      if (!identity.guest) await proveAgain(accounts, identity, request.body);
      await eraseMe(accounts, identity);
      return reply.header('set-cookie', sessions.gone).code(204).send();
    },
  );
}

function registerOwnSessions(http: Http, accounts: Accounts): void {
  const { context, sessions } = accounts;
  http.get(
    '/api/me/sessions',
    {
      config: person,
      schema: {
        summary: 'Where one is signed in',
        tags,
        response: { 200: SessionList, default: ProblemReply },
      },
    },
    async (request) => {
      const { personId, sessionUid } = identityOf(request);
      const { sessions: table } = context.database.tables;
      const rows = await context.database.query
        .select({
          uid: table.uid,
          device: table.device,
          createdAt: table.createdAt,
          seenAt: table.seenAt,
          expiresAt: table.expiresAt,
        })
        .from(table)
        .where(eq(table.personId, personId))
        .orderBy(desc(table.seenAt));
      const now = context.clock.now();
      const alive = rows.filter(({ expiresAt }) => now < expiresAt);
      return {
        sessions: alive.map(({ expiresAt: _, ...row }) => ({ ...row, current: row.uid === sessionUid })),
      };
    },
  );
  http.delete(
    '/api/me/sessions/:session',
    { config: person, schema: { summary: 'Sign out one of them', tags, params: SessionParams } },
    async (request, reply) => {
      const { personId } = identityOf(request);
      if (!(await sessions.end(personId, request.params.session))) throw new AppError('notFound');
      return reply.code(204).send();
    },
  );
  http.post(
    '/api/me/sessions/end',
    {
      config: person,
      schema: { summary: 'Sign out the others, or everywhere', tags, body: EndSessionsBody },
    },
    async (request, reply) => {
      const { personId, sessionUid } = identityOf(request);
      const everywhere = request.body.which === 'all';
      const family = await endingFamily(accounts, identityOf(request));
      const mine = sessions.ending(personId, everywhere ? null : sessionUid).map(compile);
      await context.database.atomic([...mine, ...family.statements]);
      sessions.tellPerson(personId);
      family.tell();
      if (everywhere) reply.header('set-cookie', sessions.gone);
      return reply.code(204).send();
    },
  );
}

function registerPassword(http: Http, accounts: Accounts): void {
  http.put(
    '/api/me/password',
    {
      config: signedIn,
      schema: { summary: 'Change the password', tags, body: PasswordBody, response: session },
    },
    async (request, reply) => {
      const identity = identityOf(request);
      return answerRotated(accounts, reply, identity, await changePassword(accounts, identity, request.body));
    },
  );
  http.post(
    '/api/me/recovery-code',
    {
      config: signedIn,
      schema: {
        summary: 'A new recovery code',
        tags,
        body: ProveBody,
        response: { 200: RecoveryCodeReply, default: ProblemReply },
      },
    },
    async (request) => {
      const identity = identityOf(request);
      const login = await proveAgain(accounts, identity, request.body);
      return { recoveryCode: await renewRecoveryCode(accounts, identity, login) };
    },
  );
}

function registerSecondFactor(http: Http, accounts: Accounts): void {
  http.post(
    '/api/me/second-factor',
    {
      config: signedIn,
      schema: {
        summary: 'Begin to turn on the second factor',
        tags,
        body: ProveBody,
        response: { 200: SecondFactorReply, default: ProblemReply },
      },
    },
    async (request) =>
      startSecondFactor(accounts, await proveAgain(accounts, identityOf(request), request.body)),
  );
  http.put(
    '/api/me/second-factor',
    {
      config: signedIn,
      schema: {
        summary: 'Turn on the second factor by its first code',
        tags,
        body: TotpBody,
        response: session,
      },
    },
    async (request, reply) => {
      const identity = identityOf(request);
      const cookie = await confirmSecondFactor(accounts, identity, request.body.totp);
      return answerRotated(accounts, reply, identity, cookie, true);
    },
  );
  http.post(
    '/api/me/second-factor/off',
    {
      config: signedIn,
      schema: { summary: 'Turn off the second factor', tags, body: SecondFactorOffBody, response: session },
    },
    async (request, reply) => {
      const identity = identityOf(request);
      const login = await proveAgain(accounts, identity, request.body);
      const cookie = await endSecondFactor(accounts, identity, login, request.body.totp);
      return answerRotated(accounts, reply, identity, cookie, false);
    },
  );
  http.post(
    '/api/me/elevation',
    {
      config: signedIn,
      schema: { summary: 'Give the second factor in this session', tags, body: TotpBody, response: session },
    },
    async (request, reply) => {
      const identity = identityOf(request);
      const cookie = await elevate(accounts, identity, request.body.totp);
      return answerRotated(accounts, reply, identity, cookie, true);
    },
  );
}
