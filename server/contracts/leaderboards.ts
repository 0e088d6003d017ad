/**
 * Leaderboards: people and units, of a round or added up over a contest. Read from memory; names come as the contest shows
 * them. While a board is frozen everybody but the contest's organisers gets it as it stood at the moment of the freeze.
 *
 * `:board` is `round-<uid>` or `contest-<uid>`.
 * GET  /api/leaderboards/:board?offset&limit&unit        PeoplePage    public
 * GET  /api/leaderboards/:board/me                       MyStanding    person
 * GET  /api/leaderboards/:board/search?q                 PeoplePage    public: by name (diacritics ignored) or number
 * GET  /api/leaderboards/:board/units?offset&limit&parent&metric       UnitsPage, public
 * GET  /api/desk/leaderboards/:board/export?format=csv|xlsx&of=people|units   file, organisers
 * GET  /api/desk/leaderboards/:board?offset&limit&unit   PeoplePage    organisers: as it is, through a freeze
 * POST /api/desk/rounds/:round/freeze  FreezeBoard → FreezeReply        organisers
 * POST /api/desk/rounds/:round/reveal  FreezeBoard → FreezeReply        organisers
 *
 * Socket (namespace "/", websocket): the client emits `board:follow` with { board } and gets `board` messages
 * (BoardMessage), at once and then when something changed, at most one a second; `board:leave` with { board } ends it.
 */
import Type, { type Static } from 'typebox';
import { Moment, Nullable, Reason, Uid } from './values.ts';

export const BoardParams = Type.Object({
  board: Type.String({ pattern: '^(round|contest)-[0-9a-f-]{36}$' }),
});

export const Metric = Type.Union([
  Type.Literal('entrants'),
  Type.Literal('attempts'),
  Type.Literal('rate'),
  Type.Literal('average'),
]);
export type Metric = Static<typeof Metric>;

export const PeopleQuery = Type.Object({
  offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000_000 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  /** Only people of this unit and those below it. */
  unit: Type.Optional(Uid),
});

export const SearchQuery = Type.Object({ q: Type.String({ minLength: 1, maxLength: 100 }) });

export const UnitsQuery = Type.Object({
  offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000_000 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  /** Units directly below this one; without it, the topmost. */
  parent: Type.Optional(Uid),
  /** The contest's own measure unless said. */
  metric: Type.Optional(Metric),
});

export const UnitName = Type.Object({ id: Uid, name: Type.String() });

/** A line of the people's board. */
export const PersonLine = Type.Object({
  /** Opaque, the same person has the same one within this board: for movement on the screen. */
  key: Type.String(),
  /** From 1; equals share it. */
  rank: Type.Integer(),
  /** As the contest shows names: in full, shortened, or "Số 123". */
  name: Type.String(),
  unit: Nullable(UnitName),
  /** Hundredths. */
  marks: Type.Integer(),
  elapsedMs: Type.Integer(),
  submittedAt: Moment,
  /** How far the prediction was; given when the prediction counts already. */
  predictionDistance: Type.Optional(Nullable(Type.Integer())),
});
export type PersonLine = Static<typeof PersonLine>;

/** What every answer about a board says of it. */
const about = {
  /** Rises with each change that shows. */
  revision: Type.Integer(),
  /** Moment of the freeze; null when it shows what is. */
  frozenAt: Nullable(Moment),
  /** Predictions have entered and nothing changes any more. */
  final: Type.Boolean(),
  /** How binding what it shows is: attempts still come, provisional, official, official and amended since. */
  standing: Type.Union([
    Type.Literal('running'),
    Type.Literal('provisional'),
    Type.Literal('official'),
    Type.Literal('amended'),
  ]),
  /** Tie-break order in use now: without the prediction until its target is known. */
  order: Type.Array(
    Type.Union([
      Type.Literal('marks'),
      Type.Literal('prediction'),
      Type.Literal('time'),
      Type.Literal('submitted'),
    ]),
  ),
};

export const PeoplePage = Type.Object({
  ...about,
  /** Null while it would show how far a prediction's target has come. */
  total: Nullable(Type.Integer()),
  /** When only so many lines are open to everybody. */
  reach: Type.Optional(Type.Integer()),
  offset: Type.Integer(),
  lines: Type.Array(PersonLine),
});
export type PeoplePage = Static<typeof PeoplePage>;

export const MyStanding = Type.Object({
  ...about,
  /** When only the ranks of so many leaders are told. */
  reach: Type.Optional(Type.Integer()),
  /** Null when nothing of mine counts (yet). */
  me: Nullable(
    Type.Object({
      /** Null beyond `reach`: until the close it would show how far a prediction's target has come. */
      rank: Nullable(Type.Integer()),
      /** Null, as `shareBelow`, for the same reason. */
      of: Nullable(Type.Integer()),
      /** Share of the others who stand below, 0..1. */
      shareBelow: Nullable(Type.Number()),
      marks: Type.Integer(),
      elapsedMs: Type.Integer(),
      unit: Nullable(
        Type.Object({
          id: Uid,
          name: Type.String(),
          /** Null beyond the unit's own `reach`. */
          rank: Nullable(Type.Integer()),
          reach: Type.Optional(Type.Integer()),
          of: Nullable(Type.Integer()),
        }),
      ),
    }),
  ),
  /** My line and up to five on each side; empty when my rank is not told. */
  around: Type.Array(PersonLine),
  /** My `key` in the lines. */
  key: Nullable(Type.String()),
});
export type MyStanding = Static<typeof MyStanding>;

export const UnitLine = Type.Object({
  id: Uid,
  rank: Type.Integer(),
  name: Type.String(),
  /** Null, as `attempts` and `rate`, while they would show how far a prediction's target has come. */
  entrants: Nullable(Type.Integer()),
  attempts: Nullable(Type.Integer()),
  members: Nullable(Type.Integer()),
  /** Entrants a member, 0..1 (may pass 1 with an old headcount). */
  rate: Nullable(Type.Number()),
  /** Hundredths of a mark. */
  average: Nullable(Type.Number()),
  /** Whether there are units below. */
  hasBelow: Type.Boolean(),
});
export type UnitLine = Static<typeof UnitLine>;

export const UnitsPage = Type.Object({
  ...about,
  metric: Metric,
  total: Type.Integer(),
  offset: Type.Integer(),
  lines: Type.Array(UnitLine),
});
export type UnitsPage = Static<typeof UnitsPage>;

export const ExportQuery = Type.Object({
  format: Type.Union([Type.Literal('csv'), Type.Literal('xlsx')]),
  of: Type.Union([Type.Literal('people'), Type.Literal('units')]),
});

export const FreezeBoard = Type.Object({ reason: Reason }, { additionalProperties: false });
export const FreezeReply = Type.Object({ frozenAt: Nullable(Moment) });
export type FreezeReply = Static<typeof FreezeReply>;

/** `board:follow` and `board:leave`. */
export const FollowMessage = Type.Object(
  { board: BoardParams.properties.board },
  { additionalProperties: false },
);

/** What followers get: the first page of people and of the topmost units; encoded once for everybody. */
export const BoardMessage = Type.Object({
  v: Type.Literal(1),
  board: Type.String(),
  people: PeoplePage,
  units: UnitsPage,
});
export type BoardMessage = Static<typeof BoardMessage>;
