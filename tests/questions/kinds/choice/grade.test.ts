import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { grading } from '../../../../questions/kinds/choice/grade.ts';

const permutation = (n: number) =>
  fc.shuffledSubarray(
    Array.from({ length: n }, (_, i) => i),
    { minLength: n, maxLength: n },
  );
const subset = (n: number, min: number) =>
  fc.subarray(
    Array.from({ length: n }, (_, i) => i),
    { minLength: min },
  );

/** A question with a key that `check` accepts, an answer in original positions and an order. */
const round = fc.integer({ min: 2, max: 26 }).chain((n) =>
  fc.boolean().chain((multiple) =>
    fc.record({
      prompt: fc.constant({
        stem: 'Chọn',
        options: Array.from({ length: n }, (_, i) => `phương án ${i}`),
        multiple,
      }),
      key: fc.record({
        right: multiple ? subset(n, 1) : subset(n, 1).map((s) => s.slice(0, 1)),
        scoring: fc.constantFrom<'allOrNothing' | 'share'>('allOrNothing', 'share'),
      }),
      chosen: multiple ? subset(n, 0) : subset(n, 0).map((s) => s.slice(0, 1)),
      order: fc.oneof(fc.constant<number[]>([]), permutation(n)),
    }),
  ),
);

const identity = (n: number) => Array.from({ length: n }, (_, i) => i);
const shownAt = (order: readonly number[], n: number, original: number) =>
  (order.length === 0 ? identity(n) : order).indexOf(original);

describe('choice', () => {
  test('grades as the slow rule over option texts does, in 0..1, whatever the order', () => {
    fc.assert(
      fc.property(round, ({ prompt, key, chosen, order }) => {
        const right = new Set(key.right.map((i) => prompt.options[i]));
        const picked = chosen.map((i) => prompt.options[i]);
        const hits = picked.filter((text) => right.has(text)).length;
        const wrong = picked.length - hits;
        const share = Math.max(0, (hits - wrong) / right.size);
        const exact = hits === right.size && wrong === 0 ? 1 : 0;
        const answer = grading.normalise(
          prompt,
          chosen.map((i) => shownAt(order, prompt.options.length, i)),
        );
        if (answer === undefined) throw new Error('a legal answer was refused');
        const mark = grading.grade(prompt, key, answer, order);
        expect(mark).toBe(key.scoring === 'share' ? share : exact);
        expect(mark).toBeGreaterThanOrEqual(0);
        expect(mark).toBeLessThanOrEqual(1);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a revealed answer earns everything and names the right texts', () => {
    fc.assert(
      fc.property(round, ({ prompt, key, order }) => {
        const revealed = grading.reveal(prompt, key, order) ?? [];
        const shown = grading.arrange(prompt, order);
        expect(revealed.map((i) => shown.options[i]).toSorted()).toEqual(
          key.right.map((i) => prompt.options[i]).toSorted(),
        );
        expect(grading.normalise(prompt, revealed)).toEqual(revealed);
        expect(grading.grade(prompt, key, revealed, order)).toBe(1);
      }),
    );
  });

  test('normalises once and for all, and refuses everything else', () => {
    fc.assert(
      fc.property(round, fc.anything(), ({ prompt, chosen }, garbage) => {
        const once = grading.normalise(prompt, [...chosen].reverse());
        expect(once).toEqual(chosen.length === 0 ? null : chosen);
        expect(grading.normalise(prompt, once)).toEqual(once);
        const legal =
          Array.isArray(garbage) &&
          garbage.every((i) => Number.isInteger(i) && i >= 0 && i < prompt.options.length);
        if (garbage !== null && !legal) expect(grading.normalise(prompt, garbage)).toBe(undefined);
      }),
      { numRuns: 1_000 },
    );
    const single = { stem: 's', options: ['a', 'b', 'c'], multiple: false };
    for (const bad of [[0, 1], [3], [-1], [0.5], ['0'], '0', 0, {}, undefined, [null], [[0]]])
      expect(grading.normalise(single, bad)).toBe(undefined);
    expect(grading.normalise(single, [2, 2])).toEqual([2]);
  });

  test('a blank and a missing key earn nothing, and no key reveals nothing', () => {
    const prompt = { stem: 's', options: ['a', 'b'], multiple: false };
    expect(grading.grade(prompt, { right: [0] }, null, [])).toBe(0);
    expect(grading.grade(prompt, null, [0], [])).toBe(0);
    expect(grading.grade(prompt, { right: [] }, [], [])).toBe(0);
    expect(grading.reveal(prompt, null, [1, 0])).toBe(null);
  });

  test('positions outside the paper never count as right', () => {
    const prompt = { stem: 's', options: ['a', 'b'], multiple: true };
    for (const position of [2, 31, 32, 33, -1, 64]) {
      expect(grading.grade(prompt, { right: [0, 1] }, [0, 1, position], [])).toBe(0);
      expect(grading.grade(prompt, { right: [0], scoring: 'share' }, [position], [1, 0])).toBe(0);
    }
  });

  test('check names what is wrong, in both languages and at its place', () => {
    const prompt = { stem: 'Ai?', options: ['a', 'b', ' a', ''], multiple: false };
    const at = (key: Parameters<typeof grading.check>[1]) =>
      grading.check(prompt, key).map((problem) => problem.at);
    expect(at(null)).toEqual(['options.2', 'options.3']);
    expect(at({ right: [0, 9, 0] })).toEqual(['options.2', 'options.3', 'right.1', 'right.2', 'right']);
    expect(at({ right: [] })).toContain('right');
    expect(at({ wrong: 1 })).toContain('');
    expect(grading.check({ stem: 'x' }, null)).toHaveLength(1);
    expect(
      grading.check({ stem: ' ', options: ['a'], multiple: true }, { right: [0] }).map((p) => p.at),
    ).toEqual(['stem', 'options']);
    expect(
      grading.check({ stem: 'x', options: ['a', 'b'], multiple: true }, { right: [0, 1], scoring: 'share' }),
    ).toEqual([]);
    for (const problem of grading.check(prompt, { right: [] }))
      expect(problem.vi.length * problem.en.length).toBeGreaterThan(0);
  });

  test('check never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (prompt, key) =>
        Array.isArray(grading.check(JSON.parse(JSON.stringify(prompt)), JSON.parse(JSON.stringify(key)))),
      ),
    );
  });

  test('options that speak of other options stay in their places', () => {
    const shuffleable = (...options: string[]) =>
      grading.shuffleable({ stem: 's', options, multiple: false });
    for (const fixed of [
      'Cả A và B',
      'Cả A, B và C đều đúng',
      'A và C',
      'Đáp án A và B',
      'Tất cả các phương án trên',
      'Tất cả các đáp án trên đều đúng',
      'Cả ba phương án trên',
      'Cả 3 đáp án trên đều sai',
      'Không phương án nào ở trên',
      'Tất cả đều đúng',
      'All of the above',
      'None of these',
    ]) {
      expect([fixed, shuffleable('một', 'hai', fixed)]).toEqual([fixed, 0]);
    }
    for (const free of [
      'Cả nước',
      'Hà Nội và Huế',
      'Tất cả các quận, huyện',
      'Cán bộ, đảng viên',
      'Từ năm 2025',
      'Các điều kiện nêu trên giấy',
      'a và',
    ]) {
      expect([free, shuffleable('một', 'hai', free)]).toEqual([free, 3]);
    }
  });

  test('arrange refuses an order of another question', () => {
    expect(() => grading.arrange({ stem: 's', options: ['a', 'b'], multiple: false }, [0, 2])).toThrow(
      RangeError,
    );
  });
});

describe('choice with weights', () => {
  const prompt = { stem: 'Chọn', options: ['a', 'b', 'c', 'd'], multiple: true };
  const key = { right: [0, 2], scoring: 'weights' as const, weights: [0.5, -0.5, 0.5, 0] };

  test('adds up the weights of what was chosen, between nothing and everything, whatever the order', () => {
    const weight = fc.integer({ min: -100, max: 100 }).map((hundredths) => hundredths / 100);
    fc.assert(
      fc.property(
        fc.array(weight, { minLength: 4, maxLength: 4 }),
        subset(4, 1),
        permutation(4),
        (weights, chosen, order) => {
          const right = identity(4).filter((i) => (weights[i] ?? 0) > 0);
          const sum = chosen.reduce((total, i) => total + (weights[i] ?? 0), 0);
          const share = sum > 0.999 ? 1 : Math.max(0, sum);
          const answer = chosen.map((i) => shownAt(order, 4, i));
          const mark = grading.grade(prompt, { right, scoring: 'weights', weights }, answer, order);
          expect(mark).toBeCloseTo(share, 9);
        },
      ),
    );
  });

  test('must be able to reach full marks, and name the options above nothing as right', () => {
    expect(grading.check(prompt, key)).toEqual([]);
    expect(
      grading.check(prompt, {
        right: [0, 1, 2],
        scoring: 'weights',
        weights: [0.33333, 0.33333, 0.33333, 0],
      }),
    ).toEqual([]);
    expect(grading.check(prompt, { ...key, right: [0] }).map(({ at }) => at)).toEqual(['right']);
    expect(grading.check(prompt, { ...key, weights: [0.5, 0, 0.4, 0] }).map(({ at }) => at)).toEqual([
      'weights',
    ]);
    expect(grading.check(prompt, { ...key, weights: [2, 0, 1, 0] }).map(({ at }) => at)).toEqual(['weights']);
    expect(grading.check(prompt, { right: [0], scoring: 'weights' }).map(({ at }) => at)).toEqual(['']);
  });

  test('of a single choice reveals the best option only, and pays for a lesser one in part', () => {
    const single = { ...prompt, multiple: false };
    const partial = { right: [1, 3], scoring: 'weights' as const, weights: [0, 1, -1, 0.4] };
    expect(grading.check(single, partial)).toEqual([]);
    expect(grading.reveal(single, partial, [])).toEqual([1]);
    expect(grading.grade(single, partial, [3], [])).toBe(0.4);
    expect(grading.grade(single, partial, [2], [])).toBe(0);
  });
});

describe('choice with pinned options', () => {
  const prompt = { stem: 'Chọn', options: ['một', 'hai', 'ba', 'Ý khác'], multiple: false, pinned: [3] };

  test('pinned ones keep their places, and the key follows the others', () => {
    expect(grading.shuffleable(prompt)).toBe(3);
    fc.assert(
      fc.property(permutation(3), fc.integer({ min: 0, max: 3 }), (order, right) => {
        const shown = grading.arrange(prompt, order);
        expect(shown.options[3]).toBe('Ý khác');
        expect(shown.options.toSorted()).toEqual(prompt.options.toSorted());
        const revealed = grading.reveal(prompt, { right: [right] }, order) ?? [];
        expect(revealed.map((i) => shown.options[i])).toEqual([prompt.options[right]]);
        expect(grading.grade(prompt, { right: [right] }, revealed, order)).toBe(1);
      }),
    );
    expect(grading.check({ ...prompt, pinned: [4] }, null).map(({ at }) => at)).toEqual(['pinned']);
  });
});
