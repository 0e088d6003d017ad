/** Doors on the bank's desk: where a question was asked, and marking those rounds again after its key was corrected. */
import type { FastifyRequest } from 'fastify';
import type { BankGate } from '../banks/gate.ts';
import { QuestionParams } from '../contracts/banks.ts';
import { AskedInRounds, RegradeByBank, RemedyList } from '../contracts/remedies.ts';
import type { Clock } from '../platform/clock.ts';
import type { Http } from '../platform/http.ts';
import type { AskedIn, BankQuestion } from './asked-in.ts';
import { byWhom } from './routes.ts';

const tags = ['remedies'];

interface BankDoors {
  readonly clock: Clock;
  readonly gate: BankGate;
  readonly askedIn: AskedIn;
  bankUid(bankId: number): Promise<string>;
}

export function registerBankRemedies(http: Http, { clock, gate, askedIn, bankUid }: BankDoors): void {
  const questionOf = async (
    request: FastifyRequest,
    uid: string,
    right: 'read' | 'write',
  ): Promise<BankQuestion> => {
    const question = await gate.question(request, uid, right);
    return { id: question.id, uid: question.uid, bank: await bankUid(question.bankId) };
  };
  http.get(
    '/api/desk/questions/:question/asked-in',
    {
      config: { access: { roles: ['editor', 'reviewer'] } },
      schema: {
        tags,
        summary: 'Rounds that asked a question, with how many attempts',
        params: QuestionParams,
        response: { 200: AskedInRounds },
      },
    },
    async (request) =>
      askedIn.list(await questionOf(request, request.params.question, 'read'), byWhom(request, clock)),
  );
  http.post(
    '/api/desk/questions/:question/regrade',
    {
      config: { access: { roles: ['editor'] } },
      schema: {
        tags,
        summary: "Mark rounds of one's own contests again by the key that the bank has now",
        params: QuestionParams,
        body: RegradeByBank,
        response: { 200: RemedyList },
      },
    },
    async (request) => {
      const question = await questionOf(request, request.params.question, 'write');
      return askedIn.regrade(question, request.body, byWhom(request, clock));
    },
  );
}
