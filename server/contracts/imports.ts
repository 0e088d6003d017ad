/**
 * Files into banks and out of them. For editors; a preview is seen by whoever uploaded it alone.
 *
 * GET    /api/desk/formats                                     FormatList
 * GET    /api/desk/formats/:format/template                    a file with examples
 * POST   /api/desk/banks/:bank/imports?name=&format=           the file itself (application/octet-stream) → ImportDetail (201)
 * GET    /api/desk/banks/:bank/imports                         ImportList
 * GET    /api/desk/imports/:import                             ImportDetail: ask again while `state` is reading, committing, undoing
 * DELETE /api/desk/imports/:import                             drops a preview
 * GET    /api/desk/imports/:import/blocks   BlockQuery       → BlockList
 * PUT    /api/desk/imports/:import/blocks/:number  MendBlock → ImportBlock
 * POST   /api/desk/imports/:import/bulk     BulkFix          → BulkFixed
 * POST   /api/desk/imports/:import/read     ReadAgain        → ImportDetail
 * POST   /api/desk/imports/:import/answers                     another file with the answers (application/octet-stream) → ImportDetail
 * POST   /api/desk/imports/:import/commit   CommitImport     → ImportDetail
 * POST   /api/desk/imports/:import/undo                      → ImportDetail
 * GET    /api/desk/banks/:bank/exports/:format                 ExportPlan: what would be lost
 * GET    /api/desk/banks/:bank/exports/:format/file            the file
 */
import Type, { type Static } from 'typebox';
import { content } from './banks.ts';
import { Bilingual } from './errors.ts';
import { AnyJson, Difficulty, Moment, Uid } from './values.ts';

const FormatName = Type.String({ pattern: '^[a-z][a-z0-9-]{0,40}$' });
const closed = { additionalProperties: false } as const;

export const ImportParams = Type.Object({ import: Uid });
export const BlockParams = Type.Object({
  import: Uid,
  number: Type.Integer({ minimum: 1, maximum: 10_000_000 }),
});
export const FormatParams = Type.Object({ format: FormatName });
export const ExportParams = Type.Object({ bank: Uid, format: FormatName });

export const FormatList = Type.Object({
  formats: Type.Array(
    Type.Object({
      name: Type.String(),
      ...Bilingual.properties,
      extensions: Type.Array(Type.String()),
      reads: Type.Boolean(),
      writes: Type.Boolean(),
    }),
  ),
  /** Largest file, in bytes. */
  mostBytes: Type.Integer(),
});
export type FormatList = Static<typeof FormatList>;

export const UploadQuery = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 300 }), format: Type.Optional(FormatName) },
  closed,
);

const Place = Type.Union([
  Type.Object({ line: Type.Integer(), column: Type.Optional(Type.Integer()) }, closed),
  Type.Object({ sheet: Type.String(), row: Type.Integer(), column: Type.Optional(Type.String()) }, closed),
  Type.Object({ paragraph: Type.Integer() }, closed),
]);
export type Place = Static<typeof Place>;

const Message = Type.Object({
  code: Type.String(),
  severity: Type.Union([Type.Literal('note'), Type.Literal('warning'), Type.Literal('error')]),
  ...Bilingual.properties,
  place: Place,
});

const Outcome = Type.Union([
  Type.Literal('imported'),
  Type.Literal('warned'),
  Type.Literal('quarantined'),
  Type.Literal('ignored'),
]);
const Fate = Type.Union([
  Type.Literal('none'),
  Type.Literal('new'),
  Type.Literal('same'),
  Type.Literal('changed'),
]);

export const ImportDetail = Type.Object({
  id: Uid,
  bank: Uid,
  name: Type.String(),
  bytes: Type.Integer(),
  format: Type.String(),
  state: Type.Union([
    Type.Literal('reading'),
    Type.Literal('ready'),
    Type.Literal('committing'),
    Type.Literal('committed'),
    Type.Literal('undoing'),
  ]),
  /** 0..1 of the work under way. */
  progress: Type.Number(),
  /** The blocks of the file; their sum is what was seen. */
  outcomes: Type.Object({
    imported: Type.Integer(),
    warned: Type.Integer(),
    quarantined: Type.Integer(),
    ignored: Type.Integer(),
  }),
  /** Of those that can go in: not in the bank yet, there as they are, there in another version. */
  fates: Type.Object({
    none: Type.Integer(),
    new: Type.Integer(),
    same: Type.Integer(),
    changed: Type.Integer(),
  }),
  /** Blocks by code of a message, "no-key", "no-topic" …, "twin". */
  flags: Type.Record(Type.String(), Type.Integer()),
  messages: Type.Array(Message),
  failure: Type.Union([Message, Type.Null()]),
  /** What the format decided and may be told otherwise, e.g. columns. */
  settings: AnyJson,
  sameFileAt: Type.Union([Moment, Type.Null()]),
  problem: Type.Union([Bilingual, Type.Null()]),
  createdAt: Moment,
  committedAt: Type.Union([Moment, Type.Null()]),
  undoneAt: Type.Union([Moment, Type.Null()]),
});
export type ImportDetail = Static<typeof ImportDetail>;

export const ImportList = Type.Object({ imports: Type.Array(ImportDetail) });
export type ImportList = Static<typeof ImportList>;

export const BlockQuery = Type.Object(
  {
    outcome: Type.Optional(Outcome),
    fate: Type.Optional(Fate),
    flag: Type.Optional(Type.String({ maxLength: 80 })),
    /** These blocks alone, "3,17,4096": those that a page shows, however far apart they stand. */
    numbers: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,8}(,[1-9][0-9]{0,8}){0,99}$' })),
    /** Blocks behind this number. */
    after: Type.Optional(Type.Integer({ minimum: 0 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  },
  closed,
);
export type BlockQuery = Static<typeof BlockQuery>;

/** As the file gave it: null and empty texts where it said nothing. */
const BlockQuestion = Type.Object({
  kind: Type.String(),
  prompt: AnyJson,
  key: AnyJson,
  explanation: Type.String(),
  citation: content.citation,
  topic: Type.String(),
  difficulty: Type.Union([Difficulty, Type.Null()]),
  tags: Type.Array(Type.String()),
  points: Type.Union([Type.Number(), Type.Null()]),
});

export const ImportBlock = Type.Object({
  number: Type.Integer(),
  outcome: Outcome,
  fate: Fate,
  place: Place,
  raw: Type.String(),
  messages: Type.Array(Message),
  code: Type.String(),
  question: Type.Union([BlockQuestion, Type.Null()]),
  /** The prompt with its formulas, as entrants would see it. */
  shown: AnyJson,
  /** Questions that ask the same: earlier blocks of the file, and questions of banks. */
  twins: Type.Array(
    Type.Object({
      block: Type.Optional(Type.Integer()),
      question: Type.Optional(Uid),
      code: Type.Optional(Type.String()),
      bank: Type.Optional(Uid),
      title: Type.Optional(Type.String()),
    }),
  ),
  mended: Type.Boolean(),
});
export type ImportBlock = Static<typeof ImportBlock>;

export const BlockList = Type.Object({
  blocks: Type.Array(ImportBlock),
  /** Ask for what is behind this; null: this is the end. */
  next: Type.Union([Type.Integer(), Type.Null()]),
});
export type BlockList = Static<typeof BlockList>;

/** The question that takes the place of what was read. */
export const MendBlock = Type.Object({ ...content }, closed);
export type MendBlock = Static<typeof MendBlock>;

/** What is left out stays as it is. */
export const BulkFix = Type.Object(
  {
    outcome: Type.Optional(Outcome),
    flag: Type.Optional(Type.String({ maxLength: 80 })),
    numbers: Type.Optional(Type.Array(Type.Integer(), { maxItems: 500 })),
    set: Type.Object(
      {
        topic: Type.Optional(content.topic),
        difficulty: Type.Optional(content.difficulty),
        points: Type.Optional(content.points),
        tags: Type.Optional(content.tags),
      },
      closed,
    ),
    /** The warnings were looked at. */
    dropWarnings: Type.Optional(Type.Boolean()),
    /** These do not go in (true), or do after all (false). */
    leaveOut: Type.Optional(Type.Boolean()),
    /** Blocks behind this number, and so many of them: the rest follows in further requests. All of them without. */
    after: Type.Optional(Type.Integer({ minimum: 0 })),
    most: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  },
  closed,
);
export type BulkFix = Static<typeof BulkFix>;

/** The import as it is now; `done` blocks were gone through, and the next request goes on behind `next` (null: that was all). */
export const BulkFixed = Type.Object({
  ...ImportDetail.properties,
  done: Type.Integer(),
  next: Type.Union([Type.Integer(), Type.Null()]),
});
export type BulkFixed = Static<typeof BulkFixed>;

export const ReadAgain = Type.Object(
  { format: Type.Optional(FormatName), settings: Type.Optional(AnyJson) },
  closed,
);
export type ReadAgain = Static<typeof ReadAgain>;

/** `partly`: the file could not be read to its end, and what was read goes in nevertheless. */
export const CommitImport = Type.Object({ partly: Type.Optional(Type.Boolean()) }, closed);
export type CommitImport = Static<typeof CommitImport>;

export const ExportPlan = Type.Object({
  questions: Type.Integer(),
  bytes: Type.Integer(),
  losses: Type.Array(
    Type.Object({
      code: Type.String(),
      ...Bilingual.properties,
      count: Type.Integer(),
      /** Codes of the first questions. */
      questions: Type.Array(Type.String()),
    }),
  ),
});
export type ExportPlan = Static<typeof ExportPlan>;
