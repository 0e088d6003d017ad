/** Chromium for tests and benches: the system's own, asking nobody outside. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const installed = '/usr/bin/chromium';

const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts one; the caller closes it. The one of CHROMIUM_PATH, the system's, or the one that Playwright installed. */
export function launchChromium(): Promise<Browser> {
  const path = process.env.CHROMIUM_PATH ?? (existsSync(installed) ? installed : undefined);
  return chromium.launch({ args: quiet, ...(path === undefined ? {} : { executablePath: path }) });
}
