/** Questions of a bank that fit the filters of its table: found outside the main thread, then a page of them is read by key. */
import { and, asc, count, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { fold } from '../../questions/vietnamese.ts';
import type { Context } from '../context.ts';
import type { BankFacets, QuestionQuery } from '../contracts/banks.ts';
import type { QuestionRow } from './question-row.ts';
import type { BankRow, BankStore } from './store.ts';

type SearchContext = Pick<Context, 'database'>;

/** What is known of a question beside its content. */
export interface QuestionFigures {
  readonly asked: number;
  /** Percent. */
  readonly facility: number | null;
  readonly flags: number;
}

/** Most questions that are chosen at once. */
const IDS_MOST = 100_000;
const NO_FIGURES: QuestionFigures = { asked: 0, facility: null, flags: 0 };

/** Escaped for LIKE with a backslash. */
const within = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

export class QuestionSearch {
  readonly #context: SearchContext;
  readonly #store: BankStore;

  constructor(context: SearchContext, store: BankStore) {
    this.#context = context;
    this.#store = store;
  }

  /** A page, exact finds first, and how many fit in all. */
  async page(
    bank: BankRow,
    query: QuestionQuery,
  ): Promise<{ readonly total: number; readonly rows: readonly QuestionRow[] }> {
    const [total, ids] = await Promise.all([
      this.#count(bank.id, query),
      this.#ids(bank.id, query, query.limit ?? 50, query.offset ?? 0),
    ]);
    const found = await this.#store.byIds(ids);
    return { total, rows: ids.flatMap((id) => found.get(id) ?? []) };
  }

  /** uids of all that fit: whoever chooses them all means all, also in a bank that came from a workbook of 50,000 rows. */
  async uids(bank: BankRow, query: QuestionQuery): Promise<{ total: number; questions: string[] }> {
    const { questions: q } = this.#context.database.tables;
    const total = await this.#count(bank.id, query);
    const select = this.#from(bank.id, query, { uid: q.uid }).orderBy(asc(q.code)).limit(IDS_MOST);
    const questions: string[] = [];
    for await (const rows of this.#context.database.scan(select))
      for (const [uid] of rows) questions.push(String(uid));
    return { total, questions };
  }

  async #count(bankId: number, query: QuestionQuery): Promise<number> {
    for await (const rows of this.#context.database.scan(this.#from(bankId, query, { total: count() })))
      return Number(rows[0]?.[0] ?? 0);
    return 0;
  }

  async #ids(bankId: number, query: QuestionQuery, limit: number, offset: number): Promise<number[]> {
    const { questions: q } = this.#context.database.tables;
    const select = this.#from(bankId, query, { id: q.id })
      .orderBy(...this.#order(query))
      .limit(limit)
      .offset(offset);
    const ids: number[] = [];
    for await (const rows of this.#context.database.scan(select))
      for (const [id] of rows) ids.push(Number(id));
    return ids;
  }

  #from<Selection extends Parameters<SearchContext['database']['query']['select']>[0]>(
    bankId: number,
    query: QuestionQuery,
    selection: NonNullable<Selection>,
  ) {
    const { questions: q, questionVersions: v, questionKeys: k } = this.#context.database.tables;
    return this.#context.database.query
      .select(selection)
      .from(q)
      .innerJoin(v, eq(v.id, q.currentVersionId))
      .innerJoin(k, eq(k.versionId, v.id))
      .where(this.#filter(bankId, query));
  }

  #order({ search, sort }: QuestionQuery): SQL[] {
    const { questions: q, questionVersions: v } = this.#context.database.tables;
    const order: SQL[] = [];
    if (search !== undefined && search.trim() !== '') {
      // What has the words as they were typed, diacritics and all, stands before what is only alike.
      const stem = sql`${v.prompt} ->> 'stem'`;
      order.push(sql`case when ${stem} like ${within(search.trim())} escape '\\' then 0 else 1 end`);
    }
    if (sort === 'changed') order.push(desc(v.createdAt));
    if (sort === 'facility') order.push(sql`coalesce(${this.#facility}, 1001)`);
    return [...order, asc(q.code)];
  }

  /** Thousandths, over all rounds; null where it was never asked. */
  get #facility(): SQL {
    const { questions: q, questionUses: u } = this.#context.database.tables;
    return sql`(select sum(u.asked * u.facility) / sum(u.asked) from ${u} u where u.question_id = ${q.id} and u.asked > 0)`;
  }

  #filter(bankId: number, query: QuestionQuery): SQL | undefined {
    const { questions: q, questionVersions: v, questionKeys: k } = this.#context.database.tables;
    const { search, topic, kind, difficulty, status, document, tag } = query;
    const typed = fold(search ?? '').trim();
    return and(
      eq(q.bankId, bankId),
      typed === '' ? undefined : sql`${v.folded} like ${within(typed)} escape '\\'`,
      topic === undefined ? undefined : eq(v.topic, topic),
      kind === undefined ? undefined : eq(v.kind, kind),
      difficulty === undefined ? undefined : eq(v.difficulty, difficulty),
      status === undefined ? undefined : eq(q.status, status),
      document === undefined ? undefined : sql`${k.citation} ->> 'document' = ${document}`,
      tag === undefined ? undefined : this.#hasTag(tag),
      ...this.#figures(query),
    );
  }

  #hasTag(tag: string): SQL {
    const { questionVersions: v } = this.#context.database.tables;
    return this.#context.database.dialect === 'sqlite'
      ? sql`exists (select 1 from json_each(${v.tags}) one where one.value = ${tag})`
      : sql`${v.tags} @> ${JSON.stringify([tag])}::jsonb`;
  }

  #figures({ use, flagged, facilityFrom, facilityTo }: QuestionQuery): (SQL | undefined)[] {
    const { questions: q, questionUses: u, rounds: r } = this.#context.database.tables;
    const used = (more: SQL) => sql`exists (select 1 from ${u} u where u.question_id = ${q.id} and ${more})`;
    const inRound = sql`u.round_id = (select r.id from ${r} r where r.uid = ${use ?? ''})`;
    return [
      use === undefined
        ? undefined
        : use === 'used'
          ? used(sql`u.asked > 0`)
          : use === 'never'
            ? sql`not ${used(sql`u.asked > 0`)}`
            : used(inRound),
      flagged === true ? used(sql`u.flags > 0`) : undefined,
      facilityFrom === undefined ? undefined : sql`${this.#facility} >= ${facilityFrom * 10}`,
      facilityTo === undefined ? undefined : sql`${this.#facility} <= ${facilityTo * 10}`,
    ];
  }

  /** Figures of some questions, by their id. */
  async figures(ids: readonly number[]): Promise<(id: number) => QuestionFigures> {
    const { questionUses: u } = this.#context.database.tables;
    const sums = new Map<number, { asked: number; earned: number; flags: number }>();
    const rows =
      ids.length === 0
        ? []
        : await this.#context.database.query
            .select()
            .from(u)
            .where(inArray(u.questionId, [...ids]));
    for (const { questionId, asked, facility, flags } of rows) {
      const sum = sums.get(questionId) ?? { asked: 0, earned: 0, flags: 0 };
      sums.set(questionId, {
        asked: sum.asked + asked,
        earned: sum.earned + asked * facility,
        flags: sum.flags + flags,
      });
    }
    return (id) => {
      const sum = sums.get(id);
      if (sum === undefined) return NO_FIGURES;
      const facility = sum.asked === 0 ? null : Math.round(sum.earned / sum.asked) / 10;
      return { asked: sum.asked, facility, flags: sum.flags };
    };
  }

  /** What the table can be filtered by; read outside the main thread. */
  async facets(bank: BankRow): Promise<BankFacets> {
    const { database } = this.#context;
    const { questions: q, questionVersions: v, questionKeys: k } = database.tables;
    const query = database.query
      .select({ document: sql`${k.citation} ->> 'document'`, tags: sql`cast(${v.tags} as text)` })
      .from(q)
      .innerJoin(v, eq(v.id, q.currentVersionId))
      .innerJoin(k, eq(k.versionId, v.id))
      .where(eq(q.bankId, bank.id));
    const documents = new Set<string>();
    const tags = new Set<string>();
    for await (const rows of database.scan(query)) {
      for (const [document, list] of rows) {
        if (typeof document === 'string' && document !== '') documents.add(document);
        for (const tag of tagsIn(list)) tags.add(tag);
      }
    }
    const byName = (a: string, b: string): number => a.localeCompare(b, 'vi');
    return {
      documents: [...documents].sort(byName),
      tags: [...tags].sort(byName),
      rounds: await this.#rounds(bank.id),
    };
  }

  async #rounds(bankId: number): Promise<BankFacets['rounds']> {
    const { database } = this.#context;
    const { questions: q, questionUses: u, rounds: r, contests: c } = database.tables;
    const query = database.query
      .selectDistinct({ id: r.uid, title: r.title, contest: c.title, closesAt: r.closesAt })
      .from(q)
      .innerJoin(u, eq(u.questionId, q.id))
      .innerJoin(r, eq(r.id, u.roundId))
      .innerJoin(c, eq(c.id, r.contestId))
      .where(eq(q.bankId, bankId))
      .orderBy(desc(r.closesAt));
    const found: BankFacets['rounds'] = [];
    for await (const rows of database.scan(query))
      for (const [id, title, contest] of rows)
        found.push({ id: String(id), title: String(title), contest: String(contest) });
    return found;
  }
}

function tagsIn(json: unknown): readonly string[] {
  const list: unknown = typeof json === 'string' ? JSON.parse(json) : json;
  return Array.isArray(list) ? list.filter((tag) => typeof tag === 'string') : [];
}
