/** Makes what stands in a box as large as fits into it, so that a long question is whole and a short one is seen from afar. */

const smallest = 0.3;
const step = 0.04;

/** A Svelte action. `largest` is in em of the box around; the box must not grow with what is in it. */
export function fitted(box: HTMLElement, largest = 1): { destroy(): void } {
  let waiting = 0;
  const fits = (): boolean =>
    box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1;
  const enlarge = (): void => {
    waiting = 0;
    for (let size = largest; size >= smallest; size -= step) {
      box.style.fontSize = `${size}em`;
      if (fits()) return;
    }
  };
  const later = (): void => {
    if (waiting === 0) waiting = requestAnimationFrame(enlarge);
  };
  const resized = new ResizeObserver(later);
  resized.observe(box);
  const changed = new MutationObserver(later);
  changed.observe(box, { childList: true, subtree: true, characterData: true });
  document.fonts?.addEventListener('loadingdone', later);
  enlarge();
  return {
    destroy() {
      cancelAnimationFrame(waiting);
      resized.disconnect();
      changed.disconnect();
      document.fonts?.removeEventListener('loadingdone', later);
    },
  };
}
