/** Raw rows as records: names for keys, what is encrypted opened, papers unfolded. Pure but for the secrets that are handed in. */
import { gradingOf } from '../../../questions/kinds/gradings.ts';
import type { Json } from '../../../questions/question.ts';
import { unpackPaper } from '../../attempts/paper-packing.ts';
import { unpackSheet } from '../../attempts/sheet-rules.ts';
import {
  type AnswerRecord,
  type AttemptRecord,
  type AuditRecord,
  answerText,
  type PersonFields,
  type PersonRecord,
  type RoundName,
  type UnitName,
} from './columns.ts';

export interface AskedVersion {
  readonly id: number;
  readonly code: string;
  readonly version: number;
  readonly kind: string;
  readonly prompt: Json & { readonly stem: string };
  readonly points: number;
  readonly key: Json | null;
}

/** What rows are read against. */
export interface Surroundings {
  readonly units: ReadonlyMap<number, UnitName>;
  readonly rounds: ReadonlyMap<number, RoundName & { readonly settled: boolean }>;
  readonly versions: ReadonlyMap<number, AskedVersion>;
  /** Opens what is encrypted; null: nothing personal was asked for. */
  readonly decrypt: ((use: string, cipher: string) => string) | null;
}

type Raw = readonly unknown[];

const text = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value);
const whole = (value: unknown): number | null =>
  value === null || value === undefined ? null : Number(value);
const number = (value: unknown): number => Number(value);

const NOBODY: PersonFields = {
  name: null,
  birthDate: null,
  phone: null,
  email: null,
  title: null,
  address: null,
};

/** Six columns from `at` on. */
function personAt(row: Raw, at: number, { decrypt }: Surroundings): PersonFields {
  if (decrypt === null) return NOBODY;
  const opened = (use: string, value: unknown): string | null => {
    const cipher = text(value);
    return cipher === null ? null : decrypt(use, cipher);
  };
  return {
    name: text(row[at]),
    birthDate: text(row[at + 1]),
    phone: opened('phone', row[at + 2]),
    email: opened('email', row[at + 3]),
    title: text(row[at + 4]),
    address: text(row[at + 5]),
  };
}

function roundAt(value: unknown, { rounds }: Surroundings): RoundName {
  return rounds.get(Number(value)) ?? { number: 0, title: '' };
}

function unitAt(value: unknown, { units }: Surroundings): UnitName | null {
  return value === null ? null : (units.get(Number(value)) ?? null);
}

export function attemptRecord(row: Raw, around: Surroundings): AttemptRecord {
  return {
    id: number(row[0]),
    round: roundAt(row[1], around),
    entry: whole(row[2]),
    group: text(row[3]),
    unit: unitAt(row[4], around),
    number: number(row[5]),
    state: number(row[6]),
    startedAt: number(row[7]),
    closedAt: whole(row[8]),
    version: whole(row[9]),
    counts: whole(row[10]),
    marks: whole(row[11]),
    rightCount: whole(row[12]),
    elapsedMs: whole(row[13]),
    prediction: whole(row[14]),
    person: personAt(row, 15, around),
  };
}

/** A line for each question that the paper asks, blank ones too. */
export function* answerRecords(row: Raw, around: Surroundings): Generator<AnswerRecord> {
  const settled = around.rounds.get(Number(row[1]))?.settled === true;
  const common = {
    attempt: number(row[0]),
    round: roundAt(row[1], around),
    entry: whole(row[2]),
    number: number(row[3]),
    person: personAt(row, 7, around),
  };
  const sheet = row[6] === '' ? null : unpackSheet(String(row[6]));
  const { questions } = unpackPaper(Buffer.from(String(row[5]), 'base64url'));
  for (const [i, { versionId, order }] of questions.entries()) {
    const version = around.versions.get(versionId);
    if (version === undefined) continue;
    const answer = sheet?.answers[i] ?? null;
    const changedAt = sheet?.changedAt[i] ?? -1;
    yield {
      ...common,
      place: i + 1,
      code: version.code,
      version: version.version,
      kind: version.kind,
      answer: answerText(version.kind, answer, order),
      changedAfterMs: changedAt < 0 ? null : changedAt * 100,
      changes: sheet?.changes[i] ?? 0,
      marks: settled ? marksOf(version, answer, order) : null,
      maxMarks: settled ? version.points : null,
    };
  }
}

function marksOf(
  { kind, prompt, key, points }: AskedVersion,
  answer: Json | null,
  order: readonly number[],
): number {
  return Math.round(points * gradingOf(kind).grade(prompt, key, answer, order));
}

export function personRecord(row: Raw, around: Surroundings): PersonRecord {
  return {
    entry: number(row[0]),
    unit: unitAt(row[1], around),
    group: text(row[2]),
    guest: row[3] === true || row[3] === 1,
    enteredAt: number(row[4]),
    attempts: number(row[5]),
    person: personAt(row, 6, around),
  };
}

export function auditRecord(row: Raw): AuditRecord {
  const [seq, at, actor, actorName, action, subject, reason, details, address, hash] = row;
  return {
    seq: number(seq),
    at: number(at),
    actor: String(actor),
    actorName: text(actorName) || null,
    action: String(action),
    subject: String(subject),
    reason: text(reason),
    details: details === null || typeof details === 'string' ? text(details) : JSON.stringify(details),
    address: text(address),
    hash: String(hash),
  };
}
