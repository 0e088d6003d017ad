/** Settled boards leave memory: their rows answer everything as the board in memory did, survive a restart, and are amended. */
import { expect, it } from 'vitest';
import { Boards } from '../../../server/leaderboards/boards.ts';
import { peopleSheet, toCsv, unitsSheet } from '../../../server/leaderboards/export.ts';
import { allPeople, allUnits } from '../../../server/leaderboards/export-lines.ts';
import { Names } from '../../../server/leaderboards/names.ts';
import { BoardViews } from '../../../server/leaderboards/views.ts';
import { LocalAnnouncer } from '../../../server/platform/announcer.ts';
import { MovableClock } from '../../../server/platform/clock.ts';
import type { Database } from '../../../server/platform/database/door.ts';
import { Keys } from '../../../server/platform/database/keys.ts';
import { openDatabase } from '../../../server/platform/database/open.ts';
import { createLog } from '../../../server/platform/log.ts';
import { Secrets } from '../../../server/platform/secrets.ts';
import { onBothDatabases, type TestDatabases } from '../../harness/databases.ts';
import { OPENS, settings } from '../../harness/round.ts';

const ROUND_UID = '00000000-0000-7000-8000-000000000001';
const KEY = `round-${ROUND_UID}`;
const PEOPLE = 260;
const METRICS = ['entrants', 'attempts', 'rate', 'average'] as const;
/** A root with two below, one of them with three below, and a root of its own. */
const TREE = [
  { unit: 1, parent: null, members: null },
  { unit: 2, parent: 1, members: 90 },
  { unit: 3, parent: 1, members: null },
  { unit: 4, parent: 3, members: 10 },
  { unit: 5, parent: 3, members: 0 },
  { unit: 6, parent: 3, members: null },
  { unit: 7, parent: null, members: 12 },
];
const units = { version: 1, tree: () => TREE, onChange: () => () => true };
const uidOf = (unit: number): string => `unit-${unit}`;
const unitNames = {
  byUid: (uid: string) => TREE.map(({ unit }) => ({ id: unit })).find(({ id }) => uidOf(id) === uid),
  byId: (id: number) => ({ uid: uidOf(id), name: `Đơn vị ${id}` }),
  hasBelow: (id: number) => TREE.some(({ parent }) => parent === id),
};

/** A small generator of numbers: the same world each time, full of ties. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

function resultsOf(database: Database) {
  const random = numbersFrom(7);
  return Array.from({ length: PEOPLE }, (_, i) => i + 1).flatMap((person) =>
    Array.from({ length: 1 + random(3) }, (_, n) => {
      const unit = random(8);
      return {
        attemptId: person * 10 + n,
        roundId: 1,
        personId: person,
        unitId: unit === 0 ? null : unit,
        version: 0,
        counts: 1,
        marks: random(5) * 250,
        rightCount: 0,
        elapsedMs: (1 + random(6)) * 10_000,
        submittedAt: OPENS + random(4) * 60_000,
        prediction: random(6) === 0 ? null : random(4),
      };
    }),
  ) satisfies (typeof database.tables.results.$inferInsert)[];
}

async function openWorld(databases: TestDatabases) {
  const location = await databases.location();
  const database = await openDatabase(location, (error) => {
    throw error;
  });
  const t = database.tables;
  const people = Array.from({ length: PEOPLE }, (_, i) => i + 1);
  const results = resultsOf(database);
  const { query } = database;
  await database.atomic([
    query.insert(t.contests).values({
      id: 1,
      uid: '00000000-0000-7000-8000-000000000002',
      slug: 'c',
      title: 'Cuộc thi',
      summary: '',
      page: '',
      state: 'published',
      settings: {
        names: 'full',
        fields: {
          birthDate: 'no',
          phone: 'no',
          email: 'no',
          citizenId: 'no',
          address: 'no',
          unit: 'no',
          title: 'no',
          group: 'no',
        },
        consents: [],
        guests: false,
        unitRanking: 'entrants',
        overall: false,
        rules: '',
        prizes: '',
      },
      version: 1,
      createdAt: 0,
    }),
    query.insert(t.rounds).values({
      id: 1,
      uid: ROUND_UID,
      contestId: 1,
      number: 1,
      title: 'Vòng 1',
      opensAt: OPENS,
      closesAt: OPENS + 1_000_000,
      durationMs: 600_000,
      settings: { ...settings, order: ['marks', 'prediction', 'time'] },
      state: 'settled',
      settledAt: OPENS + 2_000_000,
      predictionTruth: 2,
      version: 1,
    }),
    query.insert(t.people).values(
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
    query.insert(t.entries).values(
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
    query.insert(t.attempts).values(
      results.map(({ attemptId, personId }) => ({
        id: attemptId,
        roundId: 1,
        personId,
        number: attemptId % 10,
        state: 2,
        startedAt: OPENS,
        deadline: OPENS,
        extraMs: 0,
        paper: '',
      })),
    ),
    query.insert(t.results).values(results),
  ]);
  const secrets = new Secrets('test secret of more than thirty-two characters');
  const context = {
    database,
    keys: new Keys(database),
    announcer: new LocalAnnouncer(),
    clock: new MovableClock(OPENS + 3_000_000),
    log: createLog('silent'),
    config: { databaseUrl: location },
  };
  const opened: Boards[] = [];
  const boards = async (): Promise<{ readonly boards: Boards; readonly views: BoardViews }> => {
    const made = new Boards(context, units);
    opened.push(made);
    await made.start();
    return {
      boards: made,
      views: new BoardViews(made, new Names(database, { now: () => Date.now() }), unitNames, secrets),
    };
  };
  const end = async (): Promise<void> => {
    for (const made of opened) await made.close();
    await database.close();
  };
  /** A regrade of a person's first attempt. */
  const regrade = (person: number, marks: number) => {
    const before = results.find((row) => row.personId === person);
    if (before === undefined) throw new Error('no result');
    return database.atomic([query.insert(t.results).values({ ...before, version: 1, marks })]);
  };
  return { database, boards, end, regrade };
}

/** Everything that a board shows by any door; revisions apart, which only say that something changed. */
async function allOf(views: BoardViews) {
  const pages = [];
  for (const unit of [undefined, ...TREE.map((own) => uidOf(own.unit))])
    for (const [offset, limit] of [
      [0, 50],
      [37, 100],
      [90, 20],
      [100, 100],
      [250, 100],
      [100_000, 10],
    ] as const)
      pages.push(await views.people(KEY, { offset, limit, ...(unit === undefined ? {} : { unit }) }, 'open'));
  const standings = [];
  for (let person = 1; person <= PEOPLE + 1; person++) standings.push(await views.me(KEY, person, 'open'));
  const found = [await views.search(KEY, 'nguyen van 1', 'open'), await views.search(KEY, '17', 'open')];
  const unitPages = [];
  for (const parent of [undefined, ...TREE.map((own) => uidOf(own.unit))])
    for (const metric of METRICS)
      for (const offset of [0, 1, 5])
        unitPages.push(
          await views.units(
            KEY,
            { metric, offset, limit: 2, ...(parent === undefined ? {} : { parent }) },
            'open',
          ),
        );
  return JSON.parse(
    JSON.stringify({ pages, standings, found, unitPages }, (name, value) =>
      name === 'revision' ? 0 : value,
    ),
  );
}

/** Both files that leave the board, as they would be written. */
async function filesOf(views: BoardViews): Promise<readonly string[]> {
  const texts: string[] = [];
  const sheets = [peopleSheet('Bảng', allPeople(views, KEY)), unitsSheet('Bảng', allUnits(views, KEY))];
  for (const sheet of sheets) {
    let text = '';
    for await (const part of toCsv(sheet)) text += part;
    texts.push(text);
  }
  return texts;
}

onBothDatabases('settled boards', (databases) => {
  it('answer from rows what the board in memory answers, by every door, also after a restart', async () => {
    const world = await openWorld(databases);
    const { boards, views } = await world.boards();
    expect(boards.get(KEY)?.live).not.toBeNull();
    const expected = await allOf(views);
    expect(expected.pages[0].final).toBe(true);
    expect(expected.pages[0].total).toBe(PEOPLE);
    const files = await filesOf(views);
    expect(files[0]?.trim().split('\n')).toHaveLength(PEOPLE + 1);
    expect(files[1]?.trim().split('\n').length).toBeGreaterThan(TREE.length - 1);
    await boards.storeSettled();
    expect(boards.get(KEY)?.live).toBeNull();
    expect(await allOf(views)).toEqual(expected);
    expect(await filesOf(views)).toEqual(files);
    const again = await world.boards();
    expect(again.boards.get(KEY)?.live).toBeNull();
    expect(await allOf(again.views)).toEqual(expected);
    await world.end();
  });

  it('are built again when a result of theirs changes, running or not, and stored again', async () => {
    const world = await openWorld(databases);
    const first = await world.boards();
    await first.boards.storeSettled();
    const before = await allOf(first.views);
    await world.regrade(5, 100_000);
    await first.boards.catchUp();
    expect(first.boards.get(KEY)?.live).not.toBeNull();
    const after = await allOf(first.views);
    expect(after).not.toEqual(before);
    expect(after.pages[0].lines[0]).toMatchObject({ name: 'Nguyễn Văn 5', rank: 1, marks: 100_000 });
    await first.boards.storeSettled();
    expect(first.boards.get(KEY)?.live).toBeNull();
    expect(await allOf(first.views)).toEqual(after);
    // Changed while nobody followed.
    await first.boards.close();
    await world.regrade(6, 200_000);
    const second = await world.boards();
    expect(second.boards.get(KEY)?.live).not.toBeNull();
    expect((await allOf(second.views)).pages[0].lines[0]).toMatchObject({ name: 'Nguyễn Văn 6' });
    await second.boards.storeSettled();
    // What the first writing-down left is swept, but for the one that was served until now.
    const { storedBoards } = world.database.tables;
    expect((await world.database.query.select().from(storedBoards)).length).toBeLessThanOrEqual(2);
    await world.end();
  });

  it('keep nothing of a writing-down during which a result came', async () => {
    const world = await openWorld(databases);
    const { boards, views } = await world.boards();
    const storing = boards.storeSettled();
    await world.regrade(9, 50_000);
    await boards.catchUp();
    await storing;
    const shown = (await views.people(KEY, { limit: 1 }, 'open')).lines[0];
    expect(shown).toMatchObject({ name: 'Nguyễn Văn 9', rank: 1 });
    await boards.storeSettled();
    expect(boards.get(KEY)?.live).toBeNull();
    expect((await views.people(KEY, { limit: 1 }, 'open')).lines[0]).toEqual(shown);
    await world.end();
  });
});
