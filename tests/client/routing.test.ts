import { parse } from 'regexparam';
import { describe, expect, test } from 'vitest';
import { paths } from '../../client/paths.ts';
import { isUnder, matched, type Route } from '../../client/routing.ts';

const made = (path: string): Route => ({
  ...parse(path),
  frame: () => ({}),
  load: () => Promise.reject(new Error('not loaded in this test')),
});
const routes = ['/', '/cuoc-thi/:contest', '/cuoc-thi/:contest/dot/:round', '/lam-bai/:attempt'].map(made);
const found = (pathname: string): unknown => matched(routes, pathname)?.params;

describe('an address', () => {
  test('finds its route and gives what its placeholders hold', () => {
    expect(found('/')).toEqual({});
    expect(found('/cuoc-thi/nghi-quyet-15')).toEqual({ contest: 'nghi-quyet-15' });
    expect(found('/cuoc-thi/nghi-quyet-15/dot/2')).toEqual({ contest: 'nghi-quyet-15', round: '2' });
  });

  test('that nothing answers finds nothing', () => {
    expect(found('/khong-co')).toBeUndefined();
    expect(found('/cuoc-thi/a/b/c/d')).toBeUndefined();
  });

  test('is decoded, and one that cannot be stays as it came', () => {
    expect(found('/cuoc-thi/th%E1%BB%A7')).toEqual({ contest: 'thủ' });
    expect(found('/cuoc-thi/%E1%')).toEqual({ contest: '%E1%' });
  });

  test('made by paths comes back whole, whatever is in it', () => {
    const odd = 'a/b?c#d đ';
    expect(found(new URL(paths.contest(odd), 'http://x').pathname)).toEqual({ contest: odd });
  });
});

test('a section holds its own address and what is below, not its namesakes', () => {
  expect(isUnder('/ban-lam-viec', '/ban-lam-viec')).toBe(true);
  expect(isUnder('/ban-lam-viec/cuoc-thi', '/ban-lam-viec')).toBe(true);
  expect(isUnder('/ban-lam-viec-khac', '/ban-lam-viec')).toBe(false);
});
