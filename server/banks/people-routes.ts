/** Doors for the people of a bank. Its owners and admins decide who they are. */
import type { FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import {
  BankParams,
  BankPeople,
  CandidateQuery,
  Candidates,
  DutyParams,
  GiveDuty,
} from '../contracts/banks.ts';
import { identityOf } from '../platform/access.ts';
import type { Http } from '../platform/http.ts';
import type { BankGate } from './gate.ts';
import type { StaffAuthor } from './staff.ts';

const tags = ['banks'];
const config = { access: { roles: ['editor', 'reviewer'] } } as const;
const response = { 200: BankPeople };

export function registerPeople(http: Http, context: Context, gate: BankGate): void {
  const { staff } = gate;
  const shown = async (bankId: number) => ({ people: [...(await staff.list(bankId))] });
  const by = (request: FastifyRequest): StaffAuthor => ({
    actor: identityOf(request).uid,
    address: request.ip,
    at: context.clock.now(),
  });
  http.get(
    '/api/desk/banks/:bank/people',
    { config, schema: { tags, summary: 'Who works on a bank', params: BankParams, response } },
    async (request) => shown((await gate.bank(request, request.params.bank, 'read')).id),
  );
  http.get(
    '/api/desk/banks/:bank/candidates',
    {
      config,
      schema: {
        tags,
        summary: 'Editors and reviewers, by name',
        params: BankParams,
        querystring: CandidateQuery,
        response: { 200: Candidates },
      },
    },
    async (request) => {
      await gate.bank(request, request.params.bank, 'write');
      return { people: [...(await staff.candidates(request.query.q ?? ''))] };
    },
  );
  http.post(
    '/api/desk/banks/:bank/people',
    {
      config,
      schema: { tags, summary: 'Give somebody a duty', params: BankParams, body: GiveDuty, response },
    },
    async (request) => {
      const bank = await gate.bank(request, request.params.bank, 'own');
      await staff.add(bank, request.body.person, request.body.duty, by(request));
      return shown(bank.id);
    },
  );
  http.delete(
    '/api/desk/banks/:bank/people/:person/:duty',
    { config, schema: { tags, summary: 'Take a duty from somebody', params: DutyParams, response } },
    async (request) => {
      const { bank: uid, person, duty } = request.params;
      const bank = await gate.bank(request, uid, 'own');
      await staff.remove(bank, person, duty, by(request));
      return shown(bank.id);
    },
  );
}
