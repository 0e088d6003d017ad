/** Putting right what went wrong after people have answered: remedies, their previews, and what people report about questions. */
import Type, { type Static } from 'typebox';
import { AnyJson, Moment, Uid } from './values.ts';

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
]);
export type RemedyKind = Static<typeof RemedyKind>;

/** What a remedy was about, as it is kept. */
export const RemedyDetails = Type.Object({
  /** uids. */
  rounds: Type.Array(Uid),
  /** uid of the question and number of its version. */
  question: Type.Optional(Uid),
  version: Type.Optional(Type.Integer()),
  key: Type.Optional(AnyJson),
  /** uid: whose attempts. */
  person: Type.Optional(Uid),
  /** uid: whose people's attempts, with the units below it. */
  unit: Type.Optional(Uid),
  /** Attempts that started in this time alone. */
  fromAt: Type.Optional(Moment),
  toAt: Type.Optional(Moment),
});
export type RemedyDetails = Static<typeof RemedyDetails>;
