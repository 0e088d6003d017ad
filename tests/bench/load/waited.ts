/** What is no fault of the program: a machine that is busy elsewhere makes a thread wait for a processor. */
import { readFileSync } from 'node:fs';

/** How long the main thread was ready to run and had no processor, as the kernel counts it; 0 where no kernel does. */
export function waitedMs(): number {
  try {
    const [, waitedNs] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'latin1').split(' ');
    return Number(waitedNs) / 1e6;
  } catch {
    return 0;
  }
}
