/** People in a real browser against a whole server of their own: fresh database, the built client, a clock moved by hand. */
import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll } from 'vitest';
import { startServer, type TestServer } from './app.ts';
import { launchChromium } from './chromium.ts';

/** How somebody looks at the product. */
export interface Visit {
  /** Width of the window, px; 360 unless said. */
  readonly width?: number;
  readonly theme?: 'light' | 'dark';
  readonly motion?: 'reduce' | 'no-preference';
}

/** One person's browser: cookies and storage of its own, which other visitors do not see. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Goes to an address of the product and waits for the screen's heading. */
  open(path: string): Promise<void>;
}

/** A server that listens and a browser beside it. */
export interface Stage {
  readonly server: TestServer;
  readonly origin: string;
  visit(visit?: Visit): Promise<Visitor>;
  /** Errors that pages wrote or threw since the start, refused network requests aside. */
  readonly complaints: readonly string[];
}

/**
 * Starts both; closed after the file's tests. `settings` as of `startServer`; with `HOITHI_SEED: 'yes'` the sample contest
 * is there. The database is SQLite unless `location` names another.
 */
export async function startStage(settings: Record<string, string> = {}, location?: string): Promise<Stage> {
  const server = await startServer(location, settings);
  const origin = await server.app.http.listen({ port: 0, host: '127.0.0.1' });
  const browser = await launchChromium();
  afterAll(() => browser.close());
  const complaints: string[] = [];
  return { server, origin, complaints, visit: (visit) => arrive(browser, origin, complaints, visit ?? {}) };
}

async function arrive(
  browser: Browser,
  origin: string,
  complaints: string[],
  { width = 360, theme = 'light', motion = 'reduce' }: Visit,
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width, height: width < 700 ? 740 : 1080 },
    colorScheme: theme,
    reducedMotion: motion,
    locale: 'vi-VN',
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    const isRefusal = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isRefusal) complaints.push(`${page.url()}: ${message.text()}`);
  });
  const open = async (path: string): Promise<void> => {
    await page.goto(path);
    await page.locator('main h1').first().waitFor();
  };
  return { context, page, open };
}

/** What axe-core finds on the page as it stands: rule and place, one a line; nothing is right. */
export async function axeProblems(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const run: unknown = Reflect.get(Reflect.get(window, 'axe'), 'run');
    if (typeof run !== 'function') return ['axe did not start'];
    const { violations } = await run(document, { resultTypes: ['violations'] });
    return violations.map(
      (found: { id: string; nodes: { target: string[] }[] }) =>
        `${found.id}: ${found.nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    );
  });
}

/** How far the page is wider than its window, px: 0 when nothing scrolls sideways. */
export function sidewaysPx(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
