/**
 * What people say about themselves, read and checked: phone, citizen id, e-mail, user name, password, date of birth.
 * The same person writes the same thing in many ways, and accounts are found by it: so each has one normal form.
 * Sources: contests.md, "Vietnamese conventions"; OWASP ASVS 5.0, 6.2 (passwords).
 */
import { cleanText, fold, nfc } from '../../questions/vietnamese.ts';
import type { Bilingual } from '../contracts/errors.ts';
import { commonPasswords } from './common-passwords.ts';

/** Why a text was refused: a stable code, and what to tell the person. */
export type IdentityProblem = Bilingual & { readonly code: string };

/** The normal form, or why there is none. */
export type Checked<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: IdentityProblem };

function accept<Value>(value: Value): Checked<Value> {
  return { ok: true, value };
}

function refuse(
  code: string,
  vi: string,
  en: string,
): { readonly ok: false; readonly problem: IdentityProblem } {
  return { ok: false, problem: { code, vi, en } };
}

/** Prefixes of eleven digits, moved to ten in September 2018. */
const MOVED_PREFIXES: Readonly<Record<string, string>> = {
  '0120': '070',
  '0121': '079',
  '0122': '077',
  '0126': '076',
  '0128': '078',
  '0123': '083',
  '0124': '084',
  '0125': '085',
  '0127': '081',
  '0129': '082',
  '0162': '032',
  '0163': '033',
  '0164': '034',
  '0165': '035',
  '0166': '036',
  '0167': '037',
  '0168': '038',
  '0169': '039',
  '0186': '056',
  '0188': '058',
  '0199': '059',
};

/** A Vietnamese mobile number as ten digits ("0912345678"), from +84, 0084, old eleven digits, spaces, dots, dashes. */
export function readPhone(text: string): Checked<string> {
  const typed = cleanText(text).replace(/[\s.\-‐‑–()]/g, '');
  if (!/^\+?\d+$/.test(typed))
    return refuse('phone.invalid', 'Số điện thoại chỉ gồm chữ số.', 'A phone number has digits only.');
  const national = typed.replace(/^(?:\+84|0084|84(?=\d{9,10}$))0?/, '0');
  const phone =
    national.length === 11 ? (MOVED_PREFIXES[national.slice(0, 4)] ?? '') + national.slice(4) : national;
  if (/^0[35789]\d{8}$/.test(phone)) return accept(phone);
  return refuse(
    'phone.invalid',
    'Số điện thoại di động gồm 10 chữ số, bắt đầu bằng 03, 05, 07, 08 hoặc 09.',
    'A mobile number has 10 digits and begins with 03, 05, 07, 08 or 09.',
  );
}

/** A citizen id, and the year of birth that stands in it. */
export interface CitizenId {
  /** 12 digits. Never stored: only its keyed hash and the last digits. */
  readonly digits: string;
  readonly birthYear: number;
}

/**
 * Twelve digits: province of birth registration (3), century and sex (1), year (2), six more. The province is not
 * checked, since provinces merge and ids stay; there is no checksum. With a date of birth (yyyy-mm-dd) the years must agree.
 */
export function readCitizenId(text: string, birthDate: string | null): Checked<CitizenId> {
  const digits = cleanText(text).replace(/[\s.-]/g, '');
  if (!/^\d{12}$/.test(digits)) {
    return refuse(
      'citizenId.length',
      'Số căn cước công dân gồm đúng 12 chữ số.',
      'A citizen id has exactly 12 digits.',
    );
  }
  const century = Math.floor(Number(digits[3]) / 2);
  if (century > 1) {
    return refuse(
      'citizenId.century',
      'Số căn cước công dân không đúng: chữ số thứ tư phải từ 0 đến 3.',
      'The citizen id is wrong: its fourth digit must be 0 to 3.',
    );
  }
  const birthYear = 1900 + century * 100 + Number(digits.slice(4, 6));
  if (birthDate !== null && Number(birthDate.slice(0, 4)) !== birthYear) {
    return refuse(
      'citizenId.birthYear',
      'Năm sinh trong số căn cước công dân không khớp với ngày sinh đã khai.',
      'The year of birth in the citizen id differs from the date of birth.',
    );
  }
  return accept({ digits, birthYear });
}

const EMAIL =
  /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;
const EMAIL_MAX = 254;
const LOCAL_PART_MAX = 64;

/** An address in lower case. `.invalid` is refused: accounts without an address carry such ones inside. */
export function readEmail(text: string): Checked<string> {
  const email = cleanText(text).toLowerCase();
  const fits = email.length <= EMAIL_MAX && email.indexOf('@') <= LOCAL_PART_MAX;
  if (fits && EMAIL.test(email) && !email.endsWith('.invalid')) return accept(email);
  return refuse('email.invalid', 'Địa chỉ thư điện tử không đúng.', 'The e-mail address is not valid.');
}

/** A user name in lower case: 3 to 30 letters without accents, digits, dots, dashes; a letter among them, so that it is no phone number. */
export function readUserName(text: string): Checked<string> {
  const name = cleanText(text).toLowerCase();
  const shaped = /^[a-z0-9](?:[a-z0-9._-]{1,28})[a-z0-9]$/.test(name) && !/[._-]{2}/.test(name);
  if (shaped && /[a-z]/.test(name)) return accept(name);
  return refuse(
    'userName.invalid',
    'Tên đăng nhập gồm 3 đến 30 ký tự: chữ cái không dấu, chữ số, dấu chấm, gạch nối; có ít nhất một chữ cái.',
    'A user name has 3 to 30 characters: letters without accents, digits, dots, dashes; at least one letter.',
  );
}

/** Shortest and longest password, in characters as people count them. */
export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 128;

/** The form that is hashed and verified: phones and computers compose Vietnamese letters differently. Nothing else is changed. */
export function passwordForm(password: string): string {
  return nfc(password);
}

/** A new password in its `passwordForm`. `about`: name, phone, user name, e-mail of the person, none of which will do. */
export function readNewPassword(typed: string, about: readonly string[]): Checked<string> {
  const password = passwordForm(typed);
  const length = typed.length > 4 * PASSWORD_MAX ? Number.POSITIVE_INFINITY : Array.from(password).length;
  if (length < PASSWORD_MIN)
    return refuse(
      'password.short',
      'Mật khẩu cần ít nhất 8 ký tự.',
      'A password needs at least 8 characters.',
    );
  if (length > PASSWORD_MAX)
    return refuse('password.long', 'Mật khẩu dài nhất 128 ký tự.', 'A password has at most 128 characters.');
  if (commonPasswords.has(password.toLowerCase()) || new Set(password).size === 1) {
    return refuse(
      'password.common',
      'Mật khẩu này quá dễ đoán. Xin chọn mật khẩu khác.',
      'This password is too easy to guess. Please choose another one.',
    );
  }
  if (about.some((fact) => isAbout(password, fact))) {
    return refuse(
      'password.personal',
      'Mật khẩu không được là họ tên, số điện thoại, tên đăng nhập hoặc thư điện tử.',
      'The password may not be your name, phone, user name or e-mail.',
    );
  }
  return accept(password);
}

function bareForm(text: string): string {
  return fold(text).replace(/[^\p{L}\p{N}]/gu, '');
}

/** The same but for accents, capitals, signs; or the same phone; or the part of an e-mail before the "@". */
function isAbout(password: string, fact: string): boolean {
  const bare = bareForm(password);
  if (bare !== '' && (bare === bareForm(fact) || bare === bareForm(fact.split('@')[0] ?? ''))) return true;
  const phone = readPhone(password);
  const known = readPhone(fact);
  return phone.ok && known.ok && phone.value === known.value;
}

const OLDEST_YEAR = 1900;
const HANOI_AHEAD_MS = 7 * 3_600_000;

/** A date of birth "dd/mm/yyyy" (also with dots, dashes or spaces, and without leading zeros) as "yyyy-mm-dd". `now` in ms since epoch. */
export function readBirthDate(text: string, now: number): Checked<string> {
  const parts = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/.exec(
    cleanText(text).replace(/\s*([/.-])\s*/g, '$1'),
  );
  const [, day = '', month = '', year = ''] = parts ?? [];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (parts === null || !isRealDate(date)) {
    return refuse(
      'birthDate.invalid',
      'Ngày sinh phải theo dạng ngày/tháng/năm, ví dụ 02/09/1985.',
      'The date of birth must be day/month/year, such as 02/09/1985.',
    );
  }
  const today = new Date(now + HANOI_AHEAD_MS).toISOString().slice(0, 10);
  if (date <= today && Number(year) >= OLDEST_YEAR) return accept(date);
  return refuse(
    'birthDate.range',
    `Ngày sinh phải từ năm ${OLDEST_YEAR} đến hôm nay.`,
    `The date of birth must lie between ${OLDEST_YEAR} and today.`,
  );
}

function isRealDate(date: string): boolean {
  const at = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date);
}

/** "1985-09-02" → "02/09/1985". */
export function formatBirthDate(date: string): string {
  return date.split('-').reverse().join('/');
}
