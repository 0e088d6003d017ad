/** What editors and reviewers say about questions, and what earlier versions said. */
import { and, asc, eq } from 'drizzle-orm';
import type { PersonalPart } from '../accounts/personal-data.ts';
import type { Context } from '../context.ts';
import type { Comments, VersionContent } from '../contracts/banks.ts';
import { AppError } from '../platform/errors.ts';
import { difficultyOf, type QuestionRow } from './question-row.ts';

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
