/** How long a line takes to its new place, ms; none for people who asked their device for less motion. */
export function moveMs(): number {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 450;
}
