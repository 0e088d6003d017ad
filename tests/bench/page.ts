/** What a citizen's first visit costs: bytes, requests, and the time until the page answers, on a slow phone and network. */
import { gzipSync } from 'node:zlib';
import type { CDPSession, Page } from 'playwright-core';
import { buildWhenStale } from '../harness/browser-setup.ts';
import { launchChromium } from '../harness/chromium.ts';
import { Product } from '../harness/product.ts';
import { type Bench, rounded } from './bench.ts';
import { openPlace } from './place.ts';
import { seed } from './seed.ts';

/** Slow 4G as browsers' tools have it: 1.6 Mbit/s down, 750 kbit/s up, 150 ms a round trip. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };
const CPU_SLOW_DOWN = 4;
/** The page has been quiet for so long: nobody waits for it any more. */
const QUIET_MS = 500;

interface Visit {
  readonly jsBytes: number;
  readonly totalBytes: number;
  readonly requests: number;
  readonly interactiveMs: number;
}

interface Loaded {
  readonly type: string;
  readonly gzipBytes: number;
}

/** What came over the network, as gzip would send it: the server's Brotli is smaller. */
function follow(page: Page): Promise<Loaded>[] {
  const loaded: Promise<Loaded>[] = [];
  page.on('response', (response) => {
    loaded.push(
      response.body().then(
        (body) => ({
          type: response.request().resourceType(),
          gzipBytes: gzipSync(body, { level: 9 }).length,
        }),
        () => ({ type: response.request().resourceType(), gzipBytes: 0 }),
      ),
    );
  });
  return loaded;
}

async function slowDown(session: CDPSession): Promise<void> {
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', SLOW_4G);
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOW_DOWN });
}

/** Until the main action (a link with such a name) is there and the page has answered: a handler ran, not just a picture shown. */
async function visit(address: string, action: RegExp): Promise<Visit> {
  const browser = await launchChromium();
  try {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'vi-VN' });
    const page = await context.newPage();
    const loaded = follow(page);
    await slowDown(await context.newCDPSession(page));
    const began = performance.now();
    await page.goto(address, { waitUntil: 'commit' });
    const main = page.locator('main h2, main h1').first();
    await main.waitFor({ state: 'visible', timeout: 60_000 });
    await page.getByRole('link', { name: action }).first().waitFor({ state: 'visible', timeout: 60_000 });
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0))));
    const interactiveMs = performance.now() - began;
    await page.waitForTimeout(QUIET_MS);
    const all = await Promise.all(loaded);
    const sum = (some: readonly Loaded[]): number => some.reduce((bytes, one) => bytes + one.gzipBytes, 0);
    const withoutFonts = all.filter(({ type }) => type !== 'font');
    return {
      jsBytes: sum(all.filter(({ type }) => type === 'script')),
      totalBytes: sum(withoutFonts),
      requests: all.length,
      interactiveMs,
    };
  } finally {
    await browser.close();
  }
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

export const page: Bench = {
  name: 'page',
  about: "bytes and time of a citizen's first visit on a slow phone and network",
  async run(options) {
    await buildWhenStale();
    const place = await openPlace('sqlite');
    try {
      const location = await place.database('product');
      const { contest } = await seed(location, { people: 10 });
      const product = await Product.start({ location, dataDir: place.folder });
      const origin = `http://127.0.0.1:${product.port}`;
      const visits: Visit[] = [];
      const guests: Visit[] = [];
      for (let turn = 0; turn < (options.quick ? 1 : 5); turn++) {
        visits.push(await visit(`${origin}/`, /Xem và dự thi|dự thi|thi/i));
        // As from a poster, a portal or a message: most people come to a contest's page first.
        guests.push(await visit(`${origin}/cuoc-thi/${contest.slug}`, /Đăng ký|dự thi/i));
      }
      await product.stop();
      const [[first], [guest]] = [visits, guests];
      if (first === undefined || guest === undefined) throw new Error('nobody came');
      return {
        figures: {
          js_gzip_kb: rounded(first.jsBytes / 1000),
          total_kb: rounded(first.totalBytes / 1000),
          requests: first.requests,
          interactive_ms: rounded(median(visits.map(({ interactiveMs }) => interactiveMs))),
          contest_js_gzip_kb: rounded(guest.jsBytes / 1000),
          contest_total_kb: rounded(guest.totalBytes / 1000),
          contest_requests: guest.requests,
          contest_interactive_ms: rounded(median(guests.map(({ interactiveMs }) => interactiveMs))),
        },
        goals: { js_gzip_kb: { atMost: 60 }, total_kb: { atMost: 100 } },
        notes: [
          'CPU at a quarter, 1.6 Mbit/s, 150 ms a round trip; total without fonts; interactive is the median of the visits',
        ],
      };
    } finally {
      await place.remove();
    }
  },
};
