/** Doors of the bank desk. What leaves here may hold keys, so nothing here is open to citizens. */

import type { FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import {
  BankCounts,
  BankList,
  BankParams,
  type BankRights,
  BankSummary,
  ChangeBank,
  ChangeStatus,
  CreateBank,
  CreateQuestion,
  EditQuestion,
  QuestionForEditor,
  QuestionList,
  QuestionParams,
  QuestionQuery,
  type QuestionStatus,
} from '../contracts/banks.ts';
import { type Identity, identityOf, type Role } from '../platform/access.ts';
import { AppError } from '../platform/errors.ts';
import { demandShallow } from './depth.ts';
import { demandNoOpenRound } from './practice-gate.ts';
import { presentBank, presentCounts } from './presenter.ts';
import type { QuestionRow } from './question-row.ts';
import {
  approvalProblems,
  type Content,
  mayGiveStatus,
  type RawContent,
  readContent,
  statusAfterEdit,
} from './rules.ts';
import type { Authorship, BankRow } from './store.ts';
import type { WorkDoors } from './work-routes.ts';

const tags = ['banks'];
const access = (...roles: readonly Role[]) => ({ access: { roles } });
const planners = access('organiser', 'editor', 'reviewer');
const readers = access('editor', 'reviewer');
const writers = access('editor');
/** Before anything follows the body by recursion. */
const shallow = async (request: FastifyRequest): Promise<void> => demandShallow(request.body);

export function registerBanks(doors: WorkDoors): void {
  registerBankDoors(doors);
  registerQuestionDoors(doors);
}

function registerBankDoors({ http, context, gate, pools }: WorkDoors): void {
  const { store, staff } = gate;
  const shown = async (request: FastifyRequest, bank: BankRow) =>
    presentBank(bank, (await store.counts()).get(bank.id), await staff.rights(identityOf(request), bank.id));

  http.get(
    '/api/desk/banks',
    {
      config: planners,
      schema: {
        tags,
        summary: 'Question banks: all for organisers, those that one may read for others',
        response: { 200: BankList },
      },
    },
    async (request) => {
      const who = identityOf(request);
      const [banks, counts, rightsOf] = await Promise.all([
        store.list(),
        store.counts(),
        staff.allRights(who),
      ]);
      const isPlanner = who.roles.has('organiser');
      return {
        banks: banks
          .filter((bank) => isPlanner || rightsOf(bank.id).read)
          .map((bank) => presentBank(bank, counts.get(bank.id), rightsOf(bank.id))),
      };
    },
  );
  http.post(
    '/api/desk/banks',
    {
      config: writers,
      schema: { tags, summary: 'Open a bank', body: CreateBank, response: { 201: BankSummary } },
    },
    async (request, reply) => {
      const bank = await store.create(
        { ...request.body, shipped: false, practice: false },
        authorship(request, context, null),
      );
      return reply.code(201).send(await shown(request, bank));
    },
  );
  http.put(
    '/api/desk/banks/:bank',
    {
      config: writers,
      schema: {
        tags,
        summary: 'Change what is said of a bank, or open it for practice',
        params: BankParams,
        body: ChangeBank,
        response: { 200: BankSummary },
      },
    },
    async (request) => {
      const bank = await gate.bank(request, request.params.bank, 'settle');
      if (request.body.practice === true && !bank.practice) await demandNoOpenRound(context.database, bank);
      return shown(request, await store.change(bank, request.body, authorship(request, context, null)));
    },
  );
  http.get(
    '/api/desk/banks/:bank/counts',
    {
      config: planners,
      schema: {
        tags,
        summary: 'How many questions of each topic, kind and difficulty',
        params: BankParams,
        response: { 200: BankCounts },
      },
    },
    async (request) => {
      const { bank: uid } = request.params;
      const isPlanner = identityOf(request).roles.has('organiser');
      const bank = isPlanner ? await store.byUid(uid) : await gate.bank(request, uid, 'read');
      return presentCounts(bank, (await pools.questions(bank.uid)) ?? []);
    },
  );
}

function registerQuestionDoors({ http, context, gate, pools, desk }: WorkDoors): void {
  const { store } = gate;
  const shown = (request: FastifyRequest, question: QuestionRow) =>
    desk.whole(question, identityOf(request).personId);

  http.get(
    '/api/desk/banks/:bank/questions',
    {
      config: readers,
      schema: {
        tags,
        summary: "A page of a bank's questions",
        params: BankParams,
        querystring: QuestionQuery,
        response: { 200: QuestionList },
      },
    },
    async (request) => {
      const bank = await gate.bank(request, request.params.bank, 'read');
      return desk.page(bank, request.query);
    },
  );
  http.post(
    '/api/desk/banks/:bank/questions',
    {
      config: writers,
      preValidation: shallow,
      schema: {
        tags,
        summary: 'Add a question as a draft',
        params: BankParams,
        body: CreateQuestion,
        response: { 201: QuestionForEditor },
      },
    },
    async (request, reply) => {
      const bank = await gate.bank(request, request.params.bank, 'write');
      const { code, ...raw } = request.body;
      const added = [{ code, content: demandContent(raw) }];
      const [uid = ''] = await store.add(bank, added, 'draft', authorship(request, context, null));
      await pools.refresh(bank.uid);
      return reply.code(201).send(await shown(request, await store.question(uid)));
    },
  );
  http.get(
    '/api/desk/questions/:question',
    {
      config: readers,
      schema: {
        tags,
        summary: 'A question with its key',
        params: QuestionParams,
        response: { 200: QuestionForEditor },
      },
    },
    async (request) => shown(request, await gate.question(request, request.params.question, 'read')),
  );
  http.put(
    '/api/desk/questions/:question',
    {
      config: writers,
      preValidation: shallow,
      schema: {
        tags,
        summary: 'Correct a question: a new version, which waits for review',
        params: QuestionParams,
        body: EditQuestion,
        response: { 200: QuestionForEditor },
      },
    },
    async (request) => {
      const { expectedVersion, reason, ...raw } = request.body;
      const question = seenAt(
        await gate.question(request, request.params.question, 'write'),
        expectedVersion,
      );
      const edit = { question, content: demandContent(raw), status: statusAfterEdit(question.status) };
      await store.edit([edit], authorship(request, context, reason));
      await pools.refresh(question.bankUid);
      return shown(request, await store.question(question.uid));
    },
  );
  http.put(
    '/api/desk/questions/:question/status',
    {
      config: readers,
      schema: {
        tags,
        summary: 'Send to review, approve, withdraw or retire a question',
        params: QuestionParams,
        body: ChangeStatus,
        response: { 200: QuestionForEditor },
      },
    },
    async (request) => {
      const { expectedVersion, status } = request.body;
      const question = seenAt(await gate.question(request, request.params.question, 'read'), expectedVersion);
      const who = identityOf(request);
      demandStatus(await gate.staff.rights(who, question.bankId), who, question, status);
      if (question.status !== status)
        await store.giveStatus(
          question,
          status,
          authorship(request, context, null),
          status === 'review' ? [] : [desk.reviews.ending([question.id])],
        );
      await pools.refresh(question.bankUid);
      return shown(request, await store.question(question.uid));
    },
  );
}

function authorship(request: FastifyRequest, { clock }: Context, reason: string | null): Authorship {
  const { personId, uid } = identityOf(request);
  return { by: personId, at: clock.now(), reason, log: { actor: uid, address: request.ip } };
}

function demandContent(raw: RawContent): Content {
  const { content, problems } = readContent(raw);
  if (content === null) throw new AppError('request.invalid', { errors: problems });
  return content;
}

/** Throws `conflict` when there is a newer version than the one that was seen. */
function seenAt(question: QuestionRow, expectedVersion: number): QuestionRow {
  if (question.version !== expectedVersion)
    throw new AppError('conflict', { facts: { version: question.version } });
  return question;
}

function demandStatus(
  rights: BankRights,
  { personId }: Identity,
  question: QuestionRow,
  status: QuestionStatus,
): void {
  if (!mayGiveStatus(rights, status)) throw new AppError('auth.forbidden');
  if (status !== 'approved' || question.status === 'approved') return;
  if (question.changedBy === personId) throw new AppError('banks.ownApproval');
  const problems = approvalProblems(question.content);
  if (problems.length > 0) throw new AppError('request.invalid', { errors: problems });
}
