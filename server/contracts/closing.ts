/** Closing a round: how binding its results are, what they were at each step, who wins. */
import Type, { type Static } from 'typebox';

/** Declared by an organiser, each with a snapshot. */
export const DeclaredStanding = Type.Union([
  Type.Literal('provisional'),
  Type.Literal('official'),
  Type.Literal('amended'),
]);
export type DeclaredStanding = Static<typeof DeclaredStanding>;

/** How binding a round's results are. */
export const RoundStanding = Type.Union([
  Type.Literal('soon'),
  Type.Literal('open'),
  Type.Literal('closed'),
  DeclaredStanding,
]);
export type RoundStanding = Static<typeof RoundStanding>;
