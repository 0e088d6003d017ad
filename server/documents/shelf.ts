/**
 * All documents in memory, without their texts: what pages list, and what citations are looked up in. A projection of
 * rows: read when it is first needed, again when a nudge says that something changed, and slowly in case one was lost.
 */
import { createHash } from 'node:crypto';
import type { SectionHead } from '../../drizzle/schema/documents.ts';
import { findSection } from '../../questions/documents/references.ts';
import { fullName } from '../../questions/documents/section.ts';
import { cleanText } from '../../questions/vietnamese.ts';
import type { Context } from '../context.ts';
import { documentOf, type Shelf, shelfOf } from './citation-rules.ts';

/** A document without its text. */
export interface KnownDocument {
  readonly id: number;
  readonly uid: string;
  readonly slug: string;
  readonly type: string;
  readonly number: string;
  readonly title: string;
  readonly issuer: string;
  readonly issuedOn: string | null;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  readonly supersededById: number | null;
  readonly note: string;
  readonly source: string;
  readonly isExcerpt: boolean;
  readonly outline: readonly SectionHead[];
  readonly textVersion: number;
  readonly version: number;
  readonly archivedAt: number | null;
}

/** Where the words of a citation lead. */
export interface Target {
  readonly document: KnownDocument;
  /** Key of the section; empty: the whole document. */
  readonly section: string;
  readonly isNear: boolean;
  readonly isFixed: boolean;
}

interface Fix {
  readonly documentId: number;
  readonly sectionKey: string;
}

/** Nudge: documents or fixes changed. */
export const DOCUMENTS_TOPIC = 'documents';
const POLL_MS = 60_000;
/** Different citations that are remembered. */
const REMEMBERED_MOST = 20_000;

type Words = { readonly document: string; readonly section: string };

/** Names what a citation says, for fixes. */
export function signatureOf({ document, section }: Words): string {
  const words = `${cleanText(document)}\n${cleanText(section)}`;
  return createHash('sha256').update(words).digest('base64url').slice(0, 32);
}

interface Reading {
  readonly documents: readonly KnownDocument[];
  readonly byId: ReadonlyMap<number, KnownDocument>;
  readonly bySlug: ReadonlyMap<string, KnownDocument>;
  readonly shelf: Shelf<KnownDocument>;
  readonly fixes: ReadonlyMap<string, Fix>;
  /** What citations led to already. */
  readonly targets: Map<string, Target | null>;
}

export class DocumentShelf {
  readonly #context: Pick<Context, 'database' | 'announcer' | 'log'>;
  readonly #stopListening: () => void;
  readonly #poll: NodeJS.Timeout;
  #reading: Promise<Reading> | null = null;
  #changed: () => void = () => undefined;

  constructor(context: Pick<Context, 'database' | 'announcer' | 'log'>) {
    this.#context = context;
    this.#stopListening = context.announcer.listen(DOCUMENTS_TOPIC, () => {
      this.#reading = null;
      this.#changed();
    });
    this.#poll = setInterval(() => {
      this.#reading = null;
    }, POLL_MS);
    this.#poll.unref();
  }

  close(): void {
    clearInterval(this.#poll);
    this.#stopListening();
  }

  /** Calls `changed` after each nudge. */
  onChange(changed: () => void): void {
    this.#changed = changed;
  }

  /** Everything as it stands; asks once while many wait. */
  read(): Promise<DocumentsNow> {
    const reading = this.#reading ?? this.#fetch();
    this.#reading = reading;
    // A failure is not remembered.
    reading.catch(() => {
      if (this.#reading === reading) this.#reading = null;
    });
    return reading.then((found) => new DocumentsNow(found));
  }

  async #fetch(): Promise<Reading> {
    const { query, tables } = this.#context.database;
    const { documents: t, citationFixes: f } = tables;
    const rows = await query
      .select({
        id: t.id,
        uid: t.uid,
        slug: t.slug,
        type: t.type,
        number: t.number,
        title: t.title,
        issuer: t.issuer,
        issuedOn: t.issuedOn,
        validFrom: t.validFrom,
        validUntil: t.validUntil,
        supersededById: t.supersededById,
        note: t.note,
        source: t.source,
        isExcerpt: t.isExcerpt,
        outline: t.outline,
        textVersion: t.textVersion,
        version: t.version,
        archivedAt: t.archivedAt,
      })
      .from(t)
      .orderBy(t.id);
    const fixes = await query
      .select({ signature: f.signature, documentId: f.documentId, sectionKey: f.sectionKey })
      .from(f);
    return {
      documents: rows,
      byId: new Map(rows.map((row) => [row.id, row])),
      bySlug: new Map(rows.map((row) => [row.slug, row])),
      shelf: shelfOf(rows.filter(({ archivedAt }) => archivedAt === null)),
      fixes: new Map(fixes.map(({ signature, ...fix }) => [signature, fix])),
      targets: new Map(),
    };
  }
}

/** What the shelf held when it was read. */
export class DocumentsNow {
  readonly #reading: Reading;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  get all(): readonly KnownDocument[] {
    return this.#reading.documents;
  }

  byId(id: number | null): KnownDocument | null {
    return id === null ? null : (this.#reading.byId.get(id) ?? null);
  }

  byUid(uid: string): KnownDocument | null {
    return this.#reading.documents.find((document) => document.uid === uid) ?? null;
  }

  bySlug(slug: string): KnownDocument | null {
    return this.#reading.bySlug.get(slug) ?? null;
  }

  /** Where a citation leads; null: nowhere here. */
  target(words: Words): Target | null {
    const { targets } = this.#reading;
    const key = `${words.document}\n${words.section}`;
    const known = targets.get(key);
    if (known !== undefined) return known;
    const target = this.#find(words);
    if (targets.size < REMEMBERED_MOST) targets.set(key, target);
    return target;
  }

  #find(words: Words): Target | null {
    const fix = this.#reading.fixes.get(signatureOf(words));
    if (fix !== undefined) {
      const document = this.byId(fix.documentId);
      const isThere = document?.outline.some(({ key }) => key === fix.sectionKey) === true;
      if (document === null || document.archivedAt !== null) return null;
      const isNear = fix.sectionKey !== '' && !isThere;
      return { document, section: isThere ? fix.sectionKey : '', isNear, isFixed: true };
    }
    const document = documentOf(words.document, this.#reading.shelf);
    if (document === null) return null;
    const found = words.section === '' ? null : findSection(words.section, document.outline);
    const isNear = words.section !== '' && found?.isExact !== true && document.outline.length > 0;
    return { document, section: found?.key ?? '', isNear, isFixed: false };
  }

  /** Whether somebody said where these words lead. */
  isFixed(words: Words): boolean {
    return this.#reading.fixes.has(signatureOf(words));
  }
}

/** "Điều 9, khoản 1"; empty for the whole document. */
export function sectionName({ outline }: Pick<KnownDocument, 'outline'>, key: string): string {
  return key === '' ? '' : fullName(key, new Map(outline.map((section) => [section.key, section])));
}

/** "Nghị quyết 15-NQ/TW"; the title where there is no number. */
export function documentName({
  type,
  number,
  title,
}: Pick<KnownDocument, 'type' | 'number' | 'title'>): string {
  if (number === '') return title;
  return type === '' ? number : `${type} ${number}`;
}
