/** Documents and their texts as rows. A text is never changed: a correction is a new version, and the log says why. */
import { and, desc, eq } from 'drizzle-orm';
import type { Section } from '../../questions/documents/section.ts';
import { cleanText } from '../../questions/vietnamese.ts';
import type { Context } from '../context.ts';
import type { CreateDocument } from '../contracts/documents.ts';
import { withAudit } from '../platform/audit.ts';
import { ConflictError, expecting } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import { uidAt } from '../platform/uid.ts';
import { DOCUMENTS_TOPIC, type KnownDocument } from './shelf.ts';

type StoreContext = Pick<Context, 'database' | 'keys' | 'announcer' | 'secrets' | 'clock'>;

/** Who writes, and when. `by` null: the product itself. */
export interface Author {
  readonly by: number | null;
  readonly actor: string;
  readonly address: string | null;
  readonly at: number;
  readonly reason: string | null;
}

/** What is said of a document, with the one in its place by its row. */
export type DocumentFacts = Omit<CreateDocument, 'slug' | 'supersededBy'> & {
  readonly supersededById: number | null;
};

export class DocumentStore {
  readonly #context: StoreContext;

  constructor(context: StoreContext) {
    this.#context = context;
  }

  get #tables() {
    return this.#context.database.tables;
  }

  get #query() {
    return this.#context.database.query;
  }

  /** Gives its uid. Throws `taken` when the address is in use. */
  async create(slug: string, facts: DocumentFacts, author: Author): Promise<string> {
    const uid = uidAt(author.at);
    const row = {
      id: await this.#context.keys.next('documents'),
      uid,
      slug,
      ...tidy(facts),
      outline: [],
      textVersion: 0,
      version: 1,
      createdBy: author.by,
      createdAt: author.at,
      changedAt: author.at,
      archivedAt: null,
    };
    const insert = this.#query.insert(this.#tables.documents).values(row);
    try {
      await withAudit(
        this.#context,
        { ...log(author), action: 'document.created', subject: `document:${uid}`, details: { slug } },
        [insert],
      );
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      const errors = [{ path: 'slug', vi: 'Địa chỉ này đã được dùng.', en: 'This address is in use.' }];
      throw new AppError('taken', { errors });
    }
    this.#announce();
    return uid;
  }

  /** Throws `ConflictError` when it is another version by now. */
  async change(
    document: Pick<KnownDocument, 'id' | 'uid' | 'archivedAt'>,
    expectedVersion: number,
    facts: DocumentFacts & { readonly archived?: boolean | undefined },
    author: Author,
  ): Promise<void> {
    const { archived, ...written } = facts;
    const archivedAt =
      archived === undefined ? document.archivedAt : archived ? (document.archivedAt ?? author.at) : null;
    const set = { ...tidy(written), archivedAt, version: expectedVersion + 1, changedAt: author.at };
    await withAudit(
      this.#context,
      {
        ...log(author),
        action: 'document.changed',
        subject: `document:${document.uid}`,
        details: {
          supersededById: facts.supersededById,
          validUntil: facts.validUntil,
          archived: archivedAt !== null,
        },
      },
      [this.#update(document.id, expectedVersion, set)],
    );
    this.#announce();
  }

  /** A new text. Throws `ConflictError` when the document is another version by now. */
  async keepText(
    document: Pick<KnownDocument, 'id' | 'uid' | 'textVersion'>,
    expectedVersion: number,
    text: { readonly source: string; readonly sections: readonly Section[] },
    author: Author,
  ): Promise<void> {
    const version = document.textVersion + 1;
    const outline = text.sections.map(({ text: _text, ...head }) => head);
    const set = { outline, textVersion: version, version: expectedVersion + 1, changedAt: author.at };
    await withAudit(
      this.#context,
      {
        ...log(author),
        action: 'document.text',
        subject: `document:${document.uid}`,
        details: { text: version, sections: text.sections.length },
      },
      [
        this.#update(document.id, expectedVersion, set),
        this.#query.insert(this.#tables.documentTexts).values({
          documentId: document.id,
          version,
          source: text.source,
          sections: text.sections,
          createdBy: author.by,
          createdAt: author.at,
          reason: author.reason,
        }),
      ],
    );
    this.#announce();
  }

  #update(id: number, expectedVersion: number, set: object) {
    const { documents } = this.#tables;
    const unchanged = and(eq(documents.id, id), eq(documents.version, expectedVersion));
    return expecting(1, this.#query.update(documents).set(set).where(unchanged));
  }

  /** Sections of a text with their texts. Throws `notFound`. */
  async sections(documentId: number, version: number): Promise<readonly Section[]> {
    return (await this.#text(documentId, version)).sections;
  }

  /** A text as it was written. Throws `notFound`. */
  async source(documentId: number, version: number): Promise<string> {
    return (await this.#text(documentId, version)).source;
  }

  async #text(documentId: number, version: number) {
    const { documentTexts: t } = this.#tables;
    const [row] = await this.#query
      .select({ source: t.source, sections: t.sections })
      .from(t)
      .where(and(eq(t.documentId, documentId), eq(t.version, version)));
    if (row === undefined) throw new AppError('notFound');
    return row;
  }

  /** Versions of the text, the newest first, with who wrote them. */
  async texts(documentId: number) {
    const { documentTexts: t, people } = this.#tables;
    return this.#query
      .select({ version: t.version, at: t.createdAt, by: people.name, reason: t.reason })
      .from(t)
      .leftJoin(people, eq(people.id, t.createdBy))
      .where(eq(t.documentId, documentId))
      .orderBy(desc(t.version));
  }

  #announce(): void {
    this.#context.announcer.announce(DOCUMENTS_TOPIC);
  }
}

/** What the log says of whoever wrote. */
export function log({ actor, address, reason }: Author) {
  return { actor, address, reason };
}

function tidy(facts: DocumentFacts): DocumentFacts {
  return {
    ...facts,
    type: cleanText(facts.type),
    number: cleanText(facts.number),
    title: cleanText(facts.title),
    issuer: cleanText(facts.issuer),
    note: facts.note.trim().normalize('NFC'),
    source: cleanText(facts.source),
  };
}
