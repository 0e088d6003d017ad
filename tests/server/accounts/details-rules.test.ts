import { expect, it } from 'vitest';
import {
  FieldErrors,
  maskEmail,
  maskPhone,
  readDetails,
  readPasswordFor,
} from '../../../server/accounts/details-rules.ts';
import { AppError } from '../../../server/platform/errors.ts';

const now = Date.UTC(2026, 0, 1);

function pathsOf(errors: FieldErrors): string[] {
  try {
    errors.demandNone();
    return [];
  } catch (error) {
    if (error instanceof AppError) return (error.errors ?? []).map(({ path }) => path);
    throw error;
  }
}

it('brings what is given into normal forms and leaves the rest alone', () => {
  const errors = new FieldErrors();
  const given = {
    name: '  nguyễn  văn Ðức ',
    phone: '+84912345678',
    email: null,
    birthDate: '1985-09-02',
    title: '',
  };
  expect(readDetails(given, now, errors)).toEqual({
    name: 'nguyễn văn Đức',
    phone: '0912345678',
    email: null,
    userName: undefined,
    birthDate: '1985-09-02',
    citizenId: undefined,
    title: null,
    address: undefined,
  });
  expect(pathsOf(errors)).toEqual([]);
});

it('names every mistake at once', () => {
  const errors = new FieldErrors();
  const wrong = {
    name: '...',
    phone: '12',
    email: 'x',
    userName: '12345',
    birthDate: '1985-02-30',
    citizenId: '1',
  };
  readDetails(wrong, now, errors);
  readPasswordFor('password', '0912345678', { phone: '+84912345678' }, errors);
  expect(pathsOf(errors).sort()).toEqual([
    'birthDate',
    'citizenId',
    'email',
    'name',
    'password',
    'phone',
    'userName',
  ]);
});

it('checks the citizen id against the date of birth given with it, or else the one on file', () => {
  const check = (birthDate: string | undefined, known: string | null) => {
    const errors = new FieldErrors();
    readDetails({ citizenId: '001185012345', birthDate }, now, errors, known);
    return pathsOf(errors);
  };
  expect(check('1985-01-01', null)).toEqual([]);
  expect(check('1986-01-01', '1985-01-01')).toEqual(['citizenId']);
  expect(check(undefined, '1986-01-01')).toEqual(['citizenId']);
  expect(check(undefined, null)).toEqual([]);
});

it('shows staff no more of a phone and an e-mail than tells people apart', () => {
  expect(maskPhone('0912345678')).toBe('•••••••678');
  expect(maskEmail('an.nguyen@example.vn')).toBe('a•••@example.vn');
});
