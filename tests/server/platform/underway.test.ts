import { describe, expect, it } from 'vitest';
import { Underway } from '../../../server/platform/underway.ts';

describe('work that is under way', () => {
  it('says how far it is while it runs, never more than all of it, and nothing of other names', async () => {
    const underway = new Underway();
    const seen: (number | null)[] = [underway.share('a')];
    const reply = await underway.run('a', async (tell) => {
      seen.push(underway.share('a'));
      tell(0.4);
      seen.push(underway.share('a'), underway.share('b'));
      tell(1.2);
      seen.push(underway.share('a'));
      return 'done';
    });
    expect([reply, ...seen, underway.share('a')]).toEqual(['done', null, 0, 0.4, null, 1, null]);
  });

  it('is forgotten when it fails, and its failure goes on', async () => {
    const underway = new Underway();
    const failing = underway.run('a', () => Promise.reject(new RangeError('no')));
    await expect(failing).rejects.toThrow(RangeError);
    expect(underway.share('a')).toBeNull();
  });
});
