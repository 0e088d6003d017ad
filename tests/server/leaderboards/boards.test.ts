import pg from 'pg';
import { expect, it } from 'vitest';
import { changesOf } from '../../../server/contests/change-log.ts';
import { Boards, type UnitsForBoards } from '../../../server/leaderboards/boards.ts';
import { freezeBoard, revealBoard } from '../../../server/leaderboards/freezing.ts';
import { Names } from '../../../server/leaderboards/names.ts';
import { Settling } from '../../../server/leaderboards/settling.ts';
import { BoardViews } from '../../../server/leaderboards/views.ts';
import { LocalAnnouncer } from '../../../server/platform/announcer.ts';
import { BusyError } from '../../../server/platform/database/door.ts';
import { Keys } from '../../../server/platform/database/keys.ts';
import { createLog } from '../../../server/platform/log.ts';
import { Secrets } from '../../../server/platform/secrets.ts';
import { onBothDatabases, type TestDatabases } from '../../harness/databases.ts';
import { GRACE_MS, OPENS, openRound, settings } from '../../harness/round.ts';

const ROUND_UID = '00000000-0000-7000-8000-000000000001';
const CONTEST_UID = '00000000-0000-7000-8000-000000000002';
const KEY = `round-${ROUND_UID}`;
/** Who takes part, and who also entered: enough to be beyond the leaders. */
const PEOPLE = 40;
const ENTRANTS = 110;

const TREE = [{ unit: 7, parent: null, members: 100 }];
const units = { version: 1, tree: () => TREE, onChange: () => () => true };
const unitNames = {
  byUid: (uid: string) => (uid === 'u7' ? { id: 7 } : undefined),
  byId: (id: number) => (id === 7 ? { uid: 'u7', name: 'Đơn vị Bảy' } : undefined),
  hasBelow: () => false,
};

/** A published contest of one round, a hundred and ten entrants, boards that follow. */
async function open(databases: TestDatabases, tree: UnitsForBoards = units) {
  const location = await databases.location();
  const { openDatabase } = await import('../../../server/platform/database/open.ts');
  const database = await openDatabase(location, (error) => {
    throw error;
  });
  const t = database.tables;
  const contestSettings = {
    names: 'full' as const,
    fields: {
      birthDate: 'no',
      phone: 'no',
      email: 'no',
      citizenId: 'no',
      address: 'no',
      unit: 'no',
      title: 'no',
      group: 'no',
    } as const,
    consents: [],
    guests: false,
    unitRanking: 'entrants' as const,
    overall: false,
    rules: '',
    prizes: '',
  };
  const test = await openRound(database, { uid: ROUND_UID });
  const people = Array.from({ length: ENTRANTS }, (_, i) => i + 1);
  await database.atomic([
    database.query.insert(t.contests).values({
      id: 1,
      uid: CONTEST_UID,
      slug: 'c',
      title: 'Cuộc thi',
      summary: '',
      page: '',
      state: 'published',
      settings: contestSettings,
      version: 1,
      createdAt: 0,
    }),
    database.query.insert(t.rounds).values({
      id: 1,
      uid: ROUND_UID,
      contestId: 1,
      number: 1,
      title: 'Vòng 1',
      opensAt: OPENS,
      closesAt: test.round.closesAt,
      durationMs: test.round.durationMs,
      settings,
      state: 'scheduled',
      version: 1,
    }),
    database.query.insert(t.people).values(
      people.map((id) => ({
        id,
        uid: `p${id}`,
        name: `Nguyễn Văn ${id}`,
        folded: `nguyen van ${id}`,
        sortKey: `${id}`,
        guest: false,
        createdAt: 0,
      })),
    ),
    database.query.insert(t.entries).values(
      people.map((id) => ({
        contestId: 1,
        personId: id,
        number: id,
        sequence: id,
        fields: {},
        consents: {},
        createdAt: 0,
      })),
    ),
  ]);
  const announcer = new LocalAnnouncer();
  const secrets = new Secrets('test secret of more than thirty-two characters');
  const context = {
    database,
    keys: new Keys(database),
    announcer,
    secrets,
    clock: test.clock,
    log: createLog('silent'),
    config: { databaseUrl: location, graceMs: GRACE_MS },
  };
  const boards = new Boards(context, tree);
  await boards.start();
  const views = new BoardViews(boards, new Names(database, { now: () => Date.now() }), unitNames, secrets);
  const end = async (): Promise<void> => {
    await boards.close();
    await database.close();
  };
  return { test, database, boards, views, context, end };
}

type Opened = Awaited<ReturnType<typeof open>>;

/** One person's next attempt: `wrong` of ten questions blank. */
async function attempt(
  { test }: Opened,
  person: number,
  number: number,
  right: number,
  prediction: number,
  usedMs: number,
): Promise<void> {
  const { gradingOf } = await import('../../../questions/kinds/gradings.ts');
  const { paperOf } = await import('../../../server/attempts/papers.ts');
  const now = test.clock.now();
  const row = await test.attempts.start(test.round, person, { number }, now);
  const held = await test.attempts.journal.find(row.id);
  if (held === null) throw new Error('not open');
  const paper = paperOf(row.paper);
  const versions = await test.attempts.papers.versionsOf(paper);
  const keys = await test.attempts.gradingKeys.keysOf(paper, test.round.id);
  const changes = Object.fromEntries(
    versions
      .slice(0, right)
      .map((version, i) => [
        i,
        gradingOf(version.kind).reveal(version.prompt, keys[i]?.key ?? null, paper.questions[i]?.order ?? []),
      ]),
  ) as Record<string, never>;
  await test.attempts.submit(
    held,
    { device: 'phone1', n: 1, base: 0, changes, predicted: prediction },
    now + usedMs,
  );
}

/** Best attempt a person: marks, then time; by sorting everything. */
async function bruteForce({
  database,
}: Opened): Promise<{ person: number; marks: number; elapsedMs: number }[]> {
  const rows = await database.query.select().from(database.tables.results);
  const best = new Map<number, (typeof rows)[number]>();
  const better = (a: (typeof rows)[number], b: (typeof rows)[number]): number =>
    b.marks - a.marks ||
    a.elapsedMs - b.elapsedMs ||
    a.submittedAt - b.submittedAt ||
    a.attemptId - b.attemptId;
  for (const row of rows) {
    const known = best.get(row.personId);
    if (known === undefined || better(row, known) < 0) best.set(row.personId, row);
  }
  return [...best.values()]
    .sort(better)
    .map(({ personId, marks, elapsedMs }) => ({ person: personId, marks, elapsedMs }));
}

const shown = (opened: Opened, audience: 'open' | 'staff' = 'open') =>
  opened.boards
    .get(KEY)
    ?.live?.[audience].page(0, 1000)
    .map(({ person, standing }) => ({ person, marks: standing.marks, elapsedMs: standing.elapsedMs }));

onBothDatabases('leaderboards', (databases, dialect) => {
  it('follow results as they come, equal a brute-force sort, and are the same when built from rows', async () => {
    const opened = await open(databases);
    for (let i = 0; i < 90; i++)
      await attempt(
        opened,
        (i % PEOPLE) + 1,
        Math.floor(i / PEOPLE) + 1,
        (i * 7) % 11,
        i,
        1000 + ((i * 7919) % 50_000),
      );
    await opened.boards.catchUp();
    const expected = await bruteForce(opened);
    expect(expected).toHaveLength(PEOPLE);
    expect(shown(opened)).toEqual(expected);
    const again = new Boards(opened.context, units);
    await again.start();
    expect(again.get(KEY)?.live?.open.page(0, 1000)).toEqual(
      opened.boards.get(KEY)?.live?.open.page(0, 1000),
    );
    expect(opened.boards.get(KEY)?.live?.open.unit(7)).toMatchObject({ entrants: PEOPLE, attempts: 90 });
    await again.close();
    await opened.end();
  });

  it.runIf(dialect === 'postgres')(
    'wait for what was written beside a transaction that still runs, and say so when it does not end',
    async () => {
      const opened = await open(databases);
      const client = new pg.Client({ connectionString: opened.context.config.databaseUrl });
      await client.connect();
      await client.query('begin');
      await client.query('select pg_current_xact_id()');
      await attempt(opened, 1, 1, 5, 0, 1000);
      await expect(opened.boards.catchUp(50)).rejects.toThrow(BusyError);
      expect(shown(opened)).toEqual([]);
      const caughtUp = opened.boards.catchUp();
      await client.query('rollback');
      await client.end();
      await caughtUp;
      expect(shown(opened)).toHaveLength(1);
      await opened.end();
    },
  );

  it('count a unit as soon as it is known here, though its results and the nudge about it came before', async () => {
    const changed = new Set<() => void>();
    const tree = {
      version: 1,
      units: TREE.slice(1),
      tree: () => tree.units,
      onChange: (listener: () => void) => {
        changed.add(listener);
        return () => changed.delete(listener);
      },
    };
    const opened = await open(databases, tree);
    opened.context.announcer.announce('units');
    await attempt(opened, 1, 1, 5, 0, 1000);
    await opened.boards.catchUp();
    expect((await opened.views.units(KEY, {}, 'staff')).lines).toEqual([]);
    Object.assign(tree, { version: 2, units: TREE });
    for (const listener of changed) listener();
    await opened.boards.catchUp();
    expect((await opened.views.units(KEY, {}, 'staff')).lines).toMatchObject([{ id: 'u7', entrants: 1 }]);
    await opened.end();
    expect(changed.size).toBe(0);
  });

  it('show nothing that came after a freeze, by page, search or own standing, until it is revealed', async () => {
    const opened = await open(databases);
    for (let person = 1; person <= 10; person++)
      await attempt(opened, person, 1, person % 5, 0, 1000 * person);
    await opened.boards.catchUp();
    const before = shown(opened);
    const frozenPage = await opened.views.people(KEY, {}, 'open');
    opened.test.clock.advance(120_000);
    await freezeBoard(opened.context, ROUND_UID, { actor: 'a', reason: 'chung kết', address: '' });
    opened.test.clock.advance(1000);
    await opened.boards.refresh();
    await attempt(opened, 20, 1, 10, 0, 500);
    await attempt(opened, 1, 2, 10, 0, 500);
    await opened.boards.catchUp();
    expect(shown(opened)).toEqual(before);
    const page = await opened.views.people(KEY, {}, 'open');
    expect(page.frozenAt).not.toBeNull();
    expect(page.lines).toEqual(frozenPage.lines);
    expect(page.total).toBe(frozenPage.total);
    expect((await opened.views.me(KEY, 20, 'open')).me).toBeNull();
    expect((await opened.views.search(KEY, 'nguyen van 20', 'open')).lines).toEqual([]);
    expect(shown(opened, 'staff')?.[0]?.marks).toBe(1000);
    await revealBoard(opened.context, ROUND_UID, { actor: 'a', reason: 'công bố', address: '' });
    await opened.boards.refresh();
    const { changes } = await changesOf(opened.context, { uid: CONTEST_UID });
    expect(changes.map(({ action, reason }) => [action, reason])).toEqual([
      ['board.revealed', 'công bố'],
      ['board.frozen', 'chung kết'],
    ]);
    expect(
      shown(opened)
        ?.slice(0, 2)
        .map(({ person }) => person)
        .sort(),
    ).toEqual([1, 20]);
    await opened.end();
  });

  it('rank by predictions only after the round was settled, and settle once', async () => {
    const opened = await open(databases);
    await attempt(opened, 1, 1, 10, 50, 5000);
    await attempt(opened, 2, 1, 10, 3, 9000);
    await attempt(opened, 3, 1, 4, 2, 1000);
    await opened.boards.catchUp();
    expect(shown(opened)?.map(({ person }) => person)).toEqual([1, 2, 3]);
    expect((await opened.views.people(KEY, {}, 'open')).lines[0]).not.toHaveProperty('predictionDistance');
    const settling = new Settling(opened.context);
    expect(await settling.settle()).toBe(0);
    opened.test.clock.set(opened.test.round.closesAt + 60_000);
    expect(await settling.settle()).toBe(1);
    expect(await settling.settle()).toBe(0);
    await opened.boards.refresh();
    const page = await opened.views.people(KEY, {}, 'open');
    expect(page.final).toBe(true);
    expect(page.lines.map(({ name, predictionDistance }) => [name, predictionDistance])).toEqual([
      ['Nguyễn Văn 2', 1],
      ['Nguyễn Văn 1', 48],
      ['Nguyễn Văn 3', 0],
    ]);
    await opened.end();
  });

  it.each(['entrants', 'attempts', 'allRight'] as const)(
    'show nothing of how far a prediction about %s has come, except to organisers, until it is settled',
    async (target) => {
      const opened = await open(databases);
      const { rounds } = opened.database.tables;
      const asking = { ...settings, prediction: { target, scope: 'round' as const } };
      await opened.database.atomic([opened.database.query.update(rounds).set({ settings: asking })]);
      for (let person = 1; person <= 12; person++)
        await attempt(opened, person, 1, person % 2 === 0 ? 10 : 3, 3, 1000 * person);
      await opened.boards.refresh();
      const spec = opened.boards.get(KEY)?.spec;
      expect(spec?.hidden).toBe(target === 'allRight' ? 'allRight' : 'numbers');
      const numbers = target !== 'allRight';
      const page = await opened.views.people(KEY, {}, 'open');
      // A count of changes would be a count of attempts.
      expect(page.revision).toBeGreaterThan(1_000_000_000_000);
      const mine = await opened.views.me(KEY, 3, 'open');
      const ofUnits = await opened.views.units(KEY, {}, 'open');
      expect(page.total).toBe(numbers ? null : 12);
      expect((await opened.views.people(KEY, { offset: 100, limit: 20 }, 'open')).lines).toEqual([]);
      expect(mine.me?.of ?? null).toBe(numbers ? null : 12);
      expect([mine.me?.rank, mine.me?.shareBelow, mine.reach]).toEqual([8, null, 100]);
      if (numbers) {
        expect(mine.me?.unit?.of ?? null).toBeNull();
        expect(ofUnits.lines[0]).toMatchObject({ entrants: null, attempts: null, rate: null });
        expect((await opened.views.message(KEY)).people.total).toBeNull();
      }
      expect((await opened.views.people(KEY, {}, 'staff')).total).toBe(12);
      expect((await opened.views.units(KEY, {}, 'staff')).lines[0]).toMatchObject({
        entrants: 12,
        attempts: 12,
      });
      opened.test.clock.set(opened.test.round.closesAt + 60_000);
      expect(await new Settling(opened.context).settle()).toBe(1);
      await opened.boards.refresh();
      expect((await opened.views.people(KEY, {}, 'open')).total).toBe(12);
      expect((await opened.views.units(KEY, {}, 'open')).lines[0]).toMatchObject({ entrants: 12 });
      await opened.end();
    },
  );

  it('tell a rank beyond the first hundred, and a share, only when nobody predicts any more', async () => {
    const opened = await open(databases);
    const { rounds } = opened.database.tables;
    const asking = { ...settings, prediction: { target: 'entrants', scope: 'round' } as const };
    await opened.database.atomic([opened.database.query.update(rounds).set({ settings: asking })]);
    for (let person = 1; person <= 104; person++) await attempt(opened, person, 1, 10, 3, 1000 * person);
    await opened.boards.refresh();
    const leader = await opened.views.me(KEY, 98, 'open');
    expect(leader.me).toMatchObject({
      rank: 98,
      of: null,
      shareBelow: null,
      unit: { rank: null, reach: 10 },
    });
    expect(leader.around.map(({ rank }) => rank)).toEqual([93, 94, 95, 96, 97, 98, 99, 100]);
    const beyond = await opened.views.me(KEY, 103, 'open');
    expect([beyond.reach, beyond.around]).toEqual([100, []]);
    expect(beyond.me).toMatchObject({ rank: null, of: null, shareBelow: null, unit: { rank: null } });
    const unit = await opened.views.people(KEY, { unit: 'u7' }, 'open');
    expect([unit.total, unit.reach, unit.lines.length]).toEqual([null, 10, 10]);
    expect((await opened.views.search(KEY, '103', 'open')).lines).toEqual([]);
    expect((await opened.views.me(KEY, 103, 'staff')).me).toMatchObject({ rank: 103, of: 104 });
    opened.test.clock.set(opened.test.round.closesAt + 60_000);
    await new Settling(opened.context).settle();
    await opened.boards.refresh();
    const after = await opened.views.me(KEY, 103, 'open');
    expect(after.me).toMatchObject({ rank: 103, of: 104, unit: { rank: 103, of: 104 } });
    expect([after.reach, after.me?.shareBelow === null]).toEqual([undefined, false]);
    await opened.end();
  });
});
