/** A whole server for tests of doors: real contracts, real database, a clock moved by hand; requests through `inject`. */
import { type App, buildApp } from '../../server/app.ts';
import { type PasswordCost, readConfig } from '../../server/config.ts';
import { type Context, closeContext, createContext } from '../../server/context.ts';
import { MovableClock } from '../../server/platform/clock.ts';
import { afterwards } from './afterwards.ts';
import { freshFile, temporaryFolder } from './databases.ts';

export interface TestServer {
  readonly app: App;
  readonly context: Context;
  readonly clock: MovableClock;
  close(): Promise<void>;
}

/** What a password hash costs in the product: for tests of rushes, whose queue is made of that. */
export const REAL_COST = readConfig({}).passwordCost;
/** People register thousands of times in a run of all tests; nobody breaks into their accounts. */
const LITTLE: PasswordCost = { memoryKib: 8, passes: 1 };

/** 09:00 on Monday 01/08/2022 in Hà Nội: the first day of the contest that the product models. */
export const FIRST_DAY = Date.UTC(2022, 7, 1, 2, 0, 0);

/** Starts a server on `location` (a fresh file unless given); closed after the file's tests. Limits are out of the way unless set. */
export async function startServer(
  location?: string,
  settings: Record<string, string> = {},
  clock = new MovableClock(FIRST_DAY),
  passwordCost = LITTLE,
): Promise<TestServer> {
  const folder = temporaryFolder();
  const config = readConfig({
    DATABASE_URL: location ?? freshFile(`${folder}/test.db`),
    HOITHI_DATA_DIR: folder,
    HOITHI_LOG_LEVEL: process.env.TEST_LOG ?? 'silent',
    HOITHI_SECRET: 'a secret of tests, long enough for anybody',
    HOITHI_SEED: 'no',
    HOITHI_LIMIT_FACTOR: '100000',
    ...settings,
  });
  const context = await createContext({ ...config, passwordCost }, clock);
  const app = await buildApp(context);
  await app.built;
  let closed = false;
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    await app.close();
    await closeContext(context);
  };
  afterwards(close);
  return { app, context, clock, close };
}
