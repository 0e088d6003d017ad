/** A browser with Trusted Types takes no plain string as a script's address: one policy lets our workers' through. The CSP names it. */

/** What TypeScript's DOM does not know. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { readonly createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string };
}

declare global {
  interface Window {
    readonly trustedTypes?: TrustedTypes;
  }
}

export type WorkerScript = '/worker.js' | '/push-worker.js';
const scripts: readonly string[] = ['/worker.js', '/push-worker.js'] satisfies WorkerScript[];

let policy: ReturnType<TrustedTypes['createPolicy']> | null = null;

export function trustedAddress(script: WorkerScript): string {
  if (window.trustedTypes === undefined) return script;
  policy ??= window.trustedTypes.createPolicy('hoithi-worker', {
    createScriptURL(url) {
      if (!scripts.includes(url)) throw new TypeError('not a worker of ours');
      return url;
    },
  });
  return policy.createScriptURL(script);
}
