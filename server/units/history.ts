/** History of a unit: its dated states, and the lines of the log about it with the names that people have today. */
import { readAudit } from '../accounts/audit-reading.ts';
import type { Context } from '../context.ts';
import type { UnitHistory } from '../contracts/units.ts';
import { changesOf, stepsOf } from './history-rules.ts';
import type { Unit, UnitIndex } from './unit-index.ts';

const LINES = 200;
const DAYS = ['from', 'headcountFrom', 'at'] as const;

export async function unitHistory(
  { database, clock }: Pick<Context, 'database' | 'clock'>,
  unit: Unit,
  index: UnitIndex,
): Promise<UnitHistory> {
  const nameOf = (id: number): string | null => index.byId(id)?.name ?? null;
  const { entries } = await readAudit({ database }, { subject: `unit:${unit.uid}`, limit: LINES });
  return {
    at: clock.now(),
    steps: stepsOf(unit, index.times, nameOf),
    log: entries.map(({ at, action, actorName, reason, details }) => ({
      ...{ at, action, actor: actorName, reason },
      since: sinceOf(details ?? {}),
      changes: changesOf(details ?? {}, nameOf),
    })),
  };
}

function sinceOf(details: Readonly<Record<string, unknown>>): number | null {
  const day = DAYS.map((name) => details[name]).find((value) => typeof value === 'number');
  return day === undefined ? null : Number(day);
}
