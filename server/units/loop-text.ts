/** What people read about a circle to come: when, and whose planned move closes it. */
import { formatDay } from '../contests/time-rules.ts';
import type { Bilingual } from '../contracts/errors.ts';
import type { UnitLoop } from './loop-rules.ts';
import type { UnitTimes } from './time-rules.ts';

export function loopText({ unitId, at, byId }: UnitLoop, times: UnitTimes): Bilingual {
  const day = formatDay(at);
  const other = byId === null || byId === unitId ? undefined : times.latest(byId)?.name;
  if (other === undefined)
    return {
      vi: `Từ ngày ${day}, đơn vị sẽ nằm bên dưới chính nó.`,
      en: `From ${day} on, the unit would stand below itself.`,
    };
  return {
    vi: `Từ ngày ${day}, khi "${other}" chuyển đi như đã định, đơn vị sẽ nằm bên dưới chính nó.`,
    en: `From ${day} on, when "${other}" moves as planned, the unit would stand below itself.`,
  };
}
