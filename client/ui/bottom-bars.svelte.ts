/**
 * Bars at the lower edge of the window, with the buttons that people are about to press: notices rise above them. A bar says
 * so by `use:bottomBars.keepFree`; one that scrolled away, or stands further up, asks for nothing.
 */

/** Notices stand in so much of the lower edge, px: a bar above it is not in their way. */
const noticesReach = 200;

class BottomBars {
  /** How far the bars reach up from the lower edge, px; 0: there are none. */
  height = $state(0);
  readonly #bars = new Set<HTMLElement>();
  #waiting = 0;

  /** A Svelte action. */
  readonly keepFree = (bar: HTMLElement): { destroy(): void } => {
    if (this.#bars.size === 0) this.#listen(true);
    this.#bars.add(bar);
    const watcher = new ResizeObserver(this.#later);
    watcher.observe(bar);
    return {
      destroy: () => {
        watcher.disconnect();
        this.#bars.delete(bar);
        if (this.#bars.size === 0) this.#listen(false);
        this.#later();
      },
    };
  };

  #listen(on: boolean): void {
    const change = on ? 'addEventListener' : 'removeEventListener';
    window[change]('scroll', this.#later, { passive: true });
    window[change]('resize', this.#later, { passive: true });
  }

  readonly #later = (): void => {
    if (this.#waiting === 0) this.#waiting = requestAnimationFrame(this.#measure);
  };

  readonly #measure = (): void => {
    this.#waiting = 0;
    const below = document.documentElement.clientHeight;
    const reached = [...this.#bars].map((bar) => {
      const { top, bottom, height } = bar.getBoundingClientRect();
      return height > 0 && bottom > below - noticesReach ? below - top : 0;
    });
    this.height = Math.max(0, ...reached);
  };
}

export const bottomBars = new BottomBars();
