import { expect, it } from 'vitest';
import { Lane } from '../../../server/platform/lane.ts';

it('runs two at once, lets three wait in their order, and sends others away', async () => {
  const lane = new Lane(2, 3);
  const ends: (() => void)[] = [];
  const began: number[] = [];
  const work = (name: number) =>
    lane.run(() => {
      began.push(name);
      const { promise, resolve } = Promise.withResolvers<number>();
      ends.push(() => resolve(name));
      return promise;
    });
  const all = [1, 2, 3, 4, 5].map(work);
  await expect(work(6)).rejects.toMatchObject({ code: 'busy' });
  expect(began).toEqual([1, 2]);
  for (let i = 0; i < 5; i += 1) {
    ends[i]?.();
    await all[i];
    await new Promise(setImmediate);
  }
  expect(await Promise.all(all)).toEqual([1, 2, 3, 4, 5]);
  expect(began).toEqual([1, 2, 3, 4, 5]);
  const again = work(7);
  await new Promise(setImmediate);
  ends[5]?.();
  expect(await again).toBe(7);
});

it('gives the place on when the work fails', async () => {
  const lane = new Lane(1, 1);
  const failed = lane.run(() => Promise.reject(new Error('no')));
  const next = lane.run(async () => 2);
  await expect(failed).rejects.toThrow('no');
  expect(await next).toBe(2);
});
