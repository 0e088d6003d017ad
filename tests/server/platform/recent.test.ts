import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Recent } from '../../../server/platform/recent.ts';

const key = fc.integer({ min: 0, max: 20 });
const step = fc.oneof(fc.record({ set: key }), fc.record({ get: key }), fc.record({ delete: key }));

it('never gives what is not true, and always what was used within the last so many', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const most = 5;
      const recent = new Recent<number, number>(most);
      const truth = new Map<number, number>();
      steps.forEach((one, value) => {
        if ('delete' in one) {
          recent.delete(one.delete);
          truth.delete(one.delete);
          return;
        }
        const used = 'set' in one ? one.set : one.get;
        if ('set' in one) {
          recent.set(used, value);
          truth.delete(used);
          truth.set(used, value);
          return;
        }
        const found = recent.get(used);
        const mustKnow = [...truth.keys()].slice(-most).includes(used);
        if (found !== undefined || mustKnow) expect(found).toBe(truth.get(used));
        if (found === undefined) return;
        truth.delete(used);
        truth.set(used, found);
      });
    }),
  );
});
