/**
 * What a phone keeps of live rooms, so that a reload, a lock screen or another network goes straight on: its own random
 * name as a device, and the token of each room. Where storage is refused it lasts as long as the page.
 */

export interface KeptPlayer {
  readonly pin: string | null;
  readonly token: string;
}

const deviceKey = 'hoithi.live.device';
const roomKey = (live: string): string => `hoithi.live.room.${live}`;
const lockedKey = (live: string): string => `hoithi.live.locked.${live}`;
const memory = new Map<string, string>();

function read(key: string): string | null {
  try {
    return localStorage.getItem(key) ?? memory.get(key) ?? null;
  } catch {
    return memory.get(key) ?? null;
  }
}

function write(key: string, value: string | null): void {
  if (value === null) memory.delete(key);
  else memory.set(key, value);
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Storage is refused: memory has it.
  }
}

/** Random, base64url; `randomUUID` is missing on plain HTTP. */
export function randomName(bytes = 15): string {
  const values = crypto.getRandomValues(new Uint8Array(bytes));
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return [...values].map((value) => letters[value % 64] ?? 'A').join('');
}

/** This browser's name as a device; the server takes the same one for the same player. */
export function deviceName(): string {
  const known = read(deviceKey);
  if (known !== null) return known;
  const made = randomName(20);
  write(deviceKey, made);
  return made;
}

export function keepPlayer(live: string, player: KeptPlayer): void {
  write(roomKey(live), JSON.stringify(player));
}

export function keptPlayer(live: string): KeptPlayer | null {
  const text = read(roomKey(live));
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isKept(value) ? value : null;
  } catch {
    return null;
  }
}

export function forgetPlayer(live: string): void {
  write(roomKey(live), null);
  write(lockedKey(live), null);
}

function isKept(value: unknown): value is KeptPlayer {
  return typeof value === 'object' && value !== null && 'token' in value && typeof value.token === 'string';
}

/** An answer that the server has acknowledged, for other tabs of this player. */
export interface LockedAnswer {
  readonly asking: number;
  readonly at: number;
  readonly answer: unknown;
}

export function shareLocked(live: string, locked: LockedAnswer): void {
  write(lockedKey(live), JSON.stringify(locked));
}

/** Hears what another tab has locked in; returns the way to stop. */
export function hearLocked(live: string, heard: (locked: LockedAnswer) => void): () => void {
  const hear = (event: StorageEvent): void => {
    if (event.key !== lockedKey(live) || event.newValue === null) return;
    const value: unknown = JSON.parse(event.newValue);
    if (isLocked(value)) heard(value);
  };
  addEventListener('storage', hear);
  return () => removeEventListener('storage', hear);
}

function isLocked(value: unknown): value is LockedAnswer {
  if (typeof value !== 'object' || value === null || !('asking' in value) || !('at' in value)) return false;
  return typeof value.asking === 'number' && typeof value.at === 'number';
}
