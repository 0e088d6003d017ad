/**
 * Essays that people mark. Nobody's name is on them; two markers look independently, a third where they are apart.
 *
 * GET    /api/desk/marking                          MarkingList     rounds with essays that I may mark
 * GET    /api/desk/marking/:round                   MarkingRound    organisers and markers of the contest
 * POST   /api/desk/marking/:round/next              NextEssay       takes an answer for me, or gives the one that I have
 * GET    /api/desk/marking/:round/mine              MarkedList      what I marked
 * GET    /api/desk/essays/:essay                    EssayToMark     who has taken it
 * PUT    /api/desk/essays/:essay         MarkEssay → MarkedEssay    who has taken it, until it is done
 * GET    /api/desk/contests/:contest/markers        Markers         organisers of the contest
 * POST   /api/desk/contests/:contest/markers        AddMarker → Markers
 * DELETE /api/desk/contests/:contest/markers/:person         → Markers
 */
import Type, { type Static } from 'typebox';
import { AnyJson, Moment, Uid } from './values.ts';

export const MarkingParams = Type.Object({ round: Uid });
export const EssayParams = Type.Object({ essay: Uid });
export const MarkersParams = Type.Object({ contest: Uid });
export const MarkerParams = Type.Object({ contest: Uid, person: Uid });

/** How far marking is. */
const Progress = Type.Object({
  /** Wait for their first or second look. */
  waiting: Type.Integer(),
  /** Wait for a third. */
  apart: Type.Integer(),
  done: Type.Integer(),
  /** Looks that I took. */
  mine: Type.Integer(),
});

const RoundInMarking = Type.Object({
  round: Uid,
  title: Type.String(),
  contest: Type.Object({ id: Uid, title: Type.String() }),
  closesAt: Moment,
  progress: Progress,
});

export const MarkingList = Type.Object({ rounds: Type.Array(RoundInMarking) });
export type MarkingList = Static<typeof MarkingList>;

export const MarkingRound = Type.Object({
  ...RoundInMarking.properties,
  /** Percent of an answer's marks: two who are further apart call a third. */
  gap: Type.Integer(),
  /** What each marker did; organisers alone see it. */
  markers: Type.Union([
    Type.Array(Type.Object({ name: Type.Union([Type.String(), Type.Null()]), marked: Type.Integer() })),
    Type.Null(),
  ]),
});
export type MarkingRound = Static<typeof MarkingRound>;

export const EssayToMark = Type.Object({
  id: Uid,
  /** Running number in the installation; whose it is cannot be told from it. */
  number: Type.Integer(),
  seat: Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3)]),
  /** With its formulas. */
  prompt: AnyJson,
  /** Hundredths, as everywhere. */
  points: Type.Integer(),
  rubric: Type.Array(Type.Object({ text: Type.String(), points: Type.Integer() })),
  text: Type.String(),
  /** What I gave so far. */
  lines: Type.Union([Type.Array(Type.Integer()), Type.Null()]),
  marks: Type.Union([Type.Integer(), Type.Null()]),
  note: Type.String(),
  /** For the third look: what the first two gave, without names. */
  others: Type.Array(Type.Integer()),
});
export type EssayToMark = Static<typeof EssayToMark>;

/** Null: nothing waits for me. */
export const NextEssay = Type.Object({ essay: Type.Union([EssayToMark, Type.Null()]) });
export type NextEssay = Static<typeof NextEssay>;

export const MarkEssay = Type.Object(
  {
    /** For each line of the rubric, hundredths; null where the question has no rubric. */
    lines: Type.Union([
      Type.Null(),
      Type.Array(Type.Integer({ minimum: 0, maximum: 100_000 }), { maxItems: 50 }),
    ]),
    /** Of the whole answer, hundredths; not asked for where there are lines. */
    marks: Type.Union([Type.Null(), Type.Integer({ minimum: 0, maximum: 100_000 })]),
    note: Type.String({ maxLength: 2000 }),
  },
  { additionalProperties: false },
);
export type MarkEssay = Static<typeof MarkEssay>;

const EssayState = Type.Union([Type.Literal('waiting'), Type.Literal('apart'), Type.Literal('done')]);
export type EssayState = Static<typeof EssayState>;

export const MarkedEssay = Type.Object({ state: EssayState, marks: Type.Integer() });
export type MarkedEssay = Static<typeof MarkedEssay>;

export const MarkedList = Type.Object({
  essays: Type.Array(
    Type.Object({
      id: Uid,
      number: Type.Integer(),
      marks: Type.Integer(),
      markedAt: Moment,
      state: EssayState,
      /** What counts, once it is done. */
      final: Type.Union([Type.Integer(), Type.Null()]),
    }),
  ),
});
export type MarkedList = Static<typeof MarkedList>;

export const Markers = Type.Object({ people: Type.Array(Type.Object({ id: Uid, name: Type.String() })) });
export type Markers = Static<typeof Markers>;
export const AddMarker = Type.Object({ person: Uid }, { additionalProperties: false });
