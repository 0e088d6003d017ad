/** Puts the feature together: reports by unit, what is exported, what is made every week, what is watched. */
import type { Sessions } from '../accounts/sessions.ts';
import type { Attempts } from '../attempts/attempts.ts';
import type { ContestsFeature } from '../contests/register.ts';
import type { Context } from '../context.ts';
import type { Mail } from '../mail/mail.ts';
import type { Http } from '../platform/http.ts';
import type { Sockets } from '../platform/sockets.ts';
import type { Units } from '../units/units.ts';
import { registerExports } from './exporting/routes.ts';
import { Minutes } from './monitor/minutes.ts';
import { Monitor } from './monitor/monitor.ts';
import { registerOfficerReports } from './officer-routes.ts';
import { Reports } from './reports.ts';
import { registerReports } from './routes.ts';
import { registerSchedules } from './schedule-routes.ts';
import { Schedules } from './schedules.ts';

export interface ReportParts {
  readonly contests: Pick<ContestsFeature, 'isOrganiser' | 'open'>;
  readonly units: Units;
  readonly mail: Mail;
  readonly sockets: Sockets;
  readonly sessions: Pick<Sessions, 'identifyCookies'>;
  readonly attempts: Pick<Attempts, 'savesByRound'>;
}

export interface ReportsFeature {
  readonly reports: Reports;
  readonly schedules: Schedules;
  readonly minutes: Minutes;
  /** Makes what is due, and writes down what is counted, from now on. */
  listening(): void;
  close(): Promise<void>;
}

export function openReports(http: Http, context: Context, parts: ReportParts): ReportsFeature {
  const { contests, units, mail, sockets, sessions, attempts } = parts;
  const reports = new Reports(context, units);
  const doors = { reports, contests, clock: context.clock };
  registerReports(http, doors);
  registerExports(http, { context, reports, contests });
  registerOfficerReports(http, {
    context,
    reports,
    published: (uid) => contests.open.contestByUid(uid)?.id ?? null,
  });
  const schedules = new Schedules(context, reports, mail);
  registerSchedules(http, doors, schedules);
  const minutes = new Minutes(context, attempts.savesByRound);
  minutes.listen(http);
  const monitor = new Monitor(context, sockets, {
    sessions,
    contest: (uid) => contests.open.contestByUid(uid),
    isOrganiser: (contestId, personId) => contests.isOrganiser(contestId, personId),
    units: () => reports.units,
  });
  return {
    reports,
    schedules,
    minutes,
    listening() {
      schedules.start();
      minutes.start();
    },
    async close() {
      monitor.close();
      await schedules.stop();
      await minutes.stop();
    },
  };
}
