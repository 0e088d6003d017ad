/** What the product does, put together in the order in which one thing needs another. `app.ts` builds the platform around it. */
import type { Accounts } from './accounts/accounts.ts';
import { attemptsPart } from './attempts/own-part.ts';
import { openAttempts } from './attempts/register.ts';
import { openBanks } from './banks/register.ts';
import { commentsPart } from './banks/talk.ts';
import { closingPart } from './closing/own-part.ts';
import { openClosing } from './closing/register.ts';
import { openContests } from './contests/register.ts';
import type { Context } from './context.ts';
import { openDocuments } from './documents/register.ts';
import { looksPart } from './documents/reviews.ts';
import { sectionPages } from './documents/section-pages.ts';
import { openBoards } from './leaderboards/register.ts';
import { openLive } from './live/register.ts';
import { Mail } from './mail/mail.ts';
import { lettersPart } from './mail/own-part.ts';
import { markersPart } from './marking/markers.ts';
import { registerMarking } from './marking/routes.ts';
import { openPeople } from './officers/register.ts';
import type { Http } from './platform/http.ts';
import type { Pages } from './platform/pages.ts';
import type { Sockets } from './platform/sockets.ts';
import { openPrivacy } from './privacy/register.ts';
import { openReach } from './reach/register.ts';
import { openRemedies } from './remedies/register.ts';
import { openReports } from './reports/register.ts';
import { registerLiveStatistics, registerStatistics } from './statistics/routes.ts';
import { registerStudy } from './study/routes.ts';
import type { Units } from './units/units.ts';

/** What features stand on. */
export interface Ground {
  readonly http: Http;
  readonly sockets: Sockets;
  readonly context: Context;
  readonly pages: Pages;
  readonly units: Units;
  readonly accounts: Accounts;
}

export type Features = Awaited<ReturnType<typeof openFeatures>>;

export async function openFeatures(ground: Ground) {
  const core = await openRounds(ground);
  return { ...core, ...(await openAround(ground, core)) };
}

type Core = Awaited<ReturnType<typeof openRounds>>;

/** From questions to results: banks, documents, contests, attempts, boards. */
async function openRounds({ http, sockets, context, units, accounts }: Ground) {
  const banks = openBanks(http, context);
  const documents = openDocuments(http, context);
  registerStudy(http, context, { accounts, pools: banks.pools, shelf: documents.shelf });
  const contests = await openContests(http, context, accounts, banks.pools, units);
  const boards = openBoards(http, sockets, context, units, contests);
  const attempts = await openAttempts(http, context, contests.rounds, (now) =>
    sectionPages(documents.shelf, now),
  );
  // In a thread of their own, once the journal is read: on two processors saves would wait for boards otherwise.
  const built = boards.boards.start();
  built.catch(() => undefined);
  contests.give(attempts.attempts);
  registerMarking(http, context, attempts.attempts);
  for (const part of [attemptsPart(context.database), commentsPart(context)]) accounts.personalData.add(part);
  for (const part of [markersPart(context), looksPart(context)]) accounts.personalData.add(part);
  return { banks, documents, contests, boards, built, attempts };
}

/** Around rounds: letters, people, live contests, remedies, closing, figures and reports. */
async function openAround(ground: Ground, core: Core) {
  const { http, sockets, context, pages, units, accounts } = ground;
  const { banks, documents, contests, boards } = core;
  const { attempts } = core.attempts;
  const mail = new Mail(context);
  accounts.personalData.add(lettersPart(context.database));
  const privacy = openPrivacy(http, context, accounts, contests);
  const reach = openReach(http, context, {
    ...{ pages, accounts, contests, units, mail, attempts },
    consents: privacy.consents,
    boards: boards.views,
    documents: documents.shelf,
  });
  const live = await openLive(http, sockets, context, { accounts, contests, pools: banks.pools, units });
  openPeople(http, context, { accounts, contests, boards: boards.boards });
  const recount = (contestId: number) => boards.settling.recount(contestId);
  const remedies = await openRemedies(http, context, {
    ...{ accounts, attempts, contests, units, recount },
    gate: banks.gate,
  });
  accounts.personalData.add(closingPart(context));
  const closing = openClosing(http, context, {
    ...{ boards: boards.boards, units, contests, attempts },
    identify: accounts.identify,
  });
  const uses = registerStatistics(http, context, contests.rounds, banks.gate);
  registerLiveStatistics(http, context, live.stateFor);
  const reports = openReports(http, context, {
    ...{ contests, units, mail, sockets, attempts },
    sessions: accounts.sessions,
  });
  privacy.retention.sweepToo(() => reports.schedules.removeExpired());
  return { mail, privacy, reach, live, remedies, closing, uses, reports };
}

/** After the port is open: what was under way goes on, boards are built, what happens by itself begins. */
export async function startFeatures(features: Features): Promise<void> {
  await features.attempts.listening();
  await features.live.listening();
  features.remedies.listening();
  await features.built;
  await features.boards.settling.start();
  features.documents.listening();
  features.closing.listening();
  features.uses.start();
  features.mail.sender.start();
  features.reports.listening();
  features.reach.reminders.start();
  features.privacy.retention.start();
}

/** After the last request: what others need ends last. */
export async function closeFeatures(features: Features): Promise<void> {
  features.live.close();
  features.reach.reminders.stop();
  await features.privacy.retention.stop();
  await features.reports.close();
  await features.remedies.close();
  await features.mail.close();
  await features.uses.stop();
  await features.attempts.close();
  await features.closing.close();
  await features.boards.close();
  features.contests.close();
  await features.documents.close();
  await features.banks.close();
}
