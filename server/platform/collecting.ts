/**
 * How the engine collects what requests leave behind. Imported for its effect, before anything runs.
 *
 * Next to nothing of a request lives on, so there is nothing that helpers could share: with two processors they only take
 * time from the thread that writes (a tenth of what a save costs).
 *
 * And nothing may be made old at its birth. A hundred thousand open attempts that are read at the start live on, from which
 * the engine learns that what is made at such a place in the code will be old, and makes it so from then on; but requests
 * pass there as well, and one old and forgotten object of a request keeps all of it alive until the next large collection.
 * Every other start so took a hundred times as long over each small collection, and saves waited three times as long.
 */
import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';

/** With more processors, helpers take nothing from anybody. */
const FEW = 2;

setFlagsFromString('--no-allocation-site-pretenuring');
if (availableParallelism() <= FEW) setFlagsFromString('--no-parallel-scavenge');
