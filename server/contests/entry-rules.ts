/**
 * Entering a contest: what was given, held against what the contest asks and what the account knows already. Pure.
 *
 * What identifies somebody (date of birth, phone, e-mail, citizen id) is asked where it is missing and never changed
 * here: that is done on the account's page, where the password is asked for. What a contest does not ask is not kept.
 */
import { cleanText } from '../../questions/vietnamese.ts';
import { FieldErrors, type ReadDetails, readDetails } from '../accounts/details-rules.ts';
import type { Group } from '../contracts/accounts.ts';
import type { ContestSettings } from '../contracts/contest-settings.ts';
import type { EnterContest } from '../contracts/entering.ts';
import { GUARDIAN, guardianText, isMinor } from './minor-rules.ts';

/** What a person's row holds already; guests have nothing yet. */
export interface KnownPerson {
  readonly birthDate: string | null;
  readonly hasPhone: boolean;
  readonly hasEmail: boolean;
  readonly hasCitizenId: boolean;
  readonly address: string | null;
  readonly title: string | null;
  readonly group: string | null;
  readonly unitId: number | null;
}

/** What is to be written. */
export interface EntryReading {
  /** For the person's row; what is left out stays. */
  readonly details: ReadDetails;
  readonly unitId: number | null;
  /** A unit in somebody's own words, for staff to find; null: it was chosen, or none was asked for. */
  readonly unitAsked: string | null;
  readonly group: string | null;
  readonly consents: Record<string, { readonly at: number; readonly version: number }>;
  /** Of the entry alone: who agreed for somebody under sixteen. */
  readonly fields: Record<string, string>;
}

type Fields = ContestSettings['fields'];

const NAMES = ['birthDate', 'phone', 'email', 'citizenId', 'address', 'title'] as const;

/** `known` null: a guest. `unitId`: of the unit that was chosen, null when it may not be. Throws `request.invalid` with every mistake. */
export function readEntry(
  settings: Pick<ContestSettings, 'fields' | 'consents'>,
  body: EnterContest,
  known: KnownPerson | null,
  unitId: number | null,
  now: number,
): EntryReading {
  const errors = new FieldErrors();
  const { fields } = settings;
  const given = askedOf(fields, body, known, errors);
  const name = known === null ? { name: body.name ?? '' } : {};
  const details = readDetails({ ...name, ...given }, now, errors, known?.birthDate ?? null);
  if (fields.unit !== 'no' && body.unit !== undefined && unitId === null)
    errors.add('unit', 'Không có đơn vị này.', 'There is no such unit.');
  const asked = fields.unit === 'no' || unitId !== null ? '' : cleanText(body.unitText ?? '');
  const unitAsked = asked === '' ? null : asked;
  const unit = fields.unit === 'no' || unitAsked !== null ? null : (unitId ?? known?.unitId ?? null);
  const group = fields.group === 'no' ? null : (body.group ?? known?.group ?? null);
  demand(fields.unit, unit !== null || body.unit !== undefined || unitAsked !== null, 'unit', errors);
  demand(fields.group, group !== null, 'group', errors);
  const consents = readConsents(settings.consents, body.consents, now, errors);
  const guardian = readGuardian(body.guardian, details.birthDate ?? known?.birthDate ?? null, now, errors);
  errors.demandNone();
  if (guardian === null) return { details, unitId: unit, unitAsked, group, consents, fields: {} };
  const agreed = { [GUARDIAN]: { at: now, version: guardianText.version } };
  const entry = { details, unitId: unit, unitAsked, group };
  return { ...entry, consents: { ...consents, ...agreed }, fields: { guardian } };
}

/** The fields that this contest asks, as far as the account has not got them. */
function askedOf(
  fields: Fields,
  body: EnterContest,
  known: KnownPerson | null,
  errors: FieldErrors,
): Partial<Record<(typeof NAMES)[number], string>> {
  const given: Partial<Record<(typeof NAMES)[number], string>> = {};
  for (const name of NAMES) {
    if (fields[name] === 'no') continue;
    const text = body[name]?.trim() ?? '';
    const has = known !== null && holds(known, name);
    demand(fields[name], text !== '' || has, name, errors);
    if (text === '') continue;
    if (has && name !== 'address' && name !== 'title')
      errors.add(
        name,
        'Tài khoản đã có mục này; muốn sửa, xin vào trang tài khoản.',
        'Your account has this already; change it on the account page.',
      );
    else given[name] = text;
  }
  return given;
}

function holds(known: KnownPerson, name: (typeof NAMES)[number]): boolean {
  switch (name) {
    case 'phone':
      return known.hasPhone;
    case 'email':
      return known.hasEmail;
    case 'citizenId':
      return known.hasCitizenId;
    default:
      return known[name] !== null;
  }
}

function demand(
  presence: Fields[keyof Fields],
  there: boolean,
  path: keyof Fields,
  errors: FieldErrors,
): void {
  if (presence === 'required' && !there)
    errors.add(path, 'Cuộc thi yêu cầu khai mục này.', 'This contest asks for this.');
}

/** Each purpose is agreed to by itself, in the words that were shown; what nobody ticked is not agreed to. */
function readConsents(
  asked: ContestSettings['consents'],
  given: EnterContest['consents'],
  now: number,
  errors: FieldErrors,
): EntryReading['consents'] {
  const consents: EntryReading['consents'] = {};
  for (const { id, version, required } of asked) {
    const agreed = given.find((one) => one.id === id);
    if (agreed !== undefined && agreed.version !== version)
      errors.add(
        `consents.${id}`,
        'Nội dung này vừa được sửa, xin đọc lại.',
        'This text has just been changed; please read it again.',
      );
    else if (agreed !== undefined) consents[id] = { at: now, version };
    else if (required)
      errors.add(`consents.${id}`, 'Cần đồng ý mục này để dự thi.', 'Entering needs your consent to this.');
  }
  return consents;
}

/** Name of the guardian who agrees; null: nobody did. Of age one needs none, and none is kept. */
function readGuardian(
  given: EnterContest['guardian'],
  birthDate: string | null,
  now: number,
  errors: FieldErrors,
): string | null {
  if (given === undefined || !isMinor(birthDate, now)) return null;
  const name = cleanText(given.name);
  if (name === '')
    errors.add('guardian.name', 'Ghi họ và tên cha, mẹ hoặc người giám hộ.', 'Enter the guardian’s name.');
  if (given.version !== guardianText.version)
    errors.add(
      'guardian.version',
      'Nội dung này vừa được sửa, xin đọc lại.',
      'This text has just been changed; please read it again.',
    );
  return name;
}

const GROUPS: readonly Group[] = ['official', 'citizen', 'student', 'soldier'];

export function groupOf(text: string | null): Group | null {
  return GROUPS.find((group) => group === text) ?? null;
}
