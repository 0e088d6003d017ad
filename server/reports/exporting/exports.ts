/** Exports of rows: what is asked for, as a stream. */
import type { Readable } from 'node:stream';
import { eq } from 'drizzle-orm';
import type { Context } from '../../context.ts';
import { loadSecret } from '../../platform/secrets.ts';
import type { ContestOfReport, Reports } from '../reports.ts';
import type { AskedVersion } from './records.ts';
import type { RowKind, RowOrder } from './row-worker.ts';
import { answerPages, attemptPages, auditPages, type PageStatement, peoplePages } from './statements.ts';
import { streamRows } from './streaming.ts';
import type { Wanted } from './tickets.ts';

/** Rows a page; an attempt is as many lines of answers as its paper has questions. */
const LIMITS: Readonly<Record<RowKind, number>> = { attempts: 2000, answers: 150, people: 2000, audit: 2000 };
const TITLES: Readonly<Record<RowKind, string>> = {
  attempts: 'Lượt thi',
  answers: 'Câu trả lời',
  people: 'Người dự thi',
  audit: 'Nhật ký',
};

export class Exports {
  readonly #context: Context;
  readonly #reports: Reports;

  constructor(context: Context, reports: Reports) {
    this.#context = context;
    this.#reports = reports;
  }

  /** Throws `busy`, `notFound`. */
  async stream(wanted: Wanted): Promise<Readable> {
    const { database } = this.#context;
    if (wanted.of === 'audit') {
      const order = await this.#order('audit', 'csv', { personal: true, rounds: [] });
      return streamRows({ order, pages: auditPages(database, wanted.filter), limit: LIMITS.audit });
    }
    const contest = await this.#reports.contest(wanted.contest);
    const { of, format, personal, round } = wanted;
    const rounds = contest.rounds.filter(({ uid }) => round === null || uid === round);
    const order = await this.#order(of, format, { personal, rounds });
    const pages = pagesOf[of](database, {
      contestId: contest.id,
      rounds: rounds.map(({ id }) => id),
      personal,
    });
    return streamRows({ order, pages, limit: LIMITS[of] });
  }

  async #order(
    of: RowKind,
    format: RowOrder['format'],
    { personal, rounds }: { readonly personal: boolean; readonly rounds: ContestOfReport['rounds'] },
  ): Promise<RowOrder> {
    const { database, config } = this.#context;
    return {
      dialect: database.dialect,
      location: config.databaseUrl,
      of,
      format,
      title: TITLES[of],
      units: this.#reports.units.inOrder.map(({ unit }) => [
        unit.id,
        { code: unit.code ?? '', name: unit.name },
      ]),
      rounds: rounds.map(({ id, number, title, settledAt }) => [
        id,
        { number, title, settled: settledAt !== null },
      ]),
      versions:
        of === 'answers' ? await this.#versions(rounds.some(({ settledAt }) => settledAt !== null)) : [],
      secret: personal ? loadSecret(config.secret, config.dataDir) : null,
    };
  }

  /** All versions: there are thousands at most, and a round may have asked any. Keys only where one is settled. */
  async #versions(withKeys: boolean): Promise<AskedVersion[]> {
    const { questionVersions: v, questions: q, questionKeys: k } = this.#context.database.tables;
    const rows = await this.#context.database.query
      .select({
        id: v.id,
        code: q.code,
        version: v.version,
        kind: v.kind,
        prompt: v.prompt,
        points: v.points,
        key: k.key,
      })
      .from(v)
      .innerJoin(q, eq(q.id, v.questionId))
      .innerJoin(k, eq(k.versionId, v.id));
    return withKeys ? rows : rows.map((row) => ({ ...row, key: null }));
  }
}

const pagesOf: Readonly<
  Record<Exclude<RowKind, 'audit'>, (...given: Parameters<typeof attemptPages>) => PageStatement>
> = { attempts: attemptPages, answers: answerPages, people: peoplePages };
