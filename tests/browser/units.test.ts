/**
 * People and units of a contest in a real browser: the unit's officer sees who entered, a roster comes from a file, two entries
 * that may be one are decided about. On every page axe finds nothing. (Posters and their links: `four-weeks.test.ts`.)
 */
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { axeProblems, type Stage, sidewaysPx, startStage, type Visitor } from '../harness/browser.ts';
import { openContest, type TestContest } from '../harness/contest.ts';
import { Visitor as Caller } from '../harness/visitor.ts';

let stage: Stage;
let contest: TestContest;
let branch = '';
let officer: Caller;

beforeAll(async () => {
  stage = await startStage();
  contest = await openContest(stage.server, (draft) => {
    draft.settings.guests = true;
    draft.settings.consents = [];
    draft.settings.rosterCodes = true;
    Object.assign(draft.settings.fields, { phone: 'optional', unit: 'required', birthDate: 'no' });
  });
  branch = (await contest.owner.post('/api/units', { name: 'Chi bộ số 1, phường Hoàn Kiếm' })).body.uid;
  officer = await new Caller(stage.server).register({ name: 'Lê Phụ Trách' });
  await contest.owner.post(`/api/units/${branch}/officers`, {
    person: officer.uid,
    reason: 'theo phân công',
  });
  await officer.signIn();
});

async function expectClean({ page }: Visitor, what: string): Promise<void> {
  expect([what, await axeProblems(page)]).toEqual([what, []]);
  expect([what, await sidewaysPx(page)]).toEqual([what, 0]);
}

async function enter(name: string, phone: string): Promise<void> {
  const guest = new Caller(stage.server);
  const entered = await guest.post(`/api/contests/${contest.slug}/entry`, {
    ...{ name, phone, unit: branch },
    consents: [],
  });
  expect(entered.status).toBe(200);
}

test('the officer of a unit sees who came', async () => {
  await enter('Nguyễn Văn An', '0912345678');
  await enter('Nguyễn Văn Ân', '0912345678');
  const visitor = await stage.visit({ as: officer, width: 360 });
  await visitor.open('/ban-lam-viec');
  await visitor.page.getByRole('heading', { level: 1, name: 'Chi bộ số 1, phường Hoàn Kiếm' }).waitFor();
  await visitor.page.getByText('Đã đăng ký', { exact: true }).first().waitFor();
  await expectClean(visitor, 'officer');
  await visitor.page.getByRole('link', { name: 'Báo cáo theo đơn vị' }).click();
  await visitor.page.getByRole('heading', { level: 1, name: 'Báo cáo theo đơn vị' }).waitFor();
  const table = visitor.page.getByRole('table', { name: 'Tham gia theo đơn vị' });
  await table.getByRole('rowheader', { name: 'Chi bộ số 1, phường Hoàn Kiếm' }).waitFor();
  await visitor.page.getByLabel('Kỳ báo cáo').selectOption('contest');
  await table.getByRole('rowheader', { name: 'Tổng cộng' }).waitFor();
  await expectClean(visitor, 'report of an officer');
  for (const format of ['XLSX', 'DOCX', 'PDF']) {
    await visitor.page.getByRole('button', { name: 'Tải báo cáo' }).click();
    const saved = visitor.page.waitForEvent('download');
    await visitor.page.getByRole('menuitem', { name: format }).click();
    expect((await saved).suggestedFilename().toUpperCase()).toContain(`.${format}`);
  }
  await visitor.context.close();
});

/** As if the work took long: its reply waits until the page has shown how far it is. */
async function shownOnItsWay(
  page: Page,
  door: string,
  label: string,
  press: () => Promise<void>,
): Promise<void> {
  const { promise: shown, resolve: goOn } = Promise.withResolvers<void>();
  await page.route(door, async (route) => {
    if (route.request().method() === 'GET') return route.fulfill({ json: { share: 0.42 } });
    await shown;
    return route.continue();
  });
  await press();
  await page.getByRole('progressbar', { name: label }).waitFor();
  goOn();
  await page.getByRole('progressbar', { name: label }).waitFor({ state: 'detached' });
  await page.unroute(door);
}

test('who does not find the unit writes its name and comes in', async () => {
  const citizen = await stage.visit();
  await citizen.open(`/cuoc-thi/${contest.slug}/du-thi`);
  await citizen.page.getByLabel('Họ và tên').fill('Trần Không Thấy');
  await citizen.page.getByRole('button', { name: 'Không thấy đơn vị của tôi' }).click();
  await citizen.page.getByLabel('Tên đơn vị của bạn').fill('Tổ dân phố số 9');
  await citizen.page.getByRole('button', { name: 'Đăng ký dự thi' }).click();
  await citizen.page.getByRole('heading', { name: 'Giữ lấy đường dẫn riêng' }).waitFor();
  await citizen.open(`/cuoc-thi/${contest.slug}`);
  await citizen.page.getByText('“Tổ dân phố số 9”, đang chờ ban tổ chức xác định').waitFor();
  await citizen.context.close();
});

test('an organiser imports a roster, says which unit was meant, and decides about two entries', async () => {
  const visitor = await stage.visit({ as: contest.owner, width: 1280 });
  const { page } = visitor;
  const part = (name: string) =>
    visitor.open(`/ban-lam-viec/cuoc-thi/${contest.id}/nguoi-don-vi?muc=${name}`);
  await part('danh-sach');
  await page.getByRole('button', { name: 'Nhập danh sách' }).click();
  const text = 'Họ và tên,Ngày sinh,Điện thoại\nNguyễn Văn An,,0912345678\nĐỗ Vắng Mặt,31/02/1990,\n';
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'ds.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByText('2 dòng: 1 nhận, 1 nhận nhưng bỏ chỗ sai, 0 bỏ ra, 0 dòng trống.').waitFor();
  await expectClean(visitor, 'roster tried');
  await page.getByRole('button', { name: 'Nhập 2 người' }).click();
  await shownOnItsWay(page, '**/rosters/*/match', 'Đang đối chiếu với người đã đăng ký', async () => {
    await page.getByRole('button', { name: 'Đối chiếu: ds' }).click();
  });
  await page
    .getByText(/Khớp chắc chắn 1 người/)
    .first()
    .waitFor();
  await part('chua-thay');
  await page.getByRole('button', { name: 'Chỉ ra đơn vị: Tổ dân phố số 9' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').fill('chi bo so 1');
  await dialog.getByRole('option').first().click();
  await dialog.getByRole('textbox', { name: 'Lý do' }).fill('Tổ 9 thuộc chi bộ số 1');
  await dialog.getByRole('button', { name: 'Chỉ ra đơn vị' }).click();
  await page.getByText('Không có ai đang chờ.').waitFor();
  await part('nghi-trung');
  await shownOnItsWay(page, '**/duplicates/scan', 'Đang xem mọi đăng ký', async () => {
    await page.getByRole('button', { name: 'Quét lại' }).click();
    await page.getByText('42\u00a0%').waitFor();
    await expectClean(visitor, 'duplicates on their way');
  });
  await page.getByText('cùng số điện thoại').first().waitFor();
  await expectClean(visitor, 'duplicates');
  await page.getByRole('button', { name: 'Gộp làm một' }).first().click();
  await dialog.getByLabel(/Nguyễn Văn An/).check();
  await dialog.getByText(/lượt thi được chuyển sang/).waitFor();
  await dialog.getByRole('textbox', { name: 'Lý do' }).fill('Cùng một người, gõ nhầm dấu');
  await dialog.getByRole('button', { name: 'Gộp làm một' }).click();
  await page.getByText('Không có cặp nào đang chờ.').waitFor();
  for (const name of ['khong-xet-giai', 'tin-hieu']) {
    await part(name);
    await expectClean(visitor, name);
  }
  await visitor.context.close();
});

test('an organiser renames a unit from a day on, reads its history, and moves an entrant', async () => {
  const visitor = await stage.visit({ as: contest.owner, width: 360 });
  const { page } = visitor;
  const dialog = page.getByRole('dialog');
  const unit = 'Chi bộ số 1, phường Hoàn Kiếm';
  await visitor.open('/ban-lam-viec/don-vi');
  await page.getByRole('button', { name: `Việc khác với ${unit}` }).click();
  await page.getByRole('menuitem', { name: 'Sửa, chuyển cấp trên' }).click();
  await dialog.getByLabel('Tên đơn vị').fill('Chi bộ Hồ Gươm');
  await dialog.getByLabel('Từ một ngày; trước đó giữ như cũ').check();
  await dialog.getByLabel('Lý do').fill('Đề án sắp xếp số 5');
  await expectClean(visitor, 'unit changed by date');
  await dialog.getByRole('button', { name: 'Lưu' }).click();
  await dialog.waitFor({ state: 'hidden' });
  // Until the day comes it is called as before.
  await page.getByRole('button', { name: `Việc khác với ${unit}` }).click();
  await page.getByRole('menuitem', { name: 'Lịch sử' }).click();
  await dialog.getByText('Sắp tới').waitFor();
  await dialog.getByText(`Tên: ${unit} → Chi bộ Hồ Gươm`).first().waitFor();
  await dialog.getByText('Lý do: Đề án sắp xếp số 5').waitFor();
  await expectClean(visitor, 'history of a unit');
  await visitor.open(`/ban-lam-viec/cuoc-thi/${contest.id}/nguoi-don-vi?muc=chuyen-don-vi`);
  await page.getByRole('button', { name: 'Chuyển một người' }).click();
  await dialog.getByRole('combobox', { name: 'Người dự thi' }).fill('tran khong thay');
  await dialog.getByRole('option').first().click();
  await dialog.getByRole('textbox', { name: 'Lý do' }).fill('Chuyển công tác');
  await dialog.getByRole('button', { name: 'Chuyển đơn vị' }).click();
  await page.getByText(`${unit} → không đơn vị`).waitFor();
  await expectClean(visitor, 'moves');
  await visitor.context.close();
});

test('a family with one phone says who is taking part, and the next person gets a clean device', async () => {
  const mother = await new Caller(stage.server).register({ name: 'Trần Thị Mẹ' });
  await mother.post('/api/household', { name: 'Nguyễn Văn Con', consentVersion: 1 });
  await mother.post(`/api/contests/${contest.slug}/entry`, { unit: branch, consents: [] });
  const { id, token } = (await mother.post(`/api/rounds/${contest.round}/attempts`, { number: 1 })).body;
  await stage.server.app.http.inject({
    method: 'POST',
    url: `/api/attempts/${id}/submit`,
    payload: { device: 'device1', n: 1, base: 0, changes: {} },
    headers: { authorization: `Attempt ${token}` },
  });
  const visitor = await stage.visit({ as: mother, width: 360 });
  const { page } = visitor;
  await visitor.open('/tai-khoan');
  await page.evaluate(() => localStorage.setItem('hoithi.answers', 'của mẹ'));
  await page.getByRole('button', { name: 'Người tiếp theo' }).waitFor();
  await visitor.open(`/luot-thi/${id}/ket-qua`);
  await page.getByRole('main').getByRole('button', { name: 'Người tiếp theo' }).waitFor();
  await visitor.open('/');
  await page.getByRole('button', { name: 'Trình đơn' }).click();
  await page.getByRole('button', { name: 'Người tiếp theo' }).waitFor();
  await expectClean(visitor, 'menu of a shared phone');
  await page.getByRole('button', { name: 'Người tiếp theo' }).click();
  await page.getByRole('heading', { level: 1, name: 'Ai đang dự thi?' }).waitFor();
  await page.getByRole('button', { name: 'Nguyễn Văn Con' }).waitFor();
  await expectClean(visitor, 'household');
  await page.getByRole('button', { name: 'Nguyễn Văn Con' }).click();
  await page.waitForURL('**/');
  await expect.poll(() => page.evaluate(() => localStorage.getItem('hoithi.answers'))).toBeNull();
  await visitor.context.close();
});

test('no page threw or broke the content policy', () => {
  expect(stage.complaints).toEqual([]);
});
