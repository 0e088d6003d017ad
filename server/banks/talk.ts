/** What editors and reviewers say about questions, what earlier versions said, and changes to many questions at once. */
import { and, asc, eq } from 'drizzle-orm';
import type { PersonalPart } from '../accounts/personal-data.ts';
import type { Context } from '../context.ts';
import type { BulkChange, Comments, VersionContent } from '../contracts/banks.ts';
import { ConflictError } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import { difficultyOf, type QuestionRow } from './question-row.ts';
import type { Authorship, BankRow, BankStore } from './store.ts';

type TalkContext = Pick<Context, 'database' | 'keys' | 'clock'>;

/** Comments of a question, the oldest first. */
export async function commentsOf(
  { database }: Pick<Context, 'database'>,
  questionId: number,
): Promise<Comments> {
  const { questionComments: t, people } = database.tables;
  const comments = await database.query
    .select({ by: people.name, at: t.at, version: t.version, text: t.text })
    .from(t)
    .leftJoin(people, eq(people.id, t.personId))
    .where(eq(t.questionId, questionId))
    .orderBy(asc(t.id));
  return { comments };
}

export async function addComment(
  context: TalkContext,
  question: QuestionRow,
  personId: number,
  text: string,
): Promise<void> {
  const { database, keys, clock } = context;
  const id = await keys.next('question_comments');
  const { id: questionId, version } = question;
  const row = { id, questionId, version, personId, at: clock.now(), text: text.trim().normalize('NFC') };
  await database.atomic([database.query.insert(database.tables.questionComments).values(row)]);
}

/** What a version said. Throws `notFound`. */
export async function versionOf(
  { database }: Pick<Context, 'database'>,
  questionId: number,
  version: number,
): Promise<VersionContent> {
  const { questionVersions: versions, questionKeys: keys } = database.tables;
  const [row] = await database.query
    .select()
    .from(versions)
    .innerJoin(keys, eq(keys.versionId, versions.id))
    .where(and(eq(versions.questionId, questionId), eq(versions.version, version)));
  if (row === undefined) throw new AppError('notFound');
  const { kind, prompt, topic, difficulty, tags, points } = row.question_versions;
  const { key, explanation, citation } = row.question_keys;
  return {
    version,
    kind,
    prompt,
    key,
    explanation,
    citation,
    topic,
    difficulty: difficultyOf(difficulty),
    tags: [...tags],
    points,
  };
}

/** All or nothing; gives how many were changed. Throws `notFound`, `conflict`. */
export async function changeMany(
  store: BankStore,
  bank: BankRow,
  change: BulkChange,
  author: Authorship,
): Promise<number> {
  const rows = await Promise.all(change.questions.map((uid) => store.question(uid)));
  if (rows.some(({ bankId }) => bankId !== bank.id)) throw new AppError('notFound');
  const edits = rows.flatMap((question) => edited(question, change));
  try {
    if (edits.length > 0) await store.edit(edits, author);
  } catch (error) {
    throw error instanceof ConflictError ? new AppError('conflict') : error;
  }
  return edits.length;
}

function edited(question: QuestionRow, { topic, difficulty, addTag, status }: BulkChange) {
  const { content } = question;
  const tags =
    addTag === undefined || content.tags.includes(addTag)
      ? content.tags
      : [...content.tags, addTag].slice(0, 20);
  const next = {
    ...content,
    topic: topic ?? content.topic,
    difficulty: difficulty ?? content.difficulty,
    tags,
  };
  const isSame =
    next.topic === content.topic && next.difficulty === content.difficulty && tags === content.tags;
  if (isSame && (status === undefined || status === question.status)) return [];
  return [
    {
      question,
      content: next,
      status: status ?? (question.status === 'approved' ? ('review' as const) : question.status),
    },
  ];
}

/** Comments belong to whoever wrote them; erased people leave what they said without their name. */
export function commentsPart({ database }: Pick<Context, 'database'>): PersonalPart {
  const { questionComments: t, bankStaff, questionReviews } = database.tables;
  return {
    name: 'comments',
    collect: async (personId) =>
      database.query.select({ at: t.at, text: t.text }).from(t).where(eq(t.personId, personId)),
    erase: (personId) => [
      database.query.update(t).set({ personId: null }).where(eq(t.personId, personId)),
      database.query.delete(bankStaff).where(eq(bankStaff.personId, personId)),
      database.query.delete(questionReviews).where(eq(questionReviews.reviewerId, personId)),
    ],
  };
}
