import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { afterwards } from '../harness/afterwards.ts';
import { startServer } from '../harness/app.ts';
import { launchChromium } from '../harness/chromium.ts';

/** An address of this machine that no browser takes for a secure one; the loopback hides that `crypto.subtle` is missing. */
const lan = Object.values(networkInterfaces())
  .flat()
  .find((entry) => entry !== undefined && !entry.internal && entry.family === 'IPv4')?.address;

test.skipIf(lan === undefined)('a browser proves its work over plain HTTP and has its account', async () => {
  const server = await startServer(undefined, { HOITHI_PROOF_OF_WORK: 'on' });
  const { port } = new URL(await server.app.http.listen({ port: 0, host: '0.0.0.0' }));
  const browser = await launchChromium();
  afterwards(() => browser.close());
  const page = await browser.newPage({ locale: 'vi-VN' });
  const answers: (number | string)[] = [];
  page.on('response', (reply) => {
    if (new URL(reply.url()).pathname === '/api/accounts') answers.push(reply.status());
  });
  await page.goto(`http://${lan}:${port}/dang-ky`);
  await expect.poll(() => page.evaluate(() => crypto.subtle === undefined)).toBe(true);
  await page.getByLabel('Họ và tên').fill('Nguyễn Thị Hòa');
  await page.getByLabel('Số điện thoại').fill('0912 345 678');
  await page.getByRole('textbox', { name: 'Mật khẩu' }).fill('hoa sen tháng bảy');
  await page.getByLabel('Tôi đồng ý để Hội Thi lưu').check();
  await page.getByRole('button', { name: 'Tạo tài khoản' }).click();
  await page.waitForResponse((reply) => reply.url().endsWith('/api/accounts') && reply.status() === 200);
  expect(answers).toEqual([409, 200]);
});
