import { beforeAll, expect, it } from 'vitest';
import { startServer, type TestServer } from '../../harness/app.ts';
import { openContest, type TestContest } from '../../harness/contest.ts';
import { onBothDatabases } from '../../harness/databases.ts';
import { startSmtp, type TestSmtp } from '../../harness/smtp.ts';
import { PASSWORD, Visitor } from '../../harness/visitor.ts';

const DAY = 86_400_000;
const MAIL = {
  id: 'emailReminders',
  vi: 'Tôi đồng ý nhận thư nhắc về cuộc thi này.',
  en: 'I agree to get reminders of this contest.',
  required: false,
  version: 1,
};

onBothDatabases('reminders', (databases) => {
  let smtp: TestSmtp;
  let server: TestServer;
  let contest: TestContest;

  beforeAll(async () => {
    smtp = await startSmtp();
    server = await startServer(await databases.location(), {
      HOITHI_SMTP_URL: smtp.url,
      HOITHI_MAIL_FROM: 'khong-tra-loi@hoithi.example.vn',
    });
    contest = await openContest(server, (draft) => {
      draft.settings.fields = {
        ...{ birthDate: 'no', phone: 'no', citizenId: 'no', address: 'no', unit: 'no', title: 'no' },
        email: 'optional',
        group: 'optional',
      };
      draft.settings.consents = [MAIL];
      draft.settings.reminders = { opens: true, closes: true, results: true };
      draft.settings.guests = true;
    });
  });

  async function entrant(name: string, agrees: boolean, more: object = {}): Promise<Visitor> {
    const visitor = await new Visitor(server).register({ name, email: `${name}@example.vn` });
    const consents = agrees ? [{ id: MAIL.id, version: 1 }] : [];
    const { status } = await visitor.post(`/api/contests/${contest.slug}/entry`, { consents, ...more });
    expect(status).toBe(200);
    return visitor;
  }
  const sentTo = () => smtp.received.flatMap(({ to }) => to).sort();
  const turn = () => server.app.mail.sender.turn();
  const reminder = (more: object = {}) => ({
    kind: 'opens',
    round: contest.round,
    units: [],
    groups: [],
    note: '',
    ...more,
  });
  const base = () => `/api/desk/contests/${contest.id}`;

  it('go to those alone who agreed and have an address, and are counted before', async () => {
    await entrant('an', true, { group: 'student' });
    await entrant('binh', false);
    await entrant('chi', true);
    await new Visitor(server).post(`/api/contests/${contest.slug}/entry`, {
      name: 'Khách không địa chỉ',
      consents: [{ id: MAIL.id, version: 1 }],
    });
    const preview = await contest.owner.post(
      `${base()}/reminders/preview`,
      reminder({ note: 'Mời cả lớp!' }),
    );
    expect(preview.body).toMatchObject({ entrants: 4, mail: 2, push: 0 });
    expect(preview.body.vi.text).toContain('Mời cả lớp!');
    const students = await contest.owner.post(
      `${base()}/reminders/preview`,
      reminder({ groups: ['student'] }),
    );
    expect(students.body).toMatchObject({ entrants: 1, mail: 1 });
    const id = '01890000-0000-7000-8000-000000000077';
    const body = { id, reason: 'nhắc học sinh', ...reminder({ groups: ['student'] }) };
    const sent = await contest.owner.post(`${base()}/reminders`, body);
    expect(sent.status).toBe(201);
    expect((await contest.owner.post(`${base()}/reminders`, body)).body.reminders).toHaveLength(1);
    await turn();
    expect(sentTo()).toEqual(['an@example.vn']);
    const letter = await smtp.letterTo('an@example.vn');
    expect(letter.text).toContain(`/cuoc-thi/${contest.slug}/dot/1`);
    const desk = await contest.owner.get(`${base()}/reach`);
    expect(desk.body).toMatchObject({ mailFrom: 'khong-tra-loi@hoithi.example.vn', asksForMail: true });
    expect(desk.body.reminders[0]).toMatchObject({
      state: 'done',
      automatic: false,
      mail: { sent: 1, waiting: 0 },
    });
  });

  it('end with one click, which takes the consent back, and its page gives it again', async () => {
    const letter = await smtp.letterTo('an@example.vn');
    const token = /bo-nhan-thu#(\S+)/.exec(letter.text)?.[1] ?? '';
    const anybody = new Visitor(server);
    const stopped = await anybody.post(`/api/letters/${token}/unsubscribe`);
    expect(stopped.body).toEqual({ contest: 'Tìm hiểu Nghị quyết 15-NQ/TW', wanted: false });
    expect((await anybody.post(`/api/letters/${token}/unsubscribe`)).status).toBe(200);
    const count = async () => (await contest.owner.post(`${base()}/reminders/preview`, reminder())).body.mail;
    expect(await count()).toBe(1);
    await anybody.post(`/api/letters/${token}/subscribe`);
    expect(await count()).toBe(2);
  });

  it('leave of themselves, once, whoever looks; the last day’s only to those who have not begun', async () => {
    const { reminders } = server.app.reach;
    const before = smtp.received.length;
    expect(await reminders.automatic()).toBe(1);
    expect(await reminders.automatic()).toBe(0);
    await turn();
    expect(sentTo().slice(before)).toHaveLength(2);
    const an = await entrant('em', true);
    expect((await an.post(`/api/rounds/${contest.round}/attempts`, { number: 1 })).status).toBe(200);
    server.clock.advance(6 * DAY + 60_000);
    const [round] = (await contest.owner.get(base())).body.rounds;
    server.clock.advance(round.closesAt - DAY - server.clock.now() + 1);
    expect(await reminders.automatic()).toBe(1);
    smtp.received.length = 0;
    await turn();
    expect(sentTo()).toEqual(['an@example.vn', 'chi@example.vn']);
    expect(smtp.received[0]?.subject).toContain('Sắp đóng');
  });

  it('are not sent to whoever was erased or took the consent back after they were filled', async () => {
    const dung = await entrant('dung', true);
    const gone = await entrant('giang', true);
    const { body } = await contest.owner.post(`${base()}/reminders`, {
      id: '01890000-0000-7000-8000-000000000078',
      reason: 'thử',
      ...reminder(),
    });
    const [mailing] = await server.app.mail.outbox.inState('filling');
    if (mailing === undefined) throw new Error('nothing to fill');
    await server.app.reach.reminders.fill(mailing);
    expect((await gone.post('/api/me/erase', { password: PASSWORD })).status).toBe(204);
    const list = await dung.get('/api/me/consents');
    const [entered] = list.body.contests;
    await dung.put('/api/me/consents', { contest: entered.id, id: MAIL.id, given: false });
    smtp.received.length = 0;
    await turn();
    expect(sentTo()).toEqual(['an@example.vn', 'chi@example.vn', 'em@example.vn']);
    const { reminders } = (await contest.owner.get(`${base()}/reach`)).body;
    expect([body.reminders.length, reminders[0].mail]).toEqual([
      4,
      { waiting: 0, sent: 3, givenUp: 0, dropped: 2 },
    ]);
  });

  it('can be stopped while they leave', async () => {
    const id = '01890000-0000-7000-8000-000000000079';
    await contest.owner.post(`${base()}/reminders`, { id, reason: 'thử dừng', ...reminder() });
    smtp.received.length = 0;
    const stopped = await contest.owner.post(`${base()}/reminders/${id}/cancel`);
    expect(stopped.body.reminders[0]).toMatchObject({ id, state: 'cancelled' });
    await turn();
    expect(sentTo()).toEqual([]);
    const foreign = await openContest(server);
    expect((await foreign.owner.post(`/api/desk/contests/${foreign.id}/reminders/${id}/cancel`)).status).toBe(
      404,
    );
  });
});
