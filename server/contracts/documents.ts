/**
 * Documents (văn bản) that questions rest on: pages for everybody, a desk for those who keep them.
 *
 * GET    /api/documents                                DocumentList       public
 * GET    /api/documents/:document                      DocumentPage       public   (:document is the slug)
 * GET    /api/documents/:document/sections/:section    SectionPage        public   (:section is a key; "toan-van": all)
 *
 * GET    /api/desk/documents                           DeskDocumentList   editor, reviewer, organiser
 * POST   /api/desk/documents          CreateDocument → DeskDocument (201) editor
 * GET    /api/desk/documents/:document                 DeskDocument       editor, reviewer   (:document is the id)
 * PUT    /api/desk/documents/:document ChangeDocument → DeskDocument      editor
 * POST   /api/desk/documents/readings  ReadText       → TextReading       editor   (nothing is kept)
 * PUT    /api/desk/documents/:document/text KeepText  → DeskDocument      editor
 * GET    /api/desk/documents/:document/texts/:version → KeptText          editor, reviewer
 * GET    /api/desk/citations/match  MatchQuery        → CitationTarget    editor, reviewer
 * GET    /api/desk/citations        CitationQuery     → CitationList      editor, reviewer
 * PUT    /api/desk/citations        FixCitation       → CitationTarget    editor
 * GET    /api/desk/citations/reviews          ReviewQuery       → ReviewList        editor, reviewer
 * POST   /api/desk/citations/reviews          MarkReviewed      → MarkedReviewed    editor, reviewer
 */
import Type, { type Static } from 'typebox';
import { Bilingual } from './errors.ts';
import { ExpectedVersion, Moment, Reason, Slug, Uid } from './values.ts';

/** "yyyy-mm-dd". */
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const MaybeDay = Type.Union([Day, Type.Null()]);
export const SectionKey = Type.String({ pattern: '^[a-z0-9]+(?:[.-][a-z0-9]+)*$', maxLength: 190 });

export const DocumentState = Type.Union([
  Type.Literal('coming'),
  Type.Literal('holds'),
  Type.Literal('ended'),
  Type.Literal('replaced'),
]);
export type DocumentState = Static<typeof DocumentState>;

/** Enough to name a document and go to its page. */
export const DocumentName = Type.Object({
  slug: Slug,
  /** "Nghị quyết 15-NQ/TW", or the title where there is no number. */
  name: Type.String(),
});
export type DocumentName = Static<typeof DocumentName>;

const facts = {
  slug: Slug,
  name: Type.String(),
  type: Type.String(),
  number: Type.String(),
  title: Type.String(),
  issuer: Type.String(),
  issuedOn: MaybeDay,
  validFrom: MaybeDay,
  validUntil: MaybeDay,
  state: DocumentState,
  /** What stands in its place. */
  supersededBy: Type.Union([DocumentName, Type.Null()]),
};

export const DocumentCard = Type.Object({ ...facts, sections: Type.Integer() });
export type DocumentCard = Static<typeof DocumentCard>;

/** The newest first. */
export const DocumentList = Type.Object({ documents: Type.Array(DocumentCard) });
export type DocumentList = Static<typeof DocumentList>;

const SectionKind = Type.Union([
  Type.Literal('opening'),
  Type.Literal('attachment'),
  Type.Literal('appendix'),
  Type.Literal('letter'),
  Type.Literal('part'),
  Type.Literal('chapter'),
  Type.Literal('group'),
  Type.Literal('subgroup'),
  Type.Literal('article'),
  Type.Literal('roman'),
  Type.Literal('clause'),
  Type.Literal('decimal'),
  Type.Literal('point'),
  Type.Literal('heading'),
  Type.Literal('closing'),
]);

const head = {
  key: Type.String(),
  parent: Type.String(),
  depth: Type.Integer(),
  kind: SectionKind,
  label: Type.String(),
  title: Type.String(),
};
export const SectionHead = Type.Object(head);
export type SectionHead = Static<typeof SectionHead>;
export const SectionText = Type.Object({ ...head, text: Type.String() });
export type SectionText = Static<typeof SectionText>;

export const DocumentPage = Type.Object({
  ...facts,
  note: Type.String(),
  source: Type.String(),
  /** The text tells what others report of the document, in other words. */
  isExcerpt: Type.Boolean(),
  /** Documents whose place it took. */
  replaces: Type.Array(DocumentName),
  /** Contents: every section without its text, in the order of the document. */
  outline: Type.Array(SectionHead),
});
export type DocumentPage = Static<typeof DocumentPage>;

export const SlugAndSection = Type.Object({ document: Slug, section: SectionKey });
export const DocumentSlug = Type.Object({ document: Slug });

export const SectionPage = Type.Object({
  document: Type.Object({ ...facts, isExcerpt: Type.Boolean() }),
  /** As it is cited: "Điều 9, khoản 1"; empty for the whole text. */
  name: Type.String(),
  /** What stands around it, the widest first. */
  around: Type.Array(SectionHead),
  /** The section and everything inside it. */
  sections: Type.Array(SectionText),
  before: Type.Union([SectionHead, Type.Null()]),
  after: Type.Union([SectionHead, Type.Null()]),
});
export type SectionPage = Static<typeof SectionPage>;

/** Where a citation leads. */
export const CitationLink = Type.Object({
  ...DocumentName.properties,
  state: DocumentState,
  /** Key of the section; empty: the whole document. */
  section: Type.String(),
  /** "Điều 9, khoản 1"; empty: the whole document. */
  sectionName: Type.String(),
});
export type CitationLink = Static<typeof CitationLink>;

// The desk.

export const DocumentParams = Type.Object({ document: Uid });
export const TextParams = Type.Object({ document: Uid, version: Type.Integer({ minimum: 1 }) });

export const DeskDocumentRow = Type.Object({
  id: Uid,
  ...facts,
  sections: Type.Integer(),
  /** Questions that cite it, retired ones aside. */
  cited: Type.Integer(),
  /** Of those, how many nobody has looked at since the document ended. */
  toReview: Type.Integer(),
  archivedAt: Type.Union([Moment, Type.Null()]),
});
export type DeskDocumentRow = Static<typeof DeskDocumentRow>;

export const DeskDocumentList = Type.Object({
  documents: Type.Array(DeskDocumentRow),
  /** Questions whose citation leads to no document here. */
  unmatched: Type.Integer(),
});
export type DeskDocumentList = Static<typeof DeskDocumentList>;

const written = {
  type: Type.String({ maxLength: 80 }),
  number: Type.String({ maxLength: 80 }),
  title: Type.String({ minLength: 1, maxLength: 500 }),
  issuer: Type.String({ maxLength: 200 }),
  issuedOn: MaybeDay,
  validFrom: MaybeDay,
  validUntil: MaybeDay,
  /** Id of the document that stands in its place. */
  supersededBy: Type.Union([Uid, Type.Null()]),
  note: Type.String({ maxLength: 2000 }),
  source: Type.String({ maxLength: 1000 }),
  isExcerpt: Type.Boolean(),
};

export const CreateDocument = Type.Object({ slug: Slug, ...written }, { additionalProperties: false });
export type CreateDocument = Static<typeof CreateDocument>;

export const ChangeDocument = Type.Object(
  { expectedVersion: ExpectedVersion, reason: Reason, archived: Type.Optional(Type.Boolean()), ...written },
  { additionalProperties: false },
);
export type ChangeDocument = Static<typeof ChangeDocument>;

/** Longest text of a document, in UTF-16 units: the longest code of laws has 700,000. */
export const TEXT_MOST = 1_500_000;
/** Largest file, in bytes. */
export const FILE_MOST = 10_000_000;

export const ReadText = Type.Union([
  Type.Object({ text: Type.String({ maxLength: TEXT_MOST }) }, { additionalProperties: false }),
  /** A .docx as base64. */
  Type.Object(
    { file: Type.String({ maxLength: Math.ceil(FILE_MOST / 3) * 4 }) },
    { additionalProperties: false },
  ),
]);
export type ReadText = Static<typeof ReadText>;

/** Something to look at, at its place. */
export const TextRemark = Type.Object({
  ...Bilingual.properties,
  code: Type.String(),
  /** Line of the text, from 1; 0: about the file. */
  line: Type.Integer(),
  text: Type.String(),
  /** The line stands in no section. */
  isLeft: Type.Boolean(),
});
export type TextRemark = Static<typeof TextRemark>;

export const TextReading = Type.Object({
  /** As it was sent, or as it was found in the file. */
  text: Type.String(),
  sections: Type.Array(SectionText),
  remarks: Type.Array(TextRemark),
  /** How many there are in all. */
  remarkCount: Type.Integer(),
  /** Why the file ends early or cannot be read. */
  failure: Type.Union([Bilingual, Type.Null()]),
});
export type TextReading = Static<typeof TextReading>;

export const KeepText = Type.Object(
  {
    expectedVersion: ExpectedVersion,
    reason: Reason,
    text: Type.String({ maxLength: TEXT_MOST }),
  },
  { additionalProperties: false },
);
export type KeepText = Static<typeof KeepText>;

export const KeptText = Type.Object({ version: Type.Integer(), text: Type.String() });
export type KeptText = Static<typeof KeptText>;

export const DeskDocument = Type.Object({
  id: Uid,
  ...facts,
  /** Id of what stands in its place. */
  supersededById: Type.Union([Uid, Type.Null()]),
  note: Type.String(),
  source: Type.String(),
  isExcerpt: Type.Boolean(),
  version: Type.Integer(),
  archivedAt: Type.Union([Moment, Type.Null()]),
  outline: Type.Array(SectionHead),
  /** The newest text as it was written; empty: none. */
  text: Type.String(),
  cited: Type.Integer(),
  toReview: Type.Integer(),
  /** Texts, the newest first. */
  texts: Type.Array(
    Type.Object({
      version: Type.Integer(),
      at: Moment,
      by: Type.Union([Type.String(), Type.Null()]),
      reason: Type.String(),
    }),
  ),
});
export type DeskDocument = Static<typeof DeskDocument>;

const words = {
  document: Type.String({ maxLength: 500 }),
  section: Type.String({ maxLength: 500 }),
};
export const MatchQuery = Type.Object(words, { additionalProperties: false });
export type MatchQuery = Static<typeof MatchQuery>;

export const CitationTarget = Type.Object({
  /** Null: no document here. */
  link: Type.Union([CitationLink, Type.Null()]),
  /** Id of the document. */
  documentId: Type.Union([Uid, Type.Null()]),
  /** Somebody said so; the words alone may tell otherwise. */
  isFixed: Type.Boolean(),
  /** The section is not there; what stands around it is shown. */
  isNear: Type.Boolean(),
});
export type CitationTarget = Static<typeof CitationTarget>;

export const CitationQuery = Type.Object(
  {
    bank: Type.Optional(Uid),
    /** unmatched: no document; near: the section is missing; all. */
    show: Type.Optional(Type.Union([Type.Literal('unmatched'), Type.Literal('near'), Type.Literal('all')])),
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  { additionalProperties: false },
);
export type CitationQuery = Static<typeof CitationQuery>;

export const CitationRow = Type.Object({ ...words, questions: Type.Integer(), target: CitationTarget });
export type CitationRow = Static<typeof CitationRow>;
export const CitationList = Type.Object({ total: Type.Integer(), citations: Type.Array(CitationRow) });
export type CitationList = Static<typeof CitationList>;

export const FixCitation = Type.Object(
  {
    ...words,
    /** words: as its words tell; nowhere: to no document; else a document and maybe a section of it. */
    to: Type.Union([
      Type.Literal('words'),
      Type.Literal('nowhere'),
      Type.Object({ document: Uid, section: Type.Union([SectionKey, Type.Literal('')]) }),
    ]),
  },
  { additionalProperties: false },
);
export type FixCitation = Static<typeof FixCitation>;

export const ReviewQuery = Type.Object(
  {
    bank: Type.Optional(Uid),
    document: Type.Optional(Uid),
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  { additionalProperties: false },
);
export type ReviewQuery = Static<typeof ReviewQuery>;

export const ReviewRow = Type.Object({
  question: Uid,
  code: Type.String(),
  stem: Type.String(),
  status: Type.String(),
  bank: Type.Object({ id: Uid, title: Type.String() }),
  document: Type.Object({ id: Uid, ...DocumentName.properties, state: DocumentState }),
  supersededBy: Type.Union([DocumentName, Type.Null()]),
  sectionName: Type.String(),
});
export type ReviewRow = Static<typeof ReviewRow>;

export const ReviewList = Type.Object({
  total: Type.Integer(),
  questions: Type.Array(ReviewRow),
  /** Whatever is asked for: how many wait in each bank, and for each document. */
  banks: Type.Array(Type.Object({ id: Uid, title: Type.String(), count: Type.Integer() })),
  documents: Type.Array(Type.Object({ id: Uid, name: Type.String(), count: Type.Integer() })),
});
export type ReviewList = Static<typeof ReviewList>;

export const MarkReviewed = Type.Object(
  {
    document: Uid,
    questions: Type.Array(Uid, { minItems: 1, maxItems: 200 }),
    reason: Reason,
  },
  { additionalProperties: false },
);
export type MarkReviewed = Static<typeof MarkReviewed>;
export const MarkedReviewed = Type.Object({ marked: Type.Integer() });
export type MarkedReviewed = Static<typeof MarkedReviewed>;
