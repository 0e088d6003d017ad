/**
 * Every kind of question as a person meets it in a real browser: answered on a paper, there again after a reload, judged
 * part by part in the review; then practised, with the section that it rests on. Axe finds nothing in any state.
 */
import { eq } from 'drizzle-orm';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { Json } from '../../questions/question.ts';
import { seedBank } from '../../server/banks/shipped.ts';
import { seedDocuments } from '../../server/documents/shipped.ts';
import { judge, pairUp, putInOrder, textsOf } from '../harness/answering.ts';
import { problemsInEveryLook, type Stage, startStage } from '../harness/browser.ts';
import { openContest, type TestContest, withoutFields } from '../harness/contest.ts';
import { Visitor } from '../harness/visitor.ts';

interface Walk {
  readonly kind: string;
  readonly prompt: { readonly stem: string } & { readonly [name: string]: Json };
  readonly key: Json;
  /** Partly right where the kind has such a thing. */
  answer?(question: Locator): Promise<unknown>;
  /** What the answer looks like in the player. */
  stands?(question: Locator): Promise<unknown>;
  readonly expected?: unknown;
  /** Of one point, as the review says it; left out: the review says nothing of marks. */
  readonly verdict?: string;
  /** Texts of the review's frames by their tone. */
  readonly right?: readonly string[];
  readonly wrong?: readonly string[];
}

const checked = (question: Locator): Promise<boolean[]> =>
  question.locator('.tick').evaluateAll((ticks) => ticks.map((tick) => tick.matches(':checked')));
const typed = (question: Locator): Promise<string> => question.getByRole('textbox').inputValue();
const choose = (question: Locator, option: string) => question.locator('label', { hasText: option }).click();
const chosenOf = (question: Locator): Promise<string[]> =>
  question
    .locator('select')
    .evaluateAll((all) =>
      all.map((select) =>
        select instanceof HTMLSelectElement ? (select.selectedOptions[0]?.text ?? '') : '',
      ),
    );

const events = ['Cách mạng Tháng Tám', 'Giải phóng Thủ đô', 'Luật Thủ đô'];
/** In the order of the paper. A point each; the info is worth nothing. */
const walks: readonly Walk[] = [
  {
    kind: 'choice',
    prompt: {
      stem: 'Giá trị của $S = \\sqrt{9}$?\n\n| x | 1 |\n|---|---|\n| $x^2$ | 1 |',
      rich: true,
      options: ['$3$', 'Tất cả **đều** sai', 'Chín', 'Không có nghĩa'],
      multiple: true,
    },
    key: { right: [0, 2], scoring: 'share' },
    answer: (question) => choose(question, 'Chín'),
    stands: checked,
    expected: [false, false, true, false],
    verdict: 'Được 0,5/1 điểm',
    right: ['A. 3 Đáp án đúng', 'C. Chín Đáp án đúng Bạn chọn'],
  },
  {
    kind: 'trueFalse',
    prompt: { stem: 'Hà Nội là Thủ đô của nước ta.' },
    key: { right: true },
    answer: (question) => choose(question, 'Sai'),
    stands: checked,
    expected: [false, true],
    verdict: 'Sai',
    right: ['A. Đúng Đáp án đúng'],
    wrong: ['B. Sai Bạn chọn'],
  },
  {
    kind: 'statements',
    prompt: { stem: 'Xét các nhận định sau.', statements: ['Một', 'Hai', 'Ba', 'Bốn'] },
    key: { truths: [true, true, false, false] },
    answer: (question) => judge(question, [true, true, false, true]),
    stands: checked,
    expected: [true, false, true, false, false, true, true, false],
    verdict: 'Được 0,5/1 điểm',
    right: ['a) Một Bạn chọn: Đúng', 'b) Hai Bạn chọn: Đúng', 'c) Ba Bạn chọn: Sai'],
    wrong: ['d) Bốn Bạn chọn: Đúng Đáp án đúng: Sai'],
  },
  {
    kind: 'shortText',
    prompt: { stem: 'Ai đọc Tuyên ngôn Độc lập?' },
    key: { accept: ['Hồ Chí Minh'], accents: false, case: false },
    answer: (question) => question.getByRole('textbox').fill('ho chi minh'),
    stands: typed,
    expected: 'ho chi minh',
    verdict: 'Đúng',
    right: ['Bạn trả lời ho chi minh', 'Đáp án đúng Hồ Chí Minh'],
  },
  {
    kind: 'numeric',
    prompt: { stem: 'GRDP tăng bao nhiêu?', unit: '%' },
    key: {
      accept: [
        { value: 8, tolerance: 0 },
        { from: 7, to: 9, weight: 0.5 },
      ],
    },
    answer: (question) => question.getByRole('textbox').fill('7,5'),
    stands: typed,
    expected: '7,5',
    verdict: 'Được 0,5/1 điểm',
    right: ['Đáp án đúng 8 %'],
  },
  {
    kind: 'matching',
    prompt: {
      stem: 'Ghép nơi với quận cũ.',
      lefts: ['Hồ Gươm', 'Lăng Bác'],
      rights: ['Hoàn Kiếm', 'Ba Đình', 'Tây Hồ'],
    },
    key: { pairs: [0, 1] },
    answer: (question) => pairUp(question, { 'Hồ Gươm': 'Hoàn Kiếm', 'Lăng Bác': 'Tây Hồ' }),
    stands: async (question) => (await chosenOf(question)).map((text) => text.slice(3)),
    expected: ['Hoàn Kiếm', 'Tây Hồ'],
    verdict: 'Được 0,5/1 điểm',
    right: ['1. Hồ Gươm Bạn chọn: Hoàn Kiếm'],
    wrong: ['2. Lăng Bác Bạn chọn: Tây Hồ Đáp án đúng: Ba Đình'],
  },
  {
    kind: 'ordering',
    prompt: { stem: 'Xếp theo thời gian.', items: events },
    key: { order: [0, 1, 2] },
    answer: (question) => putInOrder(question, events),
    stands: (question) => textsOf(question.locator('.what')),
    expected: events,
    verdict: 'Đúng',
  },
  {
    kind: 'cloze',
    prompt: {
      stem: 'Đảng ra đời năm {{1}} tại {{2}}, do {{3}} chủ trì.',
      gaps: [
        { kind: 'number', unit: '' },
        { kind: 'choice', options: ['Hương Cảng', 'Ma Cao'] },
        { kind: 'text' },
      ],
    },
    key: {
      gaps: [
        { value: 1930, tolerance: 0 },
        { right: [0] },
        { accept: ['Nguyễn Ái Quốc'], accents: false, case: false },
      ],
    },
    answer: async (question) => {
      await question.getByLabel('Chỗ trống 1').fill('1.930');
      await question.getByLabel('Chỗ trống 2').selectOption('Ma Cao');
      await question.getByLabel('Chỗ trống 3').fill('nguyen ai quoc');
    },
    stands: async (question) => [
      await question.getByLabel('Chỗ trống 1').inputValue(),
      ...(await chosenOf(question)),
      await question.getByLabel('Chỗ trống 3').inputValue(),
    ],
    expected: ['1.930', 'Ma Cao', 'nguyen ai quoc'],
    verdict: 'Được 0,67/1 điểm',
    right: ['Chỗ trống 1: 1.930', 'Hương Cảng', 'Chỗ trống 3: nguyen ai quoc'],
    wrong: ['Chỗ trống 2: Ma Cao'],
  },
  {
    kind: 'estimate',
    prompt: { stem: 'Có bao nhiêu người dự thi?', unit: 'người' },
    key: {
      truth: 1200,
      bands: [
        { within: 10, share: 1 },
        { within: 300, share: 0.5 },
      ],
    },
    answer: (question) => question.getByRole('textbox').fill('1000'),
    stands: typed,
    expected: '1000',
    verdict: 'Được 0,5/1 điểm',
    right: ['Đáp án đúng 1200 người'],
  },
  {
    kind: 'essay',
    prompt: { stem: 'Bạn sẽ làm gì?', maxWords: 50 },
    key: { rubric: [{ text: 'Việc làm cụ thể', points: 100 }] },
    answer: (question) => question.getByRole('textbox').fill('Trồng cây.\n\nPhân loại rác.'),
    stands: typed,
    expected: 'Trồng cây.\n\nPhân loại rác.',
  },
  { kind: 'info', prompt: { stem: 'Đọc đoạn trích sau.' }, key: null },
];

let stage: Stage;
let contest: TestContest;
/** Its uid. */
let bank = '';

beforeAll(async () => {
  stage = await startStage();
  const { context } = stage.server;
  await seedDocuments(context);
  await seedBank(context, {
    slug: 'moi-dang',
    title: 'Mọi dạng câu hỏi',
    description: '',
    licence: 'CC0',
    documents: {},
    questions: walks.map(({ kind, prompt, key }) => ({
      code: `dang-${kind.toLowerCase()}`,
      kind,
      prompt,
      key,
      explanation: 'Theo văn kiện đã công bố.',
      citation: { document: 'Luật số 39/2024/QH15', section: 'Điều 3', source: '', validity: '' },
      topic: kind,
      difficulty: 1 as const,
      tags: [],
      points: 100,
    })),
  });
  const { banks } = context.database.tables;
  const rows = await context.database.query.select().from(banks).where(eq(banks.slug, 'moi-dang'));
  bank = rows[0]?.uid ?? '';
  contest = await openContest(stage.server, (draft) => {
    draft.settings.consents = [];
    withoutFields(draft);
    for (const { settings } of draft.rounds) {
      const { blueprint } = settings;
      const [cell] = blueprint.cells;
      if (cell === undefined) throw new Error('no cell');
      const ours = { ...cell, banks: [], topics: [], difficulties: [], count: 1 };
      blueprint.cells = walks.map(({ kind }) => ({ ...ours, banks: [bank], kinds: [kind] }));
      Object.assign(blueprint, { shuffleQuestions: false, shuffleOptions: false });
      settings.layout = 'all';
      settings.prediction = null;
      settings.order = ['marks', 'time', 'submitted'];
      settings.release = { result: 'submit', keys: 'submit', explanations: 'submit' };
    }
  });
});

const isClean = (page: Page): Promise<void> =>
  expect.poll(() => problemsInEveryLook(page, [360, 1920])).toEqual([]);
/** Frames of a review in a tone, gaps of a cloze among them. */
const frames = (article: Locator, tone: 'right' | 'wrong'): Promise<string[]> =>
  textsOf(article.locator(`.kind-judged.${tone}`));

test('on a paper every kind is answered, is there again after a reload, and is judged part by part', async () => {
  const who = await new Visitor(stage.server).register();
  await who.post(`/api/contests/${contest.slug}/entry`, { consents: [] });
  const started = await who.post(`/api/rounds/${contest.round}/attempts`, { number: 1 });
  expect(started.body.questions.map(({ kind }: { kind: string }) => kind)).toEqual(
    walks.map(({ kind }) => kind),
  );
  const { page, context } = await stage.visit({ as: who });
  await page.goto(`/luot-thi/${started.body.id}`);
  const question = (place: number) => page.locator(`section[aria-labelledby="cau-${place + 1}"]`);
  await question(0).locator('math').first().waitFor();
  await isClean(page);
  for (const [place, { answer }] of walks.entries()) await answer?.(question(place));
  const answered = walks.filter(({ answer }) => answer !== undefined).length;
  const kept = async () =>
    Object.keys((await who.get(`/api/attempts/${started.body.id}`)).body.answers).length;
  await expect.poll(kept).toBe(answered);
  await page.getByText(/Đã lưu \d\d:\d\d:\d\d/).waitFor();
  await page.reload();
  for (const [place, { kind, stands, expected }] of walks.entries())
    if (stands !== undefined)
      await expect.poll(async () => [kind, await stands(question(place))]).toEqual([kind, expected]);
  await isClean(page);

  await page.getByRole('button', { name: 'Nộp bài' }).last().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Nộp bài' }).click();
  await page.getByRole('heading', { name: 'Đã nộp bài' }).waitFor();
  for (const [place, { kind, verdict, right, wrong = [] }] of walks.entries()) {
    const article = page.locator('article').nth(place);
    await article.getByRole('heading', { name: `Câu ${place + 1}`, exact: true }).waitFor();
    if (verdict !== undefined) await article.locator('header').getByText(verdict, { exact: true }).waitFor();
    if (right === undefined) continue;
    await expect.poll(async () => [kind, await frames(article, 'right')]).toEqual([kind, right]);
    await expect.poll(async () => [kind, await frames(article, 'wrong')]).toEqual([kind, wrong]);
  }
  await isClean(page);
  const cited = page.getByRole('link', { name: 'Luật số 39/2024/QH15, Điều 3' });
  expect(await cited.first().getAttribute('href')).toBe('/van-ban/luat-thu-do-2024/dieu-3');
  await context.close();
});

test('in practice every kind that is answered is graded at once, and leads to its section', async () => {
  const { page, open, context } = await stage.visit();
  await open(`/hoc-tap/luyen-tap/${bank}`);
  await page.locator('summary').first().click();
  for (const { kind, prompt, answer } of walks) {
    if (answer === undefined) continue;
    await page.getByLabel('Chủ đề').selectOption(kind);
    const question = page.locator('form.card', { hasText: prompt.stem.split(/[${]/)[0] ?? '' });
    await answer(question);
    await question.getByRole('button', { name: 'Trả lời' }).click();
    await page.locator('#ket-qua', { hasText: /Đúng|Chưa đúng|tự luận/ }).waitFor();
    await page.getByRole('link', { name: 'Luật số 39/2024/QH15, Điều 3' }).waitFor();
  }
  await isClean(page);
  await context.close();
  expect(stage.complaints).toEqual([]);
});
