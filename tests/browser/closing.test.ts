/**
 * From the close of a round to its certificates in a real browser: prizes, provisional results, winners explained and
 * published, the notice, official results, certificates that verify themselves, the dossier that answers a complaint. Axe
 * finds nothing on any of these screens, at 360 and 1920 px, in both themes.
 */
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { problemsInEveryLook, type Stage, startStage, type Visitor } from '../harness/browser.ts';
import { type ClosedRound, playedRound, settle } from '../harness/closed-round.ts';
import type { Visitor as Knocker } from '../harness/visitor.ts';

const NAMES = ['Nguyễn Thị Bảo Quỳnh', 'Trần Văn Bình', 'Lê Minh Châu', 'Phạm Quốc Dũng'];
const WIDTHS = [360, 1920];
const REASON = 'Theo biên bản họp ban tổ chức';
let stage: Stage;
let contest: ClosedRound;
let organiser: Visitor;
let page: Page;
let desk = '';

beforeAll(async () => {
  stage = await startStage();
  contest = await playedRound(
    stage.server,
    NAMES.map((name, i) => ({ name, marks: 2000 - 100 * Math.floor(i / 2), tookMs: 60_000 + 1000 * i })),
  );
  organiser = await signedIn(contest.owner, 1920);
  ({ page } = organiser);
  desk = `/ban-lam-viec/cuoc-thi/${contest.id}?muc=ket-qua`;
});

/** A browser that has somebody's session. */
async function signedIn({ cookies }: Knocker, width = 360): Promise<Visitor> {
  const visitor = await stage.visit({ width });
  await visitor.context.addCookies([...cookies].map(([name, value]) => ({ name, value, url: stage.origin })));
  return visitor;
}

const notice = (text: string): Promise<void> =>
  page.getByRole('region', { name: 'Thông báo' }).getByText(text).first().waitFor();

async function confirm(button: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Lý do' }).fill(REASON);
  await dialog.getByRole('button', { name: button, exact: true }).click();
}

async function openTab(name: string): Promise<void> {
  await organiser.open(desk);
  await page.getByRole('tab', { name }).click();
}

async function expectClean(at: Page, what: string): Promise<void> {
  expect([what, await problemsInEveryLook(at, WIDTHS)]).toEqual([what, []]);
}

test('prizes are written down, and what is wrong with one is told at its field', async () => {
  await openTab('Cơ cấu giải');
  await page.getByRole('button', { name: 'Thêm giải' }).click();
  await page.getByRole('button', { name: 'Lưu cơ cấu giải' }).click();
  expect(await page.getByLabel('Tên giải').getAttribute('aria-invalid')).toBe('true');
  await page.getByLabel('Tên giải').fill('Giải Nhất');
  await page.getByLabel('Trị giá, hiện vật').fill('2.000.000 đồng');
  await page.getByRole('button', { name: 'Thêm giải' }).click();
  await page.getByLabel('Tên giải').last().fill('Giải Nhì');
  await page.getByLabel('Cơ quan chủ quản').fill('THÀNH ỦY HÀ NỘI');
  await page.getByLabel('Họ tên người ký').fill('Nguyễn Văn Phong');
  await page.getByRole('button', { name: 'Lưu cơ cấu giải' }).click();
  await notice('Đã lưu cơ cấu giải.');
  await page.getByText('Thuộc ban tổ chức').waitFor();
  await expectClean(page, 'prizes');
});

test('provisional results are declared with a snapshot, and the public board says so', async () => {
  await settle(stage.server, contest);
  await openTab('Công bố');
  await page.getByRole('button', { name: 'Công bố tạm thời' }).click();
  await confirm('Công bố tạm thời');
  await notice('Đã công bố.');
  await page.getByText('1 · Tạm thời').waitFor();
  await expectClean(page, 'standings');
  const citizen = await stage.visit();
  await citizen.open(`/cuoc-thi/${contest.slug}/bang-xep-hang`);
  await citizen.page.getByText('Kết quả tạm thời').first().waitFor();
  await citizen.context.close();
});

test('winners are decided, explained and published; the notice says who they are', async () => {
  await openTab('Đoạt giải');
  await page.getByRole('button', { name: 'Xét giải' }).click();
  await confirm('Xét giải');
  await notice('Đã xét giải.');
  await page
    .getByText(/làm bài nhanh hơn \(1 phút/)
    .first()
    .waitFor();
  await expectClean(page, 'winners');
  await page.getByRole('button', { name: 'Công bố danh sách' }).click();
  await confirm('Công bố danh sách');
  await notice('Đã công bố danh sách đoạt giải.');
  const file = (format: string) =>
    organiser.context.request.get(
      `/api/desk/contests/${contest.id}/notice?board=round-${contest.round}&format=${format}`,
    );
  const docx = unzipSync(await (await file('docx')).body());
  const words = strFromU8(docx['word/document.xml'] ?? new Uint8Array()).replace(/<[^>]+>/g, '');
  for (const said of [
    'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
    'THÀNH ỦY HÀ NỘI',
    'THÔNG BÁO',
    '(Kết quả tạm thời)',
    NAMES[0] ?? '',
    'Giải Nhất',
    '2.000.000 đồng',
    NAMES[1] ?? '',
    'Nguyễn Văn Phong',
  ])
    expect(words).toContain(said);
  expect(words).not.toContain(NAMES[2]);
  const pdf = await (await file('pdf')).body();
  expect(pdf.subarray(0, 4).toString()).toBe('%PDF');
});

test('everybody sees the winners and why each stands there', async () => {
  const citizen = await stage.visit();
  await citizen.open(`/cuoc-thi/${contest.slug}`);
  await citizen.page.getByRole('link', { name: 'Danh sách đoạt giải' }).click();
  await citizen.page.getByText(NAMES[0] ?? '').waitFor();
  await citizen.page
    .getByText(/Xếp trên người kế tiếp/)
    .first()
    .waitFor();
  await expectClean(citizen.page, 'public winners');
  await citizen.context.close();
});

test('official results follow, and two snapshots are compared', async () => {
  await openTab('Công bố');
  await page.getByRole('button', { name: 'Công bố chính thức' }).click();
  await confirm('Công bố chính thức');
  await notice('Đã công bố.');
  await page.getByText('2 · Chính thức').waitFor();
  await page.getByRole('button', { name: 'So với lần trước' }).click();
  await page.getByRole('dialog').getByText('Hai lần chụp giống nhau.').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Đóng' }).last().click();
});

test('a certificate is designed, made and verified by whoever holds it', async () => {
  await openTab('Giấy chứng nhận');
  await page.getByRole('button', { name: 'Lưu mẫu' }).click();
  await notice('Đã lưu mẫu.');
  await page.getByRole('button', { name: 'Xem thử' }).click();
  await page.getByRole('link', { name: 'Mở: PDF' }).waitFor();
  await page.getByRole('button', { name: 'Cấp giấy chứng nhận' }).click();
  await page.getByRole('dialog').getByText('Máy chủ làm trong nền').waitFor();
  await confirm('Cấp giấy chứng nhận');
  await page.getByText('2 trên 2 giấy').first().waitFor();
  await expectClean(page, 'certificates');
  await page.getByRole('button', { name: 'Xem danh sách' }).click();
  const link = page.getByRole('link', { name: 'Trang xác minh' }).first();
  const address = (await link.getAttribute('href')) ?? '';
  const anybody = await stage.visit();
  await anybody.open(address);
  await anybody.page.getByText('Giấy chứng nhận có thật').waitFor();
  await anybody.page.getByText(NAMES[0] ?? '', { exact: true }).waitFor();
  await expectClean(anybody.page, 'verification');
  await anybody.page.getByLabel('Mã xác minh').fill('2S-00000-00000-00000-00000');
  await anybody.page.getByRole('button', { name: 'Xác minh' }).click();
  await anybody.page.getByText(/Không có giấy chứng nhận nào mang mã này/).waitFor();
  await anybody.context.close();
});

test('a complaint is answered with the dossier of the attempt', async () => {
  await openTab('Hồ sơ lượt thi');
  await page.getByLabel('Tìm lượt thi').fill('tran van binh');
  await page.getByRole('button', { name: 'Tìm', exact: true }).click();
  await page.getByRole('button', { name: 'Mở hồ sơ' }).click();
  await page.getByText('Hạng 2 trên 4 người.').waitFor();
  await page.getByText(/Lượt thi ở hạng 1 xếp trên lượt thi này: làm bài nhanh hơn/).waitFor();
  await expectClean(page, 'dossier');
});

test('the person finds the code on the result, looks it up, and reads their own dossier', async () => {
  const [, second] = contest.players;
  if (second === undefined) throw new Error('nobody came second');
  const citizen = await signedIn(second.visitor);
  await citizen.open(`/luot-thi/${second.attempt}/ket-qua`);
  const shown = await citizen.page.getByText(/Mã tra cứu: \S+/).textContent();
  const code = /Mã tra cứu: (\S+)/.exec(shown ?? '')?.[1] ?? '';
  await citizen.page.getByRole('link', { name: 'Hồ sơ lượt thi' }).click();
  await citizen.page.getByText('Hạng 2 trên 4 người.').waitFor();
  await expectClean(citizen.page, 'own dossier');
  await citizen.open('/tra-cuu');
  await citizen.page.getByLabel('Mã tra cứu').fill(code.toLowerCase());
  await citizen.page.getByRole('button', { name: 'Tra cứu' }).click();
  await citizen.page.getByText('Giải Nhì').waitFor();
  await citizen.page.getByText('Kết quả chính thức').waitFor();
  await expectClean(citizen.page, 'look-up');
  await citizen.context.close();
});

test('no page complained', () => {
  expect(stage.complaints).toEqual([]);
});
