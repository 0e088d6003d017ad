/** Reports that make themselves, and what organisers watch: rules by property, rows on both databases, the line for staff alone. */
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MonitorMessage } from '../../../server/contracts/monitor.ts';
import { minuteSums } from '../../../server/reports/monitor/minutes.ts';
import {
  ContestTally,
  HOUR_MS,
  HOURS,
  hourOf,
  MINUTE_MS,
  MINUTES,
  minuteOf,
} from '../../../server/reports/monitor/tally-rules.ts';
import { ContestWatch } from '../../../server/reports/monitor/watch.ts';
import { nextDue } from '../../../server/reports/schedule-rules.ts';
import { Schedules } from '../../../server/reports/schedules.ts';
import { onBothDatabases } from '../../harness/databases.ts';
import { Visitor } from '../../harness/visitor.ts';
import { entrant, type ReportWorld, reportWorld, take } from './world.ts';

const DAY = 86_400_000;
const at = (text: string): number => Date.parse(`${text}+07:00`);

describe('when a weekly report is due', () => {
  it('is the first such weekday and time in Hà Nội after a moment', () => {
    expect(nextDue({ weekday: 1, minute: 450 }, at('2022-08-01T07:29:59'))).toBe(at('2022-08-01T07:30:00'));
    expect(nextDue({ weekday: 1, minute: 450 }, at('2022-08-01T07:30:00'))).toBe(at('2022-08-08T07:30:00'));
    expect(nextDue({ weekday: 7, minute: 0 }, at('2022-08-01T00:00:00'))).toBe(at('2022-08-07T00:00:00'));
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 0, max: at('2100-01-01T00:00:00') }),
        (weekday, minute, after) => {
          const due = nextDue({ weekday, minute }, after);
          const local = new Date(due + 7 * HOUR_MS);
          expect(due).toBeGreaterThan(after);
          expect(due - after).toBeLessThanOrEqual(7 * DAY);
          expect(local.getUTCDay()).toBe(weekday % 7);
          expect(local.getUTCHours() * 60 + local.getUTCMinutes()).toBe(minute);
        },
      ),
    );
  });
});

describe('what is watched', () => {
  it('is what a list of all results says, however they came and were regraded', () => {
    const now = at('2022-08-01T12:34:56');
    const result = fc.record({
      round: fc.constantFrom(1, 2),
      top: fc.constantFrom(null, 7, 8),
      ago: fc.integer({ min: 0, max: 15 * HOUR_MS }),
      took: fc.integer({ min: 0, max: 40 * MINUTE_MS }),
      versions: fc.array(fc.record({ counts: fc.boolean(), marks: fc.integer({ min: 0, max: 3000 }) }), {
        minLength: 1,
        maxLength: 3,
      }),
    });
    fc.assert(
      fc.property(
        fc.array(result, { maxLength: 25 }),
        fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 5 }),
        (list, open) => {
          const tally = new ContestTally();
          for (const { round, top, ago, took, versions } of list)
            versions.forEach(({ counts, marks }, version) => {
              tally.addResult({
                roundId: round,
                top,
                version,
                counts,
                marks,
                startedAt: now - ago - took,
                submittedAt: now - ago,
                before: versions[version - 1] ?? null,
              });
            });
          tally.forget(now);
          const opened = open.map((minutes) => ({ roundId: 1, startedAt: now - minutes * MINUTE_MS }));
          const inMinute = (moments: readonly number[], i: number): number =>
            moments.filter((moment) => minuteOf(moment) === minuteOf(now) - MINUTES + 1 + i).length;
          const submitted = list.map(({ ago }) => now - ago);
          const started = [
            ...list.map(({ ago, took }) => now - ago - took),
            ...opened.map(({ startedAt }) => startedAt),
          ];
          expect(tally.submits(now)).toEqual(
            Array.from({ length: MINUTES }, (_, i) => inMinute(submitted, i)),
          );
          expect(tally.starts(now, opened)).toEqual(
            Array.from({ length: MINUTES }, (_, i) => inMinute(started, i)),
          );
          for (const round of [1, 2])
            expect(tally.closed.get(round) ?? 0).toBe(list.filter((one) => one.round === round).length);
          const counting = list
            .flatMap(({ versions }) => versions.at(-1) ?? [])
            .filter(({ counts }) => counts);
          const { step, counts } = tally.marks();
          expect(counts.reduce((sum, one) => sum + one, 0)).toBe(counting.length);
          counts.forEach((seen, bar) => {
            expect(seen).toBe(counting.filter(({ marks }) => Math.floor(marks / step) === bar).length);
          });
          for (const { top, counts: hours, total } of tally.submitsByUnit(now, 10)) {
            const mine = list.filter((one) => one.top === top && hourOf(now - one.ago) > hourOf(now) - HOURS);
            expect(total).toBe(mine.length);
            expect(hours.at(-1)).toBe(mine.filter(({ ago }) => hourOf(now - ago) === hourOf(now)).length);
          }
        },
      ),
    );
  });
});

onBothDatabases('while a contest runs', (databases) => {
  let world: ReportWorld;
  const lines: Socket[] = [];
  const door = () => `/api/desk/contests/${world.contest.id}/report`;

  beforeAll(async () => {
    world = await reportWorld(await databases.location());
    await world.server.app.http.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(() => {
    for (const line of lines) line.disconnect();
  });

  function follow(visitor: Visitor) {
    const address = world.server.app.http.server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const line = io(`http://127.0.0.1:${port}`, {
      transports: ['websocket'],
      extraHeaders: { cookie },
      forceNew: true,
    });
    lines.push(line);
    const heard: MonitorMessage[] = [];
    const waiting: ((message: MonitorMessage) => void)[] = [];
    line.on('monitor', (message: MonitorMessage) => {
      heard.push(message);
      for (const take of waiting.splice(0)) take(message);
    });
    const refused = new Promise<string>((resolve) => {
      line.on('monitor:refused', ({ code }: { code: string }) => resolve(code));
    });
    line.on('connect', () => line.emit('monitor:follow', { contest: world.contest.id }));
    const until = async (fits: (message: MonitorMessage) => boolean): Promise<MonitorMessage> => {
      for (;;) {
        const found = heard.find(fits);
        if (found !== undefined) return found;
        await new Promise((resolve) => waiting.push(resolve));
      }
    };
    return { heard, refused, until };
  }

  it('staff of the contest see it move, at most once a second, and nobody else does', async () => {
    const { server, contest } = world;
    const seen = follow(contest.owner);
    const citizen = await new Visitor(server).register();
    expect(await follow(citizen).refused).toBe('auth.forbidden');
    const other = await (await new Visitor(server).register()).become('organiser');
    expect(await follow(other).refused).toBe('notFound');
    expect(await follow(new Visitor(server)).refused).toBe('auth.required');
    await seen.until(({ entries }) => entries === 0);
    const an = await entrant(world, 'An', 'Phường Hàng Bạc');
    const started = await an.post(`/api/rounds/${contest.round}/attempts`, { number: 1 });
    const open = await seen.until((message) => message.open === 1);
    expect(open.entries).toBe(1);
    expect(open.minutes.starts.reduce((sum, one) => sum + one, 0)).toBe(1);
    await server.app.http.inject({
      method: 'POST',
      url: `/api/attempts/${started.body.id}/submit`,
      headers: { authorization: `Attempt ${started.body.token}` },
      payload: { device: 'device1', n: 1, base: 0, changes: {} },
    });
    await server.app.reports.minutes.write();
    const done = await seen.until(
      ({ closed, minutes }) => closed === 1 && minutes.saves.some((count) => count > 0),
    );
    expect(done).toMatchObject({ open: 0, rounds: [{ id: contest.round, open: 0, closed: 1 }] });
    expect(done.hours.submits).toEqual([expect.objectContaining({ name: 'Quận Hoàn Kiếm', total: 1 })]);
    const times = seen.heard.map((message) => message.at);
    times.slice(1).forEach((time, i) => {
      expect(time - (times[i] ?? 0)).toBeGreaterThan(900);
    });
  });

  it('after a restart everything that is in rows is told again', async () => {
    const { server, contest } = world;
    const { context, app } = server;
    const binh = await entrant(world, 'Bình', 'Phường Cửa Nam');
    await take(world, binh, 1);
    await app.reports.minutes.write();
    const watched = await app.reports.reports.contest(contest.id);
    const fresh = () => new ContestWatch(context.database, watched, app.reports.reports.units);
    const first = fresh();
    const now = server.clock.now();
    const before = await first.message(now);
    const again = await fresh().message(now);
    expect(again).toEqual(before);
    expect(before).toMatchObject({ closed: 2, entries: 2 });
    // The same tally, a second time, reads nothing twice.
    expect(await first.message(now)).toEqual(before);
    const sums = await minuteSums(
      context.database,
      watched.rounds.map(({ id }) => id),
      now,
    );
    expect(sums.saves.reduce((sum, one) => sum + one, 0)).toBe(2);
    expect(sums.refused.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(0);
  });

  it('a weekly report is made once however many servers look, kept, sent and opened; none is missed', async () => {
    const { server, contest, units } = world;
    const { owner } = contest;
    const body = {
      id: '00000000-0000-7000-8000-00000000abcd',
      weekday: 1,
      minute: 450,
      formats: ['xlsx'],
      addresses: ['vanphong@thanhuy.example.vn'],
      unit: units['Quận Hoàn Kiếm'],
    };
    const scheduled = await owner.post(`${door()}/schedules`, body);
    expect(scheduled.body).toMatchObject({ nextAt: at('2022-08-08T07:30:00'), addresses: body.addresses });
    expect((await owner.post(`${door()}/schedules`, body)).body).toEqual(scheduled.body);
    expect((await owner.get(`${door()}/schedules`)).body.schedules).toHaveLength(1);
    const sent: { key: string; to: readonly string[]; subject: string; files?: readonly unknown[] }[] = [];
    const mail = {
      enabled: true,
      sending: async (letter: (typeof sent)[number]) => {
        sent.push(letter);
        return [];
      },
    };
    const nodes = [1, 2].map(() => new Schedules(server.context, server.app.reports.reports, mail));
    const runAll = async (): Promise<number> => {
      const made = await Promise.all(nodes.map((node) => node.run()));
      return made.reduce((sum, one) => sum + one, 0);
    };
    expect(await runAll()).toBe(0);
    server.clock.advance(7 * DAY);
    expect(await runAll()).toBe(1);
    expect(await runAll()).toBe(0);
    const { kept } = (await owner.get(`${door()}/kept`)).body;
    expect(kept).toEqual([
      expect.objectContaining({
        format: 'xlsx',
        period: expect.objectContaining({ text: '01/08/2022 – 07/08/2022' }),
        unit: expect.objectContaining({ name: 'Quận Hoàn Kiếm' }),
      }),
    ]);
    expect(sent[0]).toMatchObject({
      to: body.addresses,
      key: `report/${body.id}/${at('2022-08-08T07:30:00')}`,
    });
    expect(sent[0]?.files).toHaveLength(1);
    const file = await owner.get(`${door()}/kept/${kept[0].id}`);
    expect(file.status).toBe(200);
    expect(file.text.slice(0, 2)).toBe('PK');
    const other = await (await new Visitor(server).register()).become('organiser');
    expect((await other.get(`${door()}/kept/${kept[0].id}`)).status).toBe(404);
    // Nothing was open any more in later weeks: nothing is kept of them, and the schedule goes on.
    server.clock.advance(21 * DAY);
    await runAll();
    expect((await owner.get(`${door()}/schedules`)).body.schedules[0].nextAt).toBe(at('2022-09-05T07:30:00'));
    const gone = await owner.delete(`${door()}/schedules/${body.id}`, { reason: 'không cần nữa' });
    expect(gone.body.schedules).toEqual([]);
    const left = (await owner.get(`${door()}/kept`)).body;
    expect(left).toMatchObject({ kept: [{ keptUntil: kept[0].madeAt + 365 * DAY }], total: 1 });
    // It stays for its time; then the file goes with its row, once, and the log says so.
    const { retention } = server.app.privacy;
    server.clock.advance(left.kept[0].keptUntil - DAY - server.clock.now());
    await owner.signIn();
    await retention.run();
    expect((await owner.get(`${door()}/kept`)).body.total).toBe(1);
    server.clock.advance(2 * DAY);
    await owner.signIn();
    await retention.run();
    await retention.run();
    expect((await owner.get(`${door()}/kept`)).body).toEqual({ kept: [], total: 0 });
    expect((await owner.get(`${door()}/kept/${kept[0].id}`)).status).toBe(404);
    const { keptReportPieces, auditLog } = server.context.database.tables;
    expect(await server.context.database.query.select().from(keptReportPieces)).toEqual([]);
    const logged = await server.context.database.query
      .select({ details: auditLog.details })
      .from(auditLog)
      .where(eq(auditLog.action, 'reports.expired'));
    expect(logged).toEqual([{ details: { files: 1, days: 365 } }]);
  });

  it('says what is wrong with a schedule', async () => {
    const ask = async (change: object) =>
      (
        await world.contest.owner.post(`${door()}/schedules`, {
          weekday: 1,
          minute: 0,
          formats: ['pdf'],
          addresses: [],
          ...change,
        })
      ).status;
    expect(await ask({ weekday: 8 })).toBe(400);
    expect(await ask({ formats: [] })).toBe(400);
    expect(await ask({ addresses: ['không phải thư'] })).toBe(400);
    expect(await ask({ unit: world.contest.id })).toBe(404);
  });
});

onBothDatabases('officers', (databases) => {
  it('read the report of their unit and those below it, and of no other', async () => {
    const world = await reportWorld(await databases.location());
    const { server, contest, units } = world;
    const officer = await new Visitor(server).register();
    const named = await contest.owner.post(`/api/units/${units['Quận Hoàn Kiếm']}/officers`, {
      person: officer.uid,
      reason: 'phụ trách quận',
    });
    expect(named.status, named.text).toBe(200);
    await officer.signIn();
    const an = await entrant(world, 'An', 'Phường Hàng Bạc');
    await take(world, an, 1);
    const ask = (unit: string, rest = '?preset=contest') =>
      officer.get(`/api/officer/contests/${contest.id}/units/${units[unit]}/report${rest}`);
    const district = await ask('Quận Hoàn Kiếm');
    expect(district.body.total).toMatchObject({ people: 1, attempts: 1 });
    // A unit that is asked for in the query changes nothing.
    const ward = await ask('Phường Cửa Nam', `?preset=contest&unit=${units['Sở Tư pháp']}`);
    expect(ward.body.lines.map(({ name }: { name: string }) => name)).toEqual(['Phường Cửa Nam']);
    expect((await ask('Quận Hoàn Kiếm', '/file?preset=contest&format=xlsx')).status).toBe(200);
    expect((await ask('Sở Tư pháp')).status).toBe(404);
    expect((await ask('Sở Tư pháp', '/file?preset=contest&format=xlsx')).status).toBe(404);
    expect((await officer.get(`/api/desk/contests/${contest.id}/report?preset=contest`)).status).toBe(403);
  });
});
