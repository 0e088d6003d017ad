/** The paper that starting an attempt has just answered with, handed to the paper's screen: it need not travel twice. */
import type { AttemptReply } from '../api/attempts.ts';

let handed: AttemptReply | null = null;

/** Called by whoever starts an attempt, before going to its screen. */
export function handOver(reply: AttemptReply): void {
  handed = reply;
}

/** Once: a later look asks the server. */
export function takeHandedOver(attempt: string): AttemptReply | null {
  const reply = handed?.id === attempt ? handed : null;
  handed = null;
  return reply;
}
