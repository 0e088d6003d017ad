/** Citations as they are written in banks, each once, with where it leads; and people who say that it leads elsewhere. */
import { and, eq, ne } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { withAudit } from '../platform/audit.ts';
import { citationOf } from './linking.ts';
import { DOCUMENTS_TOPIC, type DocumentsNow, signatureOf, type Target } from './shelf.ts';
import { type Author, log } from './store.ts';

type CitationContext = Pick<Context, 'database' | 'announcer' | 'secrets' | 'clock'>;

/** What a citation says; more may be in it. */
export interface CitedWords {
  readonly document: string;
  readonly section: string;
}

export interface WrittenCitation extends CitedWords {
  readonly questions: number;
  readonly target: Target | null;
}

/** Every citation of questions that are not retired, the most used first; `bankId` null: of all banks. */
export async function writtenCitations(
  { database }: Pick<Context, 'database'>,
  documents: DocumentsNow,
  bankId: number | null,
): Promise<readonly WrittenCitation[]> {
  const { questions, questionKeys: keys } = database.tables;
  const query = database.query
    .select({ citation: keys.citation })
    .from(questions)
    .innerJoin(keys, eq(keys.versionId, questions.currentVersionId))
    .where(and(ne(questions.status, 'retired'), bankId === null ? undefined : eq(questions.bankId, bankId)));
  const counts = new Map<string, { readonly words: CitedWords; count: number }>();
  for await (const rows of database.scan(query, { chunk: 1000 })) {
    for (const [value] of rows) {
      const citation = citationOf(value);
      if (citation === null) continue;
      const { document, section } = citation;
      const name = `${document}\n${section}`;
      const known = counts.get(name);
      if (known === undefined) counts.set(name, { words: { document, section }, count: 1 });
      else known.count += 1;
    }
  }
  return [...counts.values()]
    .toSorted((a, b) => b.count - a.count || (a.words.document < b.words.document ? -1 : 1))
    .map(({ words, count }) => ({ ...words, questions: count, target: documents.target(words) }));
}

/** Where these words lead from now on; null: as the words tell. `documentId` 0: nowhere. */
export async function fixCitation(
  context: CitationContext,
  words: CitedWords,
  to: { readonly documentId: number; readonly sectionKey: string } | null,
  author: Author,
): Promise<void> {
  const { citationFixes: t } = context.database.tables;
  const signature = signatureOf(words);
  const { document, section } = words;
  const set = { ...to, documentId: to?.documentId ?? 0, sectionKey: to?.sectionKey ?? '' };
  const fixed = { ...set, fixedBy: author.by, fixedAt: author.at };
  const statement =
    to === null
      ? context.database.query.delete(t).where(eq(t.signature, signature))
      : context.database.query
          .insert(t)
          .values({ signature, document, section, ...fixed })
          .onConflictDoUpdate({ target: t.signature, set: fixed });
  await withAudit(
    context,
    {
      ...log(author),
      action: to === null ? 'citation.unfixed' : 'citation.fixed',
      subject: `citation:${signature}`,
      details: { document, section, ...set },
    },
    [statement],
  );
  context.announcer.announce(DOCUMENTS_TOPIC);
}
