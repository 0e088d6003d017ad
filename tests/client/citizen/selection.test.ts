/** What the address of a leaderboard means, whatever somebody types into it. */
import { describe, expect, test } from 'vitest';
import type { ContestPage, PublicRound } from '../../../client/api/contests.ts';
import { isFirstPage, selectionOf } from '../../../client/citizen/leaderboard/selection.ts';

function contest(states: PublicRound['state'][], overall = true): ContestPage {
  const rounds = states.map((state, index) => ({ id: `r${index + 1}`, number: index + 1, state, title: '' }));
  return Object.assign(Object.create(null), { id: 'c', overall, rounds });
}
const of = (page: ContestPage, query = '') => selectionOf(page, new URLSearchParams(query));

describe('which board', () => {
  test('the open round by itself', () => {
    expect(of(contest(['settled', 'open', 'soon']))).toMatchObject({ board: 'round-r2', round: 2 });
  });
  test('all rounds together when none is open, the last one where rounds are not added up', () => {
    expect(of(contest(['settled', 'settled']))).toMatchObject({ board: 'contest-c', round: null });
    expect(of(contest(['settled', 'settled'], false))).toMatchObject({ board: 'round-r2' });
    expect(of(contest(['settled']))).toMatchObject({ board: 'round-r1' });
  });
  test('as wished, when there is such a board', () => {
    const page = contest(['settled', 'open', 'soon']);
    expect(of(page, 'vong=1')).toMatchObject({ round: 1 });
    expect(of(page, 'vong=chung')).toMatchObject({ board: 'contest-c' });
    expect(of(page, 'vong=3')).toMatchObject({ round: 2 });
    expect(of(page, 'vong=abc')).toMatchObject({ round: 2 });
  });
  test('none before the first round', () => {
    expect(of(contest(['soon']))).toBeNull();
  });
});

describe('what of it', () => {
  const page = contest(['open']);
  test('people, first page, without a wish', () => {
    const selection = of(page);
    expect(selection).toMatchObject({ view: 'people', page: 1, unit: null, metric: null, search: '' });
    expect(selection !== null && isFirstPage(selection)).toBe(true);
  });
  test('units by a measure', () => {
    expect(of(page, 'xem=don-vi&theo=rate&don-vi=u1')).toMatchObject({
      view: 'units',
      metric: 'rate',
      unit: 'u1',
    });
  });
  test.each(['trang=0', 'trang=-1', 'trang=1.5', 'trang=x', 'theo=evil'])(
    'nonsense is as if not said: %s',
    (query) => {
      expect(of(page, query)).toEqual(of(page));
    },
  );
  test.each(['trang=2', 'tim=hoa', 'don-vi=u', 'theo=rate'])('the live line does not bring %s', (query) => {
    const selection = of(page, query);
    expect(selection !== null && isFirstPage(selection)).toBe(false);
  });
});
