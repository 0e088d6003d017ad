/**
 * Every component in a real browser under the product's own content policy: no violation, nothing for axe to find in
 * either theme at 320, 360 and 1920 px, and the keys of the difficult ones.
 */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../server/platform/pages.ts';
import { launchChromium } from '../harness/chromium.ts';
import { temporaryFolder } from '../harness/databases.ts';

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
let server: Server;
let browser: Browser;
let origin = '';
const violations: string[] = [];

/** Serves the built gallery as the product serves its pages. */
function serve(folder: string): Promise<Server> {
  const started = createServer((request, reply) => {
    const path = request.url?.split('?')[0] ?? '/';
    if (path.startsWith('/api/')) {
      const nothing = path === '/api/contests' ? { now: [], soon: [], past: [] } : { person: null, now: 0 };
      reply.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(nothing));
      return;
    }
    const file = extname(path) === '' ? '/index.html' : path;
    reply.writeHead(200, {
      'content-type': types[extname(file)] ?? '',
      'content-security-policy': contentSecurityPolicy([request.headers.host]),
    });
    reply.end(readFileSync(folder + file));
  });
  return new Promise((resolve) => started.listen(0, '127.0.0.1', () => resolve(started)));
}

async function open(width: number, colorScheme: 'light' | 'dark' = 'light', path = '/ui'): Promise<Page> {
  const page = await browser.newPage({
    viewport: { width, height: 800 },
    colorScheme,
    reducedMotion: 'reduce',
  });
  page.on('console', (message) => {
    if (message.type() === 'error') violations.push(message.text());
  });
  page.on('pageerror', (error) => violations.push(error.message));
  await page.goto(origin + path);
  await page.locator('h1').first().waitFor();
  return page;
}

beforeAll(async () => {
  process.env.VITE_GALLERY = '1';
  const folder = temporaryFolder();
  await build({ configFile: 'vite.config.ts', logLevel: 'error', build: { outDir: folder } });
  delete process.env.VITE_GALLERY;
  server = await serve(folder);
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  server.close();
});

describe.each([
  [320, 'light'],
  [360, 'dark'],
  [1920, 'light'],
  [1920, 'dark'],
] as const)('at %i px in the %s theme', (width, scheme) => {
  test('axe finds nothing and nothing stands out of the page', async () => {
    const page = await open(width, scheme);
    await page.evaluate(axe.source);
    const found = await page.evaluate(
      'axe.run(document, { resultTypes: ["violations"] }).then((r) => r.violations.map((v) => v.id + ": " + v.nodes.map((n) => n.target.join(" ")).join(", ")))',
    );
    expect(found).toEqual([]);
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider).toBe(0);
    await page.close();
  });
});

describe('by keyboard', () => {
  test('a unit is found without diacritics and chosen', async () => {
    const page = await open(1280);
    const box = page.getByRole('combobox', { name: 'Đơn vị' });
    await box.focus();
    await page.keyboard.type('hoan kiem');
    await page.getByRole('option', { name: /Phường Hoàn Kiếm/ }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => box.inputValue()).toBe('Phường Hoàn Kiếm');
    await expect.poll(() => box.getAttribute('aria-expanded')).toBe('false');
    await page.close();
  });

  test('a dialog takes the focus, closes with Escape and gives it back', async () => {
    const page = await open(1280);
    const opener = page.getByRole('button', { name: 'Mở hộp thoại' });
    await opener.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Nộp bài bây giờ?' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent?.trim()))
      .toBe('Mở hộp thoại');
    await page.close();
  });

  test('a menu opens with the arrow, moves by letters and closes with Escape', async () => {
    const page = await open(1280);
    const opener = page.getByRole('button', { name: 'Thao tác', exact: true });
    await opener.focus();
    await page.keyboard.press('ArrowDown');
    const focused = (): Promise<string | undefined> =>
      page.evaluate(() => document.activeElement?.textContent?.trim());
    await expect.poll(() => focused()).toBe('Sửa');
    await page.keyboard.press('x');
    await expect.poll(() => focused()).toBe('Xóa');
    await page.keyboard.press('Escape');
    await expect.poll(() => focused()).toBe('Thao tác');
    await page.close();
  });

  test('tabs move by arrows', async () => {
    const page = await open(1280);
    await page.getByRole('tab', { name: /Cá nhân/ }).focus();
    await page.keyboard.press('ArrowRight');
    await expect
      .poll(() => page.getByRole('tab', { name: /Đơn vị/ }).getAttribute('aria-selected'))
      .toBe('true');
    await page.getByText('Chưa có đơn vị nào').waitFor();
    await page.close();
  });
});

describe('the frame', () => {
  test('changes the language of everything at once, and remembers it', async () => {
    const page = await open(1280);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('link', { name: 'Sign in' }).first().waitFor();
    await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe('en');
    await page.reload();
    await page.getByRole('link', { name: 'Sign in' }).first().waitFor();
    await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe('en');
    await page.close();
  });

  test('moves focus and title to the next page, and back', async () => {
    const page = await open(1280, 'light', '/khong-co');
    await page.getByRole('link', { name: 'Về trang chủ', exact: true }).click();
    await page.waitForURL(`${origin}/`);
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
    await expect.poll(() => page.title()).toContain('Hội Thi');
    await page.goBack();
    await page.getByRole('heading', { name: 'Không có trang này' }).waitFor();
    await expect.poll(() => page.title()).toBe('Không có trang này · Hội Thi');
    await page.close();
  });

  test('shows the chosen theme before anything is drawn', async () => {
    const page = await open(1280);
    await page.evaluate(() => localStorage.setItem('hoithi.theme', 'dark'));
    await page.route('**/*.js', (route) =>
      route.request().url().includes('start.js') ? route.continue() : route.abort(),
    );
    await page.reload();
    await expect
      .poll(() => page.evaluate(() => getComputedStyle(document.body).backgroundColor))
      .toBe('rgb(23, 19, 18)');
    await page.close();
  });
});

describe('without scripts', () => {
  test('the page explains itself when its script cannot be fetched', async () => {
    const page = await browser.newPage();
    await page.route('**/assets/*.js', (route) => route.abort());
    await page.goto(origin);
    await page
      .getByRole('heading', { name: 'Trang chưa mở được' })
      .waitFor({ state: 'visible', timeout: 3_000 });
    await page.close();
  });

  test('and where scripts are off', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(origin);
    await page
      .getByRole('heading', { name: 'Trang chưa mở được' })
      .waitFor({ state: 'visible', timeout: 3_000 });
    await context.close();
  });
});

test('the content policy was never broken', () => {
  expect(violations.filter((text) => !text.includes('net::ERR_FAILED'))).toEqual([]);
});
