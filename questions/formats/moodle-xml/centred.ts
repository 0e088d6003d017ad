/** Numbers as Moodle accepts them. */
import type { NumericAccepted } from '../../kinds/numeric/key.ts';

/** A value with a tolerance for any accepted answer; Moodle has no ranges. */
export function centred(accepted: NumericAccepted): { readonly value: number; readonly tolerance: number } {
  if ('value' in accepted) return accepted;
  return { value: (accepted.from + accepted.to) / 2, tolerance: (accepted.to - accepted.from) / 2 };
}
