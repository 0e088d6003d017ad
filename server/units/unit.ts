/** One unit as all features know it. Times in ms since epoch. */
export interface Unit {
  readonly id: number;
  readonly uid: string;
  readonly parentId: number | null;
  readonly code: string | null;
  readonly name: string;
  readonly sortKey: string;
  readonly block: string | null;
  readonly headcount: number | null;
  readonly validFrom: number | null;
  readonly validUntil: number | null;
  readonly successorId: number | null;
}

/** Whether it exists at a moment: begun, and not ended. */
export function isAlive(
  { validFrom, validUntil }: Pick<Unit, 'validFrom' | 'validUntil'>,
  now: number,
): boolean {
  return (validFrom === null || validFrom <= now) && (validUntil === null || now < validUntil);
}
