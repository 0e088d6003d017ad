/** Puts the feature together: remedies with their work, what people report, and the doors of both. */
import type { Accounts } from '../accounts/accounts.ts';
import type { Attempts } from '../attempts/attempts.ts';
import type { BankGate } from '../banks/gate.ts';
import type { ContestsFeature } from '../contests/register.ts';
import type { Context } from '../context.ts';
import type { Http } from '../platform/http.ts';
import type { Units } from '../units/units.ts';
import type { UnitsBelow } from './annul-scope.ts';
import { Asked } from './asked.ts';
import { AskedIn } from './asked-in.ts';
import { registerBankRemedies } from './bank-routes.ts';
import { Naming } from './naming.ts';
import { Notices } from './notices.ts';
import { Officials } from './officials.ts';
import { reportsPart } from './own-part.ts';
import { Planning } from './planning.ts';
import { Previews } from './previews.ts';
import { Regrader } from './regrader.ts';
import { Remedies } from './remedies.ts';
import { QuestionQueue } from './report-queue.ts';
import { registerQueue, registerReports } from './report-routes.ts';
import { Reports } from './reports.ts';
import { type RemedyDoors, registerRemedies } from './routes.ts';
import { RemedyStore } from './store.ts';

export interface RemediesFeature {
  readonly regrader: Regrader;
  /** Once people can reach us: goes on with work that was cut off. */
  listening(): void;
  close(): Promise<void>;
}

interface Around {
  readonly gate: BankGate;
  readonly accounts: Accounts;
  readonly attempts: Attempts;
  readonly contests: ContestsFeature;
  readonly units: Units;
  /** Counts again what predictions asked for. */
  recount(contestId: number): Promise<unknown>;
}

export async function openRemedies(http: Http, context: Context, around: Around): Promise<RemediesFeature> {
  const { accounts, attempts, contests, gate, units, recount } = around;
  const { database } = context;
  const store = new RemedyStore(database);
  const below = unitsBelow(units);
  const naming = new Naming(database, store, units);
  const roundByUid = (uid: string) => contests.open.roundByUid(uid);
  const planning = new Planning({ context, store, units: below, roundByUid });
  const truthOf = ({ id }: { readonly id: number }) => contests.open.roundById(id)?.predictionTruth ?? null;
  const people = (ids: readonly number[]) => naming.people(ids);
  const previews = new Previews({ context, attempts, store, people, truthOf });
  const regrader = new Regrader({ context, attempts, units: below, recount });
  const officials = new Officials(database);
  const parts = {
    context,
    attempts,
    store,
    planning,
    previews,
    regrader,
    officials,
    naming,
    time: contests.desk,
  };
  const notices = new Notices(context, contests.rounds);
  await notices.start();
  const doors: RemedyDoors = {
    clock: context.clock,
    open: contests.open,
    isOrganiser: (contestId, personId) => contests.isOrganiser(contestId, personId),
    remedies: new Remedies(parts),
    asked: new Asked(context, store),
    notices,
  };
  registerBankRemedies(http, {
    clock: context.clock,
    gate,
    askedIn: new AskedIn({ context, rounds: contests.rounds, store, remedies: doors.remedies }),
    bankUid: async (id) => (await gate.store.byId(id)).uid,
  });
  const reports = new Reports(context, attempts);
  registerRemedies(http, doors);
  registerReports(http, context, attempts, reports);
  registerQueue(http, doors, new QuestionQueue({ context, store, reports, rounds: contests.rounds }));
  accounts.personalData.add(reportsPart(database));
  return {
    regrader,
    listening: () => regrader.start(),
    async close() {
      notices.close();
      await regrader.stop();
    },
  };
}

/** Units with all that stands below them, ended ones too: results keep the unit of their time. */
function unitsBelow(units: Units): UnitsBelow {
  return {
    withBelow(uid) {
      const above = units.byUid(uid);
      if (above === undefined) return null;
      const { index } = units;
      return [...index.all()].filter((unit) => index.isWithin(unit, above)).map(({ id }) => id);
    },
  };
}
