/**
 * What of an attempt stays in this browser: answers that are not acknowledged, flags, the place in the paper. It belongs to
 * one person (several may share a computer) and goes after the submit, and at sign-out with all that `account/local-data.ts`
 * takes away. Where storage is refused nothing is kept and everything else works.
 */
import type { Answer, SaveBody } from '../api/attempts.ts';
import type { Unsent } from './sync.ts';

/** What is kept of one attempt. */
export interface Kept extends Unsent {
  /** Lets saves go out before the paper has come. */
  readonly token: string;
  /** The person has said "submit": it goes on with that. */
  readonly submitting: boolean;
  /** Questions to look at again. */
  readonly flags: readonly number[];
  /** The question that was in sight. */
  readonly place: number;
  /** When it was written, ms since epoch by this device's clock. */
  readonly at: number;
}

const prefix = 'hoithi.attempt.';
/** Longer than any attempt: what was never opened again is dropped. */
const keptForMs = 30 * 86_400_000;

/** The record of one attempt of one person. */
export class KeptRecord {
  readonly #key: string;
  readonly #storage: Storage | null;

  constructor(storage: Storage | null, person: string, attempt: string) {
    this.#storage = storage;
    this.#key = `${prefix}${person}.${attempt}`;
  }

  read(): Kept | null {
    const text = quietly(() => this.#storage?.getItem(this.#key) ?? null);
    return text === null ? null : parsed(text);
  }

  write(kept: Kept): void {
    quietly(() => this.#storage?.setItem(this.#key, JSON.stringify(kept)));
  }

  forget(): void {
    quietly(() => this.#storage?.removeItem(this.#key));
  }
}

/** Local storage, or null where the browser refuses it. */
export function localStore(): Storage | null {
  return quietly(() => localStorage);
}

/** Drops what nobody has come back to. @param now ms since epoch by this device's clock */
export function forgetOld(storage: Storage | null, now: number): void {
  for (const key of recordKeys(storage)) {
    const kept = parsed(quietly(() => storage?.getItem(key) ?? '') ?? '');
    if (kept === null || now - kept.at > keptForMs) quietly(() => storage?.removeItem(key));
  }
}

function recordKeys(storage: Storage | null): string[] {
  const count = quietly(() => storage?.length) ?? 0;
  const keys = Array.from({ length: count }, (_, index) => quietly(() => storage?.key(index)) ?? '');
  return keys.filter((key) => key.startsWith(prefix));
}

/** Private windows and full disks throw at any touch. */
function quietly<Value>(touch: () => Value): Value | null {
  try {
    return touch();
  } catch {
    return null;
  }
}

/** Null for anything that was not written by `write` of this version. */
function parsed(text: string): Kept | null {
  const value = quietly((): unknown => JSON.parse(text));
  if (!isRecord(value) || value === null) return null;
  const { token, changes, counts, flags, place, at, sent, submitting, predicted } = value;
  if (typeof token !== 'string' || typeof place !== 'number' || typeof at !== 'number') return null;
  if (!isAnswers(changes) || !isCounts(counts) || !isNumbers(flags)) return null;
  if (sent !== null && !isSave(sent)) return null;
  return {
    token,
    changes,
    counts,
    flags,
    place,
    at,
    sent,
    submitting: submitting === true,
    ...(predicted === null || typeof predicted === 'number' ? { predicted } : {}),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'number');
}

function isAnswer(value: unknown): value is Answer {
  return value === null || typeof value === 'boolean' || typeof value === 'string' || isNumbers(value);
}

function isAnswers(value: unknown): value is Record<string, Answer> {
  return isRecord(value) && Object.values(value).every(isAnswer);
}

function isCounts(value: unknown): value is Record<string, number> {
  return isRecord(value) && Object.values(value).every((count) => typeof count === 'number');
}

function isSave(value: unknown): value is SaveBody {
  if (!isRecord(value) || !isAnswers(value.changes)) return false;
  const { device, n, base, predicted } = value;
  const isPrediction = predicted === undefined || predicted === null || typeof predicted === 'number';
  return typeof device === 'string' && typeof n === 'number' && typeof base === 'number' && isPrediction;
}
