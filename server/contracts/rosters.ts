/**
 * Rosters: who should take part in a contest, as files have it. Imported with a balance, activated by code, matched against those
 * who registered, with doubts for staff to decide. Doors of organisers: /api/desk/contests/:contest/rosters…
 */
import Type, { type Static } from 'typebox';
import { Bilingual } from './errors.ts';
import { Moment, Nullable, Reason, Uid } from './values.ts';

const closed = { additionalProperties: false };

export const RosterProblem = Type.Object({
  /** As the spreadsheet counts; 0: the file as a whole. */
  row: Type.Integer(),
  /** error: the row was left out; warning: it goes in without what was wrong. */
  level: Type.Union([Type.Literal('error'), Type.Literal('warning')]),
  ...Bilingual.properties,
});
export type RosterProblem = Static<typeof RosterProblem>;

/** POST …/rosters/import. With `dryRun` nothing is written; without, what can be taken is. */
export const RosterImportBody = Type.Object(
  {
    /** Chosen by the client, so that sending twice makes one roster. */
    id: Uid,
    title: Type.String({ minLength: 1, maxLength: 200 }),
    /** uid of the unit whose list it is. */
    unit: Type.Optional(Nullable(Uid)),
    /** File name; its ending says what it is. */
    name: Type.String({ minLength: 1, maxLength: 200 }),
    dataBase64: Type.String({ minLength: 1, maxLength: 6_000_000 }),
    dryRun: Type.Boolean(),
  },
  closed,
);
export type RosterImportBody = Static<typeof RosterImportBody>;

export const RosterImportReply = Type.Object({
  applied: Type.Boolean(),
  understood: Type.Array(Type.String()),
  ignored: Type.Array(Type.String()),
  /** Rows below the header: taken + warned + left + empty. */
  balance: Type.Object({
    rows: Type.Integer(),
    taken: Type.Integer(),
    warned: Type.Integer(),
    left: Type.Integer(),
    empty: Type.Integer(),
  }),
  /** The first 200. */
  problems: Type.Array(RosterProblem),
  problemCount: Type.Integer(),
  /** The first 50 rows that go in. */
  preview: Type.Array(
    Type.Object({
      row: Type.Integer(),
      name: Type.String(),
      birthDate: Nullable(Type.String()),
      phone: Nullable(Type.String()),
      code: Nullable(Type.String()),
      unit: Nullable(Type.String()),
    }),
  ),
});
export type RosterImportReply = Static<typeof RosterImportReply>;

export const Roster = Type.Object({
  id: Uid,
  title: Type.String(),
  unit: Nullable(Type.Object({ id: Uid, name: Type.String() })),
  members: Type.Integer(),
  found: Type.Integer(),
  /** Members with a possible match that nobody has decided about. */
  doubts: Type.Integer(),
  createdAt: Moment,
  matchedAt: Nullable(Moment),
});
export type Roster = Static<typeof Roster>;
/** GET …/rosters */
export const RosterList = Type.Object({ rosters: Type.Array(Roster) });
export type RosterList = Static<typeof RosterList>;

export const RosterParams = Type.Object({ contest: Uid, roster: Uid });

export const MatchGrade = Type.Union([Type.Literal('exact'), Type.Literal('likely'), Type.Literal('unsure')]);
export type MatchGrade = Static<typeof MatchGrade>;
const Found = Type.Union([Type.Literal('code'), Type.Literal('exact'), Type.Literal('staff')]);

export const RosterMember = Type.Object({
  number: Type.Integer(),
  name: Type.String(),
  birthDate: Nullable(Type.String()),
  /** Last digits. */
  phone: Nullable(Type.String()),
  unit: Nullable(Type.String()),
  found: Nullable(Found),
  person: Nullable(Type.Object({ uid: Uid, name: Type.String(), birthDate: Nullable(Type.String()) })),
  /** Who it may be, the surest first. */
  matches: Type.Array(
    Type.Object({
      person: Type.Object({
        uid: Uid,
        name: Type.String(),
        birthDate: Nullable(Type.String()),
        phone: Nullable(Type.String()),
        unit: Nullable(Type.String()),
        number: Nullable(Type.Integer()),
      }),
      grade: MatchGrade,
      /** name.same, name.marks, name.near, birth.same, birth.swapped, birth.year, birth.missing, birth.other, phone, unit. */
      signs: Type.Array(Type.String()),
    }),
  ),
});
export type RosterMember = Static<typeof RosterMember>;

/** GET …/rosters/:roster, 50 a page. */
export const RosterQuery = Type.Object(
  {
    show: Type.Optional(
      Type.Union([
        Type.Literal('all'),
        Type.Literal('doubts'),
        Type.Literal('missing'),
        Type.Literal('found'),
      ]),
    ),
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
  },
  closed,
);
export const RosterPage = Type.Object({
  roster: Roster,
  total: Type.Integer(),
  members: Type.Array(RosterMember),
});
export type RosterPage = Static<typeof RosterPage>;

/** POST …/rosters/:roster/decision. release: the member is not that person after all. */
export const RosterDecision = Type.Object(
  {
    member: Type.Integer({ minimum: 1 }),
    person: Uid,
    deed: Type.Union([Type.Literal('confirm'), Type.Literal('reject'), Type.Literal('release')]),
  },
  closed,
);
export type RosterDecision = Static<typeof RosterDecision>;

/** DELETE …/rosters/:roster */
export const RosterDropBody = Type.Object({ reason: Reason }, closed);

/** GET …/rosters/:roster/file: names with codes, to hand out. Logged. */
export const RosterFileQuery = Type.Object(
  { format: Type.Union([Type.Literal('csv'), Type.Literal('xlsx')]) },
  closed,
);
