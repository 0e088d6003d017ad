/**
 * Monday morning in a real browser: the monitor moves while people take the round, the report of last week is one press, its
 * workbook's cells are right, print says the same, rows go out with a reason, and the log tells of it and holds.
 */
import { readFileSync } from 'node:fs';
import Excel from 'exceljs';
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { problemsInEveryLook, type Stage, startStage, type Visitor } from '../harness/browser.ts';
import { Visitor as Caller } from '../harness/visitor.ts';
import { entrant, type ReportWorld, reportWorld, take } from '../server/reports/world.ts';

let stage: Stage;
let world: ReportWorld;
let visitor: Visitor;
let page: Page;
const DAY = 86_400_000;
const SHOTS = 'tests/browser/screenshots';

async function signIn(caller: Caller): Promise<void> {
  await visitor.context.clearCookies();
  await visitor.context.addCookies(
    [...caller.cookies].map(([name, value]) => ({ name, value, url: stage.origin })),
  );
}

/** What a press lets the browser save. */
async function saved(press: () => Promise<void>): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

async function looks(what: string): Promise<void> {
  expect([what, await problemsInEveryLook(page, [360, 1920])]).toEqual([what, []]);
  for (const [width, height] of [
    [1920, 1080],
    [360, 740],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: `${SHOTS}/${what}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 1920, height: 1080 });
}

beforeAll(async () => {
  stage = await startStage();
  world = await reportWorld(stage.server);
  visitor = await stage.visit({ width: 1920 });
  ({ page } = visitor);
  await signIn(world.contest.owner);
});

test('the monitor moves while people take the round, at the desk and on the wall', async () => {
  const desk = `/ban-lam-viec/cuoc-thi/${world.contest.id}`;
  await visitor.open(`${desk}?muc=dieu-hanh`);
  const figure = (name: string) => page.locator('.monitor dl div', { hasText: name }).locator('dd');
  await figure('Lượt đã xong').getByText('0', { exact: true }).waitFor();
  const an = await entrant(world, 'An', 'Phường Hàng Bạc');
  const binh = await entrant(world, 'Bình', 'Phường Cửa Nam');
  await take(world, an, 1);
  await take(world, binh, 1);
  await figure('Lượt đã xong').getByText('2', { exact: true }).waitFor();
  await page.getByRole('rowheader', { name: 'Quận Hoàn Kiếm' }).waitFor();
  await looks('monitor');
  await visitor.open(`${desk}/man-hinh`);
  await figure('Đã ghi danh').getByText('2', { exact: true }).waitFor();
  await take(world, an, 2);
  await figure('Lượt đã xong').getByText('3', { exact: true }).waitFor();
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
  await looks('wall');
});

test('on Monday the report of last week is there, and its files say what the page says', async () => {
  stage.server.clock.advance(7 * DAY);
  await visitor.open(`/ban-lam-viec/cuoc-thi/${world.contest.id}?muc=bao-cao`);
  await page.getByRole('heading', { name: '01/08/2022 – 07/08/2022' }).waitFor();
  const row = (name: string) => page.locator('tbody tr', { has: page.getByRole('rowheader', { name }) });
  expect(await row('Quận Hoàn Kiếm').getByRole('cell').allTextContents()).toEqual(
    expect.arrayContaining(['2', '3', '10', '20\u00a0%', '+2']),
  );
  expect(await row('Sở Tư pháp').getByRole('cell').first().textContent()).toContain('0');
  await looks('report');

  const file = async (name: string) =>
    saved(async () => {
      await page.getByRole('button', { name: 'Tải báo cáo' }).click();
      await page.getByRole('menuitem', { name }).click();
    });
  const xlsx = await file('Excel (XLSX)');
  expect(xlsx.name).toBe('bao-cao-2022-08-01.xlsx');
  const book = new Excel.Workbook();
  await book.xlsx.load(new Uint8Array(xlsx.bytes).buffer);
  const cells: unknown[][] = [];
  book.worksheets[0]?.eachRow((line) => {
    cells.push([2, 4, 5, 6, 7].map((column) => line.getCell(column).value));
  });
  expect(cells).toContainEqual(['Quận Hoàn Kiếm', 2, 3, 10, 0.2]);
  expect(cells).toContainEqual(['Sở Tư pháp', 0, 0, 10, 0]);
  expect(cells.at(-1)).toEqual(['Tổng cộng', 2, 3, 20, 0.1]);
  const docx = await file('Word (DOCX)');
  const words = strFromU8(unzipSync(new Uint8Array(docx.bytes))['word/document.xml'] ?? new Uint8Array());
  expect(words).toContain('Kỳ báo cáo: 01/08/2022 – 07/08/2022.');
  expect(words).toContain(
    '2 người dự thi với 3 lượt thi, đạt 10% số thành viên, tăng 2 người so với kỳ trước.',
  );
  const pdf = await file('Bản in (PDF)');
  expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-');
  expect(pdf.bytes.length).toBeGreaterThan(10_000);

  await page.getByLabel('Sắp theo').selectOption({ label: 'Khối' });
  await row('Khối quận').first().waitFor();
  await page.getByRole('button', { name: 'Hẹn báo cáo' }).click();
  await page.getByLabel('Gửi đến các địa chỉ thư').fill('sai địa chỉ');
  await page.getByRole('button', { name: 'Hẹn', exact: true }).click();
  await page.getByText('“sai” chưa phải là địa chỉ thư.').waitFor();
  await page.getByLabel('Gửi đến các địa chỉ thư').fill('vanphong@thanhuy.example.vn');
  await page.getByRole('button', { name: 'Hẹn', exact: true }).click();
  await page.getByText('Thứ Hai hằng tuần, 07:30').waitFor();
});

test('rows go out with a reason, without names unless asked, and the dictionary explains them', async () => {
  await page.getByRole('button', { name: 'Chọn và xuất' }).click();
  await page.getByLabel('Lý do').fill('Đối chiếu số liệu tuần');
  const csv = await saved(() => page.getByRole('button', { name: 'Xuất tệp' }).click());
  expect(csv.name).toBe('luot-thi.csv');
  const [head = '', ...lines] = csv.bytes.toString('utf8').trim().split('\r\n');
  expect(head).toContain('Số báo danh');
  expect(head).not.toContain('Họ và tên');
  expect(lines).toHaveLength(3);
  await visitor.open('/ban-lam-viec/tu-dien-du-lieu');
  await page.getByRole('rowheader', { name: 'Mã lượt' }).first().waitFor();
  await looks('dictionary');
});

test('the log is searched by deed, taken along, and its chain holds', async () => {
  const admin = await (await new Caller(stage.server).register()).become('admin');
  await signIn(admin);
  await visitor.open('/ban-lam-viec/nhat-ky');
  await page.getByLabel('Việc', { exact: true }).selectOption({ label: 'Xuất dữ liệu từng dòng' });
  await page.getByText('Đối chiếu số liệu tuần').waitFor();
  await expect.poll(() => page.locator('tbody tr').count()).toBe(1);
  await page.getByRole('button', { name: 'Kiểm tra chuỗi' }).click();
  await page.getByText('Chuỗi nguyên vẹn').waitFor();
  await looks('audit');
  expect(stage.complaints).toEqual([]);
});
