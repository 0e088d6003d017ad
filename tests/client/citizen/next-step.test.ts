/** The one red button of a contest's page, for everybody who may come. */
import { describe, expect, test } from 'vitest';
import type { EntryReply, PublicRound } from '../../../client/api/contests.ts';
import type { MyAttempt, MyRoundReply } from '../../../client/api/my-rounds.ts';
import { type Mine, nextStep } from '../../../client/citizen/next-step.ts';

const DAY = 86_400_000;

function round(number: number, state: PublicRound['state'], more: Partial<PublicRound> = {}): PublicRound {
  return {
    id: `round-${number}`,
    number,
    title: `Tuần ${number}`,
    state,
    standing: 'open',
    opensAt: number * 7 * DAY,
    closesAt: (number + 1) * 7 * DAY,
    durationMs: 900_000,
    questions: 20,
    attemptsAllowed: 3,
    attemptsPer: 'round',
    counting: 'best',
    prediction: null,
    order: ['marks'],
    release: { result: 'submit', keys: 'close', explanations: 'close' },
    layout: 'one',
    frozen: false,
    entry: { units: [], unitCount: 0, groups: [], minAge: null, maxAge: null, code: false },
    ...more,
  };
}

function attempt(of: PublicRound, state: MyAttempt['state']): MyAttempt {
  return {
    id: `attempt-${of.number}-${state}`,
    round: of.id,
    roundTitle: of.title,
    contest: { slug: 'c', title: 'C' },
    number: 1,
    state,
    startedAt: 0,
    deadline: 1,
    submittedAt: null,
    marks: null,
    maxMarks: 2000,
  };
}

interface Person {
  entered?: boolean;
  attempts?: MyAttempt[];
  /** Attempts left, by round. */
  left?: [PublicRound, number][];
  bars?: EntryReply['rounds'];
}

function mine({ entered = true, attempts = [], left = [], bars = [] }: Person): Mine {
  const entry = {
    number: 1,
    enteredAt: 0,
    name: 'A',
    unit: null,
    unitAsked: null,
    group: null,
    consents: [],
  };
  const rounds = left.map(([{ id, closesAt }, n]): [string, MyRoundReply] => [
    id,
    {
      attempts: [],
      next: n > 0 ? 1 : null,
      left: n,
      until: closesAt,
      why: n > 0 ? null : 'round.noAttemptsLeft',
    },
  ]);
  return {
    entry: { entry: entered ? entry : null, known: null, rounds: bars, guest: null },
    attempts,
    rounds: new Map(rounds),
  };
}

const open = round(1, 'open');
const soon = round(2, 'soon');
const contest = (...rounds: PublicRound[]) => ({ archived: false, rounds });

describe('what to do next', () => {
  test('a stranger enters, also before the first round opens', () => {
    expect(nextStep(contest(open), null).do).toBe('enter');
    expect(nextStep(contest(soon), null).do).toBe('enter');
    expect(nextStep(contest(open), mine({ entered: false })).do).toBe('enter');
  });

  test('who has entered starts in the open round', () => {
    expect(nextStep(contest(open, soon), mine({ left: [[open, 2]] }))).toEqual({
      do: 'start',
      round: open,
      left: 2,
    });
  });

  test('an attempt in progress comes before everything else', () => {
    const running = attempt(open, 'open');
    expect(nextStep(contest(open), mine({ attempts: [running], left: [[open, 2]] }))).toEqual({
      do: 'resume',
      attempt: running,
    });
    expect(nextStep(contest(round(1, 'closed')), mine({ attempts: [running] })).do).toBe('resume');
  });

  test('an attempt that was granted after the close comes before other rounds, not before one in progress', () => {
    const closed = round(1, 'closed');
    const granted = mine({ left: [[closed, 1]] });
    expect(nextStep(contest(closed, round(2, 'open')), granted)).toEqual({
      do: 'again',
      round: closed,
      until: closed.closesAt,
    });
    expect(nextStep(contest(closed), mine({ left: [[closed, 0]] })).do).toBe('results');
    const running = mine({ attempts: [attempt(open, 'open')], left: [[closed, 1]] });
    expect(nextStep(contest(closed), running).do).toBe('resume');
  });

  test('without attempts left the newest result is offered', () => {
    const done = attempt(open, 'submitted');
    expect(nextStep(contest(open), mine({ attempts: [done], left: [[open, 0]] }))).toEqual({
      do: 'used',
      round: open,
      last: done,
    });
  });

  test('of two open rounds the one that still has attempts is offered, else the one that closes first', () => {
    const later = round(3, 'open');
    const both = contest(later, open);
    expect(
      nextStep(
        both,
        mine({
          left: [
            [open, 0],
            [later, 1],
          ],
        }),
      ),
    ).toMatchObject({ do: 'start', round: later });
    expect(
      nextStep(
        both,
        mine({
          left: [
            [open, 1],
            [later, 1],
          ],
        }),
      ),
    ).toMatchObject({ do: 'start', round: open });
    expect(
      nextStep(
        both,
        mine({
          left: [
            [open, 0],
            [later, 0],
          ],
        }),
      ),
    ).toMatchObject({ do: 'used', round: open });
  });

  test('who is kept out hears why', () => {
    const bars: EntryReply['rounds'] = [{ id: open.id, bars: ['tooYoung'] }];
    expect(nextStep(contest(open), mine({ bars, left: [[open, 3]] }))).toEqual({
      do: 'barred',
      round: open,
      bars: ['tooYoung'],
    });
  });

  test('between rounds one waits for the next, after the last one looks at the results', () => {
    expect(nextStep(contest(round(1, 'settled'), soon, round(3, 'soon')), mine({}))).toEqual({
      do: 'wait',
      round: soon,
    });
    expect(nextStep(contest(round(1, 'settled'), round(2, 'closed')), mine({})).do).toBe('results');
    expect(nextStep({ archived: true, rounds: [open] }, null).do).toBe('results');
  });
});
