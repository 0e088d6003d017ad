/** Questions that organisers may choose for a stage: approved ones of a bank, and those that were chosen before. Keys are not read. */
import { and, count, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import { fold } from '../../questions/vietnamese.ts';
import type { QuestionForLive, QuestionsForLive, QuestionsForLiveQuery } from '../contracts/live.ts';
import type { Database } from '../platform/database/door.ts';
import { stemText } from './questions.ts';

const PAGE = 30;
const NAMED_MOST = 200;

export async function questionsForLive(
  { query, tables }: Database,
  asked: QuestionsForLiveQuery,
): Promise<QuestionsForLive> {
  const { questions, questionVersions: versions, banks } = tables;
  const where = conditionOf(tables, asked);
  const isCurrent = eq(versions.id, questions.currentVersionId);
  const isOfBank = eq(banks.id, questions.bankId);
  const [counted] = await query
    .select({ total: count() })
    .from(questions)
    .innerJoin(versions, isCurrent)
    .innerJoin(banks, isOfBank)
    .where(where);
  const rows = await query
    .select({
      id: questions.uid,
      code: questions.code,
      kind: versions.kind,
      topic: versions.topic,
      difficulty: versions.difficulty,
      prompt: versions.prompt,
    })
    .from(questions)
    .innerJoin(versions, isCurrent)
    .innerJoin(banks, isOfBank)
    .where(where)
    .orderBy(questions.code)
    .limit(asked.ids === undefined ? (asked.limit ?? PAGE) : NAMED_MOST)
    .offset(asked.ids === undefined ? (asked.offset ?? 0) : 0);
  return { total: counted?.total ?? 0, questions: rows.map(presented) };
}

function conditionOf(
  tables: Database['tables'],
  { ids, bank, q, kinds }: QuestionsForLiveQuery,
): SQL | undefined {
  const { questions, questionVersions: versions, banks } = tables;
  if (ids !== undefined) return inArray(questions.uid, ids.split(',').slice(0, NAMED_MOST));
  const pattern = `%${fold(q ?? '').replace(/[\\%_]/g, '\\$&')}%`;
  return and(
    bank === undefined ? undefined : eq(banks.uid, bank),
    isNull(banks.archivedAt),
    eq(questions.status, 'approved'),
    q === undefined || q === '' ? undefined : sql`${versions.folded} like ${pattern} escape '\\'`,
    kinds === undefined || kinds === '' ? undefined : inArray(versions.kind, kinds.split(',')),
  );
}

function presented({
  prompt,
  ...row
}: Omit<QuestionForLive, 'stem'> & { readonly prompt: unknown }): QuestionForLive {
  return { ...row, stem: stemText(prompt) };
}
