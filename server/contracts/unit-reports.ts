/**
 * Reports by unit and period. Marks in hundredths, shares from 0 to 1, moments in ms since epoch, ends exclusive.
 *
 * GET /api/desk/contests/:contest/report            ReportQuery → ReportReply   organiser of the contest or admin
 * GET /api/desk/contests/:contest/report/file       ReportFileQuery → the file
 */
import Type, { type Static } from 'typebox';
import { Moment, Nullable, Reason, Uid } from './values.ts';

const closed = { additionalProperties: false };

export const ReportParams = Type.Object({ contest: Uid }, closed);

const Preset = Type.Union([
  Type.Literal('lastWeek'),
  Type.Literal('thisWeek'),
  Type.Literal('round'),
  Type.Literal('contest'),
  Type.Literal('custom'),
]);
export type ReportPreset = Static<typeof Preset>;

/** Which report: `round` goes with the preset of that name, `from` and `to` with `custom`. */
const which = {
  preset: Preset,
  round: Type.Optional(Uid),
  from: Type.Optional(Moment),
  to: Type.Optional(Moment),
  /** Only this unit and those below it. */
  unit: Type.Optional(Uid),
};

const Sort = Type.Union([
  Type.Literal('tree'),
  Type.Literal('block'),
  Type.Literal('name'),
  Type.Literal('people'),
  Type.Literal('attempts'),
  Type.Literal('rate'),
  Type.Literal('average'),
  Type.Literal('full'),
  Type.Literal('change'),
]);
export type ReportSort = Static<typeof Sort>;

const order = {
  /** tree unless said. */
  sort: Type.Optional(Sort),
  descending: Type.Optional(Type.Boolean()),
  /** So many levels of the tree, from the top; all unless said. */
  levels: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
};

export const ReportQuery = Type.Object(
  {
    ...which,
    ...order,
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  },
  closed,
);
export type ReportQuery = Static<typeof ReportQuery>;

const Format = Type.Union([Type.Literal('xlsx'), Type.Literal('docx'), Type.Literal('pdf')]);
export type ReportFormat = Static<typeof Format>;
export const ReportFileQuery = Type.Object({ ...which, ...order, format: Format }, closed);
export type ReportFileQuery = Static<typeof ReportFileQuery>;

/** What a line comes to. */
const figures = {
  people: Type.Integer(),
  attempts: Type.Integer(),
  /** Members; null: not known. */
  headcount: Nullable(Type.Integer()),
  /** people / headcount. */
  rate: Nullable(Type.Number()),
  /** Of the marks of all attempts, hundredths. */
  average: Nullable(Type.Number()),
  /** Of the attempts, with every question right. */
  fullShare: Nullable(Type.Number()),
  /** In the period before; null: there is none. */
  before: Nullable(
    Type.Object(
      { people: Type.Integer(), attempts: Type.Integer(), average: Nullable(Type.Number()) },
      closed,
    ),
  ),
};

export const ReportLine = Type.Object(
  {
    /** unit; block: sum of a block, over its units; nowhere: people without a unit; total. */
    kind: Type.Union([
      Type.Literal('unit'),
      Type.Literal('block'),
      Type.Literal('nowhere'),
      Type.Literal('total'),
    ]),
    id: Nullable(Uid),
    name: Type.String(),
    code: Nullable(Type.String()),
    block: Nullable(Type.String()),
    level: Type.Integer(),
    hasBelow: Type.Boolean(),
    ...figures,
  },
  closed,
);
export type ReportLine = Static<typeof ReportLine>;

const Span = Type.Object({ from: Moment, to: Moment, text: Type.String() }, closed);

export const ReportReply = Type.Object(
  {
    contest: Type.Object({ id: Uid, title: Type.String() }, closed),
    /** When it was counted. */
    at: Moment,
    period: Span,
    before: Nullable(Span),
    round: Nullable(Type.Object({ id: Uid, title: Type.String() }, closed)),
    unit: Nullable(Type.Object({ id: Uid, name: Type.String() }, closed)),
    total: ReportLine,
    lines: Type.Array(ReportLine),
    /** Lines in all. */
    count: Type.Integer(),
    /** Units with nobody. */
    silent: Type.Integer(),
    units: Type.Integer(),
    days: Type.Array(Type.Object({ at: Moment, attempts: Type.Integer(), people: Type.Integer() }, closed)),
    /** Those right below the top, or below `unit`, by people: the chart. */
    largest: Type.Array(
      Type.Object({ name: Type.String(), people: Type.Integer(), rate: Nullable(Type.Number()) }, closed),
    ),
  },
  closed,
);
export type ReportReply = Static<typeof ReportReply>;

/**
 * Reports that make themselves every week and are kept.
 *
 * GET    /api/desk/contests/:contest/report/schedules              → ScheduleList
 * POST   /api/desk/contests/:contest/report/schedules              ScheduleBody → ScheduleView
 * DELETE /api/desk/contests/:contest/report/schedules/:schedule    ReasonOnly → ScheduleList
 * GET    /api/desk/contests/:contest/report/kept                   → KeptList
 * GET    /api/desk/contests/:contest/report/kept/:kept             → the file
 */
const Address = Type.String({
  minLength: 3,
  maxLength: 254,
  pattern: '^[^\\s@<>]+@[^\\s@<>]+\\.[^\\s@<>]+$',
});

export const ScheduleBody = Type.Object(
  {
    /** Chosen by who asks: the same command twice is one schedule. */
    id: Type.Optional(Uid),
    /** 1 Monday … 7 Sunday. */
    weekday: Type.Integer({ minimum: 1, maximum: 7 }),
    /** Minutes since 00:00 in Hà Nội. */
    minute: Type.Integer({ minimum: 0, maximum: 1439 }),
    formats: Type.Array(Format, { minItems: 1, maxItems: 3, uniqueItems: true }),
    unit: Type.Optional(Nullable(Uid)),
    /** Sent there as well. */
    addresses: Type.Array(Address, { maxItems: 20, uniqueItems: true }),
  },
  closed,
);
export type ScheduleBody = Static<typeof ScheduleBody>;

export const ScheduleView = Type.Object(
  {
    id: Uid,
    weekday: Type.Integer(),
    minute: Type.Integer(),
    formats: Type.Array(Format),
    unit: Nullable(Type.Object({ id: Uid, name: Type.String() }, closed)),
    addresses: Type.Array(Type.String()),
    nextAt: Moment,
  },
  closed,
);
export type ScheduleView = Static<typeof ScheduleView>;
export const ScheduleList = Type.Object({ schedules: Type.Array(ScheduleView) }, closed);
export type ScheduleList = Static<typeof ScheduleList>;
export const ScheduleParams = Type.Object({ contest: Uid, schedule: Uid }, closed);
export const ReasonOnly = Type.Object({ reason: Reason }, closed);

export const KeptReport = Type.Object(
  {
    id: Uid,
    format: Format,
    period: Span,
    unit: Nullable(Type.Object({ id: Uid, name: Type.String() }, closed)),
    madeAt: Moment,
    /** Then it is removed. */
    keptUntil: Moment,
    bytes: Type.Integer(),
  },
  closed,
);
/** A page, the newest first; `total`: how many there are. */
export const KeptQuery = Type.Object(
  { offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })) },
  closed,
);
export const KeptList = Type.Object({ kept: Type.Array(KeptReport), total: Type.Integer() }, closed);
export type KeptList = Static<typeof KeptList>;
export const KeptParams = Type.Object({ contest: Uid, kept: Uid }, closed);
