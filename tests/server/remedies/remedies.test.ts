import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { firstBrokenLink } from '../../../server/platform/audit.ts';
import { personUid } from '../../bench/seed.ts';
import { onBothDatabases } from '../../harness/databases.ts';
import { openRemedyWorld, type RemedyWorld } from './world.ts';

const SEED = {
  people: 40,
  results: 80,
  units: 4,
  round: { prediction: { target: 'attempts' as const, scope: 'round' as const } },
};

/** The rank of everybody on the organisers' board, by uid. */
async function ranksOf(world: RemedyWorld): Promise<ReadonlyMap<string, number>> {
  const held = world.server.app.boards.boards.get(`round-${world.seeded.earlier.uid}`);
  const page = await held?.staff.page(0, 100);
  return new Map(page?.map(({ person, rank }) => [personUid(person), rank]));
}

onBothDatabases('remedies', (databases, dialect) => {
  let world: RemedyWorld;
  beforeAll(async () => {
    world = await openRemedyWorld(await databases.location(), SEED);
  });

  it('a corrected key moves everybody as the preview said, equals grading from scratch, and is taken back whole', async () => {
    const { uid, version, versionId, right } = await world.question();
    const before = await world.newest();
    expect(before).toEqual(await world.fromScratch(new Map()));
    const corrected = { right: [(right + 1) % 4] };
    const details = { rounds: [world.seeded.earlier.uid], question: uid, version, key: corrected };
    const preview = await world.admin.post(`${world.door}/remedies/preview`, { kind: 'key', details });
    expect(preview.status).toBe(200);
    expect(await world.newest()).toEqual(before);

    const notice = 'Đáp án câu 3 được sửa; điểm đã chấm lại.';
    const remedy = await world.apply('key', details, { notice });
    const wanted = await world.fromScratch(new Map([[versionId, { keys: [corrected] }]]));
    const after = await world.newest();
    expect(after).toEqual(wanted);
    const [round] = preview.body.rounds;
    const changed = [...after].filter(([id, { marks }]) => marks !== before.get(id)?.marks);
    expect(round.up + round.down).toBe(changed.length);
    expect(round.concerned).toBeGreaterThan(changed.length - 1);
    const ranks = await ranksOf(world);
    expect(round.top.length).toBeGreaterThan(9);
    for (const { person, rankAfter } of [...round.movers, ...round.top])
      expect(ranks.get(person) ?? null).toBe(rankAfter);

    const figures = await world.admin.get(`/api/desk/rounds/${world.seeded.earlier.uid}/statistics`);
    const item = figures.body.items.find(({ question }: { question: string }) => question === uid);
    const rightOptions = item.options.flatMap((one: { right: boolean }, i: number) => (one.right ? [i] : []));
    expect(rightOptions).toEqual(corrected.right);
    expect(item.facility).toBeCloseTo((100 * item.options[(right + 1) % 4].count) / item.n, 6);

    // Old marks are kept, and twice is once.
    const { results } = world.server.context.database.tables;
    const rows = await world.server.context.database.query.$count(results);
    expect(rows).toBe(before.size + changed.length);
    const again = await world.admin.post(`${world.door}/remedies`, remedy.sent);
    await world.worked();
    expect(again.body).toMatchObject({ id: remedy.id, reversible: true });
    expect(await world.server.context.database.query.$count(results)).toBe(rows);
    const told = await world.admin.get(`/api/contests/${world.seeded.contest.slug}/notices`);
    expect(told.body.notices).toMatchObject([{ text: notice, rounds: ['Tuần 1'], reversedAt: null }]);

    const back = await world.admin.get(`${world.door}/remedies/${remedy.id}/reversal`);
    expect(back.body.rounds[0]).toMatchObject({ up: round.down, down: round.up });
    const reversed = await world.admin.post(`${world.door}/remedies/${remedy.id}/reverse`, {
      reason: 'nhầm câu',
    });
    expect(reversed.body.reversed).toMatchObject({ reason: 'nhầm câu' });
    await world.worked();
    expect(await world.newest()).toEqual(before);
    const list = await world.admin.get(`${world.door}/remedies`);
    expect(list.body.remedies[0]).toMatchObject({ reversible: false, work: { changed: changed.length } });
    expect(await firstBrokenLink(world.server.context)).toBeNull();
    const changes = await world.admin.get(`${world.door}/changes`);
    const actions = changes.body.changes.map(({ action }: { action: string }) => action);
    expect(actions).toEqual(expect.arrayContaining(['remedy.key', 'remedy.reversed']));
  });

  it('every kind of ruling, one after another and on top of each other, equals grading from scratch', async () => {
    const { uid, version, versionId, right } = await world.question();
    const details = { rounds: [world.seeded.earlier.uid], question: uid, version };
    const [second, third] = [{ right: [(right + 1) % 4] }, { right: [(right + 2) % 4] }];
    const before = await world.newest();
    const first = await world.apply('also', { ...details, key: second });
    expect(await world.newest()).toEqual(
      await world.fromScratch(new Map([[versionId, { keys: [{ right: [right] }, second] }]])),
    );
    const next = await world.apply('also', { ...details, key: third });
    expect(await world.newest()).toEqual(
      await world.fromScratch(new Map([[versionId, { keys: [{ right: [right] }, second, third] }]])),
    );
    const full = await world.apply('full', details);
    expect(await world.newest()).toEqual(await world.fromScratch(new Map([[versionId, { all: 'full' }]])));
    const last = await world.apply('void', details);
    expect(await world.newest()).toEqual(await world.fromScratch(new Map([[versionId, { all: 'void' }]])));
    const takeBack = async ({ id }: { id: string }) => {
      await world.admin.post(`${world.door}/remedies/${id}/reverse`, { reason: 'không cần nữa' });
      await world.worked();
    };
    await takeBack(full);
    expect(await world.newest()).toEqual(await world.fromScratch(new Map([[versionId, { all: 'void' }]])));
    for (const remedy of [last, first, next]) await takeBack(remedy);
    expect(await world.newest()).toEqual(before);
  });

  it('annuls the attempts of a unit, frees their turns, counts the prediction again, and gives them back', async () => {
    const { attempts, rounds } = world.server.context.database.tables;
    const { query } = world.server.context.database;
    const truth = async () =>
      (await query.select().from(rounds)).find(({ id }) => id === world.seeded.earlier.id)?.predictionTruth;
    expect(await truth()).toBe(80);
    const before = await world.newest();
    const { units } = world.server.context.database.tables;
    const unit = (await query.select().from(units)).find(({ id }) => id === 2);
    const details = { rounds: [world.seeded.earlier.uid], unit: unit?.uid };
    const preview = await world.admin.post(`${world.door}/remedies/preview`, { kind: 'annul', details });
    const own = await query.select().from(attempts);
    const theirs = own.filter(({ unitId, roundId }) => unitId === 2 && roundId === world.seeded.earlier.id);
    expect(theirs.length).toBeGreaterThan(5);
    expect(preview.body.rounds[0]).toMatchObject({
      concerned: theirs.length,
      truthBefore: 80,
      truthAfter: 80 - theirs.length,
    });
    const remedy = await world.apply('annul', details);
    expect(await world.newest()).toEqual(await world.fromScratch(new Map()));
    expect([...(await world.newest()).values()].filter(({ counts }) => counts === 0)).toHaveLength(
      theirs.length,
    );
    expect(await truth()).toBe(80 - theirs.length);
    await world.admin.post(`${world.door}/remedies/${remedy.id}/reverse`, { reason: 'điện đã có lại' });
    await world.worked();
    expect(await world.newest()).toEqual(before);
    expect(await truth()).toBe(80);
    const states = (await query.select().from(attempts)).map(({ state }) => state);
    expect(states).not.toContain(4);
  });

  it('annulments that overlap keep an attempt annulled while any of them stands, in whatever order they come and go', async () => {
    const { attempts, units } = world.server.context.database.tables;
    const { query } = world.server.context.database;
    const round = world.seeded.earlier;
    const before = await world.newest();
    const all = (await query.select().from(attempts)).filter(({ roundId }) => roundId === round.id);
    const uids = new Map((await query.select().from(units)).map(({ id, uid }) => [id, uid]));
    const own = all.find(({ unitId }) => unitId === 2);
    if (own === undefined) throw new Error('nobody of the unit took part');
    const scopes = [
      { of: (row: (typeof all)[number]) => row.unitId === 2, details: { unit: uids.get(2) } },
      {
        of: (row: (typeof all)[number]) => row.personId === own.personId,
        details: { person: personUid(own.personId) },
      },
      {
        of: (row: (typeof all)[number]) => row.unitId === 2 && row.startedAt <= own.startedAt,
        details: { unit: uids.get(2), toAt: own.startedAt },
      },
    ];
    const standing = new Map<number, string>();
    const toggle = async (i: number): Promise<void> => {
      const known = standing.get(i);
      standing.delete(i);
      if (known === undefined) {
        const details = { rounds: [round.uid], ...scopes[i]?.details };
        standing.set(i, (await world.apply('annul', details)).id);
      } else {
        const door = `${world.door}/remedies/${known}/reverse`;
        expect((await world.admin.post(door, { reason: 'xem xét lại' })).status).toBe(200);
        await world.worked();
      }
      const gone = all.filter((row) => [...standing.keys()].some((one) => scopes[one]?.of(row)));
      const found = (await query.select().from(attempts)).filter(({ state }) => state === 4);
      expect(found.map(({ id }) => id).sort()).toEqual(gone.map(({ id }) => id).sort());
      expect(await world.newest()).toEqual(await world.fromScratch(new Map()));
    };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(2), { minLength: 3, maxLength: 6 }), async (history) => {
        for (const i of history) await toggle(i);
        for (const i of [...standing.keys()]) await toggle(i);
      }),
      { numRuns: 4, examples: [[[0, 1, 0, 1]], [[1, 0, 2, 1, 0]]] },
    );
    expect(await world.newest()).toEqual(before);
  });

  it.runIf(dialect === 'postgres')(
    'annuls what another node has closed and is still marking: its result does not count when it comes',
    async () => {
      const { context, app } = world.server;
      const { attempts, results, saves } = context.database.tables;
      const { query } = context.database;
      const before = await world.newest();
      const rows = await query.select().from(attempts).where(eq(attempts.roundId, world.seeded.earlier.id));
      const [row] = rows;
      if (row === undefined) throw new Error('nobody took part');
      await context.database.atomic([
        query.delete(results).where(eq(results.attemptId, row.id)),
        query.insert(saves).values({ attemptId: row.id, seq: 1, sheet: row.sheet ?? '' }),
        query
          .update(attempts)
          .set({ sheet: null, closedAt: context.clock.now() })
          .where(eq(attempts.id, row.id)),
      ]);
      const marked = new Promise((later) => setTimeout(later, 500)).then(() =>
        app.attempts.attempts.gradeClosed({ ...row, sheet: '', seq: 0 }, row.closedAt ?? 0),
      );
      const details = { rounds: [world.seeded.earlier.uid], person: personUid(row.personId) };
      const remedy = await world.apply('annul', details);
      await marked;
      expect((await world.newest()).get(row.id)).toMatchObject({ counts: 0 });
      await world.admin.post(`${world.door}/remedies/${remedy.id}/reverse`, { reason: 'xem xét lại' });
      await world.worked();
      expect(await world.newest()).toEqual(before);
    },
  );

  it('is not taken back once results were declared official with it, of its round or of the whole contest', async () => {
    const { uid, version } = await world.question();
    const remedy = await world.apply('full', { rounds: [world.seeded.earlier.uid], question: uid, version });
    const { database, clock } = world.server.context;
    const declared = {
      ...{
        id: 1,
        uid: crypto.randomUUID(),
        contestId: world.seeded.contest.id,
        roundId: world.seeded.earlier.id,
      },
      ...{ board: 'round', number: 1, standing: 'official', order: ['marks'], people: 0, units: 0 },
      ...{ fingerprint: '', feedTransaction: 0, feedSeq: 0, takenBy: 'system', reason: '' },
      ...{ takenAt: clock.now(), completeAt: clock.now() },
    };
    const { snapshots } = database.tables;
    await database.atomic([database.query.insert(snapshots).values({ ...declared, roundId: null })]);
    const door = `${world.door}/remedies/${remedy.id}`;
    expect((await world.admin.get(door)).body.reversible).toBe(false);
    await database.atomic([database.query.update(snapshots).set({ roundId: declared.roundId })]);
    expect((await world.admin.get(door)).body.reversible).toBe(false);
    const refused = await world.admin.post(`${door}/reverse`, { reason: 'muộn rồi' });
    expect([refused.status, refused.body.code]).toEqual([409, 'remedy.fixed']);
  });

  it('refuses what cannot be, at its place', async () => {
    const { uid, version } = await world.question();
    const rounds = [world.seeded.earlier.uid];
    const refusal = async (kind: string, details: object) => {
      const reply = await world.admin.post(`${world.door}/remedies/preview`, { kind, details });
      return [reply.status, reply.body.code, reply.body.errors?.[0]?.path];
    };
    expect(await refusal('key', { rounds, question: uid, version })).toEqual([
      400,
      'request.invalid',
      'details.key',
    ]);
    expect(await refusal('key', { rounds, question: uid, version, key: { right: [99] } })).toEqual([
      400,
      'request.invalid',
      expect.stringMatching(/^details\.key\./),
    ]);
    expect(await refusal('void', { rounds })).toEqual([400, 'request.invalid', 'details.question']);
    expect(await refusal('annul', { rounds })).toEqual([400, 'request.invalid', 'details.person']);
    expect(await refusal('void', { rounds: [crypto.randomUUID()], question: uid, version })).toEqual([
      404,
      'notFound',
      undefined,
    ]);
  });
});
