/**
 * How the engine collects what requests leave behind. Next to nothing of a request lives on, so there is nothing that helpers
 * could share: with two processors they only take time from the thread that writes (a tenth of what a save costs). Imported
 * for its effect.
 */
import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';

/** With more processors, helpers take nothing from anybody. */
const FEW = 2;

if (availableParallelism() <= FEW) setFlagsFromString('--no-parallel-scavenge');
