/**
 * What a presenter's clicker and the keyboard say. The clicker is often plugged into the computer of the screen: that
 * page tells the host's page in the same browser, which is the one that may act.
 */

/** next: on · back: take back · dark: the clicker's black-screen button, here pause or leaderboard. */
export type Press = 'next' | 'back' | 'dark';

const meanings: Readonly<Record<string, Press>> = {
  PageDown: 'next',
  ArrowRight: 'next',
  ArrowDown: 'next',
  ' ': 'next',
  PageUp: 'back',
  ArrowLeft: 'back',
  ArrowUp: 'back',
  '.': 'dark',
  b: 'dark',
  B: 'dark',
};

/** The meaning of a key, unless it is meant for a control that has the focus. */
export function pressOf(event: KeyboardEvent): Press | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return null;
  const { target } = event;
  if (target instanceof HTMLElement) {
    if (target.closest('input, textarea, select, dialog, [role=menu], [role=tablist]') !== null) return null;
    // Space and arrows belong to what has the focus; a clicker sends PageDown and PageUp.
    if (event.key === ' ' && target.closest('button, a, summary, [tabindex="0"]') !== null) return null;
  }
  return meanings[event.key] ?? null;
}

/** The line between pages of one browser. */
export function pressesOf(live: string): {
  /** True when the key meant something and was told. */
  tell(event: KeyboardEvent): boolean;
  hear(heard: (press: Press) => void): void;
  close(): void;
} {
  const channel =
    typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(`hoithi.live.${live}`);
  return {
    tell(event) {
      const press = pressOf(event);
      if (press !== null) channel?.postMessage(press);
      return press !== null;
    },
    hear(heard) {
      channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (data === 'next' || data === 'back' || data === 'dark') heard(data);
      });
    },
    close: () => channel?.close(),
  };
}
