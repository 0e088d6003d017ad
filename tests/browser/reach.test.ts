/**
 * How a contest reaches people, in a real browser: what chat apps read in its first HTML, its frame on an allowed site and
 * on another one, the desk's tab, a reminder that arrives by mail and whose link ends it, consents, a child's entry, and the
 * register of breaches. On every page axe finds nothing, at 360 and 1920 px, in both themes.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemsInEveryLook, type Stage, startStage, type Visitor } from '../harness/browser.ts';
import { openContest, type TestContest } from '../harness/contest.ts';
import { startSmtp, type TestSmtp } from '../harness/smtp.ts';
import { Visitor as Person } from '../harness/visitor.ts';

let stage: Stage;
let smtp: TestSmtp;
let contest: TestContest;
let organiser: Visitor;
const portals: Server[] = [];

/** Another site with our frame in it. */
async function portal(): Promise<string> {
  const server = createServer((_request, reply) => {
    reply.setHeader('content-type', 'text/html');
    reply.end(
      `<!doctype html><title>Cổng</title><iframe src="${stage.origin}/nhung/${contest.slug}"></iframe>`,
    );
  });
  portals.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

async function signIn(visitor: Visitor, person: Person): Promise<void> {
  const { hostname } = new URL(stage.origin);
  const cookies = [...person.cookies].map(([name, value]) => ({ name, value, domain: hostname, path: '/' }));
  await visitor.context.addCookies(cookies);
}

async function expectClean(visitor: Visitor, what: string): Promise<void> {
  await visitor.page.locator('main [role=status]').first().waitFor({ state: 'detached' });
  expect([what, await problemsInEveryLook(visitor.page, [360, 1920])]).toEqual([what, []]);
}

beforeAll(async () => {
  smtp = await startSmtp();
  stage = await startStage({
    HOITHI_SMTP_URL: smtp.url,
    HOITHI_MAIL_FROM: 'Hội Thi <thi@hoithi.example.vn>',
  });
  contest = await openContest(stage.server, (draft) => {
    draft.summary = 'Bốn tuần tìm hiểu <Nghị quyết>';
    draft.page = '## Mục đích\n\nHọc và làm theo.';
    draft.settings.guests = true;
    draft.settings.retentionDays = 90;
    draft.settings.fields = { ...draft.settings.fields, phone: 'no', unit: 'no', email: 'optional' };
    draft.settings.consents = [
      ...draft.settings.consents,
      { id: 'emailReminders', vi: 'Tôi nhận thư nhắc.', en: 'I get reminders.', required: false, version: 1 },
    ];
  });
  organiser = await stage.visit({ width: 1920 });
  await signIn(organiser, contest.owner);
});
afterAll(async () => {
  await Promise.all(portals.map((server) => new Promise((done) => server.close(done))));
});

describe('what others read and show', () => {
  test('the first HTML has title, text, picture and address, for chat apps and for readers without scripts', async () => {
    const html = await (await fetch(`${stage.origin}/cuoc-thi/${contest.slug}`)).text();
    expect(html).toContain('<meta property="og:title" content="Tìm hiểu Nghị quyết 15-NQ/TW" />');
    expect(html).toContain('content="Bốn tuần tìm hiểu &lt;Nghị quyết&gt; Thi từ');
    expect(html).toMatch(/<meta property="og:image" content="http[^"]+\/chia-se\.png" \/>/);
    expect(html).toContain(`/cuoc-thi/${contest.slug}" />`);
    expect(html).toMatch(/<noscript><article>.*Học và làm theo\..*<\/article><\/noscript>/s);
    const picture = await fetch(`${stage.origin}/chia-se.png`);
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
    const home = await (await fetch(stage.origin)).text();
    expect(home).toContain('<meta property="og:title" content="Hội Thi" />');
    const old = await fetch(`${stage.origin}/cuoc-thi/${contest.slug}`);
    const again = await fetch(`${stage.origin}/cuoc-thi/${contest.slug}`, {
      headers: { 'if-none-match': old.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
  });

  test('what a screen shows is fetched along with the client, and nothing twice', async () => {
    const visitor = await stage.visit();
    const asked: string[] = [];
    visitor.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await visitor.open(`/cuoc-thi/${contest.slug}`);
    await visitor.page.getByRole('heading', { level: 1 }).waitFor();
    await expect.poll(() => asked.filter((path) => path === '/api/time').length).toBeGreaterThan(0);
    const once = asked.filter((path) => path !== '/api/time');
    expect(once.filter((path, i) => once.indexOf(path) !== i)).toEqual([]);
    expect(once).toContain('/api/session');
    const place = (pattern: RegExp) => asked.findIndex((path) => pattern.test(path));
    expect(place(/^\/api\/contests\/[^/]+$/)).toBeLessThan(place(/^\/api\/time$/));
    expect(place(/\/ContestScreen-.*\.js$/)).toBeLessThan(place(/^\/api\/time$/));
    const hinted = await (await fetch(`${stage.origin}/cuoc-thi/${contest.slug}`)).text();
    expect(hinted).toMatch(/rel="modulepreload" crossorigin href="\/assets\/ContestScreen-/);
    expect(hinted).toContain(`as="fetch" crossorigin href="/api/contests/${contest.slug}"`);
  });

  test('the frame is shown by an allowed site and refused to another; pages are never framed', async () => {
    const allowed = await portal();
    const visitor = await stage.visit();
    await organiser.open(`/ban-lam-viec/cuoc-thi/${contest.id}?muc=lan-toa`);
    await organiser.page.getByLabel('Trang được phép nhúng').fill(`${allowed}/\nhttps://hanoi.gov.vn`);
    await organiser.page.keyboard.press('Control+s');
    const dialog = organiser.page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Lý do' }).fill('Cổng thông tin xin nhúng');
    await dialog.getByRole('button', { name: 'Lưu thay đổi' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await visitor.page.goto(allowed);
    const inside = visitor.page.frameLocator('iframe');
    await inside.getByRole('heading', { name: 'Tìm hiểu Nghị quyết 15-NQ/TW' }).waitFor();
    await inside.getByText(/^Còn \d+ ngày/).waitFor();
    const link = inside.getByRole('link', { name: /Vào cuộc thi/ });
    const { href, target } = await link.evaluate((node) => ({
      href: node.getAttribute('href') ?? '',
      target: node.getAttribute('target'),
    }));
    expect([new URL(href).pathname, target]).toEqual([`/cuoc-thi/${contest.slug}`, '_blank']);
    const other = await portal();
    await visitor.page.goto(other);
    await visitor.page.waitForTimeout(300);
    await expect.poll(() => inside.getByRole('heading').count()).toBe(0);
    await visitor.page.goto(`${stage.origin}/nhung/${contest.slug}`);
    await expect.poll(() => problemsInEveryLook(visitor.page, [360, 1920])).toEqual([]);
    await visitor.context.close();
    const page = await fetch(`${stage.origin}/cuoc-thi/${contest.slug}`);
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
  });
});

describe('reminders', () => {
  test('are previewed with counts, sent with a reason, and arrive', async () => {
    const an = await new Person(stage.server).register({ name: 'Nguyễn Văn An', email: 'an@example.vn' });
    const consents = [
      { id: 'personalData', version: 1 },
      { id: 'emailReminders', version: 1 },
    ];
    expect((await an.post(`/api/contests/${contest.slug}/entry`, { consents })).status).toBe(200);
    await contest.owner.post('/api/units', { name: 'Phường Hàng Bạc' });
    await organiser.open(`/ban-lam-viec/cuoc-thi/${contest.id}?muc=lan-toa`);
    const { page } = organiser;
    await page.getByText('/t/').first().waitFor();
    await expectClean(organiser, 'desk tab');
    await page.getByRole('textbox', { name: 'Lời riêng của Ban Tổ chức' }).fill('Chúc bạn thi tốt!');
    // Nobody entered for this unit.
    await page.getByRole('combobox', { name: 'Chỉ những đơn vị này' }).fill('hang bac');
    await page.getByRole('option', { name: 'Phường Hàng Bạc' }).click();
    await page.getByRole('button', { name: 'Xem trước' }).last().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('0 người phù hợp').waitFor();
    await dialog.getByRole('button', { name: 'Hủy' }).click();
    await page.getByRole('button', { name: 'Bỏ: Phường Hàng Bạc' }).click();
    await page.getByRole('button', { name: 'Xem trước' }).last().click();
    await dialog.getByText('1 người phù hợp; 1 người nhận thư').waitFor();
    await dialog.getByRole('textbox', { name: 'Lý do' }).fill('Nhắc tuần đầu');
    await dialog.getByRole('button', { name: 'Gửi' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await stage.server.app.mail.sender.turn();
    const letter = await smtp.letterTo('an@example.vn');
    expect(letter.text).toContain('Chúc bạn thi tốt!');
    await page.reload();
    await page.getByText('1 đã gửi').waitFor();
  });

  test('end with one click on the letter’s link, which shows among the consents, and can be had again there', async () => {
    const letter = await smtp.letterTo('an@example.vn');
    const token = /bo-nhan-thu#(\S+)/.exec(letter.text)?.[1] ?? '';
    const reader = await stage.visit();
    await reader.open(`/bo-nhan-thu#${token}`);
    await reader.page.getByText('Bạn sẽ không nhận thư nhắc của').waitFor();
    expect(reader.page.url()).not.toContain(token);
    await expectClean(reader, 'letters');
    await reader.page.getByRole('button', { name: 'Nhận lại thư' }).click();
    await reader.page.getByText('Bạn sẽ lại nhận được thư.').waitFor();
    await reader.open('/bo-nhan-thu#khong-dung');
    await reader.page.getByText('Liên kết này không đúng').waitFor();
    await reader.context.close();
  });

  test('are chosen with every other consent on one page', async () => {
    const binh = await new Person(stage.server).register({ name: 'Trần Thị Bình' });
    await binh.post(`/api/contests/${contest.slug}/entry`, {
      consents: [{ id: 'personalData', version: 1 }],
    });
    const reader = await stage.visit();
    await signIn(reader, binh);
    await reader.open('/tai-khoan/dong-y');
    await reader.page.getByText('Cần có để dự thi.').waitFor();
    await reader.page.getByRole('button', { name: /^Đồng ý: Thư nhắc/ }).click();
    await reader.page.getByRole('button', { name: /^Rút lại: Thư nhắc/ }).click();
    await reader.page.getByRole('button', { name: /^Đồng ý: Thư nhắc/ }).waitFor();
    await expectClean(reader, 'consents');
    await reader.context.close();
  });
});

describe('protecting people', () => {
  test('somebody under sixteen is asked for a guardian’s consent, and told how long data are kept', async () => {
    const child = await stage.visit();
    await child.open(`/cuoc-thi/${contest.slug}`);
    await child.page.getByText('được xóa 90 ngày sau khi cuộc thi kết thúc').waitFor();
    await child.open(`/cuoc-thi/${contest.slug}/du-thi`);
    await child.page.getByLabel('Họ và tên').fill('Lê Bé Bỏng');
    await expect.poll(() => child.page.getByText('Người dưới 16 tuổi').count()).toBe(0);
    for (const [label, value] of [
      ['Ngày', '1'],
      ['Tháng', '5'],
      ['Năm', '2012'],
    ] as const)
      await child.page.getByLabel(label, { exact: true }).fill(value);
    await child.page.getByText('Người dưới 16 tuổi').waitFor();
    await child.page.getByLabel(/Tôi là cha, mẹ hoặc người giám hộ/).check();
    await child.page.getByLabel(/Tôi đồng ý để Ban Tổ chức/).check();
    await child.page.getByRole('button', { name: 'Đăng ký dự thi' }).click();
    await child.page.getByText('Ghi họ và tên cha, mẹ hoặc người giám hộ.').waitFor();
    await expectClean(child, 'entry under age');
    await child.page.getByLabel('Họ và tên cha, mẹ hoặc người giám hộ').fill('Lê Văn Cha');
    await child.page.getByRole('button', { name: 'Đăng ký dự thi' }).click();
    await child.page.getByText('Giữ lấy đường dẫn riêng').waitFor();
    await child.context.close();
  });

  test('an admin records a breach, with what is missing told at its place', async () => {
    const admin = await (await new Person(stage.server).register({ name: 'Quản Trị' })).become('admin');
    const desk = await stage.visit();
    await signIn(desk, admin);
    await desk.open('/ban-lam-viec/su-co');
    await desk.page.getByText('Chưa có sự cố nào.').waitFor();
    await desk.page.getByRole('button', { name: 'Ghi sự cố' }).first().click();
    const dialog = desk.page.getByRole('dialog');
    await dialog.getByLabel('Tên sự cố').fill('Gửi nhầm danh sách');
    await dialog.getByRole('button', { name: 'Lưu' }).click();
    await dialog.getByText('Xin ghi mục này.').first().waitFor();
    await expectClean(desk, 'breach form');
    await dialog.getByLabel('Chuyện gì đã xảy ra').fill('Tệp gửi sang đơn vị khác.');
    await dialog.getByLabel('Loại dữ liệu liên quan').fill('Họ tên, đơn vị');
    await dialog.getByRole('button', { name: 'Lưu' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await desk.page.getByText('Hạn báo:').waitFor();
    await expectClean(desk, 'breaches');
    await desk.context.close();
  });

  test('no page threw or broke the content policy, the refused frame aside', () => {
    expect(stage.complaints.filter((line) => !line.includes('frame-ancestors'))).toEqual([]);
  });
});
