/** The small rules of closing: codes, names of winners, plans, designs, causes, words, answers, dossiers, notices. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptySheet, markDevice, packFinalSheet, unpackSheet } from '../../../server/attempts/sheet-rules.ts';
import { answerInWords, optionsInWords } from '../../../server/closing/answer-words.ts';
import { causeOf, type VersionFact } from '../../../server/closing/cause-rules.ts';
import {
  designProblems,
  filledLines,
  type PictureState,
  SAMPLE,
} from '../../../server/closing/certificate-rules.ts';
import { CERTIFICATE, codeOf, idOf, RESULT } from '../../../server/closing/code-rules.ts';
import { interruptionsOf, placeOf } from '../../../server/closing/dossier-rules.ts';
import { type NamedWinner, winnerName } from '../../../server/closing/name-rules.ts';
import { noticeOf } from '../../../server/closing/notice.ts';
import { cleanPlan, EMPTY_PLAN, planProblems } from '../../../server/closing/plan-rules.ts';
import type { PlacedPerson } from '../../../server/closing/snapshot-rows.ts';
import { durationOf, momentOf, whyOf } from '../../../server/closing/word-rules.ts';
import { placeAndDate } from '../../../server/contests/time-rules.ts';
import type { CertificateDesign } from '../../../server/contracts/certificates.ts';
import type { ContestSettings } from '../../../server/contracts/contest-settings.ts';
import type { Prize } from '../../../server/contracts/prizes.ts';
import { Secrets } from '../../../server/platform/secrets.ts';

const secrets = new Secrets('test secret of more than thirty-two characters');
const NOW = Date.UTC(2022, 7, 8, 2, 0, 0);

describe('codes', () => {
  it('come back as what they were made for, however they are typed', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31), fc.constantFrom(CERTIFICATE, RESULT), (id, use) => {
        const code = codeOf(secrets, use, id);
        for (const typed of [code, code.toLowerCase(), code.replaceAll('-', ''), code.replaceAll('-', ' ')])
          expect(idOf(secrets, use, typed)).toBe(id);
        expect(idOf(secrets, use, code.replaceAll('0', 'O').replaceAll('1', 'l'))).toBe(id);
      }),
    );
  });

  it('of one use, of another secret, changed or made up are none', () => {
    const other = new Secrets('another secret of more than thirty-two characters');
    fc.assert(
      fc.property(fc.nat(2 ** 31), fc.nat(99), fc.string(), (id, at, text) => {
        const code = codeOf(secrets, CERTIFICATE, id).replaceAll('-', '');
        const place = at % code.length;
        const changed = `${code.slice(0, place)}${code[place] === 'X' ? 'Y' : 'X'}${code.slice(place + 1)}`;
        expect(idOf(secrets, CERTIFICATE, changed)).toBeNull();
        expect(idOf(secrets, RESULT, code)).toBeNull();
        expect(idOf(other, CERTIFICATE, code)).toBeNull();
        expect(idOf(secrets, CERTIFICATE, text)).toBeNull();
      }),
    );
  });
});

describe('the name of a winner', () => {
  const an: NamedWinner = { name: 'Nguyễn Văn An', erased: false, number: 12, birthDate: null, consents: {} };
  const asks = (names: ContestSettings['names'], ...ids: string[]) => ({
    names,
    consents: ids.map((id) => ({ id, vi: id, en: id, required: false, version: 1 })),
  });

  it('is in full where the contest shows names in full and asks nothing', () => {
    expect(winnerName(an, asks('full'), NOW)).toBe('Nguyễn Văn An');
    expect(winnerName(an, asks('short'), NOW)).toBe('Nguyễn V. A.');
    expect(winnerName(an, asks('number'), NOW)).toBe('Số 12');
  });

  it('is in full with consent alone where the contest asks for it', () => {
    expect(winnerName(an, asks('full', 'publishName'), NOW)).toBe('Nguyễn V. A.');
    const agreed = { ...an, consents: { publishName: { at: 1, version: 1 } } };
    for (const names of ['full', 'short', 'number'] as const)
      expect(winnerName(agreed, asks(names, 'publishName'), NOW)).toBe('Nguyễn Văn An');
  });

  it('of somebody under sixteen needs a guardian, whatever else was agreed to', () => {
    const child = { ...an, birthDate: '2006-08-09', consents: { publishName: { at: 1, version: 1 } } };
    expect(winnerName(child, asks('full', 'publishName'), NOW)).toBe('Nguyễn V. A.');
    const guarded = { ...child, consents: { ...child.consents, guardian: { at: 1, version: 1 } } };
    expect(winnerName(guarded, asks('full', 'publishName'), NOW)).toBe('Nguyễn Văn An');
    expect(winnerName({ ...child, birthDate: '2006-08-08' }, asks('full', 'publishName'), NOW)).toBe(
      'Nguyễn Văn An',
    );
  });

  it('is nobody’s once their data were erased', () => {
    expect(winnerName({ ...an, erased: true }, asks('full'), NOW)).toBe('Đã ẩn danh');
    expect(winnerName(undefined, asks('full'), NOW)).toBe('Đã ẩn danh');
  });
});

const prize = (more: Partial<Prize> = {}): Prize => ({
  id: 'nhat',
  title: 'Giải Nhất',
  value: '',
  count: 1,
  scope: 'round',
  to: 'people',
  by: 'rank',
  metric: 'entrants',
  unit: null,
  block: null,
  membersFrom: null,
  membersTo: null,
  minMarks: null,
  minEntrants: null,
  ...more,
});

describe('a prize plan', () => {
  it('is told what is wrong with it, each at its place', () => {
    const plan = {
      ...EMPTY_PLAN,
      prizes: [prize({ title: '' }), prize({ unit: 'gone', membersFrom: 9, membersTo: 3 })],
    };
    expect(planProblems(plan, () => false).map(({ path }) => path)).toEqual([
      'plan.prizes.0.title',
      'plan.prizes.1.id',
      'plan.prizes.1.unit',
      'plan.prizes.1.membersTo',
    ]);
    expect(planProblems({ ...EMPTY_PLAN, prizes: [prize({ count: 5000 })] }, () => true)).toEqual([]);
  });

  it('keeps nothing that says nothing for its kind', () => {
    const [person, unit] = cleanPlan({
      ...EMPTY_PLAN,
      prizes: [
        prize({ block: 'A', minEntrants: 3, metric: 'rate' }),
        prize({ to: 'units', by: 'lot', minMarks: 5 }),
      ],
    }).prizes;
    expect(person).toMatchObject({ block: null, minEntrants: null, metric: 'entrants' });
    expect(unit).toMatchObject({ by: 'rank', minMarks: null });
  });
});

describe('a certificate', () => {
  const design: CertificateDesign = {
    name: 'Mẫu',
    landscape: true,
    frame: 'gold',
    motto: true,
    issuer: 'BTC',
    logo: null,
    lines: ['GIẤY CHỨNG NHẬN', '{ten}', 'đã đoạt {giai}', 'Đơn vị: {don_vi}', 'ngày {ngay}, {diem} điểm'].map(
      (text) => ({
        text,
        size: 16,
        style: 'plain' as const,
      }),
    ),
    place: 'Hà Nội',
    signRole: '',
    signName: '',
    signature: null,
  };
  const text = { ...SAMPLE, issuedAt: NOW, address: 'https://x/y' };

  it('says what was filled in, and leaves out lines that say nothing', () => {
    expect(filledLines(design, text).map((line) => line.text)).toEqual([
      'GIẤY CHỨNG NHẬN',
      'Nguyễn Thị Bảo Quỳnh',
      'đã đoạt Giải Nhất',
      'Đơn vị: Đảng bộ phường Hoàn Kiếm',
      'ngày 08/08/2022, 19,5 điểm',
    ]);
    const nothing = { ...text, saying: { ...text.saying, prize: null, unit: null } };
    expect(filledLines(design, nothing).map((line) => line.text)).toHaveLength(3);
  });

  it('takes a name that looks like a placeholder as a name', () => {
    const [, name] = filledLines(design, { ...text, name: '{giai} $& \\1' });
    expect(name?.text).toBe('{giai} $& \\1');
  });

  it('is not drawn with pictures that are broken, not there, or of a kind that PDFs do not take', () => {
    const problems = (logo: PictureState) => designProblems(design, { logo, signature: 'none' }, 'design.');
    expect([problems('whole'), problems('none')]).toEqual([[], []]);
    expect(problems('missing')).toMatchObject([
      { path: 'design.logo', en: expect.stringContaining('PNG or JPEG') },
    ]);
    expect(problems('broken')).toMatchObject([
      { path: 'design.logo', en: expect.stringContaining('broken') },
    ]);
    expect(
      designProblems(design, { logo: 'broken', signature: 'missing' }, '').map(({ path }) => path),
    ).toEqual(['logo', 'signature']);
  });

  it('bears its day as offices write it', () => {
    expect(placeAndDate('Hà Nội', Date.UTC(2026, 1, 3))).toBe('Hà Nội, ngày 03 tháng 02 năm 2026');
    expect(placeAndDate('', Date.UTC(2026, 10, 30))).toBe('ngày 30 tháng 11 năm 2026');
  });
});

describe('why somebody’s figures changed', () => {
  const placed: PlacedPerson = {
    person: 1,
    number: 1,
    rank: 3,
    unit: 2,
    marks: 900,
    distance: 4,
    elapsedMs: 1000,
    submittedAt: 5,
    attempt: 10,
  };
  const fact = (more: Partial<VersionFact> = {}): VersionFact => ({
    version: 0,
    counts: true,
    person: 1,
    isNew: false,
    ...more,
  });
  const cause = (
    before: PlacedPerson | null,
    after: PlacedPerson | null,
    ...versions: readonly VersionFact[]
  ) => causeOf({ person: 1, before, after, own: true }, () => versions);

  it('is read off the versions of the results', () => {
    expect(cause(placed, { ...placed, marks: 1000 }, fact(), fact({ version: 1, isNew: true }))).toBe(
      'regraded',
    );
    expect(cause(placed, null, fact(), fact({ version: 1, counts: false, isNew: true }))).toBe('annulled');
    expect(cause(placed, null, fact(), fact({ version: 1, person: 2, isNew: true }))).toBe('merged');
    expect(cause(null, placed, fact({ person: 2 }), fact({ version: 1, isNew: true }))).toBe('merged');
    expect(cause(null, placed, fact({ isNew: true }))).toBe('late');
    expect(cause(null, placed, fact({ counts: false }), fact({ version: 1, isNew: true }))).toBe('restored');
    expect(cause(placed, { ...placed, distance: 1 }, fact())).toBe('prediction');
    expect(cause(placed, { ...placed, unit: 7 }, fact())).toBe('unit');
    expect(causeOf({ person: 1, before: placed, after: placed, own: false }, () => [])).toBe('others');
  });
});

describe('words', () => {
  it('tell thousandths only where there are any', () => {
    expect(durationOf(422_000).vi).toBe('7 phút 2 giây');
    expect(durationOf(2_350).vi).toBe('2,35 giây');
    expect(momentOf(Date.UTC(2022, 7, 2, 1, 0, 12))).toBe('08:00:12 02/08/2022');
    expect(momentOf(Date.UTC(2022, 7, 2, 1, 0, 12) + 45)).toBe('08:00:12,045 02/08/2022');
  });

  it('say what put a winner above the next, and that somebody above was passed over', () => {
    const why = {
      label: '7',
      lot: null,
      by: 'marks',
      mine: 1950,
      theirs: 1900,
      next: '12',
      passed: 2,
    } as const;
    expect(whyOf(why)).toEqual({
      vi: 'Xếp trên người kế tiếp (số 12): nhiều điểm hơn (19,5 điểm so với 19 điểm). Được đôn lên vì 2 trường hợp xếp trên không được xét.',
      en: 'Above the next (no. 12): more marks (19.5 marks to 19 marks). Moved up: 2 above could not win.',
    });
    expect(whyOf({ ...why, by: 'lot', passed: 0 }).vi).toBe('Bốc thăm được xếp trên người kế tiếp (số 12).');
    expect(whyOf({ ...why, by: 'last', next: null, passed: 0 }).vi).toContain('Không còn ai');
  });
});

describe('an answer in words', () => {
  const options = ['a', 'b', 'c'];
  it.each([
    ['choice', { stem: '', options, multiple: true }, [0, 2], 'A, C'],
    ['trueFalse', { stem: '' }, true, 'Đúng'],
    ['shortText', { stem: '' }, 'Hà Nội', 'Hà Nội'],
    ['ordering', { stem: '', items: options }, [2, 0, 1], 'C → A → B'],
    ['statements', { stem: '', statements: options }, [true, null, false], 'a) Đúng; b) –; c) Sai'],
    ['matching', { stem: '', lefts: ['x', 'y'], rights: options }, [1, null], '1 – B; 2 – …'],
    ['cloze', { stem: '', gaps: [{ kind: 'choice', options }, { kind: 'text' }] }, [1, 'x'], '(1) b; (2) x'],
    ['choice', { stem: '', options, multiple: false }, null, '(bỏ trống)'],
  ] as const)('of the kind %s', (kind, prompt, answer, said) => {
    expect(
      answerInWords(
        kind,
        JSON.parse(JSON.stringify(prompt)),
        answer === null ? null : JSON.parse(JSON.stringify(answer)),
      ).vi,
    ).toBe(said);
  });

  it('uses the letters that stand before the options', () => {
    expect(optionsInWords('choice', { stem: '', options })).toEqual(['A. a', 'B. b', 'C. c']);
    expect(optionsInWords('statements', { stem: '', statements: ['x'] })).toEqual(['a) x']);
  });
});

describe('a dossier', () => {
  it('tells outages that fell into the attempt alone, with what was given back', () => {
    const attempt = { startedAt: 1_000_000, closedAt: 2_000_000, extraMs: 60_000 };
    const outage = (fromAt: number, toAt: number) => ({ fromAt, toAt, reason: 'mất điện' });
    const said = interruptionsOf(attempt, {
      outages: [outage(0, 900_000), outage(1_900_000, 2_500_000), outage(2_000_000, 2_100_000)],
      away: { times: 2, ms: 5000 },
      devices: 2,
    }).map(({ vi }) => vi);
    expect(said).toHaveLength(4);
    expect(said[0]).toContain('(mất điện): được bù 1 phút 40 giây');
    expect(said.slice(1)).toEqual([
      'Được thêm 1 phút 0 giây so với quy định.',
      'Trả lời trên 2 thiết bị.',
      'Rời trang làm bài 2 lần, tổng cộng 5 giây.',
    ]);
  });

  it('says why the attempt stands below the one above, by the first criterion that differs', () => {
    const line = (person: number, rank: number, marks: number, elapsedMs: number) => ({
      person,
      rank,
      standing: { marks, elapsedMs, predictionDistance: null, submittedAt: 0, sequence: person },
    });
    const mine = { ...line(2, 2, 1000, 5000), of: 3 };
    const place = placeOf(['marks', 'time'], [line(1, 1, 1000, 4000), mine, line(3, 2, 1000, 5000)], mine);
    expect(place.above).toMatchObject({ rank: 1 });
    expect(place.above?.why.vi).toBe(
      'Lượt thi ở hạng 1 xếp trên lượt thi này: làm bài nhanh hơn (4 giây so với 5 giây).',
    );
    expect(place.below?.why.vi).toContain('cùng hạng');
  });
});

describe('the sheet of a closed attempt', () => {
  const at = (n: number) => ({ mark: { n, seq: n, at: n }, takesOver: true });
  const devicesOf = (...names: readonly string[]) => {
    const sheet = names.reduce((known, name, i) => markDevice(known, name, at(i + 1)), emptySheet(2));
    return [...unpackSheet(packFinalSheet(sheet)).devices.keys()];
  };

  it('keeps that several devices answered, and nothing of a single one', () => {
    expect(devicesOf('phone1', 'laptop1')).toEqual(['phone1', 'laptop1']);
    expect(devicesOf('phone1')).toEqual([]);
  });
});

describe('a notice', () => {
  it('lists people and units apart, numbered, with their prizes, and who signs', () => {
    const prizes = [prize(), prize({ id: 'donvi', title: 'Giải tập thể', value: 'Cờ', to: 'units' })];
    const line = (of: string, name: string) => ({
      prize: of,
      place: 1,
      rank: 1,
      name,
      unit: null,
      figures: { vi: '20 điểm', en: '' },
      why: { vi: '', en: '' },
    });
    const { blocks } = noticeOf({
      contest: 'Cuộc thi',
      round: 'Vòng 1',
      standing: 'official',
      now: Date.UTC(2026, 0, 5),
      address: 'https://x',
      plan: { ...EMPTY_PLAN, prizes },
      list: {
        prizes: prizes.map(({ id, title, value }) => ({ id, title, value, about: { vi: '', en: '' } })),
        lines: [line('nhat', 'An'), line('donvi', 'Phường A')],
        lots: null,
        unfilled: [],
      },
    });
    expect(blocks.map(({ kind }) => kind)).toEqual([
      'letterhead',
      'title',
      'text',
      'heading',
      'table',
      'heading',
      'table',
      'signatures',
    ]);
    const tables = blocks.flatMap((block) => (block.kind === 'table' ? [block.rows] : []));
    expect(tables).toEqual([
      [['1', 'An', '', '20 điểm', 'Giải Nhất']],
      [['1', 'Phường A', '20 điểm', 'Giải tập thể\nCờ']],
    ]);
    expect(blocks[0]).toMatchObject({ placeAndDate: 'Hà Nội, ngày 05 tháng 01 năm 2026' });
  });
});
