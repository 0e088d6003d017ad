/** More certificates than one ZIP should hold are taken along in parts: each certificate in exactly one of them. */
import { unzipSync } from 'fflate';
import { beforeAll, expect, it } from 'vitest';
import { CERTIFICATES_A_PART } from '../../../server/contracts/certificates.ts';
import { startServer, type TestServer } from '../../harness/app.ts';
import { openContest, type TestContest } from '../../harness/contest.ts';
import { onBothDatabases } from '../../harness/databases.ts';

const BATCH = '01890000-0000-7000-8000-0000000000aa';
const TOTAL = CERTIFICATES_A_PART + 3;
/** What stands in for the drawings: a file of its own for each, so that none can stand for another. */
const fileOf = (number: number): string => `%PDF ${number}`;
const DESIGN = {
  ...{ name: 'Mẫu', landscape: true, frame: 'none' as const, motto: false, issuer: '', logo: null },
  lines: [{ text: '{ten}', size: 30, style: 'name' as const }],
  ...{ place: '', signRole: '', signName: '', signature: null },
};

onBothDatabases('certificates in parts', (databases) => {
  let server: TestServer;
  let contest: TestContest;
  let door: string;

  beforeAll(async () => {
    server = await startServer(await databases.location());
    contest = await openContest(server);
    door = `/api/desk/contests/${contest.id}`;
    const { database, clock } = server.context;
    const { certificates, certificateBatches, certificateFiles, contests } = database.tables;
    const [row] = await database.query.select({ id: contests.id }).from(contests);
    const now = clock.now();
    const board = `round-${contest.round}`;
    const batch = {
      ...{ id: 1, uid: BATCH, contestId: row?.id ?? 0, design: DESIGN, state: 'done' },
      source: { kind: 'entrants' as const, board, minMarks: 0 },
      ...{ total: TOTAL, made: TOTAL, movedAt: now, createdAt: now, createdBy: contest.owner.uid },
    };
    await database.atomic([database.query.insert(certificateBatches).values(batch)]);
    const saying = { contest: 'Cuộc thi', round: null, prize: null, marks: null, unit: null };
    const nobody = { personId: null, unitId: null, revokedAt: null, revokedReason: null };
    const numbers = Array.from({ length: TOTAL }, (_, i) => i + 1);
    for (let at = 0; at < TOTAL; at += 500) {
      const some = numbers.slice(at, at + 500);
      const rows = some.map((id) => ({
        ...nobody,
        ...{ id, batchId: 1, number: id, saying, issuedAt: now, madeAt: now },
      }));
      const files = some.map((id) => ({
        certificateId: id,
        bytes: Buffer.from(fileOf(id)).toString('base64'),
      }));
      await database.atomic([
        database.query.insert(certificates).values(rows),
        database.query.insert(certificateFiles).values(files),
      ]);
    }
  });

  const numbersOf = async (part: string): Promise<number[]> => {
    const zip = await server.app.http.inject({
      url: `${door}/certificate-batches/${BATCH}/files${part}`,
      headers: { cookie: [...contest.owner.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    expect(zip.statusCode).toBe(200);
    return Object.entries(unzipSync(zip.rawPayload)).map(([name, bytes]) => {
      const number = Number(name.slice(0, 5));
      expect(Buffer.from(bytes).toString()).toBe(fileOf(number));
      return number;
    });
  };

  it('tell the desk how many there are, and hold every certificate once', async () => {
    const { body } = await contest.owner.get(`${door}/certificates`);
    expect(body.batches).toMatchObject([{ id: BATCH, total: TOTAL, made: TOTAL, parts: 2 }]);
    const first = await numbersOf('');
    expect([first.length, first[0], first.at(-1)]).toEqual([CERTIFICATES_A_PART, 1, CERTIFICATES_A_PART]);
    expect(await numbersOf('?part=1')).toEqual(first);
    const rest = Array.from({ length: TOTAL - CERTIFICATES_A_PART }, (_, i) => CERTIFICATES_A_PART + 1 + i);
    expect(await numbersOf('?part=2')).toEqual(rest);
  });

  it('are logged each time that somebody takes one along, in the order of the log', async () => {
    const { auditLog } = server.context.database.tables;
    const lines = await server.context.database.query.select().from(auditLog).orderBy(auditLog.seq);
    const taken = lines.filter(({ action }) => action === 'certificates.downloaded');
    expect(taken.map(({ actor, details }) => [actor, details])).toEqual(
      [1, 1, 2].map((part) => [contest.owner.uid, { batch: BATCH, part }]),
    );
  });
});
