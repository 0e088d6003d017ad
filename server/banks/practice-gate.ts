/** A bank is not opened for practice, nor its questions put into one that is, while rounds draw from it: practice shows keys to everybody. */
import { and, eq, isNull, ne } from 'drizzle-orm';
import type { Database } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import type { BankRow } from './store.ts';

/** Throws `banks.inRound` until the last such round is settled. Keys of banks that ship with the product are public anyway. */
export async function demandNoOpenRound(
  { query, tables }: Pick<Database, 'query' | 'tables'>,
  { uid, shipped }: BankRow,
): Promise<void> {
  if (shipped) return;
  const { contests: c, rounds: r } = tables;
  const waiting = await query
    .select({ settings: r.settings })
    .from(r)
    .innerJoin(c, eq(c.id, r.contestId))
    .where(and(ne(c.state, 'draft'), isNull(r.settledAt)));
  const draws = waiting.some(({ settings }) =>
    settings.blueprint.cells.some(({ banks }) => banks.includes(uid)),
  );
  if (draws) throw new AppError('banks.inRound');
}
