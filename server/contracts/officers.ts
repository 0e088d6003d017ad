/** What officers of a unit see of it: figures of their unit and those below it, and who of its rosters has not taken part. Nothing of other units. */
import Type, { type Static } from 'typebox';
import { Phase } from './contests.ts';
import { Moment, Nullable, Reason, Seq, Slug, Uid } from './values.ts';

const closed = { additionalProperties: false };

const UnitRef = Type.Object({ id: Uid, name: Type.String(), path: Type.Array(Type.String()) });

/** GET /api/officer: the units that I answer for, and the contests of which there are figures. */
export const OfficerHome = Type.Object({
  units: Type.Array(UnitRef),
  contests: Type.Array(
    Type.Object({
      id: Uid,
      slug: Slug,
      title: Type.String(),
      phase: Phase,
      opensAt: Moment,
      closesAt: Moment,
      /** Which of my units I see in it: whoever named me organises it, or was an admin. */
      units: Type.Array(Uid),
    }),
  ),
});
export type OfficerHome = Static<typeof OfficerHome>;

export const OfficerParams = Type.Object({ contest: Uid, unit: Uid });

/** entered: registered for the contest; people: those with a result; average: hundredths of a mark. Null: not counted for this contest. */
const Figures = Type.Object({
  entered: Type.Integer(),
  people: Nullable(Type.Integer()),
  attempts: Nullable(Type.Integer()),
  average: Nullable(Type.Number()),
});

/** GET /api/officer/contests/:contest/units/:unit */
export const UnitStanding = Type.Object({
  at: Moment,
  unit: UnitRef,
  headcount: Nullable(Type.Integer()),
  /** Everything of the unit and those below it. */
  totals: Figures,
  /** Null: no roster names anybody here. */
  roster: Nullable(
    Type.Object({ members: Type.Integer(), registered: Type.Integer(), played: Type.Integer() }),
  ),
  rounds: Type.Array(Type.Object({ id: Uid, title: Type.String(), ...Figures.properties })),
  /** Right below, by name. */
  below: Type.Array(
    Type.Object({
      id: Uid,
      name: Type.String(),
      headcount: Nullable(Type.Integer()),
      ...Figures.properties,
      hasBelow: Type.Boolean(),
    }),
  ),
});
export type UnitStanding = Static<typeof UnitStanding>;

/** GET /api/officer/contests/:contest/units/:unit/missing: of the rosters, who has not played; 100 a page. */
export const MissingQuery = Type.Object(
  { offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000_000 })) },
  closed,
);
export const MissingReply = Type.Object({
  total: Type.Integer(),
  people: Type.Array(
    Type.Object({
      name: Type.String(),
      birthDate: Nullable(Type.String()),
      unit: Type.String(),
      /** Entered, and has not played yet. */
      registered: Type.Boolean(),
    }),
  ),
});
export type MissingReply = Static<typeof MissingReply>;
export const MissingFileQuery = Type.Object(
  { format: Type.Union([Type.Literal('csv'), Type.Literal('xlsx')]) },
  closed,
);

/** GET /api/units/:unit/officers (organiser), and the answer of POST and DELETE. */
export const OfficersReply = Type.Object({
  officers: Type.Array(
    Type.Object({
      person: Uid,
      name: Type.String(),
      phone: Nullable(Type.String()),
      addedAt: Moment,
      /** Whether I may take them off. */
      mine: Type.Boolean(),
    }),
  ),
});
export type OfficersReply = Static<typeof OfficersReply>;
export const OfficerBody = Type.Object({ person: Uid, reason: Reason }, closed);
export const OfficerDropBody = Type.Object({ reason: Reason }, closed);
export const OfficerOfUnit = Type.Object({ unit: Uid, person: Uid });

/** POST /api/desk/contests/:contest/links → the short link of a unit. */
export const LinkBody = Type.Object({ unit: Uid }, closed);
export const LinkReply = Type.Object({ code: Type.String(), url: Type.String() });
export type LinkReply = Static<typeof LinkReply>;
export const PosterParams = Type.Object({ contest: Uid, unit: Uid });
/** GET /api/desk/contests/:contest/posters: of all units, or of one and those below it. */
export const PostersQuery = Type.Object({ under: Type.Optional(Uid) }, closed);

/** GET /api/desk/contests/:contest/asked-units: what people wrote who did not find their unit. */
export const AskedUnitsReply = Type.Object({
  asked: Type.Array(
    Type.Object({
      key: Type.String(),
      text: Type.String(),
      people: Type.Integer(),
      since: Moment,
      /** Units that it may be. */
      like: Type.Array(UnitRef),
    }),
  ),
});
export type AskedUnitsReply = Static<typeof AskedUnitsReply>;
/** POST …/asked-units: everybody who wrote `key` belongs to `unit`, or, with null, to none; then they read the reason. */
export const AskedUnitBody = Type.Object(
  { key: Type.String({ minLength: 1, maxLength: 200 }), unit: Nullable(Uid), reason: Reason },
  closed,
);

/** POST /api/desk/contests/:contest/moves: an entrant belongs to another unit from now on; results keep theirs. */
export const MoveEntrantBody = Type.Object({ person: Uid, unit: Nullable(Uid), reason: Reason }, closed);
/** GET …/moves: who was moved, a page of it, the newest first; and the answer of POST. */
export const MovesQuery = Type.Object({ before: Type.Optional(Seq) }, closed);
export const MovesReply = Type.Object({
  /** In all, and what `before` to ask with for older ones; null: these are the oldest. */
  total: Type.Integer(),
  older: Nullable(Seq),
  moves: Type.Array(
    Type.Object({
      at: Moment,
      /** Names; null: erased since, or no unit. */
      person: Nullable(Type.String()),
      from: Nullable(Type.String()),
      to: Nullable(Type.String()),
      by: Nullable(Type.String()),
      reason: Nullable(Type.String()),
    }),
  ),
});
export type MovesReply = Static<typeof MovesReply>;
