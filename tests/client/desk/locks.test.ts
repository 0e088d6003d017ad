import { describe, expect, test } from 'vitest';
import { copied } from '../../../client/desk/contests/draft.ts';
import { Locks } from '../../../client/desk/contests/locks.ts';
import { changeProblems } from '../../../server/contests/change-rules.ts';
import { draftWith, roundOf, savedContest } from './drafts.ts';

const draft = draftWith(roundOf('r1', 'Một'), roundOf('r2', 'Hai'));
draft.settings.fields.phone = 'optional';
draft.settings.guests = true;
const running = new Locks(savedContest('published', draft, ['r1']));

describe('what may still be changed', () => {
  test('everything of a draft', () => {
    const locks = new Locks(savedContest('draft', draft, []));
    expect([locks.slug, locks.begun, locks.guests, locks.archived, locks.names('full')]).not.toContain(true);
    expect(locks.opened('r1')).toBeNull();
  });

  test('all but the address of a published contest before its first round', () => {
    const locks = new Locks(savedContest('published', draft, []));
    expect(locks.slug).toBe(true);
    expect(locks.begun).toBe(false);
  });

  test('names may be shown less, fields asked less, guests stay', () => {
    expect([running.names('full'), running.names('short'), running.names('number')]).toEqual([
      true,
      false,
      false,
    ]);
    const choices = [
      running.field('phone', 'required'),
      running.field('phone', 'optional'),
      running.field('phone', 'no'),
    ];
    expect(choices).toEqual([true, false, false]);
    expect(running.guests).toBe(true);
  });

  test('only the round that has opened is held', () => {
    expect(running.opened('r1')?.title).toBe('Một');
    expect(running.opened('r2')).toBeNull();
    expect(running.opened(null)).toBeNull();
  });

  /** The editor's copy of the rule must say what the server's says. */
  test('releases and fields are offered exactly when the server takes them', () => {
    const before = {
      ...draft,
      published: true,
      rounds: draft.rounds.map(({ id, ...round }, place) => ({
        ...round,
        uid: id ?? '',
        settledAt: null,
        opensAt: place === 0 ? 1_000_000 : 9_000_000,
        closesAt: place === 0 ? 2_000_000 : 9_900_000,
      })),
    };
    const now = 1_500_000;
    const changed = () => {
      const next = copied(draft);
      for (const [place, round] of next.rounds.entries()) {
        round.opensAt = before.rounds[place]?.opensAt ?? 0;
        round.closesAt = before.rounds[place]?.closesAt ?? 0;
      }
      return next;
    };
    for (const what of ['result', 'keys', 'explanations'] as const)
      for (const choice of ['submit', 'close', 'never'] as const) {
        const next = changed();
        const round = next.rounds[0];
        if (round !== undefined) round.settings.release[what] = choice;
        const refused = changeProblems(before, next, now).length > 0;
        expect([what, choice, running.release('r1', what, choice)]).toEqual([what, choice, refused]);
      }
    for (const choice of ['no', 'optional', 'required'] as const) {
      const next = changed();
      next.settings.fields.phone = choice;
      expect(running.field('phone', choice)).toBe(changeProblems(before, next, now).length > 0);
    }
    for (const choice of ['full', 'short', 'number'] as const) {
      const next = changed();
      next.settings.names = choice;
      expect(running.names(choice)).toBe(changeProblems(before, next, now).length > 0);
    }
  });
});
