/**
 * Whether the server can be reached again. A form that was refused for want of a network sends nothing by itself, and its
 * page would say "no network" until somebody pressed something.
 */
import { connection } from './connection.svelte.ts';
import { http, pauseMs } from './http.ts';

const firstPauseMs = 1_500;
/** 2.5 s, 3.5 s, 5.5 s, 9.5 s at most: a server that comes back is not met by everybody at once. */
const mostFailures = 4;

/** One question that costs the server next to nothing; what comes of it is told to the connection. */
export async function reachesServer(): Promise<boolean> {
  return http.get('/api/time', { tries: 1, timeoutMs: 8_000 }).then(
    () => true,
    () => false,
  );
}

/** Asks again and again while the page is in sight; the connection knows when there was an answer. Returns the way to stop. */
export function watchForServer(): () => void {
  let watching = true;
  void (async () => {
    for (let failures = 1; watching; failures++) {
      await connection.pause(firstPauseMs + pauseMs(Math.min(failures, mostFailures), null));
      if (watching && document.visibilityState === 'visible') await reachesServer();
    }
  })();
  return () => {
    watching = false;
  };
}
