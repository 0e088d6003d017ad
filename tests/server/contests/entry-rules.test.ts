import { describe, expect, it } from 'vitest';
import { type KnownPerson, readEntry } from '../../../server/contests/entry-rules.ts';
import { presetOf } from '../../../server/contests/presets.ts';
import type { EnterContest } from '../../../server/contracts/entering.ts';
import { AppError } from '../../../server/platform/errors.ts';
import { NOW } from './sample.ts';

const { contest } = presetOf('weeklyQuiz');
const consents = [{ id: 'personalData', version: 1 }];
const nobody: KnownPerson = {
  birthDate: null,
  hasPhone: false,
  hasEmail: false,
  hasCitizenId: false,
  address: null,
  title: null,
  group: null,
  unitId: null,
};
const settings = {
  ...contest,
  fields: {
    ...contest.fields,
    birthDate: 'required',
    citizenId: 'optional',
    title: 'optional',
    group: 'required',
  },
} as const;

function read(body: Partial<EnterContest>, known: KnownPerson | null = nobody, unitId: number | null = 5) {
  return readEntry(settings, { consents, ...body }, known, unitId, NOW);
}

function refused(body: Partial<EnterContest>, known: KnownPerson | null = nobody, unitId: number | null = 5) {
  try {
    read(body, known, unitId);
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return (error.errors ?? []).map(({ path }) => path);
  }
}

const full = { birthDate: '1985-09-02', phone: '+84 912 345 678', group: 'citizen', unit: 'u' } as const;

describe('what somebody gives to enter', () => {
  it('is brought into its normal form', () => {
    const reading = read({ ...full, citizenId: '001 085 123456', title: ' Bí thư  chi đoàn ' });
    expect(reading.details).toMatchObject({
      birthDate: '1985-09-02',
      phone: '0912345678',
      citizenId: '001085123456',
      title: 'Bí thư chi đoàn',
    });
    expect(reading).toMatchObject({ unitId: 5, group: 'citizen' });
    expect(reading.consents).toEqual({ personalData: { at: NOW, version: 1 } });
  });

  it('is refused with every mistake at once', () => {
    expect(refused({ consents: [] }, nobody, null)).toEqual([
      'birthDate',
      'phone',
      'unit',
      'group',
      'consents.personalData',
    ]);
    expect(refused({ ...full, phone: '12', birthDate: '1985-02-30' })).toEqual(['birthDate', 'phone']);
    expect(refused({ ...full, citizenId: '001090123456' })).toEqual(['citizenId']);
    expect(refused({ ...full }, nobody, null)).toEqual(['unit']);
    expect(refused({ ...full, consents: [{ id: 'personalData', version: 2 }] })).toEqual([
      'consents.personalData',
    ]);
  });

  it('is asked only where the account has nothing, and changes nothing that identifies', () => {
    const known = { ...nobody, birthDate: '1985-09-02', hasPhone: true, group: 'soldier', unitId: 3 };
    expect(refused({}, known, null)).toEqual([]);
    expect(read({}, known, null)).toMatchObject({ unitId: 3, group: 'soldier' });
    expect(refused({ phone: '0912345678' }, known)).toEqual(['phone']);
    expect(refused({ citizenId: '001090123456' }, known)).toEqual(['citizenId']);
    expect(read({ group: 'student' }, known).group).toBe('student');
  });

  it('is not kept when the contest does not ask it', () => {
    const reading = read({ ...full, email: 'a@b.vn', address: 'Hà Nội' });
    expect(reading.details.email).toBeUndefined();
    expect(reading.details.address).toBeUndefined();
  });

  it('needs a name from guests', () => {
    expect(refused(full, null)).toEqual(['name']);
    expect(read({ ...full, name: ' Nguyễn  Văn An ' }, null).details.name).toBe('Nguyễn Văn An');
    expect(read({ ...full, name: 'Người khác' }).details.name).toBeUndefined();
  });

  it('agrees to nothing that was not ticked', () => {
    expect(read(full).consents.publishName).toBeUndefined();
    const both = [...consents, { id: 'publishName', version: 1 }, { id: 'other', version: 1 }];
    expect(Object.keys(read({ ...full, consents: both }).consents)).toEqual(['personalData', 'publishName']);
  });
});
