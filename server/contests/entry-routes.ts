/** Doors for entering a contest. They stand open, since guests come through them; who is signed in is looked up here. */
import type { Accounts } from '../accounts/accounts.ts';
import { SlugParams } from '../contracts/contests.ts';
import { EnterContest, EntryReply } from '../contracts/entering.ts';
import { AppError } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import type { ContestParts } from './contests.ts';
import { Entering } from './entering.ts';
import type { OpenContest } from './open-contests.ts';

const tags = ['contests'];
const config = { access: 'public' as const };

export function registerEntryDoors(http: Http, parts: ContestParts, accounts: Accounts): void {
  const entering = new Entering(parts, accounts);
  const { clock } = parts.context;
  const contestOf = (slug: string): OpenContest => {
    const contest = parts.open.contestBySlug(slug);
    if (contest === null) throw new AppError('notFound');
    return contest;
  };

  http.get(
    '/api/contests/:slug/entry',
    {
      config,
      schema: {
        tags,
        summary: "One's own entry, and what the form need not ask",
        params: SlugParams,
        response: { 200: EntryReply },
      },
    },
    async (request) => {
      const who = await accounts.identify(request);
      return entering.own(contestOf(request.params.slug), who, clock.now());
    },
  );
  http.post(
    '/api/contests/:slug/entry',
    {
      config,
      schema: {
        tags,
        summary: 'Enter the contest, with an account or, where they are let in, as a guest',
        params: SlugParams,
        body: EnterContest,
        response: { 200: EntryReply },
      },
    },
    async (request, reply) => {
      const now = clock.now();
      const who = await accounts.identify(request);
      const contest = contestOf(request.params.slug);
      const entered = await entering.enter(contest, who, request.body, request, now);
      if (entered.cookies.length > 0) reply.header('set-cookie', [...entered.cookies]);
      return entered.reply;
    },
  );
}
