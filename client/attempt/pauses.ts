/** Waiting that ends when it makes sense to try again. */
import { connection } from '../api/connection.svelte.ts';

export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Ends early when the connection is back, but not for everybody in the hall at the same moment. */
export async function pauseUntilWorthwhile(ms: number): Promise<void> {
  const began = performance.now();
  await connection.pause(ms);
  const early = ms - (performance.now() - began);
  if (early > 0) await wait(Math.random() * Math.min(early, 1_500));
}
