import { expect, it } from 'vitest';
import type { RoundInForce, Rounds } from '../../../server/attempts/rounds.ts';
import { lookedBackAt } from '../../../server/attempts/seen.ts';
import { settings } from '../../harness/round.ts';

function roundOf(id: number, opensAt: number, leaveOutSeen: boolean): RoundInForce {
  return {
    id,
    uid: `round-${id}`,
    contestId: 1,
    contest: { uid: 'contest-1', slug: 'cuoc-thi', title: 'Cuộc thi' },
    number: id,
    title: `Vòng ${id}`,
    opensAt,
    closesAt: opensAt + 100,
    durationMs: 10,
    settings: { ...settings, blueprint: { ...settings.blueprint, leaveOutSeen } },
    settledAt: null,
    standing: null,
  };
}

it('looks back at rounds of the contest that have opened, only when papers leave out what was seen', () => {
  const rounds = (leaveOut: boolean): readonly RoundInForce[] =>
    [10, 20, 30].map((opensAt, i) => roundOf(i + 1, opensAt, leaveOut));
  const ofContest = (leaveOut: boolean): Pick<Rounds, 'ofContest'> => ({ ofContest: () => rounds(leaveOut) });
  const [, second] = rounds(true);
  const [, indifferent] = rounds(false);
  if (second === undefined || indifferent === undefined) throw new Error('no rounds');
  expect(lookedBackAt(ofContest(true), second, 25)).toEqual([2, 1]);
  expect(lookedBackAt(ofContest(true), second, 30)).toEqual([2, 1, 3]);
  expect(lookedBackAt(ofContest(false), indifferent, 30)).toEqual([2]);
});
