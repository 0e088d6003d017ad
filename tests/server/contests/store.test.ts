import { pino } from 'pino';
import { afterAll, expect, it } from 'vitest';
import { BankPools } from '../../../server/banks/pool.ts';
import { BankStore } from '../../../server/banks/store.ts';
import { changesOf } from '../../../server/contests/change-log.ts';
import { Checks } from '../../../server/contests/checks.ts';
import { draftOf } from '../../../server/contests/drafts.ts';
import { Entries } from '../../../server/contests/entries.ts';
import { OpenContests } from '../../../server/contests/open-contests.ts';
import { RoundsInForce } from '../../../server/contests/rounds-in-force.ts';
import { StaffStore } from '../../../server/contests/staff-store.ts';
import { ContestStore, type WholeContest } from '../../../server/contests/store.ts';
import type { ContestDraft } from '../../../server/contracts/contest-desk.ts';
import { MediaStore } from '../../../server/media/media-store.ts';
import { LocalAnnouncer } from '../../../server/platform/announcer.ts';
import { MovableClock } from '../../../server/platform/clock.ts';
import { ConflictError } from '../../../server/platform/database/door.ts';
import { Keys } from '../../../server/platform/database/keys.ts';
import { Secrets } from '../../../server/platform/secrets.ts';
import { onBothDatabases } from '../../harness/databases.ts';
import { pngOf } from '../../harness/picture.ts';
import { HOUR, NOW, sampleDraft, withRoundSettings } from './sample.ts';

const facts = { actor: 'system', action: 'contest.changed' };
const noUnits = { byId: () => undefined, byUid: () => undefined };

onBothDatabases('contests', (databases) => {
  const stops: (() => void)[] = [];
  afterAll(() => {
    for (const stop of stops) stop();
  });

  async function start() {
    const database = await databases.open();
    const clock = new MovableClock(NOW);
    const context = {
      database,
      clock,
      keys: new Keys(database),
      announcer: new LocalAnnouncer(),
      secrets: new Secrets('a secret of tests, long enough for anybody'),
      log: pino({ level: 'silent' }),
    };
    const store = new ContestStore(context);
    const pools = new BankPools(context);
    const entries = new Entries(context);
    stops.push(
      () => pools.close(),
      () => entries.close(),
    );
    const plans = (draft: ContestDraft) => draft.rounds.map((round) => ({ ...round, share: null }));
    return { database, context, store, pools, entries, staff: new StaffStore(context), plans };
  }

  type Started = Awaited<ReturnType<typeof start>>;

  async function withQuestions({ context }: Started, count: number): Promise<string> {
    const banks = new BankStore(context);
    const author = { by: null, at: NOW, reason: null };
    const about = { slug: 'ngan-hang', title: 'Ngân hàng', description: '', licence: 'CC0' };
    const bank = await banks.create({ ...about, shipped: false, practice: false }, author);
    const questions = Array.from({ length: count }, (_, i) => ({
      code: `q${i}`,
      content: {
        kind: 'trueFalse',
        prompt: { stem: `Câu ${i}` },
        key: { right: true },
        explanation: 'Vì vậy.',
        citation: null,
        topic: 'Chung',
        difficulty: 1 as const,
        tags: [],
        points: 100,
      },
    }));
    await banks.add(bank, questions, 'approved', author);
    return bank.uid;
  }

  async function published({ store }: Started, draft: ContestDraft): Promise<WholeContest> {
    const uid = await store.create(draft, undefined, null, NOW);
    const whole = await store.byUid(uid);
    await store.publish(
      whole,
      whole.rounds.map(() => null),
      facts,
      NOW,
    );
    return store.byUid(uid);
  }

  async function person({ database }: Started, id: number, more: { birthDate?: string } = {}): Promise<void> {
    const row = { id, uid: `p${id}`, name: 'A', folded: 'a', sortKey: 'a', guest: false, createdAt: NOW };
    await database.atomic([database.query.insert(database.tables.people).values({ ...row, ...more })]);
  }

  it('gives back the draft that was written', async () => {
    const { store } = await start();
    const draft = sampleDraft('bank', 3);
    const uid = await store.create(draft, undefined, null, NOW);
    const { rounds, ...rest } = draftOf(await store.byUid(uid));
    expect(rest).toEqual({ ...draft, rounds: undefined });
    expect(rounds.map(({ id: _id, ...round }) => round)).toEqual(
      draft.rounds.map(({ id: _id, ...round }) => round),
    );
    await expect(store.create(draft, undefined, null, NOW)).rejects.toMatchObject({ code: 'taken' });
    await expect(store.byUid('nothing')).rejects.toMatchObject({ code: 'notFound' });
  });

  it('lets one of two organisers save, and moves, adds and removes rounds', async () => {
    const { store, plans, context } = await start();
    const uid = await store.create(sampleDraft('bank', 3), undefined, null, NOW);
    const before = await store.byUid(uid);
    const draft = draftOf(before);
    const [a, b, c] = draft.rounds;
    if (a === undefined || b === undefined || c === undefined) throw new Error('no rounds');
    const turned = { ...draft, title: 'Khác', rounds: [c, { ...a, id: null, title: 'Mới' }, b] };
    const saves = [1, 2].map(() => store.save(before, turned, plans(turned), facts, NOW));
    const settled = await Promise.allSettled(saves);
    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const after = await store.byUid(uid);
    expect(after.contest).toMatchObject({ title: 'Khác', version: 2 });
    expect(after.rounds.map(({ number, title }) => [number, title])).toEqual([
      [1, 'Tuần 3'],
      [2, 'Mới'],
      [3, 'Tuần 2'],
    ]);
    expect(after.rounds[2]?.id).toBe(before.rounds[1]?.id);
    const { changes } = await changesOf(context, after.contest);
    expect(changes.map(({ action }) => action)).toEqual(['contest.changed', 'contest.created']);
  });

  it('keeps nothing of a save when its address is taken', async () => {
    const { store, plans } = await start();
    await store.create({ ...sampleDraft('bank'), slug: 'mot' }, undefined, null, NOW);
    const uid = await store.create({ ...sampleDraft('bank'), slug: 'hai' }, undefined, null, NOW);
    const before = await store.byUid(uid);
    const draft = { ...draftOf(before), slug: 'mot', title: 'Khác', rounds: [] };
    await expect(store.save(before, draft, plans(draft), facts, NOW)).rejects.toMatchObject({
      code: 'taken',
    });
    expect(await store.byUid(uid)).toEqual(before);
  });

  it('follows what is published, on the node that wrote and on another one', async () => {
    const here = await start();
    const open = await OpenContests.start(here.context, here.store);
    stops.push(() => open.close());
    expect(open.contests).toEqual([]);
    const uid = await here.store.create(sampleDraft('bank'), undefined, null, NOW);
    await open.refresh();
    expect(open.contestByUid(uid)).toBeNull();
    const whole = await here.store.byUid(uid);
    await here.store.publish(
      whole,
      whole.rounds.map(() => [1, 2]),
      facts,
      NOW,
    );
    await expect.poll(() => open.contestBySlug(whole.contest.slug)?.uid).toBe(uid);
    const [round] = open.rounds;
    expect(round).toMatchObject({
      number: 1,
      contest: { uid, slug: 'tim-hieu-nghi-quyet' },
      settledAt: null,
    });
    expect(round?.share).toEqual(new Set([1, 2]));
    expect(open.roundById(round?.id ?? 0)).toBe(open.roundByUid(round?.uid ?? ''));
    const known = await here.store.byUid(uid);
    const [row] = known.rounds;
    if (row === undefined) throw new Error('no round');
    await here.store.moveClosing(known, row, row.closesAt + HOUR, facts);
    await expect.poll(() => open.roundByUid(row.uid)?.closesAt).toBe(row.closesAt + HOUR);
    const archived = await here.store.byUid(uid);
    await here.store.archive(archived, facts);
    await expect.poll(() => open.contestByUid(uid)?.state).toBe('archived');
  });

  it('numbers entries one after another, however many enter at once, and each person once', async () => {
    const here = await start();
    const { contest } = await published(here, sampleDraft('bank'));
    const entry = (personId: number) => ({
      contestId: contest.id,
      personId,
      unitId: null,
      group: null,
      fields: {},
      consents: {},
      createdAt: NOW,
    });
    const enter = async (personId: number) =>
      here.database.atomic([...(await here.entries.entering(entry(personId)))]);
    const people = Array.from({ length: 60 }, (_, i) => i + 1);
    const settled = await Promise.allSettled([...people, ...people].map(enter));
    const refused = settled.filter((one) => one.status === 'rejected');
    expect(refused).toHaveLength(60);
    expect(refused.every(({ reason }) => reason instanceof ConflictError)).toBe(true);
    const found = await Promise.all(people.map((id) => here.entries.of(contest.id, id)));
    const sequences = found.map((one) => one?.sequence ?? 0).sort((a, b) => a - b);
    expect(sequences).toEqual(people);
    const numbers = found.map((one) => one?.number ?? 0);
    expect(new Set(numbers).size).toBe(60);
    expect(numbers.every((number) => number >= 1_000_000 && number < 10_000_000)).toBe(true);
    expect(await here.entries.count(contest.id)).toBe(60);
    expect(await here.entries.of(contest.id, 61)).toBeNull();
  });

  it('admits to a round who entered, is old enough and has the code', async () => {
    const here = await start();
    const open = await OpenContests.start(here.context, here.store);
    stops.push(() => open.close());
    const entryRules = { units: [], groups: [], minAge: 14, maxAge: null, code: 'AB12' };
    const { contest } = await published(
      here,
      withRoundSettings(sampleDraft('bank'), 0, { entry: entryRules }),
    );
    await open.refresh();
    const { entries, staff, pools } = here;
    const units = { ...noUnits, index: { ancestors: () => [] } } as never;
    const rounds = new RoundsInForce(here.context, { open, entries, staff, pools, units });
    const [round] = rounds.ofContest(contest.id);
    if (round === undefined) throw new Error('no round');
    await person(here, 1, { birthDate: '2000-01-01' });
    await person(here, 2, { birthDate: '2012-01-01' });
    const entry = { contestId: contest.id, unitId: 7, group: null, fields: {}, consents: {}, createdAt: NOW };
    await expect(rounds.admit(round, 1, NOW, 'AB12')).rejects.toMatchObject({ code: 'round.entryNeeded' });
    for (const personId of [1, 2])
      await here.database.atomic([...(await entries.entering({ ...entry, personId }))]);
    expect(await rounds.admit(round, 1, NOW, 'ab 12')).toEqual({ unitId: 7 });
    await expect(rounds.admit(round, 1, NOW, undefined)).rejects.toMatchObject({ code: 'round.wrongCode' });
    for (let tries = 0; tries < 8; tries++)
      await expect(rounds.admit(round, 1, NOW, `XX${tries}`)).rejects.toMatchObject({
        code: 'round.wrongCode',
      });
    // Too often: even the right one waits now, for this person alone.
    await expect(rounds.admit(round, 1, NOW, 'AB12')).rejects.toMatchObject({ code: 'request.tooMany' });
    expect(await rounds.admit(round, 1, NOW + 600_000, 'AB12')).toEqual({ unitId: 7 });
    await expect(rounds.admit(round, 2, NOW, 'AB12')).rejects.toMatchObject({ code: 'round.notEligible' });
  });

  it('checks what the banks can fill, and draws each round from its own share', async () => {
    const here = await start();
    const bank = await withQuestions(here, 50);
    const checks = new Checks(here.context, here.pools, noUnits);
    const leavingOut = (draft: ContestDraft) =>
      draft.rounds.reduce((all, round, i) => {
        const blueprint = { ...round.settings.blueprint, leaveOutEarlierRounds: true };
        return withRoundSettings(all, i, { blueprint });
      }, draft);
    const three = leavingOut(sampleDraft(bank, 3));
    const reply = await checks.check(three, NOW);
    expect(reply.rounds.map(({ fits }) => fits)).toEqual([true, true, false]);
    expect(reply.problems).toEqual([
      {
        path: 'rounds.2.settings.blueprint.cells.0.count',
        vi: 'Cần 20 câu nhưng ngân hàng chỉ đáp ứng được 10 câu.',
        en: '20 questions are needed, but the banks can give only 10.',
      },
    ]);
    const two = leavingOut(sampleDraft(bank, 2));
    expect((await checks.check(two, NOW)).problems).toEqual([]);
    const open = await OpenContests.start(here.context, here.store);
    stops.push(() => open.close());
    const uid = await here.store.create(two, undefined, null, NOW);
    const whole = await here.store.byUid(uid);
    await here.store.publish(whole, await checks.shares(uid, two), facts, NOW);
    await open.refresh();
    const rounds = new RoundsInForce(here.context, { ...here, open, units: noUnits as never });
    const [first, second] = rounds.ofContest(whole.contest.id);
    if (first === undefined || second === undefined) throw new Error('no rounds');
    const pools = await Promise.all([rounds.pool(first), rounds.pool(second)]);
    const ids = pools.map(({ questions }) => questions.map(({ questionId }) => questionId));
    expect(ids.map(({ length }) => length)).toEqual([25, 25]);
    expect(new Set(ids.flat()).size).toBe(50);
    expect(await rounds.pool(first)).toBe(pools[0]);
  });

  it('tells of pictures, banks and units that are not there', async () => {
    const here = await start();
    const checks = new Checks(here.context, here.pools, noUnits);
    const picture = 'a'.repeat(64);
    const draft = { ...sampleDraft('nowhere', 1), image: picture };
    expect((await checks.check(draft, NOW)).problems.map(({ path }) => path)).toEqual([
      'image',
      'rounds.0.settings.blueprint.cells.0.banks',
      'rounds.0.settings.blueprint.cells.0.count',
    ]);
  });

  it('stores a picture once, by what it is', async () => {
    const { context, database } = await start();
    const media = new MediaStore(context);
    const png = pngOf();
    const first = await media.add(png.toString('base64'), NOW);
    expect(first).toMatchObject({ type: 'image/png', bytes: png.length });
    expect(await media.add(png.toString('base64'), NOW)).toEqual(first);
    expect(await database.query.select().from(database.tables.media)).toHaveLength(1);
    expect((await media.get(first.id))?.bytes.equals(png)).toBe(true);
    expect(await media.get('0'.repeat(64))).toBeNull();
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>').toString(
      'base64',
    );
    await expect(media.add(svg, NOW)).rejects.toMatchObject({ code: 'media.unreadable' });
    const large = Buffer.concat([png, Buffer.alloc(1_000_000)]).toString('base64');
    await expect(media.add(large, NOW)).rejects.toMatchObject({ code: 'request.tooLarge' });
  });

  it('keeps organisers: adding twice is once, and who made a contest stays', async () => {
    const here = await start();
    for (const id of [1, 2]) await person(here, id);
    const by = { personId: 1, uid: 'p1' };
    const uid = await here.store.create(sampleDraft('bank'), undefined, by, NOW);
    const { contest } = await here.store.byUid(uid);
    await here.staff.add(contest, 'p2', 'p1', NOW + 1);
    await here.staff.add(contest, 'p2', 'p1', NOW + 2);
    expect(await here.staff.list(contest.id)).toEqual([
      { personId: 1, uid: 'p1', name: 'A', creator: true },
      { personId: 2, uid: 'p2', name: 'A', creator: false },
    ]);
    expect((await here.store.list(2)).map((one) => one.contest.uid)).toEqual([uid]);
    await expect(here.staff.remove(contest, 'p1', 'p2')).rejects.toMatchObject({ code: 'auth.forbidden' });
    await here.staff.remove(contest, 'p2', 'p1');
    await here.staff.remove(contest, 'p2', 'p1');
    expect(await here.staff.isOrganiser(contest.id, 2)).toBe(false);
    expect(await here.store.list(2)).toEqual([]);
    await expect(here.staff.add(contest, 'nobody', 'p1', NOW)).rejects.toMatchObject({ code: 'notFound' });
  });
});
