/**
 * How the engine collects what requests leave behind. Next to nothing of a request lives on, so there is nothing that helpers
 * could share: with two processors they only take time from the thread that writes (a tenth of what a save costs). At the
 * start it is otherwise: nearly everything that is read lives on.
 */
import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';

/** With more processors, helpers take nothing from anybody. */
const FEW = 2;

/** From here on the thread that serves collects by itself, where processors are few. */
export function collectAlone(): void {
  if (availableParallelism() <= FEW) setFlagsFromString('--no-parallel-scavenge');
}
