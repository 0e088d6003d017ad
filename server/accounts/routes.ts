/** All doors of the accounts, and the work that goes on behind them. */
import type { Http } from '../platform/http.ts';
import type { Accounts } from './accounts.ts';
import { registerHousehold } from './household-routes.ts';
import { registerMeRoutes } from './me-routes.ts';
import { accountsPart } from './own-parts.ts';
import { registerPeopleRoutes } from './people-routes.ts';
import { registerSessionRoutes } from './session-routes.ts';

const SWEEP_MS = 3_600_000;

export function registerAccounts(http: Http, accounts: Accounts): void {
  const { context, personalData, sessions } = accounts;
  personalData.add(accountsPart(context));
  registerSessionRoutes(http, accounts);
  registerMeRoutes(http, accounts);
  registerHousehold(http, accounts);
  registerPeopleRoutes(http, accounts);
  const sweep = setInterval(() => {
    sessions
      .sweep()
      .catch((error: unknown) => context.log.warn({ err: error }, 'expired sessions not removed'));
  }, SWEEP_MS).unref();
  http.addHook('onClose', async () => clearInterval(sweep));
}
