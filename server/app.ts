/** Builds the Fastify app from a context: platform first, then the features. Listening is `main.ts`'s. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAccounts } from './accounts/accounts.ts';
import { registerAccounts } from './accounts/routes.ts';
import type { Context } from './context.ts';
import { createHttp, type Http } from './platform/http.ts';
import { registerOperations } from './platform/operations.ts';
import { Pages } from './platform/pages.ts';
import { registerUnits } from './units/routes.ts';
import { Units } from './units/units.ts';

const CLIENT = join(fileURLToPath(new URL('.', import.meta.url)), '..', 'dist', 'client');

export interface App {
  readonly http: Http;
  /** Answers before all boards are built; readiness says when they are. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

export async function buildApp(context: Context): Promise<App> {
  const pages = await Pages.load(CLIENT);
  const units = await Units.start(context);
  const accounts = createAccounts(context, units);
  const http = await createHttp(context, accounts.identify, pages);
  registerOperations(http, context);
  registerUnits(http, context, units);
  registerAccounts(http, accounts);
  await http.ready();
  return { http, ready: Promise.resolve(), close: () => http.close() };
}
