/** Doors of study and practice: open to everybody; whoever has an account keeps their progress here. */
import type { FastifyRequest } from 'fastify';
import type { Accounts } from '../accounts/accounts.ts';
import type { BankPools } from '../banks/pool.ts';
import type { Context } from '../context.ts';
import {
  AnswerStudy,
  GradedStudy,
  NextQuestion,
  NextReply,
  StudyBank,
  StudyBankParams,
  StudyBanks,
  StudyProgress,
  StudyQuestionParams,
} from '../contracts/study.ts';
import type { DocumentShelf } from '../documents/shelf.ts';
import { type Identity, identityOf } from '../platform/access.ts';
import type { Http } from '../platform/http.ts';
import { Limit, networkOf } from '../platform/limits.ts';
import { presentProgress } from './presenter.ts';
import { studyPart } from './progress-store.ts';
import { Study } from './study.ts';

const tags = ['study'];
const config = { access: 'public' as const };

export function registerStudy(
  http: Http,
  context: Context,
  { accounts, pools, shelf }: { accounts: Accounts; pools: BankPools; shelf: DocumentShelf },
): void {
  const study = new Study(context, pools, shelf);
  accounts.personalData.add(studyPart(context));
  const factor = context.config.limitFactor;
  const byPerson = new Limit(120 * factor, 120 * factor);
  // A school practises behind one address.
  const byAddress = new Limit(2000 * factor, 3000 * factor);
  const take = (request: FastifyRequest, who: Identity | null): void => {
    const now = context.clock.now();
    byAddress.take(networkOf(request.ip), now);
    if (who !== null) byPerson.take(who.uid, now);
  };
  registerBanks(http, study, (request) => take(request, null));
  registerQuestions(http, study, accounts, take);
  registerProgress(http, context, study);
}

function registerBanks(http: Http, study: Study, take: (request: FastifyRequest) => void): void {
  http.get(
    '/api/study/banks',
    {
      config,
      schema: { tags, summary: 'Banks that are open for practice', response: { 200: StudyBanks } },
    },
    async (request) => {
      take(request);
      const banks = await study.questions.banks();
      const counted = await Promise.all(
        banks.map(async (bank) => {
          const { uid: id, title, description } = bank;
          return { id, title, description, questions: await study.count(bank) };
        }),
      );
      return { banks: counted.filter(({ questions }) => questions > 0) };
    },
  );
  http.get(
    '/api/study/banks/:bank',
    {
      config,
      schema: {
        tags,
        summary: 'A bank that is open for practice: its topics',
        params: StudyBankParams,
        response: { 200: StudyBank },
      },
    },
    async (request) => {
      take(request);
      const bank = await study.demandBank(request.params.bank);
      const { uid: id, title, description, licence } = bank;
      return { id, title, description, licence, cells: await study.cells(bank) };
    },
  );
}

function registerQuestions(
  http: Http,
  study: Study,
  { identify }: Accounts,
  take: (request: FastifyRequest, who: Identity | null) => void,
): void {
  http.post(
    '/api/study/banks/:bank/next',
    {
      config,
      schema: {
        tags,
        summary: 'The next question to practise, without its key',
        params: StudyBankParams,
        body: NextQuestion,
        response: { 200: NextReply },
      },
    },
    async (request) => {
      const who = await identify(request);
      take(request, who);
      const bank = await study.demandBank(request.params.bank);
      return { next: await study.next(bank, request.body, who) };
    },
  );
  http.post(
    '/api/study/questions/:question/answer',
    {
      config,
      schema: {
        tags,
        summary: 'Grade an answer at once, with key, explanation and citation',
        params: StudyQuestionParams,
        body: AnswerStudy,
        response: { 200: GradedStudy },
      },
    },
    async (request) => {
      const who = await identify(request);
      take(request, who);
      return study.answer(request.params.question, request.body, who);
    },
  );
}

function registerProgress(http: Http, context: Context, study: Study): void {
  http.get(
    '/api/study/progress',
    {
      config: { access: 'person' },
      schema: { tags, summary: 'How I stand in practice', response: { 200: StudyProgress } },
    },
    async (request) => {
      const progress = await study.progress.read(identityOf(request).personId);
      const now = context.clock.now();
      const banks = new Set([...Object.keys(progress.tallies), ...progress.cards.map(({ bank }) => bank)]);
      return { banks: [...banks].map((bank) => presentProgress(progress, bank, now)) };
    },
  );
}
