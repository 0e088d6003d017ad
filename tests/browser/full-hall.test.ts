/**
 * A full hall: hundreds of people with long names in long units, of whom many share a place. On the wall nothing is cut off
 * and nothing too small, on a projector of 4:3 and of 16:9; the host's phone holds the list of them all.
 */
import { beforeAll, expect, test } from 'vitest';
import {
  cutTexts,
  isAbove,
  problemsInEveryLook,
  type Stage,
  sidewaysPx,
  startStage,
  type Visitor,
} from '../harness/browser.ts';
import { LiveHall } from '../harness/live-hall.ts';

const PEOPLE = 240;
const UNITS = [
  'Đảng bộ Trường Đại học Khoa học Xã hội và Nhân văn Hà Nội',
  'Công đoàn ngành Nông nghiệp và Phát triển nông thôn Thủ đô',
  'Hội Liên hiệp Phụ nữ phường Hoàng Mai – Vĩnh Hưng',
];
const walls = [
  { width: 1024, height: 768 },
  { width: 1920, height: 1080 },
];
const name = (i: number): string => `Công Tằng Tôn Nữ Phương Nguyệt Quỳnh ${i + 1}`;

let stage: Stage;
let hall: LiveHall;
let host: Visitor;
let wall: Visitor;
let live: string;
let tokens: string[];

const next = (label: string | RegExp) => host.page.getByRole('button', { name: label }).first().click();
const onWall = (text: string | RegExp) => wall.page.getByText(text).first().waitFor();
/** "0/240", and not the end of "240/240". */
const noneOf = (people: number) => new RegExp(`(^|\\D)0/${people}`);
const answers = (answerOf: (place: number) => unknown) => hall.answer(live, tokens, answerOf);

/** At both shapes of a wall: every text is whole, and none is lower than so many hundredths of the window's height. */
async function expectReadable(what: string, least = 1.2): Promise<void> {
  for (const size of walls) {
    await wall.page.setViewportSize(size);
    const smallest = () =>
      wall.page.locator('.hall').evaluate((screen) => {
        const sizes = [...screen.querySelectorAll<HTMLElement>(':scope > :not(.controls) *')]
          .filter(({ childNodes }) =>
            [...childNodes].some((node) => node.nodeType === 3 && node.nodeValue?.trim()),
          )
          .map((element) => Number.parseFloat(getComputedStyle(element).fontSize));
        return (100 * Math.min(...sizes)) / innerHeight;
      });
    await expect
      .poll(async () => [what, size.width, await cutTexts(wall.page, '.hall'), (await smallest()) >= least])
      .toEqual([what, size.width, [], true]);
  }
  expect([what, await problemsInEveryLook(wall.page, [1024])]).toEqual([what, []]);
}

beforeAll(async () => {
  stage = await startStage();
  hall = await LiveHall.prepare(stage);
  const quick = { readSeconds: 0, seconds: 600, shuffleOptions: false, reveal: 'auto' };
  const clouds = [{ stem: 'Thủ đô năm 2045 trong mắt đồng chí là thành phố thế nào?', words: 1, length: 60 }];
  const opened = await hall.open(
    'Rung chuông vàng tìm hiểu Nghị quyết số 15-NQ/TW',
    [
      hall.part('bell', 'Rung chuông vàng', { ...quick, questions: hall.asks(0), columns: 10 }),
      hall.part('cloud', 'Mong muốn', { clouds, seconds: 600 }),
    ],
    {
      filterNames: false,
      boardLines: 3,
      teams: { mode: 'own', formedBy: 'players', score: 'mean', names: UNITS },
    },
  );
  live = opened.live;
  host = await stage.visit();
  await hall.signIn(host.context);
  await host.open(`/dieu-khien/${live}`);
  await host.page.getByText('Bạn đang điều khiển').waitFor();
  wall = await stage.visit({ width: 1920 });
  await hall.signIn(wall.context);
  await wall.page.goto(`/man-chieu/${live}`);
  const names = Array.from({ length: PEOPLE }, (_, i) => name(i));
  tokens = await hall.fill(opened.pin, names, UNITS.length);
});

test("the host's phone lists everybody in little room, finds one, and keeps nothing under its button", async () => {
  const { page } = host;
  await page.getByRole('tab', { name: /Người chơi/ }).click();
  await page.getByText(`50/${PEOPLE} người`).waitFor();
  const rows = page.locator('tbody tr');
  const heights = await rows.evaluateAll((all) => all.map((row) => row.getBoundingClientRect().height));
  expect(Math.max(...heights)).toBeLessThan(135);
  expect(await problemsInEveryLook(page, [360])).toEqual([]);
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  const more = page.getByRole('button', { name: 'Xem thêm' });
  await expect.poll(() => isAbove(more, page.locator('.next'))).toBe(true);
  await more.click();
  await page.getByText(`100/${PEOPLE} người`).waitFor();
  await page.getByLabel('Tìm theo tên hoặc số').fill('217');
  await page.getByText(name(216)).waitFor();
  // The keyboard covers the lower half: what was found stands above it.
  const found = await page.getByText(name(216)).boundingBox();
  expect(found === null ? null : found.y + found.height).toBeLessThan(370);
  expect(await sidewaysPx(page)).toBe(0);
});

test('the floor holds every seat in rows of ten, and numbers are read from afar', async () => {
  await next('Bắt đầu');
  await onWall(`Còn ${PEOPLE}/${PEOPLE} người trên sàn`);
  expect(await wall.page.locator('.floor li').count()).toBe(PEOPLE);
  await expectReadable('floor');
});

test('at the reveal the small floor shows who is out', async () => {
  await next('Hỏi câu 1/1');
  await onWall(noneOf(PEOPLE));
  await answers((place) => (place % 3 === 0 ? [0] : [1]));
  await onWall(`Còn ${(PEOPLE * 2) / 3}/${PEOPLE} người trên sàn`);
  expect(await wall.page.locator('.floor li.out').count()).toBe(PEOPLE / 3);
  await expectReadable('reveal');
});

test('names, units and points stand beside each other on the board', async () => {
  await next('Hiện bảng xếp hạng');
  await onWall('Điểm các đội');
  for (const unit of UNITS) await onWall(unit);
  await expectReadable('board');
  await next('Ẩn bảng xếp hạng');
});

test('a cloud of whole sentences, all different, leaves the question large and is whole itself', async () => {
  await next('Sang phần tiếp theo');
  await next('Hỏi câu 1/1');
  await onWall(noneOf(PEOPLE));
  await answers((place) => [`văn hiến, văn minh, hiện đại, xanh và nghĩa tình thứ ${place + 1}`]);
  await onWall(/ý kiến khác/);
  await expectReadable('cloud', 1.8);
});

test('whoever shares a place stands on it, counted where there are too many, beside the units', async () => {
  await next('Công bố chung cuộc');
  for (let place = 3; place >= 1; place--) await next('Công bố hạng kế tiếp');
  await onWall('Đồng hạng Nhất');
  await onWall(`và ${(PEOPLE * 2) / 3 - 6} người nữa`);
  await onWall('Không có');
  for (const unit of UNITS) await onWall(unit);
  await expectReadable('podium');
  expect(await isAbove(wall.page.locator('.steps'), wall.page.locator('.podium section'))).toBe(true);
});
