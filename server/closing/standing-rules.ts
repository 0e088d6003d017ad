/**
 * How binding a round's results are: open → closed → provisional → official → amended. Pure.
 *
 * The window and the settling decide the first two; the others are declared by an organiser, each with a snapshot of the
 * board, and stand in `rounds.standing`. What is official is put right by an amendment, never by going back.
 */
import type { DeclaredStanding, RoundStanding } from '../contracts/closing.ts';

/** What of a round its standing follows from. */
export interface Closing {
  readonly opensAt: number;
  /** Exclusive. */
  readonly closesAt: number;
  /** When nobody could answer any more and the prediction's target was counted; null before. */
  readonly settledAt: number | null;
  /** As declared; null while nothing was. */
  readonly standing: string | null;
}

/** In the order in which they come. */
export const DECLARED: readonly DeclaredStanding[] = ['provisional', 'official', 'amended'];

export function declaredOf(standing: string | null): DeclaredStanding | null {
  return DECLARED.find((one) => one === standing) ?? null;
}

export function standingOf(round: Closing, now: number): RoundStanding {
  const declared = declaredOf(round.standing);
  if (declared !== null) return declared;
  if (now < round.opensAt) return 'soon';
  return now < round.closesAt ? 'open' : 'closed';
}

/** Whether what changes results has to be an amendment from now on: reversals are refused. */
export function isOfficial({ standing }: Pick<Closing, 'standing'>): boolean {
  return standing === 'official' || standing === 'amended';
}

/**
 * What an organiser may declare next. Provisional results are taken anew after each remedy; an amendment may follow an
 * amendment. Nothing before the round is settled, since attempts could still come in.
 */
export function nextStandings({
  settledAt,
  standing,
}: Pick<Closing, 'settledAt' | 'standing'>): readonly DeclaredStanding[] {
  if (settledAt === null) return [];
  if (isOfficial({ standing })) return ['amended'];
  return standing === 'provisional' ? ['provisional', 'official'] : ['provisional'];
}

/** What a board of these rounds may say of itself: as binding as the least binding of them. */
export type BoardStanding = 'running' | 'provisional' | 'official' | 'amended';

export function boardStandingOf(rounds: readonly Pick<Closing, 'settledAt' | 'standing'>[]): BoardStanding {
  if (rounds.some(({ settledAt }) => settledAt === null)) return 'running';
  if (!rounds.every(isOfficial)) return 'provisional';
  return rounds.some(({ standing }) => standing === 'amended') ? 'amended' : 'official';
}

/** Whether a board's places and counts are everybody's to know: nothing is frozen, and nobody predicts them any more. */
export function showsAll({
  hidden,
  freeze,
}: {
  readonly hidden: string;
  readonly freeze: object | null;
}): boolean {
  return hidden === 'nothing' && freeze === null;
}
