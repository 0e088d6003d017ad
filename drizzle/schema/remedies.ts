/** What organisers put right after people have answered: rulings over questions, annulled attempts, what people reported. */
import type { Json } from '../../questions/question.ts';
import type { RemedyDetails } from '../../server/contracts/remedies.ts';
import type { Vocabulary } from '../vocabulary.ts';

export function defineRemedies(w: Vocabulary) {
  /** One decision of an organiser, with its reason; never deleted, only reversed. */
  const remedies = w.table(
    'remedies',
    {
      id: w.key('id'),
      uid: w.text('uid').notNull(),
      contestId: w.int('contest_id').notNull(),
      /** key, also, full, void, annul, extend, outage. */
      kind: w.text('kind').notNull(),
      details: w.json('details').$type<RemedyDetails>().notNull(),
      reason: w.text('reason').notNull(),
      /** What the contest's page says about it; null: nothing. */
      notice: w.text('notice'),
      /** uid of who decided. */
      actor: w.text('actor').notNull(),
      at: w.int('at').notNull(),
      reversedAt: w.int('reversed_at'),
      reversedBy: w.text('reversed_by'),
      reverseReason: w.text('reverse_reason'),
    },
    (t) => [w.uniqueIndex('remedies_uid').on(t.uid), w.index('remedies_contest').on(t.contestId, t.at)],
  );
  /** How one question version is marked in one round, over what its key says; those of reversed remedies are withdrawn. */
  const rulings = w.table(
    'rulings',
    {
      remedyId: w.int('remedy_id').notNull(),
      roundId: w.int('round_id').notNull(),
      versionId: w.int('version_id').notNull(),
      /** key, also, full, void. */
      kind: w.text('kind').notNull(),
      key: w.json('key').$type<Json>(),
      withdrawn: w.bool('withdrawn').notNull(),
    },
    (t) => [w.primaryKey({ columns: [t.remedyId, t.roundId, t.versionId] })],
  );
  /** What a remedy annulled, and the state that each attempt had. */
  const annulments = w.table(
    'annulments',
    {
      remedyId: w.int('remedy_id').notNull(),
      attemptId: w.int('attempt_id').notNull(),
      stateBefore: w.int('state_before').notNull(),
      /** Whether the reversal has given it back. */
      restored: w.bool('restored').notNull(),
      /** When the remedy was decided, and until when its person may start another attempt, also after the round's close. */
      annulledAt: w.int('annulled_at').notNull(),
      grantUntil: w.int('grant_until'),
    },
    (t) => [
      w.primaryKey({ columns: [t.remedyId, t.attemptId] }),
      w.index('annulments_attempt').on(t.attemptId),
    ],
  );
  /** Work that follows from a remedy or its reversal, in small pieces: where it has come to is written with each piece. */
  const regrades = w.table(
    'regrades',
    {
      id: w.key('id'),
      remedyId: w.int('remedy_id').notNull(),
      /** 1 apply, 2 reverse. */
      direction: w.int('direction').notNull(),
      /** Every attempt up to this id is done. */
      cursor: w.int('cursor').notNull(),
      /** Attempts looked at, and those whose result got a version. */
      looked: w.int('looked').notNull(),
      changed: w.int('changed').notNull(),
      startedAt: w.int('started_at').notNull(),
      /** When a piece was last done: how other servers notice that the one at work is gone. */
      movedAt: w.int('moved_at').notNull(),
      /** Null while it goes on. */
      finishedAt: w.int('finished_at'),
    },
    (t) => [
      w.uniqueIndex('regrades_remedy').on(t.remedyId, t.direction),
      w.index('regrades_unfinished').on(t.finishedAt),
    ],
  );
  /** "This question is wrong": one a person, round and question. */
  const questionReports = w.table(
    'question_reports',
    {
      id: w.key('id'),
      contestId: w.int('contest_id').notNull(),
      roundId: w.int('round_id').notNull(),
      questionId: w.int('question_id').notNull(),
      versionId: w.int('version_id').notNull(),
      /** Null: their data were erased. */
      personId: w.int('person_id'),
      attemptId: w.int('attempt_id').notNull(),
      /** wrongKey, twoRight, unclear, outdated, typo, other. */
      reason: w.text('reason').notNull(),
      text: w.text('text').notNull(),
      at: w.int('at').notNull(),
    },
    (t) => [
      w.uniqueIndex('question_reports_person').on(t.personId, t.roundId, t.questionId),
      w.index('question_reports_question').on(t.contestId, t.questionId),
    ],
  );
  /** What the organisers say to all who reported a question of their contest. */
  const reportAnswers = w.table(
    'report_answers',
    {
      contestId: w.int('contest_id').notNull(),
      questionId: w.int('question_id').notNull(),
      /** open, looking, accepted, rejected. */
      status: w.text('status').notNull(),
      /** Shown to those who asked; empty: none yet. */
      answer: w.text('answer').notNull(),
      remedyId: w.int('remedy_id'),
      /** uid. */
      answeredBy: w.text('answered_by').notNull(),
      answeredAt: w.int('answered_at').notNull(),
      version: w.int('version').notNull(),
    },
    (t) => [w.primaryKey({ columns: [t.contestId, t.questionId] })],
  );
  return { remedies, rulings, annulments, regrades, questionReports, reportAnswers };
}
