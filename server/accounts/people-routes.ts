/** Doors for staff: people, their roles, codes for those who forgot their password, the audit log. */
import type { FastifyRequest } from 'fastify';
import { AuditActionsReply, AuditCheckReply, AuditQuery, AuditReply } from '../contracts/audit.ts';
import { ProblemReply } from '../contracts/errors.ts';
import {
  ContactReply,
  PeopleQuery,
  PeopleReply,
  PersonDetail,
  PersonParams,
  ReasonBody,
  ResetCodeBody,
  ResetCodeReply,
  RoleParams,
} from '../contracts/people.ts';
import { identityOf } from '../platform/access.ts';
import { appendAudit, checkAudit } from '../platform/audit.ts';
import { AppError } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import type { Accounts } from './accounts.ts';
import { around } from './around.ts';
import { auditActions, readAudit } from './audit-reading.ts';
import { findPeople } from './people-search.ts';
import { type PersonRow, personByUid } from './people-store.ts';
import { presentPerson, presentPersonDetail } from './presenter.ts';
import { issueResetCode } from './recovering.ts';
import { type Granting, grantRole, revokeRole, takeSecondFactor } from './roles.ts';

const tags = ['people'];
const organisers = { access: { roles: ['organiser'] } } as const;
const admins = { access: { roles: ['admin'] } } as const;
const detail = { 200: PersonDetail, default: ProblemReply };

export function registerPeopleRoutes(http: Http, accounts: Accounts): void {
  registerSearch(http, accounts);
  registerRoles(http, accounts);
  registerHelp(http, accounts);
  registerAudit(http, accounts);
}

async function demandPerson({ context }: Accounts, uid: string): Promise<PersonRow> {
  const row = await personByUid(context, uid);
  if (row === null) throw new AppError('notFound');
  return row;
}

async function shown(accounts: Accounts, row: PersonRow): Promise<PersonDetail> {
  return presentPersonDetail(row, await around(accounts, row), accounts.context.secrets);
}

function registerSearch(http: Http, accounts: Accounts): void {
  const { context } = accounts;
  http.get(
    '/api/people',
    {
      config: organisers,
      schema: {
        summary: 'Find people',
        tags,
        querystring: PeopleQuery,
        response: { 200: PeopleReply, default: ProblemReply },
      },
    },
    async ({ query }) => {
      const rows = await findPeople(accounts, query);
      const people = rows.map(async (row) =>
        presentPerson(row, await around(accounts, row), context.secrets),
      );
      return { people: await Promise.all(people) };
    },
  );
  http.get(
    '/api/people/:person',
    { config: organisers, schema: { summary: 'One person', tags, params: PersonParams, response: detail } },
    async ({ params }) => shown(accounts, await demandPerson(accounts, params.person)),
  );
}

function registerAudit(http: Http, { context }: Accounts): void {
  http.get(
    '/api/audit',
    {
      config: admins,
      schema: {
        summary: 'The audit log',
        tags,
        querystring: AuditQuery,
        response: { 200: AuditReply, default: ProblemReply },
      },
    },
    async ({ query }) => readAudit(context, query),
  );
  http.get(
    '/api/audit/actions',
    {
      config: admins,
      schema: {
        summary: 'What was ever done',
        tags,
        response: { 200: AuditActionsReply, default: ProblemReply },
      },
    },
    async () => auditActions(context),
  );
  http.post(
    '/api/audit/check',
    {
      config: admins,
      schema: {
        summary: 'Follow the chain of the audit log',
        tags,
        response: { 200: AuditCheckReply, default: ProblemReply },
      },
    },
    async () => checkAudit(context.database, context.secrets),
  );
}

/** What is kept encrypted is read by one person, for one reason, and the log knows. */
function registerContact(http: Http, accounts: Accounts): void {
  const { context } = accounts;
  http.post(
    '/api/people/:person/contact',
    {
      config: organisers,
      schema: {
        summary: 'How to reach somebody; logged',
        tags,
        params: PersonParams,
        body: ReasonBody,
        response: { 200: ContactReply, default: ProblemReply },
      },
    },
    async (request) => {
      const row = await demandPerson(accounts, request.params.person);
      await appendAudit(context, {
        actor: identityOf(request).uid,
        action: 'contact.read',
        subject: `person:${row.uid}`,
        reason: request.body.reason,
        address: request.ip,
      });
      const { phoneCipher, emailCipher } = row;
      return {
        phone: phoneCipher === null ? null : context.secrets.decrypt('phone', phoneCipher),
        email: emailCipher === null ? null : context.secrets.decrypt('email', emailCipher),
      };
    },
  );
}

function granting(request: FastifyRequest<{ Body: ReasonBody }>): Granting {
  return { actor: identityOf(request), reason: request.body.reason, address: request.ip };
}

function registerRoles(http: Http, accounts: Accounts): void {
  http.put(
    '/api/people/:person/roles/:role',
    {
      config: admins,
      schema: { summary: 'Give a role', tags, params: RoleParams, body: ReasonBody, response: detail },
    },
    async (request) => {
      const row = await demandPerson(accounts, request.params.person);
      await grantRole(accounts, granting(request), row, request.params.role);
      return shown(accounts, row);
    },
  );
  http.delete(
    '/api/people/:person/roles/:role',
    {
      config: admins,
      schema: { summary: 'Take a role', tags, params: RoleParams, body: ReasonBody, response: detail },
    },
    async (request) => {
      const row = await demandPerson(accounts, request.params.person);
      await revokeRole(accounts, granting(request), row, request.params.role);
      return shown(accounts, row);
    },
  );
}

function registerHelp(http: Http, accounts: Accounts): void {
  registerContact(http, accounts);
  http.post(
    '/api/people/:person/reset-codes',
    {
      config: organisers,
      schema: {
        summary: 'A code for somebody who forgot the password',
        tags,
        params: PersonParams,
        body: ResetCodeBody,
        response: { 200: ResetCodeReply, default: ProblemReply },
      },
    },
    async (request) => {
      const row = await demandPerson(accounts, request.params.person);
      return issueResetCode(accounts, identityOf(request), row, request.body, request.ip);
    },
  );
  http.post(
    '/api/people/:person/second-factor/off',
    {
      config: admins,
      schema: {
        summary: 'Take the second factor from somebody who lost it',
        tags,
        params: PersonParams,
        body: ReasonBody,
        response: detail,
      },
    },
    async (request) => {
      const row = await demandPerson(accounts, request.params.person);
      await takeSecondFactor(accounts, granting(request), row);
      return shown(accounts, row);
    },
  );
}
