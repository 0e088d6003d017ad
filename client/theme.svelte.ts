/** Light, dark, or as the device says. Kept in this browser; public/start.js puts it on <html> before the first paint. */
export type Theme = 'system' | 'light' | 'dark';

const storageKey = 'hoithi.theme';
const attribute = 'data-theme';

function chosen(): Theme {
  const value = document.documentElement.getAttribute(attribute);
  return value === 'light' || value === 'dark' ? value : 'system';
}

let current = $state<Theme>(chosen());

/** The choice now. */
export function theme(): Theme {
  return current;
}

/** Changes the colours at once and remembers the choice. */
export function setTheme(next: Theme): void {
  current = next;
  if (next === 'system') document.documentElement.removeAttribute(attribute);
  else document.documentElement.setAttribute(attribute, next);
  try {
    if (next === 'system') localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, next);
  } catch {
    // Storage is refused: the choice lasts as long as the page.
  }
}
