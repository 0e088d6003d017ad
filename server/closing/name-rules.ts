/** How a winner's name may be shown to everybody: as the contest sets it, with what the person agreed to. Pure. */
import { shortenName } from '../../questions/vietnamese.ts';
import { hidesName } from '../contests/minor-rules.ts';
import type { ContestSettings } from '../contracts/contest-settings.ts';

/** What is known of somebody for showing their name. */
export interface NamedWinner {
  readonly name: string;
  readonly erased: boolean;
  /** Of the entry; null for who never entered. */
  readonly number: number | null;
  /** "yyyy-mm-dd" */
  readonly birthDate: string | null;
  /** What was agreed to at entry. */
  readonly consents: Readonly<Record<string, unknown>> | null;
}

export const ERASED = 'Đã ẩn danh';
/** Id of the consent that asks whether a winner's name may be published. */
const PUBLISH = 'publishName';

/**
 * In full when the person agreed to it, or, where nobody was asked, when the contest shows names in full; of people under
 * age with a guardian's consent alone. Else the number where the contest shows numbers, or the name shortened.
 */
export function winnerName(
  winner: NamedWinner | undefined,
  settings: Pick<ContestSettings, 'names' | 'consents'>,
  now: number,
): string {
  if (winner === undefined || winner.erased) return ERASED;
  if (mayShowInFull(winner, settings, now)) return winner.name;
  if (settings.names === 'number' && winner.number !== null) return `Số ${winner.number}`;
  return shortenName(winner.name);
}

/** Whether everybody may read the whole name. */
export function mayShowInFull(
  { birthDate, consents }: Pick<NamedWinner, 'birthDate' | 'consents'>,
  settings: Pick<ContestSettings, 'names' | 'consents'>,
  now: number,
): boolean {
  if (hidesName(birthDate, consents, now)) return false;
  if (settings.consents.some(({ id }) => id === PUBLISH)) return consents?.[PUBLISH] !== undefined;
  return settings.names === 'full';
}
