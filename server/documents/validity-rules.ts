/** Whether a document holds on a day, and what makes questions about it worth a look. Pure. Days are "yyyy-mm-dd" in Việt Nam. */

export interface Validity {
  readonly validFrom: string | null;
  /** The last day on which it holds. */
  readonly validUntil: string | null;
  readonly supersededById: number | null;
}

/** coming: not yet in force · holds · ended: its last day is over · replaced: another stands in its place. */
export type DocumentState = 'coming' | 'holds' | 'ended' | 'replaced';

const UTC_OFFSET_MS = 7 * 3_600_000;

/** ms since epoch → the day in Việt Nam. */
export function dayAt(now: number): string {
  return new Date(now + UTC_OFFSET_MS).toISOString().slice(0, 10);
}

/** A document that another replaces goes on holding up to its last day, where one is given. */
export function stateOn({ validFrom, validUntil, supersededById }: Validity, day: string): DocumentState {
  if (validUntil !== null && day > validUntil) return supersededById === null ? 'ended' : 'replaced';
  if (validUntil === null && supersededById !== null) return 'replaced';
  return validFrom !== null && day < validFrom ? 'coming' : 'holds';
}

/** How a document ended, as looks remember it: another end is looked at again. It is replaced as soon as somebody says so. Null: nothing to look at. */
export function causeOn(validity: Validity, day: string): string | null {
  if (validity.supersededById !== null) return `by:${validity.supersededById}`;
  return stateOn(validity, day) === 'ended' ? `until:${validity.validUntil ?? ''}` : null;
}

/** "yyyy-mm-dd" that the calendar has. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
