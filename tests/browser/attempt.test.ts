/**
 * Taking an attempt in a real browser against a whole server: closed in the middle, without a network, on two devices, in
 * two tabs, with a clock that is a day wrong, until the time is up.
 */
import type { BrowserContext, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  axeProblems,
  problemsInEveryLook,
  type Stage,
  startStage,
  type Visit,
  type Visitor,
} from '../harness/browser.ts';
import { openContest, type TestContest, withoutFields } from '../harness/contest.ts';
import { Visitor as Caller } from '../harness/visitor.ts';

let stage: Stage;
let contest: TestContest;

/** Long enough for a slow machine to be within. */
const GRACE_MS = 20_000;
const DAY_MS = 86_400_000;

beforeAll(async () => {
  stage = await startStage({ HOITHI_GRACE_MS: String(GRACE_MS) });
  contest = await openContest(stage.server, (draft) => {
    draft.settings.consents = [];
    withoutFields(draft);
    for (const round of draft.rounds) {
      const { blueprint } = round.settings;
      const [cell] = blueprint.cells;
      if (cell === undefined) throw new Error('no cell');
      blueprint.cells = [
        { ...cell, kinds: ['choice'], count: 4 },
        { ...cell, kinds: ['numeric'], count: 1 },
      ];
      blueprint.shuffleQuestions = false;
    }
  });
});

/** Somebody with an attempt: their own requests, and its id. */
interface Taker {
  readonly caller: Caller;
  readonly id: string;
  readonly deadline: number;
}

async function taker(): Promise<Taker> {
  const caller = await new Caller(stage.server).register();
  await caller.post(`/api/contests/${contest.slug}/entry`, { consents: [] });
  const started = await caller.post(`/api/rounds/${contest.round}/attempts`, { number: 1 });
  if (started.status !== 200) throw new Error(started.text);
  return { caller, id: started.body.id, deadline: started.body.deadline };
}

async function signIn(context: BrowserContext, { caller }: Taker): Promise<void> {
  const cookies = [...caller.cookies].map(([name, value]) => ({ name, value, url: stage.origin }));
  await context.addCookies(cookies);
}

async function opened(who: Taker, visit: Visit = {}): Promise<Visitor> {
  const visitor = await stage.visit(visit);
  await signIn(visitor.context, who);
  visitor.page.on('request', (request) => {
    const name = request.url().endsWith('/answers') ? request.postDataJSON()?.device : undefined;
    if (typeof name === 'string') holders.set(visitor.page, name);
  });
  await openPaper(visitor.page, who);
  return visitor;
}

async function openPaper(page: Page, { id }: Taker): Promise<void> {
  await page.goto(`/luot-thi/${id}`);
  await page.getByRole('heading', { name: 'Câu 1' }).waitFor();
}

const option = (page: Page, place: number) => page.locator('section label').nth(place);
const next = (page: Page) => page.getByRole('button', { name: 'Câu tiếp' }).click();
const saved = (page: Page) => page.getByText(/Đã lưu \d\d:\d\d:\d\d/).waitFor();

async function choose(page: Page, place: number): Promise<void> {
  await option(page, place).click();
}

async function keptAnswers({ caller, id }: Taker): Promise<Record<string, unknown>> {
  return (await caller.get(`/api/attempts/${id}`)).body.answers;
}

/** Waits until the server holds these answers. */
async function holds(who: Taker, answers: Record<string, unknown>): Promise<void> {
  await expect.poll(() => keptAnswers(who), { timeout: 15_000 }).toEqual(answers);
}

const elsewhere = 'Bài thi đang được làm ở thiết bị khác';
const holders = new Map<Page, string>();

/** Waits until another device than the one that `page` is has the attempt. */
async function overtaken({ caller, id }: Taker, page: Page): Promise<void> {
  const device = holders.get(page) ?? '';
  const holder = async () => (await caller.get(`/api/attempts/${id}`)).body.holder;
  await expect.poll(holder, { timeout: 15_000 }).not.toBe(device);
}

async function submit(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Nộp bài' }).last().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Nộp bài' }).click();
}

describe('an attempt', () => {
  test('goes on where it was after the browser was closed, and ends with a result', async () => {
    const who = await taker();
    const first = await opened(who);
    await choose(first.page, 1);
    await saved(first.page);
    await next(first.page);
    await choose(first.page, 2);
    await first.page.getByRole('button', { name: 'Xem lại sau' }).click();
    await holds(who, { 0: [1], 1: [2] });
    const storageState = await first.context.storageState();
    await first.context.close();

    const again = await stage.visit({});
    await again.context.addCookies(storageState.cookies);
    const [origin] = storageState.origins;
    await again.page.goto('/');
    await again.page.evaluate((items) => {
      for (const { name, value } of items) localStorage.setItem(name, value);
    }, origin?.localStorage ?? []);
    await again.page.goto(`/luot-thi/${who.id}`);
    await again.page.getByRole('heading', { name: 'Câu 2' }).waitFor();
    await expect.poll(() => option(again.page, 2).locator('input').isChecked()).toBe(true);
    await again.page.getByRole('button', { name: 'Sẽ xem lại' }).waitFor();

    await next(again.page);
    await next(again.page);
    await next(again.page);
    await again.page.getByRole('textbox').fill('12');
    await again.page.getByRole('button', { name: 'Câu dự đoán' }).click();
    await again.page.getByLabel('Số bạn dự đoán').fill('1.200');
    await submit(again.page);
    await again.page.getByRole('heading', { name: 'Đã nộp bài' }).waitFor();
    await again.page.getByText('trên 5 điểm').waitFor();
    await again.page.getByText('1.200', { exact: true }).waitFor();
    const result = await who.caller.get(`/api/attempts/${who.id}/result`);
    expect(result.body).toMatchObject({ state: 'submitted', answered: 3, predicted: 1200 });
    const left = await again.page.evaluate(() => Object.keys(localStorage));
    expect(left.filter((key) => key.startsWith('hoithi.attempt.'))).toEqual([]);
    await again.context.close();
  });

  test('keeps what is chosen without a network, and sends it when there is one', async () => {
    const who = await taker();
    const { page, context } = await opened(who);
    await choose(page, 0);
    await saved(page);
    await context.setOffline(true);
    await next(page);
    await choose(page, 1);
    await page.getByText('Mất mạng: câu trả lời được giữ trên máy này').waitFor();
    await next(page);
    await choose(page, 2);
    await expect.poll(() => keptAnswers(who)).toEqual({ 0: [0] });
    await context.setOffline(false);
    await holds(who, { 0: [0], 1: [1], 2: [2] });
    await saved(page);
    await context.close();
  });

  test('sends after a reload what a page without network could not', async () => {
    const who = await taker();
    const { page, context } = await opened(who);
    await page.route('**/answers', (route) => route.abort());
    await choose(page, 3);
    await page.getByText('Chưa lưu, đang thử lại').waitFor();
    await page.unroute('**/answers');
    await page.reload();
    await page.getByRole('heading', { name: 'Câu 1' }).waitFor();
    await expect.poll(() => option(page, 3).locator('input').isChecked()).toBe(true);
    await holds(who, { 0: [3] });
    await context.close();
  });

  test('goes on at the device that opened it last; the other one is told at its next save, loses nothing, and can take it back', async () => {
    const who = await taker();
    const phone = await opened(who);
    await choose(phone.page, 1);
    await saved(phone.page);
    const laptop = await opened(who, { width: 1280 });
    await overtaken(who, phone.page);
    await phone.page.getByRole('button', { name: 'Câu tiếp' }).click();
    await choose(phone.page, 0);
    await phone.page.getByRole('heading', { name: elsewhere }).waitFor();
    await phone.page.getByText('Mọi câu trả lời ở đây đã được lưu.').waitFor();
    await expect.poll(() => axeProblems(phone.page)).toEqual([]);
    await laptop.page.getByRole('button', { name: /^Câu 3,/ }).click();
    await choose(laptop.page, 2);
    await laptop.page.locator('main').getByText('Vừa được thay đổi ở thiết bị khác: câu 2').waitFor();
    await holds(who, { 0: [1], 1: [0], 2: [2] });

    await phone.page.getByRole('button', { name: 'Làm tiếp ở đây' }).click();
    await phone.page.getByRole('heading', { name: 'Câu 2' }).waitFor();
    await overtaken(who, laptop.page);
    await choose(laptop.page, 3);
    await laptop.page.getByRole('heading', { name: elsewhere }).waitFor();
    await holds(who, { 0: [1], 1: [0], 2: [2, 3] });
    await phone.context.close();
    await laptop.context.close();
  });

  test('is answered in one tab at a time, and handed over with what was not sent', async () => {
    const who = await taker();
    const { page, context } = await opened(who);
    await page.route('**/answers', (route) => route.abort());
    await choose(page, 1);
    await page.getByText('Chưa lưu, đang thử lại').waitFor();
    const other = await context.newPage();
    await openPaper(other, who);
    await page.getByRole('heading', { name: 'Bài thi đang được làm ở thẻ khác' }).waitFor();
    await expect.poll(() => option(other, 1).locator('input').isChecked()).toBe(true);
    await holds(who, { 0: [1] });
    await page.unroute('**/answers');
    await page.bringToFront();
    await page.getByRole('button', { name: 'Làm tiếp ở đây' }).click();
    await page.getByRole('heading', { name: 'Câu 1' }).waitFor();
    await other.getByRole('heading', { name: 'Bài thi đang được làm ở thẻ khác' }).waitFor();
    await next(page);
    await choose(page, 3);
    await holds(who, { 0: [1], 1: [3] });
    await context.close();
  });

  test('waits for a server that is busy', async () => {
    const who = await taker();
    const { page, context } = await opened(who);
    let refusals = 0;
    await page.route('**/answers', (route) =>
      ++refusals > 2
        ? route.continue()
        : route.fulfill({
            status: 503,
            headers: { 'retry-after': '1' },
            contentType: 'application/problem+json',
            body: JSON.stringify({
              type: '',
              title: '',
              status: 503,
              code: 'busy',
              messages: { vi: 'Bận', en: 'Busy' },
            }),
          }),
    );
    await choose(page, 2);
    await page.getByText('Máy chủ đang bận').waitFor();
    await holds(who, { 0: [2] });
    await saved(page);
    expect(refusals).toBe(3);
    await context.close();
  });
});

/** The phone sleeps until `at` by the server's clock: its own clock jumps too, which is how the page knows that it slept. */
async function sleepUntil(page: Page, at: number): Promise<void> {
  const ms = at - stage.server.clock.now();
  stage.server.clock.set(at);
  await page.evaluate((slept) => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + slept;
    document.dispatchEvent(new Event('visibilitychange'));
  }, ms);
}

describe('time', () => {
  test.each([
    ['ahead', DAY_MS],
    ['behind', -DAY_MS],
  ])('is right on a phone whose clock is a day %s', async (_, shiftMs) => {
    const who = await taker();
    const visitor = await stage.visit({});
    await visitor.context.addInitScript((shift) => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + shift;
    }, shiftMs);
    await signIn(visitor.context, who);
    await openPaper(visitor.page, who);
    await visitor.page.getByText(/^14:5\d$/).waitFor();
    await choose(visitor.page, 1);
    await saved(visitor.page);
    await holds(who, { 0: [1] });
    await visitor.context.close();
  });

  test('is up: the paper submits itself with what is being typed', async () => {
    const who = await taker();
    const { page, context } = await opened(who);
    for (let question = 1; question < 5; question++) await next(page);
    await page.getByText(/^14:5\d$/).waitFor();
    await sleepUntil(page, who.deadline - 4_000);
    await page.getByText(/^0:0\d$/).waitFor();
    await page.getByRole('textbox').pressSequentially('12');
    await page.getByRole('heading', { name: 'Đã nộp bài' }).waitFor({ timeout: 20_000 });
    const result = await who.caller.get(`/api/attempts/${who.id}/result`);
    expect(result.body).toMatchObject({ state: 'submitted', answered: 1 });
    expect(result.body.questions[4].answer).toBe('12');
    await context.close();
  });

  test('warns at five minutes and at one, in sight and aloud', async () => {
    const who = await taker();
    const { page, context } = await opened(who);
    await page.getByText(/^14:5\d$/).waitFor();
    await sleepUntil(page, who.deadline - 5 * 60_000 - 1_000);
    await page.locator('[aria-live=assertive]', { hasText: 'Còn 5 phút' }).waitFor({ state: 'attached' });
    await page.getByText('Còn 5 phút.', { exact: true }).waitFor();
    await context.close();
  });

  test('that is over says what was kept and what came too late', async () => {
    const who = await taker();
    const { page, context } = await opened(who);
    await choose(page, 0);
    await saved(page);
    await page.route('**/answers', (route) => route.abort());
    await next(page);
    await choose(page, 1);
    await page.getByText('Chưa lưu, đang thử lại').waitFor();
    stage.server.clock.set(who.deadline + GRACE_MS + 1);
    await page.unroute('**/answers');
    await page.getByRole('heading', { name: 'Lượt thi đã kết thúc' }).waitFor({ timeout: 20_000 });
    await page.getByText('Máy chủ đã ghi nhận 1 trên 5 câu trả lời.').waitFor();
    await page.getByText('đến máy chủ quá muộn nên không được tính: câu 2.').waitFor();
    await page.getByRole('link', { name: 'Xem kết quả' }).click();
    await page.getByRole('heading', { name: 'Hết giờ, bài đã được thu' }).waitFor();
    await context.close();
  });
});

describe('by keyboard', () => {
  test('digits and letters choose, arrows move, F marks, and all can be turned off', async () => {
    const who = await taker();
    const { page, context } = await opened(who, { width: 1280 });
    await page.keyboard.press('2');
    await holds(who, { 0: [1] });
    await page.keyboard.press('c');
    await holds(who, { 0: [2] });
    await page.keyboard.press('f');
    await page.getByRole('button', { name: 'Câu 1, đã trả lời, sẽ xem lại' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('heading', { name: 'Câu 2' }).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('cau-2');
    await page.keyboard.press('ArrowLeft');
    await option(page, 0).locator('input').focus();
    await page.keyboard.press('ArrowDown');
    await holds(who, { 0: [1] });
    await page.getByText('Phím tắt', { exact: true }).click();
    await page.getByLabel('Dùng phím tắt').uncheck();
    await page.keyboard.press('4');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('heading', { name: 'Câu 1' }).waitFor();
    await expect.poll(() => keptAnswers(who)).toEqual({ 0: [1] });
    await context.close();
  });

  test('keys are letters where somebody types', async () => {
    const who = await taker();
    const { page, context } = await opened(who, { width: 1280 });
    await page.getByRole('button', { name: /^Câu 5,/ }).click();
    await page.getByRole('textbox').focus();
    await page.keyboard.type('1f2');
    await expect.poll(() => page.getByRole('textbox').inputValue()).toBe('1f2');
    await holds(who, { 4: '1f2' });
    await context.close();
  });
});

test('leaving asks first, and the paper is there when one comes back', async () => {
  const who = await taker();
  const { page, context } = await opened(who);
  await choose(page, 1);
  await saved(page);
  await page.evaluate(() => history.pushState(null, '', location.href));
  await page.goBack();
  await page.evaluate(() => {
    history.replaceState(null, '', '/');
    dispatchEvent(new PopStateEvent('popstate', { state: null }));
  });
  await page.getByRole('heading', { name: 'Rời bài thi?' }).waitFor();
  await page.getByRole('button', { name: 'Ở lại' }).click();
  await expect.poll(() => option(page, 1).locator('input').isChecked()).toBe(true);
  await context.close();
});

test('signing out in another tab ends the paper here and leaves nothing on the machine', async () => {
  const who = await taker();
  const { page, context } = await opened(who);
  await page.route('**/answers', (route) => route.abort());
  await choose(page, 1);
  await page.getByText('Chưa lưu, đang thử lại').waitFor();
  const other = await context.newPage();
  await other.goto('/tai-khoan');
  await other.getByRole('button', { name: 'Đăng xuất' }).last().click();
  await other.waitForFunction(() => localStorage.getItem('hoithi.owner') === null);
  await page.waitForURL(/dang-nhap/);
  const left = await page.evaluate(() => Object.keys(localStorage));
  expect(left.filter((key) => key.startsWith('hoithi.attempt.'))).toEqual([]);
  await context.close();
});

describe.each([360, 1920])('at %i px in both themes', (width) => {
  const isClean = async (page: Page): Promise<void> =>
    await expect.poll(() => problemsInEveryLook(page, [width])).toEqual([]);

  test('axe finds nothing on the paper, its dialogs, the result and the shared result', async () => {
    const who = await taker();
    const { page, context } = await opened(who, { width });
    await choose(page, 1);
    await saved(page);
    await isClean(page);
    if (width < 1000) {
      await page.getByRole('button', { name: 'Các câu', exact: true }).click();
      await page.getByRole('dialog').waitFor();
      await isClean(page);
      await page.getByRole('dialog').getByRole('button', { name: 'Câu 5' }).click();
    } else await page.getByRole('button', { name: /^Câu 5,/ }).click();
    await page.getByRole('textbox').waitFor();
    await isClean(page);
    await page.getByRole('button', { name: 'Câu dự đoán' }).first().click();
    await page.getByLabel('Số bạn dự đoán').fill('x');
    await page.keyboard.press('Tab');
    await isClean(page);
    await page.getByLabel('Số bạn dự đoán').fill('7');
    await page.getByRole('button', { name: 'Nộp bài' }).last().click();
    await page.getByRole('dialog').waitFor();
    await isClean(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Nộp bài' }).click();
    await page.getByRole('heading', { name: 'Đã nộp bài' }).waitFor();
    await page.getByText('Xem lại bài làm').waitFor();
    await isClean(page);
    const result = await who.caller.get(`/api/attempts/${who.id}/result`);
    await context.close();
    const stranger = await stage.visit({ width });
    await stranger.open(`/ket-qua/${result.body.share}`);
    await stranger.page.getByText('trên 5 điểm').waitFor();
    await isClean(stranger.page);
    expect((await stranger.page.content()).includes('Nguyễn Văn An')).toBe(false);
    await stranger.context.close();
  });
});

test('pages wrote no error', () => {
  expect(stage.complaints).toEqual([]);
});
