import { pino } from 'pino';
import { expect, it } from 'vitest';
import { RequestLog } from '../../../server/platform/log.ts';

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
