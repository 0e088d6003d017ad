/** What people say about themselves at a door, all read at once: normal forms, or every mistake with its field. Pure. */
import { cleanText } from '../../questions/vietnamese.ts';
import type { FieldError } from '../contracts/errors.ts';
import { AppError } from '../platform/errors.ts';
import {
  type Checked,
  formatBirthDate,
  readBirthDate,
  readCitizenId,
  readEmail,
  readNewPassword,
  readPhone,
  readUserName,
} from './identity-rules.ts';

/** Undefined: not said, leave it; null: clear it. `birthDate` is "yyyy-mm-dd". */
export interface GivenDetails {
  readonly name?: string | undefined;
  readonly birthDate?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly userName?: string | null | undefined;
  readonly citizenId?: string | null | undefined;
  readonly title?: string | null | undefined;
  readonly address?: string | null | undefined;
}

/** The same in normal forms; `citizenId` as its 12 digits. */
export type ReadDetails = GivenDetails;

/** Gathers mistakes, so that people hear of all of them at once. */
export class FieldErrors {
  readonly #errors: FieldError[] = [];

  /** The value, or undefined after noting why it was refused. */
  take<T>(path: string, checked: Checked<T>): T | undefined {
    if (checked.ok) return checked.value;
    const { vi, en } = checked.problem;
    this.#errors.push({ path, vi, en });
    return undefined;
  }

  add(path: string, vi: string, en: string): void {
    this.#errors.push({ path, vi, en });
  }

  /** Throws `request.invalid` when there was a mistake. */
  demandNone(): void {
    if (this.#errors.length > 0) throw new AppError('request.invalid', { errors: this.#errors });
  }
}

/** `known`: the date of birth on file, against which a citizen id is checked when none is given. */
export function readDetails(
  given: GivenDetails,
  now: number,
  errors: FieldErrors,
  known: string | null = null,
): ReadDetails {
  const optional = (
    path: 'phone' | 'email' | 'userName',
    read: (text: string) => Checked<string>,
  ): string | null | undefined => {
    const text = given[path];
    return text === undefined || text === null ? text : errors.take(path, read(text));
  };
  const birthDate =
    typeof given.birthDate === 'string'
      ? errors.take('birthDate', readBirthDate(formatBirthDate(given.birthDate), now))
      : given.birthDate;
  return {
    name: given.name === undefined ? undefined : readName(given.name, errors),
    birthDate,
    phone: optional('phone', readPhone),
    email: optional('email', readEmail),
    userName: optional('userName', readUserName),
    citizenId:
      typeof given.citizenId === 'string'
        ? errors.take(
            'citizenId',
            readCitizenId(given.citizenId, birthDate === undefined ? known : birthDate),
          )?.digits
        : given.citizenId,
    title: cleanOrNull(given.title),
    address: cleanOrNull(given.address),
  };
}

function readName(text: string, errors: FieldErrors): string {
  const name = cleanText(text);
  if (!/\p{L}/u.test(name)) errors.add('name', 'Xin ghi họ và tên.', 'Please give your name.');
  return name;
}

function cleanOrNull(text: string | null | undefined): string | null | undefined {
  if (text === undefined || text === null) return text;
  return cleanText(text) || null;
}

/** A new password in the form that is hashed; undefined after noting why it will not do. */
export function readPasswordFor(
  path: 'password' | 'newPassword',
  password: string,
  about: GivenDetails,
  errors: FieldErrors,
): string | undefined {
  const facts = [about.name, about.phone, about.email, about.userName].filter(
    (fact) => typeof fact === 'string',
  );
  return errors.take(path, readNewPassword(password, facts));
}

/** "•••••••678". */
export function maskPhone(phone: string): string {
  return '•'.repeat(phone.length - 3) + phone.slice(-3);
}

/** "n•••@gmail.com". */
export function maskEmail(email: string): string {
  const at = email.indexOf('@');
  return `${email.slice(0, 1)}•••${email.slice(at)}`;
}
