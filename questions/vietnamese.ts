/**
 * Vietnamese text: cleaning at the doors, folding for search, and sort keys.
 *
 * SQLite has no Vietnamese collation and `Intl` gives out no sort keys, so rows store keys made here and databases
 * compare them as bytes. The order is that of CLDR's `vi` (a ă â b c d đ e ê …, tones none huyền hỏi ngã sắc nặng),
 * fixed here so that a stored key never depends on the ICU of the machine that made it.
 */

const MARKS = /[\u0300-\u036f]/g;
/** đ Đ, and what newspapers and old fonts write for them: Ð ð (U+00D0, U+00F0, Icelandic), Ɖ ɖ (African). None decomposes. */
const BARRED_D = /[\u0111\u0110\u00f0\u00d0\u0256\u0189]/g;

/** Well-formed text in NFC. Lone surrogates become U+FFFD, since no database takes them. */
export function nfc(text: string): string {
  return text.toWellFormed().normalize('NFC');
}

/**
 * One line as somebody typed or pasted it, made fit to be stored: NFC, control and invisible characters out,
 * white space squeezed and trimmed, the look-alike Ð (U+00D0) made a real Đ. Idempotent.
 */
export function cleanText(text: string): string {
  const visible = text.replace(/\s/g, ' ').replace(/[\p{Cc}\p{Cf}]/gu, '');
  return nfc(visible).replaceAll('\u00d0', 'Đ').replace(/ +/g, ' ').trim();
}

/** For search columns and forgiving comparison: lower case, no diacritics, đ as d, white space squeezed but not trimmed. Idempotent. */
export function fold(text: string): string {
  const bare = text.toWellFormed().normalize('NFD').toLowerCase().replace(MARKS, '');
  return bare.replace(BARRED_D, 'd').replace(/\s+/g, ' ').normalize('NFC');
}

/** Letters in the order of the alphabet; letters with a quality mark are letters of their own. */
const LETTERS = 'aăâbcdđeêfghijklmnoôơpqrstuưvwxyz';
/** Punctuation and symbols in CLDR order: all before the digits. */
const PUNCTUATION = '_-‐‒–—―,;:!?.·\'‘’‚"“”„«»()[]{}§@*/\\&#%‰•′″`^°©®+±÷×<=>|~$₫€';
/** Marks that are not part of a letter, in CLDR `vi` order: huyền, hỏi, ngã, sắc, nặng, then foreign ones. */
const TONES = '\u0300\u0309\u0303\u0301\u0323\u0306\u0302\u030c\u030a\u0308\u030b\u0307\u0327\u0328\u0304';
/** Base letter + quality mark (breve, circumflex, horn) → the letter. */
const QUALITIES: Readonly<Record<string, string>> = {
  'a\u0306': 'ă',
  'a\u0302': 'â',
  'e\u0302': 'ê',
  'o\u0302': 'ô',
  'o\u031b': 'ơ',
  'u\u031b': 'ư',
};

/** Sorts below every weight, so that a shorter level comes first. */
const LEVEL_END = ' ';

/**
 * Weights of the first level, all printable ASCII: space '!', punctuation '"' and one more, digits as they are,
 * letters from 'A', anything else '~' and its code point. No weight is the beginning of another one.
 */
const PRIMARY: ReadonlyMap<string, string> = new Map([
  [' ', '!'],
  ...Array.from(PUNCTUATION, (sign, i): [string, string] => [sign, `"${String.fromCharCode(0x23 + i)}`]),
  ...Array.from('0123456789', (digit): [string, string] => [digit, digit]),
  ...Array.from(LETTERS, (letter, i): [string, string] => [letter, String.fromCharCode(0x41 + i)]),
]);

function primaryWeight(letter: string): string {
  const known = PRIMARY.get(letter);
  if (known !== undefined) return known;
  return `~${(letter.codePointAt(0) ?? 0).toString(16).padStart(6, '0')}`;
}

function toneWeight(mark: string): string {
  const place = TONES.indexOf(mark);
  return place < 0 ? '~' : String.fromCharCode(0x31 + place);
}

/** How many ordinary places come before the next special one: fewer sorts later, as the special one is the greater. */
function runWeight(count: number): string {
  const full = Math.floor(count / 64);
  return '>'.repeat(full) + String.fromCharCode(0x7e - (count % 64));
}

interface Levels {
  /** Which letters. */
  readonly primary: string;
  /** Which tones, and where. */
  readonly secondary: string;
  /** Which capitals, and where. */
  readonly tertiary: string;
}

/** A base character with the marks behind it. */
const CLUSTER = /(\P{Mn}?)(\p{Mn}*)/gsu;

function levelsOf(text: string): Levels {
  const levels = { primary: '', secondary: '', tertiary: '' };
  let plain = 0;
  let small = 0;
  const sortable = cleanForSorting(text);
  for (const [, base = '', marks = ''] of sortable.matchAll(CLUSTER)) {
    const lower = base.toLowerCase();
    const { letter, tones } = splitMarks(lower, marks);
    if (base !== '') {
      levels.primary += primaryWeight(letter);
      plain++;
      if (lower === base) small++;
      else {
        levels.tertiary += runWeight(small);
        small = 0;
      }
    }
    for (const tone of tones) {
      levels.secondary += runWeight(plain) + toneWeight(tone);
      plain = 0;
    }
  }
  return levels;
}

function cleanForSorting(text: string): string {
  const visible = text
    .toWellFormed()
    .replace(/\s/g, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '');
  const plain = visible.replace(/[\u00d0\u0189]/g, 'Đ').replace(/[\u00f0\u0256]/g, 'đ');
  return plain.replaceAll('…', '...').replaceAll('\u2011', '\u2010').normalize('NFD');
}

/** Takes the quality mark into the letter, past a nặng that NFD puts before it; what is left are tones. */
function splitMarks(base: string, marks: string): { letter: string; tones: string } {
  for (const mark of marks) {
    const letter = QUALITIES[base + mark];
    if (letter !== undefined) return { letter, tones: marks.replace(mark, '') };
    if (mark !== '\u0323') break;
  }
  return { letter: base, tones: marks };
}

/**
 * A key that, compared by code units or as UTF-8 bytes, orders as `Intl.Collator('vi')` orders the texts.
 * Printable ASCII; about as long as the text. Letters outside Vietnamese and English come after z, by code point.
 */
export function viSortKey(text: string): string {
  const { primary, secondary, tertiary } = levelsOf(text);
  return [primary, secondary, tertiary].join(LEVEL_END).trimEnd();
}

/** The last word of a name, by which Vietnamese people are called and sorted, and what stands before it. */
function splitName(name: string): { given: string; rest: string } {
  const clean = cleanText(name);
  const space = clean.lastIndexOf(' ');
  return { given: clean.slice(space + 1), rest: space < 0 ? '' : clean.slice(0, space) };
}

/** Orders people by given name, then by the words before it; capitals ("NGUYỄN VĂN AN") decide only between equal names. */
export function personSortKey(name: string): string {
  const { given, rest } = splitName(name);
  const first = levelsOf(given);
  const then = levelsOf(rest);
  return [first.primary, first.secondary, then.primary, then.secondary, first.tertiary, then.tertiary]
    .join(LEVEL_END)
    .trimEnd();
}

/** "Nguyễn Văn An" → "Nguyễn V. A.": for boards that do not show full names. A single word stays as it is. */
export function shortenName(name: string): string {
  const [family = '', ...others] = cleanText(name).split(' ');
  const initials = others.map((word) => `${Array.from(word)[0]?.toUpperCase() ?? ''}.`);
  return [family, ...initials].join(' ');
}
