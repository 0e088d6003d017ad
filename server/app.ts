/** Builds the Fastify app from a context: platform first, then the features. Listening is `main.ts`'s. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Accounts, createAccounts } from './accounts/accounts.ts';
import { eraseAgain } from './accounts/erasing-again.ts';
import { registerAccounts } from './accounts/routes.ts';
import { endSocketsWithSessions } from './accounts/socket.ts';
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
import { type Door, listDoors } from './platform/doors.ts';
import { createHttp, type Http } from './platform/http.ts';
import { registerOperations } from './platform/operations.ts';
import { Pages } from './platform/pages.ts';
import { Sockets } from './platform/sockets.ts';
import { openPrivacy, type PrivacyFeature } from './privacy/register.ts';
import { openReach, type ReachFeature } from './reach/register.ts';
import { openRemedies } from './remedies/register.ts';
import { openReports, type ReportsFeature } from './reports/register.ts';
import { registerLiveStatistics, registerStatistics } from './statistics/routes.ts';
import { registerStudy } from './study/routes.ts';
import { registerUnits } from './units/routes.ts';
import { Units } from './units/units.ts';

const CLIENT = join(fileURLToPath(new URL('.', import.meta.url)), '..', 'dist', 'client');

export interface App {
  readonly http: Http;
  /** Every route with who may use it. */
  readonly doors: readonly Door[];
  readonly accounts: Accounts;
  readonly attempts: Awaited<ReturnType<typeof openAttempts>>;
  readonly boards: ReturnType<typeof openBoards>;
  readonly closing: ReturnType<typeof openClosing>;
  readonly live: Awaited<ReturnType<typeof openLive>>;
  readonly reach: ReachFeature;
  readonly privacy: PrivacyFeature;
  readonly remedies: Awaited<ReturnType<typeof openRemedies>>;
  readonly mail: Mail;
  /** Where questions were asked, for the bank desk. */
  readonly uses: ReturnType<typeof registerStatistics>;
  readonly reports: ReportsFeature;
  /** Resolves when boards can be asked. */
  readonly built: Promise<void>;
  /** After the port is open: records lost time, sweeps, builds boards. Resolves when everything answers. */
  listening(): Promise<void>;
  close(): Promise<void>;
}

export async function buildApp(context: Context): Promise<App> {
  const pages = await Pages.load(CLIENT, context.config.publicUrl.host);
  const units = await Units.start(context);
  const accounts = createAccounts(context, units);
  const http = await createHttp(context, accounts.identify, pages);
  const doors = listDoors(http);
  const sockets = new Sockets(http.server, context);
  let isReady = false;
  registerOperations(http, context, () => isReady);
  registerUnits(http, context, units);
  registerAccounts(http, accounts);
  endSocketsWithSessions(sockets, accounts);
  const banks = openBanks(http, context);
  const documents = openDocuments(http, context);
  registerStudy(http, context, { accounts, pools: banks.pools, shelf: documents.shelf });
  const contests = await openContests(http, context, accounts, banks.pools, units);
  const boards = openBoards(http, sockets, context, units, contests);
  // In a thread of their own, while the journal is read here.
  const built = boards.boards.start();
  built.catch(() => undefined);
  const attempts = await openAttempts(http, context, contests.rounds, (now) =>
    sectionPages(documents.shelf, now),
  );
  contests.give(attempts.attempts);
  registerMarking(http, context, attempts.attempts);
  accounts.personalData.add(markersPart(context));
  accounts.personalData.add(attemptsPart(context.database));
  accounts.personalData.add(commentsPart(context));
  accounts.personalData.add(looksPart(context));
  const mail = new Mail(context);
  accounts.personalData.add(lettersPart(context.database));
  const privacy = openPrivacy(http, context, accounts, contests);
  const { consents } = privacy;
  const reach = openReach(http, context, {
    ...{ pages, accounts, contests, units, mail, consents },
    boards: boards.views,
    attempts: attempts.attempts,
    documents: documents.shelf,
  });
  const live = await openLive(http, sockets, context, { accounts, contests, pools: banks.pools, units });
  openPeople(http, context, { accounts, contests, boards: boards.boards });
  const recount = (contestId: number) => boards.settling.recount(contestId);
  const remedies = await openRemedies(http, context, {
    accounts,
    attempts: attempts.attempts,
    contests,
    gate: banks.gate,
    units,
    recount,
  });
  accounts.personalData.add(closingPart(context));
  const closing = openClosing(http, context, {
    boards: boards.boards,
    units,
    contests,
    attempts: attempts.attempts,
  });
  const uses = registerStatistics(http, context, contests.rounds, banks.gate);
  registerLiveStatistics(http, context, live.stateFor);
  const reports = openReports(http, context, {
    contests,
    units,
    mail,
    sockets,
    sessions: accounts.sessions,
    attempts: attempts.attempts,
  });
  await eraseAgain(accounts);
  await http.ready();
  return {
    http,
    doors,
    accounts,
    attempts,
    boards,
    built,
    uses,
    live,
    reach,
    privacy,
    closing,
    remedies,
    mail,
    reports,
    async listening() {
      await attempts.listening();
      await live.listening();
      remedies.listening();
      await built;
      boards.settling.start();
      documents.listening();
      closing.listening();
      uses.start();
      mail.sender.start();
      reports.listening();
      reach.reminders.start();
      privacy.retention.start();
      isReady = true;
    },
    async close() {
      live.closing();
      await sockets.close();
      await http.close();
      live.close();
      reach.reminders.stop();
      await privacy.retention.stop();
      await reports.close();
      await remedies.close();
      await mail.close();
      await uses.stop();
      await attempts.close();
      await closing.close();
      await boards.close();
      contests.close();
      await documents.close();
      await banks.close();
      units.close();
    },
  };
}
