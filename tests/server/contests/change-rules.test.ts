import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ContestBefore,
  changedPaths,
  changeProblems,
  differences,
  hasBegun,
  same,
} from '../../../server/contests/change-rules.ts';
import type { ContestDraft } from '../../../server/contracts/contest-desk.ts';
import { HOUR, NOW, sampleDraft, withRound, withRoundSettings } from './sample.ts';

/** Round 0 opens at NOW + 1 h, round 1 a week later; both are stored. */
const draft: ContestDraft = {
  ...sampleDraft('bank'),
  rounds: sampleDraft('bank').rounds.map((round, i) => ({ ...round, id: `r${i}` })),
};
const before: ContestBefore = {
  ...draft,
  published: true,
  rounds: draft.rounds.map(({ id, ...round }) => ({ ...round, uid: id ?? '', settledAt: null })),
};
const open = NOW + 2 * HOUR;
const [first, second] = draft.rounds;
if (first === undefined || second === undefined) throw new Error('no rounds');
const paths = (after: ContestDraft, now = open, was = before) =>
  changeProblems(was, after, now).map(({ path }) => path);

describe('before anybody is in', () => {
  it('a draft may change as a whole', () => {
    const other = { ...sampleDraft('other', 3), slug: 'khac' };
    expect(paths(other, open, { ...before, published: false })).toEqual([]);
  });

  it('a published contest keeps its address, and moves no round into the past', () => {
    expect(paths({ ...draft, slug: 'khac' }, NOW)).toEqual(['slug']);
    expect(paths(withRound(draft, 0, { opensAt: NOW - 1 }), NOW)).toEqual(['rounds.0.opensAt']);
    expect(paths(withRound(draft, 0, { opensAt: NOW, durationMs: 1 }), NOW)).toEqual([]);
    expect(hasBegun(before, NOW)).toBe(false);
    expect(hasBegun(before, first.opensAt)).toBe(true);
  });
});

describe('after a round has opened', () => {
  it('nothing that was promised changes', () => {
    expect(paths(draft)).toEqual([]);
    expect(paths(withRound(draft, 0, { opensAt: NOW }))).toEqual(['rounds.0.opensAt']);
    expect(paths(withRound(draft, 0, { durationMs: 1 }))).toEqual(['rounds.0.durationMs']);
    expect(paths(withRound(draft, 0, { closesAt: first.closesAt - 1 }))).toEqual(['rounds.0.closesAt']);
    expect(paths(withRoundSettings(draft, 0, { attemptsAllowed: 8 }))).toEqual([
      'rounds.0.settings.attemptsAllowed',
    ]);
    const { blueprint } = first.settings;
    const other = { ...blueprint, shuffleOptions: false };
    expect(paths(withRoundSettings(draft, 0, { blueprint: other }))).toEqual([
      'rounds.0.settings.blueprint.shuffleOptions',
    ]);
    expect(paths({ ...draft, rounds: [second] })).toEqual(['rounds']);
    expect(paths({ ...draft, rounds: [second, first] })).toContain('rounds.1');
  });

  it('text, titles and a later closing may', () => {
    const text = { ...draft, title: 'Tên khác', page: 'khác', summary: 'khác' };
    expect(paths({ ...text, settings: { ...draft.settings, rules: 'x', prizes: 'y' } })).toEqual([]);
    expect(paths(withRound(draft, 0, { title: 'Tuần đầu', closesAt: first.closesAt + 1 }))).toEqual([]);
  });

  it('a round that has closed stays closed', () => {
    const later = withRound(draft, 0, { closesAt: first.closesAt + HOUR });
    expect(paths(later, first.closesAt)).toEqual(['rounds.0.closesAt']);
  });

  it('keys can be held back until the close, or shown after it, and never earlier than was said', () => {
    const { release } = first.settings;
    const moved = (was: (typeof release)['keys'], now: (typeof release)['keys']) => {
      const from = withRoundSettings(draft, 0, { release: { ...release, keys: was, explanations: was } });
      const old = {
        ...before,
        rounds: from.rounds.map((round, i) => ({ ...round, uid: `r${i}`, settledAt: null })),
      };
      return paths(
        withRoundSettings(from, 0, { release: { ...release, keys: now, explanations: now } }),
        open,
        old,
      );
    };
    expect(moved('submit', 'close')).toEqual([]);
    expect(moved('never', 'close')).toEqual([]);
    expect(moved('close', 'submit')).toHaveLength(2);
    expect(moved('close', 'never')).toHaveLength(2);
    expect(moved('submit', 'never')).toHaveLength(2);
    const result = withRoundSettings(draft, 0, { release: { ...release, result: 'close' } });
    expect(paths(result)).toEqual(['rounds.0.settings.release.result']);
  });

  it('rounds to come are free, and new ones may be added', () => {
    const free = withRoundSettings(withRound(draft, 1, { durationMs: 5 }), 1, { attemptsAllowed: 1 });
    expect(paths(free)).toEqual([]);
    expect(paths({ ...draft, rounds: [first] })).toEqual([]);
    expect(paths({ ...draft, rounds: [first, second, { ...second, id: null }] })).toEqual([]);
  });

  it('less may be asked and less be shown, never more', () => {
    const { settings } = draft;
    const set = (more: Partial<typeof settings>) => paths({ ...draft, settings: { ...settings, ...more } });
    expect(set({ names: 'number' })).toEqual([]);
    expect(set({ names: 'full' })).toEqual(['settings.names']);
    expect(set({ fields: { ...settings.fields, phone: 'no' } })).toEqual([]);
    expect(set({ fields: { ...settings.fields, citizenId: 'optional' } })).toEqual([
      'settings.fields.citizenId',
    ]);
    expect(set({ guests: true })).toEqual([]);
    expect(set({ consents: [] })).toEqual(['settings.consents']);
    expect(set({ unitRanking: 'rate', overall: false })).toEqual([
      'settings.unitRanking',
      'settings.overall',
    ]);
  });
});

describe('differences', () => {
  it('are none between equal values, and some between others', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(differences(a, structuredClone(a))).toEqual([]);
        const equal = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
        expect(same(a, b)).toBe(equal);
      }),
    );
  });

  it('are named for the log, round by round', () => {
    const after = withRoundSettings({ ...draft, title: 'Khác' }, 1, { attemptsAllowed: 1 });
    expect(changedPaths(before, after)).toEqual(['title', 'rounds.1.settings.attemptsAllowed']);
    expect(changedPaths(before, { ...draft, rounds: [first, { ...second, id: null }] })).toEqual([
      'rounds.1 (+)',
      'rounds.1 (−)',
    ]);
    expect(changedPaths(before, draft)).toEqual([]);
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value === 0 ? 0 : value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, inner]) => [name, sorted(inner)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
