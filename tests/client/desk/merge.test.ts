import { describe, expect, test } from 'vitest';
import { copied, differences, draftOf, gaps, nextRound, same } from '../../../client/desk/contests/draft.ts';
import { mergedDrafts } from '../../../client/desk/contests/merge.ts';
import { draftWith, roundOf, savedContest } from './drafts.ts';

const base = draftWith(roundOf('r1', 'Một'), roundOf('r2', 'Hai'));
const change = (edit: (draft: typeof base) => void): typeof base => {
  const draft = copied(base);
  edit(draft);
  return draft;
};
const first = (draft: typeof base) => {
  const [round] = draft.rounds;
  if (round === undefined) throw new Error('no round');
  return round;
};

describe('two organisers save the same contest', () => {
  test('what only one of them changed is kept from both', () => {
    const mine = change((draft) => {
      first(draft).title = 'Một, của tôi';
      draft.settings.fields.phone = 'required';
    });
    const theirs = change((draft) => {
      first(draft).durationMs = 1;
      draft.settings.fields.unit = 'required';
      draft.summary = 'của họ';
    });
    const { draft, clashes } = mergedDrafts(base, mine, theirs);
    expect(clashes).toEqual([]);
    expect(first(draft)).toMatchObject({ title: 'Một, của tôi', durationMs: 1 });
    expect(draft.settings.fields).toMatchObject({ phone: 'required', unit: 'required' });
    expect(draft.summary).toBe('của họ');
  });

  test('where both changed the same thing mine stands and the clash is told', () => {
    const mine = change((draft) => {
      first(draft).durationMs = 1;
      draft.title = 'A';
    });
    const theirs = change((draft) => {
      first(draft).durationMs = 2;
      draft.title = 'A';
    });
    const { draft, clashes } = mergedDrafts(base, mine, theirs);
    expect(first(draft).durationMs).toBe(1);
    expect(clashes).toEqual(['rounds.0.durationMs']);
  });

  test('rounds that either added are there once, and one that was taken out stays out', () => {
    const mine = change((draft) => draft.rounds.push(roundOf(null, 'mới của tôi')));
    const theirs = change((draft) => {
      draft.rounds.splice(1, 1);
      draft.rounds.push(roundOf('r3', 'mới của họ'));
    });
    const titles = mergedDrafts(base, mine, theirs).draft.rounds.map(({ title }) => title);
    expect(titles).toEqual(['Một', 'mới của họ', 'mới của tôi']);
  });

  test('a round that one took out and the other changed is kept, and told', () => {
    const without = change((draft) => draft.rounds.splice(0, 1));
    const renamed = change((draft) => {
      first(draft).title = 'đổi tên';
    });
    for (const [mine, theirs] of [
      [without, renamed],
      [renamed, without],
    ] as const) {
      const { draft, clashes } = mergedDrafts(base, mine, theirs);
      expect(draft.rounds.map(({ title }) => title)).toContain('đổi tên');
      expect(clashes).toHaveLength(1);
    }
  });

  test('nothing changed by one is exactly what the other has', () => {
    const theirs = change((draft) => draft.rounds.reverse());
    expect(mergedDrafts(base, base, theirs).draft).toEqual(theirs);
    const mine = change((draft) => {
      draft.page = 'của tôi';
    });
    expect(mergedDrafts(base, mine, base).draft).toEqual(mine);
  });
});

describe('a draft', () => {
  test('of a saved contest is what may be written of it', () => {
    expect(draftOf(savedContest('draft', base, []))).toEqual(base);
  });

  test('is the same whatever the order of its fields', () => {
    expect(same({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 })).toBe(true);
    expect(same({ a: 1 }, { a: 1, b: undefined })).toBe(false);
    expect(same([1, 2], [2, 1])).toBe(false);
  });

  test('says where it differs, rounds by number', () => {
    const after = change((draft) => {
      first(draft).settings.entry.code = 'HANOI';
      draft.settings.names = 'full';
    });
    expect(differences(base, after)).toEqual(['settings.names', 'rounds.0.settings.entry.code']);
  });

  test('names the boxes that hold no number', () => {
    const after = change((draft) => {
      first(draft).closesAt = Number.NaN;
    });
    expect(gaps(after)).toEqual(['rounds.0.closesAt']);
    expect(copied(after)).toEqual(after);
    expect(gaps(base)).toEqual([]);
  });

  test('goes on with a round right behind the last, sharing nothing with it', () => {
    const next = nextRound(base.rounds, 'Ba');
    expect(next).toMatchObject({ id: null, title: 'Ba', opensAt: 2_000_000, closesAt: 3_000_000 });
    expect(next?.settings).not.toBe(base.rounds[1]?.settings);
    expect(nextRound([], 'Một')).toBeNull();
  });
});
