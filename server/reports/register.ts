/** Puts the feature together: reports by unit, what is exported, what is made every week. */
import type { Context } from '../context.ts';
import type { Mail } from '../mail/mail.ts';
import type { Http } from '../platform/http.ts';
import type { Units } from '../units/units.ts';
import type { ContestsForReports } from './access.ts';
import { registerExports } from './exporting/routes.ts';
import { Reports } from './reports.ts';
import { registerReports } from './routes.ts';
import { registerSchedules } from './schedule-routes.ts';
import { Schedules } from './schedules.ts';

export interface ReportParts {
  readonly contests: ContestsForReports;
  readonly units: Units;
  readonly mail: Mail;
}

export interface ReportsFeature {
  readonly reports: Reports;
  readonly schedules: Schedules;
  close(): Promise<void>;
}

export function openReports(
  http: Http,
  context: Context,
  { contests, units, mail }: ReportParts,
): ReportsFeature {
  const reports = new Reports(context, units);
  const doors = { reports, contests, clock: context.clock };
  registerReports(http, doors);
  registerExports(http, { context, reports, contests });
  const schedules = new Schedules(context, reports, mail);
  registerSchedules(http, doors, schedules);
  return { reports, schedules, close: () => schedules.stop() };
}
