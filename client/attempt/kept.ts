/**
 * What of an attempt stays in this browser: answers that are not acknowledged, flags, the place in the paper, and the paper
 * itself, so that a reload without a network shows it. It belongs to one person (several may share a computer) and goes
 * after the submit, and at sign-out with all that `account/local-data.ts` takes away. Where storage is refused nothing is
 * kept and everything else works.
 */
import type { Answer, AttemptReply, SaveBody, ShownQuestion } from '../api/attempts.ts';
import type { ServerSheet, Unsent } from './sync.ts';

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
  /** All answers as they stood here; null in a record that an earlier version of this page wrote. */
  readonly shown: ServerSheet | null;
  /** How far the server's clock was ahead of this device's, ms; null while nobody knew. */
  readonly clockAheadMs: number | null;
  /** When it was written, ms since epoch by this device's clock. */
  readonly at: number;
}

const prefix = 'hoithi.attempt.';
const paperPrefix = 'hoithi.paper.';
/** Longer than any attempt: what was never opened again is dropped. */
const keptForMs = 30 * 86_400_000;

/** The record of one attempt of one person. */
export class KeptRecord {
  readonly #key: string;
  readonly #paperKey: string;
  readonly #storage: Storage | null;

  constructor(storage: Storage | null, person: string, attempt: string) {
    this.#storage = storage;
    this.#key = `${prefix}${person}.${attempt}`;
    this.#paperKey = `${paperPrefix}${person}.${attempt}`;
  }

  read(): Kept | null {
    const text = quietly(() => this.#storage?.getItem(this.#key) ?? null);
    return text === null ? null : parsed(text);
  }

  write(kept: Kept): void {
    quietly(() => this.#storage?.setItem(this.#key, JSON.stringify(kept)));
  }

  /** The paper as it came, or null. Beside the record, since it is large and changes only when it is opened again. */
  readPaper(): AttemptReply | null {
    const text = quietly(() => this.#storage?.getItem(this.#paperKey) ?? null);
    const paper = text === null ? null : quietly((): unknown => JSON.parse(text));
    return isPaper(paper) ? paper : null;
  }

  writePaper(paper: AttemptReply): void {
    quietly(() => this.#storage?.setItem(this.#paperKey, JSON.stringify(paper)));
  }

  forget(): void {
    quietly(() => this.#storage?.removeItem(this.#key));
    quietly(() => this.#storage?.removeItem(this.#paperKey));
  }
}

/** Local storage, or null where the browser refuses it. */
export function localStore(): Storage | null {
  return quietly(() => localStorage);
}

/** Drops what nobody has come back to. @param now ms since epoch by this device's clock */
export function forgetOld(storage: Storage | null, now: number): void {
  for (const key of keysUnder(prefix, storage)) {
    const kept = parsed(quietly(() => storage?.getItem(key) ?? '') ?? '');
    if (kept === null || now - kept.at > keptForMs) quietly(() => storage?.removeItem(key));
  }
  for (const key of keysUnder(paperPrefix, storage)) {
    const record = quietly(() => storage?.getItem(prefix + key.slice(paperPrefix.length)) ?? null);
    if (record === null) quietly(() => storage?.removeItem(key));
  }
}

function keysUnder(start: string, storage: Storage | null): string[] {
  const count = quietly(() => storage?.length) ?? 0;
  const keys = Array.from({ length: count }, (_, index) => quietly(() => storage?.key(index)) ?? '');
  return keys.filter((key) => key.startsWith(start));
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
  const { token, changes, counts, flags, place, at, sent, submitting, predicted, shown, clockAheadMs } =
    value;
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
    shown: isSheet(shown) ? shown : null,
    clockAheadMs: typeof clockAheadMs === 'number' ? clockAheadMs : null,
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
  return Array.isArray(value) ? value.every(isAnswerPart) : isAnswerPart(value) && typeof value !== 'number';
}

function isAnswerPart(value: unknown): value is null | boolean | string | number {
  return value === null || ['boolean', 'string', 'number'].includes(typeof value);
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

function isSheet(value: unknown): value is ServerSheet {
  if (!isRecord(value) || !isAnswers(value.answers) || typeof value.seq !== 'number') return false;
  return value.predicted === null || typeof value.predicted === 'number';
}

function isQuestion(value: unknown): value is ShownQuestion {
  if (!isRecord(value) || typeof value.kind !== 'string' || typeof value.points !== 'number') return false;
  return isRecord(value.prompt) && typeof value.prompt.stem === 'string';
}

/** As far as the screen leans on it: what this page wrote is whole, anything else is no paper. */
function isPaper(value: unknown): value is AttemptReply {
  if (!isRecord(value)) return false;
  const { id, token, title, deadline, questions, prediction, contest } = value;
  if (!isSheet(value) || !isRecord(contest)) return false;
  const isNamed = [id, token, title].every((text) => typeof text === 'string');
  const hasQuestions = Array.isArray(questions) && questions.every(isQuestion);
  return (
    isNamed && hasQuestions && typeof deadline === 'number' && (prediction === null || isRecord(prediction))
  );
}
