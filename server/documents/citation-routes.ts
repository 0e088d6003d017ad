/** Doors between questions and documents: where citations lead, and questions to look at when a document has ended. */
import { eq, inArray } from 'drizzle-orm';
import {
  CitationList,
  CitationQuery,
  CitationTarget,
  FixCitation,
  MarkedReviewed,
  MarkReviewed,
  MatchQuery,
  ReviewList,
  ReviewQuery,
  type ReviewRow,
} from '../contracts/documents.ts';
import type { Http } from '../platform/http.ts';
import { fixCitation, writtenCitations } from './citations.ts';
import { authorOf, demandDocument } from './desk-routes.ts';
import type { DocumentsParts } from './parts.ts';
import { nameOf, presentTarget } from './presenter.ts';
import { markLooked, type Waiting, waitingForLook } from './reviews.ts';
import { documentName, sectionName } from './shelf.ts';
import { dayAt, stateOn } from './validity-rules.ts';

const tags = ['documents'];
const readers = { access: { roles: ['editor', 'reviewer'] } } as const;
const writers = { access: { roles: ['editor'] } } as const;
const PAGE = 50;

export function registerCitationDoors(http: Http, parts: DocumentsParts): void {
  registerCitations(http, parts);
  registerReviews(http, parts);
}

/** Id of a bank; null: no bank is named. −1: there is none of this uid. */
async function bankId({ context }: DocumentsParts, uid: string | undefined): Promise<number | null> {
  if (uid === undefined) return null;
  const { banks } = context.database.tables;
  const rows = await context.database.query.select({ id: banks.id }).from(banks).where(eq(banks.uid, uid));
  return rows[0]?.id ?? -1;
}

function registerCitations(http: Http, parts: DocumentsParts): void {
  const { context, shelf } = parts;
  const today = (): string => dayAt(context.clock.now());
  http.get(
    '/api/desk/citations/match',
    {
      config: readers,
      schema: {
        tags,
        summary: 'Where the words of a citation lead',
        querystring: MatchQuery,
        response: { 200: CitationTarget },
      },
    },
    async (request) => {
      const documents = await shelf.read();
      return presentTarget(documents.target(request.query), documents.isFixed(request.query), today());
    },
  );
  http.get(
    '/api/desk/citations',
    {
      config: readers,
      schema: {
        tags,
        summary: 'Citations as written, each once, with where they lead',
        querystring: CitationQuery,
        response: { 200: CitationList },
      },
    },
    async (request) => {
      const { bank, show = 'all', offset = 0, limit = PAGE } = request.query;
      const documents = await shelf.read();
      const all = await writtenCitations(context, documents, await bankId(parts, bank));
      const fitting = all.filter(({ target }) => {
        if (show === 'all') return true;
        return show === 'unmatched' ? target === null : target?.isNear === true;
      });
      const citations = fitting
        .slice(offset, offset + limit)
        .map(({ document, section, questions, target }) => {
          const isFixed = documents.isFixed({ document, section });
          return { document, section, questions, target: presentTarget(target, isFixed, today()) };
        });
      return { total: fitting.length, citations };
    },
  );
  http.put(
    '/api/desk/citations',
    {
      config: writers,
      schema: {
        tags,
        summary: 'Say where a citation leads, for every question that has it',
        body: FixCitation,
        response: { 200: CitationTarget },
      },
    },
    async (request) => {
      const { to, ...words } = request.body;
      const author = authorOf(request, context.clock.now(), null);
      if (to === 'words') await fixCitation(context, words, null, author);
      else if (to === 'nowhere') await fixCitation(context, words, { documentId: 0, sectionKey: '' }, author);
      else {
        const { id } = demandDocument(await shelf.read(), to.document);
        await fixCitation(context, words, { documentId: id, sectionKey: to.section }, author);
      }
      await parts.links.settle();
      const documents = await shelf.read();
      return presentTarget(documents.target(words), documents.isFixed(words), today());
    },
  );
}

function registerReviews(http: Http, parts: DocumentsParts): void {
  const { context, shelf } = parts;
  const today = (): string => dayAt(context.clock.now());
  http.get(
    '/api/desk/citations/reviews',
    {
      config: readers,
      schema: {
        tags,
        summary: 'Questions to look at, since their document was replaced or its time is over',
        querystring: ReviewQuery,
        response: { 200: ReviewList },
      },
    },
    async (request) => {
      const { bank, document, offset = 0, limit = PAGE } = request.query;
      const all = await waitingForLook(context, await shelf.read(), today());
      const inBank = await bankId(parts, bank);
      const fitting = all.filter(
        (one) =>
          (inBank === null || one.bankId === inBank) &&
          (document === undefined || one.document.uid === document),
      );
      return {
        total: fitting.length,
        questions: await rows(parts, fitting.slice(offset, offset + limit), today()),
        ...(await summary(parts, all)),
      };
    },
  );
  http.post(
    '/api/desk/citations/reviews',
    {
      config: readers,
      schema: {
        tags,
        summary: 'Somebody has looked at these questions of a document',
        body: MarkReviewed,
        response: { 200: MarkedReviewed },
      },
    },
    async (request) => {
      const { document: uid, questions, reason } = request.body;
      const document = demandDocument(await shelf.read(), uid);
      const author = authorOf(request, context.clock.now(), reason);
      return { marked: await markLooked(context, document, questions, today(), author) };
    },
  );
}

async function rows(
  { context, shelf }: DocumentsParts,
  waiting: readonly Waiting[],
  day: string,
): Promise<ReviewRow[]> {
  if (waiting.length === 0) return [];
  const documents = await shelf.read();
  const { questions, questionVersions: versions, banks } = context.database.tables;
  const found = await context.database.query
    .select({
      id: questions.id,
      uid: questions.uid,
      code: questions.code,
      status: questions.status,
      prompt: versions.prompt,
      bankUid: banks.uid,
      bankTitle: banks.title,
      currentVersionId: versions.id,
    })
    .from(questions)
    .innerJoin(versions, eq(versions.id, questions.currentVersionId))
    .innerJoin(banks, eq(banks.id, questions.bankId))
    .where(
      inArray(
        questions.id,
        waiting.map(({ questionId }) => questionId),
      ),
    );
  const byId = new Map(found.map((row) => [row.id, row]));
  return waiting.flatMap(({ questionId, document, section }) => {
    const row = byId.get(questionId);
    if (row === undefined) return [];
    const next = documents.byId(document.supersededById);
    return [
      {
        question: row.uid,
        code: row.code,
        stem: row.prompt.stem,
        status: row.status,
        bank: { id: row.bankUid, title: row.bankTitle },
        document: { id: document.uid, ...nameOf(document), state: stateOn(document, day) },
        supersededBy: next === null ? null : nameOf(next),
        sectionName: sectionName(document, section),
      },
    ];
  });
}

/** How many wait in each bank and for each document, the most first. */
async function summary({ context }: DocumentsParts, all: readonly Waiting[]) {
  const banks = new Map<number, number>();
  const documents = new Map<string, { readonly id: string; readonly name: string; count: number }>();
  for (const { bankId: bank, document } of all) {
    banks.set(bank, (banks.get(bank) ?? 0) + 1);
    const known = documents.get(document.uid);
    if (known === undefined)
      documents.set(document.uid, { id: document.uid, name: documentName(document), count: 1 });
    else known.count += 1;
  }
  const { banks: t } = context.database.tables;
  const titles = await context.database.query.select({ id: t.id, uid: t.uid, title: t.title }).from(t);
  return {
    banks: titles
      .flatMap(({ id, uid, title }) => {
        const count = banks.get(id) ?? 0;
        return count === 0 ? [] : [{ id: uid, title, count }];
      })
      .toSorted((a, b) => b.count - a.count),
    documents: [...documents.values()].toSorted((a, b) => b.count - a.count),
  };
}
