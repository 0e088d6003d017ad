import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outcomeOf, totalOf } from '../../../server/marking/look-rules.ts';

describe('looks at an answer', () => {
  it('wait for two, take the mean of two who are close, and call a third where they are apart', () => {
    expect(outcomeOf([], 500, 20)).toEqual({ state: 'waiting', marks: null });
    expect(outcomeOf([300], 500, 20)).toEqual({ state: 'waiting', marks: null });
    expect(outcomeOf([300, 400], 500, 20)).toEqual({ state: 'done', marks: 350 });
    expect(outcomeOf([300, 401], 500, 20)).toEqual({ state: 'apart', marks: null });
  });

  it('count the two of three that are closest, and all three where neither pair is', () => {
    expect(outcomeOf([100, 400, 380], 500, 20)).toEqual({ state: 'done', marks: 390 });
    expect(outcomeOf([100, 400, 150], 500, 20)).toEqual({ state: 'done', marks: 125 });
    expect(outcomeOf([100, 500, 300], 500, 20)).toEqual({ state: 'done', marks: 300 });
  });

  it('give marks between the lowest and the highest that anybody gave, whoever came first', () => {
    const given = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 2, maxLength: 3 });
    fc.assert(
      fc.property(given, fc.integer({ min: 0, max: 100 }), (looks, gap) => {
        const { state, marks } = outcomeOf(looks, 500, gap);
        if (marks === null) {
          expect([state, looks.length]).toEqual(['apart', 2]);
          return;
        }
        expect(marks).toBeGreaterThanOrEqual(Math.min(...looks));
        expect(marks).toBeLessThanOrEqual(Math.max(...looks));
        const [a = 0, b = 0, ...third] = looks;
        expect(outcomeOf([b, a, ...third], 500, gap)).toEqual({ state, marks });
      }),
    );
  });
});

describe('lines of a rubric', () => {
  const rubric = [
    { text: 'Nội dung', points: 600 },
    { text: 'Trình bày', points: 400 },
  ];
  it('come to marks of the question, in proportion', () => {
    expect(totalOf([600, 400], rubric, 500)).toBe(500);
    expect(totalOf([300, 400], rubric, 500)).toBe(350);
    expect(totalOf([0, 0], rubric, 500)).toBe(0);
  });
  it('are refused where they do not fit', () => {
    expect(totalOf([601, 0], rubric, 500)).toBeNull();
    expect(totalOf([1], rubric, 500)).toBeNull();
  });
});
