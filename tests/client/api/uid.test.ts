import { expect, test } from 'vitest';
import { newUid } from '../../../client/api/uid.ts';

test('an id is a UUIDv7 that carries its moment and never comes twice', () => {
  const now = Date.UTC(2022, 7, 5, 3, 42, 7, 123);
  const ids = Array.from({ length: 1000 }, () => newUid(now));
  expect(
    ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
  ).toBe(true);
  expect(Number.parseInt((ids[0] ?? '').replaceAll('-', '').slice(0, 12), 16)).toBe(now);
  expect(new Set(ids).size).toBe(1000);
});
