/**
 * Texts of the product, typed and compiled in: nothing is fetched, a missing or misspelt text does not compile, and a
 * screen carries only the areas that it imports. One file an area: `export const shell = messages(vi, en)`.
 *
 * A text is a string, or a function where something is filled in. Vietnamese is the source; English has its shape.
 */
import { locale } from './locale.svelte.ts';

/** A text, or a function that fills one in, or a group of them. */
type Text = string | ((...values: never[]) => string) | readonly string[] | { readonly [name: string]: Text };

/**
 * The texts of one area in the language of the moment: `shell.home`, `shell.left(3)`.
 * A read inside a component follows a change of language.
 */
export function messages<Area extends { readonly [name: string]: Text }>(vi: Area, en: Area): Area {
  return new Proxy(vi, {
    get: (_, name) => Reflect.get(locale() === 'en' ? en : vi, name),
  });
}

/** English needs it, Vietnamese does not: `plural(n, 'question', 'questions')`. */
export function plural(count: number, one: string, many: string): string {
  return count === 1 ? one : many;
}

/** A text given in both languages by the server (errors, contest pages), in the reader's. */
export function inLocale(texts: { readonly vi: string; readonly en: string }): string {
  return locale() === 'en' ? texts.en || texts.vi : texts.vi;
}
