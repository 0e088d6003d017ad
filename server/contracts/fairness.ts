/**
 * What an organiser weighs in a contest: people who may be one, who is left out of prizes, attempts that look odd. Nothing acts
 * by itself: each decision is somebody's, with a reason, and logged. Doors: /api/desk/contests/:contest/…
 */
import Type, { type Static } from 'typebox';
import { Moment, Nullable, Reason, Uid } from './values.ts';

const closed = { additionalProperties: false };

/** Somebody who entered, as far as it helps to decide. */
export const WeighedPerson = Type.Object({
  uid: Uid,
  name: Type.String(),
  birthDate: Nullable(Type.String()),
  /** Last digits. */
  phone: Nullable(Type.String()),
  citizenId: Nullable(Type.String()),
  unit: Nullable(Type.String()),
  /** Of the entry. */
  number: Type.Integer(),
  enteredAt: Moment,
  guest: Type.Boolean(),
  attempts: Type.Integer(),
});
export type WeighedPerson = Static<typeof WeighedPerson>;

export const DuplicateSign = Type.Union([
  Type.Literal('citizen'),
  Type.Literal('birth'),
  Type.Literal('near'),
  Type.Literal('phone'),
  Type.Literal('device'),
  Type.Literal('home'),
  Type.Literal('network'),
]);
export const DuplicateState = Type.Union([
  Type.Literal('open'),
  Type.Literal('merged'),
  Type.Literal('allowed'),
  Type.Literal('excluded'),
]);
export type DuplicateState = Static<typeof DuplicateState>;

export const Duplicate = Type.Object({
  a: WeighedPerson,
  b: WeighedPerson,
  signs: Type.Array(DuplicateSign),
  weight: Type.Integer(),
  state: DuplicateState,
  decidedAt: Nullable(Moment),
  reason: Nullable(Type.String()),
});
export type Duplicate = Static<typeof Duplicate>;

/** GET …/duplicates: the heaviest first, 20 a page. */
export const DuplicatesQuery = Type.Object(
  {
    state: Type.Optional(DuplicateState),
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
  },
  closed,
);
export const DuplicatesReply = Type.Object({ duplicates: Type.Array(Duplicate), total: Type.Integer() });
export type DuplicatesReply = Static<typeof DuplicatesReply>;

/** POST …/duplicates/scan: looks through all entrants again. */
export const DuplicatesFound = Type.Object({ found: Type.Integer(), added: Type.Integer() });
export type DuplicatesFound = Static<typeof DuplicatesFound>;

/**
 * POST …/duplicates/decision. allow: they are two people. exclude: `people` get no prize. merge: the other one's entry and
 * attempts become those of `keep`; attempts beyond what a round allows no longer count. `conflict` when it is decided already.
 */
export const DuplicateDecision = Type.Object(
  {
    a: Uid,
    b: Uid,
    deed: Type.Union([Type.Literal('allow'), Type.Literal('exclude'), Type.Literal('merge')]),
    keep: Type.Optional(Uid),
    people: Type.Optional(Type.Array(Uid, { minItems: 1, maxItems: 2 })),
    reason: Reason,
  },
  closed,
);
export type DuplicateDecision = Static<typeof DuplicateDecision>;

/** POST …/duplicates/preview: what a merge would move, and what would no longer count. */
export const MergePreviewBody = Type.Object({ keep: Uid, other: Uid }, closed);
export const MergePreview = Type.Object({
  moved: Type.Integer(),
  dropped: Type.Integer(),
  /** One of them is at work just now: merge later. */
  inProgress: Type.Boolean(),
});
export type MergePreview = Static<typeof MergePreview>;

export const ExcludedPerson = Type.Object({
  person: WeighedPerson,
  reason: Type.String(),
  by: Type.String(),
  at: Moment,
});
/** GET …/exclusions, and the answer of POST and DELETE. */
export const ExclusionsReply = Type.Object({ exclusions: Type.Array(ExcludedPerson) });
export type ExclusionsReply = Static<typeof ExclusionsReply>;
/** POST …/exclusions */
export const ExclusionBody = Type.Object({ person: Uid, reason: Reason }, closed);
/** DELETE …/exclusions/:person */
export const LiftBody = Type.Object({ reason: Reason }, closed);
export const ExclusionParams = Type.Object({ contest: Uid, person: Uid });

export const SignalState = Type.Union([Type.Literal('open'), Type.Literal('fine'), Type.Literal('noted')]);
export type SignalState = Static<typeof SignalState>;
export const Signal = Type.Object({
  attempt: Type.String(),
  round: Type.String(),
  number: Type.Integer(),
  person: WeighedPerson,
  /** fast: median tenths of a second an answer; row: the same choice so often in a row; away: so often out of sight. */
  signs: Type.Object({
    fast: Type.Optional(Type.Number()),
    row: Type.Optional(Type.Number()),
    away: Type.Optional(Type.Number()),
  }),
  marks: Nullable(Type.Integer()),
  elapsedMs: Nullable(Type.Integer()),
  submittedAt: Nullable(Moment),
  state: SignalState,
  note: Nullable(Type.String()),
});
export type Signal = Static<typeof Signal>;
/** GET …/signals */
export const SignalsQuery = Type.Object(
  {
    state: Type.Optional(SignalState),
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
  },
  closed,
);
export const SignalsReply = Type.Object({ signals: Type.Array(Signal), total: Type.Integer() });
export type SignalsReply = Static<typeof SignalsReply>;
/** POST …/signals/scan: looks at attempts that ended since; call again while there is more. */
export const SignalsScanned = Type.Object({ looked: Type.Integer(), more: Type.Boolean() });
export type SignalsScanned = Static<typeof SignalsScanned>;
/** POST …/signals/decision: what somebody thinks of it; nothing else follows. */
export const SignalDecision = Type.Object(
  {
    attempt: Type.String({ maxLength: 40 }),
    state: Type.Union([Type.Literal('fine'), Type.Literal('noted')]),
    reason: Reason,
  },
  closed,
);
export type SignalDecision = Static<typeof SignalDecision>;
