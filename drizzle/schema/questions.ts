/** Banks, questions and their versions. Keys stand in a table of their own: what reads questions to show them cannot read them. */
import type { Citation, Json } from '../../questions/question.ts';
import type { Vocabulary } from '../vocabulary.ts';

export function defineQuestions(w: Vocabulary) {
  const banks = w.table(
    'banks',
    {
      id: w.key('id'),
      uid: w.text('uid').notNull(),
      slug: w.text('slug').notNull(),
      title: w.text('title').notNull(),
      description: w.text('description').notNull(),
      licence: w.text('licence').notNull(),
      /** Came with the product: its keys are public. */
      shipped: w.bool('shipped').notNull(),
      /** Open for practice: its keys are shown to everybody. */
      practice: w.bool('practice').notNull(),
      createdBy: w.int('created_by'),
      createdAt: w.int('created_at').notNull(),
      archivedAt: w.int('archived_at'),
    },
    (t) => [w.uniqueIndex('banks_uid').on(t.uid), w.uniqueIndex('banks_slug').on(t.slug)],
  );
  const questions = w.table(
    'questions',
    {
      id: w.key('id'),
      uid: w.text('uid').notNull(),
      bankId: w.int('bank_id').notNull(),
      code: w.text('code').notNull(),
      /** draft, review, approved, retired. */
      status: w.text('status').notNull(),
      currentVersionId: w.int('current_version_id').notNull(),
      createdAt: w.int('created_at').notNull(),
    },
    (t) => [
      w.uniqueIndex('questions_uid').on(t.uid),
      w.uniqueIndex('questions_code').on(t.bankId, t.code),
      w.index('questions_status').on(t.bankId, t.status),
    ],
  );
  /** Who works on which bank, and as what. A bank without rows is the house's: open to all editors and reviewers. */
  const bankStaff = w.table(
    'bank_staff',
    {
      bankId: w.int('bank_id').notNull(),
      personId: w.int('person_id').notNull(),
      /** owner, editor, reviewer; somebody may be several. */
      duty: w.text('duty').notNull(),
      addedAt: w.int('added_at').notNull(),
    },
    (t) => [
      w.primaryKey({ columns: [t.bankId, t.personId, t.duty] }),
      w.index('bank_staff_person').on(t.personId),
    ],
  );
  /** Who is asked to review a question that waits, and by when; gone once somebody decided. */
  const questionReviews = w.table(
    'question_reviews',
    {
      questionId: w.key('question_id'),
      reviewerId: w.int('reviewer_id').notNull(),
      /** Null: whenever. */
      dueAt: w.int('due_at'),
      askedBy: w.int('asked_by'),
      askedAt: w.int('asked_at').notNull(),
    },
    (t) => [w.index('question_reviews_reviewer').on(t.reviewerId, t.dueAt)],
  );
  /** Where a question was asked, and what came of it: counted from attempts now and then, and can be counted again. */
  const questionUses = w.table(
    'question_uses',
    {
      questionId: w.int('question_id').notNull(),
      roundId: w.int('round_id').notNull(),
      /** Attempts that asked it. */
      asked: w.int('asked').notNull(),
      /** Thousandths of its marks that were earned on average. */
      facility: w.int('facility').notNull(),
      /** How many things its figures warn of. */
      flags: w.int('flags').notNull(),
    },
    (t) => [
      w.primaryKey({ columns: [t.questionId, t.roundId] }),
      w.index('question_uses_round').on(t.roundId),
    ],
  );
  /** Pictures that were put into a bank's library; which questions show them is read from the questions. */
  const bankMedia = w.table(
    'bank_media',
    {
      bankId: w.int('bank_id').notNull(),
      mediaId: w.text('media_id').notNull(),
      name: w.text('name').notNull(),
      addedAt: w.int('added_at').notNull(),
    },
    (t) => [w.primaryKey({ columns: [t.bankId, t.mediaId] })],
  );
  /** Never changed after it was written; a paper points here. */
  const questionVersions = w.table(
    'question_versions',
    {
      id: w.key('id'),
      questionId: w.int('question_id').notNull(),
      version: w.int('version').notNull(),
      kind: w.text('kind').notNull(),
      prompt: w.json('prompt').$type<Json & { readonly stem: string }>().notNull(),
      topic: w.text('topic').notNull(),
      difficulty: w.int('difficulty').notNull(),
      tags: w.json('tags').$type<readonly string[]>().notNull(),
      /** Hundredths of a mark. */
      points: w.int('points').notNull(),
      /** Folded stem, for search. */
      folded: w.ordered('folded').notNull(),
      /** Equal for questions that ask the same, see `questions/formats/duplicates.ts`. */
      likeness: w.text('likeness').notNull(),
      createdBy: w.int('created_by'),
      createdAt: w.int('created_at').notNull(),
      reason: w.text('reason'),
    },
    (t) => [
      w.uniqueIndex('question_versions_number').on(t.questionId, t.version),
      w.index('question_versions_likeness').on(t.likeness),
    ],
  );
  /** Secret until release. Read by grading and by the review after release alone. */
  const questionKeys = w.table('question_keys', {
    versionId: w.key('version_id'),
    key: w.json('key').$type<Json>(),
    explanation: w.text('explanation').notNull(),
    citation: w.json('citation').$type<Citation>(),
  });
  /** What editors and reviewers say to each other about a version. */
  const questionComments = w.table(
    'question_comments',
    {
      id: w.key('id'),
      questionId: w.int('question_id').notNull(),
      version: w.int('version').notNull(),
      /** Null: the writer's data were erased. */
      personId: w.int('person_id'),
      at: w.int('at').notNull(),
      text: w.text('text').notNull(),
    },
    (t) => [
      w.index('question_comments_question').on(t.questionId),
      w.index('question_comments_person').on(t.personId),
    ],
  );
  return {
    banks,
    questions,
    bankStaff,
    questionReviews,
    questionUses,
    bankMedia,
    questionVersions,
    questionKeys,
    questionComments,
  };
}
