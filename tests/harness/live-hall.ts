/** A hall in a browser: an organiser who is signed in, a bank of every kind that live play asks, sessions made at the doors. */
import { networkInterfaces } from 'node:os';
import { asc } from 'drizzle-orm';
import type { BrowserContext } from 'playwright-core';
import { seedBank } from '../../server/banks/shipped.ts';
import type { LiveSettings } from '../../server/contracts/live.ts';
import { freshSettings } from '../../server/live/desk.ts';
import { stageOf } from '../../server/live/stages/stage-registry.ts';
import type { Stage } from './browser.ts';
import { Visitor } from './visitor.ts';

const BANK = 'Ngân hàng của hội trường';

/** In this order of their codes. Right: B, Đúng, A and C, Hà Nội, 126, 1954, the items as written, pairs as written, Đúng and Sai, Hà Nội and 10 and Hồ Chí Minh. */
const SAMPLES = [
  {
    kind: 'choice',
    prompt: {
      stem: 'Năm 2022, Bộ Chính trị ban hành nghị quyết nào về phát triển Thủ đô Hà Nội?',
      options: ['Nghị quyết 11-NQ/TW', 'Nghị quyết 15-NQ/TW', 'Nghị quyết 18-NQ/TW', 'Nghị quyết 06-NQ/TW'],
      multiple: false,
    },
    key: { right: [1] },
  },
  { kind: 'trueFalse', prompt: { stem: 'Hà Nội là Thủ đô của nước ta.' }, key: { right: true } },
  {
    kind: 'choice',
    prompt: {
      stem: 'Những nơi nào thuộc Hà Nội?',
      options: ['Hoàn Kiếm', 'Huế', 'Sơn Tây', 'Đà Lạt'],
      multiple: true,
    },
    key: { right: [0, 2] },
  },
  {
    kind: 'shortText',
    prompt: { stem: 'Thủ đô của nước ta tên là gì?' },
    key: { accept: ['Hà Nội'], accents: false, case: false },
  },
  {
    kind: 'numeric',
    prompt: { stem: 'Hà Nội có bao nhiêu xã, phường sau sắp xếp năm 2025?', unit: '' },
    key: { accept: [{ value: 126, tolerance: 0 }] },
  },
  {
    kind: 'estimate',
    prompt: { stem: 'Ngày giải phóng Thủ đô là năm nào?', unit: '' },
    key: { truth: 1954, bands: [{ within: 2, share: 1 }] },
  },
  {
    kind: 'ordering',
    prompt: {
      stem: 'Xếp theo thời gian.',
      items: ['1010: Thăng Long', '1831: tỉnh Hà Nội', '1945: Ba Đình'],
    },
    key: { order: [0, 1, 2], scoring: 'exact' },
  },
  {
    kind: 'matching',
    prompt: {
      stem: 'Ghép nơi với quận cũ.',
      lefts: ['Hồ Gươm', 'Lăng Bác'],
      rights: ['Hoàn Kiếm', 'Ba Đình'],
    },
    key: { pairs: [0, 1], scoring: 'share' },
  },
  {
    kind: 'statements',
    prompt: { stem: 'Xét các nhận định.', statements: ['Hà Nội là Thủ đô.', 'Huế là Thủ đô.'] },
    key: { truths: [true, false] },
  },
  {
    kind: 'cloze',
    prompt: {
      stem: 'Thủ đô {{1}} được giải phóng ngày {{2}}/10/1954; ngày ấy Chủ tịch {{3}} gửi thư cho đồng bào.',
      gaps: [
        { kind: 'choice', options: ['Huế', 'Hà Nội', 'Thăng Long'] },
        { kind: 'number', unit: '' },
        { kind: 'text' },
      ],
    },
    key: {
      gaps: [
        { right: [1] },
        { accept: [{ value: 10, tolerance: 0 }] },
        { accept: ['Hồ Chí Minh'], accents: false, case: false },
      ],
    },
  },
] as const;

export class LiveHall {
  readonly stage: Stage;
  readonly organiser: Visitor;
  /** uids in the order of the samples. */
  readonly questions: readonly string[];

  private constructor(stage: Stage, organiser: Visitor, questions: readonly string[]) {
    this.stage = stage;
    this.organiser = organiser;
    this.questions = questions;
  }

  static async prepare(stage: Stage): Promise<LiveHall> {
    const { context } = stage.server;
    const questions = SAMPLES.map(({ kind, prompt, key }, i) => ({
      code: `live-${String(i + 1).padStart(2, '0')}`,
      kind,
      prompt: JSON.parse(JSON.stringify(prompt)),
      key: JSON.parse(JSON.stringify(key)),
      explanation: 'Theo văn kiện đã công bố.',
      citation: { document: 'Nghị quyết 15-NQ/TW', section: 'Mục I', source: '', validity: '' },
      topic: 'Thủ đô',
      difficulty: 1 as const,
      tags: [],
      points: 100,
    }));
    await seedBank(context, {
      slug: 'hoi-truong',
      title: BANK,
      description: '',
      licence: 'CC0',
      documents: {},
      questions,
    });
    const { tables, query } = context.database;
    const rows = await query
      .select({ uid: tables.questions.uid })
      .from(tables.questions)
      .orderBy(asc(tables.questions.code));
    const organiser = await new Visitor(stage.server).register({ name: 'Trần Dẫn Chương Trình' });
    await organiser.become('organiser');
    return new LiveHall(
      stage,
      organiser,
      rows.map(({ uid }) => uid),
    );
  }

  /** Signs a browser in as the organiser. */
  async signIn(context: BrowserContext, origin = this.stage.origin): Promise<void> {
    await context.addCookies(
      [...this.organiser.cookies].map(([name, value]) => ({ name, value, url: origin })),
    );
  }

  /** A stage of this kind; `more` over its defaults. */
  part(kind: string, title: string, more: object = {}): LiveSettings['stages'][number] {
    return {
      kind,
      title,
      settings: JSON.parse(JSON.stringify({ ...Object(stageOf(kind).defaults), ...more })),
    };
  }

  /** Questions by their place among the samples. */
  asks(...places: readonly number[]): object[] {
    return places.map((place) => ({ question: this.questions[place], seconds: null, points: null }));
  }

  /** Opens a session; its uid and PIN. */
  async open(
    title: string,
    stages: LiveSettings['stages'],
    more: Partial<LiveSettings> = {},
  ): Promise<{ readonly live: string; readonly pin: string }> {
    const settings = { ...freshSettings(), stages, ...more };
    const made = await this.organiser.post('/api/desk/live', { title, settings });
    if (made.status !== 201) throw new Error(`not made: ${made.text}`);
    const opened = await this.organiser.post(`/api/desk/live/${made.body.id}/open`);
    if (opened.status !== 200) throw new Error(`not opened: ${opened.text}`);
    return { live: opened.body.id, pin: opened.body.pin };
  }

  /** People who come in without a browser, by turns into the teams; their tokens in the order of their names. */
  async fill(pin: string, names: readonly string[], teams = 0): Promise<string[]> {
    const tokens: string[] = [];
    for (const [i, name] of names.entries()) {
      const device = `somebody-in-the-hall-${i}`;
      const team = teams > 0 ? { team: (i % teams) + 1 } : {};
      const joined = await this.organiser.post(`/api/live/pins/${pin}/players`, { device, name, ...team });
      if (joined.status !== 200) throw new Error(`${name} is not in: ${joined.text}`);
      tokens.push(joined.body.token);
    }
    return tokens;
  }

  /** What they answer to the open question, by place in the list; undefined: nothing. */
  async answer(live: string, tokens: readonly string[], answerOf: (place: number) => unknown): Promise<void> {
    const { http } = this.stage.server.app;
    const seen = await http.inject({
      url: `/api/live/${live}/me`,
      headers: { authorization: `Live ${tokens[0]}` },
    });
    const { asking } = seen.json().view.question;
    const given = tokens.map(async (token, place) => {
      const answer = answerOf(place);
      if (answer === undefined) return;
      const reply = await http.inject({
        method: 'POST',
        url: `/api/live/${live}/answers`,
        headers: { authorization: `Live ${token}` },
        payload: { asking, answer },
      });
      if (!reply.body.includes('"ok":true')) throw new Error(`not taken: ${reply.body}`);
    });
    await Promise.all(given);
  }
}

/** An address of this machine that is not a secure context in a browser; null where it has none. */
export function lanAddress(): string | null {
  const found = Object.values(networkInterfaces())
    .flat()
    .find((entry) => entry?.family === 'IPv4' && !entry.internal);
  return found?.address ?? null;
}
