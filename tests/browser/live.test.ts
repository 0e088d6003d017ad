/**
 * A whole live contest in a real browser: an organiser builds it, a host steers by clicker and by phone, the screen shows
 * it, three phones play over plain HTTP at an address of the network, in every kind of stage and question. Axe finds nothing.
 */
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { judge, pairUp, putInOrder, textsOf } from '../harness/answering.ts';
import { isAbove, problemsInEveryLook, type Stage, startStage, type Visitor } from '../harness/browser.ts';
import { LiveHall, lanAddress } from '../harness/live-hall.ts';

let stage: Stage;
let hall: LiveHall;
/** Where phones are: not a secure context. */
let lan: string;
let host: Visitor;
let screen: Visitor;
let phones: Visitor[] = [];

const shots = process.env.LIVE_SHOTS;
/** A picture to look at, where a folder is given. */
async function shot(page: Page, name: string): Promise<void> {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/${name}.png` });
  if (!name.startsWith('screen')) return;
  const before = page.viewportSize();
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.waitForTimeout(300);
  await page.screenshot({ path: `${shots}/${name.replace('1920', '1024')}.png` });
  await page.emulateMedia({ colorScheme: 'light' });
  if (before !== null) await page.setViewportSize(before);
}

/** The wall redraws itself every second: what is found is looked at once more, since a real fault stays. */
async function expectClean(page: Page, what: string, widths: readonly number[]): Promise<void> {
  let found = await problemsInEveryLook(page, widths);
  if (found.length > 0) found = await problemsInEveryLook(page, widths);
  expect([what, found]).toEqual([what, []]);
}

const next = (label: string | RegExp) => host.page.getByRole('button', { name: label }).first().click();
const phone = (index: number): Page => {
  const found = phones[index];
  if (found === undefined) throw new Error(`no phone ${index}`);
  return found.page;
};
const everyPhone = (deed: (page: Page, index: number) => Promise<unknown>) =>
  Promise.all(phones.map(({ page }, index) => deed(page, index)));
/** The last word of the server: the answer is locked in. */
const locked = (page: Page) => page.getByText('Đã khóa câu trả lời').waitFor();
/** Presses a key of the clicker, and waits until the console knows what came of it: the next press is about that. */
async function clicked(key: string): Promise<void> {
  const console = host.page.locator('.console');
  const before = Number(await console.getAttribute('data-version'));
  await host.page.keyboard.press(key);
  await host.page.waitForFunction(
    (seen) => Number(document.querySelector<HTMLElement>('.console')?.dataset.version) > seen,
    before,
  );
}
const onScreen = (text: string | RegExp) => screen.page.getByText(text).first().waitFor();

beforeAll(async () => {
  stage = await startStage({}, undefined, '0.0.0.0');
  hall = await LiveHall.prepare(stage);
  const port = new URL(stage.origin).port;
  lan = `http://${lanAddress() ?? '127.0.0.1'}:${port}`;
  host = await stage.visit({ width: 1920 });
  await hall.signIn(host.context);
});

async function seat(live: string, pin: string, names: readonly string[]): Promise<void> {
  await host.open(`/dieu-khien/${live}`);
  await host.page.getByText('Bạn đang điều khiển').waitFor();
  screen = await stage.visit({ width: 1920 });
  await hall.signIn(screen.context);
  await screen.page.goto(`/man-chieu/${live}`);
  await screen.page.getByAltText('Mã QR để vào phòng').waitFor();
  phones = [];
  for (const name of names) {
    const visitor = await stage.visit({ origin: lan });
    await visitor.open('/vao');
    await visitor.page.getByLabel('Mã phòng').fill(pin);
    await visitor.page.getByLabel('Tên của bạn').fill(name);
    await visitor.page.getByRole('button', { name: 'Vào phòng' }).click();
    await visitor.page.getByRole('heading', { name: 'Bạn đã vào phòng' }).waitFor();
    phones.push(visitor);
  }
}
async function leave(): Promise<void> {
  await Promise.all([screen, ...phones].map(({ context }) => context.close()));
}

describe('building', () => {
  let page: Page;
  beforeAll(() => {
    ({ page } = host);
  });

  test('title, form and bank make a session that is ready to open', async () => {
    await host.open('/ban-lam-viec/truc-tiep');
    await page.getByRole('button', { name: 'Tạo phiên mới' }).first().click();
    await page.getByLabel('Tên phiên').fill('Rung chuông vàng ngày hội');
    await shot(page, 'new-1920');
    await page.getByLabel('Ngân hàng câu hỏi').selectOption({ label: 'Ngân hàng của hội trường' });
    await page.getByLabel('Số câu hỏi').fill('3');
    await page.getByRole('button', { name: 'Tạo bản nháp' }).click();
    await page.getByRole('heading', { level: 1, name: 'Rung chuông vàng ngày hội' }).waitFor();
    await page.getByText('Sẵn sàng mở phòng').waitFor();
    await expectClean(page, 'builder', [360, 1920]);
    await shot(page, 'builder-1920');
  });

  test('every kind of stage has a form; questions are chosen by hand', async () => {
    for (const kind of [
      'Rung chuông vàng',
      /Bình chọn|Thăm dò|Hỏi ý kiến|ý kiến/i,
      /Đám mây/i,
      'Nghỉ giữa giờ',
    ]) {
      await page.getByRole('button', { name: 'Thêm phần' }).click();
      await page.getByRole('menuitem', { name: kind }).first().click();
      await expect.poll(() => page.getByText('Trang này chưa có mẫu').count()).toBe(0);
      await expectClean(page, `form of ${kind}`, [360]);
    }
    await page.getByRole('button', { name: /^2\. / }).click();
    await page.getByRole('button', { name: 'Chọn câu hỏi' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Ngân hàng câu hỏi').selectOption({ label: 'Ngân hàng của hội trường' });
    await dialog.getByLabel('Tìm trong câu hỏi và mã').fill('thu do cua nuoc ta');
    await dialog.getByText('2 câu', { exact: true }).waitFor();
    await dialog.getByRole('button', { name: 'Thêm' }).first().click();
    await dialog.getByText('Đã thêm').waitFor();
    await expectClean(page, 'picker', [360]);
    await shot(page, 'picker-1920');
    await dialog.getByRole('button', { name: /Đóng \(/ }).click();
    await page.getByText('1 câu đã chọn').waitFor();
    await page.getByRole('button', { name: 'Lưu', exact: true }).click();
    await page.getByRole('button', { name: 'Lưu', exact: true }).waitFor({ state: 'detached' });
    await page.getByText('Sẵn sàng mở phòng').waitFor();
    await shot(page, 'builder-bell-1920');
    await page.getByRole('tab', { name: 'Phòng' }).click();
    await expectClean(page, 'room', [360, 1920]);
  });

  test('opening gives a PIN and leads to the console', async () => {
    await page.getByRole('button', { name: 'Mở phòng' }).click();
    await page.getByText('Bạn đang điều khiển').waitFor();
    await page.getByText('Địa chỉ để điện thoại mở').waitFor();
    await expect.poll(() => page.getByText(lan).count()).toBeGreaterThan(0);
    await expectClean(page, 'console', [360, 1920]);
    await shot(page, 'console-lobby-1920');
  });
});

describe('a quick quiz of every kind of question', () => {
  test('people come in with a PIN and a name, where browsers offer no secure context', async () => {
    const quick = { readSeconds: 0, seconds: 60, shuffleOptions: false, reveal: 'host' };
    const { live, pin } = await hall.open('Hội thi Thủ đô', [
      hall.part('quiz', 'Khởi động', {
        ...quick,
        questions: hall.asks(0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
        board: 'host',
      }),
    ]);
    await seat(live, pin, ['Lan', 'Minh', 'Hoa']);
    await expect.poll(() => phone(0).evaluate(() => window.isSecureContext)).toBe(lan.includes('127.0.0.1'));
    await onScreen('Hoa');
    await expectClean(screen.page, 'screen, lobby', [1024, 1920]);
    await expectClean(phone(0), 'phone, lobby', [360]);
    await shot(screen.page, 'screen-lobby-1920');
    await shot(phone(0), 'phone-lobby-360');
  });

  test('the first tap locks in, said only after the server has it; a reload changes nothing', async () => {
    await next('Bắt đầu');
    await phone(0).getByRole('heading', { name: 'Khởi động' }).waitFor();
    await next('Hỏi câu 1/10');
    await phone(0)
      .getByRole('button', { name: /B Nghị quyết 15/ })
      .waitFor();
    await expectClean(screen.page, 'screen, question', [1024, 1920]);
    await shot(screen.page, 'screen-question-1920');
    await expectClean(phone(2), 'phone, question', [360]);
    await shot(phone(2), 'phone-question-360');
    await phone(0)
      .getByRole('button', { name: /B Nghị quyết 15/ })
      .click();
    await locked(phone(0));
    await phone(0).reload();
    await locked(phone(0));
    expect(
      await phone(0)
        .getByRole('button', { name: /B Nghị quyết 15/ })
        .getAttribute('aria-pressed'),
    ).toBe('true');
    await onScreen('1/3');
    // By the keyboard: letters are the buttons.
    await phone(1).keyboard.press('a');
    await locked(phone(1));
    await shot(phone(1), 'phone-locked-360');
    await host.page.getByText('2/3 đã trả lời').waitFor();
    await expectClean(host.page, 'console, question', [360, 1920]);
    await shot(host.page, 'console-question-1920');
  });

  test('closing early tells the late one; the reveal brings points, rank and the chart', async () => {
    await next('Chốt câu trả lời ngay');
    await next('Công bố đáp án');
    await phone(0).getByRole('heading', { name: 'Đúng rồi!' }).waitFor();
    await phone(1).getByRole('heading', { name: 'Chưa đúng' }).waitFor();
    await phone(2).getByRole('heading', { name: 'Bạn không trả lời câu này.' }).waitFor();
    await phone(0).getByText('1/3').first().waitFor();
    await onScreen('1/3 người trả lời đúng');
    await expectClean(screen.page, 'screen, reveal', [1024, 1920]);
    await shot(screen.page, 'screen-reveal-1920');
    await expectClean(phone(0), 'phone, reveal', [360]);
    await shot(phone(0), 'phone-right-360');
    await shot(phone(1), 'phone-wrong-360');
  });

  test('true or false, several, short text, number, estimate, order, pairs, statements and gaps are answered too', async () => {
    const asked = async (
      n: number,
      answer: (page: Page) => Promise<unknown>,
      verdict: RegExp = /Đúng rồi/,
      look = '',
    ): Promise<void> => {
      await next(`Hỏi câu ${n}/10`);
      if (look !== '') {
        await phone(0).getByRole('button', { name: 'Gửi câu trả lời' }).waitFor();
        await expectClean(phone(0), `phone, ${look}`, [360]);
        await shot(phone(0), `phone-${look}-360`);
        await shot(screen.page, `screen-${look}-1920`);
      }
      await everyPhone(async (page) => {
        await answer(page);
        await locked(page);
      });
      await next('Công bố đáp án');
      await everyPhone((page) => page.getByRole('heading', { name: verdict }).waitFor());
    };
    const send = (page: Page) => page.getByRole('button', { name: 'Gửi câu trả lời' }).click();
    const sent = (answer: (page: Page) => Promise<unknown>) => async (page: Page) => {
      await answer(page);
      await send(page);
    };
    const typed = (text: string) => sent((page) => page.getByRole('textbox').fill(text));
    await asked(2, (page) => page.getByRole('button', { name: /A Đúng/ }).click());
    await asked(
      3,
      sent(async (page) => {
        await page.getByRole('button', { name: /A Hoàn Kiếm/ }).click();
        await page.getByRole('button', { name: /C Sơn Tây/ }).click();
      }),
    );
    // Two may be chosen by each: shares are of the people, not of what they pressed.
    await expect.poll(() => textsOf(screen.page.locator('.share'))).toEqual(['100 %', '0 %', '100 %', '0 %']);
    await asked(4, (page) => typed(page === phone(2) ? 'Huế' : 'hà nội')(page), /Đúng rồi|Chưa đúng/);
    // What people typed says by itself whether it was right, to the hall and to the host.
    for (const { page } of [screen, host])
      await expect
        .poll(() => textsOf(page.locator('li').filter({ has: page.locator('.mark') })))
        .toEqual(
          page === host.page ? ['hà nội Đúng 2', 'Huế Chưa đúng 1'] : ['hà nội 2 Đúng', 'Huế 1 Chưa đúng'],
        );
    await expectClean(screen.page, 'screen, reveal of texts', [1024, 1920]);
    await expectClean(host.page, 'console, reveal of texts', [360]);
    await shot(screen.page, 'screen-text-reveal-1920');
    await shot(host.page, 'console-text-reveal-1920');
    await asked(5, typed('126'));
    await asked(6, typed('1950'), /Chưa đúng/);
    const events = ['1010: Thăng Long', '1831: tỉnh Hà Nội', '1945: Ba Đình'];
    await asked(
      7,
      sent((page) => putInOrder(page, events)),
      /Đúng rồi/,
      'ordering',
    );
    await expect
      .poll(() => textsOf(screen.page.locator('.key li')))
      .toEqual(events.map((text, i) => `${i + 1}. ${text}`));
    const pairs = { 'Hồ Gươm': 'Hoàn Kiếm', 'Lăng Bác': 'Ba Đình' };
    await asked(
      8,
      sent((page) => pairUp(page, pairs)),
      /Đúng rồi/,
      'matching',
    );
    await onScreen('Hoàn Kiếm');
    await asked(
      9,
      sent((page) => judge(page, [true, true])),
      /Đúng một phần/,
      'statements',
    );
    await phone(0).getByText('Bạn trả lời').waitFor();
    await expectClean(phone(0), 'phone, reveal of statements', [360]);
    await expectClean(screen.page, 'screen, reveal of statements', [1024, 1920]);
    const gap = (page: Page, place: number) => page.getByLabel(`Chỗ trống ${place}`);
    await asked(
      10,
      sent(async (page) => {
        await gap(page, 1).selectOption({ label: 'Hà Nội' });
        await gap(page, 2).fill(page === phone(2) ? '9' : '10');
        if (page === phone(2)) return;
        // Enter leads on to the next gap: half an answer is not locked in.
        await page.keyboard.press('Enter');
        await page.keyboard.type('hồ chí minh');
      }),
      /Đúng rồi|Đúng một phần/,
      'cloze',
    );
    await expect
      .poll(() => textsOf(screen.page.locator('h1 .gap.right')))
      .toEqual(['Chỗ trống 1: Hà Nội', 'Chỗ trống 2: 10', 'Chỗ trống 3: Hồ Chí Minh']);
    await expect
      .poll(() => textsOf(screen.page.locator('.marked li')))
      .toEqual(['Hà Nội · 10 · hồ chí minh 2 Đúng', 'Hà Nội · 9 · – 1 Đúng một phần']);
    await phone(2).getByRole('heading', { name: 'Đúng một phần' }).waitFor();
    await shot(screen.page, 'screen-cloze-reveal-1920');
    await shot(phone(2), 'phone-cloze-partly-360');
    await expectClean(phone(2), 'phone, reveal of gaps', [360]);
    await expectClean(screen.page, 'screen, reveal of gaps', [1024, 1920]);
  });

  test('a question is taken back and points are adjusted, each with a reason', async () => {
    await host.page.getByText('Việc khác', { exact: true }).click();
    await host.page.getByRole('button', { name: 'Hủy câu này' }).click();
    const reason = host.page.getByRole('dialog').getByRole('textbox', { name: 'Lý do' });
    await reason.fill('Đề in nhầm');
    await host.page.getByRole('dialog').getByRole('button', { name: 'Hủy câu này' }).click();
    await phone(0).getByRole('heading', { name: 'Câu này đã hủy, không tính điểm.' }).waitFor();
    await reason.waitFor({ state: 'detached' });
    await host.page.getByRole('tab', { name: /Người chơi/ }).click();
    await host.page.getByRole('button', { name: 'Việc với Hoa' }).click();
    await host.page.getByRole('menuitem', { name: 'Cộng, trừ điểm' }).click();
    const dialog = host.page.getByRole('dialog');
    await dialog.getByLabel('Số điểm').fill('20000');
    await dialog.getByRole('textbox', { name: 'Lý do' }).fill('Thưởng tiết mục văn nghệ');
    await dialog.getByRole('button', { name: 'Xác nhận' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await phone(2)
      .getByText(/2\d\.\d{3} điểm/)
      .waitFor();
    await expectClean(host.page, 'console, players', [360, 1920]);
    await shot(host.page, 'console-players-1920');
  });

  test('the leaderboard, by clicker; the podium from the third up; the end', async () => {
    await host.page.locator('h1').click();
    await clicked('b');
    await onScreen('Bảng xếp hạng');
    await onScreen('Hoa');
    await expectClean(screen.page, 'screen, board', [1024, 1920]);
    await shot(screen.page, 'screen-board-1920');
    await clicked('PageDown');
    await host.page
      .getByRole('button', { name: 'Công bố hạng kế tiếp' })
      .or(host.page.getByRole('button', { name: 'Công bố chung cuộc' }))
      .waitFor();
    if (await host.page.getByRole('button', { name: 'Công bố chung cuộc' }).isVisible())
      await clicked('PageDown');
    for (let place = 3; place >= 1; place--) {
      await host.page.getByRole('button', { name: 'Công bố hạng kế tiếp' }).waitFor();
      await clicked('PageDown');
      await screen.page.locator(`.place-${place}.shown`).waitFor();
    }
    await expectClean(screen.page, 'screen, podium', [1024, 1920]);
    await shot(screen.page, 'screen-podium-1920');
    host.page.once('dialog', (dialog) => void dialog.accept());
    await next('Kết thúc phiên');
    await phone(0).getByRole('heading', { name: 'Phần thi đã kết thúc' }).waitFor();
    await expectClean(phone(0), 'phone, end', [360]);
    await host.page.getByRole('tab', { name: 'Nhật ký' }).click();
    await host.page.getByText('Thưởng tiết mục văn nghệ').waitFor();
    await expectClean(host.page, 'console, log', [360]);
    await leave();
  });
});

describe('the bell, a poll, a cloud and a break', () => {
  test('a wrong answer puts out, who is out watches, a rescue brings back', async () => {
    const quick = { readSeconds: 0, seconds: 60, shuffleOptions: false, reveal: 'auto' };
    const { live, pin } = await hall.open('Rung chuông vàng', [
      hall.part('bell', 'Rung chuông vàng', {
        ...quick,
        questions: hall.asks(0, 1),
        bestFrom: 9,
        columns: 3,
      }),
      hall.part('poll', 'Ý kiến', {}),
      hall.part('cloud', 'Mong muốn', {}),
      hall.part('pause', 'Nghỉ', { text: 'Giải lao mười phút', seconds: 600 }),
    ]);
    await seat(live, pin, ['An', 'Bình', 'Chi']);
    await next('Bắt đầu');
    await onScreen('Còn 3/3 người trên sàn');
    await shot(screen.page, 'screen-floor-1920');
    await expectClean(screen.page, 'screen, floor', [1024, 1920]);
    await next('Hỏi câu 1/2');
    await phone(0)
      .getByRole('button', { name: /B Nghị quyết 15/ })
      .click();
    await phone(1)
      .getByRole('button', { name: /B Nghị quyết 15/ })
      .click();
    await phone(2)
      .getByRole('button', { name: /A Nghị quyết 11/ })
      .click();
    await onScreen('Còn 2/3 người trên sàn');
    await shot(screen.page, 'screen-bell-reveal-1920');
    await expectClean(screen.page, 'screen, bell', [1024]);
    await next('Hỏi câu 2/2');
    await phone(2).getByText('Bạn đang theo dõi').waitFor();
    await expectClean(phone(2), 'phone, watching', [360]);
    await shot(phone(2), 'phone-watching-360');
    await everyPhone((page, index) =>
      index === 2 ? Promise.resolve() : page.getByRole('button', { name: /A Đúng/ }).click(),
    );
    await phone(0).getByRole('heading', { name: 'Đúng rồi!' }).waitFor();
    host.page.once('dialog', (dialog) => void dialog.accept());
    await next('Cứu trợ');
    await onScreen('Còn 3/3 người trên sàn');
  });

  test('a poll grows on the screen, without right or wrong', async () => {
    await next('Sang phần tiếp theo');
    await next('Hỏi câu 1/1');
    await phone(0)
      .getByRole('button', { name: /A Rất bổ ích/ })
      .click();
    await locked(phone(0));
    await screen.page.getByText('100\u00a0%').waitFor();
    await shot(screen.page, 'screen-poll-1920');
    await everyPhone((page, index) =>
      index === 0 ? Promise.resolve() : page.getByRole('button', { name: /B Bổ ích/ }).click(),
    );
    await phone(1).getByText('Cảm ơn bạn đã trả lời!').waitFor();
    await expectClean(screen.page, 'screen, poll', [1024, 1920]);
  });

  test('words make a cloud; pausing stops the clock for everybody', async () => {
    await next('Sang phần tiếp theo');
    await next('Hỏi câu 1/1');
    await phone(0).getByLabel('Từ thứ 1').fill('Văn minh');
    await phone(0).getByRole('button', { name: 'Gửi câu trả lời' }).click();
    await locked(phone(0));
    await host.page.getByRole('button', { name: 'Tạm dừng' }).click();
    await phone(1)
      .getByText(/Đồng hồ dừng ở/)
      .waitFor();
    await onScreen('Tạm dừng');
    await expectClean(phone(1), 'phone, paused', [360]);
    await shot(phone(1), 'phone-cloud-paused-360');
    await next('Tiếp tục');
    await phone(1).getByLabel('Từ thứ 1').fill('Xanh');
    await phone(1).getByLabel('Từ thứ 2').fill('văn minh');
    await phone(1).getByRole('button', { name: 'Gửi câu trả lời' }).click();
    await locked(phone(1));
    await onScreen('Xanh');
    await shot(screen.page, 'screen-cloud-1920');
    await expectClean(screen.page, 'screen, cloud', [1024, 1920]);
    await next('Chốt câu trả lời ngay');
    await phone(2).getByRole('heading', { name: 'Xin nhìn lên màn chiếu.' }).waitFor();
  });

  test('a break shows its words; another host takes control and the first one sees it', async () => {
    await next('Sang phần tiếp theo');
    await onScreen('Giải lao mười phút');
    await phone(0).getByText('Giải lao mười phút').waitFor();
    await shot(screen.page, 'screen-break-1920');
    await expectClean(screen.page, 'screen, break', [1024]);
    const other = await stage.visit();
    await hall.signIn(other.context);
    await other.open(new URL(host.page.url()).pathname);
    await other.page.getByText('Trần Dẫn Chương Trình đang điều khiển').waitFor();
    other.page.once('dialog', (dialog) => void dialog.accept());
    await other.page.getByRole('button', { name: 'Nhận điều khiển' }).click();
    await other.page.getByText('Bạn đang điều khiển').waitFor();
    await host.page.getByRole('button', { name: 'Nhận điều khiển' }).waitFor();
    await expectClean(other.page, 'remote control', [360]);
    // What went wrong is said above the one large button, never over it.
    await other.page.route('**/passes', (route) => route.abort());
    await other.page.getByRole('button', { name: 'Đường dẫn màn chiếu' }).click();
    const notice = other.page.getByRole('region', { name: 'Thông báo' }).locator('.notice');
    await expect.poll(() => isAbove(notice, other.page.locator('.next'))).toBe(true);
    await shot(other.page, 'remote-360');
    await other.context.close();
    await leave();
  });
});

describe('a phone in trouble', () => {
  test('a wrong PIN and a name that is taken are said at their box', async () => {
    const { pin } = await hall.open('Phòng thử', [hall.part('pause', 'Nghỉ')]);
    const first = await stage.visit({ origin: lan });
    await first.open('/vao');
    await first.page.getByLabel('Mã phòng').fill(pin === '000000' ? '111111' : '000000');
    await first.page.getByText('Không có phòng nào mang mã này').waitFor();
    await expectClean(first.page, 'PIN', [360, 1920]);
    await shot(first.page, 'phone-pin-360');
    await first.open(`/vao/${pin}`);
    await first.page.getByLabel('Tên của bạn').fill('Dũng');
    await shot(first.page, 'phone-name-360');
    await expectClean(first.page, 'name', [360]);
    await first.page.getByRole('button', { name: 'Vào phòng' }).click();
    await first.page.getByRole('heading', { name: 'Bạn đã vào phòng' }).waitFor();
    // The link again: straight in.
    await first.page.goto(`/vao/${pin}`);
    await first.page.getByRole('heading', { name: 'Bạn đã vào phòng' }).waitFor();
    const second = await stage.visit({ origin: lan });
    await second.open(`/vao/${pin}`);
    await second.page.getByLabel('Tên của bạn').fill('dũng');
    await second.page.getByRole('button', { name: 'Vào phòng' }).click();
    await second.page.getByText('Tên này đã có người dùng').first().waitFor();
    await Promise.all([first.context.close(), second.context.close()]);
  });

  test('a clock that is an hour wrong draws the same seconds; a lost line comes back and sends what waits', async () => {
    const quick = {
      readSeconds: 0,
      seconds: 50,
      shuffleOptions: false,
      reveal: 'host',
      closeWhenAllAnswered: false,
    };
    const { live, pin } = await hall.open('Phòng đồng hồ', [
      hall.part('quiz', 'Khởi động', { ...quick, questions: hall.asks(0, 1) }),
    ]);
    await seat(live, pin, ['Giang']);
    await next('Bắt đầu');
    await next('Hỏi câu 1/2');
    const seconds = async (page: Page): Promise<number> =>
      Number(await page.getByRole('timer').locator('b').textContent());
    await phone(0).getByRole('timer').waitFor();
    // The test server lives in 2022: the phone's own clock is years away from it.
    const [onPhone, onWall] = [await seconds(phone(0)), await seconds(screen.page)];
    expect(Math.abs(onPhone - onWall)).toBeLessThanOrEqual(1);
    expect(onPhone).toBeGreaterThan(30);
    await phones[0]?.context.setOffline(true);
    await phone(0)
      .getByRole('button', { name: /B Nghị quyết 15/ })
      .click();
    await phone(0).getByText('Chưa gửi được vì mất mạng').waitFor({ timeout: 30_000 });
    await phones[0]?.context.setOffline(false);
    await locked(phone(0));
    // A second tab of the same phone shows the same.
    const tab = await phones[0]?.context.newPage();
    await tab?.goto(`${lan}/choi/${live}`);
    await tab?.getByText('Đã khóa câu trả lời').waitFor();
    await leave();
  });
});

afterAll(() => host?.context.close());

test('no page threw or broke the content policy', () => {
  expect(stage.complaints.filter((text) => !/WebSocket|Cross-Origin-Opener-Policy/.test(text))).toEqual([]);
});
