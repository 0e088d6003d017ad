/** The server's time as something that screens can draw: read again a few times a second while anybody looks. */
import { clock } from '../../api/clock.ts';

export class Ticking {
  /** ms since epoch, by the server's clock. */
  now = $state(clock.now());

  /** Call while a component is being made. */
  constructor(everyMs = 100) {
    $effect(() => {
      this.now = clock.now();
      const timer = setInterval(() => {
        this.now = clock.now();
      }, everyMs);
      return () => clearInterval(timer);
    });
  }
}

/** Where a question stands at a moment: being read, open, or over. */
export type Window = 'reading' | 'open' | 'over';

export function windowOf(
  question: { readonly opensAt: number; readonly deadline: number },
  now: number,
): Window {
  if (now < question.opensAt) return 'reading';
  return now < question.deadline ? 'open' : 'over';
}
