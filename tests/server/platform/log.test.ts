import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { createLog, RequestLog, shownError } from '../../../server/platform/log.ts';
import { onBothDatabases } from '../../harness/databases.ts';

it('writes with the bindings of its request, at the level asked for, and makes nothing before', () => {
  const lines: string[] = [];
  const parent = pino({ level: 'info' }, { write: (line) => void lines.push(line) });
  let made = 0;
  const log = new RequestLog(
    Object.assign(Object.create(parent), {
      child: (...given: Parameters<typeof parent.child>) => {
        made += 1;
        return parent.child(...given);
      },
    }),
    { reqId: 'req-7' },
    {},
  );
  expect(made).toBe(0);
  log.warn({ ms: 1200 }, 'slow');
  log.error(new Error('broken'));
  log.debug('not at this level');
  log.child({ more: 1 }).info('deeper');
  expect(made).toBe(1);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: 40, reqId: 'req-7', ms: 1200, msg: 'slow' },
    { level: 50, reqId: 'req-7', err: { message: 'broken' } },
    { level: 30, reqId: 'req-7', more: 1, msg: 'deeper' },
  ]);
});

it('writes of an error its kind, code, message and place, and nothing that it carries', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(line) });
  const cause = Object.assign(new Error('value "0912345678" is out of range'), {
    code: '22003',
    detail: 'Failing row contains (0912345678)',
  });
  const error = Object.assign(new Error('Failed query: select 1\nparams: 0912345678', { cause }), {
    params: ['0912345678'],
    body: { password: '0912345678' },
  });
  log.error({ err: error, password: '0912345678', deep: { down: { token: '0912345678' } } }, 'failed');
  log.error(error);
  log.error({ err: error });
  log.error(error, 'said %s', 'so');
  expect(lines).toHaveLength(4);
  expect(lines.map((line) => JSON.parse(line).msg)).toEqual([
    'failed',
    'Failed query: select 1',
    'Failed query: select 1',
    'said so',
  ]);
  expect(lines.join('')).not.toContain('0912345678');
  const [line = '{}'] = lines;
  expect(JSON.parse(line).err).toMatchObject({
    type: 'Error',
    message: 'Failed query: select 1',
    cause: { state: '22003', message: 'value "…" is out of range' },
  });
  expect(JSON.parse(line).err.stack).toContain('log.test.ts');
});

onBothDatabases('errors of the database', (databases, dialect) => {
  const SECRET = 'so-dien-thoai-0912345678';

  it('leave no parameter and no row in the log', async () => {
    const database = await databases.open();
    const { people } = database.tables;
    const gone = eq(people.phoneHash, SECRET);
    await database.atomic([database.query.delete(people).where(gone)]);
    const failing = [
      // PostgreSQL takes no zero byte and no number beyond its type; SQLite takes both.
      () =>
        database.query
          .select()
          .from(people)
          .where(eq(people.phoneHash, `${SECRET}\0`)),
      () =>
        database.query
          .select()
          .from(people)
          .where(eq(people.id, Number(`9${'0'.repeat(300)}`))),
      () => database.atomic([database.query.insert(people).values({ id: 1, uid: SECRET } as never)]),
      () =>
        database.query
          .select({ x: people.name })
          .from(people)
          .where(gone)
          .groupBy(people.folded)
          .having(gone)
          .limit(SECRET as never),
    ];
    const told: string[] = [];
    for (const fail of failing) {
      const failed = await Promise.resolve(fail()).then(
        () => null,
        (error: unknown) => error,
      );
      if (failed !== null) told.push(JSON.stringify(shownError(failed)));
    }
    expect(told.length).toBeGreaterThanOrEqual(dialect === 'sqlite' ? 1 : 4);
    for (const line of told) expect(line).not.toContain('0912345678');
  });
});
