/**
 * A citizen's way through the product in a real browser: register, enter, start, see oneself on a board that moves; come
 * as a guest and come back; leave nothing behind on a shared computer. On every page axe finds nothing.
 */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  axeProblems,
  isAbove,
  problemsInEveryLook,
  type Stage,
  sidewaysPx,
  startStage,
  type Visitor,
} from '../harness/browser.ts';
import { openContest, type TestContest, withoutFields } from '../harness/contest.ts';
import { Visitor as Caller, PASSWORD } from '../harness/visitor.ts';

const WEEK_MS = 7 * 86_400_000;
let stage: Stage;
let contest: TestContest;
let guests: TestContest;

beforeAll(async () => {
  stage = await startStage();
  contest = await openContest(stage.server, (draft) => {
    draft.title = 'Cuộc thi có tài khoản';
    draft.settings.rules = '- Mỗi người thi tối đa 7 lượt.\n- Tính lượt **tốt nhất**.';
    draft.settings.prizes = 'Giải Nhất: một bằng khen.';
    draft.settings.names = 'full';
    Object.assign(draft.settings.fields, { phone: 'required', unit: 'required', birthDate: 'required' });
    const [preset] = draft.rounds;
    if (preset === undefined) throw new Error('no round');
    const first = { ...preset, title: 'Tuần 1' };
    draft.rounds = [
      first,
      { ...first, id: null, title: 'Tuần 2', opensAt: first.closesAt, closesAt: first.closesAt + WEEK_MS },
    ];
  });
  guests = await openContest(stage.server, (draft) => {
    draft.title = 'Cuộc thi không cần tài khoản';
    draft.slug = 'khong-can-tai-khoan';
    draft.settings.guests = true;
    withoutFields(draft);
  });
  await contest.owner.become('admin');
  for (const name of ['Phường Hoàn Kiếm', 'Phường Hai Bà Trưng']) {
    const made = await contest.owner.post('/api/units', { name });
    if (made.status >= 300) throw new Error(made.text);
  }
});

/** Somebody who took the round: what they answer does not matter. */
async function finish(caller: Caller, right: number): Promise<void> {
  const unit = (await caller.get('/api/units?q=hoan%20kiem')).body.units[0].uid;
  const consents = (await caller.get(`/api/contests/${contest.slug}`)).body.consents;
  const entered = await caller.post(`/api/contests/${contest.slug}/entry`, {
    phone: `09${String(10_000_000 + Math.floor(Math.random() * 89_999_999))}`,
    birthDate: '1970-01-01',
    unit,
    consents: consents.map(({ id, version }: { id: string; version: number }) => ({ id, version })),
  });
  if (entered.status !== 200) throw new Error(entered.text);
  const started = await caller.post(`/api/rounds/${contest.round}/attempts`, { number: 1 });
  await submit(caller, started.body.id, right);
}

/** Submits with every choice question answered by its first option, up to `count` of them. */
async function submit(caller: Caller, id: string, count: number): Promise<void> {
  const { body } = await caller.get(`/api/attempts/${id}`);
  const changes = Object.fromEntries(
    body.questions
      .map((question: { kind: string }, index: number) => [index, question.kind] as const)
      .filter(([, kind]: readonly [number, string]) => kind === 'choice')
      .slice(0, count)
      .map(([index]: readonly [number, string]) => [index, [0]]),
  );
  const reply = await stage.server.app.http.inject({
    method: 'POST',
    url: `/api/attempts/${id}/submit`,
    headers: { authorization: `Attempt ${body.token}` },
    payload: { device: 'device1', n: 1, base: body.seq, changes },
  });
  if (reply.statusCode !== 200) throw new Error(reply.body);
}

/** The cookies of a caller in a browser. */
async function as(visitor: Visitor, caller: Caller): Promise<void> {
  await visitor.context.addCookies(
    [...caller.cookies].map(([name, value]) => ({ name, value, url: stage.origin })),
  );
}

/** In the page: notices, which leave by themselves after six seconds, stay until they are dismissed. */
function noticesStay(): void {
  const start = window.setTimeout.bind(window);
  Reflect.set(window, 'setTimeout', (act: () => void, ms?: number) =>
    start(act, ms === 6000 ? 3_600_000 : ms),
  );
}

const focused = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const control = document.activeElement;
    const label = control?.id ? document.querySelector(`label[for="${control.id}"]`) : null;
    return label?.textContent?.trim() ?? control?.textContent?.trim() ?? null;
  });

describe('with an account', () => {
  let visitor: Visitor;
  let page: Page;

  test('registers on the way to entering, keeps the recovery code, and enters', async () => {
    visitor = await stage.visit();
    page = visitor.page;
    await visitor.context.addInitScript(noticesStay);
    await visitor.open('/');
    await page.getByRole('heading', { name: 'Cuộc thi có tài khoản' }).waitFor();
    await visitor.open(`/cuoc-thi/${contest.slug}`);
    await page.getByRole('link', { name: 'Đăng ký dự thi' }).click();
    await page.getByRole('link', { name: 'Chưa có, đăng ký tài khoản' }).click();

    await page.getByRole('button', { name: 'Tạo tài khoản' }).click();
    await page.getByText('Ghi họ và tên của bạn.').waitFor();
    await expect.poll(() => focused(page)).toContain('Họ và tên');
    await expect.poll(() => page.getByText('Bạn cần đồng ý').isVisible()).toBe(true);

    await page.getByLabel('Họ và tên').fill('Nguyễn Thị Hòa');
    await page.getByLabel('Số điện thoại').fill('0912 345 67');
    const password = page.getByRole('textbox', { name: 'Mật khẩu' });
    await expect.poll(() => password.getAttribute('type')).toBe('text');
    await password.fill('hoa sen tháng bảy');
    const consent = page.getByLabel('Tôi đồng ý để Hội Thi lưu');
    await expect.poll(() => consent.isChecked()).toBe(false);
    await consent.check();
    await page.getByRole('button', { name: 'Tạo tài khoản' }).click();
    // The server's own refusal stands at the box that it is about.
    await page.locator('[aria-invalid=true]').waitFor();
    await expect.poll(() => focused(page)).toContain('Số điện thoại');
    await page.getByLabel('Số điện thoại').fill('0912 345 678');
    await page.getByRole('button', { name: 'Tạo tài khoản' }).click();

    await page.getByRole('heading', { name: 'Giữ lấy mã khôi phục' }).waitFor();
    await expect.poll(() => page.locator('.code .unseen').textContent()).toMatch(/^(\w{5} - ){3}\w{5}$/);
    await page.getByRole('button', { name: 'Tôi đã lưu' }).click();

    await page.waitForURL('**/du-thi');
    await page.getByText('Bạn dự thi với tên Nguyễn Thị Hòa.').waitFor();
    await expect.poll(() => page.getByText('•••••••678').isVisible()).toBe(true);
    const boxes = page.getByRole('checkbox');
    await expect.poll(() => boxes.count()).toBeGreaterThan(0);
    for (const box of await boxes.all()) await expect.poll(() => box.isChecked()).toBe(false);
    await page.getByLabel('Ngày', { exact: true }).fill('27');
    await page.getByLabel('Tháng', { exact: true }).fill('3');
    await page.getByLabel('Năm', { exact: true }).fill('1968');
    await page.getByRole('combobox', { name: 'Đơn vị' }).fill('hoan kiem');
    await page.getByRole('option', { name: 'Phường Hoàn Kiếm' }).click();
    await boxes.first().check();
    await page.getByRole('button', { name: 'Đăng ký dự thi' }).click();
    await page.getByText('Bạn đã đăng ký dự thi.').first().waitFor();
    await page.getByRole('link', { name: 'Vào thi' }).waitFor();
  });

  test('reads the rules once more and starts', async () => {
    await page.getByRole('link', { name: 'Vào thi' }).click();
    await page.getByText('Bấm Bắt đầu là đồng hồ chạy ngay, 15 phút').waitFor();
    await expect.poll(() => page.getByText('7 trên 7').isVisible()).toBe(true);
    await expect.poll(() => page.getByText('Mỗi người thi tối đa 7 lượt.').isVisible()).toBe(true);
    await expect.poll(() => axeProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Bắt đầu làm bài' }).click();
    await page.waitForURL('**/luot-thi/*');
  });

  test('what was said on the way stands above the buttons of the paper, and can be dismissed', async () => {
    await page.locator('nav.steps').waitFor();
    const notice = page.getByRole('region', { name: 'Thông báo' }).locator('.notice').last();
    await notice.getByText('Bạn đã đăng ký dự thi.').waitFor();
    await expect.poll(() => isAbove(notice, page.locator('nav.steps'))).toBe(true);
    await notice.getByRole('button', { name: 'Ẩn thông báo' }).click();
    await notice.waitFor({ state: 'detached' });
  });

  test('finds the way back to the attempt from every page that speaks of it', async () => {
    for (const path of [`/cuoc-thi/${contest.slug}`, `/cuoc-thi/${contest.slug}/dot/1`, '/luot-thi']) {
      await visitor.open(path);
      await page.getByRole('link', { name: 'Tiếp tục làm bài' }).waitFor();
    }
  });

  test('stands on the board, and is moved down by somebody better while looking', async () => {
    const caller = new Caller(stage.server);
    for (const { name, value } of await visitor.context.cookies()) caller.cookies.set(name, value);
    const { body } = await caller.get('/api/attempts');
    await submit(caller, body.attempts[0].id, 0);
    await visitor.open(`/cuoc-thi/${contest.slug}/bang-xep-hang`);
    const board = page.getByRole('table', { name: 'Bảng xếp hạng: ' });
    const mine = board.getByRole('row', { name: /Nguyễn Thị Hòa.*Bạn/ });
    await mine.waitFor();
    await page.getByText('Đang cập nhật trực tiếp').waitFor();
    await expect.poll(() => mine.getByRole('cell').first().textContent()).toBe('1');

    await finish(await new Caller(stage.server).register({ name: 'Trần Văn Giỏi' }), 20);
    await board.getByRole('row', { name: /Trần Văn Giỏi/ }).waitFor();
    const names = await board.locator('tbody .name').allTextContents();
    expect(names).toEqual(['Trần Văn Giỏi', 'Nguyễn Thị Hòa']);
  });

  test('finds people and units, and shows a freeze', async () => {
    await page.getByRole('button', { name: 'Tìm và lọc' }).click();
    await page.getByLabel('Tìm theo tên hoặc số dự thi').fill('tran van');
    await page.getByText('Tìm thấy 1 người').waitFor();
    expect(page.url()).toContain('tim=tran');
    // Without a network nobody was looked for: the page before is not what was found.
    await page.route('**/search?*', (route) => route.abort('connectionrefused'));
    await page.getByLabel('Tìm theo tên hoặc số dự thi').fill('khong co ai');
    await page.getByText('Chưa tải được').waitFor();
    await expect.poll(() => page.locator('p.total').count()).toBe(0);
    await page.unrouteAll();
    await page.getByText('Tìm thấy 0 người').waitFor();
    await page.getByRole('radio', { name: 'Đơn vị' }).check();
    await page.getByRole('row', { name: /Phường Hoàn Kiếm/ }).waitFor();

    const frozen = await contest.owner.post(`/api/desk/rounds/${contest.round}/freeze`, {
      reason: 'chờ lễ công bố',
    });
    expect(frozen.status).toBe(200);
    await visitor.open(`/cuoc-thi/${contest.slug}/bang-xep-hang`);
    await page.getByText('Bảng đang đóng băng').waitFor();
    const revealed = await contest.owner.post(`/api/desk/rounds/${contest.round}/reveal`, {
      reason: 'đã công bố',
    });
    expect(revealed.status).toBe(200);
  });

  test('leaves nothing behind when signing out', async () => {
    await page.evaluate(() => localStorage.setItem('hoithi.attempt.someone.x', 'an answer'));
    await page.evaluate(() => localStorage.setItem('hoithi.theme', 'light'));
    await visitor.open('/tai-khoan');
    await page.getByRole('button', { name: 'Đăng xuất' }).click();
    await page.getByText('Đã đăng xuất.').first().waitFor();
    const kept = await page.evaluate(() =>
      Object.keys(localStorage).filter((key) => key.startsWith('hoithi')),
    );
    expect(kept).toEqual(['hoithi.theme']);
    const { body } = await page.evaluate(async () => ({ body: await (await fetch('/api/session')).json() }));
    expect(body).toEqual({ person: null });
  });

  test('is sent to the sign-in page by a page of their own, waits in the queue, and comes back', async () => {
    await page.goto('/luot-thi');
    await page.waitForURL('**/dang-nhap?then=*');
    await page.getByLabel('Số điện thoại, email hoặc tên đăng nhập').fill('0912345678');
    await page.getByLabel('Mật khẩu', { exact: true }).fill('sai rồi nhé');
    await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
    await page.getByRole('alert').getByText('Tên đăng nhập hoặc mật khẩu không đúng.').waitFor();

    const tickets: unknown[] = [];
    await page.route('**/api/sessions', async (route) => {
      tickets.push(route.request().postDataJSON().ticket);
      if (tickets.length > 2) return route.continue();
      const facts = { ticket: `t${tickets.length}`, place: 120 - tickets.length, retryAfterMs: 300 };
      const messages = { vi: 'Xin chờ', en: 'Wait' };
      const body = { type: '', title: '', status: 429, code: 'auth.wait', messages, facts };
      return route.fulfill({ status: 429, contentType: 'application/problem+json', json: body });
    });
    await page.getByLabel('Mật khẩu', { exact: true }).fill('hoa sen tháng bảy');
    await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
    await page.getByText('Bạn đang ở vị trí 119').first().waitFor();
    await page.waitForURL('**/luot-thi');
    // The made-up tickets are refused by nobody: an unknown one only means no place is kept.
    expect(tickets).toEqual([undefined, 't1', 't2']);
    await page.getByText('Tuần 1 · Lượt 1').waitFor();
  });
});

describe('without an account', () => {
  test('enters with a name, keeps link and code, and comes back by both on other devices', async () => {
    const { page, open } = await stage.visit();
    await open(`/cuoc-thi/${guests.slug}/du-thi`);
    await page.getByLabel('Họ và tên').fill('Lê Văn Khách');
    await page.getByRole('checkbox').first().check();
    await page.getByRole('button', { name: 'Đăng ký dự thi' }).click();
    await page.getByRole('heading', { name: 'Giữ lấy đường dẫn riêng' }).waitFor();
    const link = new URL((await page.locator('.link').textContent()) ?? '');
    const code = (await page.locator('.code .unseen').textContent())?.replace(/\s/g, '') ?? '';
    await page.getByRole('button', { name: 'Tôi đã lưu' }).click();
    await page.getByRole('link', { name: 'Vào thi' }).waitFor();

    const byLink = await stage.visit();
    await byLink.open(link.pathname + link.hash);
    await byLink.page.getByRole('link', { name: 'Vào thi' }).waitFor();
    expect(byLink.page.url()).not.toContain('#');

    const byCode = await stage.visit();
    await byCode.open(`/cuoc-thi/${guests.slug}/tro-lai`);
    await byCode.page.getByLabel('Mã riêng của bạn').fill('AAAA-BBBB-CCCC');
    await byCode.page.getByRole('button', { name: 'Tiếp tục dự thi' }).click();
    await byCode.page.getByRole('alert').waitFor();
    await byCode.page.getByLabel('Mã riêng của bạn').fill(code.toLowerCase());
    await byCode.page.getByRole('button', { name: 'Tiếp tục dự thi' }).click();
    await byCode.page.getByRole('link', { name: 'Vào thi' }).waitFor();
  });
});

describe('getting back in', () => {
  test('with the recovery code, which is replaced', async () => {
    const caller = await new Caller(stage.server).register();
    const { page, open } = await stage.visit();
    await open('/khoi-phuc');
    await page.getByLabel('Số điện thoại, email hoặc tên đăng nhập').fill(caller.userName);
    await page.getByLabel('Mã khôi phục hoặc mã một lần').fill(caller.recoveryCode.toLowerCase());
    await page.getByRole('textbox', { name: 'Mật khẩu mới' }).fill('mật khẩu mới tinh');
    await page.getByRole('button', { name: 'Đặt mật khẩu mới' }).click();
    await page.getByRole('heading', { name: 'Giữ lấy mã khôi phục' }).waitFor();
    const next = (await page.locator('.code .unseen').textContent())?.replace(/\s/g, '');
    expect(next).not.toBe(caller.recoveryCode);
    // Leaving without having kept it is asked about.
    page.once('dialog', (dialog) => void dialog.dismiss());
    await page.getByRole('link', { name: 'Hội Thi, về trang chủ' }).click();
    await expect
      .poll(() => page.getByRole('heading', { name: 'Giữ lấy mã khôi phục' }).isVisible())
      .toBe(true);
    await page.getByRole('button', { name: 'Tôi đã lưu' }).click();
    await page.waitForURL(`${stage.origin}/`);
    expect((await caller.get('/api/me')).status).toBe(401);
  });
});

describe('one’s own account', () => {
  test('changes details, ends other sessions, takes data along, erases everything', async () => {
    const caller = await new Caller(stage.server).register({ phone: '0987654321' });
    const elsewhere = new Caller(stage.server);
    elsewhere.userName = caller.userName;
    await elsewhere.signIn();
    const visitor = await stage.visit();
    const { page, open } = visitor;
    await as(visitor, caller);

    await open('/tai-khoan');
    await page.getByText('•••••••321').waitFor();
    await page.getByRole('button', { name: 'Hiện đầy đủ' }).click();
    await page.getByText('0987654321').waitFor();

    await page.getByRole('link', { name: 'Sửa thông tin' }).click();
    await page.getByLabel('Chức danh, nghề nghiệp').fill('Giáo viên');
    await page.getByLabel('Số điện thoại').fill('0987 654 322');
    await page.getByLabel('Mật khẩu hiện tại').fill(PASSWORD);
    await page.getByRole('button', { name: 'Lưu thay đổi' }).click();
    await page.getByText('Giáo viên').waitFor();
    expect((await caller.get('/api/me')).body.phone).toBe('0987654322');

    await page.getByRole('link', { name: /Thiết bị đang đăng nhập/ }).click();
    await page.getByText('Thiết bị này').waitFor();
    await page.getByRole('button', { name: 'Đăng xuất mọi thiết bị khác' }).click();
    await page.getByText('Đã đăng xuất mọi thiết bị khác.').first().waitFor();
    expect((await elsewhere.get('/api/me')).status).toBe(401);

    await open('/tai-khoan/du-lieu');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Tải về' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/\.json$/);
    await page.getByRole('button', { name: 'Xóa tài khoản' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Xóa vĩnh viễn' }).click();
    await dialog.getByText('Nhập mật khẩu hiện tại.').waitFor();
    await expect.poll(() => axeProblems(page)).toEqual([]);
    await dialog.getByLabel('Mật khẩu hiện tại').fill(PASSWORD);
    await dialog.getByLabel('Tôi hiểu là không thể lấy lại.').check();
    await dialog.getByRole('button', { name: 'Xóa vĩnh viễn' }).click();
    await page.getByText('Đã xóa tài khoản và dữ liệu của bạn.').first().waitFor();
    expect((await caller.get('/api/me')).status).toBe(401);
  });
});

describe('at 320, 360 and 1920 px in both themes', () => {
  const anybody = [
    '/',
    '/dang-nhap',
    '/dang-ky',
    '/khoi-phuc',
    '/bat-dau',
    '/bat-dau#token',
    '/cuoc-thi/khong-can-tai-khoan',
    '/cuoc-thi/khong-can-tai-khoan/du-thi',
    '/cuoc-thi/khong-can-tai-khoan/tro-lai',
    '/cuoc-thi/khong-co',
  ];
  const own = [
    '/tai-khoan',
    '/tai-khoan/thong-tin',
    '/tai-khoan/mat-khau',
    '/tai-khoan/ma-khoi-phuc',
    '/tai-khoan/hai-lop',
    '/tai-khoan/thiet-bi',
    '/tai-khoan/du-lieu',
    '/luot-thi',
  ];

  test('axe finds nothing on any page, and no page scrolls sideways', async () => {
    const caller = await new Caller(stage.server).register();
    await finish(caller, 3);
    const stranger = await stage.visit();
    const person = await stage.visit();
    await as(person, caller);
    const boards = [
      `/cuoc-thi/${contest.slug}`,
      `/cuoc-thi/${contest.slug}/dot/1`,
      `/cuoc-thi/${contest.slug}/dot/2`,
      `/cuoc-thi/${contest.slug}/bang-xep-hang`,
      `/cuoc-thi/${contest.slug}/bang-xep-hang?xem=don-vi`,
    ];
    const found: string[] = [];
    const look = async ({ page, open }: Visitor, path: string): Promise<void> => {
      await open(path);
      await page.locator('.skeleton').first().waitFor({ state: 'detached' });
      const problems = await problemsInEveryLook(page, [320, 1920]);
      await page.setViewportSize({ width: 360, height: 740 });
      if ((await sidewaysPx(page)) > 0) problems.push('360 px: too wide');
      found.push(...problems.map((problem) => `${path} at ${problem}`));
    };
    // Two people at once: each waits for their own pages.
    const all = async (who: Visitor, paths: readonly string[]): Promise<void> => {
      for (const path of paths) await look(who, path);
    };
    await Promise.all([all(stranger, [...anybody, ...boards]), all(person, [...own, ...boards])]);
    expect(found).toEqual([]);
    await stranger.context.close();
    await person.context.close();
  });
});

test('no page complained', () => {
  expect(stage.complaints).toEqual([]);
});
