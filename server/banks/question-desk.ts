/** Questions as the desk shows them: what is in their rows, with who reviews them and what their figures say. */
import type { Context } from '../context.ts';
import type { QuestionForEditor, QuestionList, QuestionQuery } from '../contracts/banks.ts';
import { presentQuestion, presentQuestionSummary } from './presenter.ts';
import type { QuestionRow } from './question-row.ts';
import { Reviews } from './reviews.ts';
import { QuestionSearch } from './search.ts';
import type { BankStaff } from './staff.ts';
import type { BankRow, BankStore } from './store.ts';

export class QuestionDesk {
  readonly search: QuestionSearch;
  readonly reviews: Reviews;
  readonly #store: BankStore;

  constructor(context: Pick<Context, 'database'>, store: BankStore, staff: BankStaff) {
    this.#store = store;
    this.search = new QuestionSearch(context, store);
    this.reviews = new Reviews(context, staff);
  }

  async page(bank: BankRow, query: QuestionQuery): Promise<QuestionList> {
    const { total, rows } = await this.search.page(bank, query);
    const ids = rows.map(({ id }) => id);
    const [figures, reviews] = await Promise.all([this.search.figures(ids), this.reviews.of(ids)]);
    return {
      total,
      questions: rows.map((row) => presentQuestionSummary(row, figures(row.id), reviews.get(row.id) ?? null)),
    };
  }

  /** `me`: who asks. */
  async whole(question: QuestionRow, me: number): Promise<QuestionForEditor> {
    const [versions, reviews] = await Promise.all([
      this.#store.versions(question.id),
      this.reviews.of([question.id]),
    ]);
    return presentQuestion(question, versions, reviews.get(question.id) ?? null, me);
  }
}
