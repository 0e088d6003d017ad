/**
 * Prizes: what is given to whom, who may not win, who won and why. Times are ms UTC, marks hundredths.
 *
 * Desk (organisers of the contest)
 * GET  /api/desk/contests/:contest/prizes                  PrizesView
 * PUT  /api/desk/contests/:contest/prizes      SavePrizes → PrizesView   at an expected version
 * PUT  /api/desk/contests/:contest/prize-rights PrizeRight → PrizesView  one person may win or not, with a reason
 * POST /api/desk/contests/:contest/winners     Decide     → WinnerList   from the newest snapshot of a board
 * GET  /api/desk/contests/:contest/winners?board           WinnerList
 * POST /api/desk/contests/:contest/winners/publication     PublishWinners → WinnerList
 * GET  /api/desk/contests/:contest/notice?board&format     the notice as PDF or DOCX
 *
 * Public
 * GET  /api/contests/:slug/winners                         PublicWinners
 * GET  /api/contests/:slug/lots?board                      text: everybody whose lot was drawn, to draw it again
 * GET  /api/results/:code                                  OwnResult, by the code on one's result page
 */
import Type, { type Static } from 'typebox';
import { BoardKey, RoundStanding } from './closing.ts';
import { Moment, Nullable, Reason, Uid } from './values.ts';

const Count = (maximum: number) => Type.Integer({ minimum: 0, maximum });

export const PrizeMetric = Type.Union([
  Type.Literal('entrants'),
  Type.Literal('attempts'),
  Type.Literal('rate'),
  Type.Literal('average'),
]);
export type PrizeMetric = Static<typeof PrizeMetric>;

/** One prize. Prizes that ask for the same share one line: the second takes on where the first stopped. */
export const Prize = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9]{4,16}$' }),
    /** "Giải Nhất" */
    title: Type.String({ minLength: 1, maxLength: 200 }),
    /** "2.000.000 đồng và Giấy chứng nhận"; may be empty. */
    value: Type.String({ maxLength: 300 }),
    count: Type.Integer({ minimum: 1, maximum: 5000 }),
    /** Given in each round, or once for the whole contest. */
    scope: Type.Union([Type.Literal('round'), Type.Literal('contest')]),
    to: Type.Union([Type.Literal('people'), Type.Literal('units')]),
    /** By the board's order, or by lots among all who qualify. */
    by: Type.Union([Type.Literal('rank'), Type.Literal('lot')]),
    /** Of units. */
    metric: PrizeMetric,
    /** People of this unit and those below; of units, those right below it. */
    unit: Nullable(Uid),
    /** Of units: only those of this block, at any level. */
    block: Nullable(Type.String({ minLength: 1, maxLength: 200 })),
    /** Of units: headcount from and to, both included. */
    membersFrom: Nullable(Count(10_000_000)),
    membersTo: Nullable(Count(10_000_000)),
    /** Of people. */
    minMarks: Nullable(Count(10_000_000)),
    /** Of units. */
    minEntrants: Nullable(Count(10_000_000)),
  },
  { additionalProperties: false },
);
export type Prize = Static<typeof Prize>;

export const Notice = Type.Object(
  {
    /** "THÀNH ỦY HÀ NỘI"; empty: none. */
    superior: Type.String({ maxLength: 200 }),
    /** "BAN TỔ CHỨC CUỘC THI" */
    issuer: Type.String({ maxLength: 200 }),
    /** "12/TB-BTC" */
    number: Type.String({ maxLength: 60 }),
    place: Type.String({ maxLength: 100 }),
    /** Day that it bears; null: the day on which it is printed. */
    date: Nullable(Moment),
    /** What it is based on, before the lists; lines become paragraphs. */
    intro: Type.String({ maxLength: 4000 }),
    /** After the lists. */
    closing: Type.String({ maxLength: 4000 }),
    /** "TM. BAN TỔ CHỨC" and "TRƯỞNG BAN", a line each. */
    signRole: Type.String({ maxLength: 200 }),
    signName: Type.String({ maxLength: 100 }),
    /** "Nơi nhận", a line each. */
    recipients: Type.String({ maxLength: 1000 }),
  },
  { additionalProperties: false },
);
export type Notice = Static<typeof Notice>;

export const PrizePlan = Type.Object(
  {
    prizes: Type.Array(Prize, { maxItems: 60 }),
    caps: Type.Object(
      {
        /** Whoever won on a board wins nothing else on it. */
        onePerBoard: Type.Boolean(),
        /** Prizes that one person may win over the contest; null: any number. */
        person: Nullable(Type.Integer({ minimum: 1, maximum: 1000 })),
        /** Prizes that people of one unit may win over the contest. */
        unit: Nullable(Type.Integer({ minimum: 1, maximum: 100_000 })),
        /** Prizes that one unit may win as a unit over the contest. */
        unitWins: Nullable(Type.Integer({ minimum: 1, maximum: 1000 })),
      },
      { additionalProperties: false },
    ),
    notice: Notice,
  },
  { additionalProperties: false },
);
export type PrizePlan = Static<typeof PrizePlan>;

export const SavePrizes = Type.Object(
  {
    /** 0 for the first. */
    expectedVersion: Type.Integer({ minimum: 0 }),
    plan: PrizePlan,
    reason: Type.Optional(Reason),
  },
  { additionalProperties: false },
);
export type SavePrizes = Static<typeof SavePrizes>;

/** Why somebody may not win. */
export const ExclusionCause = Type.Union([
  /** Organises the contest. */
  Type.Literal('organiser'),
  /** Is an editor, reviewer or admin, or wrote a question of its banks: may have seen keys. */
  Type.Literal('keys'),
  /** Answers for a unit and saw figures while a prediction could be made; only where the prediction decides the order. */
  Type.Literal('figures'),
  /** An organiser decided so. */
  Type.Literal('decided'),
]);
export type ExclusionCause = Static<typeof ExclusionCause>;

export const Exclusion = Type.Object({
  person: Uid,
  name: Type.String(),
  cause: ExclusionCause,
  /** False: an organiser let them win all the same. */
  excluded: Type.Boolean(),
  /** Of the decision. */
  reason: Nullable(Type.String()),
});
export type Exclusion = Static<typeof Exclusion>;

export const PrizeRight = Type.Object(
  { person: Uid, excluded: Type.Boolean(), reason: Reason },
  { additionalProperties: false },
);
export type PrizeRight = Static<typeof PrizeRight>;

export const PrizesView = Type.Object({
  version: Type.Integer(),
  plan: PrizePlan,
  exclusions: Type.Array(Exclusion),
  /** Blocks that units have, to choose from. */
  blocks: Type.Array(Type.String()),
});
export type PrizesView = Static<typeof PrizesView>;

/* -------------------------------------------------------------------- winners */

export const Decide = Type.Object(
  {
    board: BoardKey,
    /** Snapshot that was seen; another newest one answers `conflict`. */
    snapshot: Uid,
    /** Added to the seed: something public that nobody could know when the seed was committed to. */
    extra: Type.String({ maxLength: 200 }),
    reason: Reason,
  },
  { additionalProperties: false },
);
export type Decide = Static<typeof Decide>;

export const PublishWinners = Type.Object({ list: Uid, reason: Reason }, { additionalProperties: false });
export type PublishWinners = Static<typeof PublishWinners>;
export const BoardQuery = Type.Object({ board: BoardKey });
export const NoticeQuery = Type.Object({
  board: BoardKey,
  format: Type.Union([Type.Literal('pdf'), Type.Literal('docx')]),
});

/** What put one above the next: a criterion of the board or a figure of units, then lots. */
export const Decider = Type.Union([
  Type.Literal('marks'),
  Type.Literal('prediction'),
  Type.Literal('time'),
  Type.Literal('submitted'),
  PrizeMetric,
  Type.Literal('lot'),
  /** Nobody who qualifies is left. */
  Type.Literal('last'),
]);
export type Decider = Static<typeof Decider>;

/** Figures of a winner, and why it stands above the next in line. */
export const WinnerWhy = Type.Object({
  /** How others call it in the lists: "Số 123", or the unit's code; what its lot is made of. */
  label: Type.String(),
  marks: Type.Optional(Type.Integer()),
  elapsedMs: Type.Optional(Type.Integer()),
  submittedAt: Type.Optional(Type.Integer()),
  distance: Type.Optional(Nullable(Type.Integer())),
  entrants: Type.Optional(Type.Integer()),
  attempts: Type.Optional(Type.Integer()),
  rate: Type.Optional(Nullable(Type.Number())),
  average: Type.Optional(Nullable(Type.Number())),
  /** Hex; only where lots decided. */
  lot: Nullable(Type.String()),
  by: Decider,
  mine: Nullable(Type.Number()),
  theirs: Nullable(Type.Number()),
  /** Of the next in line. */
  next: Nullable(Type.String()),
  /** How many above were passed over. */
  passed: Type.Integer(),
});
export type WinnerWhy = Static<typeof WinnerWhy>;

/** Why somebody higher up did not get a prize. */
export const PassedCause = Type.Union([
  ExclusionCause,
  Type.Literal('onePerBoard'),
  Type.Literal('capPerson'),
  Type.Literal('capUnit'),
]);
export type PassedCause = Static<typeof PassedCause>;

/** Kept with a list of winners. */
export const WinnerFacts = Type.Object({
  /** Who qualified for each prize that was drawn by lots alone. */
  drawn: Type.Array(Type.Object({ prize: Type.String(), candidates: Type.Integer() })),
  /** At most 500. */
  passed: Type.Array(
    Type.Object({
      prize: Type.String(),
      personId: Nullable(Type.Integer()),
      unitId: Nullable(Type.Integer()),
      label: Type.String(),
      rank: Type.Integer(),
      cause: PassedCause,
    }),
  ),
  /** Prizes for which there were too few. */
  unfilled: Type.Array(Type.Object({ prize: Type.String(), missing: Type.Integer() })),
});
export type WinnerFacts = Static<typeof WinnerFacts>;

const Bilingual = Type.Object({ vi: Type.String(), en: Type.String() });

export const WinnerLine = Type.Object({
  prize: Type.String(),
  place: Type.Integer(),
  rank: Type.Integer(),
  name: Type.String(),
  unit: Nullable(Type.String()),
  /** Figures in words: "19,5 điểm, 7 phút 2 giây". */
  figures: Bilingual,
  /** Why it stands above the next in line. */
  why: Bilingual,
});
export type WinnerLine = Static<typeof WinnerLine>;

const PrizeCard = Type.Object({
  id: Type.String(),
  title: Type.String(),
  value: Type.String(),
  /** For whom and by what, in words. */
  about: Bilingual,
});

const Lots = Type.Object({
  commitment: Type.String(),
  committedAt: Moment,
  /** Hex; null until the winners are published. */
  seed: Nullable(Type.String()),
  extra: Type.String(),
  /** Whether anything was drawn. */
  used: Type.Boolean(),
});

export const WinnerList = Type.Object({
  /** Null while nothing was decided on the board. */
  id: Nullable(Uid),
  board: BoardKey,
  title: Type.String(),
  number: Type.Integer(),
  /** Of the snapshot that it rests on. */
  snapshot: Nullable(Type.Object({ id: Uid, number: Type.Integer(), standing: RoundStanding })),
  /** A newer snapshot is there: decide again. */
  stale: Type.Boolean(),
  decidedAt: Nullable(Moment),
  publishedAt: Nullable(Moment),
  prizes: Type.Array(PrizeCard),
  lines: Type.Array(WinnerLine),
  passed: Type.Array(
    Type.Object({ prize: Type.String(), name: Type.String(), rank: Type.Integer(), cause: Bilingual }),
  ),
  unfilled: Type.Array(Type.Object({ prize: Type.String(), missing: Type.Integer() })),
  lots: Nullable(Lots),
});
export type WinnerList = Static<typeof WinnerList>;

export const PublicWinners = Type.Object({
  contest: Type.Object({ slug: Type.String(), title: Type.String() }),
  lists: Type.Array(
    Type.Object({
      board: BoardKey,
      title: Type.String(),
      standing: RoundStanding,
      publishedAt: Moment,
      prizes: Type.Array(PrizeCard),
      lines: Type.Array(WinnerLine),
      lots: Nullable(Lots),
    }),
  ),
});
export type PublicWinners = Static<typeof PublicWinners>;

export const ResultCodeParams = Type.Object({ code: Type.String({ minLength: 8, maxLength: 40 }) });

export const OwnResult = Type.Object({
  contest: Type.Object({ slug: Type.String(), title: Type.String() }),
  round: Type.String(),
  standing: RoundStanding,
  /** Shortened: the code may lie about. */
  name: Type.String(),
  submittedAt: Moment,
  marks: Type.Integer(),
  maxMarks: Type.Integer(),
  elapsedMs: Type.Integer(),
  annulled: Type.Boolean(),
  /** In the newest snapshot; null when this attempt is not the one that counts, or nothing was declared. */
  rank: Nullable(Type.Integer()),
  of: Nullable(Type.Integer()),
  /** Titles of prizes that were published. */
  prizes: Type.Array(Type.String()),
  /** Codes of certificates that belong to the prize. */
  certificates: Type.Array(Type.String()),
});
export type OwnResult = Static<typeof OwnResult>;
