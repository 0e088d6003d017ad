/** When the personal fields of a contest's entries are erased. Pure. */

const DAY_MS = 86_400_000;

interface Lasting {
  readonly settings: { readonly retentionDays?: number | null };
  readonly rounds: readonly { readonly closesAt: number }[];
}

/** So many days after the last round has closed; null: they stay with the account. */
export function erasureDue({ settings, rounds }: Lasting): number | null {
  const days = settings.retentionDays ?? null;
  if (days === null || rounds.length === 0) return null;
  return Math.max(...rounds.map(({ closesAt }) => closesAt)) + days * DAY_MS;
}
