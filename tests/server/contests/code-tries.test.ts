import { expect, it } from 'vitest';
import { CodeTries } from '../../../server/contests/code-tries.ts';

const NOW = 1_700_000_000_000;
const WINDOW_MS = 10 * 60_000;
const SCHOOL = '203.0.113.7';

function mayTry(tries: CodeTries, personId: number | null, network: string | null, now = NOW): boolean {
  try {
    tries.demandRoom({ scope: 1, personId, network }, now);
    return true;
  } catch {
    return false;
  }
}

it('a person mistypes a code eight times in ten minutes, and not a ninth time', () => {
  const tries = new CodeTries();
  for (let i = 0; i < 8; i++) {
    expect(mayTry(tries, 5, SCHOOL)).toBe(true);
    tries.wrong({ scope: 1, personId: 5, network: SCHOOL }, NOW);
  }
  expect(mayTry(tries, 5, SCHOOL)).toBe(false);
  expect(mayTry(tries, 6, SCHOOL)).toBe(true);
  expect(mayTry(tries, 5, SCHOOL, NOW + WINDOW_MS)).toBe(true);
});

it('a school of nine hundred mistypes once each and nobody notices; many accounts at one address get a fraction of their guesses', () => {
  const tries = new CodeTries();
  for (let person = 1; person <= 900; person++)
    tries.wrong({ scope: 1, personId: person, network: SCHOOL }, NOW);
  tries.wrong({ scope: 1, personId: 1, network: SCHOOL }, NOW);
  expect(mayTry(tries, 1, SCHOOL)).toBe(true);
  for (let i = 0; i < 100; i++) tries.wrong({ scope: 1, personId: 5000 + i, network: SCHOOL }, NOW);
  expect(mayTry(tries, 1, SCHOOL)).toBe(false);
  // Who has not guessed is let in, and other networks and rounds do not notice.
  expect(mayTry(tries, 9999, SCHOOL)).toBe(true);
  expect(mayTry(tries, 1, '198.51.100.1')).toBe(true);
  expect(mayTry(tries, 2, SCHOOL, NOW + WINDOW_MS)).toBe(true);
});

it('somebody without an account tries until a thousand were wrong at that address', () => {
  const tries = new CodeTries();
  for (let i = 0; i < 1000; i++) {
    expect(mayTry(tries, null, SCHOOL)).toBe(true);
    tries.wrong({ scope: 1, personId: null, network: SCHOOL }, NOW);
  }
  expect(mayTry(tries, null, SCHOOL)).toBe(false);
  expect(mayTry(tries, null, '198.51.100.1')).toBe(true);
  expect(mayTry(tries, 5, SCHOOL)).toBe(true);
});
