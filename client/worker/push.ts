/** The browser's side of pushes: a worker of its own, under an address that no page has, so that it intercepts nothing. */
import { trustedAddress } from './trusted.ts';

const script = '/push-worker.js';
const scope = '/thong-bao/';

/** Browsers push in secure contexts only. */
export function canPush(): boolean {
  return (
    isSecureContext && 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window
  );
}

export async function pushSubscription(): Promise<PushSubscription | null> {
  if (!canPush()) return null;
  const registration = await navigator.serviceWorker.getRegistration(scope);
  return (await registration?.pushManager.getSubscription()) ?? null;
}

/** `key`: the server's, base64url. Rejects when the browser's push service does not answer. */
export async function registerPush(key: string): Promise<PushSubscription> {
  const registration = await navigator.serviceWorker.register(trustedAddress(script), { scope });
  await active(registration);
  return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

function active(registration: ServiceWorkerRegistration): Promise<void> {
  const worker = registration.active ?? registration.waiting ?? registration.installing;
  if (worker === null || worker.state === 'activated') return Promise.resolve();
  return new Promise((done, refused) => {
    worker.addEventListener('statechange', () => {
      if (worker.state === 'activated') done();
      if (worker.state === 'redundant') refused(new TypeError('the worker did not start'));
    });
  });
}

/** At sign-out, and when they are turned off: this browser gets no more. */
export async function dropPush(): Promise<void> {
  if (!canPush()) return;
  const registration = await navigator.serviceWorker.getRegistration(scope);
  const subscription = await registration?.pushManager.getSubscription();
  await subscription?.unsubscribe();
  await registration?.unregister();
}
