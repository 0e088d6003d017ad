/** What of documents leaves: pages for everybody, rows for the desk, links of citations. */
import type { Section } from '../../questions/documents/section.ts';
import type {
  CitationLink,
  CitationTarget,
  DeskDocument,
  DeskDocumentRow,
  DocumentCard,
  DocumentName,
  DocumentPage,
  SectionHead,
  SectionPage,
} from '../contracts/documents.ts';
import { type DocumentsNow, documentName, type KnownDocument, sectionName, type Target } from './shelf.ts';
import { stateOn } from './validity-rules.ts';

/** The section name that means the whole text. */
export const WHOLE = 'toan-van';

export function nameOf(document: KnownDocument): DocumentName {
  return { slug: document.slug, name: documentName(document) };
}

function factsOf(document: KnownDocument, documents: DocumentsNow, day: string) {
  const { slug, type, number, title, issuer, issuedOn, validFrom, validUntil } = document;
  const next = documents.byId(document.supersededById);
  return {
    slug,
    name: documentName(document),
    type,
    number,
    title,
    issuer,
    issuedOn,
    validFrom,
    validUntil,
    state: stateOn(document, day),
    supersededBy: next === null || next.archivedAt !== null ? null : nameOf(next),
  };
}

/** The newest first; those without a day last. */
export function presentList(documents: DocumentsNow, day: string): DocumentCard[] {
  return documents.all
    .filter(({ archivedAt }) => archivedAt === null)
    .toSorted((a, b) => newestFirst(a, b))
    .map((document) => ({ ...factsOf(document, documents, day), sections: document.outline.length }));
}

export function newestFirst(a: KnownDocument, b: KnownDocument): number {
  const [x, y] = [a.issuedOn ?? '', b.issuedOn ?? ''];
  return x === y ? a.id - b.id : x < y ? 1 : -1;
}

export function presentPage(document: KnownDocument, documents: DocumentsNow, day: string): DocumentPage {
  const { note, source, isExcerpt, outline } = document;
  const replaces = documents.all.filter(
    ({ supersededById, archivedAt }) => supersededById === document.id && archivedAt === null,
  );
  return {
    ...factsOf(document, documents, day),
    note,
    source,
    isExcerpt,
    replaces: replaces.map(nameOf),
    outline: [...outline],
  };
}

/** The section with all inside it, and its neighbours of the same level. Null: there is no such section. */
export function presentSection(
  document: KnownDocument,
  sections: readonly Section[],
  key: string,
  documents: DocumentsNow,
  day: string,
): SectionPage | null {
  const facts = { ...factsOf(document, documents, day), isExcerpt: document.isExcerpt };
  if (key === WHOLE)
    return { document: facts, name: '', around: [], sections: [...sections], before: null, after: null };
  const at = sections.findIndex((section) => section.key === key);
  const own = sections[at];
  if (own === undefined) return null;
  const end = sections.findIndex(({ depth }, i) => i > at && depth <= own.depth);
  const beside = sections.filter(({ depth, kind }) => depth === own.depth || kind === own.kind);
  const place = beside.indexOf(own);
  return {
    document: facts,
    name: sectionName(document, key) || own.title,
    around: around(own, sections),
    sections: sections.slice(at, end < 0 ? undefined : end),
    before: headOf(beside[place - 1]),
    after: headOf(beside[place + 1]),
  };
}

function around(own: Section, sections: readonly Section[]): SectionHead[] {
  const chain: SectionHead[] = [];
  for (let parent = own.parent; parent !== ''; ) {
    const section = sections.find(({ key }) => key === parent);
    const head = headOf(section);
    if (head === null) break;
    chain.unshift(head);
    parent = head.parent;
  }
  return chain;
}

function headOf(section: Section | undefined): SectionHead | null {
  if (section === undefined) return null;
  const { text: _text, ...head } = section;
  return head;
}

export function presentLink({ document, section }: Target, day: string): CitationLink {
  return {
    ...nameOf(document),
    state: stateOn(document, day),
    section,
    sectionName: sectionName(document, section),
  };
}

export function presentTarget(target: Target | null, isFixed: boolean, day: string): CitationTarget {
  return {
    link: target === null ? null : presentLink(target, day),
    documentId: target?.document.uid ?? null,
    isFixed,
    isNear: target?.isNear === true,
  };
}

export interface Counted {
  readonly cited: number;
  readonly toReview: number;
}

export function presentRow(
  document: KnownDocument,
  documents: DocumentsNow,
  counted: Counted,
  day: string,
): DeskDocumentRow {
  const { uid, outline, archivedAt } = document;
  return { id: uid, ...factsOf(document, documents, day), sections: outline.length, ...counted, archivedAt };
}

interface Written {
  readonly text: string;
  readonly texts: readonly {
    readonly version: number;
    readonly at: number;
    readonly by: string | null;
    readonly reason: string | null;
  }[];
}

export function presentDesk(
  document: KnownDocument,
  documents: DocumentsNow,
  { text, texts }: Written,
  counted: Counted,
  day: string,
): DeskDocument {
  const { uid, note, source, isExcerpt, version, archivedAt, outline, supersededById } = document;
  return {
    id: uid,
    ...factsOf(document, documents, day),
    supersededById: documents.byId(supersededById)?.uid ?? null,
    note,
    source,
    isExcerpt,
    version,
    archivedAt,
    outline: [...outline],
    text,
    ...counted,
    texts: texts.map((one) => ({ ...one, reason: one.reason ?? '' })),
  };
}
