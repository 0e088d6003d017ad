import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanText, fold, nfc, personSortKey, shortenName, viSortKey } from '../../questions/vietnamese.ts';

const collator = new Intl.Collator('vi');
const accentCollator = new Intl.Collator('vi', { sensitivity: 'accent' });

const vowels = 'aăâeêioôơuưy';
const tones = ['', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323'];
const heads = [
  '',
  'b',
  'c',
  'ch',
  'd',
  'đ',
  'g',
  'gh',
  'h',
  'kh',
  'l',
  'm',
  'n',
  'ng',
  'ngh',
  'nh',
  'ph',
  'q',
  'r',
  's',
  't',
  'th',
  'tr',
  'v',
  'x',
];
const tails = ['', 'c', 'ch', 'm', 'n', 'ng', 'nh', 'p', 't', 'i', 'u', 'o'];

/** A syllable, often near another one: few heads and tails beside the full lists, in three ways of capitals. */
const syllable = fc
  .tuple(
    fc.oneof(fc.constantFrom('', 'd', 'đ'), fc.constantFrom(...heads)),
    fc.constantFrom(...vowels),
    fc.constantFrom(...tones),
    fc.oneof(fc.constantFrom('', 'n'), fc.constantFrom(...tails)),
    fc.constantFrom('small', 'Title', 'CAPITAL'),
  )
  .map(([head, vowel, tone, tail, shape]) => {
    const word = nfc(head + vowel + tone + tail);
    if (shape === 'CAPITAL') return word.toUpperCase();
    return shape === 'Title' ? word.slice(0, 1).toUpperCase() + word.slice(1) : word;
  });
const words = (most: number) => fc.array(syllable, { minLength: 1, maxLength: most });
const phrase = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: syllable },
      {
        weight: 1,
        arbitrary: fc.constantFrom('15', '3', '-', '(', ')', ',', '.', '–', '“', '/', '!', '%', '$', '_'),
      },
    ),
    {
      minLength: 1,
      maxLength: 5,
    },
  )
  .map((parts) => parts.join(' '));

const toneless = (text: string) =>
  nfc(text.normalize('NFD').replace(/[\u0300\u0301\u0303\u0309\u0323]/g, ''));
const sign = (n: number) => Math.sign(n);
const byUnits = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Two texts that are often the same but for tones, quality marks or capitals: that is where the lower levels decide. */
const pair = fc.oneof(
  fc.tuple(phrase, phrase),
  fc
    .tuple(phrase, fc.infiniteStream(fc.constantFrom(...tones)))
    .map(([text, marks]): [string, string] => [
      text,
      Array.from(toneless(text), (c) => (/[aăâeêioôơuưy]/i.test(c) ? nfc(c + marks.next().value) : c)).join(
        '',
      ),
    ]),
  fc
    .tuple(phrase, fc.infiniteStream(fc.boolean()))
    .map(([text, flips]): [string, string] => [
      text,
      Array.from(text, (c) => (flips.next().value ? c.toUpperCase() : c.toLowerCase())).join(''),
    ]),
);

describe('viSortKey', () => {
  test('orders as Intl.Collator("vi") does, by code units and by bytes', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const expected = sign(collator.compare(a, b));
        expect(byUnits(viSortKey(a), viSortKey(b))).toBe(expected);
        expect(sign(byBytes(viSortKey(a), viSortKey(b)))).toBe(expected);
      }),
      { numRuns: 5_000 },
    );
  });

  test('orders the alphabet, the tones and the signs', () => {
    const signs = Array.from('_-–—,;:!?.·\'‘’"“”«»()[]{}§@*/\\&#%‰•`^°©®+±÷×<=>|~$₫€0123456789');
    const letters = [
      'a',
      'à',
      'ả',
      'ã',
      'á',
      'ạ',
      'ă',
      'ằ',
      'ẳ',
      'ẵ',
      'ắ',
      'ặ',
      'â',
      'ầ',
      'ẩ',
      'ẫ',
      'ấ',
      'ậ',
      ...'bcdđe',
      'ê',
      ...'fghijklmno',
      'ô',
      'ơ',
      ...'pqrstu',
      'ư',
      ...'vwxyz',
    ];
    const expected = [' ', ...signs, ...letters];
    const shuffled = expected.toReversed();
    expect(shuffled.toSorted((a, b) => byUnits(viSortKey(a), viSortKey(b)))).toEqual(expected);
    expect(shuffled.toSorted(collator.compare)).toEqual(expected);
  });

  test('holds over long texts, where counts of ordinary letters overflow', () => {
    const long = fc.tuple(
      fc.integer({ min: 0, max: 200 }),
      fc.constantFrom('a', 'á', 'A', 'ạ'),
      fc.integer({ min: 0, max: 3 }),
    );
    const text = long.map(([n, special, tail]) => 'a'.repeat(n) + special + 'a'.repeat(200 - n + tail));
    fc.assert(
      fc.property(text, text, (a, b) => byUnits(viSortKey(a), viSortKey(b)) === sign(collator.compare(a, b))),
    );
  });

  test('takes any text, whichever way it is composed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(viSortKey(text)).toMatch(/^[ -~]*$/);
        expect(viSortKey(text.normalize('NFD'))).toBe(viSortKey(text.normalize('NFC')));
      }),
    );
    expect(collator.compare('a ô', 'ạ õ\u0302')).toBe(byUnits(viSortKey('a ô'), viSortKey('ạ õ\u0302')));
    expect(viSortKey('Ðảng')).toBe(viSortKey('Đảng'));
  });
});

describe('personSortKey', () => {
  const compareNames = (a: readonly string[], b: readonly string[]) => {
    const [restA, restB] = [a.slice(0, -1).join(' '), b.slice(0, -1).join(' ')];
    const [givenA = '', givenB = ''] = [a.at(-1), b.at(-1)];
    return (
      accentCollator.compare(givenA, givenB) ||
      accentCollator.compare(restA, restB) ||
      collator.compare(givenA, givenB) ||
      collator.compare(restA, restB)
    );
  };

  test('compares given names first, then the rest, capitals last', () => {
    const name = fc.oneof(
      words(4),
      fc.array(fc.constantFrom('An', 'AN', 'Ân', 'Án', 'Bình', 'Văn', 'VĂN'), { minLength: 1, maxLength: 3 }),
    );
    fc.assert(
      fc.property(
        name,
        name,
        (a, b) =>
          byUnits(personSortKey(a.join(' ')), personSortKey(b.join(' '))) === sign(compareNames(a, b)),
      ),
      { numRuns: 3_000 },
    );
  });

  test('sorts a class list as a teacher would', () => {
    const sorted = [
      'Trần An',
      'LÊ THỊ ANH',
      'Nguyễn Văn Ánh',
      'Đỗ Ân',
      'Phạm Văn Dũng',
      'Bùi Đạt',
      'Lê Văn Đạt',
    ];
    expect(sorted.toReversed().toSorted((a, b) => byUnits(personSortKey(a), personSortKey(b)))).toEqual(
      sorted,
    );
  });
});

describe('fold', () => {
  test('takes diacritics and capitals off, and knows every đ', () => {
    expect(fold('Nghị quyết về ĐẢNG, Ðoàn, đất')).toBe('nghi quyet ve dang, doan, dat');
    expect(fold('Hà\u00a0 Nội')).toBe('ha noi');
    expect(fold('ƯỚC ưỡn ợ')).toBe('uoc uon o');
  });

  test('twice is once, and composition does not matter', () => {
    fc.assert(
      fc.property(fc.oneof(phrase, fc.string({ unit: 'binary' })), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
        expect(fold(text.normalize('NFD'))).toBe(fold(text.normalize('NFC')));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('cleanText and nfc', () => {
  test('clean what was typed or pasted', () => {
    expect(cleanText('  Ða\u0309ng\u200b  bộ\u0000\tHà\u00a0Nội\n')).toBe('Đảng bộ Hà Nội');
    expect(nfc('a\u0302\u0301')).toBe('ấ');
    expect(nfc('a\ud800')).toBe('a\ufffd');
  });

  test('twice is once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(cleanText(cleanText(text))).toBe(cleanText(text));
        expect(nfc(nfc(text))).toBe(nfc(text));
        expect(cleanText(text)).not.toMatch(/^ | $| {2}|[\p{Cc}\p{Cf}]/u);
      }),
      { numRuns: 2_000 },
    );
  });
});

test('shortenName keeps the family name and gives initials for the rest', () => {
  expect(shortenName('Nguyễn Văn An')).toBe('Nguyễn V. A.');
  expect(shortenName('  lê  thị đào ')).toBe('lê T. Đ.');
  expect(shortenName('Ðặng Ánh')).toBe('Đặng Á.');
  expect(shortenName('An')).toBe('An');
  expect(shortenName('')).toBe('');
});
