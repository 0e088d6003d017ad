import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { HostDoor } from '../../../server/live/host-door.ts';
import type { Role } from '../../../server/platform/access.ts';
import { UnavailableError } from '../../../server/platform/database/door.ts';
import { startServer, type TestServer } from '../../harness/app.ts';
import { openContest } from '../../harness/contest.ts';
import { Visitor } from '../../harness/visitor.ts';
import { asks, type Ear, Hall, stage } from './hall.ts';

/** Whoever hosts, hosts while they may: asked again at every command, and cut off when it ends. */

const CLIENT = 'client-of-somebody';
let hall: Hall;
afterEach(() => hall?.close());

const open = async (server?: TestServer): Promise<Hall> => {
  hall = await Hall.openOn(
    server ?? (await startServer()),
    (known) => [stage('quiz', { questions: asks(known.slice(0, 3)) })],
    {},
    true,
  );
  return hall;
};

const cookieOf = ({ cookies }: Visitor): string =>
  [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

const hostAs = async (visitor: Visitor): Promise<Ear> => {
  const ear = hall.ear(cookieOf(visitor));
  expect(await ear.follow(hall.live, 'host', { client: CLIENT })).toMatchObject({ ok: true });
  return ear;
};

const isCut = (ear: Ear) => expect.poll(() => ear.ends.length, { timeout: 5000 }).toBe(1);

/** Takes the role as an admin does. */
async function revoke(person: Visitor): Promise<void> {
  const admin = await (await new Visitor(hall.server).register()).become('admin');
  const door = `/api/people/${person.uid}/roles/organiser`;
  expect((await admin.delete(door, { reason: 'không còn trong ban tổ chức' })).status).toBe(200);
}

describe('a former host', () => {
  it('is cut off when the other hosts take them off, and drives nothing', async () => {
    await open();
    const other = await (await new Visitor(hall.server).register()).become('organiser');
    await hall.organiser.put(`/api/desk/live/${hall.live}/hosts/${other.uid}`);
    const ear = await hostAs(other);
    await hall.organiser.delete(`/api/desk/live/${hall.live}/hosts/${other.uid}`);
    await isCut(ear);
    const again = hall.ear(cookieOf(other));
    expect(await again.follow(hall.live, 'host', { client: CLIENT })).toEqual({ refused: 'notFound' });
    expect(hall.host.ends).toEqual([]);
  });

  it('is not cut off by a database that cannot be asked, and is looked at again when it can', async () => {
    await open();
    const other = await (await new Visitor(hall.server).register()).become('organiser');
    await hall.organiser.put(`/api/desk/live/${hall.live}/hosts/${other.uid}`);
    const ear = await hostAs(other);
    const enter = vi.spyOn(HostDoor.prototype, 'enter');
    onTestFinished(() => enter.mockRestore());
    enter.mockRejectedValueOnce(new UnavailableError('gone'));
    const looked = enter.mock.calls.length;
    await hall.organiser.delete(`/api/desk/live/${hall.live}/hosts/${other.uid}`);
    await expect.poll(() => enter.mock.calls.length).toBe(looked + 1);
    expect(ear.ends).toEqual([]);
    await isCut(ear);
    expect(enter.mock.calls.length).toBe(looked + 2);
  });

  it('whose role was taken away comes back neither with a session nor with a pass', async () => {
    await open();
    const { token } = (await hall.organiser.post(`/api/desk/live/${hall.live}/passes`, { as: 'host' })).body;
    const { token: wall } = (
      await hall.organiser.post(`/api/desk/live/${hall.live}/passes`, { as: 'screen' })
    ).body;
    const [remote, screen] = [hall.ear(), hall.ear()];
    expect(await remote.follow(hall.live, 'host', { client: CLIENT, token })).toMatchObject({ ok: true });
    expect(await screen.follow(hall.live, 'screen', { token: wall })).toMatchObject({ ok: true });
    await revoke(hall.organiser);
    await Promise.all([isCut(hall.host), isCut(remote), isCut(screen)]);
    const back = hall.ear(hall.cookie);
    expect(await back.follow(hall.live, 'host', { client: CLIENT })).toEqual({ refused: 'auth.forbidden' });
    expect(await back.follow(hall.live, 'screen')).toEqual({ refused: 'auth.forbidden' });
    for (const as of ['host', 'screen'] as const)
      expect(await back.follow(hall.live, as, { client: CLIENT, token })).toEqual({ refused: 'live.token' });
  });

  it('of a contest leaves its sessions with it', async () => {
    await open();
    const { context } = hall.server;
    const { contests, contestStaff, liveSessions } = context.database.tables;
    const other = await (await new Visitor(hall.server).register()).become('organiser');
    const made = await hall.organiser.post('/api/desk/contests', {
      title: 'Hội thi có phần trực tiếp',
      preset: 'weeklyQuiz',
      opensAt: hall.server.clock.now() + 1e6,
      rounds: 1,
      banks: [],
    });
    const [contest] = await context.database.query
      .select()
      .from(contests)
      .where(eq(contests.uid, made.body.id));
    const update = context.database.query.update(liveSessions).set({ contestId: contest?.id ?? 0 });
    await context.database.atomic([update.where(eq(liveSessions.uid, hall.live))]);
    const door = `/api/desk/contests/${made.body.id}/organisers`;
    expect((await hall.organiser.post(door, { person: other.uid })).status).toBe(200);
    const ear = await hostAs(other);
    expect((await hall.organiser.delete(`${door}/${other.uid}`)).status).toBe(200);
    expect(await context.database.query.select().from(contestStaff)).toHaveLength(1);
    await isCut(ear);
  });
});

describe('a session of a contest', () => {
  it('stays with it: who made it and organises the contest no more hosts no more', async () => {
    const server = await startServer();
    const contest = await openContest(server);
    const other = await (await new Visitor(server).register()).become('organiser');
    const door = `/api/desk/contests/${contest.id}/organisers`;
    await contest.owner.post(door, { person: other.uid });
    const made = await other.post('/api/desk/live', { title: 'Chung kết', round: contest.round });
    const live = `/api/desk/live/${made.body.id}`;
    expect((await other.get(live)).status).toBe(200);
    await contest.owner.delete(`${door}/${other.uid}`);
    expect((await other.get(live)).status).toBe(404);
    expect((await other.get('/api/desk/live')).body.sessions).toEqual([]);
    expect((await contest.owner.get(live)).status).toBe(200);
    // By name they may host it again.
    const named = await contest.owner.put(`${live}/hosts/${other.uid}`);
    expect(named.body.hosts.map(({ id }: { id: string }) => id)).toEqual([other.uid]);
    expect((await other.get(live)).status).toBe(200);
    await contest.owner.delete(`${live}/hosts/${other.uid}`);
    expect((await other.get(live)).status).toBe(404);
  });

  it('counts for no round when somebody copies it who only hosts it', async () => {
    const server = await startServer();
    const contest = await openContest(server);
    const host = await (await new Visitor(server).register()).become('organiser');
    const made = await contest.owner.post('/api/desk/live', { title: 'Chung kết', round: contest.round });
    const live = `/api/desk/live/${made.body.id}`;
    await contest.owner.put(`${live}/hosts/${host.uid}`);
    expect((await host.post(`${live}/copy`)).body).toMatchObject({ round: null, contest: null });
    const own = { round: { id: contest.round }, contest: { id: contest.id } };
    expect((await contest.owner.post(`${live}/copy`)).body).toMatchObject(own);
  });
});

it('the second factor is demanded on the line as at the desk', async () => {
  const server = await startServer(undefined, { HOITHI_STAFF_SECOND_FACTOR: 'required' });
  const { database, announcer, clock } = server.context;
  const { people, sessions } = database.tables;
  // Who gets a role here has given it in that session.
  const become = Visitor.prototype.become;
  const spy = vi.spyOn(Visitor.prototype, 'become');
  spy.mockImplementation(async function given(this: Visitor, ...roles: readonly Role[]) {
    await become.call(this, ...roles);
    await database.atomic([database.query.update(sessions).set({ elevatedAt: clock.now() })]);
    for (const { id } of await database.query.select({ id: people.id }).from(people))
      announcer.announce(`person:${id}`);
    return this;
  });
  await open(server).finally(() => spy.mockRestore());
  const stolen = new Visitor(server);
  stolen.userName = hall.organiser.userName;
  expect((await stolen.signIn()).status).toBe(200);
  expect((await stolen.get(`/api/desk/live/${hall.live}`)).body.code).toBe('auth.secondFactorNeeded');
  const ear = hall.ear(cookieOf(stolen));
  const refused = { refused: 'auth.secondFactorNeeded' };
  expect(await ear.follow(hall.live, 'host', { client: CLIENT })).toEqual(refused);
  expect(await ear.follow(hall.live, 'screen')).toEqual(refused);
});
