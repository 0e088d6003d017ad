/** What people report about questions, and what organisers answer to all who reported the same one. */
import { and, desc, eq, gt, inArray, sql } from 'drizzle-orm';
import { attemptUid } from '../attempts/attempt-id.ts';
import type { Attempts } from '../attempts/attempts.ts';
import { isAsked } from '../attempts/marking-rules.ts';
import { AttemptState } from '../attempts/open-attempt.ts';
import { paperOf } from '../attempts/papers.ts';
import type { AttemptRow } from '../attempts/store.ts';
import type { Context } from '../context.ts';
import type {
  MyReport,
  MyReportCounts,
  MyReports,
  ReportQuestion,
  ReportReason,
  ReportStatus,
} from '../contracts/reports.ts';
import type { Tables } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';

export type AnswerRow = Tables['reportAnswers']['$inferSelect'];

/** Reports of one person in one contest that nobody has answered yet. */
const UNANSWERED_MAX = 20;
const REASONS: readonly string[] = [
  'wrongKey',
  'twoRight',
  'unclear',
  'outdated',
  'typo',
  'other',
] satisfies ReportReason[];
const STATUSES: readonly string[] = ['open', 'looking', 'accepted', 'rejected'] satisfies ReportStatus[];

export function reasonOf(reason: string): ReportReason {
  return isReason(reason) ? reason : 'other';
}

function isReason(reason: string): reason is ReportReason {
  return REASONS.includes(reason);
}

export function statusOf(answer: Pick<AnswerRow, 'status'> | undefined): ReportStatus {
  const status = answer?.status ?? 'open';
  return isStatus(status) ? status : 'open';
}

function isStatus(status: string): status is ReportStatus {
  return STATUSES.includes(status);
}

export class Reports {
  readonly #context: Pick<Context, 'database' | 'keys' | 'secrets'>;
  readonly #attempts: Pick<Attempts, 'papers' | 'rounds'>;

  constructor(
    context: Pick<Context, 'database' | 'keys' | 'secrets'>,
    attempts: Pick<Attempts, 'papers' | 'rounds'>,
  ) {
    this.#context = context;
    this.#attempts = attempts;
  }

  /** Sent again, or about the same question in another attempt of the round, it takes the place of the one before. */
  async report(row: AttemptRow, body: ReportQuestion, now: number): Promise<MyReports> {
    const round = this.#attempts.rounds.byId(row.roundId);
    if (row.state === AttemptState.open || round === null) throw new AppError('result.notReleased');
    const version = (await this.#attempts.papers.versionsOf(paperOf(row.paper)))[body.question];
    if (version === undefined || !isAsked(version.kind)) throw new AppError('notFound');
    if ((await this.#unanswered(row.personId, round.contestId)) >= UNANSWERED_MAX)
      throw new AppError('report.tooMany');
    const { database, keys } = this.#context;
    const { questionReports: t } = database.tables;
    const said = {
      versionId: version.id,
      attemptId: row.id,
      reason: body.reason,
      text: body.text.trim().normalize('NFC'),
      at: now,
    };
    const id = await keys.next('question_reports');
    const where = { contestId: round.contestId, roundId: row.roundId, questionId: version.questionId };
    await database.atomic([
      database.query
        .insert(t)
        .values({ id, ...where, personId: row.personId, ...said })
        .onConflictDoUpdate({ target: [t.personId, t.roundId, t.questionId], set: said }),
    ]);
    return this.ofAttempt(row);
  }

  async #unanswered(personId: number, contestId: number): Promise<number> {
    const { questionReports: t, reportAnswers: a } = this.#context.database.tables;
    const rows = await this.#context.database.query
      .select({ id: t.id })
      .from(t)
      .leftJoin(a, and(eq(a.contestId, t.contestId), eq(a.questionId, t.questionId)))
      .where(and(eq(t.personId, personId), eq(t.contestId, contestId), sql`coalesce(${a.answer}, '') = ''`))
      .limit(UNANSWERED_MAX);
    return rows.length;
  }

  /** One's own reports about the questions of an attempt, with what was answered. */
  async ofAttempt(row: AttemptRow): Promise<MyReports> {
    const { questionReports: t, reportAnswers: a } = this.#context.database.tables;
    const rows = await this.#context.database.query
      .select({ report: t, answer: a })
      .from(t)
      .leftJoin(a, and(eq(a.contestId, t.contestId), eq(a.questionId, t.questionId)))
      .where(and(eq(t.personId, row.personId), eq(t.roundId, row.roundId)));
    const versions = await this.#attempts.papers.versionsOf(paperOf(row.paper));
    const places = new Map(versions.map(({ questionId }, place) => [questionId, place]));
    const reports = rows.flatMap(({ report, answer }): MyReport[] => {
      const question = places.get(report.questionId);
      if (question === undefined) return [];
      const isAnswered = answer !== null && answer.answer !== '';
      return [
        {
          question,
          reason: reasonOf(report.reason),
          text: report.text,
          at: report.at,
          status: statusOf(answer ?? undefined),
          answer: isAnswered ? answer.answer : null,
          answeredAt: isAnswered ? answer.answeredAt : null,
        },
      ];
    });
    return { reports: reports.sort((x, y) => x.question - y.question) };
  }

  /** How many of one's reports were answered, by attempt. */
  async mine(personId: number): Promise<MyReportCounts> {
    const { questionReports: t, reportAnswers: a } = this.#context.database.tables;
    const rows = await this.#context.database.query
      .select({ attempt: t.attemptId, answer: a.answer })
      .from(t)
      .leftJoin(a, and(eq(a.contestId, t.contestId), eq(a.questionId, t.questionId)))
      .where(eq(t.personId, personId))
      .orderBy(desc(t.at))
      .limit(1000);
    const byAttempt = Map.groupBy(rows, ({ attempt }) => attempt);
    return {
      attempts: [...byAttempt].map(([attempt, own]) => ({
        attempt: attemptUid(this.#context.secrets, attempt),
        reports: own.length,
        answered: own.filter(({ answer }) => answer !== null && answer !== '').length,
      })),
    };
  }

  async answers(contestId: number, questionIds: readonly number[]): Promise<ReadonlyMap<number, AnswerRow>> {
    const { reportAnswers: a } = this.#context.database.tables;
    const rows = await this.#context.database.query
      .select()
      .from(a)
      .where(and(eq(a.contestId, contestId), inArray(a.questionId, [...questionIds, 0])));
    return new Map(rows.map((row) => [row.questionId, row]));
  }

  /** How many reports of a question came after a moment. */
  async since(contestId: number, questionId: number, at: number): Promise<number> {
    const { questionReports: t } = this.#context.database.tables;
    return this.#context.database.query.$count(
      t,
      and(eq(t.contestId, contestId), eq(t.questionId, questionId), gt(t.at, at)),
    );
  }
}
