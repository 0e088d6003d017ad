/**
 * A wrong key put right in the open, in a real browser: somebody reports a question, the organiser sees it in the queue, tries
 * the correction out, applies it, the board moves, who reported is answered and has the marks; then it is taken back.
 */
import { beforeAll, expect, test } from 'vitest';
import { problemsInEveryLook, type Stage, startStage, type Visitor } from '../harness/browser.ts';
import { openContest, type TestContest } from '../harness/contest.ts';
import { Visitor as Caller } from '../harness/visitor.ts';

let stage: Stage;
let contest: TestContest;

beforeAll(async () => {
  stage = await startStage();
  contest = await openContest(stage.server, (draft) => {
    draft.settings.consents = [];
    for (const field of Object.keys(draft.settings.fields))
      Object.assign(draft.settings.fields, { [field]: 'no' });
    for (const { settings } of draft.rounds) {
      settings.prediction = null;
      settings.release = { result: 'submit', keys: 'close', explanations: 'close' };
      settings.blueprint.cells = settings.blueprint.cells
        .slice(0, 1)
        .map((cell) => ({ ...cell, kinds: ['choice'], count: 10 }));
    }
  });
});

/** Somebody who has chosen the first option everywhere. */
async function finished(name: string): Promise<{ readonly caller: Caller; readonly attempt: string }> {
  const caller = await new Caller(stage.server).register({ name });
  await caller.post(`/api/contests/${contest.slug}/entry`, { consents: [] });
  const { body } = await caller.post(`/api/rounds/${contest.round}/attempts`, { number: 1 });
  const changes = Object.fromEntries(body.questions.map((_: unknown, i: number) => [i, [0]]));
  const reply = await stage.server.app.http.inject({
    method: 'POST',
    url: `/api/attempts/${body.id}/submit`,
    headers: { authorization: `Attempt ${body.token}` },
    payload: { device: 'device1', n: 1, base: 0, changes },
  });
  expect(reply.statusCode).toBe(200);
  return { caller, attempt: body.id };
}

async function arrive(caller: Caller, width: number): Promise<Visitor> {
  const visitor = await stage.visit({ width });
  await visitor.context.addCookies(
    [...caller.cookies].map(([name, value]) => ({ name, value, url: stage.origin })),
  );
  return visitor;
}

/** All work is done, and boards know of it. */
async function worked(): Promise<void> {
  await stage.server.app.remedies.regrader.wake();
  await stage.server.app.boards.boards.catchUp();
}

test('a reported question, its corrected key, the answer, and taking it back', async () => {
  const { caller, attempt } = await finished('Trần Thị Hoa');
  await finished('Lê Văn Nam');
  stage.server.clock.advance(8 * 86_400_000);
  await stage.server.app.attempts.sweeper.sweep();
  await stage.server.app.boards.settling.settle();
  const { body: before } = await caller.get(`/api/attempts/${attempt}/result`);
  const wrong = before.questions.findIndex(
    ({ marks, prompt }: { marks: number; prompt: { multiple: boolean } }) => marks === 0 && !prompt.multiple,
  );
  const chosen: string = before.questions[wrong].prompt.options[0];

  const citizen = await arrive(caller, 360);
  await citizen.open(`/luot-thi/${attempt}/ket-qua`);
  await citizen.page.getByRole('button', { name: `Báo lỗi câu hỏi ${wrong + 1}`, exact: true }).click();
  await citizen.page.getByRole('button', { name: 'Gửi báo lỗi' }).click();
  await citizen.page.getByText('Xin chọn một lý do.').waitFor();
  await citizen.page.getByLabel('Đáp án sai').check();
  await citizen.page.getByLabel('Nói rõ hơn').fill('Theo Điều 9 thì phương án tôi chọn mới đúng.');
  expect(await problemsInEveryLook(citizen.page, [360, 1920])).toEqual([]);
  await citizen.page.screenshot({ path: 'tests/browser/screenshots/report-360.png', fullPage: false });
  await citizen.page.getByRole('button', { name: 'Gửi báo lỗi' }).click();
  await citizen.page.getByText(/Bạn đã báo lỗi lúc/).waitFor();

  const organiser = await arrive(contest.owner, 1920);
  const { page } = organiser;
  const desk = `/ban-lam-viec/cuoc-thi/${contest.id}?muc=khac-phuc`;
  await organiser.open(desk);
  await page.getByText('1 người báo').waitFor();
  await page.getByRole('button', { name: 'Khắc phục câu này' }).click();
  await page.getByText('Đáp án mới', { exact: true }).waitFor();
  await page.getByRole('radio', { name: new RegExp(`^[A-H]\\. ${escaped(chosen)}$`) }).check();
  await page.getByRole('button', { name: 'Xem trước' }).click();
  await page.getByRole('heading', { name: 'Nếu áp dụng' }).waitFor();
  await page.getByText('Trần Thị Hoa').first().waitFor();
  expect(await problemsInEveryLook(page, [360, 1920])).toEqual([]);
  await page.screenshot({ path: 'tests/browser/screenshots/remedy-preview-1920.png', fullPage: true });
  await page.setViewportSize({ width: 360, height: 740 });
  await page.screenshot({ path: 'tests/browser/screenshots/remedy-preview-360.png', fullPage: true });
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.getByLabel('Lý do').fill('Văn bản gốc ghi khác');
  await page
    .getByLabel('Thông báo trên trang cuộc thi')
    .fill('Đáp án một câu được sửa, bài thi đã chấm lại.');
  await page.getByRole('button', { name: 'Áp dụng' }).click();
  await page.getByText('Văn bản gốc ghi khác').waitFor();
  await worked();
  await page.getByText(/Đã xem \d+ bài, \d+ bài đổi điểm/).waitFor();

  await page.getByRole('button', { name: /^Xem và trả lời/ }).click();
  await page.getByText('Theo Điều 9 thì phương án tôi chọn mới đúng.').waitFor();
  await page.getByLabel('Đã tiếp nhận, sửa').check();
  await page.getByLabel('Trả lời người đã báo').fill('Cảm ơn bạn. Đáp án đã được sửa.');
  expect(await problemsInEveryLook(page, [360, 1920])).toEqual([]);
  await page.screenshot({ path: 'tests/browser/screenshots/remedies-1920.png', fullPage: true });
  await page.getByRole('button', { name: 'Lưu trả lời' }).click();
  await page.getByText('Đã dẫn tới một việc khắc phục').waitFor();

  const raised = before.marks + 100;
  const board = stage.server.app.boards.boards.get(`round-${contest.round}`);
  expect((await board?.staff.page(0, 2))?.map(({ standing }) => standing.marks)).toContain(raised);
  await citizen.open(`/luot-thi/${attempt}/ket-qua`);
  await citizen.page.getByText('Cảm ơn bạn. Đáp án đã được sửa.').waitFor();
  await citizen.page.getByText('Đáp án câu này đã được sửa').waitFor();
  expect((await caller.get(`/api/attempts/${attempt}/result`)).body.marks).toBe(raised);
  await citizen.open('/luot-thi');
  await citizen.page.getByText('1 câu đã có trả lời').waitFor();
  await citizen.open(`/cuoc-thi/${contest.slug}`);
  await citizen.page.getByText('Đáp án một câu được sửa, bài thi đã chấm lại.').waitFor();
  expect(await problemsInEveryLook(citizen.page, [360])).toEqual([]);

  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Trần Thị Hoa').first().waitFor();
  await dialog.getByLabel('Lý do').fill('Kiểm tra lại thì đáp án cũ đúng');
  await dialog.getByRole('button', { name: 'Hoàn tác' }).click();
  await page
    .getByText(/Đã hoàn tác \d/)
    .first()
    .waitFor();
  await worked();
  expect((await caller.get(`/api/attempts/${attempt}/result`)).body.marks).toBe(before.marks);
  expect(stage.complaints).toEqual([]);
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
