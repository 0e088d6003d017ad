/** An organiser looks at what the answers of a closed round say about its questions; while it is open nothing is told. */
import { beforeAll, expect, test } from 'vitest';
import { problemsInEveryLook, type Stage, startStage } from '../harness/browser.ts';
import { openContest, type TestContest, withoutFields } from '../harness/contest.ts';
import { Visitor as Caller } from '../harness/visitor.ts';

const PEOPLE = 6;
let stage: Stage;
let contest: TestContest;

beforeAll(async () => {
  stage = await startStage();
  contest = await openContest(stage.server, (draft) => {
    draft.settings.consents = [];
    withoutFields(draft);
  });
});

/** Takes the paper; `option` is what is chosen wherever one can choose. */
async function finish(option: number): Promise<void> {
  const caller = await new Caller(stage.server).register();
  await caller.post(`/api/contests/${contest.slug}/entry`, { consents: [] });
  const { body } = await caller.post(`/api/rounds/${contest.round}/attempts`, { number: 1 });
  const asked: { kind: string; prompt: { multiple?: boolean } }[] = body.questions;
  const changes = Object.fromEntries(
    asked.flatMap(({ kind }, i) => (kind === 'choice' ? [[i, [option % 2]]] : [])),
  );
  const reply = await stage.server.app.http.inject({
    method: 'POST',
    url: `/api/attempts/${body.id}/submit`,
    headers: { authorization: `Attempt ${body.token}` },
    payload: { device: 'device1', n: 1, base: 0, changes },
  });
  expect(reply.statusCode).toBe(200);
}

test('figures come when the round is over, and for the organisers of the contest alone', async () => {
  for (let person = 0; person < PEOPLE; person++) await finish(person);
  const path = `/api/desk/rounds/${contest.round}/statistics`;
  expect((await contest.owner.get(path)).body).toMatchObject({ code: 'round.notOver' });
  const other = await (await new Caller(stage.server).register()).become('organiser');
  expect((await other.get(path)).status).toBe(403);

  const visitor = await stage.visit({ width: 1920 });
  const { page, open } = visitor;
  await visitor.context.addCookies(
    [...contest.owner.cookies].map(([name, value]) => ({ name, value, url: stage.origin })),
  );
  const desk = `/ban-lam-viec/cuoc-thi/${contest.id}?muc=so-lieu`;
  await open(desk);
  await page.getByText('Chưa có vòng thi nào đóng').waitFor();

  stage.server.clock.advance(8 * 86_400_000);
  await stage.server.app.attempts.sweeper.sweep();
  const { body } = await contest.owner.get(path);
  expect(body.attempts).toBe(PEOPLE);
  const asked = body.items.reduce((sum: number, { n }: { n: number }) => sum + n, 0);
  expect(asked).toBe(PEOPLE * 20);

  await open(desk);
  await page.getByRole('columnheader', { name: 'Độ phân biệt' }).waitFor();
  await expect.poll(() => page.locator('tbody tr').count()).toBe(body.items.length);
  const choice = body.items.find(({ options }: { options: unknown[] }) => options.length > 0);
  await page.locator('summary', { hasText: choice.stem }).first().click();
  await page.getByText(`A. ${choice.options[0].text}`).first().waitFor();
  await expect.poll(() => problemsInEveryLook(page, [360, 1920])).toEqual([]);
  await page.screenshot({ path: 'tests/browser/screenshots/statistics-1920.png' });
  await page.setViewportSize({ width: 360, height: 740 });
  await page.screenshot({ path: 'tests/browser/screenshots/statistics-360.png' });

  // The contest's parts on a phone: one button says where one is, and opens them all in their groups.
  const here = page.getByRole('button', { name: /^Đang diễn ra\s*Số liệu câu hỏi$/ });
  const parts = page.getByRole('navigation', { name: 'Các phần của cuộc thi' });
  expect(await here.getAttribute('aria-expanded')).toBe('false');
  await here.press('Enter');
  await parts.getByRole('list', { name: 'Tổng kết' }).getByRole('link', { name: 'Nhật ký' }).waitFor();
  await expect.poll(() => problemsInEveryLook(page, [360])).toEqual([]);
  await page.screenshot({ path: 'tests/browser/screenshots/parts-360.png' });
  await page.keyboard.press('Escape');
  await parts.getByRole('link', { name: 'Nhật ký' }).waitFor({ state: 'hidden' });
  expect(await here.evaluate((button) => button === document.activeElement)).toBe(true);
  await here.press('Enter');
  await parts.getByRole('list', { name: 'Chuẩn bị' }).getByRole('link', { name: 'Vòng thi' }).press('Enter');
  await parts.getByRole('button', { name: /^Chuẩn bị\s*Vòng thi$/ }).waitFor();
  expect(new URL(page.url()).searchParams.get('muc')).toBe('vong-thi');
  await visitor.context.close();
  expect(stage.complaints).toEqual([]);
});
