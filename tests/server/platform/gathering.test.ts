import { expect, it } from 'vitest';
import { Gathering } from '../../../server/platform/gathering.ts';

it('sends what comes while enough is under way together, in order, and gives each its own outcome', async () => {
  const sent: (readonly number[])[] = [];
  const gates: (() => void)[] = [];
  let most = 0;
  let underWay = 0;
  const gathering = new Gathering<number, string>(
    async (items) => {
      sent.push(items);
      most = Math.max(most, ++underWay);
      await new Promise<void>((open) => gates.push(open));
      underWay -= 1;
      if (items.includes(5)) throw new Error('five');
      return items.map((item) => `did ${item}`);
    },
    { most: 3, atOnce: 2 },
  );
  const outcomes = Promise.allSettled([1, 2, 3, 4, 5, 6, 7, 8, 9].map((item) => gathering.add(item)));
  for (let opened = 0; opened < 3; opened++) {
    while (gates[opened] === undefined) await new Promise((turn) => setImmediate(turn));
    gates[opened]?.();
  }
  const said = (await outcomes).map((one) => (one.status === 'fulfilled' ? one.value : one.reason.message));
  expect(sent).toEqual([
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
  ]);
  expect(most).toBe(2);
  expect(said).toEqual(['did 1', 'did 2', 'did 3', 'five', 'five', 'five', 'did 7', 'did 8', 'did 9']);
});

it('keeps nobody waiting when an outcome is missing', async () => {
  const gathering = new Gathering<number, number>(async () => [1], { most: 10, atOnce: 1 });
  const settled = await Promise.allSettled([gathering.add(1), gathering.add(2)]);
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
});
