/** Secret part of a numeric question. Server only. */
import type { Problem } from '../../grading.ts';
import { isRecord } from '../shapes.ts';

export type NumericKey = {
  readonly value: number;
  /** How far an answer may be off, both ways, in the same unit; 0: exact. */
  readonly tolerance: number;
};

/** Beyond these a double no longer holds what a person wrote. */
const LARGEST = 1e15;
const SMALLEST = 1e-6;

/** Whether the value can be used as a key. */
export function isNumericKey(value: unknown): value is NumericKey {
  return isRecord(value) && typeof value.value === 'number' && typeof value.tolerance === 'number';
}

/** What is wrong with the key. */
export function numericKeyProblems({ value, tolerance }: NumericKey): readonly Problem[] {
  const problems: Problem[] = [];
  const size = Math.abs(value);
  if (!(size <= LARGEST && (size === 0 || size >= SMALLEST))) {
    problems.push({
      at: 'value',
      vi: 'Đáp án quá lớn, quá nhỏ hoặc không phải là số.',
      en: 'The value is too large, too small or no number.',
    });
  }
  if (!(tolerance >= 0 && tolerance <= LARGEST)) {
    problems.push({
      at: 'tolerance',
      vi: 'Sai số cho phép phải là số không âm.',
      en: 'The tolerance must be a number of 0 or more.',
    });
  }
  return problems;
}

/** Whether a number is close enough. A few units in the last place are forgiven, so that 0,4 is within 0,1 of 0,3. */
export function isWithin({ value, tolerance }: NumericKey, reading: number): boolean {
  if (reading === value) return true;
  if (tolerance === 0) return false;
  const rounding = 4 * Number.EPSILON * Math.max(Math.abs(value), Math.abs(reading));
  return Math.abs(reading - value) <= tolerance + rounding;
}
