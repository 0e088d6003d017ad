/**
 * Settings of the stage kinds that ship with the product. A session carries `{ kind, title, settings }`; the folder of the
 * kind (`server/live/stages/<kind>/`) checks `settings`, so that a kind which comes later adds its folder and changes
 * nothing here. Durations are whole seconds, as organisers think of them; points are whole numbers.
 */
import Type, { type Static } from 'typebox';
import { Blueprint } from './contest-settings.ts';
import { Nullable, Uid } from './values.ts';

const closed = { additionalProperties: false } as const;

/** A question of a bank, played live. Kinds: choice, trueFalse, statements, shortText, numeric, estimate, ordering, matching. */
export const LiveQuestion = Type.Object(
  {
    /** uid of the question; its current version is taken when the session opens. */
    question: Uid,
    /** Time to answer, s; null: the stage's. */
    seconds: Nullable(Type.Integer({ minimum: 3, maximum: 600 })),
    /** Full points; null: the stage's. 0 asks for nothing but the answer. */
    points: Nullable(Type.Integer({ minimum: 0, maximum: 10_000 })),
  },
  closed,
);
export type LiveQuestion = Static<typeof LiveQuestion>;

/** Where the questions come from: chosen by hand, or drawn by a blueprint when the session opens. */
const questions = {
  questions: Type.Array(LiveQuestion, { maxItems: 200 }),
  /** Used when `questions` is empty. */
  blueprint: Nullable(Blueprint),
};

/** How every stage that asks bank questions runs them. */
const asking = {
  seconds: Type.Integer({ minimum: 3, maximum: 600 }),
  /** The question is shown so long before answers are taken, s. */
  readSeconds: Type.Integer({ minimum: 0, maximum: 60 }),
  shuffleOptions: Type.Boolean(),
  /** Everybody has answered: close at once. */
  closeWhenAllAnswered: Type.Boolean(),
  /** auto: the answer is shown as soon as it is known; host: when the host says so. */
  reveal: Type.Union([Type.Literal('auto'), Type.Literal('host')]),
};

/** `quiz`: quick quiz. */
export const QuizSettings = Type.Object(
  {
    ...questions,
    ...asking,
    /** Full points of a question: 0, 1000 or 2000 as a rule. */
    points: Type.Integer({ minimum: 0, maximum: 10_000 }),
    /** speed: P·(1−(t/T)/2), full below 0.5 s. accuracy: P. rank: P·(1 − place·0.025), at least P/40. All times the share that is right. */
    scoring: Type.Union([Type.Literal('speed'), Type.Literal('accuracy'), Type.Literal('rank')]),
    /** Added a right answer in a row from the second, at most five times; 0 = streaks off. */
    streak: Type.Integer({ minimum: 0, maximum: 1000 }),
    /** Estimate questions: by the bands of their key, or by who is closest (100 %, then less by place). */
    estimate: Type.Union([Type.Literal('bands'), Type.Literal('closest')]),
    /** When the leaderboard is the next step: after each question, at the end of the stage, or only when the host shows it. */
    board: Type.Union([Type.Literal('each'), Type.Literal('end'), Type.Literal('host')]),
  },
  closed,
);
export type QuizSettings = Static<typeof QuizSettings>;

/** `bell`: Rung chuông vàng. A wrong or missing answer puts a player out; who is out watches and may be rescued. */
export const BellSettings = Type.Object(
  {
    ...questions,
    ...asking,
    /** Points for a right answer (all the same, whatever the time); 0 = survival alone. */
    marks: Type.Integer({ minimum: 0, maximum: 10_000 }),
    /** The last question, for the best player alone; null: the stage ends with the best player. */
    final: Nullable(LiveQuestion),
    /** Points for ringing the bell. */
    finalMarks: Type.Integer({ minimum: 0, maximum: 10_000 }),
    /** From this question on (1-based) the last one standing is the best player; before it play goes on. */
    bestFrom: Type.Integer({ minimum: 1, maximum: 200 }),
    /** A question that would put everybody out puts nobody out. */
    nobodyOutWhenAllWrong: Type.Boolean(),
    /** How many rescues (cứu trợ) there may be. */
    rescues: Type.Integer({ minimum: 0, maximum: 10 }),
    /** Most players that one rescue brings back; null: all who are out. */
    rescueMost: Nullable(Type.Integer({ minimum: 1, maximum: 20_000 })),
    /** Floor plan on the screen: seats a row; rows follow from the number of players. */
    columns: Type.Integer({ minimum: 1, maximum: 100 }),
    /** Share of a question that counts as right, e.g. 1 (all of it). */
    passShare: Type.Number({ minimum: 0.01, maximum: 1 }),
  },
  closed,
);
export type BellSettings = Static<typeof BellSettings>;

/** `poll`: one or several options, no points, nothing right or wrong. The answer is that of a choice: shown positions. */
export const PollSettings = Type.Object(
  {
    polls: Type.Array(
      Type.Object(
        {
          stem: Type.String({ minLength: 1, maxLength: 500 }),
          options: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { minItems: 2, maxItems: 12 }),
          multiple: Type.Boolean(),
        },
        closed,
      ),
      { minItems: 1, maxItems: 50 },
    ),
    seconds: Type.Integer({ minimum: 3, maximum: 3600 }),
    /** The chart grows while people answer. */
    liveChart: Type.Boolean(),
  },
  closed,
);
export type PollSettings = Static<typeof PollSettings>;

/** `cloud`: words of the hall. The prompt is { stem, words, length }; the answer is string[] with at most `words` texts. */
export const CloudSettings = Type.Object(
  {
    clouds: Type.Array(
      Type.Object(
        {
          stem: Type.String({ minLength: 1, maxLength: 500 }),
          /** Texts that one player may give. */
          words: Type.Integer({ minimum: 1, maximum: 5 }),
          /** Longest text, in characters. */
          length: Type.Integer({ minimum: 5, maximum: 60 }),
        },
        closed,
      ),
      { minItems: 1, maxItems: 50 },
    ),
    seconds: Type.Integer({ minimum: 3, maximum: 3600 }),
    liveChart: Type.Boolean(),
  },
  closed,
);
export type CloudSettings = Static<typeof CloudSettings>;

/** `pause`: a break with a text or a picture; over when the host goes on. */
export const PauseSettings = Type.Object(
  {
    text: Type.String({ maxLength: 2000 }),
    /** SHA-256 of a picture of the product (`/api/media/<image>`); null: none. */
    image: Nullable(Type.String({ pattern: '^[0-9a-f]{64}$' })),
    /** Shown as a countdown, s; null: none. */
    seconds: Nullable(Type.Integer({ minimum: 1, maximum: 7200 })),
  },
  closed,
);
export type PauseSettings = Static<typeof PauseSettings>;
