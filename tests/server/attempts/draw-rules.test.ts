import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  drawPaper,
  feasibility,
  type Paper,
  type PaperBlueprint,
  type PaperCell,
  type PoolQuestion,
  packPaper,
  preparePool,
  unpackPaper,
} from '../../../server/attempts/draw-rules.ts';
import { cpuMs } from '../../harness/cpu.ts';

const seedOf = (n: number) => n.toString(16).padStart(16, '0');
const seed = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((n) => n.toString(16).padStart(16, '0'));

const cellOf = (count: number, filter: Partial<PaperCell> = {}): PaperCell => ({
  banks: ['nq15'],
  topics: [],
  kinds: [],
  difficulties: [],
  ...filter,
  count,
});
const blueprintOf = (...cells: PaperCell[]): PaperBlueprint => ({
  cells,
  shuffleQuestions: true,
  shuffleOptions: true,
});

const questionOf = (i: number, over: Partial<PoolQuestion> = {}): PoolQuestion => ({
  questionId: i,
  versionId: 1000 + i,
  bank: 'nq15',
  topic: 'a',
  kind: 'choice',
  difficulty: 1,
  options: 4,
  ...over,
});

const topics = ['a', 'b', 'c'];
const level = fc.constantFrom<1 | 2 | 3>(1, 2, 3);
const pool = fc
  .array(
    fc.record({
      topic: fc.constantFrom(...topics),
      difficulty: level,
      kind: fc.constantFrom('choice', 'trueFalse'),
      options: fc.integer({ min: 0, max: 6 }),
    }),
    {
      maxLength: 14,
    },
  )
  .map((rows) => rows.map((row, i) => questionOf(i + 1, row)));
const cell = fc
  .record({
    topics: fc.subarray(topics),
    difficulties: fc.subarray<1 | 2 | 3>([1, 2, 3]),
    kinds: fc.subarray(['choice', 'trueFalse']),
    count: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ count, ...filter }) => cellOf(count, filter));
const blueprint = fc.record({
  cells: fc.array(cell, { minLength: 1, maxLength: 5 }),
  shuffleQuestions: fc.boolean(),
  shuffleOptions: fc.boolean(),
});
const excluded = fc.uniqueArray(fc.integer({ min: 1, max: 14 }), { maxLength: 6 }).map((ids) => new Set(ids));

const fits = (question: PoolQuestion, { banks, topics, kinds, difficulties }: PaperCell) =>
  (banks.length === 0 || banks.includes(question.bank)) &&
  (topics.length === 0 || topics.includes(question.topic)) &&
  (kinds.length === 0 || kinds.includes(question.kind)) &&
  (difficulties.length === 0 || difficulties.includes(question.difficulty));

/** The most places that distinct questions can fill: Kuhn's algorithm place by place, slow and obvious. */
function mostPlaces(questions: readonly PoolQuestion[], cells: readonly PaperCell[]): number {
  const places = cells.flatMap((c) => Array.from({ length: c.count }, () => c));
  const placeOf = new Map<PoolQuestion, number>();
  const tryPlace = (place: number, tried: Set<PoolQuestion>): boolean =>
    questions.some((question) => {
      const wanted = places[place];
      if (wanted === undefined || !fits(question, wanted) || tried.has(question)) return false;
      tried.add(question);
      const holder = placeOf.get(question);
      if (holder !== undefined && !tryPlace(holder, tried)) return false;
      placeOf.set(question, place);
      return true;
    });
  return places.filter((_, place) => tryPlace(place, new Set())).length;
}

const wantedOf = (cells: readonly PaperCell[]) => cells.reduce((sum, { count }) => sum + count, 0);
function paperOf(drawn: ReturnType<typeof drawPaper>): Paper {
  if ('lacking' in drawn) throw new Error(`lacking ${JSON.stringify(drawn.lacking)}`);
  return drawn;
}

describe('drawPaper', () => {
  test('finds a paper exactly when one exists, and the paper keeps every promise', () => {
    let [papers, refusals] = [0, 0];
    fc.assert(
      fc.property(pool, blueprint, seed, excluded, (questions, plan, hex, exclude) => {
        const open = questions.filter(({ questionId }) => !exclude.has(questionId));
        const most = mostPlaces(open, plan.cells);
        const drawn = drawPaper(preparePool(questions), plan, hex, exclude);
        if ('lacking' in drawn) {
          refusals++;
          expect(most).toBeLessThan(wantedOf(plan.cells));
          const missing = drawn.lacking.reduce((sum, { needs, gets }) => sum + needs - gets, 0);
          expect(missing).toBe(wantedOf(plan.cells) - most);
          return;
        }
        papers++;
        expect(most).toBe(wantedOf(plan.cells));
        const asked = drawn.questions.map(({ versionId }) =>
          open.find((question) => question.versionId === versionId),
        );
        const used = asked.filter((question) => question !== undefined);
        expect(new Set(used).size).toBe(wantedOf(plan.cells));
        expect(mostPlaces(used, plan.cells)).toBe(used.length);
        if (!plan.shuffleQuestions) {
          const places = plan.cells.flatMap((c) => Array.from({ length: c.count }, () => c));
          expect(used.map((question, i) => fits(question, places[i] ?? cellOf(0)))).toEqual(
            used.map(() => true),
          );
        }
        for (const [i, { order }] of drawn.questions.entries()) {
          const options = used[i]?.options ?? 0;
          const shuffled = plan.shuffleOptions && options > 1;
          expect(order.toSorted((a, b) => a - b)).toEqual(
            shuffled ? Array.from({ length: options }, (_, j) => j) : [],
          );
        }
        expect(unpackPaper(packPaper(drawn))).toEqual(drawn);
      }),
      { numRuns: 3_000 },
    );
    expect(Math.min(papers, refusals)).toBeGreaterThan(300);
  });

  test('the same seed gives the same paper, whatever was drawn before and however the pool was ordered', () => {
    fc.assert(
      fc.property(pool, blueprint, seed, seed, (questions, plan, hex, other) => {
        const used = preparePool(questions);
        const first = drawPaper(used, plan, hex);
        drawPaper(used, plan, other, new Set([1, 2]));
        feasibility(used, plan, 2);
        expect(drawPaper(used, plan, hex)).toEqual(first);
        expect(drawPaper(preparePool(questions.toReversed()), structuredClone(plan), hex)).toEqual(first);
      }),
    );
  });

  test('the same seed gives the same paper for ever', () => {
    const questions = Array.from({ length: 60 }, (_, i) =>
      questionOf(i + 1, {
        topic: topics[i % 3] ?? '',
        difficulty: i % 2 === 0 ? 1 : 2,
        options: i % 5 === 0 ? 0 : 4,
      }),
    );
    const plan = blueprintOf(
      cellOf(2, { topics: ['a'] }),
      cellOf(2, { topics: ['b', 'c'], difficulties: [2] }),
      cellOf(2),
    );
    const paper = paperOf(drawPaper(preparePool(questions), plan, 'c0ffee0015150505', new Set([3, 4])));
    expect(paper.questions.map(({ versionId, order }) => `${versionId}:${order.join('')}`)).toEqual([
      '1040:2103',
      '1010:1023',
      '1044:0231',
      '1013:2013',
      '1026:',
      '1012:0123',
    ]);
  });

  test('the same seed gives the same exchanged paper for ever', () => {
    const questions = Array.from({ length: 9 }, (_, i) => questionOf(i + 1, { topic: topics[i % 3] ?? '' }));
    const plan = blueprintOf(
      cellOf(3, { topics: ['a', 'b'] }),
      cellOf(3, { topics: ['b', 'c'] }),
      cellOf(3, { topics: ['c', 'a'] }),
    );
    const paper = paperOf(drawPaper(preparePool(questions), plan, '0000000000000007'));
    expect(paper.questions.map(({ versionId, order }) => `${versionId}:${order.join('')}`)).toEqual([
      '1004:0123',
      '1009:2103',
      '1008:2103',
      '1003:2103',
      '1005:0132',
      '1006:3210',
      '1007:2301',
      '1001:1023',
      '1002:2103',
    ]);
  });

  test('every question of a cell is equally likely, in every position and with every option order', () => {
    const ready = preparePool(
      Array.from({ length: 10 }, (_, i) => questionOf(i, { topic: i < 6 ? 'a' : 'b', options: 2 })),
    );
    const plan = blueprintOf(cellOf(3, { topics: ['a'] }), cellOf(1, { topics: ['b'] }));
    const draws = 12_000;
    const papers = Array.from(
      { length: draws },
      (_, n) => paperOf(drawPaper(ready, plan, seedOf(n))).questions,
    );
    /** How many standard deviations a count over all papers is away from what is expected. */
    const off = (share: number, holds: (paper: Paper['questions']) => boolean) =>
      Math.abs(papers.filter(holds).length - draws * share) / Math.sqrt(draws * share * (1 - share));
    for (let i = 0; i < 10; i++) {
      const asked = off(i < 6 ? 1 / 2 : 1 / 4, (paper) =>
        paper.some(({ versionId }) => versionId === 1000 + i),
      );
      expect(asked).toBeLessThan(4.5);
    }
    for (let place = 0; place < 4; place++) {
      expect(off(1 / 4, (paper) => (paper[place]?.versionId ?? 0) >= 1006)).toBeLessThan(4.5);
      expect(off(1 / 2, (paper) => paper[place]?.order[0] === 1)).toBeLessThan(4.5);
    }
  });

  test('every set of a cell is equally likely', () => {
    const ready = preparePool(Array.from({ length: 6 }, (_, i) => questionOf(i)));
    const plan = blueprintOf(cellOf(3));
    const sets = new Map<string, number>();
    for (let n = 0; n < 20_000; n++) {
      const ids = paperOf(drawPaper(ready, plan, seedOf(n * 7 + 1))).questions.map(
        ({ versionId }) => versionId,
      );
      const name = ids.toSorted().join();
      sets.set(name, (sets.get(name) ?? 0) + 1);
    }
    expect(sets.size).toBe(20);
    const chiSquare = [...sets.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chiSquare).toBeLessThan(43.8);
  });

  test('without shuffling, questions stand cell after cell, by id inside a cell, and options as written', () => {
    const ready = preparePool(
      Array.from({ length: 30 }, (_, i) => questionOf(i + 1, { topic: i < 15 ? 'a' : 'b' })),
    );
    const plan = {
      ...blueprintOf(cellOf(4, { topics: ['b'] }), cellOf(4, { topics: ['a'] })),
      shuffleQuestions: false,
      shuffleOptions: false,
    };
    fc.assert(
      fc.property(seed, (hex) => {
        const { questions } = paperOf(drawPaper(ready, plan, hex));
        const ids = questions.map(({ versionId }) => versionId - 1000);
        const [fromB, fromA] = [ids.slice(0, 4), ids.slice(4)];
        expect(fromB.every((id) => id > 15) && fromA.every((id) => id <= 15)).toBe(true);
        expect([fromB, fromA]).toEqual([fromB.toSorted((a, b) => a - b), fromA.toSorted((a, b) => a - b)]);
        expect(questions.every(({ order }) => order.length === 0)).toBe(true);
      }),
    );
  });

  test('what was seen is left out by question, whatever its version', () => {
    const ready = preparePool([questionOf(1, { versionId: 90 }), questionOf(2, { versionId: 1 })]);
    for (let n = 0; n < 50; n++) {
      expect(
        paperOf(drawPaper(ready, blueprintOf(cellOf(1)), seedOf(n), new Set([1]))).questions[0]?.versionId,
      ).toBe(1);
    }
    expect(drawPaper(ready, blueprintOf(cellOf(1)), seedOf(1), new Set([1, 2]))).toEqual({
      lacking: [{ cell: 0, needs: 1, gets: 0 }],
    });
  });

  test('questions are handed over along a whole chain of cells', () => {
    const chain = ['a', 'b', 'c', 'd', 'e'];
    const ready = preparePool(chain.map((topic, i) => questionOf(4 - i, { topic })));
    const cells = chain.slice(1).map((topic, i) => cellOf(1, { topics: [chain[i] ?? '', topic] }));
    const plan = { cells, shuffleQuestions: false, shuffleOptions: false };
    for (let n = 0; n < 100; n++) {
      const { questions } = paperOf(drawPaper(ready, plan, seedOf(n), new Set([0])));
      expect(questions.map(({ versionId }) => versionId)).toEqual([1004, 1003, 1002, 1001]);
    }
  });

  test('a question twice in the pool is refused', () => {
    expect(() => preparePool([questionOf(1), questionOf(2), questionOf(1, { versionId: 5 })])).toThrow(
      RangeError,
    );
  });
});

describe('feasibility', () => {
  test('says whether all rounds can be filled, as the slow matcher does, and then rounds can be drawn one after another', () => {
    fc.assert(
      fc.property(
        pool,
        blueprint,
        fc.integer({ min: 1, max: 3 }),
        excluded,
        (questions, plan, rounds, exclude) => {
          const open = questions.filter(({ questionId }) => !exclude.has(questionId));
          const all = plan.cells.map((c) => ({ ...c, count: c.count * rounds }));
          const { cells, feasible } = feasibility(preparePool(questions), plan, rounds, exclude);
          const most = mostPlaces(open, all);
          expect(feasible).toBe(most === wantedOf(all));
          expect(cells.reduce((sum, { gets }) => sum + gets, 0)).toBe(most);
          for (const [i, { cell, needs, has, gets }] of cells.entries()) {
            const own = all[i] ?? cellOf(0);
            expect([cell, needs, has]).toEqual([
              i,
              own.count,
              open.filter((question) => fits(question, own)).length,
            ]);
            expect(gets).toBeLessThanOrEqual(Math.min(needs, has));
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('disjoint cells that are feasible fill every round without repeating', () => {
    const ready = preparePool(
      Array.from({ length: 24 }, (_, i) => questionOf(i, { topic: i % 2 === 0 ? 'a' : 'b' })),
    );
    const plan = blueprintOf(cellOf(3, { topics: ['a'] }), cellOf(3, { topics: ['b'] }));
    expect(feasibility(ready, plan, 4).feasible).toBe(true);
    expect(feasibility(ready, plan, 5)).toEqual({
      feasible: false,
      cells: [
        { cell: 0, needs: 15, gets: 12, has: 12 },
        { cell: 1, needs: 15, gets: 12, has: 12 },
      ],
    });
    const asked = new Set<number>();
    for (let round = 0; round < 4; round++) {
      for (const { versionId } of paperOf(drawPaper(ready, plan, seedOf(round), new Set(asked))).questions)
        asked.add(versionId - 1000);
    }
    expect(asked.size).toBe(24);
  });

  test('is told at once for the greatest draft that a door takes, however hopeless it is', () => {
    const questions = Array.from({ length: 300 }, (_, i) => questionOf(i + 1));
    const cells = Array.from({ length: 5000 }, () => cellOf(1));
    const began = cpuMs();
    const told = feasibility(preparePool(questions), blueprintOf(...cells), 1);
    expect(cpuMs() - began).toBeLessThan(3000);
    expect(told.feasible).toBe(false);
    expect(told.cells.reduce((sum, { gets }) => sum + gets, 0)).toBe(300);
  });
});

describe('kinds that are drawn in their own way', () => {
  const ordering = questionOf(1, { kind: 'ordering', options: 20, isAlwaysShuffled: true });
  const info = questionOf(2, { kind: 'info', options: 0, isOnlyByName: true });
  const choice = questionOf(3);
  const ready = preparePool([ordering, info, choice]);

  test('what its own order would give away is shuffled where orders are kept, and nothing else is', () => {
    const plan = { ...blueprintOf(cellOf(2)), shuffleOptions: false };
    const orders = new Map(
      paperOf(drawPaper(ready, plan, '0000000000000001')).questions.map((one) => [one.versionId, one.order]),
    );
    expect(orders.get(1003)).toEqual([]);
    expect(orders.get(1001)).toHaveLength(20);
    expect(orders.get(1001)).not.toEqual(Array.from({ length: 20 }, (_, i) => i));
  });

  test('an information fills no place of a question, only one that names it', () => {
    expect(drawPaper(ready, blueprintOf(cellOf(3)), '0000000000000001')).toEqual({
      lacking: [{ cell: 0, needs: 3, gets: 2 }],
    });
    const plan = blueprintOf(cellOf(1, { kinds: ['info'] }), cellOf(2));
    const drawn = paperOf(drawPaper(ready, plan, '0000000000000001')).questions.map((one) => one.versionId);
    expect(drawn.toSorted()).toEqual([1001, 1002, 1003]);
  });
});
