/**
 * The language that the page speaks. Kept in this browser, shown on <html lang>, and read by every message as it is
 * drawn, so that changing it changes the page at once and nothing is loaded again.
 */
export type Locale = 'vi' | 'en';

const storageKey = 'hoithi.locale';

/** What the reader chose here before, or Vietnamese. */
function remembered(): Locale {
  try {
    return localStorage.getItem(storageKey) === 'en' ? 'en' : 'vi';
  } catch {
    return 'vi';
  }
}

let current = $state<Locale>(remembered());

/** The language now; reading it in a component follows later changes. */
export function locale(): Locale {
  return current;
}

/** Changes the language of everything on the page and remembers it in this browser. */
export function setLocale(next: Locale): void {
  current = next;
  if (typeof document !== 'undefined') document.documentElement.lang = next;
  try {
    localStorage.setItem(storageKey, next);
  } catch {
    // Storage is refused: the choice lasts as long as the page.
  }
}
