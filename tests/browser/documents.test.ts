/**
 * An editor adds a document by pasting its text and by a Word file, sees what was recognised and what was not, puts a line
 * right and keeps it; somebody on a small phone reads a section and practises, and what was wrong comes again; a document
 * is replaced and its questions wait for a look. axe finds nothing on the way, and nothing scrolls sideways.
 */
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { seedBanks } from '../../server/banks/shipped.ts';
import { seedDocuments } from '../../server/documents/shipped.ts';
import { problemsInEveryLook, type Stage, startStage, type Visitor } from '../harness/browser.ts';
import { Visitor as Caller } from '../harness/visitor.ts';
import { docx, p } from '../questions/formats/docx/make.ts';

const TEXT = `QUỐC HỘI
LUẬT THỬ NGHIỆM
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Luật này quy định việc thử nghiệm có kiểm soát trên địa bàn Thủ đô.
Điều 2. Nguyên tắc
1. Công khai, minh bạch.
2. Gồm các bước:
a) Chuẩn bị;
b) Thực hiện.
- 2 -
7. Dòng này thật ra là nội dung.
Điều 3. Hiệu lực thi hành`;

let stage: Stage;
let desk: Visitor;
let phone: Visitor;

beforeAll(async () => {
  stage = await startStage();
  await seedBanks(stage.server.context);
  await seedDocuments(stage.server.context);
  await stage.server.app.listening();
  desk = await stage.visit({ width: 1920 });
  phone = await stage.visit({ width: 360 });
  const editor = await (await new Caller(stage.server).register()).become('editor', 'reviewer');
  await desk.context.addCookies(
    [...editor.cookies].map(([name, value]) => ({ name, value, url: stage.origin })),
  );
}, 120_000);

/** Looked at in both themes at the width that it is made for; the pages that matter most at the other one too. */
async function expectFine(
  page: Page,
  what: string,
  width: 360 | 1920,
  also: readonly number[] = [],
): Promise<void> {
  expect([what, await problemsInEveryLook(page, [width, ...also])]).toEqual([what, []]);
  await page.screenshot({ path: `tests/browser/screenshots/documents-${what}-${width}.png` });
}

test('an editor adds a document from a paste, puts a line right, and keeps its sections', async () => {
  const { page, open } = desk;
  await open('/ban-lam-viec/van-ban');
  await page.getByRole('link', { name: 'Luật 39/2024/QH15' }).waitFor();
  await expectFine(page, 'library', 1920);
  await page.getByRole('button', { name: 'Thêm văn bản' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Lưu' }).click();
  await dialog.locator('[aria-invalid="true"]').first().waitFor();
  await dialog.getByLabel('Loại văn bản').fill('Luật');
  await dialog.getByLabel('Số hiệu').fill('77/2026/QH16');
  await dialog.getByLabel('Tên văn bản').fill('Luật Thử nghiệm');
  await dialog.getByLabel('Ngày ban hành').fill('2026-04-23');
  await expect.poll(() => dialog.getByLabel('Địa chỉ trang').inputValue()).toBe('luat-77-2026-qh16-2026');
  await expectFine(page, 'dialog', 1920);
  await dialog.getByRole('button', { name: 'Lưu' }).click();
  await page.getByRole('heading', { level: 1, name: 'Luật 77/2026/QH16' }).waitFor();

  await page.getByLabel('Văn bản, mỗi đoạn một dòng').fill(TEXT);
  await page.getByRole('button', { name: 'Nhận dạng điều, mục' }).click();
  await page.getByText('2 chỗ cần xem').waitFor();
  await page.getByText('Số trang hoặc đường kẻ').waitFor();
  await page.getByText('dieu-2.khoan-2.diem-b').waitFor();
  await expectFine(page, 'recognised', 1920, [360]);
  await page.getByRole('button', { name: /^Coi là nội dung\s*: Dòng 13/ }).click();
  await page.getByText('1 chỗ cần xem').waitFor();
  await expect
    .poll(() => page.getByLabel('Văn bản, mỗi đoạn một dòng').inputValue())
    .toContain('\\7. Dòng này');
  await page.getByRole('button', { name: 'Lưu nội dung' }).click();
  await page.getByRole('dialog').getByLabel('Lý do').fill('bản dán từ trang công báo');
  await page.getByRole('dialog').getByRole('button', { name: 'Lưu nội dung' }).click();
  await page.getByText('Đã lưu nội dung.').first().waitFor();
  await page.getByText('Bản 1', { exact: true }).waitFor();
});

test('a Word file takes the place of the text, and one that cannot be read says why', async () => {
  const { page } = desk;
  const choose = (name: string, buffer: Uint8Array) =>
    page
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(buffer) });
  await choose('hong.docx', new TextEncoder().encode('không phải Word'));
  await page.getByRole('alert').first().waitFor();
  await expect
    .poll(() => page.getByLabel('Văn bản, mỗi đoạn một dòng').inputValue())
    .toContain('LUẬT THỬ NGHIỆM');
  await choose('luat.docx', docx([p('Điều 1. Phạm vi'), p('1. Một.'), p('2. Hai.'), p('Điều 2. Hiệu lực')]));
  await page.getByRole('heading', { name: 'Nhận ra 4 điều, mục' }).waitFor();
  await page.getByRole('button', { name: 'Lưu nội dung' }).click();
  await page.getByRole('dialog').getByLabel('Lý do').fill('bản từ tệp Word');
  await page.getByRole('dialog').getByRole('button', { name: 'Lưu nội dung' }).click();
  await page.getByText('Bản 2', { exact: true }).waitFor();
  await page.getByRole('button', { name: /^Mở lại\s*: Bản 1/ }).click();
  await page.getByText('1 chỗ cần xem').waitFor();
});

test('a section is read on a small phone, and the document leads to the next one', async () => {
  const { page, open } = phone;
  await open('/hoc-tap');
  await page.getByRole('heading', { name: 'Luyện tập', exact: true }).waitFor();
  await page.getByRole('link', { name: 'Luật 77/2026/QH16' }).waitFor();
  await expectFine(page, 'study', 360, [1920]);
  await page.getByLabel('Tìm văn bản').fill('thu do 39');
  await page.getByRole('link', { name: 'Luật 39/2024/QH15' }).click();
  await page.getByRole('heading', { level: 1, name: 'Luật 39/2024/QH15' }).waitFor();
  await page.getByText('Đây không phải toàn văn').waitFor();
  await expectFine(page, 'document', 360);
  await page.getByRole('link', { name: 'Điều 9. Hội đồng nhân dân thành phố' }).click();
  await page.getByRole('heading', { level: 1, name: 'Điều 9. Hội đồng nhân dân thành phố' }).waitFor();
  await page.getByText('Thành phố được bầu 125 đại biểu').waitFor();
  await expectFine(page, 'section', 360, [1920]);
  await page.getByRole('link', { name: /^Mục sau/ }).click();
  await page.getByRole('heading', { level: 1, name: /^Điều 23/ }).waitFor();
  await open('/van-ban/luat-thu-do-2024/toan-van');
  await page.getByText('Ở phường chỉ có Ủy ban nhân dân phường').waitFor();
  await open('/van-ban/nghi-quyet-15-nq-tw-2022');
  await page.getByText('Văn bản này đã được thay bằng Nghị quyết 02-NQ/TW').waitFor();
  await open('/van-ban/luat-thu-do-2024/dieu-999');
  await page.getByRole('heading', { name: 'Không có trang này' }).waitFor();
});

test('somebody practises without an account: graded at once, led to the section, asked again what was wrong', async () => {
  const { page, open } = phone;
  await open('/hoc-tap');
  await page.getByRole('link', { name: /^Luyện tập\s*: Luật Thủ đô/ }).click();
  await page.getByRole('button', { name: 'Trả lời' }).waitFor();
  await expectFine(page, 'question', 360);
  const asked = await page.locator('#cau-hoi').textContent();
  await page.getByRole('button', { name: 'Tôi chưa biết' }).click();
  await page.getByRole('heading', { name: 'Chưa đúng' }).waitFor();
  await page.getByText('Câu này sẽ được hỏi lại sau.').waitFor();
  await page.getByText('Lần này: đúng 0/1 câu').waitFor();
  const section = page.locator('dd a[href^="/van-ban/luat-thu-do-2024"]');
  await section.first().waitFor();
  await expectFine(page, 'graded', 360, [1920]);
  await page.getByRole('button', { name: 'Câu tiếp theo' }).click();
  await page.getByRole('button', { name: 'Trả lời' }).waitFor();
  await expect.poll(() => page.locator('#cau-hoi').textContent()).not.toBe(asked);
  // Its ten minutes are over: the browser's own record says so.
  await page.evaluate(() => {
    const kept = JSON.parse(localStorage.getItem('hoithi.study') ?? '{}');
    for (const card of kept.cards) card.due = 1;
    localStorage.setItem('hoithi.study', JSON.stringify(kept));
  });
  await open('/hoc-tap');
  await page.getByText('1 câu cần ôn lại').waitFor();
  await page.getByRole('link', { name: /^Luyện tập\s*: Luật Thủ đô/ }).click();
  await page.getByText('Câu này bạn từng trả lời sai').waitFor();
  await expect.poll(() => page.locator('#cau-hoi').textContent()).toBe(asked);
});

test('when a document is replaced, its questions wait until somebody has looked', async () => {
  const { page, open } = desk;
  await open('/ban-lam-viec/van-ban?muc=xem-lai');
  await page.getByRole('columnheader', { name: 'Câu hỏi' }).waitFor();
  await expectFine(page, 'reviews', 1920, [360]);
  const rows = page.locator('tbody tr');
  const before = await rows.count();
  expect(before).toBeGreaterThan(5);
  await rows.first().locator('input[type=checkbox]').check();
  await page.getByRole('button', { name: 'Đánh dấu đã xem 1 câu' }).click();
  await page.getByRole('dialog').getByLabel('Lý do').fill('đáp án không đổi');
  await page.getByRole('dialog').getByRole('button', { name: 'Đã xem' }).click();
  await expect.poll(() => rows.count()).toBe(before - 1);

  await open('/ban-lam-viec/van-ban?muc=can-cu');
  await page.getByText('Mười chương trình công tác toàn khóa XVII').first().waitFor();
  await expectFine(page, 'citations', 1920);
  await page.getByRole('button', { name: /^Chọn nơi dẫn tới\s*: Đại hội II của Đảng/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Văn bản' }).fill('39/2024');
  await dialog.getByRole('option', { name: /39\/2024/ }).click();
  await dialog.getByRole('combobox', { name: 'Điều, mục' }).fill('bieu tuong');
  await dialog.getByRole('option', { name: /Biểu tượng/ }).click();
  await expectFine(page, 'fix', 1920);
  await dialog.getByRole('button', { name: 'Lưu' }).click();
  await page.getByRole('rowheader', { name: 'Đại hội II của Đảng' }).waitFor({ state: 'detached' });
  expect(stage.complaints).toEqual([]);
});
