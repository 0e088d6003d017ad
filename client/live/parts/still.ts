/** Whether whoever looks has asked for as little movement as possible. */
export function isStill(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
