import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Answered,
  BOXES,
  dueCards,
  forget,
  NOTHING,
  type Progress,
  readProgress,
  withAnswer,
} from '../../../questions/practice/boxes.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
let count = 0;
const answer = (question: string, share: number, at: number): Answered => ({
  name: `a${++count}`,
  question,
  bank: 'b',
  share,
  at,
});

describe('what was answered wrongly', () => {
  it('comes again after ten minutes, then after 1, 3, 7 and 21 days, and then is known', () => {
    let progress = withAnswer(NOTHING, answer('q', 0, 0));
    const waits: number[] = [];
    for (let at = 0; progress.cards.length > 0; ) {
      const due = progress.cards[0]?.due ?? 0;
      waits.push(due - at);
      at = due;
      progress = withAnswer(progress, answer('q', 1, at));
    }
    expect(waits).toEqual([10 * MINUTE, DAY, 3 * DAY, 7 * DAY, 21 * DAY]);
    expect(waits).toHaveLength(BOXES);
    expect(progress.tallies).toEqual({ b: { answered: 6, right: 5 } });
  });

  it('begins anew when it is wrong again, and stays where it is when it is asked too early', () => {
    const first = withAnswer(withAnswer(NOTHING, answer('q', 0.5, 0)), answer('q', 1, 10 * MINUTE));
    expect(first.cards).toMatchObject([{ box: 1, due: 10 * MINUTE + DAY }]);
    expect(withAnswer(first, answer('q', 1, 11 * MINUTE)).cards).toEqual(first.cards);
    expect(withAnswer(first, answer('q', 0, 11 * MINUTE)).cards).toMatchObject([
      { box: 0, due: 21 * MINUTE },
    ]);
  });

  it('is asked the longest overdue first, bank by bank', () => {
    let progress = withAnswer(NOTHING, { ...answer('late', 0, MINUTE), bank: 'x' });
    progress = withAnswer(progress, answer('early', 0, 0));
    const names = (bank: string, now: number) =>
      dueCards(progress, bank, now).map(({ question }) => question);
    expect(names('', 11 * MINUTE)).toEqual(['early', 'late']);
    expect(names('x', 11 * MINUTE)).toEqual(['late']);
    expect(names('', 10 * MINUTE)).toEqual(['early']);
    expect(forget(progress, 'early').cards.map(({ question }) => question)).toEqual(['late']);
  });

  it('is nothing special when it was right at once', () => {
    expect(withAnswer(NOTHING, answer('q', 1, 0)).cards).toEqual([]);
  });
});

const answers = fc.array(
  fc.record({
    question: fc.constantFrom('p', 'q', 'r', 's'),
    share: fc.constantFrom(0, 0.5, 1),
    at: fc.nat({ max: 40 * DAY }),
    name: fc.uuid(),
  }),
  { maxLength: 40 },
);

describe('any answers', () => {
  const run = (list: readonly { question: string; share: number; at: number; name: string }[]): Progress =>
    list.reduce((progress, one) => withAnswer(progress, { ...one, bank: 'b' }), NOTHING);

  it('count once however often they arrive', () => {
    fc.assert(
      fc.property(answers, (list) => {
        const twice = list.flatMap((one) => [one, one]);
        expect(run(twice)).toEqual(run(list));
      }),
    );
  });

  it('leave one card a question, sorted by its time, that survives being written down', () => {
    fc.assert(
      fc.property(answers, (list) => {
        const progress = run(list);
        const names = progress.cards.map(({ question }) => question);
        expect(new Set(names).size).toBe(names.length);
        expect(progress.cards.map(({ due }) => due)).toEqual(
          progress.cards.map(({ due }) => due).toSorted((a, b) => a - b),
        );
        expect(readProgress(JSON.parse(JSON.stringify(progress)))).toEqual(progress);
        expect(progress.tallies.b?.answered ?? 0).toBe(list.length);
      }),
    );
  });

  it('stay small', () => {
    let progress = NOTHING;
    for (let i = 0; i < 1000; i++) progress = withAnswer(progress, answer(`q${i}`, 0, i));
    expect(progress.cards.length).toBeLessThanOrEqual(300);
    expect(JSON.stringify(progress).length).toBeLessThan(30_000);
  });
});

it('takes what is no progress for none', () => {
  for (const value of [
    null,
    7,
    'x',
    [],
    {},
    { cards: 1, tallies: {}, heard: [] },
    { cards: [{}], tallies: { a: 1 }, heard: [1] },
  ])
    expect(readProgress(value)).toEqual(NOTHING);
});
