/** A draft and a saved contest for tests of the editor. */
import type { ContestDraft, DeskContest, RoundDraft } from '../../../client/api/desk-contests.ts';
import { copied, emptyDraft } from '../../../client/desk/contests/draft.ts';

export function roundOf(id: string | null, title: string): RoundDraft {
  return {
    id,
    title,
    opensAt: 1_000_000,
    closesAt: 2_000_000,
    durationMs: 900_000,
    settings: {
      attemptsAllowed: 7,
      attemptsPer: 'round',
      counting: 'best',
      blueprint: {
        cells: [{ banks: ['a'], topics: [], kinds: [], difficulties: [], count: 20 }],
        shuffleQuestions: true,
        shuffleOptions: true,
        leaveOutEarlierRounds: false,
        leaveOutSeen: false,
        approvedOnly: true,
      },
      prediction: null,
      order: ['marks', 'time'],
      release: { result: 'submit', keys: 'close', explanations: 'never' },
      layout: 'one',
      entry: { units: [], groups: [], minAge: null, maxAge: null, code: null },
    },
  };
}

export function draftWith(...rounds: RoundDraft[]): ContestDraft {
  return { ...copied(emptyDraft), title: 'Cuộc thi', slug: 'cuoc-thi', rounds };
}

/** As saved: `opened` names the rounds that people take already. */
export function savedContest(
  state: DeskContest['state'],
  draft: ContestDraft,
  opened: string[],
): DeskContest {
  return {
    ...copied(draft),
    id: 'contest',
    version: 3,
    state,
    organisers: [],
    entries: 0,
    publishedAt: null,
    check: { problems: [], warnings: [], rounds: [] },
    rounds: draft.rounds.map((round, index) => ({
      ...copied(round),
      id: round.id ?? `new-${index}`,
      number: index + 1,
      state: 'soon',
      standing: 'soon',
      settledAt: null,
      frozenAt: null,
      outages: [],
      opened: opened.includes(round.id ?? ''),
    })),
  };
}
