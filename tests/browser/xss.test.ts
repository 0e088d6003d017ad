/**
 * Promise 15. Everything that people write, on every page that shows it, to citizens and to staff: it is text. No dialog,
 * nothing run, nobody else asked for anything. Violations of the policy may be reported; what they report must not happen.
 */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { cleanText } from '../../questions/vietnamese.ts';
import { type Stage, startStage, type Visitor as Tab } from '../harness/browser.ts';
import { openContest, type TestContest } from '../harness/contest.ts';
import { Visitor } from '../harness/visitor.ts';
import { payloads } from '../harness/xss-payloads.ts';

/** People who take part: enough that every payload is somebody's name would be a long wait. */
const PEOPLE = 8;
const at = (i: number): string => payloads[i % payloads.length] ?? '';

let stage: Stage;
let contest: TestContest;
let admin: Visitor;
let bank = '';
let question = '';
const people: Visitor[] = [];
let attempt = '';
let share = '';

/** What happened on any page that should not have. */
const happened: string[] = [];

async function fine<T extends { status: number; text: string }>(answer: Promise<T>): Promise<T> {
  const given = await answer;
  if (given.status >= 300) throw new Error(given.text);
  return given;
}

beforeAll(async () => {
  stage = await startStage();
  admin = await (await new Visitor(stage.server).register({ name: `Quản trị ${at(12)}` })).become('admin');
  await makeBank();
  const units = await makeUnits();
  contest = await openContest(stage.server, (draft) => {
    Object.assign(draft, { title: `${at(0)} ${at(12)}`, slug: 'cuoc-thi-xss', summary: at(19) });
    draft.page = payloads
      .flatMap((text) => [text, '', `## ${text}`, `- ${text}`, `**${text}**`, ''])
      .join('\n');
    const { settings } = draft;
    Object.assign(settings, { names: 'full', rules: payloads.join('\n\n'), prizes: payloads.join('\n- ') });
    settings.consents = [{ id: 'personalData', vi: at(13), en: at(14), required: false, version: 1 }];
    for (const field of Object.keys(settings.fields))
      Object.assign(settings.fields, { [field]: field === 'unit' ? 'optional' : 'no' });
    for (const round of draft.rounds) {
      Object.assign(round, { title: at(20) });
      const cell = { banks: [bank], topics: [], kinds: [], difficulties: [], count: payloads.length };
      round.settings.layout = 'all';
      Object.assign(round.settings.release, { result: 'submit', keys: 'submit', explanations: 'submit' });
      Object.assign(round.settings.blueprint, {
        cells: [cell],
        shuffleQuestions: false,
        approvedOnly: false,
      });
    }
  });
  for (let i = 0; i < PEOPLE; i++) people.push(await takePart(i, units[i % units.length] ?? ''));
});

/** A question of each payload: in its stem, its options, its explanation and what it rests on. */
async function makeBank(): Promise<void> {
  const words = { title: at(12), description: at(0), licence: at(19) };
  bank = (await fine(admin.post('/api/desk/banks', { slug: 'ngan-hang-xss', ...words }))).body.id;
  for (const [i, text] of payloads.entries()) {
    const made = await fine(
      admin.post(`/api/desk/banks/${bank}/questions`, {
        code: `XSS-${i}`,
        kind: 'choice',
        prompt: {
          stem: `Câu ${i}: ${text}`,
          options: [1, 2, 3, 4].map((n) => `${n}. ${at(i + n)}`),
          multiple: false,
        },
        key: { right: [0] },
        explanation: `Vì ${text}`,
        citation: { document: at(i + 1), section: at(i + 2), source: at(i + 3), validity: at(i + 4) },
        topic: at(i),
        difficulty: 1,
        tags: [at(i).slice(0, 40)],
        points: 100,
      }),
    );
    question = made.body.id;
  }
}

async function makeUnits(): Promise<string[]> {
  const uids: string[] = [];
  for (const [i, text] of payloads.slice(0, 40).entries()) {
    const made = await fine(
      admin.post('/api/units', { name: text, code: `X${i}`, block: at(i + 1).slice(0, 100) }),
    );
    uids.push(made.body.uid);
  }
  return uids;
}

async function takePart(i: number, unit: string): Promise<Visitor> {
  const name = `${at(i * 7 + 12)} a`.slice(0, 118);
  const person = await new Visitor(stage.server).register({ name, title: at(i), address: at(i + 1) });
  await fine(person.post(`/api/contests/${contest.slug}/entry`, { unit, consents: [] }));
  const started = await fine(person.post(`/api/rounds/${contest.round}/attempts`, { number: 1 }));
  if (i === 0) return person;
  await stage.server.app.http.inject({
    method: 'POST',
    url: `/api/attempts/${started.body.id}/submit`,
    payload: { device: 'phone1', n: 1, base: 0, changes: { 0: [0] } },
    headers: { authorization: `Attempt ${started.body.token}` },
  });
  if (i > 1) return person;
  attempt = started.body.id;
  share = (await fine(person.get(`/api/attempts/${attempt}/result`))).body.share;
  return person;
}

/** A browser of `who`, watched: dialogs, requests to elsewhere, windows that open. */
async function watched(who: Visitor | null, width: number): Promise<Tab> {
  const tab = await stage.visit({ width });
  const cookies = [...(who?.cookies ?? [])].map(([name, value]) => ({ name, value, url: stage.origin }));
  if (cookies.length > 0) await tab.context.addCookies(cookies);
  tab.page.on('dialog', (dialog) => {
    happened.push(`dialog on ${tab.page.url()}: ${dialog.message()}`);
    void dialog.dismiss();
  });
  tab.context.on('page', (page) => happened.push(`window: ${page.url()}`));
  tab.context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(stage.origin) && !url.startsWith('data:') && !url.startsWith('blob:'))
      happened.push(`request on ${tab.page.url()}: ${url}`);
  });
  return tab;
}

/** What the page made of what it was given: elements and attributes that no page of ours has. */
const strangers = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    if (Reflect.get(window, '__pwned') !== undefined) found.push('__pwned');
    const never =
      'iframe, object, embed, base, math, marquee, foreignObject, animate, body script, main style, audio, video, meta[http-equiv=refresh]';
    for (const element of document.querySelectorAll(never)) found.push(element.outerHTML.slice(0, 200));
    for (const element of document.querySelectorAll('body *')) {
      for (const { name, value } of element.attributes) {
        const isAddress = /^(href|src|action|formaction|xlink:href|data|poster|srcdoc)$/.test(name);
        const runs = name.startsWith('on') || (isAddress && /^\s*(javascript|data|vbscript):/i.test(value));
        const leaves = (name === 'src' || name === 'srcset') && /evil/.test(value);
        if (runs || leaves) found.push(`${element.tagName} ${name}=${value.slice(0, 100)}`);
      }
    }
    return found;
  });

async function look(tab: Tab, path: string): Promise<string> {
  await tab.open(path);
  // All that it shows has come; what would run a moment later is caught by the watch, which looks on to the test's end.
  await tab.page.locator('.skeleton, [aria-busy=true]').first().waitFor({ state: 'detached' });
  // Moved over and focused, as somebody would who reads to the end.
  await tab.page.mouse.move(180, 300);
  await tab.page.mouse.wheel(0, 2000);
  await tab.page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
  );
  for (const found of await strangers(tab.page)) happened.push(`${path}: ${found}`);
  return shown(
    await tab.page.locator('main').evaluate((main) => {
      const fields = [...main.querySelectorAll('input, textarea')].map((field) =>
        Reflect.get(field, 'value'),
      );
      return [main.textContent, ...fields].join('\n');
    }),
  );
}

/** What was started by any page looked at so far has had its time. */
const quiet = async (tab: Tab): Promise<void> => {
  await tab.page.waitForLoadState('networkidle');
};

/** White space does not count: lines are broken as they fit. */
const shown = (text: string): string => text.normalize('NFC').replace(/\s+/g, '');
const missing = (text: string, wanted: readonly string[]): string[] =>
  wanted.filter((one) => !text.includes(shown(cleanText(one))));

describe('what people wrote', () => {
  test('there is enough of it', () => {
    expect(new Set(payloads).size).toBeGreaterThanOrEqual(60);
    for (const text of payloads) expect(text.length).toBeLessThanOrEqual(140);
  });

  test('is text on every page of a citizen', async () => {
    const [taker, finished] = people;
    if (taker === undefined || finished === undefined) throw new Error('nobody took part');
    const mine = (await taker.get('/api/attempts')).body.attempts[0].id;
    const tab = await watched(taker, 360);
    const home = await look(tab, '/');
    expect(missing(home, [`${at(0)} ${at(12)}`])).toEqual([]);
    await look(tab, `/cuoc-thi/${contest.slug}`);
    await look(tab, `/cuoc-thi/${contest.slug}/dot/1`);
    const board = await look(tab, `/cuoc-thi/${contest.slug}/bang-xep-hang`);
    const names = people.slice(1).map((_, i) => `${at((i + 1) * 7 + 12)} a`.slice(0, 118));
    expect(missing(board, names)).toEqual([]);
    await look(tab, '/luot-thi');
    for (const path of ['', '/thong-tin', '/du-lieu', '/thiet-bi']) await look(tab, `/tai-khoan${path}`);
    const paper = await look(tab, `/luot-thi/${mine}`);
    expect(missing(paper, payloads)).toEqual([]);
    const done = await watched(finished, 360);
    const result = await look(done, `/luot-thi/${attempt}/ket-qua`);
    expect(
      missing(
        result,
        payloads.map((text) => `Vì ${text}`),
      ),
    ).toEqual([]);
    await look(done, `/ket-qua/${share}`);
    const stranger = await watched(null, 360);
    await look(stranger, `/cuoc-thi/${contest.slug}`);
    await look(stranger, `/cuoc-thi/${contest.slug}/du-thi`);
    for (const one of [tab, done, stranger]) await quiet(one);
    expect(happened).toEqual([]);
  });

  test('is text in the page of a contest, but for links that can only be gone to', async () => {
    const tab = await watched(null, 1280);
    const page = await look(tab, `/cuoc-thi/${contest.slug}`);
    // What the small markup takes for its own is drawn by it; everything else stands there as it was written.
    const plain = payloads.filter((text) => !/[*[\]\\]|^\s*[-#]/.test(text));
    expect(plain.length).toBeGreaterThan(50);
    expect(missing(page, plain)).toEqual([]);
    const links = await tab.page
      .locator('main a[href]')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    for (const href of links) expect(href).toMatch(/^(https?:\/\/|mailto:|tel:|\/(?![/\\])|#|\?)/);
    await quiet(tab);
    expect(happened).toEqual([]);
  });

  test('is text at the desk', async () => {
    const tab = await watched(admin, 1280);
    const desk = '/ban-lam-viec';
    const [person] = people;
    for (const path of [
      '',
      '/cuoc-thi',
      '/cuoc-thi/moi',
      `/cuoc-thi/${contest.id}`,
      '/ngan-hang',
      `/ngan-hang/${bank}`,
      `/cau-hoi/${question}`,
      '/nguoi?q=a',
      `/nguoi/${person?.uid}`,
      '/don-vi',
      '/nhat-ky',
    ])
      await look(tab, `${desk}${path}`);
    const last = payloads.length - 1;
    const form = await look(tab, `${desk}/cau-hoi/${question}`);
    expect(missing(form, [`Câu ${last}: ${at(last)}`, `Vì ${at(last)}`])).toEqual([]);
    const units = await look(tab, `${desk}/don-vi`);
    expect(missing(units, payloads.slice(0, 5))).toEqual([]);
    await quiet(tab);
    expect(happened).toEqual([]);
  });

  test('and the watch would have seen it', async () => {
    const tab = await watched(null, 360);
    await tab.open('/');
    const before = happened.length;
    await tab.page.evaluate(() => {
      Reflect.set(window, '__pwned', 1);
      const frame = document.createElement('iframe');
      document.body.append(frame);
      window.setTimeout(() => window.alert('x'), 0);
    });
    await tab.page.waitForTimeout(200);
    expect((await strangers(tab.page)).length).toBe(2);
    expect(happened.length).toBe(before + 1);
    happened.length = before;
  });
});
