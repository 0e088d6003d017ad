import { beforeAll, expect, it } from 'vitest';
import { readConfig } from '../../../server/config.ts';
import { closeContext, createContext } from '../../../server/context.ts';
import { Mail } from '../../../server/mail/mail.ts';
import { MovableClock } from '../../../server/platform/clock.ts';
import { FIRST_DAY, startServer, type TestServer } from '../../harness/app.ts';
import { onBothDatabases, temporaryFolder } from '../../harness/databases.ts';
import { startSmtp, type TestSmtp } from '../../harness/smtp.ts';
import { Visitor } from '../../harness/visitor.ts';

onBothDatabases('letters', (databases) => {
  let smtp: TestSmtp;
  let server: TestServer;
  let location: string;
  const settings = () => ({
    HOITHI_SMTP_URL: smtp.url,
    HOITHI_MAIL_FROM: 'Hội Thi <khong-tra-loi@hoithi.example.vn>',
    HOITHI_MAIL_PER_MINUTE: '1000',
  });

  beforeAll(async () => {
    smtp = await startSmtp();
    location = await databases.location();
    server = await startServer(location, settings());
  });

  const letter = (key: string, to: readonly string[], more: object = {}) => ({
    key,
    purpose: 'report',
    to,
    subject: 'Báo cáo tuần 1',
    text: 'Kính gửi quý đơn vị.',
    by: 'system',
    ...more,
  });
  const rows = () => {
    const { database } = server.context;
    return database.query.select().from(database.tables.deliveries);
  };

  it('leave once, with their files, and the address is let go', async () => {
    const { mail } = server.app;
    const files = [{ name: 'bao-cao.csv', type: 'text/csv', bytes: Buffer.from('đơn vị;42') }];
    const link = { path: '/ban-lam-viec', label: 'Mở báo cáo' };
    expect(await mail.send(letter('report/1', ['a@example.vn', 'A@example.vn '], { files, link }))).toBe(
      true,
    );
    expect(await mail.send(letter('report/1', ['a@example.vn']))).toBe(false);
    expect(await mail.sender.turn()).toBe(1);
    expect(await mail.sender.turn()).toBe(0);
    expect(smtp.received).toHaveLength(1);
    const got = await smtp.letterTo('a@example.vn');
    expect(got.subject).toBe('Báo cáo tuần 1');
    expect(got.text).toContain('Kính gửi quý đơn vị.');
    expect(got.text).toContain(`${server.context.config.publicUrl.origin}/ban-lam-viec`);
    expect(got.raw).toContain('bao-cao.csv');
    expect(got.raw).toContain(Buffer.from('đơn vị;42').toString('base64'));
    const [row] = await rows();
    expect(row).toMatchObject({ state: 2, addressCipher: null, problem: null });
    const { database } = server.context;
    const [mailing] = await database.query.select().from(database.tables.mailings);
    expect(mailing).toMatchObject({ state: 'done', files: null });
  });

  it('are ended by one click of a mail program, and come again when wanted', async () => {
    const { mail } = server.app;
    const got = await smtp.letterTo('a@example.vn');
    const door = /^<(.+)>$/.exec(got.headers.get('list-unsubscribe') ?? '')?.[1] ?? '';
    expect(got.headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    const { pathname, origin } = new URL(door);
    expect(origin).toBe(server.context.config.publicUrl.origin);
    expect(got.text).toContain(`/bo-nhan-thu#${pathname.split('/')[3]}`);
    const click = await server.app.http.inject({
      method: 'POST',
      url: pathname,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'List-Unsubscribe=One-Click',
    });
    expect([click.statusCode, click.json()]).toEqual([200, { contest: null, wanted: false }]);
    await mail.send(letter('report/2', ['a@example.vn', 'b@example.vn']));
    await mail.sender.turn();
    expect(smtp.received.map(({ to }) => to[0])).toEqual(['a@example.vn', 'b@example.vn']);
    const back = await new Visitor(server).post(pathname.replace('unsubscribe', 'subscribe'));
    expect(back.body).toEqual({ contest: null, wanted: true });
    await mail.send(letter('report/3', ['a@example.vn']));
    expect(await mail.sender.turn()).toBe(1);
    const forged = await new Visitor(server).post(`/api/letters/${'A'.repeat(80)}/unsubscribe`);
    expect(forged.status).toBe(404);
    // Only here: other doors take JSON alone.
    const elsewhere = await server.app.http.inject({
      method: 'POST',
      url: '/api/sessions',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'login=a',
    });
    expect(elsewhere.statusCode).toBe(415);
  });

  it('are tried again when a mailbox is busy, given up when it does not exist', async () => {
    const { mail } = server.app;
    smtp.refuse = (address) => (address.startsWith('ban') ? 450 : address.startsWith('khong') ? 550 : null);
    await mail.send(letter('report/4', ['ban@example.vn', 'khong@example.vn', 'c@example.vn']));
    expect(await mail.sender.turn()).toBe(1);
    const state = async () =>
      (await rows())
        .filter(({ problem }) => problem !== null)
        .map(({ state: now, tries, problem }) => [now, tries, problem])
        .filter(([, , problem]) => String(problem).startsWith('smtp'))
        .sort();
    expect(await state()).toEqual([
      [1, 1, 'smtp 450'],
      [3, 1, 'smtp 550'],
    ]);
    expect(await mail.sender.turn()).toBe(0);
    smtp.refuse = () => null;
    server.clock.advance(80_000);
    expect(await mail.sender.turn()).toBe(1);
    expect((await smtp.letterTo('ban@example.vn')).to).toEqual(['ban@example.vn']);
  });

  it('wait without losing a try while the mail server is down', async () => {
    const { mail } = server.app;
    await smtp.stop();
    await mail.send(letter('report/5', ['d@example.vn']));
    expect(await mail.sender.turn()).toBe(0);
    const waiting = (await rows()).find(({ state }) => state === 1);
    expect(waiting).toMatchObject({ tries: 0 });
    await smtp.again();
    server.clock.advance(61_000);
    expect(await mail.sender.turn()).toBe(1);
    await smtp.letterTo('d@example.vn');
  });

  it('are sent by one of two nodes, and by the other when one dies in between', async () => {
    const { mail } = server.app;
    const before = smtp.received.length;
    const many = Array.from({ length: 24 }, (_, i) => `nut${i}@example.vn`);
    await mail.send(letter('report/6', many));
    const clock = new MovableClock(server.clock.now());
    const isShared = location.startsWith('postgres');
    const context = isShared
      ? await createContext(
          readConfig({
            ...settings(),
            DATABASE_URL: location,
            HOITHI_SECRET: 'a secret of tests, long enough for anybody',
            HOITHI_DATA_DIR: temporaryFolder(),
            HOITHI_LOG_LEVEL: 'silent',
          }),
          clock,
        )
      : server.context;
    const other = new Mail(context);
    // A node that took one and died: nobody touches it until its lease is over.
    const [lost] = await other.outbox.take(['mail'], 1);
    await Promise.all([mail.sender.turn(), other.sender.turn()]);
    const sent = () => smtp.received.slice(before).flatMap(({ to }) => to);
    expect(sent()).toHaveLength(23);
    expect(new Set(sent()).size).toBe(23);
    server.clock.advance(5 * 60_000 + 1);
    expect(await mail.sender.turn()).toBe(1);
    expect(new Set(sent()).size).toBe(24);
    expect(lost).toBeDefined();
    await other.close();
    if (isShared) await closeContext(context);
  });

  it('are no faster than the mail server takes', async () => {
    const slow = await startServer(
      await databases.location(),
      { ...settings(), HOITHI_MAIL_PER_MINUTE: '60' },
      new MovableClock(FIRST_DAY),
    );
    await slow.app.mail.send(
      letter(
        'report/7',
        Array.from({ length: 30 }, (_, i) => `cham${i}@example.vn`),
      ),
    );
    expect(await slow.app.mail.sender.turn()).toBe(10);
    slow.clock.advance(5000);
    expect(await slow.app.mail.sender.turn()).toBe(5);
    await slow.close();
  });
});
