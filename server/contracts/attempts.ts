/** An attempt at the doors: starting, saving, submitting, the result, the review. Times are ms UTC, marks hundredths. */
import Type, { type Static } from 'typebox';
import { Prediction, RoundSettings } from './contest-settings.ts';
import { CitationLink } from './documents.ts';

/** One part of an answer of several: a shown position, true/false, what was typed; null: left blank. The usual stands first. */
const AnswerPart = Type.Union([
  Type.Integer({ minimum: 0, maximum: 200 }),
  Type.Boolean(),
  Type.String({ maxLength: 1000 }),
  Type.Null(),
]);
/**
 * An answer as the kind wants it: parts, true/false, text (an essay is the longest). Null takes an answer back. The usual
 * stands first: each one that an answer is not costs an error, made and thrown away.
 */
export const Answer = Type.Union([
  Type.Array(AnswerPart, { maxItems: 200 }),
  Type.Boolean(),
  Type.String({ maxLength: 40_000 }),
  Type.Null(),
]);
export type Answer = Static<typeof Answer>;

/** Number of the question on the paper, from 0 → its answer. */
const Answers = Type.Record(Type.String({ pattern: '^\\d{1,3}$' }), Answer, { additionalProperties: false });

export const RoundParams = Type.Object({ round: Type.String({ maxLength: 40 }) });
export const AttemptParams = Type.Object({ attempt: Type.String({ maxLength: 40 }) });

export const StartBody = Type.Object(
  {
    /** Which attempt this is to be, 1 for the first: sent again it gives the same attempt. */
    number: Type.Integer({ minimum: 1, maximum: 1000 }),
    /** The round's entry code, where it has one. */
    code: Type.Optional(Type.String({ maxLength: 40 })),
  },
  { additionalProperties: false },
);
export type StartBody = Static<typeof StartBody>;

/** A question as the citizen sees it, options already in this paper's order. Holds no key. */
export const ShownQuestion = Type.Object({
  kind: Type.String(),
  /** Shape of the kind's `prompt.ts`; always has `stem`, and `formulas` (LaTeX → MathML) where its texts hold any. */
  prompt: Type.Unsafe<{ readonly stem: string }>(
    Type.Object({ stem: Type.String() }, { additionalProperties: true }),
  ),
  /** Hundredths; 0: only to be read, nothing to answer, not counted among the questions. */
  points: Type.Integer(),
});
export type ShownQuestion = Static<typeof ShownQuestion>;

export const AttemptReply = Type.Object({
  id: Type.String(),
  /** Goes with every save and the submit, in `authorization: Attempt …`. */
  token: Type.String(),
  round: Type.String(),
  contest: Type.Object({ slug: Type.String(), title: Type.String() }),
  title: Type.String(),
  number: Type.Integer(),
  state: Type.Union([
    Type.Literal('open'),
    Type.Literal('submitted'),
    Type.Literal('timedOut'),
    Type.Literal('annulled'),
  ]),
  startedAt: Type.Integer(),
  /** With extra time and recorded outages; answers are taken up to `graceMs` later. */
  deadline: Type.Integer(),
  graceMs: Type.Integer(),
  layout: Type.Union([Type.Literal('one'), Type.Literal('all')]),
  /** The contest notes how often this page is out of sight; people are told. */
  watchesPages: Type.Boolean(),
  prediction: Type.Union([Type.Null(), Prediction]),
  questions: Type.Array(ShownQuestion),
  answers: Answers,
  predicted: Type.Union([Type.Null(), Type.Integer()]),
  /** Number of the newest save. */
  seq: Type.Integer(),
  /** Name of the device that it goes on at; null while nothing was saved. */
  holder: Type.Union([Type.Null(), Type.String()]),
});
export type AttemptReply = Static<typeof AttemptReply>;

const DeviceName = Type.String({ pattern: '^[A-Za-z0-9_-]{4,24}$' });
const SaveNumber = Type.Integer({ minimum: 1, maximum: 1_000_000 });

export const SaveBody = Type.Object(
  {
    /** Name of the device (tab), made by it. */
    device: DeviceName,
    /** Counts this device's saves up: the same number again is the same save. */
    n: SaveNumber,
    /** The newest save that this device knows of. */
    base: Type.Integer({ minimum: 0 }),
    /** Saves of tabs before this one whose fate is not known and whose changes this one holds: late, they count no more. */
    replaces: Type.Optional(
      Type.Array(Type.Object({ device: DeviceName, n: SaveNumber }, { additionalProperties: false }), {
        maxItems: 4,
      }),
    ),
    /** The attempt goes on here from now on: said once by a device that opens it after another. */
    takesOver: Type.Optional(Type.Boolean()),
    changes: Answers,
    predicted: Type.Optional(Type.Union([Type.Null(), Type.Integer({ minimum: 0, maximum: 100_000_000 })])),
  },
  { additionalProperties: false },
);
export type SaveBody = Static<typeof SaveBody>;

export const SaveReply = Type.Object({
  n: Type.Integer(),
  seq: Type.Integer(),
  savedAt: Type.Integer(),
  /** Given when others saved since `base`: all answers as they stand now. */
  answers: Type.Optional(Answers),
  predicted: Type.Optional(Type.Union([Type.Null(), Type.Integer()])),
  /** Changes that are not answers to this paper's questions, with their numbers: they were left out. */
  refused: Type.Optional(Type.Array(Type.String())),
  /** The attempt goes on at another device, opened later; what came with this save is kept all the same. */
  takenOver: Type.Optional(Type.Boolean()),
});
export type SaveReply = Static<typeof SaveReply>;

/** Sent with the last changes, which count like a save. */
/** POST /api/attempts/:attempt/away: how often and how long the page was out of sight so far, where the contest looks. The most counts. */
export const AwayBody = Type.Object(
  {
    times: Type.Integer({ minimum: 0, maximum: 10_000 }),
    ms: Type.Integer({ minimum: 0, maximum: 86_400_000 }),
  },
  { additionalProperties: false },
);

export const SubmitBody = Type.Partial(SaveBody, { additionalProperties: false });
export type SubmitBody = Static<typeof SubmitBody>;

export const SubmitReply = Type.Object({
  state: Type.Union([Type.Literal('submitted'), Type.Literal('timedOut')]),
  submittedAt: Type.Integer(),
  elapsedMs: Type.Integer(),
  answered: Type.Integer(),
  questions: Type.Integer(),
});
export type SubmitReply = Static<typeof SubmitReply>;

const Citation = Type.Object({
  document: Type.String(),
  section: Type.String(),
  source: Type.String(),
  validity: Type.String(),
  /** The page of the section; left out where the document is not here. */
  link: Type.Optional(CitationLink),
});

/** One question of the review; key, share and explanation are there only after their release. */
export const ReviewedQuestion = Type.Object({
  kind: Type.String(),
  prompt: ShownQuestion.properties.prompt,
  points: Type.Integer(),
  answer: Answer,
  key: Type.Optional(Answer),
  /** Marks given, hundredths; left out where people have yet to mark. */
  marks: Type.Optional(Type.Integer()),
  /** Share of each part, 0..1, where a review cannot tell it from answer and key (cloze). */
  parts: Type.Optional(Type.Array(Type.Number())),
  explanation: Type.Optional(Type.String()),
  citation: Type.Optional(Type.Union([Type.Null(), Citation])),
  /** What the organisers decided about it afterwards; `key` is the one in force. */
  ruling: Type.Optional(
    Type.Union([Type.Literal('key'), Type.Literal('also'), Type.Literal('full'), Type.Literal('void')]),
  ),
});
export type ReviewedQuestion = Static<typeof ReviewedQuestion>;

export const ResultReply = Type.Object({
  id: Type.String(),
  round: Type.String(),
  contest: Type.Object({ slug: Type.String(), title: Type.String() }),
  title: Type.String(),
  number: Type.Integer(),
  state: AttemptReply.properties.state,
  startedAt: Type.Integer(),
  submittedAt: Type.Union([Type.Null(), Type.Integer()]),
  elapsedMs: Type.Integer(),
  answered: Type.Integer(),
  /** Null until the result is released. */
  marks: Type.Union([Type.Null(), Type.Integer()]),
  maxMarks: Type.Integer(),
  /** People have yet to mark essays: `marks` will grow. */
  awaitsMarkers: Type.Boolean(),
  rightCount: Type.Union([Type.Null(), Type.Integer()]),
  predicted: Type.Union([Type.Null(), Type.Integer()]),
  /** From when each part is shown; null: never, or not known before the round is settled (`releaseAfter` says which). */
  release: Type.Object({
    result: Type.Union([Type.Null(), Type.Integer()]),
    keys: Type.Union([Type.Null(), Type.Integer()]),
    explanations: Type.Union([Type.Null(), Type.Integer()]),
  }),
  releaseAfter: RoundSettings.properties.release,
  /** End of the round's window, for "after 24:00 28/08/2022". */
  closesAt: Type.Integer(),
  /** Own answers; with keys once released. */
  questions: Type.Array(ReviewedQuestion),
  /** Address part of a page that shows the marks to others, and no name; null until the result is released. */
  share: Type.Union([Type.Null(), Type.String()]),
  /** Under which anybody can look the result up; null until it is released. */
  code: Type.Union([Type.Null(), Type.String()]),
});
export type ResultReply = Static<typeof ResultReply>;

export const MyAttempt = Type.Object({
  id: Type.String(),
  round: Type.String(),
  roundTitle: Type.String(),
  contest: Type.Object({ slug: Type.String(), title: Type.String() }),
  number: Type.Integer(),
  state: AttemptReply.properties.state,
  startedAt: Type.Integer(),
  deadline: Type.Integer(),
  submittedAt: Type.Union([Type.Null(), Type.Integer()]),
  marks: Type.Union([Type.Null(), Type.Integer()]),
  maxMarks: Type.Integer(),
});
export const MyAttemptsReply = Type.Object({ attempts: Type.Array(MyAttempt) });
export type MyAttemptsReply = Static<typeof MyAttemptsReply>;

/** What somebody may still do in a round. */
export const MyRoundReply = Type.Object({
  attempts: Type.Array(MyAttempt),
  /** Number of the next attempt; null when none is left or the round is not open. */
  next: Type.Union([Type.Null(), Type.Integer()]),
  left: Type.Integer(),
  /** Until when an attempt may be started: the round's close, or the end of a window of one's own; null: not now. */
  until: Type.Union([Type.Null(), Type.Integer()]),
  /** Code of why no attempt can be started now. */
  why: Type.Union([Type.Null(), Type.String()]),
});
export type MyRoundReply = Static<typeof MyRoundReply>;

export const SharedParams = Type.Object({ share: Type.String({ maxLength: 60 }) });
export const SharedReply = Type.Object({
  contest: Type.Object({ slug: Type.String(), title: Type.String() }),
  round: Type.String(),
  marks: Type.Integer(),
  maxMarks: Type.Integer(),
  elapsedMs: Type.Integer(),
});
export type SharedReply = Static<typeof SharedReply>;
