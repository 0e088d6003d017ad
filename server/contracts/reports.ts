/** "Báo lỗi câu hỏi": what people report about questions after their attempt, and what organisers answer. */
import Type, { type Static } from 'typebox';
import { ExpectedVersion, Moment, Nullable, Uid } from './values.ts';

export const ReportReason = Type.Union([
  Type.Literal('wrongKey'),
  Type.Literal('twoRight'),
  Type.Literal('unclear'),
  Type.Literal('outdated'),
  Type.Literal('typo'),
  Type.Literal('other'),
]);
export type ReportReason = Static<typeof ReportReason>;

export const ReportStatus = Type.Union([
  Type.Literal('open'),
  Type.Literal('looking'),
  Type.Literal('accepted'),
  Type.Literal('rejected'),
]);
export type ReportStatus = Static<typeof ReportStatus>;

export const ReportQuestion = Type.Object(
  {
    /** Place on the paper, from 0. */
    question: Type.Integer({ minimum: 0, maximum: 254 }),
    reason: ReportReason,
    text: Type.String({ maxLength: 1000 }),
  },
  { additionalProperties: false },
);
export type ReportQuestion = Static<typeof ReportQuestion>;

/** One's own report, with what the organisers said. */
export const MyReport = Type.Object({
  /** Place on the paper, from 0. */
  question: Type.Integer(),
  reason: ReportReason,
  text: Type.String(),
  at: Moment,
  status: ReportStatus,
  /** Null: none yet. */
  answer: Nullable(Type.String()),
  answeredAt: Nullable(Moment),
});
export type MyReport = Static<typeof MyReport>;
export const MyReports = Type.Object({ reports: Type.Array(MyReport) });
export type MyReports = Static<typeof MyReports>;

/** How many of one's reports were made and answered, by attempt. */
export const MyReportCounts = Type.Object({
  attempts: Type.Array(
    Type.Object({ attempt: Type.String(), reports: Type.Integer(), answered: Type.Integer() }),
  ),
});
export type MyReportCounts = Static<typeof MyReportCounts>;

export const ReportParams = Type.Object({
  contest: Type.String({ maxLength: 40 }),
  question: Type.String({ maxLength: 40 }),
});

/** A question that people reported; without its key. */
export const ReportedQuestion = Type.Object({
  question: Uid,
  /** The version that was reported last. */
  version: Type.Integer(),
  kind: Type.String(),
  stem: Type.String(),
  topic: Type.String(),
  count: Type.Integer(),
  reasons: Type.Array(Type.Object({ reason: ReportReason, count: Type.Integer() })),
  newestAt: Moment,
  /** uids of the rounds in which it was reported. */
  rounds: Type.Array(Uid),
  status: ReportStatus,
  answer: Type.String(),
  answeredAt: Nullable(Moment),
  /** Reported again since it was answered. */
  newer: Type.Integer(),
  /** uid of the remedy that came of it. */
  remedy: Nullable(Uid),
  /** 0 before the first answer. */
  answerVersion: Type.Integer(),
});
export type ReportedQuestion = Static<typeof ReportedQuestion>;
export const ReportQueue = Type.Object({ questions: Type.Array(ReportedQuestion) });
export type ReportQueue = Static<typeof ReportQueue>;

/** What people wrote about one question, the newest first. */
export const ReportTexts = Type.Object({
  reports: Type.Array(
    Type.Object({
      at: Moment,
      round: Type.String(),
      reason: ReportReason,
      text: Type.String(),
      name: Type.String(),
    }),
  ),
});
export type ReportTexts = Static<typeof ReportTexts>;

export const AnswerReports = Type.Object(
  {
    /** Of the answer that was seen; 0 where there was none. */
    expectedVersion: Type.Union([Type.Literal(0), ExpectedVersion]),
    status: ReportStatus,
    answer: Type.String({ maxLength: 2000 }),
    /** uid of the remedy that came of it. */
    remedy: Nullable(Uid),
  },
  { additionalProperties: false },
);
export type AnswerReports = Static<typeof AnswerReports>;
