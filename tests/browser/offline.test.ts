/**
 * Promise 8 in a real browser: half an hour without a network, a reload in the middle of it, another device meanwhile, and
 * nothing diverges. What is kept for that holds nothing personal beside the attempt's own store, and goes at sign-out.
 */
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { axeProblems, type Stage, sidewaysPx, startStage, type Visitor } from '../harness/browser.ts';
import { openContest, type TestContest, withoutFields } from '../harness/contest.ts';
import { Visitor as Caller } from '../harness/visitor.ts';

const MINUTE_MS = 60_000;
let stage: Stage;
let contest: TestContest;

beforeAll(async () => {
  stage = await startStage();
  contest = await openContest(stage.server, (draft) => {
    draft.settings.consents = [];
    withoutFields(draft);
    for (const round of draft.rounds) {
      round.durationMs = 60 * MINUTE_MS;
      const [cell] = round.settings.blueprint.cells;
      if (cell === undefined) throw new Error('no cell');
      // One right option each: choosing another one takes the first choice back.
      round.settings.blueprint.cells = [{ ...cell, kinds: ['trueFalse'], count: 6 }];
      round.settings.prediction = null;
      round.settings.order = ['marks', 'time', 'submitted'];
    }
  });
});

interface Taker {
  readonly caller: Caller;
  readonly id: string;
}

async function taker(): Promise<Taker> {
  const caller = await new Caller(stage.server).register();
  await caller.post(`/api/contests/${contest.slug}/entry`, { consents: [] });
  const started = await caller.post(`/api/rounds/${contest.round}/attempts`, { number: 1 });
  if (started.status !== 200) throw new Error(started.text);
  return { caller, id: started.body.id };
}

async function opened({ caller, id }: Taker, width: number): Promise<Visitor> {
  const visitor = await stage.visit({ width });
  await visitor.context.addCookies(
    [...caller.cookies].map(([name, value]) => ({ name, value, url: stage.origin })),
  );
  await visitor.page.goto(`/luot-thi/${id}`);
  await question(visitor.page, 1);
  return visitor;
}

const question = (page: Page, n: number) => page.getByRole('heading', { name: `Câu ${n}` }).waitFor();
const next = (page: Page) => page.getByRole('button', { name: 'Câu tiếp' }).click();
const choose = (page: Page, place: number) => page.locator('section label').nth(place).click();
const chosen = (page: Page, place: number) =>
  page.locator('section label').nth(place).locator('input').isChecked();
const answersOf = async ({ caller, id }: Taker) => (await caller.get(`/api/attempts/${id}`)).body.answers;
const holds = (who: Taker, answers: object) =>
  expect.poll(() => answersOf(who), { timeout: 20_000 }).toEqual(answers);
const offlineNotice = (page: Page) => page.getByText('Mất mạng: câu trả lời được giữ trên máy này').waitFor();

/** The files that a reload without a network needs are kept. */
async function isReady(page: Page): Promise<void> {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
}

const keptFiles = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const found: string[] = [];
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname);
    return found;
  });

/** The answers as a device shows them, question by question: the place of what is chosen, or null. */
async function shown(page: Page): Promise<(number | null)[]> {
  const places: (number | null)[] = [];
  for (let n = 1; n <= 6; n++) {
    await page.evaluate(() => document.querySelector<HTMLElement>('nav button')?.focus());
    await page
      .getByRole('button', { name: new RegExp(`^Câu ${n},`) })
      .first()
      .click();
    await question(page, n);
    const first = await chosen(page, 0);
    places.push(first ? 0 : (await chosen(page, 1)) ? 1 : null);
  }
  return places;
}

test('half an hour offline, a reload, another device: nothing diverges and nothing acknowledged is lost', async () => {
  const who = await taker();
  const phone = await opened(who, 1280);
  const { page } = phone;
  await choose(page, 0);
  await holds(who, { 0: true });
  await isReady(page);

  await phone.context.setOffline(true);
  await next(page);
  await choose(page, 1);
  await offlineNotice(page);
  stage.server.clock.advance(30 * MINUTE_MS);
  await page.reload();
  await question(page, 2);
  await offlineNotice(page);
  await expect.poll(() => chosen(page, 1)).toBe(true);
  await page
    .getByText(/^(30|29):\d\d$|^(60|59):\d\d$/)
    .first()
    .waitFor();
  await expect.poll(() => axeProblems(page)).toEqual([]);

  const tablet = await opened(who, 1280);
  await choose(tablet.page, 1);
  await tablet.page
    .getByRole('button', { name: /^Câu 4,/ })
    .first()
    .click();
  await question(tablet.page, 4);
  await choose(tablet.page, 0);
  // Chromium's emulation lets the last words of a page that is put away through, so the second answer may be there already.
  await expect.poll(() => answersOf(who), { timeout: 20_000 }).toMatchObject({ 0: false, 3: true });

  await next(page);
  await choose(page, 0);
  await expect.poll(() => shown(page)).toEqual([0, 1, 0, null, null, null]);
  expect(Object.keys(await answersOf(who))).not.toContain('2');
  await phone.context.setOffline(false);
  // What the phone did not change since it was acknowledged stays as the tablet has it.
  await holds(who, { 0: false, 1: false, 2: true, 3: true });
  await page.getByRole('heading', { name: 'Bài thi đang được làm ở thiết bị khác' }).waitFor();
  await page.getByRole('button', { name: 'Làm tiếp ở đây' }).click();
  await page
    .getByRole('button', { name: /^Câu 1,/ })
    .first()
    .waitFor();
  await expect.poll(() => shown(page)).toEqual([1, 1, 0, 0, null, null]);
  await tablet.page.reload();
  await question(tablet.page, 4);
  await expect.poll(() => shown(tablet.page)).toEqual([1, 1, 0, 0, null, null]);
  await expect.poll(() => answersOf(who)).toEqual({ 0: false, 1: false, 2: true, 3: true });

  await tablet.page.getByRole('button', { name: 'Nộp bài' }).last().click();
  await tablet.page.getByRole('dialog').getByRole('button', { name: 'Nộp bài' }).click();
  await tablet.page.getByRole('heading', { name: 'Đã nộp bài' }).waitFor();
  const { body } = await who.caller.get(`/api/attempts/${who.id}/result`);
  expect(body).toMatchObject({ state: 'submitted', answered: 4 });
  const left = await tablet.page.evaluate(() => Object.keys(localStorage));
  expect(left.filter((key) => /^hoithi\.(attempt|paper)\./.test(key))).toEqual([]);
  await tablet.context.close();
  await phone.context.close();
});

test('a paper opened again without a network is readable on a phone, and submits when there is one', async () => {
  const who = await taker();
  const { page, context } = await opened(who, 360);
  await choose(page, 0);
  await holds(who, { 0: true });
  await isReady(page);
  await context.setOffline(true);
  await page.reload();
  await question(page, 1);
  await offlineNotice(page);
  await expect.poll(() => sidewaysPx(page)).toBe(0);
  for (let n = 2; n <= 6; n++) {
    await next(page);
    await question(page, n);
    await choose(page, n % 2);
  }
  await page.getByRole('button', { name: 'Nộp bài' }).last().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Nộp bài' }).click();
  await page.getByText('Đang chờ mạng để nộp bài').first().waitFor();
  await context.setOffline(false);
  await page.getByRole('heading', { name: 'Đã nộp bài' }).waitFor();
  const { body } = await who.caller.get(`/api/attempts/${who.id}/result`);
  expect(body).toMatchObject({ state: 'submitted', answered: 6 });
  await context.close();
});

test('files of the product are kept and nothing else, and signing out takes them and the paper away', async () => {
  const who = await taker();
  const { page, context } = await opened(who, 360);
  await isReady(page);
  const kept = await keptFiles(page);
  expect(kept).toContain('/index.html');
  expect(kept.length).toBeGreaterThan(10);
  expect(kept.filter((path) => !/^\/(assets\/[^/]+|start\.js|favicon\.svg|index\.html)$/.test(path))).toEqual(
    [],
  );
  await page.goto('/tai-khoan');
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
  await expect.poll(() => page.evaluate(() => Object.keys(localStorage).join())).toContain('hoithi.paper.');
  await page.getByRole('button', { name: 'Đăng xuất' }).last().click();
  await page.getByText('Đã đăng xuất.').first().waitFor();
  expect(
    await page.evaluate(() => Object.keys(localStorage).filter((key) => /paper|attempt/.test(key))),
  ).toEqual([]);
  await expect.poll(() => keptFiles(page)).toEqual([]);
  const workers = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);
  await expect.poll(workers).toBe(0);
  await context.close();
});

test('where the context is not secure there is no worker, and the paper works as ever', async () => {
  const who = await taker();
  const visitor = await stage.visit();
  await visitor.context.addInitScript(() => {
    Object.defineProperty(window, 'isSecureContext', { value: false });
  });
  await visitor.context.addCookies(
    [...who.caller.cookies].map(([name, value]) => ({ name, value, url: stage.origin })),
  );
  await visitor.page.goto(`/luot-thi/${who.id}`);
  await question(visitor.page, 1);
  await choose(visitor.page, 0);
  await holds(who, { 0: true });
  const workers = await visitor.page.evaluate(
    async () => (await navigator.serviceWorker.getRegistrations()).length,
  );
  expect(workers).toBe(0);
  await visitor.context.close();
});

test('pages wrote no error', () => {
  expect(stage.complaints).toEqual([]);
});
