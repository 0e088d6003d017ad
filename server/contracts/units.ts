/** Units at the doors: search and the tree for everybody; making, moving, closing and importing for organisers. */
import Type, { type Static } from 'typebox';
import { Bilingual } from './errors.ts';
import { Moment, Nullable, Reason, Seq, Uid } from './values.ts';

const closed = { additionalProperties: false };

const UnitName = Type.String({ minLength: 1, maxLength: 200 });
/** As organisers write it in files; unique. */
const UnitCode = Type.String({ minLength: 1, maxLength: 60 });
/** "khối": units that are compared with one another. */
const Block = Type.String({ minLength: 1, maxLength: 120 });
/** Not a union: the validator would make null of 0, or 0 of null. */
const Headcount = Type.Unsafe<number | null>({ type: ['integer', 'null'], minimum: 0, maximum: 10_000_000 });
const MomentOrNull = Type.Unsafe<number | null>({ type: ['integer', 'null'], minimum: 0 });

/** A unit in a list of choices. */
export const UnitSummary = Type.Object(
  {
    uid: Uid,
    name: Type.String(),
    code: Nullable(Type.String()),
    block: Nullable(Type.String()),
    /** Names of the units above, from the top; tells equal names apart. */
    path: Type.Array(Type.String()),
    parent: Nullable(Uid),
    /** How many units stand right below it today. */
    children: Type.Integer(),
  },
  closed,
);
export type UnitSummary = Static<typeof UnitSummary>;

/**
 * GET /api/units (public). With `q`: search by name or code, diacritics ignored, exact first, then those that begin so,
 * then those with words that begin so; with `under` only below that unit. With `parent` ("top" or a uid): its children
 * in alphabetical order. With neither: the top.
 */
export const UnitsQuery = Type.Object(
  {
    q: Type.Optional(Type.String({ maxLength: 200 })),
    under: Type.Optional(Uid),
    parent: Type.Optional(Type.Union([Type.Literal('top'), Uid])),
    /** Also units that have ended; for staff's screens. */
    ended: Type.Optional(Type.Boolean()),
    /** 20 unless said; at most 200. */
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
  },
  closed,
);
export type UnitsQuery = Static<typeof UnitsQuery>;
export const UnitsReply = Type.Object({ units: Type.Array(UnitSummary), total: Type.Integer() }, closed);
export type UnitsReply = Static<typeof UnitsReply>;

export const UnitParams = Type.Object({ unit: Uid }, closed);

/** GET /api/units/:unit (public), and the answer of POST, PATCH, close and reopen. */
export const UnitDetail = Type.Object(
  {
    ...UnitSummary.properties,
    headcount: Nullable(Type.Integer()),
    /** Members by date, the newest first. */
    headcounts: Type.Array(Type.Object({ fromAt: Moment, headcount: Nullable(Type.Integer()) }, closed)),
    /** How it was before each dated change, the newest first. */
    pasts: Type.Array(
      Type.Object(
        {
          until: Moment,
          name: Type.String(),
          parent: Nullable(Type.String()),
          block: Nullable(Type.String()),
        },
        closed,
      ),
    ),
    validFrom: Nullable(Moment),
    /** It no longer exists from this moment on. */
    validUntil: Nullable(Moment),
    successor: Nullable(Type.Object({ uid: Uid, name: Type.String() }, closed)),
  },
  closed,
);
export type UnitDetail = Static<typeof UnitDetail>;

/** POST /api/units (organiser, admin) → UnitDetail. `taken` when the code is in use. */
export const UnitBody = Type.Object(
  {
    name: UnitName,
    code: Type.Optional(Nullable(UnitCode)),
    /** uid of the unit above; null: the top. */
    parent: Type.Optional(Nullable(Uid)),
    block: Type.Optional(Nullable(Block)),
    headcount: Type.Optional(Headcount),
    validFrom: Type.Optional(MomentOrNull),
  },
  closed,
);
export type UnitBody = Static<typeof UnitBody>;

/** PATCH /api/units/:unit: rename, move, … What is left out stays. `units.loop` when moved below itself, now or once a planned move comes true. */
export const UnitPatch = Type.Object(
  {
    name: Type.Optional(UnitName),
    code: Type.Optional(Nullable(UnitCode)),
    parent: Type.Optional(Nullable(Uid)),
    block: Type.Optional(Nullable(Block)),
    headcount: Type.Optional(Headcount),
    /** The members count from this moment on, and earlier counts stay; left out: it was always so. */
    headcountFrom: Type.Optional(Moment),
    validFrom: Type.Optional(MomentOrNull),
    /** Name, place and block change at this moment, and how it was is kept; left out: a mistake is put right. */
    from: Type.Optional(Moment),
    reason: Type.Optional(Reason),
  },
  closed,
);
export type UnitPatch = Static<typeof UnitPatch>;

/**
 * GET /api/units/:unit/history (organiser): what holds from when on, planned changes included, the newest first; and who wrote
 * what down, when and why, a page of it, the newest first. `from` and `to` are words, numbers of members, or moments of days.
 */
export const UnitHistoryQuery = Type.Object({ before: Type.Optional(Seq) }, closed);
export const UnitHistory = Type.Object(
  {
    at: Moment,
    steps: Type.Array(
      Type.Object(
        {
          at: Moment,
          what: Type.Union([
            Type.Literal('name'),
            Type.Literal('parent'),
            Type.Literal('block'),
            Type.Literal('headcount'),
            Type.Literal('began'),
            Type.Literal('ended'),
          ]),
          from: Nullable(Type.String()),
          to: Nullable(Type.String()),
        },
        closed,
      ),
    ),
    log: Type.Array(
      Type.Object(
        {
          at: Moment,
          action: Type.String(),
          /** Null: erased, or the machine itself. */
          actor: Nullable(Type.String()),
          reason: Nullable(Type.String()),
          /** From when on it holds; null: it was put right. */
          since: Nullable(Moment),
          /** Name of the file that it came from. */
          file: Nullable(Type.String()),
          changes: Type.Array(
            Type.Object(
              {
                what: Type.String(),
                from: Nullable(Type.String()),
                to: Nullable(Type.String()),
                /** From when on this one holds, where it has a day of its own. */
                at: Nullable(Moment),
              },
              closed,
            ),
          ),
        },
        closed,
      ),
    ),
    /** Lines in all, and what `before` to ask with for older ones; null: these are the oldest. */
    total: Type.Integer(),
    older: Nullable(Seq),
  },
  closed,
);
export type UnitHistory = Static<typeof UnitHistory>;

/** POST /api/units/:unit/close: ends it, with the unit that goes on in its place. POST /api/units/:unit/reopen undoes it. */
export const UnitCloseBody = Type.Object(
  { validUntil: Moment, successor: Type.Optional(Nullable(Uid)), reason: Reason },
  closed,
);
export type UnitCloseBody = Static<typeof UnitCloseBody>;

/**
 * POST /api/units/:unit/merge (organiser, admin) → UnitDetail of the unit that goes on. The other ends at `at`, its successor
 * takes its place at entry and in what is started afterwards, and the units below move over. Results keep the unit of their time.
 */
export const UnitMergeBody = Type.Object({ into: Uid, at: Moment, reason: Reason }, closed);
export type UnitMergeBody = Static<typeof UnitMergeBody>;

/**
 * POST /api/units/import (organiser, admin) → UnitsImportReply. A CSV or XLSX file with the columns code, name, parent code,
 * block, headcount, "headcount 01/08/2025" (one for each date), first day, last day, successor (Vietnamese headers too). Known codes are changed, others made. With `dryRun` nothing is written;
 * without, all or nothing: any error leaves everything as it was. Names, places and blocks are put right as of today and planned
 * changes of them stand; what else is planned is undone only with `overwrite`.
 */
export const UnitsImportBody = Type.Object(
  {
    /** File name; its ending says what it is. */
    name: Type.String({ minLength: 1, maxLength: 200 }),
    /** At most 4 MB before encoding. */
    dataBase64: Type.String({ minLength: 1, maxLength: 6_000_000 }),
    dryRun: Type.Boolean(),
    /** Whether what is planned for days to come may be undone where the file says otherwise. */
    overwrite: Type.Optional(Type.Boolean()),
  },
  closed,
);
export type UnitsImportBody = Static<typeof UnitsImportBody>;

/** Something wrong in the file. */
export const UnitsImportProblem = Type.Object(
  {
    /** As the spreadsheet counts; 1 is the header. 0: the file as a whole. */
    row: Type.Integer(),
    /** The column's own header; empty for the whole row. */
    column: Type.String(),
    ...Bilingual.properties,
  },
  closed,
);
export type UnitsImportProblem = Static<typeof UnitsImportProblem>;

/** What one row does. */
export const UnitsImportRow = Type.Object(
  {
    row: Type.Integer(),
    code: Type.String(),
    name: Type.String(),
    parentCode: Nullable(Type.String()),
    block: Nullable(Type.String()),
    headcount: Nullable(Type.Integer()),
    action: Type.Union([Type.Literal('create'), Type.Literal('change'), Type.Literal('same')]),
  },
  closed,
);
export type UnitsImportRow = Static<typeof UnitsImportRow>;

/** What was planned for a day to come and would be undone. */
export const UnitsImportOverwrite = Type.Object(
  {
    row: Type.Integer(),
    code: Type.String(),
    /** Of the unit today. */
    name: Type.String(),
    what: Type.Union([
      Type.Literal('validFrom'),
      Type.Literal('validUntil'),
      Type.Literal('successor'),
      Type.Literal('headcount'),
    ]),
    /** The day that was planned. */
    at: Moment,
    from: Nullable(Type.String()),
    to: Nullable(Type.String()),
  },
  closed,
);
export type UnitsImportOverwrite = Static<typeof UnitsImportOverwrite>;

export const UnitsImportReply = Type.Object(
  {
    /** Whether it was written: no dry run, no errors, and nothing planned undone unasked. */
    applied: Type.Boolean(),
    /** Titles of the columns that were understood, and of those that mean nothing to us. */
    understood: Type.Array(Type.String()),
    ignored: Type.Array(Type.String()),
    created: Type.Integer(),
    changed: Type.Integer(),
    same: Type.Integer(),
    /** The first 200. */
    errors: Type.Array(UnitsImportProblem),
    errorCount: Type.Integer(),
    /** The first 200 of what is planned and would be undone, unless `overwrite` was said already. */
    overwrites: Type.Array(UnitsImportOverwrite),
    overwriteCount: Type.Integer(),
    /** The first 200 rows. */
    preview: Type.Array(UnitsImportRow),
  },
  closed,
);
export type UnitsImportReply = Static<typeof UnitsImportReply>;
