/** The small rules behind the account's forms. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { birthDateText, masked, maskedEmail } from '../../../client/account/account.svelte.ts';
import { isDate } from '../../../client/account/birth-date.ts';
import { destination } from '../../../client/account/destination.ts';
import { changes } from '../../../client/account/details.svelte.ts';
import { loginName } from '../../../client/account/login-name.ts';
import { isCode } from '../../../client/account/sign-in.svelte.ts';
import type { Me } from '../../../client/api/accounts.ts';

afterEach(() => vi.unstubAllGlobals());

describe('one box for three names to sign in by', () => {
  test.each([
    ['0912 345 678', { phone: '0912 345 678' }],
    ['+84 912.345.678', { phone: '+84 912.345.678' }],
    [' lan@example.vn ', { email: 'lan@example.vn' }],
    ['lan.nguyen', { userName: 'lan.nguyen' }],
    ['lan1968', { userName: 'lan1968' }],
  ])('%s', (typed, expected) => {
    expect(loginName(typed)).toEqual(expected);
  });
});

describe('dates', () => {
  test.each(['1968-03-27', '2024-02-29'])('%s is a day', (text) => expect(isDate(text)).toBe(true));
  test.each(['1968-02-30', '2023-02-29', '1968-13-01', '68-3-27', '--', '1968-00-10', ''])(
    '%s is none',
    (text) => expect(isDate(text)).toBe(false),
  );
  test('are shown day first', () => expect(birthDateText('1968-03-27')).toBe('27/03/1968'));
});

describe('what others see over the shoulder', () => {
  test('the last digits of a phone', () => expect(masked('0912345678')).toBe('•••••••678'));
  test('the first letter and the domain of an e-mail', () =>
    expect(maskedEmail('lan@example.vn')).toBe('l••@example.vn'));
});

test.each([
  ['123456', true],
  ['123 456', true],
  ['12345', false],
  ['12345a', false],
  ['', false],
])('code %s', (text, is) => expect(isCode(text)).toBe(is));

describe('where one goes after signing in', () => {
  const to = (then: string): string => {
    vi.stubGlobal('location', { origin: 'https://hoithi.example' });
    return destination(new URLSearchParams({ then }), '/');
  };
  test('to the page that asked', () => expect(to('/cuoc-thi/a/du-thi?x=1')).toBe('/cuoc-thi/a/du-thi?x=1'));
  test.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '/.//evil.example/',
    '/a/..//evil.example/',
    '/%2e//evil.example/',
    'javascript:alert(1)',
    '',
  ])('never to %s', (then) => expect(to(then)).toBe('/'));
});

describe('changing details', () => {
  const mine: Me = {
    uid: 'u',
    name: 'Lan',
    guest: false,
    roles: [],
    birthDate: null,
    phone: '0912345678',
    email: 'lan@example.vn',
    userName: null,
    citizenIdLast: '1234',
    unit: { uid: 'unit-1', name: 'Phường Mẫu' },
    group: 'citizen',
    title: null,
    address: 'Hà Nội',
    secondFactor: false,
    recoveryCode: true,
    createdAt: 0,
  };
  const typed = {
    name: 'Lan',
    birthDate: '',
    phone: '0912345678',
    email: 'lan@example.vn',
    userName: '',
    citizenId: '',
    unit: { id: 'unit-1', label: 'Phường Mẫu', detail: undefined },
    group: 'citizen' as const,
    title: '',
    address: 'Hà Nội',
  };
  test('nothing changed sends nothing', () => expect(changes(mine, typed)).toEqual({}));
  test('what was emptied is cleared, what was typed is set, the rest is left alone', () => {
    expect(changes(mine, { ...typed, address: ' ', title: ' Giáo viên ', unit: null, group: '' })).toEqual({
      address: null,
      title: 'Giáo viên',
      unit: null,
      group: null,
    });
  });
  test('an empty citizen id keeps the one that is kept', () => {
    expect(changes(mine, { ...typed, citizenId: '001168012345' })).toEqual({ citizenId: '001168012345' });
  });
});
