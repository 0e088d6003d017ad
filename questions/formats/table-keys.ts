/** Keys of tables: what a cell names, what a column means by its numbers, and what stars and looks say beside it. */
import { comparableOption, lettersOf, numbersOf, optionNamed, rising } from './key-text.ts';
import type { Saying } from './message.ts';
import type { Remarks } from './reading.ts';
import { tableSayings } from './table-messages.ts';
import type { ReadOption } from './table-options.ts';

/** What numbers in the key column of one table mean. */
export interface KeyConvention {
  /** Places count from 0 or from 1. */
  readonly from: 0 | 1;
  /** True: numbers are places; false: they are texts of options; null: nothing in the table tells. */
  readonly numbersArePlaces: boolean | null;
}

/** Places of the options that a cell names, or what is wrong with it. An empty cell names none. */
export function placesNamed(
  key: string,
  options: readonly ReadOption[],
  convention: KeyConvention,
): readonly number[] | Saying | null {
  if (/^(?:[-–—.?_…\s]|không có|chưa có|n\/?a|none|null)*$/iu.test(key)) return null;
  const numbers = numbersOf(key);
  if (numbers !== null) return placesOfNumbers(key, numbers, options, convention);
  return placesOfWords(key, options);
}

function placesOfWords(key: string, options: readonly ReadOption[]): readonly number[] | Saying {
  const texts = options.map(({ plain }) => plain);
  // "Cả A và B" may be the text of option D.
  const named = /^cả\s/iu.test(key) ? optionNamed(key, texts) : null;
  if (named !== null) return [options[named]?.place ?? named];
  const letters = lettersOf(key);
  // An option may itself begin with a letter: "B. Traven".
  const isOption = texts.some((text) => text.toLowerCase() === key.trim().toLowerCase());
  if (letters !== null && (letters.said === '' || !isOption))
    return placesOfLetters(key, letters.right, letters.said, options);
  const whole = optionNamed(key, texts);
  if (whole !== null) return [options[whole]?.place ?? whole];
  return placesOfTexts(key, options, texts);
}

function placesOfLetters(
  key: string,
  places: readonly number[],
  said: string,
  options: readonly ReadOption[],
): readonly number[] | Saying {
  const chosen = places.map((place) => options.find((option) => option.place === place));
  if (chosen.includes(undefined)) {
    const named = optionNamed(
      key,
      options.map(({ plain }) => plain),
    );
    return named === null ? tableSayings.keyOutside(key) : [options[named]?.place ?? named];
  }
  if (said === '') return places;
  const named = optionNamed(
    said,
    options.map(({ plain }) => plain),
  );
  const [only] = chosen;
  if (named === null || options[named] === only) return places;
  return tableSayings.keyConflict(`${key}; ${options[named]?.plain ?? ''}`);
}

/** Several texts, one a line or between semicolons. */
function placesOfTexts(
  key: string,
  options: readonly ReadOption[],
  texts: readonly string[],
): readonly number[] | Saying {
  for (const sign of ['\n', ';', '|', ',']) {
    const parts = key.split(sign).filter((part) => part.trim() !== '');
    if (parts.length < 2) continue;
    const named = parts.map((part) => optionNamed(part, texts));
    const places = named.flatMap((i) => (i === null ? [] : [options[i]?.place ?? i]));
    if (places.length === parts.length) return rising(places);
  }
  return tableSayings.keyUnreadable(key.slice(0, 80));
}

function placesOfNumbers(
  key: string,
  numbers: readonly number[],
  options: readonly ReadOption[],
  { from, numbersArePlaces }: KeyConvention,
): readonly number[] | Saying {
  const places = rising(numbers.map((number) => number - from));
  const fit = places.every((place) => options.some((option) => option.place === place));
  const named = optionNamed(
    key,
    options.map(({ plain }) => plain),
  );
  const textPlace = named === null ? null : (options[named]?.place ?? named);
  if (textPlace === null) return fit ? places : tableSayings.keyOutside(key);
  if (!fit || (places.length === 1 && places[0] === textPlace)) return [textPlace];
  if (numbersArePlaces === null) return tableSayings.keyAmbiguous(key);
  return numbersArePlaces ? places : [textPlace];
}

/** Looks through a column: rows that can be read in one way only tell how the others are meant. */
export class ConventionVote {
  #hasZero = false;
  #beyondFromZero = false;
  #places = 0;
  #texts = 0;

  add(key: string, options: readonly string[]): void {
    const numbers = key.length > 12 ? null : numbersOf(key);
    if (numbers === null || options.length === 0) return;
    if (numbers.includes(0)) this.#hasZero = true;
    if (numbers.some((number) => number >= options.length)) this.#beyondFromZero = true;
    const isText = options.some((option) => comparableOption(option) === key);
    const fits = numbers.every((number) => number <= options.length);
    if (isText && !fits) this.#texts += 1;
    if (!isText && fits) this.#places += 1;
  }

  get convention(): KeyConvention {
    const isFromZero = this.#hasZero && !this.#beyondFromZero;
    const told = this.#places === this.#texts ? null : this.#places > this.#texts;
    return { from: isFromZero ? 0 : 1, numbersArePlaces: told };
  }
}

/** One place of a file that gives a key. The first in a list is trusted most. */
export interface KeySource {
  readonly vi: string;
  /** Indexes of right options. */
  readonly right: readonly number[];
}

/** The key when all sources agree; otherwise it is said, and the most trusted one is kept for whoever mends it. */
export function agreed(sources: readonly KeySource[], remarks: Remarks): readonly number[] | null {
  const given = sources.filter(({ right }) => right.length > 0);
  const [first] = given;
  if (first === undefined) return null;
  const same = given.every(({ right }) => right.join() === first.right.join());
  if (!same) {
    const told = given.map(({ vi, right }) => `${vi} ${right.map(letter).join(', ')}`);
    remarks.error(tableSayings.keyConflict(told.join('; ')));
  }
  return first.right;
}

function letter(index: number): string {
  return String.fromCharCode(0x41 + index);
}
