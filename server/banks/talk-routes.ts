/** Doors for comments, earlier versions, and many questions at once. */
import type { FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import {
  AddComment,
  BankParams,
  BulkChange,
  BulkChanged,
  Comments,
  QuestionParams,
  VersionContent,
  VersionParams,
} from '../contracts/banks.ts';
import { identityOf } from '../platform/access.ts';
import type { Http } from '../platform/http.ts';
import type { BankGate } from './gate.ts';
import type { BankPools } from './pool.ts';
import type { Authorship } from './store.ts';
import { addComment, changeMany, commentsOf, versionOf } from './talk.ts';

const tags = ['banks'];
const readers = { access: { roles: ['editor', 'reviewer'] } } as const;
const writers = { access: { roles: ['editor'] } } as const;

export function registerTalk(http: Http, context: Context, gate: BankGate, pools: BankPools): void {
  http.get(
    '/api/desk/questions/:question/comments',
    {
      config: readers,
      schema: {
        tags,
        summary: 'Comments on a question',
        params: QuestionParams,
        response: { 200: Comments },
      },
    },
    async (request) =>
      commentsOf(context, (await gate.question(request, request.params.question, 'read')).id),
  );
  http.post(
    '/api/desk/questions/:question/comments',
    {
      config: readers,
      schema: {
        tags,
        summary: 'Say something about a question',
        params: QuestionParams,
        body: AddComment,
        response: { 200: Comments },
      },
    },
    async (request) => {
      const question = await gate.question(request, request.params.question, 'read');
      await addComment(context, question, identityOf(request).personId, request.body.text);
      return commentsOf(context, question.id);
    },
  );
  http.get(
    '/api/desk/questions/:question/versions/:version',
    {
      config: readers,
      schema: {
        tags,
        summary: 'What a version said',
        params: VersionParams,
        response: { 200: VersionContent },
      },
    },
    async (request) => {
      const { question, version } = request.params;
      return versionOf(context, (await gate.question(request, question, 'read')).id, version);
    },
  );
  http.post(
    '/api/desk/banks/:bank/questions/bulk',
    {
      config: writers,
      schema: {
        tags,
        summary: 'Change many questions, all or none',
        params: BankParams,
        body: BulkChange,
        response: { 200: BulkChanged },
      },
    },
    async (request) => {
      const bank = await gate.bank(request, request.params.bank, 'write');
      const changed = await changeMany(gate.store, bank, request.body, authorship(request, context));
      await pools.refresh(bank.uid);
      return { changed };
    },
  );
}

function authorship(request: FastifyRequest, { clock }: Context): Authorship {
  const { personId, uid } = identityOf(request);
  return { by: personId, at: clock.now(), reason: null, log: { actor: uid, address: request.ip } };
}
