/** Doors of the table of questions: what it can be filtered by, changes of many, who reviews what, and previews. */
import type { FastifyRequest } from 'fastify';
import { withFormulas } from '../../questions/formulas.ts';
import type { Context } from '../context.ts';
import {
  AskReview,
  BankFacets,
  BankParams,
  BulkChange,
  BulkChanged,
  Candidates,
  MyReviews,
  PreviewedQuestion,
  PreviewQuestion,
  QuestionForEditor,
  QuestionIds,
  QuestionParams,
  QuestionQuery,
  UndoBulk,
} from '../contracts/banks.ts';
import { identityOf } from '../platform/access.ts';
import { AppError } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import { Bulk } from './bulk.ts';
import { demandShallow } from './depth.ts';
import type { BankGate } from './gate.ts';
import type { BankPools } from './pool.ts';
import { demandNoOpenRound } from './practice-gate.ts';
import type { QuestionDesk } from './question-desk.ts';
import { normalise } from './rules.ts';
import type { Authorship, BankRow } from './store.ts';

const tags = ['banks'];
const config = { access: { roles: ['editor', 'reviewer'] } } as const;

export interface WorkDoors {
  readonly http: Http;
  readonly context: Context;
  readonly gate: BankGate;
  readonly pools: BankPools;
  readonly desk: QuestionDesk;
}

export function registerWork(doors: WorkDoors): void {
  registerFilters(doors);
  registerBulk(doors);
  registerReviews(doors);
  registerPreview(doors);
}

function registerFilters({ http, gate, desk }: WorkDoors): void {
  const params = BankParams;
  http.get(
    '/api/desk/banks/:bank/facets',
    {
      config,
      schema: { tags, summary: 'What questions can be filtered by', params, response: { 200: BankFacets } },
    },
    async (request) => desk.search.facets(await gate.bank(request, request.params.bank, 'read')),
  );
  http.get(
    '/api/desk/banks/:bank/questions/ids',
    {
      config,
      schema: {
        tags,
        summary: 'All questions that fit, to choose them',
        params,
        querystring: QuestionQuery,
        response: { 200: QuestionIds },
      },
    },
    async (request) => desk.search.uids(await gate.bank(request, request.params.bank, 'read'), request.query),
  );
}

/** What the change needs beside reading. */
function rightFor({ status, copyTo, review }: BulkChange): 'read' | 'write' | 'approve' {
  if (copyTo !== undefined) return 'read';
  if (status === 'approved') return 'approve';
  return review !== undefined ? 'read' : 'write';
}

function registerBulk({ http, context, gate, pools, desk }: WorkDoors): void {
  const bulk = new Bulk(context, gate.store, desk.reviews);
  const response = { 200: BulkChanged };
  const refresh = async (...banks: (BankRow | null)[]): Promise<void> => {
    for (const bank of banks) if (bank !== null) await pools.refresh(bank.uid);
  };
  http.post(
    '/api/desk/banks/:bank/questions/bulk',
    {
      config,
      schema: {
        tags,
        summary: 'Change, move or copy many questions, or see what would come of it',
        params: BankParams,
        body: BulkChange,
        response,
      },
    },
    async (request) => {
      const change = request.body;
      const bank = await gate.bank(request, request.params.bank, rightFor(change));
      const to = change.moveTo ?? change.copyTo;
      const target = to === undefined ? null : await gate.bank(request, to, 'write');
      if (target?.id === bank.id) throw new AppError('conflict');
      if (target?.practice === true && !bank.practice) await demandNoOpenRound(context.database, bank);
      const done = await bulk.change(bank, target, change, authorship(request, context));
      if (done.undo !== null) await refresh(bank, target);
      return done;
    },
  );
  http.post(
    '/api/desk/banks/:bank/questions/undo',
    {
      config,
      schema: { tags, summary: 'Take such a change back', params: BankParams, body: UndoBulk, response },
    },
    async (request) => {
      const bank = await gate.bank(request, request.params.bank, 'read');
      const done = await bulk.undo(bank, request.body.undo, authorship(request, context));
      await refresh(bank);
      return done;
    },
  );
}

function registerReviews({ http, context, gate, pools, desk }: WorkDoors): void {
  http.get(
    '/api/desk/reviews',
    { config, schema: { tags, summary: 'What waits for my review', response: { 200: MyReviews } } },
    async (request) => desk.reviews.mine(identityOf(request).personId, context.clock.now()),
  );
  http.get(
    '/api/desk/banks/:bank/reviewers',
    {
      config,
      schema: {
        tags,
        summary: 'Who may approve in a bank',
        params: BankParams,
        response: { 200: Candidates },
      },
    },
    async (request) => {
      const bank = await gate.bank(request, request.params.bank, 'read');
      const reviewers = await gate.staff.reviewers(bank.id);
      return { people: reviewers.map(({ id, name }) => ({ id, name })) };
    },
  );
  http.put(
    '/api/desk/questions/:question/review',
    {
      config,
      schema: {
        tags,
        summary: 'Name who reviews a question, and by when',
        params: QuestionParams,
        body: AskReview,
        response: { 200: QuestionForEditor },
      },
    },
    async (request) => {
      const { expectedVersion, reviewer, dueAt } = request.body;
      const question = await gate.question(request, request.params.question, 'read');
      if (question.version !== expectedVersion || !['draft', 'review'].includes(question.status))
        throw new AppError('conflict', { facts: { version: question.version } });
      const author = authorship(request, context);
      const reviewerId = await desk.reviews.reviewer(question.bankId, reviewer);
      const asked = { reviewerId, dueAt, askedBy: author.by, askedAt: author.at };
      await gate.store.giveStatus(question, 'review', author, [desk.reviews.asking(question.id, asked)]);
      await pools.refresh(question.bankUid);
      return desk.whole(await gate.store.question(question.uid), author.by ?? 0);
    },
  );
}

function registerPreview({ http }: WorkDoors): void {
  http.post(
    '/api/desk/questions/preview',
    {
      config,
      preValidation: async (request) => demandShallow(request.body),
      schema: {
        tags,
        summary: 'A question as entrants would see it',
        body: PreviewQuestion,
        response: { 200: PreviewedQuestion },
      },
    },
    async (request) => ({ prompt: withFormulas(normalise(request.body.prompt), []) }),
  );
}

function authorship(request: FastifyRequest, { clock }: Context): Authorship {
  const { personId, uid } = identityOf(request);
  return { by: personId, at: clock.now(), reason: null, log: { actor: uid, address: request.ip } };
}
