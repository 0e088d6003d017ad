/** Ways in that need a code, and what is seen at the end: staff with a second factor, a round with an entry code, a settled board. */
import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { axeProblems, type Stage, sidewaysPx, startStage, type Visitor } from '../harness/browser.ts';
import { openContest, type TestContest, withoutFields } from '../harness/contest.ts';
import { Visitor as Caller, PASSWORD } from '../harness/visitor.ts';

const CODE = 'SEN-2022';
let stage: Stage;
let contest: TestContest;

beforeAll(async () => {
  stage = await startStage();
  contest = await openContest(stage.server, (draft) => {
    draft.settings.consents = [];
    draft.settings.names = 'full';
    withoutFields(draft);
    for (const round of draft.rounds) round.settings.entry.code = CODE;
  });
});

async function as(visitor: Visitor, caller: Caller): Promise<void> {
  await visitor.context.addCookies(
    [...caller.cookies].map(([name, value]) => ({ name, value, url: stage.origin })),
  );
}

async function isClean(page: Page): Promise<void> {
  await expect.poll(() => axeProblems(page)).toEqual([]);
  await expect.poll(() => sidewaysPx(page)).toBe(0);
}

test('staff turn the second factor on, and are asked for it when they sign in', async () => {
  const caller = await (await new Caller(stage.server).register()).become('organiser');
  const visitor = await stage.visit();
  const { page, open } = visitor;
  await as(visitor, caller);
  await open('/tai-khoan/hai-lop');
  await page.getByLabel('Mật khẩu hiện tại').fill(PASSWORD);
  await page.getByRole('button', { name: 'Bắt đầu' }).click();
  await page.getByText('Không quét được?').click();
  const secret = ((await page.locator('.secret').textContent()) ?? '').replace(/\s/g, '');
  const code = (): string =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: stage.server.clock.now() });
  await isClean(page);
  await page.getByLabel('Mã sáu số đang hiện trong ứng dụng').fill(code());
  await page.getByRole('button', { name: 'Bật xác thực hai lớp' }).click();
  await page.getByText('Tài khoản của bạn đang được bảo vệ bằng hai lớp.').waitFor();
  await page.getByRole('link', { name: 'Vào bàn làm việc' }).click();
  await page.getByRole('heading', { level: 1, name: 'Cuộc thi' }).waitFor();

  const elsewhere = await stage.visit();
  const signIn = elsewhere.page;
  await elsewhere.open('/dang-nhap?then=/ban-lam-viec');
  await signIn.getByLabel('Số điện thoại, email hoặc tên đăng nhập').fill(caller.userName);
  await signIn.getByLabel('Mật khẩu', { exact: true }).fill(PASSWORD);
  await signIn.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
  await signIn.getByRole('heading', { name: 'Mã xác thực' }).waitFor();
  await isClean(signIn);
  expect((await elsewhere.context.request.get('/api/me')).status()).toBe(401);
  // A code that was used is used up, so the next half minute's is given.
  stage.server.clock.advance(30_000);
  const right = code();
  await signIn.getByLabel('Mã sáu số').fill(right === '000000' ? '000001' : '000000');
  await signIn.getByRole('button', { name: 'Xác nhận' }).click();
  await signIn.getByRole('alert').first().waitFor();
  await signIn.getByLabel('Mã sáu số').fill(right);
  await signIn.getByRole('button', { name: 'Xác nhận' }).click();
  await signIn.getByRole('heading', { level: 1, name: 'Cuộc thi' }).waitFor();
  await visitor.context.close();
  await elsewhere.context.close();
});

describe('a round with an entry code and a prediction', () => {
  /** Enters, and starts with the code: nothing is answered but the prediction. */
  async function started(name: string): Promise<{ caller: Caller; id: string; token: string }> {
    const caller = await new Caller(stage.server).register({ name });
    await caller.post(`/api/contests/${contest.slug}/entry`, { consents: [] });
    const { body } = await caller.post(`/api/rounds/${contest.round}/attempts`, { number: 1, code: CODE });
    return { caller, id: body.id, token: body.token };
  }

  async function submit({ id, token }: { id: string; token: string }, predicted: number): Promise<void> {
    const reply = await stage.server.app.http.inject({
      method: 'POST',
      url: `/api/attempts/${id}/submit`,
      headers: { authorization: `Attempt ${token}` },
      payload: { device: 'device1', n: 1, base: 0, changes: {}, predicted },
    });
    expect(reply.statusCode).toBe(200);
  }

  test('lets in who has the code, and says so to who has not', async () => {
    const caller = await new Caller(stage.server).register();
    await caller.post(`/api/contests/${contest.slug}/entry`, { consents: [] });
    const visitor = await stage.visit();
    const { page, open } = visitor;
    await as(visitor, caller);
    await open(`/cuoc-thi/${contest.slug}/dot/1`);
    const start = page.getByRole('button', { name: 'Bắt đầu làm bài' });
    await start.click();
    await page.getByText('Nhập mã vào thi.').waitFor();
    await page.getByLabel('Mã vào thi').fill('SEN-2021');
    await start.click();
    await page.locator('[aria-invalid=true]').waitFor();
    await isClean(page);
    expect((await caller.get(`/api/rounds/${contest.round}/attempts`)).body.attempts).toEqual([]);
    await page.getByLabel('Mã vào thi').fill(` ${CODE} `);
    await start.click();
    await page.waitForURL('**/luot-thi/*');
    await page.getByRole('heading', { name: 'Câu 1' }).waitFor();
    await visitor.context.close();
  });

  test('ranks by predictions only when it is settled, and the board says which it is', async () => {
    const { clock, app } = stage.server;
    const people = [];
    for (const name of ['Đỗ Văn Nhanh', 'Lê Thị Vừa', 'Trần Văn Đúng']) people.push(await started(name));
    // Nobody answers anything right, so the nearest prediction is the smallest; the slower, the nearer.
    for (const [i, one] of people.entries()) {
      clock.advance(60_000);
      await submit(one, [500, 20, 3][i] ?? 0);
    }
    const visitor = await stage.visit({ width: 1280 });
    const { page, open } = visitor;
    const board = `/cuoc-thi/${contest.slug}/bang-xep-hang`;
    const names = () => page.locator('tbody .name').allTextContents();
    await open(board);
    await page.getByText('Câu dự đoán được xét khi vòng thi kết thúc.').waitFor();
    await expect.poll(names).toEqual(['Đỗ Văn Nhanh', 'Lê Thị Vừa', 'Trần Văn Đúng']);
    await expect.poll(() => page.getByText('Lệch dự đoán').count()).toBe(0);
    await expect.poll(() => page.getByText('Kết quả chính thức').count()).toBe(0);

    const closesAt = stage.server.clock.now() + 30 * 86_400_000;
    clock.set(closesAt);
    await app.attempts.sweeper.sweep();
    expect(await app.boards.settling.settle()).toBe(1);
    await open(board);
    await page.getByRole('columnheader', { name: 'Lệch dự đoán' }).waitFor();
    // Settled is not declared: that an organiser does.
    await expect.poll(() => page.getByText('Kết quả chính thức').count()).toBe(0);
    await expect
      .poll(async () => (await names()).slice(0, 3))
      .toEqual(['Trần Văn Đúng', 'Lê Thị Vừa', 'Đỗ Văn Nhanh']);
    const first = page.getByRole('row', { name: /Trần Văn Đúng/ });
    await expect.poll(() => first.getByRole('cell').allTextContents()).toContain('3');
    await expect.poll(() => page.getByText('Câu dự đoán được xét khi vòng thi kết thúc.').count()).toBe(0);
    await isClean(page);
    await visitor.context.close();
  });
});

test('pages wrote no error', () => {
  expect(stage.complaints).toEqual([]);
});
