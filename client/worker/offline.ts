/**
 * Registers the service worker that lets an open attempt be reloaded without a network, and takes it away at sign-out.
 * Browsers have it in secure contexts only; over plain HTTP everything else works and a reload needs the network.
 */

import { trustedAddress } from './trusted.ts';

const script = '/worker.js';
const scope = '/luot-thi/';
const cachePrefix = 'hoithi-shell-';

const canKeep = (): boolean => isSecureContext && 'serviceWorker' in navigator && 'caches' in window;

/** Called when somebody opens an attempt: visitors who open none download nothing for it. */
export function keepOffline(): void {
  if (!import.meta.env.PROD || !canKeep()) return;
  // A browser that refuses (storage is off) opens attempts with the network, as before.
  navigator.serviceWorker.register(trustedAddress(script), { scope }).catch(() => undefined);
}

/** Takes away what was kept, and the worker. Called when a person's things are taken away. */
export async function dropOffline(): Promise<void> {
  if (!canKeep()) return;
  const registration = await navigator.serviceWorker.getRegistration(scope);
  await registration?.unregister();
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(cachePrefix)).map((name) => caches.delete(name)));
}
