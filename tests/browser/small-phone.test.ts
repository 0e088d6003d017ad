/** The narrowest phones, both languages, letters twice as large: nothing stands out of the page or is cut off at its edge. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { type Stage, sidewaysPx, startStage } from '../harness/browser.ts';
import { openContest, type TestContest, withoutFields } from '../harness/contest.ts';
import { Visitor as Caller } from '../harness/visitor.ts';

let stage: Stage;
let contest: TestContest;

beforeAll(async () => {
  stage = await startStage();
  contest = await openContest(stage.server, (draft) => {
    draft.settings.consents = [];
    withoutFields(draft);
    for (const { settings } of draft.rounds) {
      const [cell] = settings.blueprint.cells;
      if (cell !== undefined) settings.blueprint.cells = [{ ...cell, kinds: ['choice'], count: 2 }];
    }
  });
});

const languages = ['vi', 'en'] as const;

function speak(page: Page, language: string): Promise<void> {
  return page.evaluate((to) => localStorage.setItem('hoithi.locale', to), language);
}

/** How far the buttons under the question stand beyond where the texts above them end, px; negative: within. */
function beyondPx(page: Page): Promise<number> {
  return page.evaluate(() => {
    const rights = [...document.querySelectorAll('nav.steps .button')].map(
      (button) => button.getBoundingClientRect().right,
    );
    return Math.max(...rights) - (document.documentElement.clientWidth - 16);
  });
}

/** Whether one is within the window from side to side. */
async function isInSight(page: Page, selector: string): Promise<boolean> {
  const box = await page.locator(selector).boundingBox();
  return box !== null && box.x >= 0 && box.x + box.width <= (page.viewportSize()?.width ?? 0);
}

/** What somebody sees who made all letters of their browser larger. */
function enlarge(page: Page, percent: number): Promise<void> {
  return page.evaluate((size) => {
    document.documentElement.style.fontSize = `${size}%`;
  }, percent);
}

test.each(languages)('the frame and the buttons under a question fit at 320 px (%s)', async (language) => {
  const caller = await new Caller(stage.server).register();
  await caller.post(`/api/contests/${contest.slug}/entry`, { consents: [] });
  const started = await caller.post(`/api/rounds/${contest.round}/attempts`, { number: 1 });
  const { page, open } = await stage.visit({ width: 320, as: caller });
  await open('/');
  await speak(page, language);
  await open(`/cuoc-thi/${contest.slug}`);
  await expect.poll(() => sidewaysPx(page)).toBe(0);
  await open(`/luot-thi/${started.body.id}`);
  await page.locator('nav.steps').waitFor();
  expect(await beyondPx(page)).toBeLessThanOrEqual(0.5);
  // Before the prediction its name stands on the last button, the longest of all.
  await page.locator('nav.steps .button').last().click();
  await page.getByRole('heading', { level: 2, name: /2/ }).waitFor();
  expect(await beyondPx(page)).toBeLessThanOrEqual(0.5);
  // "Question" and the button beside it are longer than the words of the first language.
  const spills = await page
    .locator('section header .name')
    .evaluate((name) => name.scrollWidth - name.clientWidth);
  expect(spills).toBe(0);
  await enlarge(page, 200);
  await expect.poll(() => sidewaysPx(page)).toBe(0);
  await expect.poll(() => isInSight(page, '[role=timer]')).toBe(true);
  const words = await page.locator('.kind-choice .text').first().boundingBox();
  expect(words?.width).toBeGreaterThan(150);
});

test.each(['/', '/dang-ky', '/hoc-tap', '/vao'])(
  'letters twice as large make %s longer, not wider',
  async (path) => {
    const { page, open } = await stage.visit({ width: 320 });
    await open(path);
    await enlarge(page, 200);
    await expect.poll(() => sidewaysPx(page)).toBe(0);
    const skips = await page
      .locator('a.skip')
      .evaluateAll((all) => all.map((skip) => skip.getBoundingClientRect().bottom));
    expect(skips.every((bottom) => bottom <= 0)).toBe(true);
  },
);
