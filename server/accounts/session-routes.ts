/** Doors of signing in and out, registering and recovering. All are open: whoever knocks is not known yet. */
import type { FastifyReply } from 'fastify';
import {
  FirstAdminBody,
  GuestReturnBody,
  RecoverBody,
  RegisterBody,
  RegisteredReply,
  SessionReply,
  SignInBody,
} from '../contracts/accounts.ts';
import { ProblemReply } from '../contracts/errors.ts';
import type { Http } from '../platform/http.ts';
import { type Accounts, callerOf } from './accounts.ts';
import { makeFirstAdmin } from './first-admin.ts';
import { returnGuest } from './guests.ts';
import type { SignedIn } from './opening.ts';
import { presentSession } from './presenter.ts';
import { recover } from './recovering.ts';
import { type Registered, register } from './registering.ts';
import { signIn } from './signing-in.ts';

const tags = ['accounts'];
const open = { access: 'public' } as const;
const session = { 200: SessionReply, default: ProblemReply };
const registered = { 200: RegisteredReply, default: ProblemReply };

export function registerSessionRoutes(http: Http, accounts: Accounts): void {
  registerSigningIn(http, accounts);
  registerEntering(http, accounts);
}

/** Sets the cookies and answers who is signed in. */
export function answerSignedIn(reply: FastifyReply, { person, cookies }: SignedIn): SessionReply {
  reply.header('set-cookie', [...cookies]);
  return { person };
}

function answerRegistered(reply: FastifyReply, { recoveryCode, ...signedIn }: Registered): RegisteredReply {
  reply.header('set-cookie', [...signedIn.cookies]);
  return { person: signedIn.person, recoveryCode };
}

function registerSigningIn(http: Http, accounts: Accounts): void {
  const { sessions, context } = accounts;
  http.get(
    '/api/session',
    { config: open, schema: { summary: 'Who is signed in', tags, response: session } },
    async (request) => {
      const identity = await accounts.identify(request);
      return {
        person: identity === null ? null : presentSession(identity, context.config.staffSecondFactor),
      };
    },
  );
  http.post(
    '/api/sessions',
    { config: open, schema: { summary: 'Sign in', tags, body: SignInBody, response: session } },
    async (request, reply) =>
      answerSignedIn(reply, await signIn(accounts, request.body, await callerOf(accounts, request))),
  );
  http.delete(
    '/api/session',
    { config: open, schema: { summary: 'Sign out here', tags } },
    async (request, reply) => {
      const identity = await accounts.identify(request);
      if (identity !== null) await sessions.end(identity.personId, identity.sessionUid);
      return reply.header('set-cookie', sessions.gone).code(204).send();
    },
  );
  http.post(
    '/api/guests/return',
    {
      config: open,
      schema: { summary: 'Come back with a personal code', tags, body: GuestReturnBody, response: session },
    },
    async (request, reply) =>
      answerSignedIn(reply, await returnGuest(accounts, request.body, await callerOf(accounts, request))),
  );
}

function registerEntering(http: Http, accounts: Accounts): void {
  http.post(
    '/api/accounts',
    { config: open, schema: { summary: 'Register', tags, body: RegisterBody, response: registered } },
    async (request, reply) =>
      answerRegistered(reply, await register(accounts, request.body, await callerOf(accounts, request))),
  );
  http.post(
    '/api/accounts/first-admin',
    {
      config: open,
      schema: {
        summary: 'Make the first admin with the one-time link',
        tags,
        body: FirstAdminBody,
        response: registered,
      },
    },
    async (request, reply) =>
      answerRegistered(
        reply,
        await makeFirstAdmin(accounts, request.body, await callerOf(accounts, request)),
      ),
  );
  http.post(
    '/api/accounts/recover',
    {
      config: open,
      schema: {
        summary: 'Set a new password with a recovery or reset code',
        tags,
        body: RecoverBody,
        response: registered,
      },
    },
    async (request, reply) =>
      answerRegistered(reply, await recover(accounts, request.body, await callerOf(accounts, request))),
  );
}
