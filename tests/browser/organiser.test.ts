/**
 * An organiser's way through the desk in a real browser: from the first admin's link to a published contest that a citizen
 * sees; two organisers at once; what is lacking shown where it lacks; questions, people and units. On every page axe finds
 * nothing and nothing scrolls sideways, at 360 and 1920 px, in both themes.
 */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { firstAdminLink } from '../../server/accounts/first-admin.ts';
import { seedBanks } from '../../server/banks/shipped.ts';
import {
  axeProblems,
  problemsInEveryLook,
  type Stage,
  sidewaysPx,
  startStage,
  type Visitor,
} from '../harness/browser.ts';
import { PASSWORD } from '../harness/visitor.ts';

const TITLE = 'Tìm hiểu Luật Thủ đô';
const SLUG = 'tim-hieu-luat-thu-do';
let stage: Stage;
let organiser: Visitor;
let page: Page;
/** Address of the contest on the desk. */
let desk = '';

beforeAll(async () => {
  stage = await startStage();
  await seedBanks(stage.server.context);
  organiser = await stage.visit({ width: 1920 });
  ({ page } = organiser);
});

async function expectClean(at: Page, what: string): Promise<void> {
  expect([what, await axeProblems(at)]).toEqual([what, []]);
  expect([what, await sidewaysPx(at)]).toEqual([what, 0]);
}

const notice = (text: string): Promise<void> =>
  page.getByRole('region', { name: 'Thông báo' }).getByText(text).first().waitFor();

/** The contest as the server has it. */
async function saved() {
  const reply = await organiser.context.request.get(`/api/desk/contests/${desk.split('/').pop()}`);
  return reply.json();
}

describe('from nothing to a published contest', () => {
  test('the one-time link makes the first admin, who lands on the desk', async () => {
    const link = await firstAdminLink(stage.server.context);
    await organiser.open(`/bat-dau#${new URL(link ?? '').hash.slice(1)}`);
    await page.getByLabel('Họ và tên').fill('Nguyễn Thị Minh Khai');
    await page.getByLabel('Tên đăng nhập').fill('quantri');
    await page.locator('input[autocomplete=new-password]').fill(PASSWORD);
    await page.getByRole('button', { name: 'Tạo tài khoản quản trị' }).click();
    await page.getByRole('button', { name: 'Tôi đã lưu' }).click();
    await page.getByRole('heading', { level: 1, name: 'Cuộc thi' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/ban-lam-viec');
    await page.getByText('Chưa có cuộc thi nào').waitFor();
    await expectClean(page, 'empty list');
  });

  test('an unfinished form says what is missing, at its field', async () => {
    await organiser.open('/ban-lam-viec/cuoc-thi/moi');
    await page.getByRole('button', { name: 'Tạo bản nháp' }).click();
    await page.getByText('Xin nhập tên cuộc thi.').waitFor();
    await expect.poll(() => page.getByLabel('Tên cuộc thi').getAttribute('aria-invalid')).toBe('true');
    await expectClean(page, 'new contest, wrong');
  });

  test('title, preset and a shipped bank make a draft that can be published', async () => {
    await page.getByLabel('Tên cuộc thi').fill(TITLE);
    await expect.poll(() => page.getByLabel('Địa chỉ trang').inputValue()).toBe(SLUG);
    await page.getByLabel(/Luật Thủ đô năm 2024/).check();
    await page.getByRole('button', { name: 'Tạo bản nháp' }).click();
    await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
    await page.getByText('Sẵn sàng công bố').waitFor();
    await page
      .getByText(/đi kèm phần mềm nên ai cũng đọc được đáp án/)
      .first()
      .waitFor();
    desk = new URL(page.url()).pathname;
    await expectClean(page, 'overview');
  });

  test('what the banks cannot fill is told at its field, and 24:00 is the end of the day', async () => {
    await organiser.open(`${desk}?muc=vong-thi`);
    const field = page.getByLabel('Ban hành và hiệu lực, Vận dụng: số câu');
    await field.fill('50');
    await page.getByText(/^thiếu \d+$/).waitFor();
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true');
    await expectClean(page, 'lacking');
    await field.fill('');
    await page.getByText('Đủ câu hỏi').waitFor();
    await page.getByLabel('Đóng lúc: Giờ').fill('25:00');
    await page.getByText(/Ngày giờ chưa đúng/).waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Lưu', exact: true }).isDisabled()).toBe(true);
    await page.getByLabel('Đóng lúc: Ngày').fill('20/8/2022');
    await page.getByLabel('Đóng lúc: Giờ').fill('24h00');
    await page.getByLabel('Tên vòng').fill('Tuần mở màn');
    await page.keyboard.press('Control+s');
    await notice('Đã lưu.');
    const [round] = (await saved()).rounds;
    expect(round).toMatchObject({ title: 'Tuần mở màn', closesAt: Date.parse('2022-08-21T00:00:00+07:00') });
  });

  test('two organisers at once: what each changed is kept, and the clash is told', async () => {
    const { version, title, slug, summary, page: text, image, settings, rounds } = await saved();
    const theirs = rounds.map(
      ({ id, title: name, opensAt, closesAt, durationMs, settings: own }: Record<string, unknown>) => ({
        ...{ id, title: name, opensAt, closesAt, durationMs, settings: own },
      }),
    );
    theirs[0].durationMs = 20 * 60_000;
    const other = await organiser.context.request.put(`/api/desk/contests/${desk.split('/').pop()}`, {
      data: {
        expectedVersion: version,
        title,
        slug,
        page: text,
        image,
        settings,
        summary: 'Của họ',
        rounds: theirs,
      },
    });
    expect([other.status(), summary]).toEqual([200, '']);
    await page.getByLabel('Thời gian làm bài').fill('25');
    await page.getByLabel('Tên vòng').fill('Tuần một');
    await page.getByRole('button', { name: 'Lưu', exact: true }).click();
    await page.getByRole('heading', { name: 'Người khác vừa lưu cuộc thi này' }).waitFor();
    await expectClean(page, 'conflict');
    await page.getByRole('button', { name: 'Gộp, giữ phần của tôi' }).click();
    await page.getByRole('button', { name: 'Lưu', exact: true }).click();
    await page.getByRole('button', { name: 'Lưu', exact: true }).waitFor({ state: 'detached' });
    const after = await saved();
    expect([after.summary, after.rounds[0].title, after.rounds[0].durationMs]).toEqual([
      'Của họ',
      'Tuần một',
      25 * 60_000,
    ]);
  });

  test('the order of the ranking is changed by keys, and the focus goes along', async () => {
    await page.getByRole('button', { name: 'Đưa “Làm nhanh hơn” lên trên' }).press('Enter');
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    await expect.poll(() => focused()).toBe('Đưa “Làm nhanh hơn” lên trên');
    await page.keyboard.press('Control+s');
    await page.getByRole('button', { name: 'Lưu', exact: true }).waitFor({ state: 'detached' });
    expect((await saved()).rounds[0].settings.order).toEqual(['marks', 'time', 'prediction', 'submitted']);
  });

  test('page text is previewed as citizens see it', async () => {
    await page.getByRole('link', { name: 'Trang cuộc thi' }).click();
    await page.getByRole('textbox', { name: 'Nội dung trang' }).fill('## Mục đích\n\nHọc **Luật Thủ đô**.');
    await page
      .getByRole('region', { name: 'Người dự thi thấy: Nội dung trang' })
      .getByRole('heading', { name: 'Mục đích' })
      .waitFor();
    await expectClean(page, 'page text');
  });

  test('leaving with something unsaved asks first', async () => {
    page.once('dialog', (dialog) => void dialog.dismiss());
    await page.getByRole('link', { name: 'Đơn vị', exact: true }).click();
    expect(new URL(page.url()).pathname).toBe(desk);
    await page.getByRole('button', { name: 'Bỏ thay đổi' }).waitFor();
  });

  test('publishing shows the warnings, saves first, and a citizen sees the contest', async () => {
    await page.getByRole('button', { name: 'Công bố' }).click();
    await page.getByText('Nên xem lại trước khi công bố:').waitFor();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Công bố' }).click();
    await dialog.getByText('Cần đánh dấu vào đây thì mới tiếp tục được.').waitFor();
    await expectClean(page, 'publish');
    await dialog.getByLabel('Tôi hiểu').check();
    await dialog.getByRole('button', { name: 'Công bố' }).click();
    await notice('Đã công bố cuộc thi.');
    const citizen = await stage.visit();
    await citizen.open(`/cuoc-thi/${SLUG}`);
    await citizen.page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
    await citizen.page.getByRole('heading', { name: 'Mục đích' }).waitFor();
    await citizen.context.close();
  });

  test('another bank with public keys is asked about by its name, and saved only with the tick', async () => {
    await organiser.open(`${desk}?muc=vong-thi`);
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Đổi ngân hàng, dạng câu' }).click();
    await dialog.getByLabel('Dân vận khéo').check();
    await dialog.getByRole('button', { name: 'Xác nhận' }).click();
    await page.getByRole('button', { name: 'Lưu', exact: true }).click();
    await dialog.getByText('Thay đổi này lấy thêm câu hỏi từ “Dân vận khéo”.').waitFor();
    await expect.poll(() => dialog.getByText('Luật Thủ đô năm 2024').count()).toBe(0);
    await dialog.getByRole('button', { name: 'Lưu thay đổi' }).click();
    await dialog.getByText('Cần đánh dấu vào đây thì mới tiếp tục được.').waitFor();
    const tick = dialog.getByRole('checkbox');
    await expect.poll(() => tick.evaluate((box) => box === document.activeElement)).toBe(true);
    expect(await problemsInEveryLook(page, [360, 1920])).toEqual([]);
    await tick.check();
    await dialog.getByRole('button', { name: 'Lưu thay đổi' }).click();
    await notice('Đã lưu.');
    expect((await saved()).rounds[0].settings.blueprint.cells[0].banks).toHaveLength(2);
    await organiser.open(`${desk}?muc=nhat-ky`);
    await page.getByText('ai cũng đọc được đáp án của “Dân vận khéo”').waitFor();
  });
});

describe('while the contest runs', () => {
  test('what was promised is shut, and every change asks why', async () => {
    const [round] = (await saved()).rounds;
    stage.server.clock.advance(round.opensAt - stage.server.clock.now() + 60_000);
    await organiser.open(`${desk}?muc=vong-thi`);
    await page.getByText(/Vòng này đã mở/).waitFor();
    await expect.poll(() => page.getByLabel('Thời gian làm bài').isDisabled()).toBe(true);
    await page.getByLabel('Tên vòng').fill('Tuần khởi động');
    await page.getByRole('button', { name: 'Lưu thay đổi' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Lưu thay đổi' }).click();
    await dialog.getByText('Xin ghi lý do, ít nhất 3 ký tự.').waitFor();
    await dialog.getByRole('textbox', { name: 'Lý do' }).fill('Tên dễ nhớ hơn');
    await dialog.getByRole('button', { name: 'Lưu thay đổi' }).click();
    await notice('Đã lưu.');
    expect((await saved()).rounds[0].title).toBe('Tuần khởi động');
  });

  test('a round is extended, its board frozen and revealed, and the log says why', async () => {
    const before = (await saved()).rounds[0].closesAt;
    await organiser.open(`${desk}?muc=dieu-hanh`);
    await page.getByRole('button', { name: 'Gia hạn' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Lý do' }).fill('Mưa bão, nhiều nơi mất điện');
    await dialog.getByRole('button', { name: 'Gia hạn' }).click();
    await notice('Đã gia hạn.');
    expect((await saved()).rounds[0].closesAt).toBe(before + 86_400_000);
    for (const [deed, told] of [
      ['Đóng băng bảng', 'Đã đóng băng bảng xếp hạng.'],
      ['Công bố bảng', 'Đã công bố bảng xếp hạng.'],
    ] as const) {
      await page
        .getByRole('region', { name: 'Tuần khởi động' })
        .getByRole('button', { name: /Việc khác/ })
        .click();
      await page.getByRole('menuitem', { name: deed }).click();
      await dialog.getByRole('textbox', { name: 'Lý do' }).fill('Lễ tổng kết');
      await dialog.getByRole('button', { name: deed }).click();
      await notice(told);
      await dialog.waitFor({ state: 'hidden' });
    }
    await organiser.open(`${desk}?muc=nhat-ky`);
    await page.getByText('Mưa bão, nhiều nơi mất điện').waitFor();
    await page.getByText('Tên dễ nhớ hơn').waitFor();
  });
});

describe('banks, people and units', () => {
  test('a question is found without accents and changed into a new version that waits for review', async () => {
    await organiser.open('/ban-lam-viec/ngan-hang');
    await page.getByRole('link', { name: 'Luật Thủ đô năm 2024 (số 39/2024/QH15)' }).click();
    await page.getByLabel('Tìm trong câu hỏi và mã').fill('mang so hieu nao');
    await page.getByRole('main').getByText('1 câu', { exact: true }).waitFor();
    await page.getByRole('link', { name: /mang số hiệu nào/ }).click();
    await page.getByLabel('Phương án A', { exact: true }).fill('');
    await page.getByRole('button', { name: 'Lưu phiên bản mới' }).click();
    await page.getByText('Phương án để trống.').waitFor();
    await page.getByLabel('Phương án A', { exact: true }).fill('25/2012/QH13 (luật cũ)');
    await page.getByRole('button', { name: 'Lưu phiên bản mới' }).click();
    await notice('Đã lưu phiên bản 2.');
    await page.getByText('Chờ duyệt', { exact: true }).waitFor();
    await page.getByText('Bạn viết phiên bản này nên cần người thẩm định khác duyệt.').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Duyệt' }).count()).toBe(0);
    await page.getByLabel('Ý kiến').fill('Nhờ xem lại số hiệu.');
    await page.getByRole('button', { name: 'Gửi ý kiến' }).click();
    await page.getByText('về phiên bản 2').waitFor();
    await page.getByRole('button', { name: /^So với bản hiện tại/ }).click();
    await page.getByRole('dialog').getByText('25/2012/QH13 (luật cũ)').waitFor();
    await page.keyboard.press('Escape');
    await expectClean(page, 'question');
  });

  test('units come out of a file: mistakes at their rows first, then the tree', async () => {
    const file = (text: string) => ({ name: 'don-vi.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await organiser.open('/ban-lam-viec/don-vi/nhap-tep');
    const box = page.locator('input[type=file]');
    await box.setInputFiles(file('Mã đơn vị,Tên đơn vị,Mã cấp trên\nP1,Phường Hoàn Kiếm,\nP2,Chi bộ 1,XX\n'));
    await page.getByText('Không có đơn vị cấp trên mang mã "XX".').waitFor();
    await expectClean(page, 'import with mistakes');
    await box.setInputFiles(file('Mã đơn vị,Tên đơn vị,Mã cấp trên\nP1,Phường Hoàn Kiếm,\nP2,Chi bộ 1,P1\n'));
    await page.getByRole('button', { name: 'Nhập 2 đơn vị' }).click();
    await page.getByRole('link', { name: 'Xem cây đơn vị' }).click();
    await page.getByRole('button', { name: 'Mở các đơn vị dưới Phường Hoàn Kiếm' }).click();
    await page.getByText('Chi bộ 1').waitFor();
  });

  test('a role is given with a reason, and a reset code only after saying how the person was checked', async () => {
    const citizen = await organiser.context.request.get('/api/people?role=admin');
    const { people } = await citizen.json();
    await organiser.open(`/ban-lam-viec/nguoi/${people[0].uid}`);
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Giao: Thẩm định' }).click();
    await dialog.getByRole('textbox', { name: 'Lý do' }).fill('Kiêm nhiệm thẩm định');
    await dialog.getByRole('button', { name: 'Xác nhận' }).click();
    await notice('Đã giao vai trò.');
    await page.getByRole('button', { name: 'Cấp mã đặt lại mật khẩu' }).click();
    await dialog.getByRole('button', { name: 'Cấp mã' }).click();
    await dialog.getByText('Xin chọn cách kiểm tra.').waitFor();
    await dialog.getByLabel('Xem giấy tờ tùy thân').check();
    await dialog.getByRole('textbox', { name: 'Lý do' }).fill('Quên mật khẩu');
    await dialog.getByRole('button', { name: 'Cấp mã' }).click();
    await expect
      .poll(() => dialog.getByLabel('Mã đặt lại mật khẩu').textContent())
      .toMatch(/^[A-Z0-9]{4}(-[A-Z0-9]{4}){2}$/);
    await expectClean(page, 'reset code');
    await dialog.getByRole('button', { name: 'Đóng' }).last().click();
  });
});

describe('every page of the desk', () => {
  test('is clean at 360 and 1920 px in both themes', async () => {
    const visitor = await stage.visit();
    await visitor.context.addCookies(await organiser.context.cookies());
    const parts = [
      'tong-quan',
      'thong-tin',
      'vong-thi',
      'nguoi-du-thi',
      'trang',
      'dieu-hanh',
      'bang-xep-hang',
      'so-lieu',
      'nhat-ky',
    ];
    const addresses = [
      '/ban-lam-viec',
      '/ban-lam-viec/cuoc-thi/moi',
      ...parts.map((part) => `${desk}?muc=${part}`),
      '/ban-lam-viec/ngan-hang',
      '/ban-lam-viec/nguoi?vai-tro=admin',
      '/ban-lam-viec/don-vi',
      '/ban-lam-viec/don-vi/nhap-tep',
      '/ban-lam-viec/nhat-ky',
    ];
    for (const address of addresses) {
      await visitor.open(address);
      await visitor.page.locator('main [role=status]').first().waitFor({ state: 'detached' });
      expect([address, await problemsInEveryLook(visitor.page, [360, 1920])]).toEqual([address, []]);
    }
    await visitor.context.close();
  });

  test('nobody else gets in, and is told the way', async () => {
    const stranger = await stage.visit();
    await stranger.open('/ban-lam-viec/nguoi');
    await stranger.page.getByRole('heading', { name: 'Cần đăng nhập' }).waitFor();
    await stranger.context.close();
  });

  test('no page threw or broke the content policy', () => {
    expect(stage.complaints).toEqual([]);
  });
});
