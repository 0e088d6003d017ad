/** Putting right what went wrong after people have answered: remedies, their previews, and what the public reads of them. */
import Type, { type Static } from 'typebox';
import { AnyJson, Moment, Nullable, Reason, Uid } from './values.ts';

export const RemedyKind = Type.Union([
  /** This is the key, and what stood there is not. */
  Type.Literal('key'),
  /** This is right too. */
  Type.Literal('also'),
  /** Everybody whose paper asks it has it right. */
  Type.Literal('full'),
  /** It counts for nothing. */
  Type.Literal('void'),
  /** Attempts do not count; each person may use another. */
  Type.Literal('annul'),
  /** The round closes later. */
  Type.Literal('extend'),
  /** Time in which nobody could answer is given back. */
  Type.Literal('outage'),
]);
export type RemedyKind = Static<typeof RemedyKind>;

/** What a remedy is about. Which parts are needed depends on its kind; the door says what is missing. */
export const RemedyDetails = Type.Object(
  {
    /** uids; all of one contest. */
    rounds: Type.Array(Uid, { minItems: 1, maxItems: 60 }),
    /** A ruling: uid of the question, and the number of the version that was asked. */
    question: Type.Optional(Uid),
    version: Type.Optional(Type.Integer({ minimum: 1 })),
    /** `key` and `also`: what is right, as its kind writes keys. */
    key: Type.Optional(AnyJson),
    /** `annul`: whose attempts, a person's or those of a unit and all below it. */
    person: Type.Optional(Uid),
    unit: Type.Optional(Uid),
    /** `annul`: only attempts that started in this time. `outage`: the time itself. */
    fromAt: Type.Optional(Moment),
    toAt: Type.Optional(Moment),
    /** `annul`: until when each person may start another attempt, also after the round's close. */
    grantUntil: Type.Optional(Moment),
    /** `extend`: when the round is to close. */
    closesAt: Type.Optional(Moment),
  },
  { additionalProperties: false },
);
export type RemedyDetails = Static<typeof RemedyDetails>;

export const RemedyContestParams = Type.Object({ contest: Type.String({ maxLength: 40 }) });
export const RemedyParams = Type.Object({
  contest: Type.String({ maxLength: 40 }),
  remedy: Type.String({ maxLength: 40 }),
});

export const PreviewRemedy = Type.Object(
  { kind: RemedyKind, details: RemedyDetails },
  { additionalProperties: false },
);
export type PreviewRemedy = Static<typeof PreviewRemedy>;

export const ApplyRemedy = Type.Object(
  {
    /** Chosen by the client: sent again it is the same remedy. */
    id: Uid,
    kind: RemedyKind,
    details: RemedyDetails,
    reason: Reason,
    /** What the contest's page says; left out: nothing. */
    notice: Type.Optional(Type.String({ minLength: 3, maxLength: 1000 })),
  },
  { additionalProperties: false },
);
export type ApplyRemedy = Static<typeof ApplyRemedy>;

export const ReverseRemedy = Type.Object({ reason: Reason }, { additionalProperties: false });

/** Somebody whose place changes. */
export const Mover = Type.Object({
  /** uid. */
  person: Uid,
  name: Type.String(),
  /** Hundredths; null: not ranked. */
  marksBefore: Nullable(Type.Integer()),
  marksAfter: Nullable(Type.Integer()),
  rankBefore: Nullable(Type.Integer()),
  rankAfter: Nullable(Type.Integer()),
});
export type Mover = Static<typeof Mover>;

/** What a remedy would do to one round. */
export const RoundPreview = Type.Object({
  round: Uid,
  title: Type.String(),
  /** Attempts that are closed and count or counted. */
  attempts: Type.Integer(),
  /** Of them, those that the remedy is about: whose paper asks the question, or that would be annulled. */
  concerned: Type.Integer(),
  /** Of those: better, worse. */
  up: Type.Integer(),
  down: Type.Integer(),
  /** Attempts in progress that are concerned: they are marked by the new rule, closed and annulled, or get the time. */
  open: Type.Integer(),
  ranked: Type.Integer(),
  /** People whose rank changes, also because others move. */
  moved: Type.Integer(),
  /** Mean marks of what counts, hundredths; null: nothing counts. */
  meanBefore: Nullable(Type.Number()),
  meanAfter: Nullable(Type.Number()),
  /** People with everything right. */
  fullBefore: Type.Integer(),
  fullAfter: Type.Integer(),
  /** What the prediction asked for; null where nothing is predicted or it is not settled. */
  truthBefore: Nullable(Type.Integer()),
  truthAfter: Nullable(Type.Integer()),
  /** Who gains or loses most places. */
  movers: Type.Array(Mover),
  /** Everybody who stands among the first ten before or after. */
  top: Type.Array(Mover),
});
export type RoundPreview = Static<typeof RoundPreview>;
export const RemedyPreview = Type.Object({ rounds: Type.Array(RoundPreview) });
export type RemedyPreview = Static<typeof RemedyPreview>;

export const RemedyView = Type.Object({
  id: Uid,
  kind: RemedyKind,
  details: RemedyDetails,
  /** Titles of its rounds, and of what it is about: a question's stem, a person's or a unit's name. */
  rounds: Type.Array(Type.String()),
  about: Nullable(Type.String()),
  reason: Type.String(),
  notice: Nullable(Type.String()),
  by: Type.String(),
  at: Moment,
  reversed: Nullable(Type.Object({ at: Moment, by: Type.String(), reason: Type.String() })),
  /** Null: nothing is marked again. */
  work: Nullable(
    Type.Object({
      looked: Type.Integer(),
      changed: Type.Integer(),
      startedAt: Moment,
      /** Null while it goes on. */
      finishedAt: Nullable(Moment),
    }),
  ),
  /** Whether it can be taken back: not after results became official, and not time that was given. */
  reversible: Type.Boolean(),
});
export type RemedyView = Static<typeof RemedyView>;
export const RemedyList = Type.Object({ remedies: Type.Array(RemedyView) });
export type RemedyList = Static<typeof RemedyList>;

/** A question version that rounds of the contest may have asked, found by its words. */
export const AskedQuestion = Type.Object({
  question: Uid,
  version: Type.Integer(),
  /** Whether a newer version stands in the bank. */
  outdated: Type.Boolean(),
  kind: Type.String(),
  stem: Type.String(),
  topic: Type.String(),
  code: Type.String(),
});
export type AskedQuestion = Static<typeof AskedQuestion>;
export const AskedQuery = Type.Object({
  q: Type.Optional(Type.String({ maxLength: 200 })),
  question: Type.Optional(Uid),
});
export const AskedList = Type.Object({ questions: Type.Array(AskedQuestion) });
export type AskedList = Static<typeof AskedList>;

/** A question version with its key, for whoever rules over it; each reading is logged. */
export const AskedWithKey = Type.Object({
  question: Uid,
  version: Type.Integer(),
  kind: Type.String(),
  prompt: AnyJson,
  key: AnyJson,
  explanation: Type.String(),
  citation: Nullable(
    Type.Object({
      document: Type.String(),
      section: Type.String(),
      source: Type.String(),
      validity: Type.String(),
    }),
  ),
});
export type AskedWithKey = Static<typeof AskedWithKey>;
export const AskedParams = Type.Object({
  contest: Type.String({ maxLength: 40 }),
  question: Type.String({ maxLength: 40 }),
  version: Type.Integer({ minimum: 1 }),
});

/** What the contest's page tells of remedies, the newest first. */
export const NoticeList = Type.Object({
  notices: Type.Array(
    Type.Object({
      at: Moment,
      text: Type.String(),
      rounds: Type.Array(Type.String()),
      /** It was taken back. */
      reversedAt: Nullable(Moment),
    }),
  ),
});
export type NoticeList = Static<typeof NoticeList>;

/** Rounds that asked a version, for the bank's desk. */
export const AskedInRounds = Type.Object({
  rounds: Type.Array(
    Type.Object({
      contest: Uid,
      contestTitle: Type.String(),
      round: Uid,
      title: Type.String(),
      version: Type.Integer(),
      /** The bank has a newer version: its key may be another one. */
      outdated: Type.Boolean(),
      /** Its options stand as in the newest version, so that the newest key fits it. */
      fits: Type.Boolean(),
      /** Attempts whose paper asks it. */
      attempts: Type.Integer(),
      /** Whether whoever asks organises the contest, and so may correct it there. */
      mine: Type.Boolean(),
    }),
  ),
});
export type AskedInRounds = Static<typeof AskedInRounds>;

/** Marks rounds again by the key that the bank has now; only those that whoever asks organises. */
export const RegradeByBank = Type.Object(
  {
    /** Chosen by the client: sent again it is the same remedies. */
    id: Uid,
    rounds: Type.Array(Uid, { minItems: 1, maxItems: 200 }),
    reason: Reason,
    notice: Type.Optional(Type.String({ minLength: 3, maxLength: 1000 })),
  },
  { additionalProperties: false },
);
export type RegradeByBank = Static<typeof RegradeByBank>;
