/** Drafts for the tests of contests. */

import { firstRounds, presetOf } from '../../../server/contests/presets.ts';
import type { ContestDraft, RoundDraft } from '../../../server/contracts/contest-desk.ts';

/** 09:00 on Monday 01/08/2022 in Hà Nội. */
export const NOW = Date.UTC(2022, 7, 1, 2, 0, 0);
export const HOUR = 3_600_000;

/** Weekly rounds from `NOW` + 1 h on, drawing from one bank. */
export function sampleDraft(bank: string, rounds = 2, opensAt = NOW + HOUR): ContestDraft {
  const preset = presetOf('weeklyQuiz');
  return {
    title: 'Tìm hiểu Nghị quyết',
    slug: 'tim-hieu-nghi-quyet',
    summary: 'Cuộc thi thử',
    page: '## Lời chào',
    image: null,
    settings: preset.contest,
    rounds: firstRounds({ preset, opensAt, rounds, banks: [bank] }),
  };
}

/** The same draft with one round changed. */
export function withRound(draft: ContestDraft, i: number, change: Partial<RoundDraft>): ContestDraft {
  return { ...draft, rounds: draft.rounds.map((round, at) => (at === i ? { ...round, ...change } : round)) };
}

/** The same draft with settings of one round changed. */
export function withRoundSettings(
  draft: ContestDraft,
  i: number,
  change: Partial<RoundDraft['settings']>,
): ContestDraft {
  const round = draft.rounds[i];
  if (round === undefined) throw new RangeError('no such round');
  return withRound(draft, i, { settings: { ...round.settings, ...change } });
}
