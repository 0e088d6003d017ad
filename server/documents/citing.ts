/** Questions by the document that they cite, for whoever lists questions. */
import { and, eq, exists, type SQL } from 'drizzle-orm';
import type { Database } from '../platform/database/door.ts';

/** For a query over `questions`: the current version cites the document of this uid. */
export function citesDocument({ query, tables }: Pick<Database, 'query' | 'tables'>, uid: string): SQL {
  const { questions, citationLinks: links, documents } = tables;
  return exists(
    query
      .select({ id: links.versionId })
      .from(links)
      .innerJoin(documents, eq(documents.id, links.documentId))
      .where(and(eq(links.versionId, questions.currentVersionId), eq(documents.uid, uid))),
  );
}
