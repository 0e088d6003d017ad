/** History of a unit: its dated states, and the lines of the log about it with the names that people have today. */
import { readAuditPage } from '../accounts/audit-reading.ts';
import type { Context } from '../context.ts';
import type { UnitHistory } from '../contracts/units.ts';
import { changesOf, stepsOf } from './history-rules.ts';
import type { Unit, UnitIndex } from './unit-index.ts';

const LINES = 100;
const DAYS = ['from', 'headcountFrom', 'at'] as const;

/** Lines older than `before`, a number of the log; undefined: the newest. */
export async function unitHistory(
  { database, clock }: Pick<Context, 'database' | 'clock'>,
  unit: Unit,
  index: UnitIndex,
  before: number | undefined,
): Promise<UnitHistory> {
  const nameOf = (id: number): string | null => index.byId(id)?.name ?? null;
  const about = { subject: `unit:${unit.uid}` };
  const { entries, total, older } = await readAuditPage({ database }, about, { before, limit: LINES });
  return {
    ...{ at: clock.now(), steps: stepsOf(unit, index.times, nameOf), total, older },
    log: entries.map(({ at, action, actorName, reason, details }) => ({
      ...{ at, action, actor: actorName, reason },
      since: sinceOf(details ?? {}),
      file: typeof details?.file === 'string' ? details.file : null,
      changes: changesOf(details ?? {}, nameOf),
    })),
  };
}

function sinceOf(details: Readonly<Record<string, unknown>>): number | null {
  const day = DAYS.map((name) => details[name]).find((value) => typeof value === 'number');
  return day === undefined ? null : Number(day);
}
