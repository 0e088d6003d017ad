/** Load runs in a process of its own: the parent hands options over and gets what was measured. */
import { fork } from 'node:child_process';

/** Runs the load in `file` (which calls `answerParent`). Throws what it threw, or when it ended without an answer. */
export function runLoad<Outcome>(file: URL, options: object): Promise<Outcome> {
  const child = fork(file, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return new Promise((resolve, reject) => {
    child.once('message', (message: { readonly outcome: Outcome } | { readonly error: string }) => {
      if ('error' in message) reject(new Error(message.error));
      else resolve(message.outcome);
      child.disconnect();
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the load ended with ${code}`)));
    child.send(options);
  });
}

/** In the load's process: waits for the options, runs, answers. Does nothing when the file was only imported. */
export function answerParent<Options, Outcome>(
  url: string,
  run: (options: Options) => Promise<Outcome>,
): void {
  if (process.send === undefined || process.argv[1] === undefined) return;
  if (!url.endsWith(process.argv[1].replaceAll('\\', '/'))) return;
  process.once('message', (options: Options) => {
    run(options).then(
      (outcome) => process.send?.({ outcome }),
      (error: unknown) =>
        process.send?.({ error: error instanceof Error ? (error.stack ?? '') : String(error) }),
    );
  });
}
