/**
 * Documents that questions rest on, their texts cut into sections, and which question cites which: laid beside the words of
 * the citation, never in their place.
 */
import type { Section } from '../../questions/documents/section.ts';
import type { Vocabulary } from '../vocabulary.ts';

/** A section without its text: what contents, addresses and citations need. */
export type SectionHead = Omit<Section, 'text'>;

export function defineDocuments(w: Vocabulary) {
  const documents = w.table(
    'documents',
    {
      id: w.key('id'),
      uid: w.text('uid').notNull(),
      /** Stands in the address of its page. */
      slug: w.text('slug').notNull(),
      /** "Nghị quyết", "Luật"; empty for what has none. */
      type: w.text('type').notNull(),
      /** "15-NQ/TW"; empty for what has none. */
      number: w.text('number').notNull(),
      title: w.text('title').notNull(),
      issuer: w.text('issuer').notNull(),
      /** Calendar days, "yyyy-mm-dd". */
      issuedOn: w.text('issued_on'),
      validFrom: w.text('valid_from'),
      /** The last day on which it holds. */
      validUntil: w.text('valid_until'),
      /** The document that took its place. */
      supersededById: w.int('superseded_by_id'),
      /** What else is to be said of its validity: parts that hold later, what is not sure. */
      note: w.text('note').notNull(),
      /** Where the text was taken from: an address or a publication. */
      source: w.text('source').notNull(),
      /** The text says what others report of the document, in other words. */
      isExcerpt: w.bool('is_excerpt').notNull(),
      /** Heads of the sections of the newest text, in its order. */
      outline: w.json('outline').$type<readonly SectionHead[]>().notNull(),
      /** Newest row of `document_texts`; 0: there is no text. */
      textVersion: w.int('text_version').notNull(),
      /** Counts up with every change: writers name the version that they saw. */
      version: w.int('version').notNull(),
      createdBy: w.int('created_by'),
      createdAt: w.int('created_at').notNull(),
      changedAt: w.int('changed_at').notNull(),
      archivedAt: w.int('archived_at'),
    },
    (t) => [w.uniqueIndex('documents_uid').on(t.uid), w.uniqueIndex('documents_slug').on(t.slug)],
  );
  /** Texts are never changed: a correction is a new version. */
  const documentTexts = w.table(
    'document_texts',
    {
      documentId: w.int('document_id').notNull(),
      version: w.int('version').notNull(),
      /** As somebody pasted and corrected it, a paragraph a line. */
      source: w.text('source').notNull(),
      sections: w.json('sections').$type<readonly Section[]>().notNull(),
      createdBy: w.int('created_by'),
      createdAt: w.int('created_at').notNull(),
      reason: w.text('reason'),
    },
    (t) => [w.primaryKey({ columns: [t.documentId, t.version] })],
  );
  /**
   * What the citation of a question's version leads to. A projection of citations, documents and fixes: made again from
   * them, so that no writer of questions needs to know of it. To filter questions: join on `current_version_id`.
   */
  const citationLinks = w.table(
    'citation_links',
    {
      versionId: w.key('version_id'),
      /** 0: there is no such document here; −1: the question cites nothing. */
      documentId: w.int('document_id').notNull(),
      /** Key of the section; empty: the whole document. */
      section: w.text('section').notNull(),
    },
    (t) => [w.index('citation_links_document').on(t.documentId, t.versionId)],
  );
  /** Where people said that a citation leads elsewhere than its words tell. */
  const citationFixes = w.table('citation_fixes', {
    /** Hash of the citation's document and section as written. */
    signature: w.text('signature').primaryKey(),
    document: w.text('document').notNull(),
    section: w.text('section').notNull(),
    /** 0: nowhere. */
    documentId: w.int('document_id').notNull(),
    sectionKey: w.text('section_key').notNull(),
    fixedBy: w.int('fixed_by'),
    fixedAt: w.int('fixed_at').notNull(),
  });
  /** Questions that somebody has looked at since their document ended. */
  const citationLooks = w.table(
    'citation_looks',
    {
      questionId: w.int('question_id').notNull(),
      documentId: w.int('document_id').notNull(),
      /** How the document had ended then ("until:2026-03-16", "by:12"): another end is looked at again. */
      cause: w.text('cause').notNull(),
      personId: w.int('person_id'),
      at: w.int('at').notNull(),
    },
    (t) => [
      w.primaryKey({ columns: [t.questionId, t.documentId, t.cause] }),
      w.index('citation_looks_person').on(t.personId),
    ],
  );
  /** How far somebody has come in practice: one small row a person. */
  const studyProgress = w.table('study_progress', {
    personId: w.key('person_id'),
    /** See `questions/practice/boxes.ts`. */
    progress: w.text('progress').notNull(),
    version: w.int('version').notNull(),
    changedAt: w.int('changed_at').notNull(),
  });
  return { documents, documentTexts, citationLinks, citationFixes, citationLooks, studyProgress };
}
