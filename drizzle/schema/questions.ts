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
    (t) => [w.uniqueIndex('questions_uid').on(t.uid), w.uniqueIndex('questions_code').on(t.bankId, t.code)],
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
  return { banks, questions, questionVersions, questionKeys, questionComments };
}
