/** Puts the feature together: reports by unit, what is exported, what is watched, what is made every week. */
import type { Context } from '../context.ts';
import type { Http } from '../platform/http.ts';
import type { Units } from '../units/units.ts';
import type { ContestsForReports } from './access.ts';
import { registerExports } from './exporting/routes.ts';
import { Reports } from './reports.ts';
import { registerReports } from './routes.ts';

export interface ReportParts {
  readonly contests: ContestsForReports;
  readonly units: Units;
}

export function openReports(http: Http, context: Context, { contests, units }: ReportParts): void {
  const reports = new Reports(context, units);
  registerReports(http, { reports, contests, clock: context.clock });
  registerExports(http, { context, reports, contests });
}
