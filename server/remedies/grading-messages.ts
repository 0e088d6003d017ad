/** What is said between the thread that marks again and the one that asks it to. */
import type { MessagePort } from 'node:worker_threads';
import type { CompiledQuery } from '../platform/database/thread-reader.ts';
import type { PreviewOrder, RoundMovement } from './preview-rules.ts';
import type { RulingsByRound } from './regrade-rules.ts';

export interface GradingStart {
  readonly port: MessagePort;
  readonly dialect: 'sqlite' | 'postgres';
  /** File path or address. */
  readonly location: string;
  /** SELECT of id, question, kind, prompt, points and key of one version by its id. */
  readonly version: string;
}

/** Attempts with all versions of their results, by attempt and version: columns as `PIECE_COLUMNS`. */
export interface PieceOrder {
  readonly piece: CompiledQuery;
  readonly rulings: RulingsByRound;
  /** Only papers that ask one of these are marked again; null: all. */
  readonly only: ReadonlySet<number> | null;
}

/** Rows of round and paper, in which these versions are counted. */
export interface CountOrder {
  readonly count: ReadonlySet<number>;
  readonly rows: CompiledQuery;
}

export type GradingRequest =
  | PieceOrder
  | CountOrder
  | { readonly preview: PreviewOrder; readonly rows: CompiledQuery };

/** What a piece came to. */
export interface Piece {
  /** Id of the last attempt in it; null: there was none. */
  readonly last: number | null;
  /** Attempts in it, and those of them that were marked again. */
  readonly seen: number;
  readonly looked: number;
  /** The newest version of each result that differs, with what it should be: rows of `CHANGE_WIDTH`. */
  readonly changes: Float64Array;
  /** Attempts on which people marked something: to be marked by whoever knows what they gave. */
  readonly byHand: readonly number[];
}

export type GradingReply =
  | { readonly piece: Piece }
  | { readonly movement: RoundMovement }
  /** `round/version` → attempts. */
  | { readonly counts: ReadonlyMap<string, number> }
  | { readonly error: string };

/** A result's columns in a piece, behind the attempt's id, round, paper and sheet. */
export const RESULT_AT = 4;
/** attempt, round, person, unit, version, counts, marks, right, elapsed, submitted, prediction; then marks and right as they should be. */
export const CHANGE_WIDTH = 13;
