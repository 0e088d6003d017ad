/**
 * Keys of the paper: 1–9 and A–E choose, left and right arrows move, F marks. Up and down stay the browser's own way
 * through the options. They can be turned off (WCAG 2.1.4), and are silent where somebody types.
 */

export type Command =
  | { readonly what: 'choose'; readonly place: number }
  | { readonly what: 'move'; readonly by: 1 | -1 }
  | { readonly what: 'flag' };

/** The part of a keyboard event that matters. */
export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Null for a key that is none of ours. */
export function commandOf({ key, ctrlKey, metaKey, altKey }: Pressed): Command | null {
  if (ctrlKey || metaKey || altKey) return null;
  if (key === 'ArrowRight') return { what: 'move', by: 1 };
  if (key === 'ArrowLeft') return { what: 'move', by: -1 };
  if (/^[1-9]$/.test(key)) return { what: 'choose', place: Number(key) - 1 };
  const letter = key.toLowerCase();
  if (/^[a-e]$/.test(letter)) return { what: 'choose', place: letter.charCodeAt(0) - 97 };
  return letter === 'f' ? { what: 'flag' } : null;
}

/** Whether keys belong to what has the focus: text being typed, a list, an open dialog. */
export function ownsKeys(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('dialog') !== null || target.isContentEditable) return true;
  if (target instanceof HTMLInputElement) return target.type !== 'radio' && target.type !== 'checkbox';
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

const storageKey = 'hoithi.shortcuts';

function remembered(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off';
  } catch {
    return true;
  }
}

let on = $state(remembered());

/** Whether this browser wants them. */
export function shortcutsOn(): boolean {
  return on;
}

export function setShortcuts(next: boolean): void {
  on = next;
  try {
    if (next) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, 'off');
  } catch {
    // Storage is refused: the choice lasts as long as the page.
  }
}
