/**
 * Keeps `citation_links` up: what the citation of every question's current version leads to. A projection, made in the
 * background in small pieces, after a nudge of a bank or of documents and once at the start; nobody waits for it.
 */
import { and, eq, isNull, ne, type SQL, sql } from 'drizzle-orm';
import type { Citation } from '../../questions/question.ts';
import type { Context } from '../context.ts';
import { compile } from '../platform/database/door.ts';
import type { DocumentShelf, DocumentsNow } from './shelf.ts';

type LinkContext = Pick<Context, 'database' | 'announcer' | 'log'>;

/** Nudges that come in this time are one. */
const GATHER_MS = 200;
const PIECE = 200;
const POLL_MS = 300_000;
/** In the place of a document: there is none here that the citation means; the question cites nothing. */
export const NO_DOCUMENT = 0;
const NO_CITATION = -1;

interface Row {
  readonly versionId: number;
  readonly citation: Citation | null;
  /** As it stands; null: nobody has looked yet. */
  readonly documentId: number | null;
  readonly section: string | null;
}

export class CitationLinks {
  readonly #context: LinkContext;
  readonly #shelf: DocumentShelf;
  readonly #stopListening: () => void;
  readonly #poll: NodeJS.Timeout;
  #timer: NodeJS.Timeout | null = null;
  #working: Promise<void> = Promise.resolve();
  /** Every link is to be looked at again, not the missing ones alone. */
  #all = true;
  #isClosed = false;

  constructor(context: LinkContext, shelf: DocumentShelf) {
    this.#context = context;
    this.#shelf = shelf;
    this.#stopListening = context.announcer.listen('bank:', () => this.#soon());
    shelf.onChange(() => {
      this.#all = true;
      this.#soon();
    });
    this.#poll = setInterval(() => this.#soon(), POLL_MS);
    this.#poll.unref();
  }

  /** After the port is open. */
  start(): void {
    this.#soon();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#poll);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#stopListening();
    await this.#working;
  }

  /** Resolves when every link is as it should be; who has just written waits for it. */
  async settle(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#run();
    await this.#working;
  }

  #soon(): void {
    if (this.#isClosed) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#run();
    }, GATHER_MS);
    this.#timer.unref();
  }

  #run(): void {
    this.#working = this.#working.then(async () => {
      const all = this.#all;
      this.#all = false;
      try {
        await this.#link(all);
      } catch (error) {
        this.#all ||= all;
        if (!this.#isClosed) this.#context.log.warn({ err: error }, 'citations not linked');
      }
    });
  }

  async #link(all: boolean): Promise<void> {
    const documents = await this.#shelf.read();
    const { questions, questionKeys: keys, citationLinks: links } = this.#context.database.tables;
    const where: SQL | undefined = all ? undefined : isNull(links.versionId);
    const query = this.#context.database.query
      .select({
        versionId: keys.versionId,
        citation: keys.citation,
        documentId: links.documentId,
        section: links.section,
      })
      .from(questions)
      .innerJoin(keys, eq(keys.versionId, questions.currentVersionId))
      .leftJoin(links, eq(links.versionId, keys.versionId))
      .where(and(ne(questions.status, 'retired'), where));
    for await (const rows of this.#context.database.scan(query, { chunk: PIECE })) {
      if (this.#isClosed) return;
      await this.#write(documents, rows.map(rowOf));
    }
  }

  async #write(documents: DocumentsNow, rows: readonly Row[]): Promise<void> {
    const { citationLinks: links } = this.#context.database.tables;
    const values = rows.flatMap(({ versionId, citation, documentId, section }) => {
      const target = citation === null ? null : documents.target(citation);
      const nowhere = citation === null ? NO_CITATION : NO_DOCUMENT;
      const wanted = { documentId: target?.document.id ?? nowhere, section: target?.section ?? '' };
      if (wanted.documentId === documentId && wanted.section === section) return [];
      return [{ versionId, ...wanted }];
    });
    if (values.length === 0) return;
    // One statement: on PostgreSQL nothing that is written meanwhile shows on a board before this has ended.
    const set = { documentId: sql`excluded.document_id`, section: sql`excluded.section` };
    const insert = this.#context.database.query
      .insert(links)
      .values(values)
      .onConflictDoUpdate({ target: links.versionId, set });
    await this.#context.database.atomic([compile(insert)], 'low');
  }
}

/** JSON comes out of a scan as the driver gives it: parsed (PostgreSQL) or as text (SQLite). */
function rowOf([versionId, citation, documentId, section]: readonly unknown[]): Row {
  return {
    versionId: Number(versionId),
    citation: citationOf(citation),
    documentId: documentId === null ? null : Number(documentId),
    section: section === null ? null : String(section),
  };
}

export function citationOf(value: unknown): Citation | null {
  const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  if (typeof parsed !== 'object' || parsed === null) return null;
  const text = (name: string): string => {
    const member: unknown = Reflect.get(parsed, name);
    return typeof member === 'string' ? member : '';
  };
  return {
    document: text('document'),
    section: text('section'),
    source: text('source'),
    validity: text('validity'),
  };
}
