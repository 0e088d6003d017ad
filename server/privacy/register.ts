/** Puts together what protects people: their consents, how long their data are kept, the register of breaches. */
import type { Accounts } from '../accounts/accounts.ts';
import type { Entries } from '../contests/entries.ts';
import type { OpenContests } from '../contests/open-contests.ts';
import type { Context } from '../context.ts';
import type { Http } from '../platform/http.ts';
import { Breaches } from './breaches.ts';
import { Consents, consentsPart } from './consents.ts';
import { Retention } from './retention.ts';
import { registerBreachDoors, registerConsentDoors } from './routes.ts';

export interface PrivacyFeature {
  readonly consents: Consents;
  readonly retention: Retention;
}

export function openPrivacy(
  http: Http,
  context: Context,
  accounts: Accounts,
  contests: { readonly open: OpenContests; readonly entries: Entries },
): PrivacyFeature {
  const consents = new Consents(context, contests.open, contests.entries);
  registerConsentDoors(http, consents);
  accounts.personalData.add(consentsPart(context));
  registerBreachDoors(http, new Breaches(context));
  return { consents, retention: new Retention(context, accounts, contests) };
}
