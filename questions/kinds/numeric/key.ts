/** Secret part of a numeric question. Server only. */
import type { Problem } from '../../grading.ts';
import { isRecord } from '../shapes.ts';

/** One accepted answer: a value and how far off it may be, or everything between two values, both included. */
export type NumericAccepted =
  | {
      readonly value: number;
      /** How far an answer may be off, both ways, in the same unit; 0: exact. */
      readonly tolerance: number;
      /** Share of the points, above 0 and at most 1; left out: 1. */
      readonly weight?: number;
    }
  | { readonly from: number; readonly to: number; readonly weight?: number };

/** One accepted answer, or several: the best one that fits counts. The first is shown in reviews. */
export type NumericKey = NumericAccepted | { readonly accept: readonly NumericAccepted[] };

/** Beyond these a double no longer holds what a person wrote. */
const LARGEST = 1e15;
const SMALLEST = 1e-6;
const ACCEPTED_MAX = 20;

function isAccepted(value: unknown): value is NumericAccepted {
  if (!isRecord(value)) return false;
  if (value.weight !== undefined && typeof value.weight !== 'number') return false;
  return (
    (typeof value.value === 'number' && typeof value.tolerance === 'number') ||
    (typeof value.from === 'number' && typeof value.to === 'number')
  );
}

/** Whether the value can be used as a key. */
export function isNumericKey(value: unknown): value is NumericKey {
  if (isAccepted(value)) return true;
  return isRecord(value) && Array.isArray(value.accept) && value.accept.every(isAccepted);
}

/** Every accepted answer of a key, in its order. */
export function acceptedNumbers(key: NumericKey): readonly NumericAccepted[] {
  return 'accept' in key ? key.accept : [key];
}

/** What is wrong with the key. */
export function numericKeyProblems(key: NumericKey): readonly Problem[] {
  if (!('accept' in key)) return acceptedProblems(key, '');
  const problems = key.accept.flatMap((accepted, i) => acceptedProblems(accepted, `accept.${i}.`));
  if (key.accept.length === 0 || key.accept.length > ACCEPTED_MAX) {
    problems.push({
      at: 'accept',
      vi: `Cần từ 1 đến ${ACCEPTED_MAX} đáp án.`,
      en: `There must be 1 to ${ACCEPTED_MAX} right answers.`,
    });
  }
  return problems;
}

function acceptedProblems(accepted: NumericAccepted, before: string): Problem[] {
  const { weight = 1 } = accepted;
  const problems = 'value' in accepted ? valueProblems(accepted, before) : rangeProblems(accepted, before);
  if (!(weight > 0 && weight <= 1)) {
    problems.push({
      at: `${before}weight`,
      vi: 'Phần điểm phải lớn hơn 0 và không quá 1.',
      en: 'The share must be above 0 and at most 1.',
    });
  }
  return problems;
}

function isUsable(value: number): boolean {
  const size = Math.abs(value);
  return size <= LARGEST && (size === 0 || size >= SMALLEST);
}

function valueProblems(
  { value, tolerance }: { readonly value: number; readonly tolerance: number },
  before: string,
): Problem[] {
  const problems: Problem[] = [];
  if (!isUsable(value)) {
    problems.push({
      at: `${before}value`,
      vi: 'Đáp án quá lớn, quá nhỏ hoặc không phải là số.',
      en: 'The value is too large, too small or no number.',
    });
  }
  if (!(tolerance >= 0 && tolerance <= LARGEST)) {
    problems.push({
      at: `${before}tolerance`,
      vi: 'Sai số cho phép phải là số không âm.',
      en: 'The tolerance must be a number of 0 or more.',
    });
  }
  return problems;
}

function rangeProblems(
  { from, to }: { readonly from: number; readonly to: number },
  before: string,
): Problem[] {
  if (isUsable(from) && isUsable(to) && from <= to) return [];
  return [
    {
      at: `${before}from`,
      vi: 'Khoảng phải đi từ số nhỏ đến số lớn.',
      en: 'The range must go from a smaller to a larger number.',
    },
  ];
}

/** Share that a number earns: that of the best accepted answer that it fits; 0 when it fits none. */
export function shareOfNumber(key: NumericKey, reading: number): number {
  let best = 0;
  for (const accepted of acceptedNumbers(key))
    if (isWithin(accepted, reading)) best = Math.max(best, accepted.weight ?? 1);
  return best;
}

/** Whether a number is close enough. A few units in the last place are forgiven, so that 0,4 is within 0,1 of 0,3. */
export function isWithin(accepted: NumericAccepted, reading: number): boolean {
  if (!('value' in accepted)) return accepted.from <= reading && reading <= accepted.to;
  const { value, tolerance } = accepted;
  if (reading === value) return true;
  if (tolerance === 0) return false;
  const rounding = 4 * Number.EPSILON * Math.max(Math.abs(value), Math.abs(reading));
  return Math.abs(reading - value) <= tolerance + rounding;
}
