/** Circles of units are seen before they come: today, and on every day for which something is planned. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loopsOf, withoutLoops } from '../../../server/units/loop-rules.ts';
import { placesPutRight } from '../../../server/units/putting-right.ts';
import { UnitTimes } from '../../../server/units/time-rules.ts';
import { unitOf } from './unit-of.ts';

const NOW = 1000;
const GOOD = Number.POSITIVE_INFINITY;
const until = (unitId: number, at: number, parentId: number | null) => ({
  ...{ unitId, until: at, parentId, name: '', block: null },
});

/** A slow, obvious answer: whoever climbs from `id` at `at` comes by again. */
function standsBelowItself(times: UnitTimes, changed: Parameters<typeof loopsOf>[1], id: number, at: number) {
  const above = (one: number) => {
    const places = changed.get(one) ?? times.placesOf(one);
    return places.find((place) => at < place.until)?.parentId ?? null;
  };
  let one = above(id);
  for (let steps = 0; steps < 20 && one !== null; steps++) {
    if (one === id) return true;
    one = above(one);
  }
  return false;
}

describe('circles to come', () => {
  it('are seen where a planned move meets what is put right today', async () => {
    // 1 goes below 2 at 2000.
    const times = new UnitTimes([unitOf(1, { parentId: 2 }), unitOf(2)], [until(1, 2000, null)]);
    const places = placesPutRight(unitOf(2), times, 1, NOW);
    expect(await loopsOf(times, new Map([[2, places]]), NOW)).toEqual([{ unitId: 2, at: 2000, byId: 1 }]);
    // Once 2 is planned to be away again before that day, nothing is in the way.
    const away = [
      { until: 1500, parentId: 1 },
      { until: GOOD, parentId: null },
    ];
    expect(await loopsOf(times, new Map([[2, away]]), NOW)).toEqual([]);
  });

  it('are seen at once, and where a move is planned behind another one', async () => {
    const times = new UnitTimes([unitOf(1, { parentId: 2 }), unitOf(2)]);
    const below = [{ until: GOOD, parentId: 1 }];
    expect(await loopsOf(times, new Map([[2, below]]), NOW)).toEqual([{ unitId: 2, at: NOW, byId: null }]);
    const later = [{ until: 3000, parentId: null }, ...below];
    expect(await loopsOf(times, new Map([[2, later]]), NOW)).toEqual([{ unitId: 2, at: 3000, byId: 2 }]);
  });

  it('are those that somebody finds who climbs from each unit on each day', async () => {
    const place = fc.option(fc.integer({ min: 1, max: 5 }), { nil: null });
    const days = [1500, 2000, 2500] as const;
    const unitPlaces = fc.tuple(place, place, place, place);
    await fc.assert(
      fc.asyncProperty(
        fc.array(unitPlaces, { minLength: 5, maxLength: 5 }),
        unitPlaces,
        async (all, mine) => {
          const units = all.map(([, , , last], i) => unitOf(i + 1, { parentId: last }));
          const pasts = all.flatMap((places, i) =>
            days.map((day, d) => until(i + 1, day, places[d] ?? null)),
          );
          const times = new UnitTimes(units, pasts);
          const changed = new Map([
            [1, [...days, GOOD].map((end, d) => ({ until: end, parentId: mine[d] ?? null }))],
          ]);
          const first = [NOW, ...days].find((at) => standsBelowItself(times, changed, 1, at));
          const [loop] = await loopsOf(times, changed, NOW);
          expect(loop?.at).toBe(first);
        },
      ),
    );
  });
});

describe('units whose rows hold a circle', () => {
  it('stay in sight: the oldest of them counts as a top, and the others stand below it as they did', async () => {
    const units = [
      unitOf(4, { parentId: 3 }),
      unitOf(2, { parentId: 3 }),
      unitOf(3, { parentId: 2 }),
      unitOf(1),
    ];
    const parents = (await withoutLoops(units)).map(({ id, parentId }) => [id, parentId]);
    expect(parents).toEqual([
      [4, 3],
      [2, null],
      [3, 2],
      [1, null],
    ]);
  });

  it('are left as they are where there is none', async () => {
    const units = [unitOf(1, { parentId: 9 }), unitOf(2, { parentId: 1 })];
    expect(await withoutLoops(units)).toBe(units);
  });
});
