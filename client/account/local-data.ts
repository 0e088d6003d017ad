/**
 * What this browser keeps for the person who uses it: unsent answers above all. It belongs to that person, so it goes when
 * they sign out, and when somebody else signs in on the same computer. Theme and language belong to the device and stay.
 *
 * Everything of ours is named "hoithi…" (storage keys and IndexedDB databases alike).
 */
import { dropOffline } from '../worker/offline.ts';

const ours = 'hoithi';
const ownerKey = 'hoithi.owner';
const ofTheDevice: ReadonlySet<string> = new Set(['hoithi.theme', 'hoithi.locale']);

/** Removes our keys from one storage; refused storage holds nothing. */
function sweep(kind: 'localStorage' | 'sessionStorage'): void {
  try {
    const storage = window[kind];
    for (const key of Object.keys(storage)) {
      if (key.startsWith(ours) && !ofTheDevice.has(key)) storage.removeItem(key);
    }
  } catch {
    // Storage is refused: nothing was kept.
  }
}

async function dropDatabases(): Promise<void> {
  if (typeof indexedDB === 'undefined' || indexedDB.databases === undefined) return;
  const databases = await indexedDB.databases().catch(() => []);
  for (const { name } of databases) if (name?.startsWith(ours) === true) indexedDB.deleteDatabase(name);
}

/** Takes everything away that belongs to a person. Called at sign-out, once the server has confirmed it. */
export function clearLocalData(): void {
  sweep('localStorage');
  sweep('sessionStorage');
  void dropDatabases();
  void dropOffline();
  // Fetched when it is needed: a citizen's first page does without.
  import('../worker/push.ts').then(({ dropPush }) => dropPush()).catch(() => undefined);
}

/** `uid` is signed in here: what another person left behind is taken away first. Their own unsent answers stay. */
export function keepFor(uid: string): void {
  try {
    const owner = localStorage.getItem(ownerKey);
    if (owner === uid) return;
    if (owner !== null) clearLocalData();
    localStorage.setItem(ownerKey, uid);
  } catch {
    // Storage is refused: nothing is kept for anybody.
  }
}

/** Uid of the person whom the things kept here belong to; null: nobody's. What they left may be shown before the server is reached. */
export function ownerHere(): string | null {
  try {
    return localStorage.getItem(ownerKey);
  } catch {
    return null;
  }
}

/** Calls `changed` when another tab of this browser signed somebody in or out. */
export function watchOwner(changed: () => void): void {
  if (typeof addEventListener === 'undefined') return;
  addEventListener('storage', ({ key }) => {
    if (key === ownerKey || key === null) changed();
  });
}
