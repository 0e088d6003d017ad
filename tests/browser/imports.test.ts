/**
 * An editor brings files into a bank in a real browser: a GIFT file with a broken question that is mended on the page, a
 * workbook whose columns are looked at, both committed and seen in the bank, one undone, and the bank written out again. On
 * every page axe finds nothing and nothing scrolls sideways, at 360 and 1920 px, in both languages.
 */
import Excel from 'exceljs';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { firstAdminLink } from '../../server/accounts/first-admin.ts';
import { axeProblems, type Stage, sidewaysPx, startStage, type Visitor } from '../harness/browser.ts';
import { PASSWORD } from '../harness/visitor.ts';

const GIFT = `::thu-do::Thủ đô của Việt Nam là thành phố nào? {=Hà Nội ~Huế ~Đà Nẵng}

::hong::Luật Thủ đô có hiệu lực từ năm nào {=2025 ~2024

::khong-dap-an::Sông nào chảy qua Hà Nội? {~Sông Hồng ~Sông Hương}
`;

let stage: Stage;
let editor: Visitor;
let page: Page;
let bank = '';

beforeAll(async () => {
  stage = await startStage();
  editor = await stage.visit({ width: 1920 });
  ({ page } = editor);
  const link = await firstAdminLink(stage.server.context);
  await editor.open(`/bat-dau#${new URL(link ?? '').hash.slice(1)}`);
  await page.getByLabel('Họ và tên').fill('Nguyễn Thị Minh Khai');
  await page.getByLabel('Tên đăng nhập').fill('quantri');
  await page.locator('input[autocomplete=new-password]').fill(PASSWORD);
  await page.getByRole('button', { name: 'Tạo tài khoản quản trị' }).click();
  await page.getByRole('button', { name: 'Tôi đã lưu' }).click();
  await page.getByRole('heading', { level: 1, name: 'Cuộc thi' }).waitFor();
  const made = await editor.context.request.post('/api/desk/banks', {
    data: { slug: 'thu', title: 'Ngân hàng thử', description: '', licence: '' },
    headers: { origin: stage.origin },
  });
  bank = (await made.json()).id;
}, 120_000);

async function expectClean(what: string): Promise<void> {
  for (const width of [1920, 360]) {
    await page.setViewportSize({ width, height: width < 700 ? 740 : 1080 });
    expect([what, width, await axeProblems(page)]).toEqual([what, width, []]);
    expect([what, width, await sidewaysPx(page)]).toEqual([what, width, 0]);
  }
  await page.setViewportSize({ width: 1920, height: 1080 });
}

async function choose(name: string, buffer: Buffer): Promise<void> {
  await editor.open(`/ban-lam-viec/ngan-hang/${bank}/nhap-tep`);
  await page
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
  await page.getByRole('heading', { name: /^Cân đối/ }).waitFor({ timeout: 30_000 });
}

const block = (n: number) => page.getByRole('article', { name: new RegExp(`^Khối ${n} `) });

describe('a GIFT file', () => {
  test('is shown block by block, the broken one first, with its place', async () => {
    await editor.open(`/ban-lam-viec/ngan-hang/${bank}`);
    await page.getByText('đưa tệp Word, Excel có sẵn vào bằng nút Nhập từ tệp').waitFor();
    expect(await page.getByRole('search').count()).toBe(0);
    await expectClean('an empty bank');
    await page.getByRole('link', { name: 'Nhập từ tệp' }).click();
    await page.getByRole('heading', { level: 1, name: 'Nhập câu hỏi từ tệp' }).waitFor();
    await expectClean('the page before a file');
    await choose('de-thi.gift', Buffer.from(GIFT));
    await page.getByText('3 khối trong tệp').waitFor();
    await block(2).getByText('dòng 3').waitFor();
    await block(2)
      .getByText(/Thiếu dấu/)
      .waitFor();
    await expect.poll(() => page.getByRole('article').count()).toBe(1);
    await expectClean('the preview');
  });

  test('is mended on the page, with the error of a wrong key at its place', async () => {
    await block(2).getByRole('button', { name: /^Sửa/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Dùng câu này' }).click();
    await dialog.locator('[aria-invalid="true"]').first().waitFor();
    await dialog.getByLabel('Câu hỏi', { exact: false }).first().fill('Luật Thủ đô có hiệu lực từ năm nào?');
    const options = dialog.locator('fieldset ol input:not(.tick)');
    while ((await options.count()) < 2) await dialog.getByRole('button', { name: /Thêm phương án/ }).click();
    await options.nth(0).fill('2025');
    await options.nth(1).fill('2024');
    for (let extra = await options.count(); extra > 2; extra--)
      await dialog
        .getByRole('button', { name: /^(Bỏ|Xóa|Xoá)/ })
        .last()
        .click();
    await dialog.locator('fieldset ol .tick').first().check();
    await dialog.getByLabel('Chủ đề').fill('Luật Thủ đô');
    expect(['the form', await axeProblems(page)]).toEqual(['the form', []]);
    await dialog.getByRole('button', { name: 'Dùng câu này' }).click();
    await block(2).getByText('Đã sửa ở đây').waitFor();
    await page.getByText('1 câu chưa có đáp án', { exact: true }).waitFor();
  });

  test('takes a topic for all that have none, shows how far it is, and stops when it is told to', async () => {
    const gap = page.getByRole('listitem').filter({ hasText: 'câu chưa có chủ đề' });
    await gap.getByLabel('Chủ đề').fill('Hà Nội');
    // A large file goes in pieces of two thousand; here in pieces of one, and the first waits until somebody has pressed.
    const { promise: pressed, resolve: goOn } = Promise.withResolvers<void>();
    await page.route('**/bulk', async (route) => {
      await pressed;
      await route.continue({ postData: { ...route.request().postDataJSON(), most: 1 } });
    });
    await gap.getByRole('button', { name: 'Điền cho 2 câu' }).click();
    await gap.getByRole('progressbar', { name: 'Đang điền cho 2 câu…' }).waitFor();
    await expectClean('filling in');
    await gap.getByRole('button', { name: 'Dừng lại' }).click();
    goOn();
    await page.getByText('Đã dừng. Những câu đã điền vẫn giữ nguyên').first().waitFor();
    await gap.getByRole('button', { name: 'Điền cho 1 câu' }).click();
    await gap.waitFor({ state: 'detached' });
    await page.unroute('**/bulk');
  });

  test('enters the bank in one go', async () => {
    await page.getByRole('button', { name: /^Ghi 3 câu vào ngân hàng/ }).click();
    await page.getByText('Đã ghi vào ngân hàng').waitFor({ timeout: 30_000 });
    await expectClean('committed');
    await page.getByRole('link', { name: 'Xem trong ngân hàng' }).click();
    await page.getByRole('link', { name: 'Luật Thủ đô có hiệu lực từ năm nào?' }).waitFor();
    await page.getByRole('link', { name: 'Thủ đô của Việt Nam là thành phố nào?' }).waitFor();
  });

  test('brought again it says so, and has nothing to write but what was broken in the file', async () => {
    await choose('de-thi.gift', Buffer.from(GIFT));
    await page.getByText(/Chính tệp này đã được nhập lúc/).waitFor();
    await page.getByText('Mọi câu trong tệp đã có trong ngân hàng').waitFor();
    await expect.poll(() => page.getByRole('button', { name: /^Ghi / }).count()).toBe(0);
  });
});

describe('a workbook', () => {
  test('shows its columns, and goes in', async () => {
    const book = new Excel.Workbook();
    const sheet = book.addWorksheet('Đề');
    sheet.addRow(['STT', 'Câu hỏi', 'Đáp án A', 'Đáp án B', 'Đáp án đúng', 'Mức độ', 'Chủ đề']);
    sheet.addRow([1, 'Hà Nội có bao nhiêu cửa ô trong bài hát?', 'Năm', 'Sáu', 'A', 'Nhận biết', 'Văn hóa']);
    await choose('de.xlsx', Buffer.from(await book.xlsx.writeBuffer()));
    await page.getByText('Cột của bảng').click();
    await expect.poll(() => page.getByLabel('B. Câu hỏi').inputValue()).toBe('stem');
    await expectClean('columns');
    await page.getByRole('button', { name: /^Ghi 1 câu vào ngân hàng/ }).click();
    await page.getByText('Đã ghi vào ngân hàng').waitFor({ timeout: 30_000 });
  });

  test('is undone while nothing uses it', async () => {
    page.once('dialog', (dialog) => void dialog.accept());
    await page.getByRole('button', { name: 'Hoàn tác lần nhập này' }).click();
    await page.getByRole('button', { name: /^Ghi 1 câu vào ngân hàng/ }).waitFor({ timeout: 30_000 });
    await editor.open(`/ban-lam-viec/ngan-hang/${bank}`);
    await page.getByText('3 câu', { exact: true }).first().waitFor();
  });
});

describe('what is pasted from Word', () => {
  test('goes the way of documents: the underlined letter is the key', async () => {
    await editor.open(`/ban-lam-viec/ngan-hang/${bank}/nhap-tep`);
    const html =
      '<p>Câu 1. Sông Hồng chảy qua thành phố nào?</p><p><u>A.</u> Hà Nội</p><p>B. Huế</p><p>C. Đà Nẵng</p><p>D. Vinh</p>';
    await page.getByLabel('Hoặc dán từ Word vào đây').evaluate((box, text) => {
      const data = new DataTransfer();
      data.setData('text/html', text);
      box.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    }, html);
    await page.getByRole('heading', { name: /^Cân đối/ }).waitFor({ timeout: 30_000 });
    await block(1).getByText('Có đáp án').waitFor();
    await block(1)
      .getByLabel(/Hà Nội/)
      .waitFor();
  });
});

describe('out of the bank', () => {
  test('the losses of a format are told, and the file comes', async () => {
    await editor.open(`/ban-lam-viec/ngan-hang/${bank}`);
    await page.getByRole('button', { name: 'Sửa thông tin' }).click();
    await page.getByRole('menuitem', { name: 'Xuất ra tệp' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Định dạng').selectOption('aiken');
    await dialog.getByText('Mất mức độ.').waitFor();
    await expectClean('export');
    const coming = page.waitForEvent('download');
    await dialog.getByRole('link', { name: 'Tải tệp' }).click();
    expect((await coming).suggestedFilename()).toBe('thu.txt');
  });

  test('everything stands in English as well', async () => {
    await page.evaluate(() => localStorage.setItem('hoithi.locale', 'en'));
    await editor.open(`/ban-lam-viec/ngan-hang/${bank}/nhap-tep`);
    await page.getByRole('heading', { level: 1, name: 'Import questions from a file' }).waitFor();
    await page
      .getByRole('button', { name: /^Open / })
      .first()
      .click();
    await page.getByRole('heading', { name: /^Balance/ }).waitFor();
    await expectClean('in English');
    expect(stage.complaints).toEqual([]);
  });
});
