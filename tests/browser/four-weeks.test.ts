/**
 * A contest of four weeks in a real browser, from the posters to the protest, by moving the server's clock: entries through a
 * unit's link while the monitor moves, the Monday report and its files, a wrong key put right in week two, rows taken along
 * and the log of it; then closing, winners, notice, certificates and the dossier. Axe finds nothing on any of its screens.
 */
import Excel from 'exceljs';
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Stage, startStage } from '../harness/browser.ts';
import { type Player, play, settle } from '../harness/closed-round.ts';
import { DeskWalk, expectClean } from '../harness/desk-walk.ts';
import { Visitor as Caller } from '../harness/visitor.ts';
import { entrant, type ReportWorld, reportWorld, take } from '../server/reports/world.ts';

const WEEK = 7 * 86_400_000;
const WARD = 'Phường Hàng Bạc';
const NAMES = ['Nguyễn Thị Bảo Quỳnh', 'Trần Văn Bình', 'Lê Minh Châu', 'Phạm Quốc Dũng'];
const REASON = 'Theo biên bản họp ban tổ chức';
const COMPLAINT = 'Theo Điều 9 thì phương án tôi chọn mới đúng.';

let stage: Stage;
let world: ReportWorld;
let desk: DeskWalk;
let page: Page;
/** Who came by the poster, and their first attempt. */
let an: Caller;
let attempt = '';

beforeAll(async () => {
  stage = await startStage();
  world = await reportWorld(
    stage.server,
    (draft) => {
      draft.settings.names = 'full';
      for (const { settings } of draft.rounds) {
        Object.assign(settings, { prediction: null, order: ['marks', 'time', 'submitted'] });
        settings.blueprint.cells = settings.blueprint.cells
          .slice(0, 1)
          .map((cell) => ({ ...cell, kinds: ['choice'], count: 10 }));
      }
    },
    4,
  );
  const { owner, id } = world.contest;
  desk = new DeskWalk(await stage.visit({ width: 1920, as: owner }), id);
  ({ page } = desk);
});

/** Everything that waits for a moment or for work in the background is done, and boards know of it. */
async function worked(): Promise<void> {
  const { attempts, boards, remedies } = stage.server.app;
  await attempts.sweeper.sweep();
  await boards.settling.settle();
  await remedies.regrader.wake();
  await boards.boards.catchUp();
}

describe('week one', () => {
  test('prizes are written down, and what is wrong with one is told at its field', async () => {
    await desk.open('ket-qua', 'Cơ cấu giải');
    await desk.press('Thêm giải');
    await desk.press('Lưu cơ cấu giải');
    await expect.poll(() => page.getByLabel('Tên giải').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('Tên giải').fill('Giải Nhất');
    await page.getByLabel('Trị giá, hiện vật').fill('2.000.000 đồng');
    await desk.press('Thêm giải');
    await page.getByLabel('Tên giải').last().fill('Giải Nhì');
    await page.getByLabel('Cơ quan chủ quản').fill('THÀNH ỦY HÀ NỘI');
    await page.getByLabel('Họ tên người ký').fill('Nguyễn Văn Phong');
    await desk.press('Lưu cơ cấu giải');
    await desk.told('Đã lưu cơ cấu giải.');
    await page.getByText('Thuộc ban tổ chức').waitFor();
    await expectClean(page, 'prizes');
  });

  test('a unit’s poster carries a link that fills the unit in', async () => {
    await desk.open('/nguoi-don-vi?muc=duong-dan');
    await page.getByRole('combobox').fill('hang bac');
    await page.getByRole('option').first().click();
    const link = await page.getByText(/\/d\//).textContent();
    const poster = await desk.saved(() => page.getByRole('link', { name: 'Tải áp phích (PDF)' }).click());
    expect(poster.bytes.subarray(0, 5).toString()).toBe('%PDF-');
    await expectClean(page, 'links');

    const citizen = await stage.visit();
    await citizen.open(new URL(link ?? '').pathname);
    await citizen.page.getByLabel('Họ và tên').fill('Nguyễn Văn An');
    await expect.poll(() => citizen.page.getByRole('combobox').inputValue()).toBe(WARD);
    await expectClean(citizen.page, 'entry by a poster');
    await citizen.page.getByRole('button', { name: 'Đăng ký dự thi' }).click();
    await citizen.page.getByRole('heading', { name: 'Giữ lấy đường dẫn riêng' }).waitFor();
    an = new Caller(stage.server);
    for (const { name, value } of await citizen.context.cookies()) an.cookies.set(name, value);
    await citizen.context.close();
  });

  test('the monitor moves while people take the round, at the desk and on the wall', async () => {
    await desk.open('dieu-hanh');
    const figure = (name: string) => page.locator('.monitor dl div', { hasText: name }).locator('dd');
    await figure('Lượt đã xong').getByText('0', { exact: true }).waitFor();
    attempt = await take(world, an, 1);
    await take(world, await entrant(world, 'Lê Văn Nam', 'Phường Cửa Nam'), 1);
    await figure('Lượt đã xong').getByText('2', { exact: true }).waitFor();
    await page.getByRole('rowheader', { name: 'Quận Hoàn Kiếm' }).waitFor();
    await expectClean(page, 'monitor');
    await desk.open('/man-hinh');
    await figure('Đã ghi danh').getByText('2', { exact: true }).waitFor();
    await take(world, an, 2, false);
    await figure('Lượt đã xong').getByText('3', { exact: true }).waitFor();
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
    await expectClean(page, 'wall');
  });
});

describe('week two', () => {
  test('on Monday the report of last week is there, and its files say what the page says', async () => {
    stage.server.clock.advance(WEEK);
    await worked();
    await desk.open('bao-cao');
    await page.getByRole('heading', { name: '01/08/2022 – 07/08/2022' }).waitFor();
    const row = (name: string) => page.locator('tbody tr', { has: page.getByRole('rowheader', { name }) });
    await expect
      .poll(() => row('Quận Hoàn Kiếm').getByRole('cell').allTextContents())
      .toEqual(expect.arrayContaining(['2', '3', '10', '20\u00a0%', '+2']));
    await expect.poll(() => row('Sở Tư pháp').getByRole('cell').first().textContent()).toContain('0');
    await expectClean(page, 'report');

    const file = (name: string) =>
      desk.saved(async () => {
        await desk.press('Tải báo cáo');
        await page.getByRole('menuitem', { name }).click();
      });
    const xlsx = await file('Excel (XLSX)');
    expect(xlsx.name).toBe('bao-cao-2022-08-01.xlsx');
    const cells = await cellsOf(xlsx.bytes, [2, 4, 5, 6, 7]);
    expect(cells).toContainEqual(['Quận Hoàn Kiếm', 2, 3, 10, 0.2]);
    expect(cells).toContainEqual(['Sở Tư pháp', 0, 0, 10, 0]);
    expect(cells.at(-1)).toEqual(['Tổng cộng', 2, 3, 20, 0.1]);
    const words = wordsOf((await file('Word (DOCX)')).bytes);
    expect(words).toContain('Kỳ báo cáo: 01/08/2022 – 07/08/2022.');
    expect(words).toContain(
      '2 người dự thi với 3 lượt thi, đạt 10% số thành viên, tăng 2 người so với kỳ trước.',
    );
    const pdf = await file('Bản in (PDF)');
    expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.bytes.length).toBeGreaterThan(10_000);

    await page.getByLabel('Sắp theo').selectOption({ label: 'Khối' });
    await row('Khối quận').first().waitFor();
    await desk.press('Hẹn báo cáo');
    await page.getByLabel('Gửi đến các địa chỉ thư').fill('sai địa chỉ');
    await desk.press('Hẹn');
    await page.getByText('“sai” chưa phải là địa chỉ thư.').waitFor();
    await page.getByLabel('Gửi đến các địa chỉ thư').fill('vanphong@thanhuy.example.vn');
    await desk.press('Hẹn');
    await page.getByText('Thứ Hai hằng tuần, 07:30').waitFor();
  });

  test('a reported question’s key is put right in the open, and who reported it is answered', async () => {
    const { body: before } = await an.get(`/api/attempts/${attempt}/result`);
    const wrong = before.questions.findIndex(
      ({ marks, prompt }: { marks: number; prompt: { multiple: boolean } }) =>
        marks === 0 && !prompt.multiple,
    );
    const chosen: string = before.questions[wrong].prompt.options[0];
    const citizen = await stage.visit({ as: an });
    await citizen.open(`/luot-thi/${attempt}/ket-qua`);
    await citizen.page.getByRole('button', { name: `Báo lỗi câu hỏi ${wrong + 1}`, exact: true }).click();
    await citizen.page.getByRole('button', { name: 'Gửi báo lỗi' }).click();
    await citizen.page.getByText('Xin chọn một lý do.').waitFor();
    await citizen.page.getByLabel('Đáp án sai').check();
    await citizen.page.getByLabel('Nói rõ hơn').fill(COMPLAINT);
    await expectClean(citizen.page, 'reporting');
    await citizen.page.getByRole('button', { name: 'Gửi báo lỗi' }).click();
    await citizen.page.getByText(/Bạn đã báo lỗi lúc/).waitFor();

    await desk.open('khac-phuc');
    await page.getByText('1 người báo').waitFor();
    await desk.press('Khắc phục câu này');
    await page.getByText('Đáp án mới', { exact: true }).waitFor();
    await page.getByRole('radio', { name: new RegExp(`^[A-H]\\. ${escaped(chosen)}$`) }).check();
    await desk.press('Xem trước');
    await page.getByRole('heading', { name: 'Nếu áp dụng' }).waitFor();
    await page.getByText('Nguyễn Văn An').first().waitFor();
    await expectClean(page, 'remedy preview');
    await page.getByLabel('Lý do').fill('Văn bản gốc ghi khác');
    await page.getByLabel('Thông báo trên trang cuộc thi').fill('Đáp án một câu được sửa, đã chấm lại.');
    await desk.press('Áp dụng');
    await page.getByText('Văn bản gốc ghi khác').waitFor();
    await worked();
    await page.getByText(/Đã xem \d+ bài, \d+ bài đổi điểm/).waitFor();
    await page.getByRole('button', { name: /^Xem và trả lời/ }).click();
    await page.getByText(COMPLAINT).waitFor();
    await page.getByLabel('Đã tiếp nhận, sửa').check();
    await page.getByLabel('Trả lời người đã báo').fill('Cảm ơn bạn. Đáp án đã được sửa.');
    await expectClean(page, 'remedies');
    await desk.press('Lưu trả lời');
    await page.getByText('Đã dẫn tới một việc khắc phục').waitFor();

    const board = stage.server.app.boards.boards.get(`round-${world.contest.round}`);
    const best = async () => (await board?.staff.page(0, 2))?.map(({ standing }) => standing.marks);
    expect(await best()).toContain(before.marks + 100);
    await citizen.open(`/luot-thi/${attempt}/ket-qua`);
    await citizen.page.getByText('Cảm ơn bạn. Đáp án đã được sửa.').waitFor();
    await citizen.page.getByText('Đáp án câu này đã được sửa').waitFor();
    await citizen.open('/luot-thi');
    await citizen.page.getByText('1 câu đã có trả lời').waitFor();
    await citizen.open(`/cuoc-thi/${world.contest.slug}`);
    await citizen.page.getByText('Đáp án một câu được sửa, đã chấm lại.').waitFor();
    await expectClean(citizen.page, 'contest with a notice');
    await citizen.context.close();

    await desk.press('Hoàn tác');
    await page.getByRole('dialog').getByText('Nguyễn Văn An').first().waitFor();
    await desk.decide('Hoàn tác', 'Kiểm tra lại thì đáp án cũ đúng');
    await page
      .getByText(/Đã hoàn tác \d/)
      .first()
      .waitFor();
    await worked();
    expect((await an.get(`/api/attempts/${attempt}/result`)).body.marks).toBe(before.marks);
  });

  test('rows go out with a reason and without names unless asked, and the log tells of it', async () => {
    await desk.open('bao-cao');
    await desk.press('Chọn và xuất');
    await page.getByLabel('Lý do').fill('Đối chiếu số liệu tuần');
    const csv = await desk.saved(() => desk.press('Xuất tệp'));
    expect(csv.name).toBe('luot-thi.csv');
    const [head = '', ...lines] = csv.bytes.toString('utf8').trim().split('\r\n');
    expect(head).toContain('Số báo danh');
    expect(head).not.toContain('Họ và tên');
    expect(lines).toHaveLength(3);
    const admin = await (await new Caller(stage.server).register()).become('admin');
    const reader = await stage.visit({ width: 1920, as: admin });
    await reader.open('/ban-lam-viec/tu-dien-du-lieu');
    await reader.page.getByRole('rowheader', { name: 'Mã lượt' }).first().waitFor();
    await expectClean(reader.page, 'dictionary');
    await reader.open('/ban-lam-viec/nhat-ky');
    await reader.page.getByLabel('Việc', { exact: true }).selectOption({ label: 'Xuất dữ liệu từng dòng' });
    await reader.page.getByText('Đối chiếu số liệu tuần').waitFor();
    await expect.poll(() => reader.page.locator('tbody tr').count()).toBe(1);
    await reader.page.getByRole('button', { name: 'Kiểm tra chuỗi' }).click();
    await reader.page.getByText('Chuỗi nguyên vẹn').waitFor();
    await expectClean(reader.page, 'log');
    await reader.context.close();
  });
});

describe('after week four', () => {
  let players: Player[];
  let last = '';

  beforeAll(async () => {
    const { contest, units } = world;
    const { body } = await contest.owner.get(`/api/desk/contests/${contest.id}`);
    last = body.rounds[3].id;
    stage.server.clock.advance(2 * WEEK);
    players = [];
    for (const [i, name] of NAMES.entries()) {
      const plan = { name, marks: 1000 - 100 * Math.floor(i / 2), tookMs: 60_000 + 1000 * i };
      players.push(await play(stage.server, contest, { ...plan, unit: units[WARD] ?? '' }, last));
    }
    await settle(stage.server, contest);
  });

  test('provisional results are declared with a snapshot, and the public board says so', async () => {
    await desk.open('ket-qua', 'Công bố');
    const round = page.getByRole('region', { name: 'Tuần 4' });
    await round.getByRole('button', { name: 'Công bố tạm thời' }).click();
    await desk.decide('Công bố tạm thời', REASON);
    await desk.told('Đã công bố.');
    await page.getByText('1 · Tạm thời').waitFor();
    await expectClean(page, 'standings');
  });

  test('winners are decided, explained and published; the notice says who they are', async () => {
    await desk.open('ket-qua', 'Đoạt giải');
    await desk.press('Xét giải');
    await desk.decide('Xét giải', REASON);
    await desk.told('Đã xét giải.');
    await page
      .getByText(/làm bài nhanh hơn \(1 phút/)
      .first()
      .waitFor();
    await expectClean(page, 'winners');
    await desk.press('Công bố danh sách');
    await desk.decide('Công bố danh sách', REASON);
    await desk.told('Đã công bố danh sách đoạt giải.');
    const file = async (format: string) => {
      const query = `board=round-${last}&format=${format}`;
      const url = `/api/desk/contests/${world.contest.id}/notice?${query}`;
      return (await desk.visitor.context.request.get(url)).body();
    };
    const words = wordsOf(await file('docx'));
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
    expect((await file('pdf')).subarray(0, 4).toString()).toBe('%PDF');
  });

  test('everybody sees that results are provisional, the winners, and why each stands there', async () => {
    const citizen = await stage.visit();
    await citizen.open(`/cuoc-thi/${world.contest.slug}/bang-xep-hang?vong=4`);
    await citizen.page.getByText('Kết quả tạm thời').first().waitFor();
    await citizen.open(`/cuoc-thi/${world.contest.slug}`);
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
    await desk.open('ket-qua', 'Công bố');
    const round = page.getByRole('region', { name: 'Tuần 4' });
    await round.getByRole('button', { name: 'Công bố chính thức' }).click();
    await desk.decide('Công bố chính thức', REASON);
    await desk.told('Đã công bố.');
    await page.getByText('2 · Chính thức').waitFor();
    await desk.press('So với lần trước');
    await page.getByRole('dialog').getByText('Hai lần chụp giống nhau.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Đóng' }).last().click();
  });

  test('a certificate is designed, made and verified by whoever holds it', async () => {
    await desk.open('ket-qua', 'Giấy chứng nhận');
    await desk.press('Lưu mẫu');
    await desk.told('Đã lưu mẫu.');
    await desk.press('Xem thử');
    await page.getByRole('link', { name: 'Mở: PDF' }).waitFor();
    await desk.press('Cấp giấy chứng nhận');
    await page.getByRole('dialog').getByText('Máy chủ làm trong nền').waitFor();
    await desk.decide('Cấp giấy chứng nhận', REASON);
    await page.getByText('2 trên 2 giấy').first().waitFor();
    await expectClean(page, 'certificates');
    await desk.press('Xem danh sách');
    const link = page.getByRole('link', { name: 'Trang xác minh' }).first();
    const anybody = await stage.visit();
    await anybody.open((await link.getAttribute('href')) ?? '');
    await anybody.page.getByText('Giấy chứng nhận có thật').waitFor();
    await anybody.page.getByText(NAMES[0] ?? '', { exact: true }).waitFor();
    await expectClean(anybody.page, 'verification');
    await anybody.page.getByLabel('Mã xác minh').fill('2S-00000-00000-00000-00000');
    await anybody.page.getByRole('button', { name: 'Xác minh' }).click();
    await anybody.page.getByText(/Không có giấy chứng nhận nào mang mã này/).waitFor();
    await anybody.context.close();
  });

  test('a protest is answered with the dossier, which the person reads as well, and finds by code', async () => {
    await desk.open('ket-qua', 'Hồ sơ lượt thi');
    await page.getByLabel('Tìm lượt thi').fill('tran van binh');
    await desk.press('Tìm');
    await desk.press('Mở hồ sơ');
    await page.getByText('Hạng 2 trên 4 người.').waitFor();
    await page.getByText(/Lượt thi ở hạng 1 xếp trên lượt thi này: làm bài nhanh hơn/).waitFor();
    await expectClean(page, 'dossier');

    const [, second] = players;
    if (second === undefined) throw new Error('nobody came second');
    const citizen = await stage.visit({ as: second.visitor });
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
});

/** Cells of the first sheet in some columns, row by row. */
async function cellsOf(xlsx: Buffer, columns: readonly number[]): Promise<unknown[][]> {
  const book = new Excel.Workbook();
  await book.xlsx.load(new Uint8Array(xlsx).buffer);
  const rows: unknown[][] = [];
  book.worksheets[0]?.eachRow((line) => {
    rows.push(columns.map((column) => line.getCell(column).value));
  });
  return rows;
}

/** What a Word file says, without its tags. */
function wordsOf(docx: Buffer): string {
  const body = unzipSync(new Uint8Array(docx))['word/document.xml'] ?? new Uint8Array();
  return strFromU8(body).replace(/<[^>]+>/g, '');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
