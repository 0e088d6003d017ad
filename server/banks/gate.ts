/** What stands in every door of the bank desk: the bank or question that an address names, for those who may have it. */
import type { FastifyRequest } from 'fastify';
import type { BankRights } from '../contracts/banks.ts';
import { identityOf } from '../platform/access.ts';
import type { QuestionRow } from './question-row.ts';
import type { BankStaff } from './staff.ts';
import type { BankRow, BankStore } from './store.ts';

export class BankGate {
  readonly store: BankStore;
  readonly staff: BankStaff;

  constructor(store: BankStore, staff: BankStaff) {
    this.store = store;
    this.staff = staff;
  }

  /** Throws `notFound`, `auth.forbidden`. */
  async bank(request: FastifyRequest, uid: string, right: keyof BankRights): Promise<BankRow> {
    const bank = await this.store.byUid(uid);
    await this.staff.demand(identityOf(request), bank.id, right);
    return bank;
  }

  /** Throws `notFound`, `auth.forbidden`. */
  async question(request: FastifyRequest, uid: string, right: keyof BankRights): Promise<QuestionRow> {
    const question = await this.store.question(uid);
    await this.staff.demand(identityOf(request), question.bankId, right);
    return question;
  }
}
