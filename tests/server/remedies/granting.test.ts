/** An attempt granted after the round has closed: its window, what waits for it, and that its result counts. */
import { eq } from 'drizzle-orm';
import { beforeAll, expect, it, vi } from 'vitest';
import { attemptKey } from '../../../server/attempts/attempt-id.ts';
import { ConflictError } from '../../../server/platform/database/door.ts';
import { RemedyStore } from '../../../server/remedies/store.ts';
import { startServer, type TestServer } from '../../harness/app.ts';
import { type ClosedRound, type Player, playedRound, settle } from '../../harness/closed-round.ts';
import { onBothDatabases } from '../../harness/databases.ts';

const DAY = 86_400_000;

onBothDatabases('an attempt granted after the close', (databases) => {
  let server: TestServer;
  let contest: ClosedRound;
  let an: Player;
  let binh: Player;
  let remedy: string;
  let retake: string;
  const desk = () => `/api/desk/contests/${contest.id}`;
  const mine = async ({ visitor }: Player) =>
    (await visitor.get(`/api/rounds/${contest.round}/attempts`)).body;
  const worked = async () => {
    await server.app.remedies.regrader.wake();
    await server.app.attempts.sweeper.sweep();
    await server.app.boards.settling.settle();
    await server.app.boards.boards.refresh();
    await server.app.boards.boards.catchUp();
  };
  const annul = async ({ visitor }: Player, grantUntil?: number) => {
    const body = {
      id: crypto.randomUUID(),
      kind: 'annul',
      details: {
        rounds: [contest.round],
        person: visitor.uid,
        ...(grantUntil === undefined ? {} : { grantUntil }),
      },
      reason: 'mất điện ở điểm thi',
    };
    const reply = await contest.owner.post(`${desk()}/remedies`, body);
    await worked();
    return reply;
  };
  const declare = (standing: string, last: number) =>
    contest.owner.post(`${desk()}/standings`, {
      ...{ board: `round-${contest.round}`, standing, last },
      reason: 'theo biên bản',
    });

  beforeAll(async () => {
    server = await startServer(await databases.location());
    contest = await playedRound(
      server,
      [
        { name: 'Nguyễn Văn An', marks: 500 },
        { name: 'Trần Thị Bình', marks: 400 },
      ],
      (draft) => {
        for (const { settings } of draft.rounds)
          Object.assign(settings, {
            attemptsAllowed: 1,
            prediction: { target: 'attempts', scope: 'round' },
            order: ['marks', 'prediction', 'time', 'submitted'],
          });
      },
    );
    const [first, second] = contest.players;
    if (first === undefined || second === undefined) throw new Error('nobody took part');
    [an, binh] = [first, second];
    await settle(server, contest);
  });

  it('is refused where it lies behind, and given to the person alone', async () => {
    const now = server.clock.now();
    const behind = await annul(an, now - 1);
    expect(behind.body.errors).toMatchObject([{ path: 'details.grantUntil' }]);
    expect(await mine(an)).toMatchObject({ next: null, until: null, why: 'round.notOpen' });
    expect((await declare('provisional', 0)).status).toBe(200);
    const granted = await annul(an, now + DAY);
    expect(granted.status).toBe(200);
    remedy = granted.body.id;
    expect(await mine(an)).toMatchObject({ next: 2, until: now + DAY, why: null });
    expect(await mine(binh)).toMatchObject({ next: null, until: null, why: 'round.notOpen' });
  });

  it('keeps results from becoming official until it was taken or its time is over', async () => {
    const { body } = await contest.owner.get(`${desk()}/closing`);
    expect(body.boards[0]).toMatchObject({ waits: 'granted', next: ['provisional'] });
    expect((await declare('official', 1)).body.code).toBe('closing.notYet');
  });

  it('keeps them from it while a remedy is being worked off', async () => {
    const { regrades, remedies } = server.context.database.tables;
    const { query } = server.context.database;
    const [remedy] = await query.select().from(remedies);
    // Nobody does the work meanwhile.
    const waking = vi.spyOn(server.app.remedies.regrader, 'wake').mockResolvedValue();
    const now = server.clock.now();
    const work = { id: 900, remedyId: remedy?.id ?? 0, direction: 9, cursor: 0, looked: 0, changed: 0 };
    const insert = query.insert(regrades).values({ ...work, startedAt: now, movedAt: now });
    await server.context.database.atomic([insert]);
    const board = async () => (await contest.owner.get(`${desk()}/closing`)).body.boards[0];
    expect(await board()).toMatchObject({ waits: 'remedy', next: ['provisional'] });
    await server.context.database.atomic([query.delete(regrades).where(eq(regrades.id, work.id))]);
    expect(await board()).toMatchObject({ waits: 'granted' });
    waking.mockRestore();
  });

  it('asks nothing that was seen, ends with its own window, and counts: places and the prediction follow', async () => {
    const { rounds } = server.context.database.tables;
    const truth = async () => (await server.context.database.query.select().from(rounds))[0]?.predictionTruth;
    expect(await truth()).toBe(1);
    const { until } = await mine(an);
    server.clock.advance(until - server.clock.now() - 60_000);
    const started = await an.visitor.post(`/api/rounds/${contest.round}/attempts`, { number: 2 });
    expect(started.status).toBe(200);
    expect(started.body.deadline).toBe(until);
    const stems = async (attempt: string) =>
      (await an.visitor.get(`/api/attempts/${attempt}/result`)).body.questions.map(
        ({ prompt }: { prompt: object }) => JSON.stringify(prompt),
      );
    const submitted = await server.app.http.inject({
      method: 'POST',
      url: `/api/attempts/${started.body.id}/submit`,
      payload: {},
      headers: { authorization: `Attempt ${started.body.token}` },
    });
    expect(submitted.statusCode).toBe(200);
    const recounted = async () => {
      await worked();
      return truth();
    };
    await expect.poll(recounted, { timeout: 60_000 }).toBe(2);
    const seen = new Set(await stems(an.attempt));
    expect((await stems(started.body.id)).filter((stem: string) => seen.has(stem))).toEqual([]);
    const board = server.app.boards.boards.get(`round-${contest.round}`);
    expect(await board?.staff.count()).toBe(2);
    expect(await mine(an)).toMatchObject({ next: null, until: null });
    retake = started.body.id;
  });

  it('stays on record and gives way when the annulled attempt is given back, the round allowing one', async () => {
    const board = server.app.boards.boards.get(`round-${contest.round}`);
    const countsOfAn = async () => (await board?.staff.rank(an.personId))?.standing.sequence;
    const retakeId = attemptKey(server.context.secrets, retake);
    const dossierOf = async (attempt: string) =>
      (await contest.owner.get(`${desk()}/attempts/${attempt}/dossier`)).body;
    expect(await countsOfAn()).toBe(retakeId);
    const preview = await contest.owner.get(`${desk()}/remedies/${remedy}/reversal`);
    // Two attempts count before and after: the first in place of the second.
    expect(preview.body.rounds[0]).toMatchObject({ ranked: 2, truthBefore: 2, truthAfter: 2 });
    const reversed = await contest.owner.post(`${desk()}/remedies/${remedy}/reverse`, {
      reason: 'có điện suốt buổi',
    });
    expect(reversed.status, reversed.text).toBe(200);
    await expect
      .poll(
        async () => {
          await worked();
          return countsOfAn();
        },
        { timeout: 60_000 },
      )
      .toBe(an.attemptId);
    const counts = async (attempt: string) =>
      (await dossierOf(attempt)).versions.map((version: { counts: boolean }) => version.counts);
    expect(await counts(an.attempt)).toEqual([true, true, false, true]);
    expect(await counts(retake)).toEqual([true, false]);
    expect(await mine(an)).toMatchObject({ next: null, until: null });
    expect((await declare('provisional', 1)).status).toBe(200);
    expect((await declare('official', 2)).status).toBe(200);
    const refused = await annul(binh, server.clock.now() + DAY);
    expect(refused.body.errors).toMatchObject([{ path: 'details.grantUntil' }]);
  });

  it('and what is declared at the same moment do not pass each other by', async () => {
    const { database } = server.context;
    const { rounds } = database.tables;
    const round = async () => {
      const [row] = await database.query.select().from(rounds).where(eq(rounds.uid, contest.round));
      if (row === undefined) throw new Error('the round is gone');
      return row;
    };
    const before = await round();
    const store = new RemedyStore(database);
    // Decided on results that were not official yet.
    const late = database.atomic(store.hold([{ id: before.id, standing: 'provisional' }]));
    await expect(late).rejects.toBeInstanceOf(ConflictError);
    expect((await annul(binh)).status).toBe(200);
    // A declaration that was begun before names the version that it looked at.
    expect((await round()).version).toBeGreaterThan(before.version);
  });
});
