/** Whether anything points at what an import wrote: papers, live sessions, rounds that set questions aside, later corrections. */
import { and, eq, gte, inArray, ne } from 'drizzle-orm';
import { paperOf } from '../../attempts/papers.ts';
import type { Context } from '../../context.ts';
import type { ImportRow } from './store.ts';

export type Use = 'edited' | 'asked' | 'planned';

const PIECE = 500;

/** Null: nothing uses it. */
export async function useOf(
  { database }: Pick<Context, 'database'>,
  { id, committedAt }: ImportRow,
): Promise<Use | null> {
  const { importQuestions: links, questions } = database.tables;
  const [edited] = await database.query
    .select({ id: links.questionId })
    .from(links)
    .innerJoin(questions, eq(questions.id, links.questionId))
    .where(and(eq(links.importId, id), ne(questions.currentVersionId, links.versionId)))
    .limit(1);
  if (edited !== undefined) return 'edited';
  const versions = new Set<number>();
  const own = new Set<number>();
  const written = database.query
    .select({ questionId: links.questionId, versionId: links.versionId })
    .from(links)
    .where(eq(links.importId, id));
  for await (const rows of database.scan(written)) {
    for (const [questionId, versionId] of rows) {
      own.add(Number(questionId));
      versions.add(Number(versionId));
    }
  }
  if (await isPlanned(database, own)) return 'planned';
  return (await isAsked(database, versions, committedAt ?? 0)) ? 'asked' : null;
}

async function isPlanned(database: Context['database'], own: ReadonlySet<number>): Promise<boolean> {
  const { rounds } = database.tables;
  for await (const rows of database.scan(database.query.select({ share: rounds.share }).from(rounds))) {
    for (const [share] of rows) {
      const ids: unknown = typeof share === 'string' ? JSON.parse(share) : share;
      if (Array.isArray(ids) && ids.some((id) => own.has(Number(id)))) return true;
    }
  }
  return false;
}

async function isAsked(
  database: Context['database'],
  versions: ReadonlySet<number>,
  since: number,
): Promise<boolean> {
  const { attempts, liveAskings } = database.tables;
  const ids = [...versions];
  for (let from = 0; from < ids.length; from += PIECE) {
    const [asked] = await database.query
      .select({ id: liveAskings.id })
      .from(liveAskings)
      .where(inArray(liveAskings.versionId, ids.slice(from, from + PIECE)))
      .limit(1);
    if (asked !== undefined) return true;
  }
  const papers = database.query
    .select({ paper: attempts.paper })
    .from(attempts)
    .where(gte(attempts.startedAt, since));
  for await (const rows of database.scan(papers, { chunk: 500 })) {
    for (const [paper] of rows) {
      const { questions } = paperOf(String(paper));
      if (questions.some(({ versionId }) => versions.has(versionId))) return true;
    }
  }
  return false;
}
