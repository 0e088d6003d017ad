import { describe, expect, it } from 'vitest';
import { draftProblems, namedThings } from '../../../server/contests/draft-rules.ts';
import { firstRounds, movedRounds, presetOf, presets } from '../../../server/contests/presets.ts';
import { slugOf } from '../../../server/contests/slug-rules.ts';
import { formatEnd } from '../../../server/contests/time-rules.ts';
import { draftWarnings } from '../../../server/contests/warning-rules.ts';
import type { ContestDraft, RoundCheck } from '../../../server/contracts/contest-desk.ts';
import { HOUR, NOW, sampleDraft, withRound, withRoundSettings } from './sample.ts';

const picture = 'b'.repeat(64);
const known = {
  banks: new Set(['bank']),
  units: new Set(['unit']),
  media: new Set([picture]),
  kinds: new Set(['choice']),
};
const draft = sampleDraft('bank');
const paths = (some: ContestDraft, opened: ReadonlySet<number> = new Set()) =>
  draftProblems(some, known, NOW, opened).map(({ path }) => path);
const settings = draft.settings;
const round = draft.rounds[0];
if (round === undefined) throw new Error('no round');
const { release, entry, blueprint } = round.settings;

describe('a draft', () => {
  it('made from a preset needs nothing but its banks', () => {
    expect(paths(draft)).toEqual([]);
    const preset = presetOf('oneAttempt');
    const rounds = firstRounds({ preset, opensAt: NOW, rounds: 1, banks: [] });
    expect(paths({ ...draft, settings: preset.contest, rounds })).toEqual([
      'rounds.0.settings.blueprint.cells.0.banks',
    ]);
  });

  it('names every mistake at its place', () => {
    expect(paths({ ...draft, title: ' ', rounds: [] })).toEqual(['title', 'rounds']);
    expect(paths({ ...draft, image: 'c'.repeat(64) })).toEqual(['image']);
    expect(paths({ ...draft, page: `![x](media:${'c'.repeat(64)})` })).toEqual(['page']);
    expect(paths({ ...draft, page: `![x](media:${picture})`, image: picture })).toEqual([]);
    expect(paths(withRound(draft, 0, { closesAt: round.opensAt }))).toContain('rounds.0.closesAt');
    expect(paths(withRound(draft, 1, { opensAt: NOW }))).toEqual(['rounds.1.opensAt']);
    expect(paths(withRound(draft, 0, { durationMs: 1000 }))).toEqual(['rounds.0.durationMs']);
    expect(paths(withRound(draft, 1, { title: '  ' }))).toEqual(['rounds.1.title']);
    expect(paths(withRoundSettings(draft, 0, { order: ['time'] }))).toEqual(['rounds.0.settings.order']);
  });

  it('lets a window that has passed be only where people already take the round', () => {
    const late = withRound(draft, 0, { opensAt: NOW - 2 * HOUR, closesAt: NOW - HOUR });
    expect(paths(late)).toEqual(['rounds.0.closesAt']);
    expect(paths(late, new Set([0]))).toEqual([]);
  });

  it('never shows what gives away something that is still held back', () => {
    const shown = (more: Partial<typeof release>) =>
      paths(withRoundSettings(draft, 0, { release: { ...release, ...more } }));
    expect(shown({ result: 'close', keys: 'submit', explanations: 'close' })).toEqual([
      'rounds.0.settings.release.keys',
    ]);
    expect(shown({ keys: 'never', explanations: 'close' })).toEqual([
      'rounds.0.settings.release.explanations',
    ]);
    expect(shown({ result: 'submit', keys: 'submit', explanations: 'submit' })).toEqual([]);
  });

  it('asks for what its rounds are limited by', () => {
    const limited = (more: Partial<typeof entry>) =>
      paths(withRoundSettings(draft, 0, { entry: { ...entry, ...more } }));
    expect(limited({ minAge: 14 })).toEqual(['settings.fields.birthDate']);
    expect(limited({ groups: ['student', 'alien'] })).toEqual([
      'settings.fields.group',
      'rounds.0.settings.entry.groups.1',
    ]);
    expect(limited({ units: ['unit', 'nowhere'] })).toEqual(['rounds.0.settings.entry.units.1']);
    expect(limited({ minAge: 18, maxAge: 14 })).toContain('rounds.0.settings.entry.maxAge');
  });

  it('draws from banks and kinds that exist, at most 200 questions', () => {
    const cell = { banks: ['bank'], topics: [], kinds: [], difficulties: [], count: 20 };
    const cells = (list: (typeof blueprint)['cells']) =>
      paths(withRoundSettings(draft, 0, { blueprint: { ...blueprint, cells: list } }));
    expect(cells([])).toEqual(['rounds.0.settings.blueprint.cells']);
    expect(cells([{ ...cell, banks: ['x'] }])).toEqual(['rounds.0.settings.blueprint.cells.0.banks']);
    expect(cells([{ ...cell, kinds: ['riddle'] }])).toEqual(['rounds.0.settings.blueprint.cells.0.kinds']);
    expect(cells([cell, { ...cell, count: 181 }])).toEqual(['rounds.0.settings.blueprint.cells']);
  });

  it('does not use one consent twice', () => {
    const [consent] = settings.consents;
    if (consent === undefined) throw new Error('no consent');
    const twice = { ...settings, consents: [consent, consent] };
    expect(paths({ ...draft, settings: twice })).toEqual(['settings.consents.1.id']);
  });

  it('says what it names, once', () => {
    const named = namedThings({ ...draft, page: `![x](media:${picture})`, image: picture });
    expect(named).toEqual({ banks: ['bank'], units: [], media: [picture] });
  });
});

describe('warnings', () => {
  const bank = { title: 'Ngân hàng', shipped: false, practice: false };
  const check = (pool: number): RoundCheck => ({ round: 0, fits: true, questions: 20, pool, cells: [] });
  const codes = (some: ContestDraft, more: Partial<typeof bank> = {}, pool = 1000) =>
    draftWarnings(some, new Map([['bank', { ...bank, ...more }]]), [check(pool), check(pool)]).map(
      ({ code }) => code,
    );

  it('are silent when all is well', () => {
    expect(codes(draft)).toEqual([]);
  });

  it('tell that keys are known', () => {
    expect(codes(draft, { shipped: true })).toEqual(['shippedBank', 'shippedBank']);
    expect(codes(draft, { practice: true })).toEqual(['practiceBank', 'practiceBank']);
    const open = { ...release, keys: 'submit' as const, explanations: 'submit' as const };
    expect(codes(withRoundSettings(draft, 1, { release: open }))).toEqual(['keysWhileOpen']);
  });

  it('tell of small pools, short windows, overlaps and idle predictions', () => {
    expect(codes(draft, {}, 39)).toEqual(['smallPool', 'smallPool']);
    expect(codes(draft, {}, 40)).toEqual([]);
    expect(codes(withRound(draft, 1, { durationMs: 8 * 24 * HOUR }))).toEqual(['shortWindow']);
    expect(codes(withRound(draft, 1, { opensAt: round.closesAt - 1 }))).toEqual(['overlap']);
    expect(codes(withRoundSettings(draft, 0, { prediction: null }))).toEqual(['predictionUnused']);
    expect(codes(withRoundSettings(draft, 0, { order: ['marks'] }))).toEqual(['predictionUnused']);
  });
});

describe('presets', () => {
  it('close each round at 24:00 of its last day and open the next at once', () => {
    const rounds = firstRounds({ preset: presetOf('weeklyQuiz'), opensAt: NOW, rounds: 4, banks: ['bank'] });
    expect(rounds.map(({ closesAt }) => formatEnd(closesAt))).toEqual([
      '24:00 07/08/2022',
      '24:00 14/08/2022',
      '24:00 21/08/2022',
      '24:00 28/08/2022',
    ]);
    expect(rounds.slice(1).map(({ opensAt }) => opensAt)).toEqual(
      rounds.slice(0, -1).map(({ closesAt }) => closesAt),
    );
  });

  it('are fit to be published as they are', () => {
    for (const preset of presets) {
      const rounds = firstRounds({ preset, opensAt: NOW + HOUR, rounds: preset.rounds, banks: ['bank'] });
      expect(paths({ ...draft, settings: preset.contest, rounds })).toEqual([]);
    }
  });

  it('move as a whole when a contest is copied', () => {
    const moved = movedRounds(draft.rounds, NOW + 100 * HOUR);
    expect(moved.map(({ opensAt, closesAt }) => closesAt - opensAt)).toEqual(
      draft.rounds.map(({ opensAt, closesAt }) => closesAt - opensAt),
    );
    expect(moved[0]?.opensAt).toBe(NOW + 100 * HOUR);
    expect(moved.every(({ id }) => id === null)).toBe(true);
  });
});

describe('addresses from titles', () => {
  it('are short, plain and never empty', () => {
    expect(slugOf('Tìm hiểu Nghị quyết 15-NQ/TW')).toBe('tim-hieu-nghi-quyet-15-nq-tw');
    expect(slugOf('ĐẢNG bộ!!')).toBe('dang-bo');
    expect(slugOf('???')).toBe('cuoc-thi');
    const long = slugOf('rất dài '.repeat(30));
    expect(long.length).toBeLessThanOrEqual(60);
    expect(long).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(slugOf('x'.repeat(100))).toHaveLength(60);
  });

  it('has entry codes that nobody guesses, unless people take the round already', () => {
    const coded = (code: string) => withRoundSettings(draft, 0, { entry: { ...entry, code } });
    const path = 'rounds.0.settings.entry.code';
    expect(paths(coded('AB-12 3'))).toContain(path);
    expect(paths(coded('AB-12 34'))).not.toContain(path);
    expect(paths(coded('AB12'), new Set([0]))).not.toContain(path);
  });
});
