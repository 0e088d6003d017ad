import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commonPasswords } from '../../../server/accounts/common-passwords.ts';
import {
  type Checked,
  formatBirthDate,
  passwordForm,
  readBirthDate,
  readCitizenId,
  readEmail,
  readNewPassword,
  readPhone,
  readUserName,
} from '../../../server/accounts/identity-rules.ts';

const outcome = <Value>(checked: Checked<Value>) => (checked.ok ? checked.value : checked.problem.code);

const mobile = fc
  .tuple(fc.constantFrom('3', '5', '7', '8', '9'), fc.stringMatching(/^\d{8}$/))
  .map(([network, rest]) => `0${network}${rest}`);

describe('phone', () => {
  test('all ways of writing a number lead to the same ten digits', () => {
    fc.assert(
      fc.property(mobile, (phone) => {
        const [first, second, third] = [phone.slice(0, 4), phone.slice(4, 7), phone.slice(7)];
        const written = [
          phone,
          `${first} ${second} ${third}`,
          `${first}.${second}.${third}`,
          ` (${first}) ${second}-${third} `,
          `+84${phone.slice(1)}`,
          `+84 (0)${phone.slice(1)}`,
          `84${phone.slice(1)}`,
          `0084 ${phone.slice(1)}`,
        ];
        for (const text of written) expect([text, outcome(readPhone(text))]).toEqual([text, phone]);
      }),
    );
  });

  test.each([
    ['0123 456 7890', '0834567890'],
    ['01201234567', '0701234567'],
    ['01211234567', '0791234567'],
    ['01221234567', '0771234567'],
    ['01261234567', '0761234567'],
    ['01281234567', '0781234567'],
    ['01241234567', '0841234567'],
    ['01251234567', '0851234567'],
    ['01271234567', '0811234567'],
    ['01291234567', '0821234567'],
    ['01621234567', '0321234567'],
    ['01691234567', '0391234567'],
    ['+84 168 123 4567', '0381234567'],
    ['01861234567', '0561234567'],
    ['01881234567', '0581234567'],
    ['01991234567', '0591234567'],
    ['0849123456', '0849123456'],
  ])('an old or ambiguous number %s is %s', (typed, phone) => {
    expect(outcome(readPhone(typed))).toBe(phone);
  });

  test.each([
    '',
    '0212345678',
    '0412345678',
    '091234567',
    '09123456789',
    '01231234',
    '01011234567',
    '+1 912345678',
    'abc',
    '0912x45678',
    '912345678',
  ])('%s is refused', (typed) => {
    expect(outcome(readPhone(typed))).toBe('phone.invalid');
  });

  test('what was read is read again as the same; garbage never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[+0-9 .()-]{0,16}$/)),
        (text) => {
          const checked = readPhone(text);
          if (checked.ok) expect(readPhone(checked.value)).toEqual(checked);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe('citizen id', () => {
  test('holds the year of birth behind its century', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1900, max: 2099 }),
        fc.integer({ min: 0, max: 1 }),
        fc.stringMatching(/^\d{3}$/),
        fc.stringMatching(/^\d{6}$/),
        (year, sex, province, rest) => {
          const digits = `${province}${(year >= 2000 ? 2 : 0) + sex}${String(year % 100).padStart(2, '0')}${rest}`;
          expect(outcome(readCitizenId(digits, null))).toEqual({ digits, birthYear: year });
          expect(outcome(readCitizenId(digits, `${year}-06-15`))).toEqual({ digits, birthYear: year });
          expect(outcome(readCitizenId(digits, `${year + 1}-06-15`))).toBe('citizenId.birthYear');
        },
      ),
    );
  });

  test.each([
    ['012345678', 'citizenId.length'],
    ['0010850123456', 'citizenId.length'],
    ['00108501234x', 'citizenId.length'],
    ['001485012345', 'citizenId.century'],
    ['001985012345', 'citizenId.century'],
  ])('%s is refused: %s', (typed, code) => {
    expect(outcome(readCitizenId(typed, null))).toBe(code);
  });

  test('may be typed in groups', () => {
    expect(outcome(readCitizenId(' 001 085 012 345 ', null))).toEqual({
      digits: '001085012345',
      birthYear: 1985,
    });
  });
});

describe('e-mail and user name', () => {
  test.each([
    [' An.Nguyen+thi@HaNoi.gov.VN ', 'an.nguyen+thi@hanoi.gov.vn'],
    ['a@b.vn', 'a@b.vn'],
    ['an@hanoi', 'email.invalid'],
    ['an hanoi@gov.vn', 'email.invalid'],
    ['.an@gov.vn', 'email.invalid'],
    ['an..b@gov.vn', 'email.invalid'],
    ['đan@gov.vn', 'email.invalid'],
    ['an@-gov.vn', 'email.invalid'],
    ['an@gov.v', 'email.invalid'],
    ['an@1.2.3.4', 'email.invalid'],
    ['someone@accounts.invalid', 'email.invalid'],
    [`${'a'.repeat(65)}@gov.vn`, 'email.invalid'],
    [
      `a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(60)}.vn`,
      'email.invalid',
    ],
    ['', 'email.invalid'],
  ])('e-mail %s → %s', (typed, expected) => {
    expect(outcome(readEmail(typed))).toBe(expected);
  });

  test.each([
    [' Nguyen.An_85 ', 'nguyen.an_85'],
    ['abc', 'abc'],
    ['ab', 'userName.invalid'],
    ['a'.repeat(30), 'a'.repeat(30)],
    ['a'.repeat(31), 'userName.invalid'],
    ['0912345678', 'userName.invalid'],
    ['an@hanoi', 'userName.invalid'],
    ['nguyễn', 'userName.invalid'],
    ['.an', 'userName.invalid'],
    ['an-', 'userName.invalid'],
    ['a..n', 'userName.invalid'],
    ['an an', 'userName.invalid'],
  ])('user name %s → %s', (typed, expected) => {
    expect(outcome(readUserName(typed))).toBe(expected);
  });

  test('the three names that one signs in with are never mixed up', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.stringMatching(/^[a-zA-Z0-9.@_+-]{3,20}$/), mobile, fc.emailAddress()),
        (text) => {
          const kinds = [readPhone(text), readEmail(text), readUserName(text)].filter(({ ok }) => ok);
          expect(kinds.length).toBeLessThanOrEqual(1);
          for (const read of [readEmail, readUserName]) {
            const once = read(text);
            if (once.ok) expect(read(once.value.toUpperCase())).toEqual(once);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('new password', () => {
  const about = ['Nguyễn Văn An', '0912345678', 'an.nguyen85', 'nguyen.van.an@hanoi.gov.vn'];

  test.each([
    ['1234567', 'password.short'],
    ['ấ'.repeat(7).normalize('NFD'), 'password.short'],
    ['x'.repeat(60) + 'y'.repeat(69), 'password.long'],
    ['y'.repeat(1_000_000), 'password.long'],
    ['12345678', 'password.common'],
    ['MatKhau123', 'password.common'],
    ['        ', 'password.common'],
    ['aaaaaaaaaaaa', 'password.common'],
    ['nguyenvanan', 'password.personal'],
    ['Nguyễn-Văn-An', 'password.personal'],
    ['0912345678', 'password.personal'],
    ['+84912345678', 'password.personal'],
    ['an.nguyen85', 'password.personal'],
    ['nguyen.van.an@hanoi.gov.vn', 'password.personal'],
  ])('%.20s is refused: %s', (typed, code) => {
    expect(outcome(readNewPassword(typed, about))).toBe(code);
  });

  test('anything else of 8 to 128 characters is taken as it is, spaces and signs too', () => {
    for (const fine of [
      'con mèo trèo cây cau',
      ' ~77 lá ',
      '!@#$%^&*',
      'x'.repeat(64) + 'y'.repeat(64),
      '🐝🐝🐝🐝🐝🐝🐝🌻',
      '0987111222',
    ]) {
      expect(outcome(readNewPassword(fine, about))).toBe(fine);
    }
    expect(outcome(readNewPassword('không nói đâu', ['', 'An']))).toBe('không nói đâu');
  });

  test('the same letters composed in another way are the same password', () => {
    const typed = 'Đường về quê mẹ';
    expect(passwordForm(typed.normalize('NFD'))).toBe(passwordForm(typed));
    expect(outcome(readNewPassword(typed.normalize('NFD'), about))).toBe(typed);
  });

  test('the list holds what the length does not refuse already', () => {
    expect(commonPasswords.size).toBeGreaterThan(150);
    for (const password of commonPasswords) expect(password).toMatch(/^[^A-Z\s]{8,}$/);
  });
});

describe('date of birth', () => {
  const now = Date.UTC(2025, 5, 15, 18, 0);

  test('a real date is read, and written back as people write it', () => {
    const day = fc.date({
      min: new Date(Date.UTC(1900, 0, 1)),
      max: new Date(Date.UTC(2025, 5, 16)),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(day, fc.constantFrom('/', '-', '.', ' ', ' / '), (date, separator) => {
        const iso = date.toISOString().slice(0, 10);
        const written = formatBirthDate(iso);
        expect(written).toMatch(/^\d\d\/\d\d\/\d{4}$/);
        expect(outcome(readBirthDate(written.replaceAll('/', separator), now))).toBe(iso);
      }),
    );
    expect(outcome(readBirthDate('2/9/1985', now))).toBe('1985-09-02');
  });

  test.each([
    ['31/02/2000', 'birthDate.invalid'],
    ['29/02/2023', 'birthDate.invalid'],
    ['00/01/2000', 'birthDate.invalid'],
    ['01/13/2000', 'birthDate.invalid'],
    ['1985-09-02', 'birthDate.invalid'],
    ['02/09/85', 'birthDate.invalid'],
    ['02091985', 'birthDate.invalid'],
    ['', 'birthDate.invalid'],
    ['31/12/1899', 'birthDate.range'],
    ['17/06/2025', 'birthDate.range'],
  ])('%s is refused: %s', (typed, code) => {
    expect(outcome(readBirthDate(typed, now))).toBe(code);
  });

  test('today is the day in Hà Nội', () => {
    expect(outcome(readBirthDate('16/06/2025', now))).toBe('2025-06-16');
    expect(outcome(readBirthDate('16/06/2025', now - 3_600_001))).toBe('birthDate.range');
  });
});

test('every refusal says why in both languages', () => {
  const refusals = [
    readPhone('1'),
    readPhone('x'),
    readCitizenId('1', null),
    readCitizenId('001985012345', null),
    readCitizenId('001085012345', '1986-01-01'),
    readEmail(''),
    readUserName(''),
    readNewPassword('', []),
    readNewPassword('12345678', []),
    readBirthDate('', 0),
    readBirthDate('01/01/2000', 0),
  ];
  for (const checked of refusals) {
    if (checked.ok) throw new Error('not refused');
    const { code, vi, en } = checked.problem;
    expect(code).toMatch(/^[a-zA-Z]+\.[a-zA-Z]+$/);
    expect([vi, vi === vi.normalize('NFC'), en === vi]).toEqual([vi, true, false]);
    expect(vi.endsWith('.') && en.endsWith('.')).toBe(true);
  }
});
