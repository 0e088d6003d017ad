/**
 * Closing a round: how binding its results are, and what they were at each step. Times are ms UTC, marks hundredths.
 *
 * `board` is `round-<uid>` or `contest-<uid>`, as of leaderboards.
 * GET  /api/desk/contests/:contest/closing                ClosingView   organisers
 * POST /api/desk/contests/:contest/standings  Declare  →  ClosingView   takes a snapshot; sent again it is the one that is there
 * GET  /api/desk/contests/:contest/comparison?from&to     Comparison    two snapshots of one board
 */
import Type, { type Static } from 'typebox';
import { Moment, Nullable, Reason, Uid } from './values.ts';

/** Declared by an organiser, each with a snapshot. */
export const DeclaredStanding = Type.Union([
  Type.Literal('provisional'),
  Type.Literal('official'),
  Type.Literal('amended'),
]);
export type DeclaredStanding = Static<typeof DeclaredStanding>;

/** How binding a round's results are. */
export const RoundStanding = Type.Union([
  Type.Literal('soon'),
  Type.Literal('open'),
  Type.Literal('closed'),
  DeclaredStanding,
]);
export type RoundStanding = Static<typeof RoundStanding>;

export const BoardKey = Type.String({ pattern: '^(round|contest)-[0-9a-f-]{36}$' });

/** A board as it was when its standing was declared. */
export const SnapshotCard = Type.Object({
  id: Uid,
  /** From 1 for each board. */
  number: Type.Integer(),
  standing: DeclaredStanding,
  at: Moment,
  /** Name of who declared it. */
  by: Type.String(),
  reason: Type.String(),
  people: Type.Integer(),
  /** SHA-256 over its list, hex. */
  fingerprint: Type.String(),
});
export type SnapshotCard = Static<typeof SnapshotCard>;

export const ClosingBoard = Type.Object({
  board: BoardKey,
  title: Type.String(),
  standing: RoundStanding,
  /** What may be declared now. */
  next: Type.Array(DeclaredStanding),
  /** Why nothing may yet, or what keeps it from being official. */
  waits: Nullable(
    Type.Union([
      Type.Literal('open'),
      Type.Literal('settling'),
      Type.Literal('remedy'),
      Type.Literal('granted'),
      Type.Literal('prediction'),
      Type.Literal('rounds'),
    ]),
  ),
  closesAt: Moment,
  settledAt: Nullable(Moment),
  predictionTruth: Nullable(Type.Integer()),
  /** Newest first. */
  snapshots: Type.Array(SnapshotCard),
  /** SHA-256 of the seed of its lots, and since when it is fixed; null while no prize is drawn. */
  draw: Nullable(Type.Object({ commitment: Type.String(), committedAt: Moment })),
});
export type ClosingBoard = Static<typeof ClosingBoard>;

export const ClosingView = Type.Object({ boards: Type.Array(ClosingBoard) });
export type ClosingView = Static<typeof ClosingView>;

/** `last`: number of the newest snapshot that was seen, 0 for none; another one answers `conflict`. */
export const Declare = Type.Object(
  {
    board: BoardKey,
    standing: DeclaredStanding,
    last: Type.Integer({ minimum: 0 }),
    reason: Reason,
  },
  { additionalProperties: false },
);
export type Declare = Static<typeof Declare>;

export const ComparisonQuery = Type.Object({ from: Uid, to: Uid });

/** What was true of somebody in a snapshot. */
const Place = Type.Object({ rank: Type.Integer(), marks: Type.Integer(), elapsedMs: Type.Integer() });

/** Why somebody stands elsewhere; `others`: nothing of theirs changed, others passed them or fell behind. */
export const MoveCause = Type.Union([
  Type.Literal('regraded'),
  Type.Literal('annulled'),
  Type.Literal('merged'),
  Type.Literal('restored'),
  Type.Literal('late'),
  Type.Literal('prediction'),
  Type.Literal('unit'),
  Type.Literal('others'),
]);
export type MoveCause = Static<typeof MoveCause>;

export const Move = Type.Object({
  name: Type.String(),
  unit: Nullable(Type.String()),
  before: Nullable(Place),
  after: Nullable(Place),
  cause: MoveCause,
});
export type Move = Static<typeof Move>;

export const Comparison = Type.Object({
  from: SnapshotCard,
  to: SnapshotCard,
  /** People whose own figures changed, and those whom only others moved. */
  changed: Type.Integer(),
  up: Type.Integer(),
  down: Type.Integer(),
  came: Type.Integer(),
  left: Type.Integer(),
  /** Those whose figures changed first, then those who moved furthest; at most 500. */
  moves: Type.Array(Move),
});
export type Comparison = Static<typeof Comparison>;
