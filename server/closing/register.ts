/** Puts the feature together. */
import type { Attempts } from '../attempts/attempts.ts';
import type { OpenContests } from '../contests/open-contests.ts';
import { ContestStore } from '../contests/store.ts';
import type { Context } from '../context.ts';
import type { Boards } from '../leaderboards/boards.ts';
import type { Identify } from '../platform/access.ts';
import type { Http } from '../platform/http.ts';
import type { Units } from '../units/units.ts';
import { CertificateMaker } from './certificate-maker.ts';
import { registerCertificates } from './certificate-routes.ts';
import { CertificateStore } from './certificate-store.ts';
import { Certificates } from './certificates.ts';
import { Closing } from './closing.ts';
import type { ClosingContext } from './closing-context.ts';
import { registerDossiers } from './dossier-routes.ts';
import { AttemptSearch } from './dossier-search.ts';
import { Dossiers } from './dossiers.ts';
import { Draws } from './draws.ts';
import { Notices } from './notices.ts';
import { OwnResults } from './own-result.ts';
import { Plans } from './plans.ts';
import { PrizeRights } from './prize-rights.ts';
import { registerPrizes } from './prize-routes.ts';
import { registerClosing } from './routes.ts';
import { Snapshots } from './snapshots.ts';
import { WinnerStore } from './winner-store.ts';
import { WinnerViews } from './winner-views.ts';
import { Winners } from './winners.ts';

interface Around {
  readonly boards: Boards;
  readonly units: Units;
  readonly contests: {
    readonly open: OpenContests;
    isOrganiser(contestId: number, personId: number): Promise<boolean>;
  };
  readonly attempts: Attempts;
  /** Who asks, at doors that are open to everybody. */
  readonly identify: Identify;
}

/** Certificates are made in the background from the start on until the end. */
export interface ClosingFeature {
  readonly maker: CertificateMaker;
  listening(): void;
  close(): Promise<void>;
}

export function openClosing(
  http: Http,
  context: Context,
  { boards, units, contests, attempts, identify }: Around,
): ClosingFeature {
  const closing: ClosingContext = {
    context,
    boards,
    units,
    contests: new ContestStore(context),
    open: contests.open,
    isOrganiser: (contestId, personId) => contests.isOrganiser(contestId, personId),
  };
  const snapshots = new Snapshots(context);
  const draws = new Draws(context);
  registerClosing(http, context.clock, new Closing(closing, snapshots, draws));
  const rights = new PrizeRights(closing);
  const plans = new Plans(closing, draws, rights);
  const store = new WinnerStore(context);
  const views = new WinnerViews(closing, { snapshots, draws, store });
  const { clock, config } = context;
  registerPrizes(http, {
    clock,
    config,
    identify,
    plans,
    views,
    open: contests.open,
    winners: new Winners(closing, { snapshots, draws, plans, rights, store, views }),
    notices: new Notices(closing, views),
    results: new OwnResults(closing, attempts, store),
  });
  registerDossiers(http, {
    closing,
    dossiers: new Dossiers(closing, attempts),
    search: new AttemptSearch(closing, attempts),
  });
  const maker = openCertificates(http, closing, snapshots, store);
  return { maker, listening: () => maker.start(), close: () => maker.close() };
}

function openCertificates(
  http: Http,
  closing: ClosingContext,
  snapshots: Snapshots,
  winners: WinnerStore,
): CertificateMaker {
  const { clock, config } = closing.context;
  const store = new CertificateStore(closing.context);
  const maker = new CertificateMaker(closing, { store, snapshots, winners });
  const certificates = new Certificates(closing, { store, maker, snapshots, winners });
  registerCertificates(http, { clock, config, certificates });
  return maker;
}
