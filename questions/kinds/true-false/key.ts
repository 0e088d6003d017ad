/** Secret part of a true/false question. Server only. */
import { isRecord } from '../shapes.ts';

export type TrueFalseKey = {
  /** Whether the statement is true. */
  readonly right: boolean;
};

/** Whether the value can be used as a key. */
export function isTrueFalseKey(value: unknown): value is TrueFalseKey {
  return isRecord(value) && typeof value.right === 'boolean';
}
