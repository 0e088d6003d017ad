/** Doors of closing that cost more than a look: nobody goes through them without end. */
import { expect, it } from 'vitest';
import { startServer } from '../../harness/app.ts';
import { playedRound } from '../../harness/closed-round.ts';
import { openContest } from '../../harness/contest.ts';
import { Visitor } from '../../harness/visitor.ts';

it('prints a person a few dossiers, and sends the lists of lots a few times to an address', async () => {
  const server = await startServer(undefined, { HOITHI_LIMIT_FACTOR: '1' });
  const contest = await playedRound(server, [{ name: 'Nguyễn Thị Hoa', marks: 1000 }]);
  const [hoa] = contest.players;
  const statuses: (number | undefined)[] = [];
  for (let i = 0; i < 5; i += 1)
    statuses.push((await hoa?.visitor.get(`/api/attempts/${hoa.attempt}/dossier/file`))?.status);
  expect(statuses).toEqual([200, 200, 200, 200, 429]);
  const staff = `/api/desk/contests/${contest.id}/attempts/${hoa?.attempt}/dossier/file`;
  expect((await contest.owner.get(staff)).status).toBe(200);
  const lists = `/api/contests/${contest.slug}/lots?board=round-${contest.round}`;
  const asked: number[] = [];
  for (let i = 0; i < 11; i += 1) asked.push((await new Visitor(server, '198.51.100.9').get(lists)).status);
  expect(new Set(asked.slice(0, 10))).toEqual(new Set([404]));
  expect(asked[10]).toBe(429);
  expect((await new Visitor(server, '198.51.100.10').get(lists)).status).toBe(404);
}, 60_000);

it('draws samples of certificates one after another, and lets few wait', async () => {
  const server = await startServer();
  const { owner, id } = await openContest(server);
  const design = {
    name: 'Giấy chứng nhận',
    landscape: true,
    frame: 'gold',
    motto: true,
    issuer: 'BAN TỔ CHỨC',
    logo: null,
    lines: [{ text: '{ten}', size: 30, style: 'name' }],
    place: 'Hà Nội',
    signRole: 'TM. BAN TỔ CHỨC',
    signName: 'Đỗ Hữu Nghĩa',
    signature: null,
  };
  const asked = Array.from({ length: 8 }, () =>
    owner.post(`/api/desk/contests/${id}/certificate-preview`, design),
  );
  const statuses = (await Promise.all(asked)).map(({ status }) => status).sort();
  expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 503, 503]);
}, 60_000);
