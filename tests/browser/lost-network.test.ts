/** Pages beside the attempt when the network goes: what they say is true, and they come back by themselves. */
import { beforeAll, expect, test } from 'vitest';
import { type Stage, startStage } from '../harness/browser.ts';
import { openContest, withoutFields } from '../harness/contest.ts';
import { Visitor as Caller } from '../harness/visitor.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
});

test('a page that could not be fetched says that the network is away, and opens when it is back', async () => {
  const { page, context, open } = await stage.visit();
  await open('/');
  await context.setOffline(true);
  await page.getByRole('contentinfo').getByRole('link', { name: 'Tra cứu kết quả' }).click();
  await page.getByText('Đang mất mạng nên chưa tải được trang này. Có mạng lại, trang sẽ tự mở.').waitFor();
  await context.setOffline(false);
  await page.getByRole('heading', { level: 1, name: 'Tra cứu kết quả' }).waitFor();
});

test('a page whose server is away is not loaded anew into the browser’s own error', async () => {
  const { page, open } = await stage.visit();
  await open('/');
  await page.route('**/*', (route) => route.abort('connectionrefused'));
  await page.getByRole('contentinfo').getByRole('link', { name: 'Tra cứu kết quả' }).click();
  await page.getByText('Có mạng lại, trang sẽ tự mở.').waitFor();
  await page.unrouteAll();
  await page.getByRole('heading', { level: 1, name: 'Tra cứu kết quả' }).waitFor();
});

test('what a screen could not load is asked for again by itself', async () => {
  const { page } = await stage.visit();
  await page.route('**/api/**', (route) => route.abort('connectionrefused'));
  await page.goto('/hoc-tap');
  await page.getByText('Chưa tải được').first().waitFor();
  await page.unrouteAll();
  await page.getByText('Chưa tải được').first().waitFor({ state: 'detached' });
});

test('a form that could not be sent says that it waits for a press, and the notice goes when the network is back', async () => {
  const { page, open } = await stage.visit();
  await open('/dang-ky');
  await page.getByLabel('Họ và tên').fill('Nguyễn Thị Hòa');
  await page.getByLabel('Số điện thoại').fill('0912345678');
  await page.getByRole('textbox', { name: 'Mật khẩu' }).fill('hoa sen tháng bảy');
  await page.getByLabel('Tôi đồng ý để Hội Thi lưu').check();
  await page.route('**/api/**', (route) => route.abort('connectionrefused'));
  await page.getByRole('button', { name: 'Tạo tài khoản' }).click();
  const notice = page.getByText('Những gì bạn nhập vẫn còn đây; có mạng rồi hãy gửi lại.');
  await notice.first().waitFor();
  await page.unrouteAll();
  await page.getByText('Đã có mạng trở lại.').first().waitFor();
  await expect.poll(() => page.locator('p.offline').count()).toBe(0);
  await expect.poll(() => page.getByLabel('Họ và tên').inputValue()).toBe('Nguyễn Thị Hòa');
});

test('a start whose answer is lost says that a second press gets the same attempt, and it does', async () => {
  const contest = await openContest(stage.server, (draft) => {
    draft.settings.consents = [];
    withoutFields(draft);
  });
  const caller = await new Caller(stage.server).register();
  await caller.post(`/api/contests/${contest.slug}/entry`, { consents: [] });
  const { page, open } = await stage.visit({ as: caller });
  await open(`/cuoc-thi/${contest.slug}/dot/1`);
  await page.route('**/attempts', async (route) => {
    await route.fetch();
    await route.abort('connectionreset');
  });
  await page.getByRole('button', { name: 'Bắt đầu làm bài' }).click();
  await page.getByText('nếu lượt thi đã được mở thì bạn vào đúng lượt đó').waitFor();
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Bắt đầu làm bài' }).click();
  await page.getByRole('heading', { name: 'Câu 1' }).waitFor();
  expect((await caller.get('/api/attempts')).body.attempts).toHaveLength(1);
});

test('pages wrote no error', () => {
  expect(stage.complaints.filter((complaint) => !complaint.includes('dynamically imported'))).toEqual([]);
});
