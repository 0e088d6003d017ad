/** Doors of a family with one phone: who shares it, one more, and now somebody else. */
import { Household, HouseholdBody, SessionReply, SwitchBody } from '../contracts/accounts.ts';
import { ProblemReply } from '../contracts/errors.ts';
import { identityOf } from '../platform/access.ts';
import type { Http } from '../platform/http.ts';
import { type Accounts, callerOf } from './accounts.ts';
import { addToHousehold, readHousehold, switchTo } from './household.ts';
import { answerSignedIn } from './session-routes.ts';

const tags = ['me'];
const config = { access: 'signedIn' } as const;
const household = { 200: Household, default: ProblemReply };

export function registerHousehold(http: Http, accounts: Accounts): void {
  http.get(
    '/api/household',
    { config, schema: { summary: 'Who shares this phone', tags, response: household } },
    async (request) => readHousehold(accounts, identityOf(request)),
  );
  http.post(
    '/api/household',
    {
      config,
      schema: { summary: 'Another one of the family', tags, body: HouseholdBody, response: household },
    },
    async (request) => {
      const who = identityOf(request);
      accounts.limits.proving.take(`household ${who.personId}`, accounts.context.clock.now());
      return addToHousehold(accounts, who, request.body);
    },
  );
  http.post(
    '/api/household/switch',
    {
      config,
      schema: {
        summary: 'Now somebody else of the family takes part',
        tags,
        body: SwitchBody,
        response: { 200: SessionReply, default: ProblemReply },
      },
    },
    async (request, reply) => {
      const caller = await callerOf(accounts, request);
      const signedIn = await switchTo(accounts, identityOf(request), request.body.person, caller);
      return answerSignedIn(reply, signedIn);
    },
  );
}
