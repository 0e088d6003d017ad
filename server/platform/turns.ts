/**
 * Keeps turns of the loop short while very many sockets speak at once. libuv goes on reading, without a look at timers or at
 * anything that waits, for as long as 1,024 sockets are ready: ten thousand phones that answered at once were one turn of 45
 * ms. What makes it go round is a signal, so the process sends itself one that means nothing to anybody.
 */

/** Ignored by every process that does not listen for it. */
const SIGNAL = 'SIGURG';
/** Reading so many takes a millisecond; whoever became ready by then is read before the turn ends. */
const MANY = 128;
const CAN_SIGNAL = process.platform !== 'win32';

// Without somebody who listens it never comes to the loop.
if (CAN_SIGNAL) process.on(SIGNAL, () => undefined);

export class Turn {
  #read = 0;

  /** Something was read in this turn. */
  read(): void {
    this.#read += 1;
    if (this.#read === MANY && CAN_SIGNAL) process.kill(process.pid, SIGNAL);
  }

  ended(): void {
    this.#read = 0;
  }
}
