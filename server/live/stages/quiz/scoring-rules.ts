/** Points of a quick quiz. Pure; whole points. A right answer in time always brings something, unless the question brings nothing. */
import type { QuizSettings } from '../../../contracts/live-stages.ts';
import type { AskingFacts, GradedAnswer } from '../stage.ts';

/** An answer within this time has all points, ms. */
const FULL_UNTIL_MS = 500;
/** By place: each place costs this share, down to the least. */
const PLACE_STEP = 0.025;
const PLACE_LEAST = 0.025;
/** A run of right answers adds at most so many times. */
const STREAK_MOST = 5;
const ALL_RIGHT = 1 - 1e-9;

type Scoring = Pick<QuizSettings, 'scoring' | 'streak' | 'estimate'>;
type Facts = Pick<AskingFacts, 'kind' | 'points' | 'totalMs' | 'streakOf'>;

/** Points beside the graded answers, in their order. */
export function pointsOf(settings: Scoring, facts: Facts, graded: readonly GradedAnswer[]): number[] {
  const shares =
    facts.kind === 'estimate' && settings.estimate === 'closest'
      ? closestShares(graded)
      : graded.map(({ share }) => share);
  const factors = settings.scoring === 'rank' ? placeFactors(graded, shares) : null;
  return graded.map((answer, i) => {
    const share = shares[i] ?? 0;
    if (share <= 0) return 0;
    const factor = factors?.[i] ?? timeFactor(settings.scoring, answer.ms, facts.totalMs);
    const earned = Math.max(Math.min(1, facts.points), Math.round(facts.points * share * factor));
    return earned + streakBonus(settings, facts, answer);
  });
}

function timeFactor(scoring: Scoring['scoring'], ms: number, totalMs: number): number {
  if (scoring !== 'speed' || ms < FULL_UNTIL_MS || totalMs <= 0) return 1;
  return 1 - Math.min(1, ms / totalMs) / 2;
}

function streakBonus({ streak }: Scoring, { streakOf, points }: Facts, answer: GradedAnswer): number {
  if (streak === 0 || points === 0 || answer.share < ALL_RIGHT) return 0;
  return streak * Math.min(STREAK_MOST, streakOf(answer.player));
}

/** Equal times share a place: better shares first, then faster. */
function placeFactors(graded: readonly GradedAnswer[], shares: readonly number[]): number[] {
  const order = graded.map((_, i) => i).sort((a, b) => compare(graded, shares, a, b));
  const factors = new Array<number>(graded.length).fill(0);
  let place = 0;
  order.forEach((i, nth) => {
    const before = order[nth - 1];
    if (before !== undefined && compare(graded, shares, before, i) !== 0) place = nth;
    factors[i] = Math.max(PLACE_LEAST, 1 - PLACE_STEP * place);
  });
  return factors;
}

function compare(graded: readonly GradedAnswer[], shares: readonly number[], a: number, b: number): number {
  return (shares[b] ?? 0) - (shares[a] ?? 0) || (graded[a]?.ms ?? 0) - (graded[b]?.ms ?? 0);
}

/** Who is closest has all of it, the next by a tenth less for each place; who cannot be read has nothing. Equal distances share. */
function closestShares(graded: readonly GradedAnswer[]): number[] {
  const distances = [
    ...new Set(graded.flatMap(({ distance }) => (distance === null ? [] : [distance]))),
  ].sort((a, b) => a - b);
  const placeOf = new Map(distances.map((distance, place) => [distance, place]));
  return graded.map(({ distance }) => {
    const place = distance === null ? undefined : placeOf.get(distance);
    return place === undefined ? 0 : Math.max(0, 1 - place / 10);
  });
}
