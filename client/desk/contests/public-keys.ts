/** Warnings that anybody can read the keys of a bank: they need a tick, others are only shown. */
import type { Warning } from '../../api/desk-contests.ts';

const OF_PUBLIC_KEYS: ReadonlySet<string> = new Set(['shippedBank', 'practiceBank']);

export function isOfPublicKeys({ code }: Warning): boolean {
  return OF_PUBLIC_KEYS.has(code);
}
