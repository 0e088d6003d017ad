/** A question as the tables hold it, in three pieces, and as the feature takes it, in one. */
import type { Json } from '../../questions/question.ts';
import type { QuestionStatus } from '../contracts/banks.ts';
import type { Content } from './rules.ts';

/** A question in its current version, with its key. */
export interface QuestionRow {
  readonly id: number;
  readonly uid: string;
  readonly bankId: number;
  readonly bankUid: string;
  readonly code: string;
  readonly status: QuestionStatus;
  readonly versionId: number;
  readonly version: number;
  readonly changedAt: number;
  /** Who wrote this version; null when it came with the product. */
  readonly changedBy: number | null;
  readonly content: Content;
}

/** Statuses are written by the store alone. */
export function statusOf(text: string): QuestionStatus {
  return text === 'approved' || text === 'review' || text === 'retired' ? text : 'draft';
}

export function difficultyOf(value: number): Content['difficulty'] {
  return value === 1 || value === 2 ? value : 3;
}

interface SelectedQuestion {
  readonly question: {
    readonly id: number;
    readonly uid: string;
    readonly bankId: number;
    readonly code: string;
    readonly status: string;
  };
  readonly version: {
    readonly id: number;
    readonly version: number;
    readonly createdAt: number;
    readonly createdBy: number | null;
    readonly kind: string;
    readonly prompt: Content['prompt'];
    readonly topic: string;
    readonly difficulty: number;
    readonly tags: readonly string[];
    readonly points: number;
  };
  readonly secret: {
    readonly key: Json | null;
    readonly explanation: string;
    readonly citation: Content['citation'];
  };
  readonly bankUid: string;
}

export function toQuestionRow({ question, version, secret, bankUid }: SelectedQuestion): QuestionRow {
  return {
    id: question.id,
    uid: question.uid,
    bankId: question.bankId,
    bankUid,
    code: question.code,
    status: statusOf(question.status),
    versionId: version.id,
    version: version.version,
    changedAt: version.createdAt,
    changedBy: version.createdBy,
    content: {
      kind: version.kind,
      prompt: version.prompt,
      key: secret.key,
      explanation: secret.explanation,
      citation: secret.citation,
      topic: version.topic,
      difficulty: difficultyOf(version.difficulty),
      tags: version.tags,
      points: version.points,
    },
  };
}
