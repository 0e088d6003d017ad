/** People in a real browser against a whole server of their own: fresh database, the built client, a clock moved by hand. */
import axe from 'axe-core';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterwards } from './afterwards.ts';
import { startServer, type TestServer } from './app.ts';
import { launchChromium } from './chromium.ts';
import type { Visitor as Caller } from './visitor.ts';

/** How somebody looks at the product. */
export interface Visit {
  /** Width of the window, px; 360 unless said. */
  readonly width?: number;
  readonly theme?: 'light' | 'dark';
  readonly motion?: 'reduce' | 'no-preference';
  /** Another address of the same server; the stage's own unless said. */
  readonly origin?: string;
  /** Whose session the browser has; nobody's unless said. */
  readonly as?: Caller;
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
 * is there. The database is SQLite unless `location` names another. With the host 0.0.0.0 it answers on every address of
 * this machine.
 */
export async function startStage(
  settings: Record<string, string> = {},
  location?: string,
  host = '127.0.0.1',
): Promise<Stage> {
  const server = await startServer(location, settings);
  const listening = await server.app.http.listen({ port: 0, host });
  const origin = host === '0.0.0.0' ? `http://127.0.0.1:${new URL(listening).port}` : listening;
  const browser = await launchChromium();
  afterwards(() => browser.close());
  const complaints: string[] = [];
  return { server, origin, complaints, visit: (visit) => arrive(browser, origin, complaints, visit ?? {}) };
}

async function arrive(
  browser: Browser,
  origin: string,
  complaints: string[],
  { width = 360, theme = 'light', motion = 'reduce', origin: other = origin, as }: Visit,
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: other,
    viewport: { width, height: width < 700 ? 740 : 1080 },
    colorScheme: theme,
    reducedMotion: motion,
    locale: 'vi-VN',
  });
  if (as !== undefined) await context.addCookies(cookiesOf(as, other));
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

/** Somebody's cookies, as a browser at this origin has them. */
function cookiesOf({ cookies }: Caller, url: string): { name: string; value: string; url: string }[] {
  return [...cookies].map(([name, value]) => ({ name, value, url }));
}

/** What axe-core finds on the page as it stands: rule and place, one a line; nothing is right. `rules`: all unless said. */
export async function axeProblems(page: Page, rules: readonly string[] | null = null): Promise<string[]> {
  const isThere = await page.evaluate(() => Reflect.has(window, 'axe'));
  if (!isThere) await page.evaluate(axe.source);
  return page.evaluate(async (only) => {
    // What is still fading in has not the contrast that it will have.
    const ends = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    await Promise.race([
      Promise.allSettled(ends.map(({ finished }) => finished)),
      new Promise((done) => setTimeout(done, 1000)),
    ]);
    const run: unknown = Reflect.get(Reflect.get(window, 'axe'), 'run');
    if (typeof run !== 'function') return ['axe did not start'];
    const runOnly = only === null ? {} : { runOnly: { type: 'rule', values: only } };
    const { violations } = await run(document, { resultTypes: ['violations'], ...runOnly });
    return violations.map(
      (found: { id: string; nodes: { target: string[] }[] }) =>
        `${found.id}: ${found.nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    );
  }, rules);
}

/**
 * Drawn again after a change of the window or the theme, with every transition at its end; parts that are far down the page
 * too, whose drawing browsers put off (`content-visibility`).
 */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const whole = new CSSStyleSheet();
    whole.replaceSync('* { content-visibility: visible !important }');
    document.adoptedStyleSheets = [whole];
    const frame = (): Promise<unknown> => new Promise((drawn) => requestAnimationFrame(drawn));
    await frame();
    await frame();
    for (const animation of document.getAnimations())
      if (animation instanceof CSSTransition) animation.finish();
    await frame();
  });
}

/** A theme changes colours and nothing else: at a width that was looked at in the other theme these rules can still fail. */
const ofColours = ['color-contrast', 'link-in-text-block'];

/**
 * What is wrong with the page as it stands at each width, in both themes: what axe-core finds, and how far it scrolls
 * sideways. The window changes around the page, which is loaded once; it is left as it was at the end, light.
 */
export async function problemsInEveryLook(page: Page, widths: readonly number[]): Promise<string[]> {
  const before = page.viewportSize();
  const found: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: width < 700 ? 740 : 1080 });
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await settled(page);
      const problems = await axeProblems(page, theme === 'light' ? null : ofColours);
      const wider = await sidewaysPx(page);
      if (wider > 0) problems.push(`${wider} px too wide`);
      found.push(...problems.map((problem) => `${width} px, ${theme}: ${problem}`));
    }
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: null });
  if (before !== null) await page.setViewportSize(before);
  return found;
}

/** Whether all of one stands above the other. */
export async function isAbove(one: Locator, other: Locator): Promise<boolean> {
  const [above, below] = await Promise.all([one.boundingBox(), other.boundingBox()]);
  return above !== null && below !== null && above.y + above.height <= below.y;
}

/** How far the page is wider than its window, px: 0 when nothing scrolls sideways. */
export function sidewaysPx(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Texts of a screen that does not scroll which its window, or a box that hides what is too much, cuts through. */
export function cutTexts(page: Page, of: string): Promise<string[]> {
  return page.locator(of).evaluate((screen) => {
    const isWhole = (text: Text, box: DOMRect): boolean => {
      const slack = box.height * 0.15 + 1;
      const inside = (edge: { top: number; bottom: number; left: number; right: number }): boolean =>
        box.top >= edge.top - slack &&
        box.bottom <= edge.bottom + slack &&
        box.left >= edge.left - slack &&
        box.right <= edge.right + slack;
      if (!inside({ top: 0, left: 0, bottom: innerHeight, right: innerWidth })) return false;
      for (let around = text.parentElement; around !== null; around = around.parentElement) {
        const { overflow, textOverflow } = getComputedStyle(around);
        if (textOverflow === 'ellipsis') return true;
        if (overflow.includes('hidden') && !inside(around.getBoundingClientRect())) return false;
      }
      return true;
    };
    const walk = document.createTreeWalker(screen, NodeFilter.SHOW_TEXT);
    const cut: string[] = [];
    for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
      if (!(node instanceof Text) || node.data.trim() === '' || node.parentElement?.closest('.unseen'))
        continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const text = node;
      if ([...range.getClientRects()].some((box) => box.width > 0 && !isWhole(text, box)))
        cut.push(node.data);
    }
    return cut;
  });
}
