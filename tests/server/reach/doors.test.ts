import { beforeAll, describe, expect, it } from 'vitest';
import { contestHead, documentHead } from '../../../server/reach/head-rules.ts';
import { startServer, type TestServer } from '../../harness/app.ts';
import { openContest, type TestContest } from '../../harness/contest.ts';
import { Visitor } from '../../harness/visitor.ts';

let server: TestServer;
let contest: TestContest;

beforeAll(async () => {
  server = await startServer(undefined, { PUBLIC_URL: 'http://thi.example.vn' });
  contest = await openContest(server, (draft) => {
    draft.summary = 'Bốn tuần tìm hiểu "Nghị quyết"';
    draft.page = '## Mục đích\n\nHọc <b>đúng</b>.';
    draft.settings.embedOrigins = ['https://hanoi.gov.vn', 'https://thanhdoan.vn:8443'];
    for (const round of draft.rounds) round.settings.prediction = null;
    for (const round of draft.rounds) round.settings.order = ['marks', 'time', 'submitted'];
    draft.settings.fields = { ...draft.settings.fields, phone: 'no', unit: 'no' };
  });
});

const get = (url: string) => server.app.http.inject({ method: 'GET', url });

describe('the short address', () => {
  it('leads to the contest with what came along, and home when it is none', async () => {
    const reach = await contest.owner.get(`/api/desk/contests/${contest.id}/reach`);
    const { shortAddress, snippet, page } = reach.body;
    expect(shortAddress).toMatch(/^http:\/\/thi\.example\.vn\/t\/[a-z2-9]{4}$/);
    expect(page).toBe(`http://thi.example.vn/cuoc-thi/${contest.slug}`);
    expect(snippet).toContain(`src="http://thi.example.vn/nhung/${contest.slug}"`);
    const path = new URL(shortAddress).pathname;
    const there = await get(`${path}?dv=p1`);
    expect([there.statusCode, there.headers.location]).toEqual([302, `/cuoc-thi/${contest.slug}?dv=p1`]);
    expect((await get(path.toUpperCase().replace('/T/', '/t/'))).headers.location).toBe(
      `/cuoc-thi/${contest.slug}`,
    );
    expect((await get('/t/zzzz')).headers.location).toBe('/');
  });

  it('stands on a poster that is a PDF of one page', async () => {
    const poster = await server.app.http.inject({
      method: 'GET',
      url: `/api/desk/contests/${contest.id}/poster`,
      headers: { cookie: [...contest.owner.cookies].map((pair) => pair.join('=')).join('; ') },
    });
    expect(poster.headers['content-type']).toBe('application/pdf');
    expect(poster.headers['content-disposition']).toContain(`ap-phich-${contest.slug}.pdf`);
    expect(poster.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    expect(poster.rawPayload.toString('latin1')).toContain('/Count 1');
  });
});

describe('the frame', () => {
  it('may be framed by the sites that the contest allows and by nobody else', async () => {
    const frame = await get(`/nhung/${contest.slug}`);
    expect(frame.headers['content-security-policy']).toContain(
      'frame-ancestors https://hanoi.gov.vn https://thanhdoan.vn:8443;',
    );
    expect(frame.headers['content-security-policy']).toContain("default-src 'none'");
    expect(frame.body).toContain('target="_blank"');
    expect(frame.body).toContain(`href="http://thi.example.vn/cuoc-thi/${contest.slug}"`);
    expect(frame.body).not.toMatch(/style=|<script>|onclick/);
    const other = await openContest(server);
    const closed = await get(`/nhung/${other.slug}`);
    expect(closed.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect((await get('/nhung/khong-co')).statusCode).toBe(404);
    const english = await get(`/nhung/${contest.slug}?lang=en`);
    expect(english.body).toContain('Open the contest');
  });

  it('says how many entered and who leads, as the board shows them; not what people are asked to predict', async () => {
    const summary = () => get(`/api/contests/${contest.slug}/summary`).then((reply) => reply.json());
    expect(await summary()).toMatchObject({ phase: 'now', entrants: 0, top: [], round: { isOpen: true } });
    const an = await new Visitor(server).register({ name: 'Nguyễn Văn An' });
    const consents = [{ id: 'personalData', version: 1 }];
    expect((await an.post(`/api/contests/${contest.slug}/entry`, { consents })).status).toBe(200);
    server.clock.advance(61_000);
    expect((await summary()).entrants).toBe(1);
    const guessed = await openContest(server, (draft) => {
      for (const round of draft.rounds) round.settings.prediction = { target: 'entrants', scope: 'round' };
    });
    expect((await get(`/api/contests/${guessed.slug}/summary`)).json().entrants).toBe(null);
  });

  it('takes only addresses of sites as allowed ones', async () => {
    const { body } = await contest.owner.get(`/api/desk/contests/${contest.id}`);
    for (const origin of [
      "'self'",
      '*',
      'javascript:alert(1)',
      'https://x.vn/path',
      'https://x.vn; script-src *',
    ]) {
      const { title, slug, summary, page, image, rounds } = body;
      const reply = await contest.owner.put(`/api/desk/contests/${contest.id}`, {
        expectedVersion: body.version,
        ...{ title, slug, summary, page, image, rounds: [] },
        settings: { ...body.settings, embedOrigins: [origin] },
      });
      expect([rounds.length, reply.status, reply.body.code]).toEqual([1, 400, 'request.invalid']);
    }
  });
});

describe('what a page says of itself', () => {
  it('is the contest’s title, text, picture and address; of pages below it their own', () => {
    const open = server.app.reach.open.contestBySlug(contest.slug);
    if (open === null) throw new Error('the contest is not open');
    const image = 'a'.repeat(64);
    const head = contestHead({ ...open, image }, '', 'http://thi.example.vn');
    expect(head).toMatchObject({
      title: open.title,
      image: `http://thi.example.vn/api/media/${image}`,
      address: `http://thi.example.vn/cuoc-thi/${contest.slug}`,
      indexed: true,
    });
    expect(head.description).toMatch(/^Bốn tuần tìm hiểu "Nghị quyết" Thi từ 01\/08\/2022 /);
    expect(head.text).toContainEqual({ paragraph: 'Học <b>đúng</b>.' });
    const board = contestHead(open, 'bang-xep-hang', 'http://thi.example.vn');
    expect([board.title, board.indexed]).toEqual([`Bảng xếp hạng · ${open.title}`, true]);
    expect(contestHead(open, 'dot/1', 'http://thi.example.vn').indexed).toBe(false);
  });
});

describe('the desk', () => {
  it('shows nothing of a contest that is somebody else’s, or a draft', async () => {
    const stranger = await new Visitor(server).register();
    await stranger.become('organiser');
    for (const path of ['reach', 'poster'])
      expect((await stranger.get(`/api/desk/contests/${contest.id}/${path}`)).status).toBe(404);
    const draft = await stranger.post('/api/desk/contests', {
      title: 'Bản nháp',
      preset: 'oneAttempt',
      opensAt: server.clock.now(),
      rounds: 1,
      banks: [],
    });
    expect((await stranger.get(`/api/desk/contests/${draft.body.id}/reach`)).status).toBe(404);
  });
});

describe('a document and a list of winners', () => {
  it('say what they are, too', () => {
    const document = {
      ...{
        slug: 'nq-15',
        type: 'Nghị quyết',
        number: '15-NQ/TW',
        title: 'Về phương hướng phát triển Thủ đô',
      },
      ...{ issuer: 'Bộ Chính trị', note: '' },
    };
    const head = documentHead(document, 'muc-1', 'http://thi.example.vn');
    expect(head).toMatchObject({
      title: document.title,
      description: 'Nghị quyết 15-NQ/TW. Bộ Chính trị',
      address: 'http://thi.example.vn/van-ban/nq-15/muc-1',
    });
    const open = server.app.reach.open.contestBySlug(contest.slug);
    if (open === null) throw new Error('the contest is not open');
    expect(contestHead(open, 'doat-giai', 'http://x.vn').title).toBe(`Danh sách đạt giải · ${open.title}`);
  });
});
