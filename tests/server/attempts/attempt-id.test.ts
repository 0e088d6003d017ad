import { expect, it } from 'vitest';
import {
  attemptKey,
  attemptToken,
  attemptUid,
  KnownTokens,
  signedFor,
} from '../../../server/attempts/attempt-id.ts';
import { Secrets } from '../../../server/platform/secrets.ts';

const secrets = new Secrets('a secret of tests, long enough for anybody');

it('an id leads to its attempt, and one with another signature leads nowhere', () => {
  const uid = attemptUid(secrets, 42);
  expect(attemptKey(secrets, uid)).toBe(42);
  const [name = '', signature = ''] = uid.split('-', 2);
  const other = attemptUid(secrets, 43).split('-', 2)[1] ?? '';
  expect(attemptKey(secrets, `${name}-${other}`)).toBeNull();
  expect(attemptKey(secrets, `${name}-${signature.slice(1)}`)).toBeNull();
  expect(attemptKey(new Secrets('another secret of tests, long enough for all'), uid)).toBeNull();
});

it('what is issued with a start is the same id and token as anywhere else', () => {
  for (const epoch of [0, 3]) {
    const issued = new KnownTokens(secrets).issue({ id: 42, epoch });
    expect(issued).toEqual({ uid: attemptUid(secrets, 42), token: attemptToken(secrets, 42, epoch) });
    expect(signedFor(secrets, issued.token)).toEqual({ id: 42, epoch });
  }
});

it('a token that was issued here is known, and still every other character of it matters', () => {
  const tokens = new KnownTokens(secrets);
  const { token } = tokens.issue({ id: 42, epoch: 1 });
  expect(tokens.read(token)).toEqual({ id: 42, epoch: 1 });
  for (let at = 0; at < token.length; at++) {
    const changed = `${token.slice(0, at)}${token[at] === 'x' ? 'y' : 'x'}${token.slice(at + 1)}`;
    expect(tokens.read(changed)).toBeNull();
  }
  expect(new KnownTokens(secrets).read(token)).toEqual({ id: 42, epoch: 1 });
});
