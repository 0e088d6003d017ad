/** Doors for comments and earlier versions. */
import type { Context } from '../context.ts';
import { AddComment, Comments, QuestionParams, VersionContent, VersionParams } from '../contracts/banks.ts';
import { identityOf } from '../platform/access.ts';
import type { Http } from '../platform/http.ts';
import type { BankGate } from './gate.ts';
import { addComment, commentsOf, versionOf } from './talk.ts';

const tags = ['banks'];
const readers = { access: { roles: ['editor', 'reviewer'] } } as const;

export function registerTalk(http: Http, context: Context, gate: BankGate): void {
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
}
