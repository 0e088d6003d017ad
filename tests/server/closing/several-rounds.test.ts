/** Prizes over several rounds: caps count what earlier rounds gave, the whole contest is official last, units win as units. */
import { eq } from 'drizzle-orm';
import { beforeAll, expect, it, vi } from 'vitest';
import { Snapshots } from '../../../server/closing/snapshots.ts';
import type { ClosingBoard } from '../../../server/contracts/closing.ts';
import { RemedyStore } from '../../../server/remedies/store.ts';
import { startServer, type TestServer } from '../../harness/app.ts';
import { type ClosedRound, playedRound, settle, takeRound } from '../../harness/closed-round.ts';
import { onBothDatabases } from '../../harness/databases.ts';
import { Visitor } from '../../harness/visitor.ts';

const NAMES = ['Nguyễn Thị Hoa', 'Trần Văn Bình', 'Lê Minh Châu'];
const reason = 'Theo biên bản họp ban tổ chức';
const prize = (id: string, more: object = {}) => ({
  id,
  title: `Giải ${id}`,
  value: '',
  count: 1,
  scope: 'round',
  to: 'people',
  by: 'rank',
  metric: 'entrants',
  unit: null,
  block: null,
  membersFrom: null,
  membersTo: null,
  minMarks: null,
  minEntrants: null,
  ...more,
});

onBothDatabases('prizes over several rounds', (databases) => {
  let server: TestServer;
  let contest: ClosedRound;
  let desk: string;
  let boards: readonly [first: string, second: string, whole: string];

  async function boardOf(key: string): Promise<ClosingBoard> {
    const { body } = await contest.owner.get(`${desk}/closing`);
    return body.boards.find(({ board }: ClosingBoard) => board === key);
  }

  async function declare(board: string, standing: string) {
    const last = (await boardOf(board)).snapshots[0]?.number ?? 0;
    return contest.owner.post(`${desk}/standings`, { board, standing, last, reason });
  }

  /** Decides from the newest snapshot, publishes, and gives the lines. */
  async function give(board: string): Promise<{ prize: string; name: string; why: { vi: string } }[]> {
    const snapshot = (await boardOf(board)).snapshots[0]?.id;
    const decided = await contest.owner.post(`${desk}/winners`, { board, snapshot, extra: '', reason });
    if (decided.status !== 200) throw new Error(decided.text);
    const list = decided.body.id;
    const published = await contest.owner.post(`${desk}/winners/publication`, { list, reason });
    if (published.status !== 200) throw new Error(published.text);
    return published.body.lines;
  }

  const named = (lines: readonly { prize: string; name: string }[]) =>
    lines.map(({ prize: of, name }) => [of, name]);

  beforeAll(async () => {
    server = await startServer(await databases.location());
    const admin = await new Visitor(server).register();
    await admin.become('organiser');
    const units: string[] = [];
    for (const name of ['Phường Hoàn Kiếm', 'Xã Ứng Hòa']) {
      const made = await admin.post('/api/units', { name, block: 'Phường, xã', headcount: 10 });
      if (made.body?.uid === undefined) throw new Error(made.text);
      units.push(made.body.uid);
    }
    contest = await playedRound(
      server,
      NAMES.map((name, i) => ({ name, marks: 1000 - 100 * i, unit: units[i === 0 ? 0 : 1] ?? '' })),
      (draft) => {
        draft.settings.fields.unit = 'required';
        const [first] = draft.rounds;
        if (first === undefined) throw new Error('no round');
        const week = first.closesAt - first.opensAt;
        const second = { ...structuredClone(first), id: null, title: 'Vòng 2' };
        draft.rounds = [first, { ...second, opensAt: first.closesAt, closesAt: first.closesAt + week }];
      },
    );
    desk = `/api/desk/contests/${contest.id}`;
    const { body } = await contest.owner.get(desk);
    const [first, second] = body.rounds.map(({ id }: { id: string }) => `round-${id}`);
    boards = [first, second, `contest-${contest.id}`];
    const before = await contest.owner.get(`${desk}/prizes`);
    const saved = await contest.owner.put(`${desk}/prizes`, {
      expectedVersion: 0,
      plan: {
        ...before.body.plan,
        prizes: [
          prize('nhat'),
          prize('phuong', { to: 'units', block: 'Phường, xã', metric: 'rate' }),
          prize('chungcuoc', { scope: 'contest' }),
        ],
        caps: { onePerBoard: true, person: 1, unit: null, unitWins: null },
      },
    });
    if (saved.status !== 200) throw new Error(saved.text);
  }, 120_000);

  it('gives the first round’s prizes to its best person and its best unit', async () => {
    await settle(server, contest, contest.round);
    expect((await declare(boards[0], 'provisional')).status).toBe(200);
    const lines = await give(boards[0]);
    expect(named(lines)).toEqual([
      ['nhat', NAMES[0]],
      ['phuong', 'Xã Ứng Hòa'],
    ]);
    expect(lines[1]?.why.vi).toBe(
      'Xếp trên đơn vị kế tiếp (Phường Hoàn Kiếm): tỷ lệ tham gia cao hơn (20% so với 10%).',
    );
  });

  it('passes over who has won as often as one may, and keeps the earlier round as it was', async () => {
    const { body } = await contest.owner.get(desk);
    const second: string = body.rounds[1].id;
    for (const [i, { visitor }] of contest.players.entries())
      await takeRound(server, second, visitor, { marks: 900 - 100 * i });
    await settle(server, contest, second);
    expect((await declare(boards[1], 'provisional')).status).toBe(200);
    expect(named(await give(boards[1]))).toEqual([
      ['nhat', NAMES[1]],
      ['phuong', 'Xã Ứng Hòa'],
    ]);
    const list = await contest.owner.get(`${desk}/winners?board=${boards[1]}`);
    expect(list.body.passed).toMatchObject([
      { name: NAMES[0], cause: { vi: 'Đã đủ số giải tối đa của một người' } },
    ]);
    expect(named(await give(boards[0]))).toEqual([
      ['nhat', NAMES[0]],
      ['phuong', 'Xã Ứng Hòa'],
    ]);
  });

  it('is official as a whole once every round is, and gives the contest’s prize to who has none yet', async () => {
    expect((await declare(boards[2], 'provisional')).status).toBe(200);
    expect(await boardOf(boards[2])).toMatchObject({ waits: 'rounds', next: ['provisional'] });
    expect((await declare(boards[2], 'official')).body.code).toBe('closing.notYet');
    for (const round of boards.slice(0, 2)) expect((await declare(round, 'official')).status).toBe(200);
    expect((await declare(boards[2], 'official')).status).toBe(200);
    expect(named(await give(boards[2]))).toEqual([['chungcuoc', NAMES[2]]]);
    const shown = await new Visitor(server).get(`/api/leaderboards/${boards[2]}`);
    expect(shown.body.standing).toBe('official');
    const page = await new Visitor(server).get(`/api/contests/${contest.slug}/winners`);
    expect(page.body.lists).toHaveLength(3);
  });

  it('is not declared as a whole beside a remedy, which nobody who declared has seen', async () => {
    const { database } = server.context;
    const { rounds: t } = database.tables;
    const all = await database.query.select().from(t);
    const write = Snapshots.prototype.write;
    vi.spyOn(Snapshots.prototype, 'write').mockImplementationOnce(async function (
      this: Snapshots,
      ...taking
    ) {
      const row = await write.apply(this, taking);
      await database.atomic(new RemedyStore(database).hold(all.slice(0, 1)));
      return row;
    });
    const before = (await boardOf(boards[2])).snapshots.length;
    expect(await declare(boards[2], 'amended')).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect((await boardOf(boards[2])).snapshots).toHaveLength(before);
    expect((await declare(boards[2], 'amended')).status).toBe(200);
  });

  it('is published once by two at once, and not from a snapshot that is no longer the newest', async () => {
    const { database } = server.context;
    const { auditLog: l } = database.tables;
    const board = boards[2];
    const decided = async () => {
      const snapshot = (await boardOf(board)).snapshots[0]?.id;
      return (await contest.owner.post(`${desk}/winners`, { board, snapshot, extra: '', reason })).body.id;
    };
    const publish = (list: string) => contest.owner.post(`${desk}/winners/publication`, { list, reason });
    const old = await decided();
    expect((await declare(board, 'amended')).status).toBe(200);
    expect(await publish(old)).toMatchObject({ status: 409, body: { code: 'conflict' } });
    const list = await decided();
    const replies = await Promise.all([publish(list), publish(list), publish(list)]);
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
    const lines = await database.query.select().from(l).where(eq(l.action, 'winners.published'));
    expect(lines.filter(({ details }) => details?.list === list)).toHaveLength(1);
  });
});
