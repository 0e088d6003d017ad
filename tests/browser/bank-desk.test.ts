/**
 * A bank with people of its own in a real browser: found, changed in bulk and taken back, sent to a named reviewer, approved;
 * then an essay of it is written, marked by two and a third, and its writer sees what came of it.
 */
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { problemsInEveryLook, type Stage, startStage, type Visitor as Window } from '../harness/browser.ts';
import { openContest, type TestContest, withoutFields } from '../harness/contest.ts';
import { Visitor } from '../harness/visitor.ts';

let stage: Stage;
let bank = '';
let contest: TestContest;
let editor: Visitor;
let reviewer: Visitor;
let markers: readonly Visitor[];
let essay = '';

const question = (code: string, stem: string, more: object = {}) => ({
  code,
  kind: 'choice',
  prompt: { stem, options: ['Hà Nội', 'Huế'], multiple: false },
  key: { right: [0] },
  explanation: '',
  citation: { document: 'Luật Thủ đô 2024', section: 'Điều 3', source: 'thử', validity: '' },
  topic: 'Quy định chung',
  difficulty: 1,
  tags: [],
  points: 100,
  ...more,
});

beforeAll(async () => {
  stage = await startStage();
  const { server } = stage;
  const come = (name: string) => new Visitor(server).register({ name });
  editor = await (await come('Trần Thị Biên Soạn')).become('editor');
  reviewer = await (await come('Lê Văn Thẩm Định')).become('reviewer');
  markers = await Promise.all(
    ['Một', 'Hai', 'Ba'].map(async (name) => (await come(`Giám Khảo ${name}`)).become('reviewer')),
  );
  const about = { slug: 'thu-do', title: 'Luật Thủ đô', description: '', licence: 'Lưu hành nội bộ' };
  bank = (await editor.post('/api/desk/banks', about)).body.id;
  await editor.post(`/api/desk/banks/${bank}/people`, { person: reviewer.uid, duty: 'reviewer' });
  const add = async (body: object) => (await editor.post(`/api/desk/banks/${bank}/questions`, body)).body.id;
  await add(question('td-1', 'Thủ đô nước Cộng hòa xã hội chủ nghĩa Việt Nam là thành phố nào?'));
  await add(
    question('td-2', 'Diện tích $S = a^2$ của hình vuông cạnh $a = 3$?', {
      prompt: {
        stem: 'Hình vuông cạnh $a = 3$ có diện tích $S = a^2$ bằng bao nhiêu?\n\n| cạnh | diện tích |\n|---|---|\n| $1$ | $1$ |',
        rich: true,
        options: ['$9$', '$6$'],
        multiple: false,
      },
    }),
  );
  await add(question('td-3', 'Câu chưa có đáp án', { key: null }));
  const rubric = [
    { text: 'Nêu đúng phạm vi điều chỉnh của Luật', points: 600 },
    { text: 'Có ví dụ gắn với địa phương', points: 400 },
  ];
  essay = await add(
    question('td-tl', 'Theo anh/chị, Luật Thủ đô mang lại điều gì cho người dân?', {
      kind: 'essay',
      prompt: { stem: 'Theo anh/chị, Luật Thủ đô mang lại điều gì cho người dân?', maxWords: 500 },
      key: { rubric },
      topic: 'Tự luận',
      points: 1000,
    }),
  );
}, 120_000);

/** A window in which somebody is signed in. */
async function windowOf(who: Visitor, width = 1920): Promise<Window> {
  const window = await stage.visit({ width });
  const cookies = [...who.cookies].map(([name, value]) => ({ name, value, url: stage.origin }));
  await window.context.addCookies(cookies);
  return window;
}
/** Clean at a phone's width and a wide screen's, in both themes. */
async function expectClean(page: Page, what: string): Promise<void> {
  const folder = process.env.LOOK_AT;
  if (folder !== undefined) {
    mkdirSync(folder, { recursive: true });
    const before = page.viewportSize() ?? { width: 360, height: 740 };
    for (const width of before.width === 360 ? [360] : [1920, 360]) {
      if (before.width !== width) await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: `${folder}/${what}-${width}.png`, fullPage: true });
    }
    await page.setViewportSize(before);
  }
  expect([what, await problemsInEveryLook(page, [360, 1920])]).toEqual([what, []]);
}
const notice = (page: Page, text: string): Promise<void> =>
  page.getByRole('region', { name: 'Thông báo' }).getByText(text).first().waitFor();

test('an editor finds, tags many with a look beforehand, takes it back, and sends to a named reviewer', async () => {
  const { page, open, context } = await windowOf(editor);
  await open(`/ban-lam-viec/ngan-hang/${bank}`);
  await page.getByText('td-tl', { exact: true }).waitFor();
  await page.getByText('Ma trận câu đã duyệt').first().click();
  await page.getByRole('cell', { name: 'thiếu' }).first().waitFor();
  await page.getByText('Lọc thêm').click();
  await page.getByLabel('Văn bản căn cứ').selectOption('Luật Thủ đô 2024');
  await page.getByText('4 câu').first().waitFor();
  await page.getByLabel('Chọn cả trang').check();
  await page.getByText('Đã chọn 4 câu').waitFor();
  await expectClean(page, 'table');
  const doing = async (action: string) => {
    await page.getByRole('button', { name: 'Làm với các câu đã chọn' }).click();
    await page.getByRole('menuitem', { name: action }).click();
  };
  await doing('Gắn nhãn');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Nhãn').fill('đợt 1');
  await dialog.getByRole('button', { name: 'Xem trước' }).click();
  await dialog.getByText('4 câu sẽ thay đổi.').waitFor();
  await dialog.getByRole('button', { name: 'Thực hiện với 4 câu' }).click();
  await notice(page, 'Đã xong 4 câu.');
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await notice(page, 'Đã hoàn tác 4 câu.');
  await page.getByLabel('Chọn cả trang').check();
  await doing('Gửi duyệt cho…');
  await dialog.getByLabel('Người thẩm định').selectOption({ label: 'Lê Văn Thẩm Định' });
  await dialog.getByRole('button', { name: 'Xem trước' }).click();
  await dialog.getByText('4 câu sẽ thay đổi.').waitFor();
  await expectClean(page, 'bulk');
  await dialog.getByRole('button', { name: /Thực hiện/ }).click();
  await notice(page, 'Đã xong 4 câu.');
  await page.getByRole('button', { name: 'Sửa thông tin' }).click();
  await page.getByRole('menuitem', { name: 'Người của ngân hàng' }).click();
  await dialog.getByText('Lê Văn Thẩm Định').waitFor();
  await expectClean(page, 'people');
  await context.close();
});

test('the reviewer sees what waits and until when, reads it as entrants will, and approves what can be', async () => {
  const { page, open, context } = await windowOf(reviewer);
  await open('/ban-lam-viec/cho-duyet');
  await page.getByText('td-2', { exact: true }).waitFor();
  await expectClean(page, 'reviews');
  await page.getByRole('link', { name: /Hình vuông cạnh/ }).click();
  await page.getByRole('heading', { name: 'Người dự thi thấy' }).waitFor();
  await page.locator('.preview math').first().waitFor();
  await expectClean(page, 'question');
  await page.getByRole('button', { name: 'Duyệt', exact: true }).click();
  await notice(page, 'Đã chuyển: Đã duyệt.');
  await open(`/ban-lam-viec/ngan-hang/${bank}`);
  await page.getByText('td-tl', { exact: true }).waitFor();
  await page.getByLabel('Chọn cả trang').check();
  await page.getByRole('button', { name: 'Làm với các câu đã chọn' }).click();
  await page.getByRole('menuitem', { name: 'Duyệt', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Xem trước' }).click();
  await dialog.getByText('1 câu không làm được:').waitFor();
  await dialog.getByText('Câu hỏi chưa có đáp án.').waitFor();
  await dialog.getByRole('button', { name: 'Thực hiện với 2 câu' }).click();
  await notice(page, 'Đã xong 2 câu.');
  expect((await editor.get(`/api/desk/questions/${essay}`)).body.status).toBe('approved');
  await context.close();
});

test('an essay is marked by two and a third without a name on it, and its writer sees it wait and then count', async () => {
  const { server } = stage;
  contest = await openContest(server, (draft) => {
    withoutFields(draft);
    draft.settings.consents = [];
    const [round] = draft.rounds;
    if (round === undefined) throw new Error('no round');
    const cell = { topics: [], difficulties: [], count: 1 };
    round.settings.blueprint.cells = [
      { ...cell, banks: [bank], kinds: ['essay'] },
      { ...cell, banks: [bank], kinds: ['choice'] },
    ];
    round.settings.release = { result: 'submit', keys: 'submit', explanations: 'submit' };
  });
  for (const { uid } of markers)
    await contest.owner.post(`/api/desk/contests/${contest.id}/markers`, { person: uid });
  const writer = await new Visitor(server).register({ name: 'Phạm Người Viết' });
  await writer.post(`/api/contests/${contest.slug}/entry`, { consents: [] });
  const started = await writer.post(`/api/rounds/${contest.round}/attempts`, { number: 1 });
  const at = started.body.questions.findIndex(({ kind }: { kind: string }) => kind === 'essay');
  await server.app.http.inject({
    method: 'POST',
    url: `/api/attempts/${started.body.id}/submit`,
    headers: { authorization: `Attempt ${started.body.token}` },
    payload: {
      device: 'device1',
      n: 1,
      base: 0,
      changes: { [at]: 'Luật Thủ đô giúp người dân đi lại thuận tiện hơn.\n\nVí dụ: tuyến metro.' },
    },
  });
  const citizen = await windowOf(writer, 360);
  const seen = async (text: string | RegExp) => {
    await citizen.open(`/luot-thi/${started.body.id}/ket-qua`);
    await citizen.page.getByText(text).first().waitFor();
  };
  await seen('Chờ chấm tự luận');
  await expectClean(citizen.page, 'result-waits');
  const looks = [
    ['6', '4'],
    ['1', '1'],
    ['5', '4'],
  ] as const;
  for (const [i, marks] of looks.entries()) {
    const marker = markers[i];
    if (marker === undefined) throw new Error('nobody marks');
    const { page, open, context } = await windowOf(marker);
    await open('/ban-lam-viec/cham-bai');
    if (i === 0) await expectClean(page, 'marking');
    await page.getByRole('link', { name: /Tìm hiểu/ }).click();
    await page.getByRole('button', { name: 'Chấm bài tiếp theo' }).click();
    await page.getByText('tuyến metro').waitFor();
    await expect.poll(() => page.content()).not.toContain('Phạm Người Viết');
    if (i === 2) await page.getByText(/Hai lần chấm trước lệch nhau/).waitFor();
    await page.getByLabel('Ý 1: Điểm').fill(marks[0]);
    await page.getByLabel('Ý 2: Điểm').fill(marks[1]);
    if (i !== 1) await expectClean(page, `essay-${i}`);
    await page.getByRole('button', { name: 'Lưu điểm, chấm bài tiếp' }).click();
    await page.getByText('Không còn bài nào cho bạn lúc này').waitFor();
    if (i === 2) await expectClean(page, 'marked');
    await context.close();
  }
  await seen(/9,5/);
  expect(stage.complaints).toEqual([]);
});
