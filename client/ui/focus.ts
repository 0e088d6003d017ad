/** Moves the reader when a screen shows another step without a navigation, as the router does after one. */
import { tick } from 'svelte';

/** Focus on the heading that has just been drawn, and the page at its top. */
export async function focusHeading(): Promise<void> {
  await tick();
  scrollTo(0, 0);
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
}
