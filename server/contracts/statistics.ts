/**
 * Item statistics: what the answers say about the questions. Percent unless said, marks in hundredths; null: cannot be said.
 *
 * GET /api/desk/rounds/:round/statistics   StatisticsReply   organiser of the contest or admin, once the round's window is over
 * GET /api/desk/banks/:bank/statistics     StatisticsReply   editor, reviewer or admin; over all rounds that are over
 * GET /api/desk/live/:live/statistics      StatisticsReply   who hosts the session, or admin; of questions that were revealed
 */
import Type, { type Static } from 'typebox';
import { Uid } from './values.ts';

const Figure = Type.Union([Type.Number(), Type.Null()]);

export const StatisticsRoundParams = Type.Object({ round: Uid });
export const StatisticsBankParams = Type.Object({ bank: Uid });

const Option = Type.Object({
  /** Place in the bank, from 0. */
  option: Type.Integer(),
  text: Type.String(),
  right: Type.Boolean(),
  count: Type.Integer(),
  /** Of those who were asked, 0 … 1. */
  share: Type.Number(),
  /** Mean of the other marks of those who chose it, hundredths. */
  meanRest: Figure,
  /** Of choosing it with the other marks, −1 … 1. */
  correlation: Figure,
});

const Flag = Type.Object({
  code: Type.String(),
  option: Type.Union([Type.Integer(), Type.Null()]),
  vi: Type.String(),
  en: Type.String(),
});

const Item = Type.Object({
  /** The question, as the desk opens it. */
  question: Type.String(),
  version: Type.Integer(),
  kind: Type.String(),
  stem: Type.String(),
  topic: Type.String(),
  /** Attempts that asked it, and left it blank. */
  n: Type.Integer(),
  blanks: Type.Integer(),
  facility: Type.Number(),
  standardDeviation: Figure,
  discrimination: Figure,
  efficiency: Figure,
  effectiveWeight: Figure,
  options: Type.Array(Option),
  flags: Type.Array(Flag),
});

export const StatisticsReply = Type.Object({
  attempts: Type.Integer(),
  /** Of whole attempts, hundredths of a mark; skewness and kurtosis without a unit. */
  totals: Type.Object({
    mean: Type.Number(),
    median: Type.Number(),
    standardDeviation: Figure,
    skewness: Figure,
    kurtosis: Figure,
  }),
  consistency: Figure,
  /** 0 … 1. */
  kr20: Figure,
  errorRatio: Figure,
  /** Hundredths of a mark. */
  standardError: Figure,
  items: Type.Array(Item),
});
export type StatisticsReply = Static<typeof StatisticsReply>;
