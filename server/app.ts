/** Builds the Fastify app from a context: platform first, then the features. Listening is `main.ts`'s. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Accounts, createAccounts } from './accounts/accounts.ts';
import { eraseAgain } from './accounts/erasing-again.ts';
import { registerAccounts } from './accounts/routes.ts';
import { endSocketsWithSessions } from './accounts/socket.ts';
import type { Context } from './context.ts';
import { closeFeatures, type Features, openFeatures, startFeatures } from './features.ts';
import { type Door, listDoors } from './platform/doors.ts';
import { createHttp, type Http } from './platform/http.ts';
import { registerOperations } from './platform/operations.ts';
import { Pages } from './platform/pages.ts';
import { Sockets } from './platform/sockets.ts';
import { registerUnits } from './units/routes.ts';
import { Units } from './units/units.ts';

const CLIENT = join(fileURLToPath(new URL('.', import.meta.url)), '..', 'dist', 'client');

export interface App extends Features {
  readonly http: Http;
  /** Every route with who may use it. */
  readonly doors: readonly Door[];
  readonly accounts: Accounts;
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
  sockets.countIn(registerOperations(http, context, () => isReady));
  registerUnits(http, context, units);
  registerAccounts(http, accounts);
  endSocketsWithSessions(sockets, accounts);
  const features = await openFeatures({ http, sockets, context, pages, units, accounts });
  await eraseAgain(accounts);
  await http.ready();
  return {
    ...features,
    http,
    doors,
    accounts,
    async listening() {
      await startFeatures(features);
      isReady = true;
    },
    async close() {
      features.live.closing();
      await sockets.close();
      await http.close();
      await closeFeatures(features);
      units.close();
    },
  };
}
