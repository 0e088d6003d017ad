/**
 * What screen readers are told without moving the focus, and the short notices that everybody sees. One live region for
 * each loudness lives in App.svelte from the start: regions added together with their text are often not read.
 */
import { untrack } from 'svelte';

/** `polite` waits for a pause; `assertive` interrupts: for time running out and lost connections only. */
export type Loudness = 'polite' | 'assertive';

/** A short notice at the edge of the page. */
export interface Notice {
  readonly id: number;
  readonly tone: 'plain' | 'success' | 'danger';
  readonly text: string;
}

const shownMs = 6_000;

class Announcer {
  polite = $state('');
  assertive = $state('');
  notices = $state.raw<readonly Notice[]>([]);
  #next = 1;

  /** Has `text` read aloud; the same text twice is read twice. */
  say(text: string, loudness: Loudness = 'polite'): void {
    // Untracked: an effect that speaks must not run again because it spoke.
    const last = untrack(() => this[loudness]);
    this[loudness] = last === text ? `${text}\u00a0` : text;
  }

  /** Shows a short notice and reads it; it leaves by itself, except a failure, which waits to be dismissed. */
  notify(text: string, tone: Notice['tone'] = 'plain'): void {
    const notice = { id: this.#next++, tone, text };
    this.notices = [...untrack(() => this.notices).slice(-2), notice];
    this.say(text);
    if (tone !== 'danger') setTimeout(() => this.dismiss(notice.id), shownMs);
  }

  dismiss(id: number): void {
    this.notices = this.notices.filter((notice) => notice.id !== id);
  }
}

/** The one announcer of the page: `announcer.say('…')`, `announcer.notify('Đã lưu', 'success')`. */
export const announcer = new Announcer();
