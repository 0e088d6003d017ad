/**
 * Banks and questions at the desk. Nothing here is for citizens: a question at these doors comes with its key.
 *
 * GET    /api/desk/banks                              BankList        organiser, editor, reviewer
 * POST   /api/desk/banks                CreateBank   → BankSummary    editor
 * PUT    /api/desk/banks/:bank          ChangeBank   → BankSummary    editor
 * GET    /api/desk/banks/:bank/counts                 BankCounts      organiser, editor, reviewer (no keys)
 * GET    /api/desk/banks/:bank/questions  QuestionQuery → QuestionList  editor, reviewer
 * POST   /api/desk/banks/:bank/questions  CreateQuestion → QuestionForEditor (201)  editor
 * GET    /api/desk/questions/:question                QuestionForEditor  editor, reviewer
 * PUT    /api/desk/questions/:question    EditQuestion → QuestionForEditor  editor
 * PUT    /api/desk/questions/:question/status  ChangeStatus → QuestionForEditor
 *        editor: draft, review, retired; reviewer: also approved, but nobody their own
 * GET    /api/desk/questions/:question/versions/:version → VersionContent  editor, reviewer
 * GET    /api/desk/questions/:question/comments           Comments         editor, reviewer
 * POST   /api/desk/questions/:question/comments AddComment → Comments      editor, reviewer
 * POST   /api/desk/banks/:bank/questions/bulk BulkChange → BulkChanged     who writes; approving: who approves
 * POST   /api/desk/banks/:bank/questions/undo UndoBulk → BulkChanged       whoever did it, within the hour
 * GET    /api/desk/banks/:bank/questions/ids  QuestionQuery → QuestionIds  who reads
 * GET    /api/desk/banks/:bank/facets                 BankFacets      who reads
 * GET    /api/desk/banks/:bank/people, candidates, reviewers; POST people; DELETE people/:person/:duty   its owners
 * PUT    /api/desk/questions/:question/review  AskReview → QuestionForEditor  who writes or approves
 * GET    /api/desk/reviews                            MyReviews       reviewer
 * GET    /api/desk/banks/:bank/media                  BankMedia       who reads; POST, replace, DELETE: who writes
 * GET    /api/desk/banks/:bank/demands                BankDemands     who reads
 * GET    /api/desk/banks/:bank/sheet.pdf, sheet.docx  questions, keys and citations to sign   who reads
 */
import Type, { type Static } from 'typebox';
import { AnyJson, Difficulty, ExpectedVersion, Moment, Slug, Uid } from './values.ts';

export const BankParams = Type.Object({ bank: Uid });
export const QuestionParams = Type.Object({ question: Uid });

/** draft: being written; review: waits for a reviewer; approved: may be drawn; retired: never drawn again, kept for results. */
export const QuestionStatus = Type.Union([
  Type.Literal('draft'),
  Type.Literal('review'),
  Type.Literal('approved'),
  Type.Literal('retired'),
]);
export type QuestionStatus = Static<typeof QuestionStatus>;

/** What somebody is in a bank. */
export const BankDuty = Type.Union([Type.Literal('owner'), Type.Literal('editor'), Type.Literal('reviewer')]);
export type BankDuty = Static<typeof BankDuty>;

/** What somebody may do with a bank; settle: title, practice, putting it away; own: its people. */
export const BankRights = Type.Object({
  read: Type.Boolean(),
  write: Type.Boolean(),
  approve: Type.Boolean(),
  settle: Type.Boolean(),
  own: Type.Boolean(),
});
export type BankRights = Static<typeof BankRights>;

export const BankPerson = Type.Object({
  id: Uid,
  name: Type.String(),
  duties: Type.Array(BankDuty),
});
export type BankPerson = Static<typeof BankPerson>;

/** Nobody: the bank is the house's, open to every editor and reviewer. */
export const BankPeople = Type.Object({ people: Type.Array(BankPerson) });
export type BankPeople = Static<typeof BankPeople>;

export const GiveDuty = Type.Object({ person: Uid, duty: BankDuty }, { additionalProperties: false });
export const DutyParams = Type.Object({ bank: Uid, person: Uid, duty: BankDuty });
export const CandidateQuery = Type.Object(
  { q: Type.Optional(Type.String({ maxLength: 120 })) },
  { additionalProperties: false },
);
export const Candidates = Type.Object({
  people: Type.Array(Type.Object({ id: Uid, name: Type.String() })),
});
export type Candidates = Static<typeof Candidates>;

export const BankSummary = Type.Object({
  id: Uid,
  slug: Slug,
  title: Type.String(),
  description: Type.String(),
  licence: Type.String(),
  /** Came with the product: its keys are public. */
  shipped: Type.Boolean(),
  /** Open for practice: its keys are shown to everybody. */
  practice: Type.Boolean(),
  archivedAt: Type.Union([Moment, Type.Null()]),
  /** Questions by status. */
  counts: Type.Object({
    draft: Type.Integer(),
    review: Type.Integer(),
    approved: Type.Integer(),
    retired: Type.Integer(),
  }),
  /** Of whoever asks. */
  rights: BankRights,
});
export type BankSummary = Static<typeof BankSummary>;

export const BankList = Type.Object({ banks: Type.Array(BankSummary) });
export type BankList = Static<typeof BankList>;

export const CreateBank = Type.Object(
  {
    slug: Slug,
    title: Type.String({ minLength: 1, maxLength: 300 }),
    description: Type.String({ maxLength: 5000 }),
    licence: Type.String({ maxLength: 200 }),
  },
  { additionalProperties: false },
);
export type CreateBank = Static<typeof CreateBank>;

/** What is left out stays as it is. */
export const ChangeBank = Type.Object(
  {
    title: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })),
    description: Type.Optional(Type.String({ maxLength: 5000 })),
    licence: Type.Optional(Type.String({ maxLength: 200 })),
    practice: Type.Optional(Type.Boolean()),
    archived: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type ChangeBank = Static<typeof ChangeBank>;

/** How many questions a bank has of each topic, kind and difficulty; retired ones are not counted. */
export const BankCounts = Type.Object({
  bank: Uid,
  cells: Type.Array(
    Type.Object({
      topic: Type.String(),
      kind: Type.String(),
      difficulty: Difficulty,
      approved: Type.Integer(),
      /** Approved or not. */
      all: Type.Integer(),
    }),
  ),
});
export type BankCounts = Static<typeof BankCounts>;

export const QuestionQuery = Type.Object(
  {
    /** Part of the stem or the code; diacritics do not matter. */
    search: Type.Optional(Type.String({ maxLength: 200 })),
    topic: Type.Optional(Type.String({ maxLength: 200 })),
    kind: Type.Optional(Type.String({ maxLength: 40 })),
    difficulty: Type.Optional(Type.Integer({ minimum: 1, maximum: 3 })),
    status: Type.Optional(QuestionStatus),
    /** Of the citation, as it is written there. */
    document: Type.Optional(Type.String({ maxLength: 500 })),
    tag: Type.Optional(Type.String({ maxLength: 60 })),
    /** Asked in any round, in none, or in this round. */
    use: Type.Optional(Type.Union([Type.Literal('used'), Type.Literal('never'), Uid])),
    /** Only those that their figures warn of. */
    flagged: Type.Optional(Type.Boolean()),
    /** Percent of the marks that were earned on average, from and to; only those that have figures. */
    facilityFrom: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
    facilityTo: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
    sort: Type.Optional(
      Type.Union([Type.Literal('code'), Type.Literal('changed'), Type.Literal('facility')]),
    ),
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000_000 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  { additionalProperties: false },
);
export type QuestionQuery = Static<typeof QuestionQuery>;

/** Who is asked to look at a question that waits, and by when. */
const Review = Type.Object({
  reviewer: Uid,
  name: Type.String(),
  dueAt: Type.Union([Moment, Type.Null()]),
});

export const QuestionSummary = Type.Object({
  id: Uid,
  code: Type.String(),
  kind: Type.String(),
  topic: Type.String(),
  difficulty: Difficulty,
  status: QuestionStatus,
  version: Type.Integer(),
  stem: Type.String(),
  changedAt: Moment,
  tags: Type.Array(Type.String()),
  /** Attempts that asked it, in rounds that were counted. */
  asked: Type.Integer(),
  /** Percent of the marks that were earned on average; null: not known. */
  facility: Type.Union([Type.Number(), Type.Null()]),
  /** How many things its figures warn of. */
  flags: Type.Integer(),
  review: Type.Union([Review, Type.Null()]),
});
export type QuestionSummary = Static<typeof QuestionSummary>;

export const QuestionList = Type.Object({ total: Type.Integer(), questions: Type.Array(QuestionSummary) });
export type QuestionList = Static<typeof QuestionList>;

/** Questions that fit, without anything of them: to choose them all. */
export const QuestionIds = Type.Object({ total: Type.Integer(), questions: Type.Array(Uid) });
export type QuestionIds = Static<typeof QuestionIds>;

/** What a bank's questions can be filtered by, beside topic and kind. */
export const BankFacets = Type.Object({
  documents: Type.Array(Type.String()),
  tags: Type.Array(Type.String()),
  rounds: Type.Array(Type.Object({ id: Uid, title: Type.String(), contest: Type.String() })),
});
export type BankFacets = Static<typeof BankFacets>;

/** Names who is to review a question and by when; a draft goes into review. */
export const AskReview = Type.Object(
  { expectedVersion: ExpectedVersion, reviewer: Uid, dueAt: Type.Union([Moment, Type.Null()]) },
  { additionalProperties: false },
);
export type AskReview = Static<typeof AskReview>;

/** What waits for me, the most urgent first, over all banks. */
export const MyReviews = Type.Object({
  /** How many wait, and how many of them are late. */
  total: Type.Integer(),
  overdue: Type.Integer(),
  questions: Type.Array(
    Type.Object({
      id: Uid,
      bank: Uid,
      bankTitle: Type.String(),
      code: Type.String(),
      kind: Type.String(),
      topic: Type.String(),
      stem: Type.String(),
      dueAt: Type.Union([Moment, Type.Null()]),
      askedAt: Moment,
      /** Mine: somebody else has to approve it. */
      own: Type.Boolean(),
    }),
  ),
});
export type MyReviews = Static<typeof MyReviews>;

/** A question as entrants would see it: formulas come with it. */
export const PreviewQuestion = Type.Object(
  { kind: Type.String({ minLength: 1, maxLength: 40 }), prompt: AnyJson },
  { additionalProperties: false },
);
export const PreviewedQuestion = Type.Object({ prompt: AnyJson });

const CitationShape = Type.Object(
  {
    document: Type.String({ maxLength: 500 }),
    section: Type.String({ maxLength: 500 }),
    source: Type.String({ maxLength: 2000 }),
    validity: Type.String({ maxLength: 500 }),
  },
  { additionalProperties: false },
);

/** What an editor writes. `prompt` and `key` have the shapes of the kind (`questions/kinds`). */
export const content = {
  kind: Type.String({ minLength: 1, maxLength: 40 }),
  prompt: AnyJson,
  /** null: not given yet. */
  key: AnyJson,
  explanation: Type.String({ maxLength: 10_000 }),
  citation: Type.Union([CitationShape, Type.Null()]),
  topic: Type.String({ minLength: 1, maxLength: 200 }),
  difficulty: Difficulty,
  tags: Type.Array(Type.String({ minLength: 1, maxLength: 60 }), { maxItems: 20 }),
  /** Hundredths of a mark. */
  points: Type.Integer({ minimum: 1, maximum: 100_000 }),
};

export const CreateQuestion = Type.Object(
  { code: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$' }), ...content },
  { additionalProperties: false },
);
export type CreateQuestion = Static<typeof CreateQuestion>;

/** Makes a new version, which waits for review. */
export const EditQuestion = Type.Object(
  { expectedVersion: ExpectedVersion, reason: Type.String({ maxLength: 500 }), ...content },
  { additionalProperties: false },
);
export type EditQuestion = Static<typeof EditQuestion>;

export const VersionParams = Type.Object({ question: Uid, version: Type.Integer({ minimum: 1 }) });

/** What an earlier version said, to compare. */
export const VersionContent = Type.Object({ version: Type.Integer(), ...content });
export type VersionContent = Static<typeof VersionContent>;

export const Comments = Type.Object({
  comments: Type.Array(
    Type.Object({
      by: Type.Union([Type.String(), Type.Null()]),
      at: Moment,
      /** The version that stood when it was written. */
      version: Type.Integer(),
      text: Type.String(),
    }),
  ),
});
export type Comments = Static<typeof Comments>;

export const AddComment = Type.Object(
  { text: Type.String({ minLength: 1, maxLength: 2000, pattern: '\\S' }) },
  { additionalProperties: false },
);
export type AddComment = Static<typeof AddComment>;

/** The same for many questions; each becomes a new version where its content changes. */
export const BulkChange = Type.Object(
  {
    questions: Type.Array(Uid, { minItems: 1, maxItems: 500 }),
    topic: Type.Optional(content.topic),
    difficulty: Type.Optional(Difficulty),
    addTag: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    removeTag: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    status: Type.Optional(QuestionStatus),
    /** Into review, by this reviewer until then. */
    review: Type.Optional(
      Type.Object(
        { reviewer: Uid, dueAt: Type.Union([Moment, Type.Null()]) },
        { additionalProperties: false },
      ),
    ),
    /** To another bank, with all their versions. */
    moveTo: Type.Optional(Uid),
    /** As new drafts in another bank. */
    copyTo: Type.Optional(Uid),
    /** Only says what would be done, and what cannot be and why. */
    dryRun: Type.Optional(Type.Boolean()),
    /** Leaves out what cannot be done; otherwise nothing is done then. */
    partly: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type BulkChange = Static<typeof BulkChange>;

export const BulkChanged = Type.Object({
  changed: Type.Integer(),
  /** What cannot be done, and why. */
  refused: Type.Array(
    Type.Object({ question: Uid, code: Type.String(), vi: Type.String(), en: Type.String() }),
  ),
  /** Hand it back within the hour to have it as it was; null: nothing was done, or it cannot be undone. */
  undo: Type.Union([Type.String(), Type.Null()]),
});
export type BulkChanged = Static<typeof BulkChanged>;

export const UndoBulk = Type.Object(
  { undo: Type.String({ maxLength: 200_000 }) },
  { additionalProperties: false },
);

export const ChangeStatus = Type.Object(
  { expectedVersion: ExpectedVersion, status: QuestionStatus },
  { additionalProperties: false },
);
export type ChangeStatus = Static<typeof ChangeStatus>;

export const QuestionForEditor = Type.Object({
  id: Uid,
  bank: Uid,
  code: Type.String(),
  status: QuestionStatus,
  version: Type.Integer(),
  ...content,
  changedAt: Moment,
  /** Newest first. */
  versions: Type.Array(
    Type.Object({
      version: Type.Integer(),
      at: Moment,
      /** Name of who wrote it; null: the product, or somebody whose data were erased. */
      by: Type.Union([Type.String(), Type.Null()]),
      reason: Type.String(),
    }),
  ),
  /** Whether whoever asks wrote this version: nobody approves their own. */
  own: Type.Boolean(),
  review: Type.Union([Review, Type.Null()]),
});
export type QuestionForEditor = Static<typeof QuestionForEditor>;
