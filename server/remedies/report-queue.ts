/** The organisers' queue of reported questions: counted by question outside the main thread, answered once for all who reported. */
import { and, count, desc, eq, max, sql } from 'drizzle-orm';
import type { Rounds } from '../attempts/rounds.ts';
import type { Organising } from '../contests/desk.ts';
import type { Context } from '../context.ts';
import type { AnswerReports, ReportedQuestion, ReportQueue, ReportTexts } from '../contracts/reports.ts';
import { withAudit } from '../platform/audit.ts';
import { ConflictError, compile, expecting } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import type { OwnContest } from './remedies.ts';
import { type AnswerRow, type Reports, reasonOf, statusOf } from './reports.ts';
import type { RemedyStore } from './store.ts';

interface QueueParts {
  readonly context: Pick<Context, 'database' | 'secrets' | 'clock'>;
  readonly store: RemedyStore;
  readonly reports: Reports;
  readonly rounds: Pick<Rounds, 'byId'>;
}

/** One line of the count: a question, a round, a reason. */
interface Counted {
  readonly questionId: number;
  readonly roundId: number;
  readonly reason: string;
  readonly versionId: number;
  readonly count: number;
  readonly newestAt: number;
}

const SHOWN = 300;
const TEXTS = 100;
const ERASED = 'Đã ẩn danh';

export class QuestionQueue {
  readonly #parts: QueueParts;

  constructor(parts: QueueParts) {
    this.#parts = parts;
  }

  /** What is open comes first, then what most people reported. */
  async list(contest: OwnContest): Promise<ReportQueue> {
    const counted = await this.#counted(contest.id);
    const byQuestion = Map.groupBy(counted, ({ questionId }) => questionId);
    const answers = await this.#parts.reports.answers(contest.id, [...byQuestion.keys()]);
    const asked = new Map(
      (await this.#parts.store.askedByIds([...byQuestion.values()].map(versionOf))).map((one) => [
        one.questionId,
        one,
      ]),
    );
    const questions: ReportedQuestion[] = [];
    for (const [questionId, lines] of byQuestion) {
      const about = asked.get(questionId);
      if (about === undefined) continue;
      const answer = answers.get(questionId);
      questions.push({
        question: about.question,
        version: about.version,
        kind: about.kind,
        stem: about.prompt.stem,
        topic: about.topic,
        ...summed(lines),
        rounds: [...new Set(lines.map(({ roundId }) => roundId))].flatMap(
          (id) => this.#parts.rounds.byId(id)?.uid ?? [],
        ),
        ...(await this.#answered(contest.id, questionId, answer)),
      });
    }
    questions.sort((a, b) => weight(a) - weight(b) || b.count - a.count || b.newestAt - a.newestAt);
    return { questions: questions.slice(0, SHOWN) };
  }

  async #answered(contestId: number, questionId: number, answer: AnswerRow | undefined) {
    const { reports, store } = this.#parts;
    const remedy = answer?.remedyId == null ? null : await store.byId(answer.remedyId);
    return {
      status: statusOf(answer),
      answer: answer?.answer ?? '',
      answeredAt: answer?.answeredAt ?? null,
      newer: answer === undefined ? 0 : await reports.since(contestId, questionId, answer.answeredAt),
      remedy: remedy?.uid ?? null,
      answerVersion: answer?.version ?? 0,
    };
  }

  async #counted(contestId: number): Promise<readonly Counted[]> {
    const { database } = this.#parts.context;
    const { questionReports: t } = database.tables;
    const query = database.query
      .select({
        questionId: t.questionId,
        roundId: t.roundId,
        reason: t.reason,
        versionId: max(t.versionId),
        count: count(),
        newestAt: max(t.at),
      })
      .from(t)
      .where(eq(t.contestId, contestId))
      .groupBy(t.questionId, t.roundId, t.reason);
    const counted: Counted[] = [];
    for await (const rows of database.scan(query))
      for (const [questionId, roundId, reason, versionId, n, newestAt] of rows)
        counted.push({
          questionId: Number(questionId),
          roundId: Number(roundId),
          reason: String(reason),
          versionId: Number(versionId),
          count: Number(n),
          newestAt: Number(newestAt),
        });
    return counted;
  }

  /** What people wrote about a question, the newest first. */
  async texts(contest: OwnContest, question: string): Promise<ReportTexts> {
    const { database } = this.#parts.context;
    const { questionReports: t, people } = database.tables;
    const rows = await database.query
      .select({
        at: t.at,
        roundId: t.roundId,
        reason: t.reason,
        text: t.text,
        name: people.name,
        erasedAt: people.erasedAt,
      })
      .from(t)
      .leftJoin(people, eq(people.id, t.personId))
      .where(and(eq(t.contestId, contest.id), eq(t.questionId, await this.#questionId(question))))
      .orderBy(desc(t.at))
      .limit(TEXTS);
    return {
      reports: rows.map(({ at, roundId, reason, text, name, erasedAt }) => ({
        at,
        round: this.#parts.rounds.byId(roundId)?.title ?? '',
        reason: reasonOf(reason),
        text,
        name: name === null || erasedAt !== null ? ERASED : name,
      })),
    };
  }

  /** One answer for everybody who reported it. Throws `notFound`, `conflict`. */
  async answer(
    contest: OwnContest,
    question: string,
    body: AnswerReports,
    by: Organising,
  ): Promise<ReportQueue> {
    const { context, store } = this.#parts;
    const { database } = context;
    const { reportAnswers: a } = database.tables;
    const questionId = await this.#questionId(question);
    if ((await this.#parts.reports.since(contest.id, questionId, -1)) === 0) throw new AppError('notFound');
    const remedy = body.remedy === null ? null : await store.byUid(body.remedy);
    if (body.remedy !== null && remedy?.contestId !== contest.id) throw new AppError('notFound');
    const row = {
      status: body.status,
      answer: body.answer.trim().normalize('NFC'),
      remedyId: remedy?.id ?? null,
      answeredBy: by.who.uid,
      answeredAt: by.now,
      version: body.expectedVersion + 1,
    };
    const write =
      body.expectedVersion === 0
        ? compile(database.query.insert(a).values({ contestId: contest.id, questionId, ...row }))
        : expecting(
            1,
            database.query
              .update(a)
              .set(row)
              .where(
                and(
                  eq(a.contestId, contest.id),
                  eq(a.questionId, questionId),
                  eq(a.version, body.expectedVersion),
                ),
              ),
          );
    const entry = {
      actor: by.who.uid,
      action: 'reports.answered',
      subject: `contest:${contest.uid}`,
      details: { question, status: body.status, remedy: body.remedy },
      address: by.address,
    };
    try {
      await withAudit(context, entry, [write]);
    } catch (error) {
      throw error instanceof ConflictError ? new AppError('conflict') : error;
    }
    return this.list(contest);
  }

  async #questionId(uid: string): Promise<number> {
    const { questions: q } = this.#parts.context.database.tables;
    const [row] = await this.#parts.context.database.query
      .select({ id: q.id })
      .from(q)
      .where(sql`${q.uid} = ${uid}`);
    if (row === undefined) throw new AppError('notFound');
    return row.id;
  }
}

function weight({ status, newer }: ReportedQuestion): number {
  if (status === 'open' || newer > 0) return 0;
  return status === 'looking' ? 1 : 2;
}

/** The version that was reported last. */
function versionOf(lines: readonly Counted[]): number {
  return Math.max(...lines.map(({ versionId }) => versionId));
}

function summed(lines: readonly Counted[]): Pick<ReportedQuestion, 'count' | 'reasons' | 'newestAt'> {
  const byReason = new Map<string, number>();
  for (const { reason, count: n } of lines) byReason.set(reason, (byReason.get(reason) ?? 0) + n);
  return {
    count: lines.reduce((sum, { count: n }) => sum + n, 0),
    reasons: [...byReason]
      .map(([reason, n]) => ({ reason: reasonOf(reason), count: n }))
      .sort((a, b) => b.count - a.count),
    newestAt: Math.max(...lines.map(({ newestAt }) => newestAt)),
  };
}
