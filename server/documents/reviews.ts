/**
 * Questions to look at because their document was replaced or its time is over, and that somebody has looked. A look holds
 * for the way in which the document had ended; when it ends in another way, its questions come back.
 */
import { and, eq, inArray, ne, or, type SQL } from 'drizzle-orm';
import type { PersonalPart } from '../accounts/personal-data.ts';
import type { Context } from '../context.ts';
import { withAudit } from '../platform/audit.ts';
import { AppError } from '../platform/errors.ts';
import type { DocumentsNow, KnownDocument } from './shelf.ts';
import { type Author, log } from './store.ts';
import { causeOn } from './validity-rules.ts';

type ReviewContext = Pick<Context, 'database' | 'secrets' | 'clock'>;

/** A question that waits for a look. */
export interface Waiting {
  readonly questionId: number;
  readonly bankId: number;
  readonly document: KnownDocument;
  readonly section: string;
}

/** Documents that have ended on `day`, with how. */
function ended(documents: DocumentsNow, day: string): ReadonlyMap<number, string> {
  const causes = documents.all.flatMap((document): [number, string][] => {
    const cause = document.archivedAt === null ? causeOn(document, day) : null;
    return cause === null ? [] : [[document.id, cause]];
  });
  return new Map(causes);
}

/** All that wait, by document; read outside the main thread. */
export async function waitingForLook(
  { database }: Pick<Context, 'database'>,
  documents: DocumentsNow,
  day: string,
): Promise<readonly Waiting[]> {
  const causes = ended(documents, day);
  if (causes.size === 0) return [];
  const looked = await looksAt(database, causes);
  const { questions, citationLinks: links } = database.tables;
  const query = database.query
    .select({
      id: questions.id,
      bankId: questions.bankId,
      documentId: links.documentId,
      section: links.section,
    })
    .from(links)
    .innerJoin(questions, eq(questions.currentVersionId, links.versionId))
    .where(and(ne(questions.status, 'retired'), inArray(links.documentId, [...causes.keys()])));
  const waiting: Waiting[] = [];
  for await (const rows of database.scan(query)) {
    for (const [id, bankId, documentId, section] of rows) {
      const document = documents.byId(Number(documentId));
      // Questions of an import that is not committed stand in no bank.
      if (document === null || Number(bankId) < 0 || looked.has(`${id} ${documentId}`)) continue;
      waiting.push({
        questionId: Number(id),
        bankId: Number(bankId),
        document,
        section: String(section),
      });
    }
  }
  return waiting;
}

async function looksAt(
  database: Context['database'],
  causes: ReadonlyMap<number, string>,
): Promise<ReadonlySet<string>> {
  const { citationLooks: t } = database.tables;
  const same: (SQL | undefined)[] = [...causes].map(([id, cause]) =>
    and(eq(t.documentId, id), eq(t.cause, cause)),
  );
  const found = new Set<string>();
  for (let from = 0; from < same.length; from += 100) {
    const query = database.query
      .select({ questionId: t.questionId, documentId: t.documentId })
      .from(t)
      .where(or(...same.slice(from, from + 100)));
    for await (const rows of database.scan(query))
      for (const [questionId, documentId] of rows) found.add(`${questionId} ${documentId}`);
  }
  return found;
}

/** Somebody has looked at these questions of a document. Twice is once. Gives how many are marked. Throws `notFound`, `documents.notEnded`. */
export async function markLooked(
  context: ReviewContext,
  document: KnownDocument,
  uids: readonly string[],
  day: string,
  author: Author,
): Promise<number> {
  const cause = causeOn(document, day);
  if (cause === null) throw new AppError('documents.notEnded');
  const { questions, citationLooks: t } = context.database.tables;
  const rows = await context.database.query
    .select({ id: questions.id })
    .from(questions)
    .where(inArray(questions.uid, [...uids]));
  if (rows.length !== new Set(uids).size) throw new AppError('notFound');
  const looks = rows.map(({ id }) => ({
    questionId: id,
    documentId: document.id,
    cause,
    personId: author.by,
    at: author.at,
  }));
  const details = { document: document.uid, cause, questions: uids.slice(0, 50), count: uids.length };
  await withAudit(
    context,
    { ...log(author), action: 'questions.looked', subject: `document:${document.uid}`, details },
    [context.database.query.insert(t).values(looks).onConflictDoNothing()],
  );
  return looks.length;
}

/** How many questions cite each document, retired ones aside; counted outside the main thread. */
export async function citedCounts({
  database,
}: Pick<Context, 'database'>): Promise<ReadonlyMap<number, number>> {
  const { questions, citationLinks: links } = database.tables;
  const query = database.query
    .select({ documentId: links.documentId, bankId: questions.bankId })
    .from(links)
    .innerJoin(questions, eq(questions.currentVersionId, links.versionId))
    .where(ne(questions.status, 'retired'));
  const counts = new Map<number, number>();
  for await (const rows of database.scan(query))
    for (const [id, bankId] of rows)
      if (Number(bankId) > 0) counts.set(Number(id), (counts.get(Number(id)) ?? 0) + 1);
  return counts;
}

/** Looks say who looked; erased people leave them without their name. */
export function looksPart({ database }: Pick<Context, 'database'>): PersonalPart {
  const { citationLooks: looks } = database.tables;
  return {
    name: 'citationLooks',
    collect: async (personId) =>
      database.query.select({ at: looks.at }).from(looks).where(eq(looks.personId, personId)),
    erase: (personId) => [
      database.query.update(looks).set({ personId: null }).where(eq(looks.personId, personId)),
    ],
  };
}
