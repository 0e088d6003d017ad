/**
 * Study and practice. Keys leave here, and only those of banks that are open for practice: everybody may see them.
 *
 * GET    /api/study/banks                                        StudyBanks      public
 * GET    /api/study/banks/:bank                                  StudyBank       public
 * POST   /api/study/banks/:bank/next           NextQuestion   → NextReply       public
 * POST   /api/study/questions/:question/answer AnswerStudy    → GradedStudy     public; people with an account keep progress
 * GET    /api/study/progress                                     StudyProgress   person
 */
import Type, { type Static } from 'typebox';
import { Answer, ReviewedQuestion, ShownQuestion } from './attempts.ts';
import { Difficulty, Uid } from './values.ts';

export const StudyBankParams = Type.Object({ bank: Uid });
export const StudyQuestionParams = Type.Object({ question: Uid });

const bank = { id: Uid, title: Type.String(), description: Type.String() };

/** Banks that are open for practice, with how many questions each has. */
export const StudyBanks = Type.Object({
  banks: Type.Array(Type.Object({ ...bank, questions: Type.Integer() })),
});
export type StudyBanks = Static<typeof StudyBanks>;

export const StudyBank = Type.Object({
  ...bank,
  licence: Type.String(),
  /** Questions by topic and difficulty. */
  cells: Type.Array(Type.Object({ topic: Type.String(), difficulty: Difficulty, questions: Type.Integer() })),
});
export type StudyBank = Static<typeof StudyBank>;

export const NextQuestion = Type.Object(
  {
    topic: Type.Optional(Type.String({ maxLength: 200 })),
    difficulty: Type.Optional(Difficulty),
    /** Asked lately: not again while there are others. */
    avoid: Type.Array(Uid, { maxItems: 100 }),
    /** This one, where it is still open for practice (guests keep their wrong answers themselves). */
    wanted: Type.Optional(Uid),
    /** Only what was wrong and comes again now. */
    onlyDue: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type NextQuestion = Static<typeof NextQuestion>;

export const StudyQuestion = Type.Object({
  id: Uid,
  version: Type.Integer(),
  /** Goes back with the answer: the order of the options follows from it. */
  seed: Type.String(),
  topic: Type.String(),
  difficulty: Difficulty,
  /** It was wrong before and comes again. */
  isAgain: Type.Boolean(),
  question: ShownQuestion,
});
export type StudyQuestion = Static<typeof StudyQuestion>;

/** Null: nothing fits, or nothing is due. */
export const NextReply = Type.Object({ next: Type.Union([StudyQuestion, Type.Null()]) });
export type NextReply = Static<typeof NextReply>;

export const AnswerStudy = Type.Object(
  {
    version: Type.Integer({ minimum: 1 }),
    seed: Type.String({ pattern: '^[0-9a-f]{16}$' }),
    /** Null: "I do not know". */
    answer: Answer,
  },
  { additionalProperties: false },
);
export type AnswerStudy = Static<typeof AnswerStudy>;

const BankProgress = Type.Object({
  bank: Uid,
  answered: Type.Integer(),
  right: Type.Integer(),
  /** Come again now, and later. */
  due: Type.Integer(),
  waiting: Type.Integer(),
});
export type BankProgress = Static<typeof BankProgress>;

export const GradedStudy = Type.Object({
  /** Share of the points, 0..1; null: people would have to mark it. */
  share: Type.Union([Type.Number(), Type.Null()]),
  /** With key, explanation and citation. */
  question: ReviewedQuestion,
  /** Of whoever has an account; null for others. */
  progress: Type.Union([BankProgress, Type.Null()]),
});
export type GradedStudy = Static<typeof GradedStudy>;

export const StudyProgress = Type.Object({ banks: Type.Array(BankProgress) });
export type StudyProgress = Static<typeof StudyProgress>;
